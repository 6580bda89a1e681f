// Lengths, sizes, alphabets and enumerations that the services' own API models tell (the `min`, `max`, `pattern` and `enum` of
// their input shapes, botocore 1.43), where a row has nothing more to say of them. One line a property:
//   path  0..256            characters of a text, elements of a list, bounds of a number; an end may be open
//   path  A|B|C             one of these
//   path  2..64 /[a-z-]+/   and the whole of the text fits
// `**.` before a path: wherever in the inputs it stands, as statements of a firewall's rules nest.

import type { Props, Refusal, Value } from "../row";
import type { Found } from "../values";
import { isKnown, isList, isObject, isSet, pickAll } from "../values";
import { edgeLimits } from "./api-limits-edge";
import { platformLimits } from "./api-limits-platform";
import { providerLimits } from "./api-limits-provider";

export interface Limit {
  readonly path: string;
  readonly least?: number;
  readonly most?: number;
  readonly pattern?: RegExp;
  readonly among?: readonly string[];
}

const written = [platformLimits, edgeLimits, providerLimits];
const parsed = new Map<string, readonly Limit[]>();

/** The limits of a type's inputs. */
export function limitsOf(type: string): readonly Limit[] {
  const known = parsed.get(type);
  if (known !== undefined) return known;
  const lines = written.flatMap((limits) => (limits[type] ?? "").split("\n").map((line) => line.trim()));
  const limits = lines.filter((line) => line !== "").map(parse);
  parsed.set(type, limits);
  return limits;
}

/** Types that have limits here. */
export const limitedTypes: readonly string[] = [...new Set(written.flatMap((limits) => Object.keys(limits)))];

function parse(line: string): Limit {
  const [, path = "", range, least, most, pattern, among] =
    /^(\S+)(?: (-?\d*)\.\.(\d*))?(?: \/(.*)\/)?(?: ([^/ ]\S*))?$/.exec(line)?.flatMap((part, index) =>
      // The range's two ends stand for the range.
      index === 2 ? [part, part] : [part],
    ) ?? [];
  if (path === "" || (range === undefined && pattern === undefined && among === undefined))
    throw new Error(`a limit that can't be read: ${line}`);
  return {
    path,
    ...(least !== undefined && least !== "" && { least: Number(least) }),
    ...(most !== undefined && most !== "" && { most: Number(most) }),
    ...(pattern !== undefined && { pattern: new RegExp(`^(?:${pattern})$`) }),
    ...(among !== undefined && { among: among.split("|") }),
  };
}

export function apiRefusals(type: string, inputs: Props): readonly Refusal[] {
  const limits = limitsOf(type);
  return limits.flatMap((limit) =>
    foundAt(inputs, limit.path).flatMap(({ path, value }) => {
      const reason = isKnown(value) ? breach(limit, value) : undefined;
      return reason === undefined ? [] : [{ property: path, reason }];
    }),
  );
}

/** Nothing and 0 are what the provider leaves out of a request: never too short, nor too little. */
const left = (value: Value): boolean => value === "" || value === 0;

function breach(
  { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY, pattern, among }: Limit,
  value: Value,
) {
  if (left(value)) return undefined;
  if (typeof value === "number")
    return value < least || value > most ? `expected a number ${range(least, most)}, got ${value}` : undefined;
  if (isList(value)) return value.length > most ? `expected at most ${most} elements, got ${value.length}` : undefined;
  if (typeof value !== "string") return undefined;
  if (among !== undefined && !among.includes(value))
    return `expected one of ${among.map((one) => JSON.stringify(one)).join(", ")}, got ${JSON.stringify(value)}`;
  if (value.length < least || value.length > most)
    return `expected a length ${range(least, most)}, got ${value.length} characters`;
  return pattern !== undefined && !pattern.test(value)
    ? `${JSON.stringify(value)} does not match ${pattern.source}`
    : undefined;
}

const range = (least: number, most: number): string =>
  Number.isFinite(most) ? `from ${Number.isFinite(least) ? least : 0} to ${most}` : `of at least ${least}`;

function foundAt(inputs: Props, path: string): readonly Found[] {
  if (!path.startsWith("**.")) return pickAll(inputs, path);
  const below = path.slice("**.".length);
  const [first = ""] = below.split(".", 1);
  const found: Found[] = [];
  const walk = (value: Value, at: string): void => {
    if (!isObject(value) && !isList(value)) return;
    if (isObject(value) && isSet(value[first]))
      for (const one of pickAll(value, below))
        found.push({ path: at === "" ? one.path : `${at}.${one.path}`, value: one.value });
    for (const [key, child] of Object.entries(value)) walk(child, at === "" ? key : `${at}.${key}`);
  };
  walk(inputs, "");
  return found;
}
