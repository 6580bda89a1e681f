import type { Mistake } from "../components/mistake";
import type { Complete } from "./complete";
import type { Layer } from "./vocabulary";

/** What the owner of a network or a cluster that is brought along has decided. */
const decided = {
  network: ["cidr", "natPerZone", "flowLogRetentionDays"],
  compute: [
    ...["version", "channel", "nodes", "spotPool", "systemNodes", "pools", "admins"],
    ...["maintenanceDay", "maintenanceHour", "logRetentionDays"],
  ],
} as const;

/** Settings of the stack file that nothing is made of, since the thing is brought along; a second site is made of them. */
export function unusedMistakes(settings: Complete, file: Layer): Mistake[] {
  const { dr } = settings;
  if (dr.region !== undefined || dr.secondaryCloud !== "none") return [];
  return (["network", "compute"] as const).flatMap((block) => {
    if (!settings[block].existing) return [];
    const said: Readonly<Record<string, unknown>> = file[block] ?? {};
    const remedy = `take it out: ${block}.existing is used as its owner made it`;
    return decided[block]
      .filter((key) => said[key] !== undefined)
      .map((key) => ({ field: `${block}.${key}`, value: said[key], remedy }));
  });
}
