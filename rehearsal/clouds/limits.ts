// What a cloud refuses, in one line each. Every check passes what is unset or unknown, and returns a list to spread:
//   check: ({ inputs }) => [...oneOf(inputs, "tier", ["Basic", "Standard"]), ...between(inputs, "retentionDays", 7, 35)]
import { overlaps, parseCidr } from "./cidr";
import type { Props, Refusal, Value } from "./row";
import { isKnown, isSet, pick, pickAll } from "./values";

/** Says no at a path. */
export const refuse = (property: string, reason: string): readonly Refusal[] => [{ property, reason }];

const shown = (value: Value): string => (isKnown(value) ? JSON.stringify(value) : "an unknown value");

/** Each value at `path` (`*` allowed) must satisfy `test`; the reason is given the value. */
export function each(
  inputs: Props,
  path: string,
  test: (value: Value) => boolean,
  reason: (value: string) => string,
): readonly Refusal[] {
  return pickAll(inputs, path)
    .filter(({ value }) => isKnown(value) && !test(value))
    .map(({ path: property, value }) => ({ property, reason: reason(shown(value)) }));
}

export const oneOf = (inputs: Props, path: string, allowed: readonly Value[]): readonly Refusal[] =>
  each(
    inputs,
    path,
    (value) => allowed.includes(value),
    (value) => `expected one of ${allowed.map(shown).join(", ")}, got ${value}`,
  );

/** Of `<least>..<most>`, as files of rules have them: either may be missing, and then there is none. */
export function boundsOf(written = ".."): readonly [least: number, most: number] {
  const [least = "", most = ""] = written.split("..");
  return [least === "" ? -Infinity : Number(least), most === "" ? Infinity : Number(most)];
}

/** Inclusive bounds. */
export const between = (inputs: Props, path: string, least: number, most: number): readonly Refusal[] =>
  each(
    inputs,
    path,
    (value) => typeof value === "number" && value >= least && value <= most,
    (value) => `expected a number from ${least} to ${most}, got ${value}`,
  );

/** Text that fits a pattern; `rule` says the pattern in words: "3 to 24 lower case letters and digits". */
export const fits = (inputs: Props, path: string, pattern: RegExp, rule: string): readonly Refusal[] =>
  each(
    inputs,
    path,
    (value) => typeof value === "string" && pattern.test(value),
    (value) => `${value} is not valid: ${rule}`,
  );

/** Inclusive length of a text or a list. */
export const long = (inputs: Props, path: string, least: number, most: number): readonly Refusal[] =>
  each(
    inputs,
    path,
    (value) => (typeof value === "string" || Array.isArray(value)) && value.length >= least && value.length <= most,
    (value) => `expected a length from ${least} to ${most}, got ${value}`,
  );

/** A CIDR block with no host bits set, its prefix within bounds. */
export const cidr = (inputs: Props, path: string, shortest = 0, longest = 32): readonly Refusal[] =>
  each(
    inputs,
    path,
    (value) => {
      const block = typeof value === "string" ? parseCidr(value) : undefined;
      return block?.canonical === true && block.prefix >= shortest && block.prefix <= longest;
    },
    (value) => `${value} is not a CIDR block with a prefix from /${shortest} to /${longest} and no host bits set`,
  );

/** No two of the blocks at a path overlap. */
export function disjoint(inputs: Props, path: string): readonly Refusal[] {
  const blocks = pickAll(inputs, path).flatMap((at) =>
    typeof at.value === "string" ? [{ ...at, value: at.value }] : [],
  );
  return blocks.flatMap((a, index) =>
    blocks
      .slice(0, index)
      .filter((b) => overlaps(a.value, b.value))
      .map((b) => ({ property: a.path, reason: `${shown(a.value)} overlaps ${shown(b.value)} of ${b.path}` })),
  );
}

/** At most one of these may be set. */
export function exclusive(inputs: Props, ...paths: readonly string[]): readonly Refusal[] {
  const given = paths.filter((path) => isSet(pick(inputs, path)));
  return given.slice(1).map((property) => ({ property, reason: `conflicts with ${given[0] ?? ""}` }));
}

/** At least one of these must be set. */
export const someOf = (inputs: Props, ...paths: readonly string[]): readonly Refusal[] =>
  paths.some((path) => isSet(pick(inputs, path)))
    ? []
    : [{ property: paths[0] ?? "", reason: `one of ${paths.join(", ")} must be specified` }];

/** If `path` is set (or has the given value), the others must be set too. */
export function needs(
  inputs: Props,
  path: string,
  value: Value | undefined,
  ...others: readonly string[]
): readonly Refusal[] {
  const at = pick(inputs, path);
  if (!isSet(at) || (value !== undefined && at !== value)) return [];
  return others
    .filter((other) => !isSet(pick(inputs, other)))
    .map((other) => ({
      property: other,
      reason: `is required when ${path} is ${value === undefined ? "set" : shown(value)}`,
    }));
}
