// Two notations of a place in a property tree: rows write `rules.*.port`, Pulumi shows `rules[0].port` and `tags["a-b"]`.
import type { Value } from "./row";
import { isList, isObject, isUnknown } from "./values";

export type Path = readonly (string | number)[];

const identifier = /^[A-Za-z_$][\w$]*$/;

/** Pulumi's notation (sdk/go/common/resource/property_path.go). */
export function shown(path: Path): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (identifier.test(step)) text += text === "" ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

/** A row's dotted path as Pulumi shows it: digits become indexes. What is in Pulumi's notation already stays. */
export const dotted = (path: string): string =>
  path === "" || path.includes("[")
    ? path
    : shown(path.split(".").map((step) => (/^\d+$/.test(step) ? Number(step) : step)));

const stepFits = (pattern: string | undefined, step: string | number): boolean =>
  pattern === "*" || pattern === String(step);

/** Whether a place is at or below a pattern, or above it (a whole list was replaced that holds what the pattern names). */
export function touches(pattern: string, path: Path): boolean {
  const steps = pattern.split(".");
  return path.slice(0, steps.length).every((step, index) => stepFits(steps[index], step));
}

/** Whether a place is exactly what a pattern names. */
export function matches(pattern: string, path: Path): boolean {
  const steps = pattern.split(".");
  return steps.length === path.length && path.every((step, index) => stepFits(steps[index], step));
}

/** Whether what a pattern names (below `path`) exists in a value that stands at `path`. */
export function reaches(pattern: string, path: Path, value: Value | undefined): boolean {
  let at: readonly (Value | undefined)[] = [value];
  for (const step of pattern.split(".").slice(path.length)) {
    at = at.flatMap((node): readonly (Value | undefined)[] => {
      if (isUnknown(node)) return [node];
      if (isList(node)) return step === "*" ? node : [node[Number(step)]];
      if (isObject(node)) return step === "*" ? Object.values(node) : Object.hasOwn(node, step) ? [node[step]] : [];
      return [];
    });
  }
  return at.some((node) => node !== undefined && node !== null);
}
