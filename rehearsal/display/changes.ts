import type { StepEventMetadata } from "./events";
import { inline, isObject, isSecret, isUnknown } from "./value";

/** One property that differs. */
export interface Change {
  /** Pulumi's property path: `tags.env`, `rules[0].port`. */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
  readonly before: unknown;
  readonly after: unknown;
}

/** What an update, a replacement or a refresh changes, in the order of the properties. */
export function changesOf(step: StepEventMetadata, drift = false): Change[] {
  const [old, now] = [step.old ?? undefined, step.new ?? undefined];
  if (!old || !now) return [];
  const before = drift ? old.outputs : old.inputs;
  const after = drift ? now.outputs : now.inputs;
  const keys = new Set(step.keys ?? []);
  const detailed = Object.entries(step.detailedDiff ?? {});
  const forced = (path: string) =>
    keys.has(topKey(path)) || detailed.some(([at, diff]) => diff.diffKind.endsWith("-replace") && covers(at, path));

  const found = differences(before, after, "").filter((change) => !topKey(change.path).startsWith("__"));
  // what the provider says differs although the inputs look the same: secrets, and drift of the outputs
  const named = detailed.length > 0 ? detailed.map(([path]) => path) : [...keys, ...(step.diffs ?? [])];
  for (const path of new Set(named)) {
    if (topKey(path).startsWith("__") || found.some((change) => covers(path, change.path) || covers(change.path, path)))
      continue;
    const diff = step.detailedDiff?.[path];
    const was = at(before, path) ?? at(old.outputs, path);
    const is = at(after, path) ?? at(now.outputs, path);
    found.push({ path, kind: kindOf(diff?.diffKind, was, is), replaces: false, before: was, after: is });
  }
  return found.map((change) => ({ ...change, replaces: forced(change.path) }));
}

function kindOf(kind: string | undefined, before: unknown, after: unknown): Change["kind"] {
  if (kind) return kind.replace("-replace", "") as Change["kind"];
  if (before === undefined && after !== undefined) return "add";
  return after === undefined && before !== undefined ? "delete" : "update";
}

function differences(before: unknown, after: unknown, path: string): Change[] {
  if (inline(before) === inline(after)) return [];
  const leaf = isSecret(before) || isSecret(after) || isUnknown(after);
  if (!leaf && isObject(before) && isObject(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      differences(before[key], after[key], join(path, key)),
    );
  if (!leaf && Array.isArray(before) && Array.isArray(after))
    return Array.from({ length: Math.max(before.length, after.length) }, (_, i) => i).flatMap((i) =>
      differences(before[i], after[i], `${path}[${i}]`),
    );
  const [was, is] = [document(before), document(after)];
  if (!leaf && was && is) return differences(was, is, path);
  const kind = before === undefined ? "add" : after === undefined ? "delete" : "update";
  return [{ path, kind, replaces: false, before, after }];
}

/** Policies and parameters are often JSON in a string; a change inside is shown where it is. */
function document(value: unknown): object | undefined {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value) as object;
  } catch {
    return undefined;
  }
}

function join(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}["${key}"]`;
  return path === "" ? key : `${path}.${key}`;
}

/** `a.b["c.d"][0]` as a, b, c.d, 0. */
export function pathParts(path: string): string[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    (part) => part[1] ?? part[2] ?? part[3]!,
  );
}

const topKey = (path: string): string => pathParts(path)[0] ?? path;

function at(value: unknown, path: string): unknown {
  return pathParts(path).reduce<unknown>(
    (inner, key) => (isObject(inner) || Array.isArray(inner) ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
}

/** Is the second path the first, or below it? */
function covers(path: string, below: string): boolean {
  const [a, b] = [pathParts(path), pathParts(below)];
  return a.every((part, i) => b[i] === part);
}
