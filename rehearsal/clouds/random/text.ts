// Random text with classes of characters, as RandomPassword and RandomString make it.
import { between } from "../limits";
import type { Moment, Refusal } from "../row";
import { DIGITS, LOWER, UPPER } from "../shapes";
import { flag, isKnown, number, text } from "../values";

/** The provider's own, from its documentation. */
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

interface Class {
  readonly alphabet: string;
  readonly used: boolean;
  readonly least: number;
}

function classes({ inputs }: Moment): readonly Class[] {
  const own = text(inputs["overrideSpecial"]);
  const special = own === undefined || own === "" ? SPECIAL : own;
  const one = (alphabet: string, on: string, least: string, alias = on): Class => ({
    alphabet,
    used: flag(inputs[on]) ?? flag(inputs[alias]) ?? true,
    least: number(inputs[least]) ?? 0,
  });
  return [
    one(LOWER, "lower", "minLower"),
    one(UPPER, "upper", "minUpper"),
    one(DIGITS, "numeric", "minNumeric", "number"),
    one(special, "special", "minSpecial"),
  ];
}

/** At least so many of each class, the rest from all classes in use, in no order. `kind` starts the labels of the draws. */
export function drawText(moment: Moment, kind = ""): string {
  const parts = classes(moment);
  const length = number(moment.inputs["length"]) ?? 0;
  const certain = parts.flatMap(({ alphabet, least }, at) => [...moment.random(`${kind}least ${at}`, least, alphabet)]);
  const all = parts
    .filter(({ used }) => used)
    .map(({ alphabet }) => alphabet)
    .join("");
  const rest = all === "" ? [] : [...moment.random(`${kind}rest`, Math.max(0, length - certain.length), all)];
  const order = moment.random(`${kind}order`, 4 * length);
  return [...certain, ...rest]
    .map((letter, at) => ({ letter, key: order.slice(4 * at, 4 * at + 4) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ letter }) => letter)
    .join("");
}

export function textProblems(moment: Moment): readonly Refusal[] {
  const { inputs } = moment;
  const found = [...between(inputs, "length", 1, Number.MAX_SAFE_INTEGER)];
  for (const key of ["minLower", "minUpper", "minNumeric", "minSpecial"])
    found.push(...between(inputs, key, 0, Number.MAX_SAFE_INTEGER));
  if (!isKnown(inputs)) return found;
  const parts = classes(moment);
  const [length, least] = [number(inputs["length"]) ?? 0, parts.reduce((sum, part) => sum + part.least, 0)];
  if (length < least)
    found.push({
      property: "length",
      reason: `Attribute length value must be at least sum of min_upper + min_lower + min_numeric + min_special, got ${length} and ${least}`,
    });
  if (parts.every(({ used }) => !used) && length > least)
    found.push({ property: "special", reason: "at least one of lower, upper, numeric and special must be true" });
  return found;
}
