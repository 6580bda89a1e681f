// What row authors read values with. Paths are written `settings.tier`, `rules.0.port`, `subnetIds.*`.
import { type Props, UNKNOWN, type Value } from "./row";

export const isUnknown = (value: Value | undefined): value is typeof UNKNOWN => value === UNKNOWN;
export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);
export const isObject = (value: Value | undefined): value is Props =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether there is nothing unknown anywhere inside. `undefined` is known: it isn't set. */
export function isKnown(value: Value | undefined): boolean {
  if (isUnknown(value)) return false;
  if (isList(value)) return value.every(isKnown);
  return !isObject(value) || Object.values(value).every(isKnown);
}

/** Whether a program gave something here: not undefined, not null. An unknown value is given. */
export const isSet = (value: Value | undefined): boolean => value !== undefined && value !== null;

/** The value as text, number, boolean, list or object where it is one and known; undefined otherwise. */
export const text = (value: Value | undefined): string | undefined => (typeof value === "string" ? value : undefined);
export const number = (value: Value | undefined): number | undefined => (typeof value === "number" ? value : undefined);
export const flag = (value: Value | undefined): boolean | undefined => (typeof value === "boolean" ? value : undefined);
export const list = (value: Value | undefined): readonly Value[] => (isList(value) ? value : []);
export const object = (value: Value | undefined): Props => (isObject(value) ? value : {});
/** The known strings of a list. */
export const texts = (value: Value | undefined): readonly string[] =>
  list(value).filter((element): element is string => typeof element === "string");

/** A value and the concrete path that it stands at: `ingress.0.cidrBlocks.1`. */
export interface Found {
  readonly path: string;
  readonly value: Value;
}

/** Everything at a path; `*` stands for every element of a list or every key of an object. Unset things are left out. */
export function pickAll(from: Value | undefined, path: string): readonly Found[] {
  let found: readonly Found[] = from === undefined ? [] : [{ path: "", value: from }];
  for (const step of path.split(".")) found = found.flatMap((at) => descend(at, step));
  return found.filter((at) => isSet(at.value));
}

function descend(at: Found, step: string): readonly Found[] {
  const { value } = at;
  const below = (key: string, child: Value | undefined): readonly Found[] =>
    child === undefined ? [] : [{ path: at.path === "" ? key : `${at.path}.${key}`, value: child }];
  if (isUnknown(value)) return [at];
  if (isList(value)) {
    if (step === "*") return value.flatMap((child, index) => below(String(index), child));
    return /^\d+$/.test(step) ? below(step, value[Number(step)]) : [];
  }
  if (!isObject(value)) return [];
  if (step === "*") return Object.entries(value).flatMap(([key, child]) => below(key, child));
  return Object.hasOwn(value, step) ? below(step, value[step]) : [];
}

/** The value at a path without `*`; UNKNOWN where something on the way is unknown; undefined where there is nothing. */
export const pick = (from: Value | undefined, path: string): Value | undefined => pickAll(from, path)[0]?.value;

/** Same values, deeply; UNKNOWN equals only itself, null equals unset inside objects, as a cloud's API sees it. */
export function same(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (!isSet(a) || !isSet(b)) return !isSet(a) && !isSet(b);
  if (isList(a) && isList(b)) return a.length === b.length && a.every((element, index) => same(element, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => same(a[key], b[key]));
}

/** A time as the clouds write it: UTC, whole seconds. */
export const instant = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;
