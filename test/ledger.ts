// The URNs of every shipped stack, kept in test/ledger/: Pulumi knows a resource by its URN alone, so one that is lost
// without an alias is a database deleted in somebody's next `up`.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Cloud, clouds } from "../components/cloud";
import { defaultRegion } from "../components/regions";
import { deploy } from "../stacks/platform";
import { readSettings } from "../stacks/settings";
import { type Recording, record } from "./recorder";
import { asPulumiReads, shipped, stackFile } from "./stack-file";

export interface Shipped {
  readonly stack: string;
  readonly cloud: Cloud;
  /** File of the ledger. */
  readonly path: string;
}

export const ledgers: readonly Shipped[] = clouds.flatMap((cloud) =>
  shipped.map((stack) => ({ stack, cloud, path: join(__dirname, "ledger", `${stack}-${cloud}.txt`) })),
);

const accounts = { aws: "123456789012", azure: "00000000-0000-4000-8000-000000000000", gcp: "goodies-prod" };

export function recordShipped({ stack, cloud }: Pick<Shipped, "stack" | "cloud">): Promise<Recording> {
  const { values } = asPulumiReads(stackFile(stack));
  const place = { cloud, region: defaultRegion[cloud], account: JSON.stringify(accounts) };
  const config = Object.fromEntries(
    Object.entries({ ...values, ...place }).map(([key, value]) => [`trifold:${key}`, value]),
  );
  return record(() => deploy(readSettings()), { config, stack });
}

/** `type chain::name`, without stack and project: what a user's state has in it. */
export const short = (urn: string): string => urn.split("::").slice(2).join("::");

export const urnsOf = ({ registrations }: Recording): string[] => registrations.map(({ urn }) => short(urn)).sort();

export const kept = (path: string): string[] => readFileSync(path, "utf8").split("\n").filter(Boolean);

/** What is lost, and not taken up by an alias of something that is there. */
export function lost(before: readonly string[], { registrations }: Recording): string[] {
  const known = new Set(registrations.flatMap(({ urn, aliasUrns }) => [urn, ...aliasUrns].map(short)));
  return before.filter((urn) => !known.has(urn));
}

/** Writes new URNs into the ledger; lost ones stay, so that the test goes on naming them. */
async function extend(): Promise<void> {
  for (const one of ledgers) {
    const old = readable(one.path);
    const all = [...new Set([...old, ...urnsOf(await recordShipped(one))])].sort();
    writeFileSync(one.path, `${all.join("\n")}\n`);
    console.log(`${one.stack} on ${one.cloud}: ${all.length - old.length} more, ${all.length} in all`);
  }
}

function readable(path: string): string[] {
  try {
    return kept(path);
  } catch {
    return [];
  }
}

if (require.main === module) void extend();
