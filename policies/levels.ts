// How hard a rule is in an environment when the pack's configuration says nothing (POL-02).
import type { Severity } from "./catalogue";
import { catalogue } from "./catalogue";
import { type ShortId, shortIds } from "./short-ids";
import { environments } from "./standards";

export type Level = "advisory" | "mandatory" | "remediate" | "disabled";

const requirements = new Map<string, readonly ShortId[]>();
for (const one of Object.values(shortIds))
  if (typeof one.rules !== "string")
    for (const rule of one.rules) requirements.set(rule, [...(requirements.get(rule) ?? []), one]);

const bySeverity: Readonly<Record<Severity, ShortId["level"]>> = {
  critical: "mandatory",
  high: "mandatory",
  medium: "advisory",
  low: "advisory",
};

/**
 * The level of a rule: the strictest of the requirements that it checks, else by severity. dev and preview turn all
 * but the starred ones into advice; an environment that isn't known is judged as prod.
 */
export function defaultLevel(rule: string, environment: string | undefined): Level {
  const asked = requirements.get(rule) ?? [
    { rules: [rule], level: bySeverity[catalogue.get(rule)?.severity ?? "high"] },
  ];
  const hard = asked.filter(({ level }) => level === "mandatory");
  if (environment === "dev" || environment === "preview")
    return hard.some(({ everywhere }) => everywhere) ? "mandatory" : "advisory";
  if (environment === "staging") return hard.some(({ prodOnly }) => !prodOnly) ? "mandatory" : "advisory";
  return hard.length > 0 ? "mandatory" : "advisory";
}

/** What tells the environment of a stack. */
export interface StackFacts {
  readonly stack: string;
  /** Configuration by full key: `trifold:environment`. */
  readonly config: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

const known = (value: string | undefined) => environments.find((one) => one === value?.toLowerCase());

/** The stack's own setting, its tag, or its name, in this order; undefined when none of them is an environment. */
export function environmentOf({ stack, config, tags }: StackFacts): string | undefined {
  const set = Object.entries(config).find(([key]) => key.endsWith(":environment"))?.[1];
  return known(set) ?? known(tags["environment"]) ?? known(stack.split("/").at(-1));
}
