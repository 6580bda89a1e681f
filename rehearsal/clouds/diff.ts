// What a change of inputs means, as providers tell it: which places, which of them replace, and in which order.
import { autoNamed } from "./names";
import { matches, type Path, reaches, shown, touches } from "./paths";
import type { Props, Row, Value } from "./row";
import { isList, isObject, isSet, isUnknown, pick, same } from "./values";

export interface Change {
  readonly path: Path;
  readonly kind: "add" | "delete" | "update";
  readonly before: Value | undefined;
  readonly after: Value | undefined;
}

/** Every place where two property trees differ, as deep as both have it. */
export function changes(before: Props, after: Props, unordered: readonly string[] = []): readonly Change[] {
  const found: Change[] = [];
  const compare = (path: Path, a: Value | undefined, b: Value | undefined): void => {
    if (!isUnknown(b) && same(a, b)) return;
    if (!isSet(a)) found.push({ path, kind: "add", before: a, after: b });
    else if (!isSet(b)) found.push({ path, kind: "delete", before: a, after: b });
    else if (isList(a) && isList(b)) {
      if (unordered.some((pattern) => matches(pattern, path)) && permuted(a, b)) return;
      for (let index = 0; index < Math.max(a.length, b.length); index++) compare([...path, index], a[index], b[index]);
    } else if (isObject(a) && isObject(b))
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) compare([...path, key], a[key], b[key]);
    else found.push({ path, kind: "update", before: a, after: b });
  };
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) compare([key], before[key], after[key]);
  return found;
}

function permuted(a: readonly Value[], b: readonly Value[]): boolean {
  const left = [...b];
  return (
    a.length === b.length &&
    a.every((element) => {
      const index = left.findIndex((other) => same(element, other));
      if (index >= 0) left.splice(index, 1);
      return index >= 0;
    })
  );
}

export interface Verdict {
  readonly changes: readonly { readonly path: string; readonly kind: Change["kind"]; readonly replace: boolean }[];
  /** Top-level properties that replace. */
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

const top = (path: Path): string => String(path[0]);

/** `extra`: what `row.replaces` said. */
export function judge(row: Row, before: Props, after: Props, extra: readonly string[] = []): Verdict {
  const patterns = [...(row.immutable ?? []), ...extra];
  const found = changes(before, after, row.unordered)
    .filter((change) => tells(row, change))
    .map((change) => ({ change, replace: forces(change, patterns) }));
  const replaces = [...new Set(found.filter(({ replace }) => replace).map(({ change }) => top(change.path)))];
  return {
    changes: found.map(({ change, replace }) => ({ path: shown(change.path), kind: change.kind, replace })),
    replaces,
    deleteBeforeReplace: replaces.length > 0 && deletedFirst(row, before, after),
  };
}

/** Whether a difference is one for the provider: what it keeps by itself, and what means the same, is none. */
function tells({ kept = [], alike = {} }: Row, { path, kind, before, after }: Change): boolean {
  if (kind === "delete" && kept.some((pattern) => matches(pattern, path))) return false;
  const form = Object.entries(alike).find(([pattern]) => matches(pattern, path))?.[1];
  return kind !== "update" || form === undefined || !same(form(before ?? null), form(after ?? null));
}

const forces = ({ path, before, after }: Change, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => {
    if (!touches(pattern, path)) return false;
    const below = pattern.split(".").length > path.length;
    return !below || reaches(pattern, path, before) || reaches(pattern, path, after);
  });

const deletedFirst = (row: Row, before: Props, after: Props): boolean =>
  typeof row.deleteBeforeReplace === "function"
    ? row.deleteBeforeReplace(before, after)
    : (row.deleteBeforeReplace ?? keepsName(row, before, after));

/** The program names the thing itself and keeps the name: old and new can't stand side by side (so do the real providers). */
function keepsName(row: Row, before: Props, after: Props): boolean {
  const named = row.unique?.by ?? (row.autoName === undefined ? [] : [row.autoName.property]);
  if (named.length === 0 || !named.some((path) => isSet(pick(after, path)))) return false;
  if (row.autoName !== undefined && autoNamed(row.autoName, pick(after, row.autoName.property))) return false;
  return named.every((path) => !isUnknown(pick(after, path)) && same(pick(before, path), pick(after, path)));
}
