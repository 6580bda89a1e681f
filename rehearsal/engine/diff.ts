// Differences between what was and what is asked for, as providers tell them and as the engine completes them.

import { contains, parsePath } from "./paths";
import { equal, isArray, isObject, type PropertyMap, type Value } from "./values";

export type DiffKind = "add" | "add-replace" | "delete" | "delete-replace" | "update" | "update-replace";

export interface PropertyDiff {
  readonly kind: DiffKind;
  /** Between old and new inputs, rather than between state and inputs. */
  readonly inputDiff: boolean;
}

export type DetailedDiff = Readonly<Record<string, PropertyDiff>>;

export interface Diff {
  readonly changes: "none" | "some" | "unknown";
  readonly replaceKeys: readonly string[];
  readonly stableKeys: readonly string[];
  readonly changedKeys: readonly string[];
  readonly detailedDiff: DetailedDiff | undefined;
  readonly deleteBeforeReplace: boolean;
}

export const noDiff: Diff = {
  changes: "none",
  replaceKeys: [],
  stableKeys: [],
  changedKeys: [],
  detailedDiff: undefined,
  deleteBeforeReplace: false,
};

/** A change that the engine itself decides on, blamed on `key`. */
export const replaceFor = (key: string): Diff => ({ ...noDiff, changes: "some", replaceKeys: [key] });

const replaces = (kind: DiffKind): boolean => kind.endsWith("-replace");
const toReplace = (kind: DiffKind): DiffKind => (replaces(kind) ? kind : (`${kind}-replace` as DiffKind));

export const isReplace = (diff: Diff): boolean =>
  diff.replaceKeys.length > 0 || Object.values(diff.detailedDiff ?? {}).some((d) => replaces(d.kind));

const mirrored: Readonly<Record<DiffKind, DiffKind>> = {
  add: "delete",
  "add-replace": "delete-replace",
  delete: "add",
  "delete-replace": "add-replace",
  update: "update",
  "update-replace": "update-replace",
};

/** Seen from the other side: what a refresh found is what an update would take back. */
export function invert(diff: Diff): Diff {
  if (diff.detailedDiff === undefined) return diff;
  const entries = Object.entries(diff.detailedDiff).map(([path, d]) => [path, { ...d, kind: mirrored[d.kind] }]);
  return { ...diff, detailedDiff: Object.fromEntries(entries) as DetailedDiff };
}

/** What differs between two sets of inputs, for a provider that can't tell. */
export function inputDiff(old: PropertyMap, now: PropertyMap): Diff {
  const detailed: Record<string, PropertyDiff> = {};
  compare("", old, now, detailed);
  const changedKeys = [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((key) => !equal(old[key], now[key]))
    .sort();
  if (changedKeys.length === 0) return noDiff;
  return { ...noDiff, changes: "some", changedKeys, detailedDiff: detailed };
}

function compare(
  path: string,
  old: Value | undefined,
  now: Value | undefined,
  into: Record<string, PropertyDiff>,
): void {
  if (equal(old, now)) return;
  if (isObject(old) && isObject(now)) {
    for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
      compare(
        path === "" ? quoted(key) : `${path}${/^\w+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`}`,
        old[key],
        now[key],
        into,
      );
    }
  } else if (isArray(old) && isArray(now)) {
    for (let i = 0; i < Math.max(old.length, now.length); i++) compare(`${path}[${i}]`, old[i], now[i], into);
  } else {
    const kind = (old ?? null) === null ? "add" : (now ?? null) === null ? "delete" : "update";
    into[path] = { kind, inputDiff: true };
  }
}

const quoted = (key: string) => (/^\w+$/.test(key) ? key : `[${JSON.stringify(key)}]`);

const initErrorKey = "#initerror";

/** Turns changes at the user's replaceOnChanges paths into replacements; errors of the last start count as a change. */
export function applyReplaceOnChanges(diff: Diff, paths: readonly string[], hasInitErrors: boolean): Diff {
  if (diff.changes !== "some" && !hasInitErrors) return diff;
  const parsed = paths.map(parsePath);
  const hit = (path: readonly (string | number)[]) => parsed.some((p) => contains(p, path));
  let detailedDiff = diff.detailedDiff;
  if (detailedDiff !== undefined) {
    detailedDiff = Object.fromEntries(
      Object.entries(detailedDiff).map(([path, d]) => [
        path,
        hit(parsePath(path)) ? { ...d, kind: toReplace(d.kind) } : d,
      ]),
    );
  }
  const replaceKeys = new Set(diff.replaceKeys);
  for (const key of diff.changedKeys) if (hit([key])) replaceKeys.add(key);
  let changes = diff.changes;
  if (hasInitErrors && hit([initErrorKey])) {
    replaceKeys.add(initErrorKey);
    if (detailedDiff !== undefined) {
      detailedDiff = { ...detailedDiff, [initErrorKey]: { kind: "update-replace", inputDiff: false } };
    }
    changes = "some";
  }
  return { ...diff, changes, detailedDiff, replaceKeys: [...replaceKeys] };
}
