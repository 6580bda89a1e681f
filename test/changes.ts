// What a changed setting does to a running stack: the program is recorded before and after, and the simulated clouds'
// rows say which of the differences a provider makes in place.
import { judge } from "../rehearsal/clouds/diff";
import { packages } from "../rehearsal/clouds/packages";
import { type Item, type Moment, type Props, UNKNOWN } from "../rehearsal/clouds/row";
import type { Recording, Registration } from "./recorder";

export interface Loss {
  readonly urn: string;
  readonly type: string;
  readonly how: "replace" | "delete";
  /** Inputs that replace. */
  readonly by: readonly string[];
}

const rows = new Map(packages.flatMap((pkg) => pkg.rows.map((row) => [row.type, row] as const)));

/** What would be replaced or deleted, as a preview would show it: what hangs on something replaced isn't known yet. */
export function losses(before: Recording, after: Recording): Loss[] {
  const now = new Map(
    after.registrations.flatMap((one) => [one.urn, ...one.aliasUrns].map((urn) => [urn, one] as const)),
  );
  const replaced = new Set<string>();
  return before.registrations
    .filter((one) => one.custom && /^(aws|azure-native|gcp):/.test(one.type))
    .flatMap((one): Loss[] => {
      const { urn, type } = one;
      const next = now.get(urn);
      if (!next) return [{ urn, type, how: "delete", by: [] }];
      const by = replacing(one, next, replaced);
      if (by.length === 0) return [];
      replaced.add(next.urn);
      return [{ urn, type, how: "replace", by }];
    });
}

function replacing(before: Registration, after: Registration, replaced: ReadonlySet<string>): readonly string[] {
  const row = rows.get(before.type);
  if (!row) throw new Error(`The simulated clouds do not know ${before.type}`);
  const ignored = new Set(after.ignoreChanges.map((path) => path.split(/[.[]/)[0]));
  const inputs: Props = Object.fromEntries(
    Object.entries(after.inputs).flatMap(([key, value]) => {
      if (ignored.has(key)) return key in before.inputs ? [[key, before.inputs[key] ?? null]] : [];
      const lost = (after.propertyDependencies[key] ?? []).some((urn) => replaced.has(urn));
      return [[key, lost ? UNKNOWN : value]];
    }),
  );
  const place = { cloud: before.type.split(":")[0] ?? "", account: "", region: "", config: {} };
  const old: Item = { type: before.type, id: before.id, inputs: before.inputs, outputs: before.outputs, place };
  const moment: Moment & { readonly old: Item } = {
    ...{ type: after.type, urn: after.urn, name: after.name, inputs, place, old },
    account: { all: () => [], find: () => undefined },
    random: (_, length) => "0".repeat(length),
    now: "2026-01-01T00:00:00Z",
  };
  const verdict = judge(row, before.inputs, inputs, row.replaces?.(moment) ?? []);
  const forced = after.replaceOnChanges.map((path) => path.split(/[.[]/)[0] ?? "");
  const changed = verdict.changes.map(({ path }) => path.split(/[.[]/)[0] ?? "");
  return [...new Set([...verdict.replaces, ...forced.filter((path) => path === "*" || changed.includes(path))])];
}
