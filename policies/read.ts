import type { Props } from "./rule";

/** Stands for a value that a preview can't know. Any symbol counts as one, so that every recorder may bring its own. */
export const UNKNOWN: unique symbol = Symbol("unknown");
export const isUnknown = (value: unknown): boolean => typeof value === "symbol";
export const isMissing = (value: unknown): boolean => value === undefined || value === null;
export const isObject = (value: unknown): value is Props =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value at `a.b.0.c`: undefined where nothing is set, UNKNOWN where it or something above it isn't known. */
export function read(props: unknown, path: string): unknown {
  let value: unknown = props;
  for (const step of path === "" ? [] : path.split(".")) {
    if (isUnknown(value)) return UNKNOWN;
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return isUnknown(value) ? UNKNOWN : (value ?? undefined);
}

/** A list at a path: [] where nothing is set, UNKNOWN where it isn't known; a single object counts as a list of one. */
export function list(props: unknown, path: string): readonly unknown[] | typeof UNKNOWN {
  const value = read(props, path);
  if (isUnknown(value)) return UNKNOWN;
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** The texts at a path, a single one as a list of one. Elements may be UNKNOWN. */
export const join = (...steps: readonly (string | number)[]): string => steps.filter((step) => step !== "").join(".");

/** A text, number or flag as text; "" for anything else, the unknown included. */
export const asText = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
export const text = (props: unknown, path: string): string => asText(read(props, path));
/** Lower-case, for values that the clouds compare without regard to case. */
export const folded = (props: unknown, path: string): string => text(props, path).toLowerCase();
