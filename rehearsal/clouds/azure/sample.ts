// For tests: one row, asked what it refuses.

import type { AccountView, Item, Moment, Place, Props, Refusal, Row, Value } from "../row";
import { conform } from "../schema/conform";
import { list, object } from "../values";
import { encodeProps } from "../wire";
import { pkg } from ".";

export interface Sample {
  readonly row: Row;
}

export function sample(name: string): Sample {
  const row = pkg.rows.find(({ type }) => type === `azure-native:${name}`);
  if (!row) throw new Error(`no row azure-native:${name}`);
  return { row };
}

const place: Place = { cloud: "azure", account: "00000000-0000-4000-8000-000000000001", region: "", config: {} };
const empty: AccountView = { all: () => [], find: () => undefined };

/** A moment of a sample: nothing else exists unless said. */
export const momentOf = ({ row }: Sample, inputs: Props, also: Partial<Moment> = {}): Moment => ({
  type: row.type,
  urn: `urn:pulumi:test::trifold::${row.type}::sample`,
  name: "sample",
  inputs,
  place,
  account: empty,
  random: (_, length, alphabet = "0123456789abcdef") => (alphabet[1] ?? "").repeat(length),
  now: "2026-01-01T00:00:00Z",
  ...also,
});

/** What Check says of inputs after changes at dotted paths; `undefined` takes away. */
export function refusalsOf(
  one: Sample,
  inputs: Props,
  changes: Readonly<Record<string, Value | undefined>> = {},
): readonly Refusal[] {
  const changed = Object.entries(changes).reduce<Value>(
    (whole, [path, value]) => set(whole, path.split("."), value),
    inputs,
  ) as Props;
  const missing = (one.row.required ?? []).filter((property) => changed[property] === undefined);
  return [
    ...conform(one.row.type, encodeProps(changed)).failures.map(({ property, reason }) => ({
      property: property.replaceAll(/\[(\d+)\]/g, ".$1").replaceAll(/\["?([^\]"]+)"?\]/g, ".$1"),
      reason,
    })),
    ...missing.map((property) => ({ property, reason: "is required" })),
    ...(one.row.check?.(momentOf(one, changed)) ?? []),
  ];
}

function set(whole: Value | undefined, [step = "", ...rest]: readonly string[], value: Value | undefined): Value {
  const below = (at: Value | undefined) => (rest.length === 0 ? value : set(at, rest, value));
  if (Array.isArray(whole))
    return list(whole).flatMap((element, index) => {
      const made = String(index) === step ? below(element) : element;
      return made === undefined ? [] : [made];
    });
  const { [step]: before, ...others } = object(whole);
  const made = below(before);
  return made === undefined ? others : { ...others, [step]: made };
}

/** Things that exist, for `admit` and `release`: made from inputs by their own rows. */
export function holding(
  things: readonly (readonly [name: string, inputs: Props])[],
): AccountView & { readonly items: readonly Item[] } {
  const items: Item[] = [];
  const view = {
    items,
    all: (type: string) => items.filter((item) => item.type === type),
    find: (types: readonly string[], by: string, value: Value) =>
      items.find((item) => types.includes(item.type) && (by === "id" ? item.id : item.outputs[by]) === value),
  };
  for (const [name, inputs] of things) {
    const one = sample(name);
    const moment = momentOf(one, inputs, { account: view });
    const id = one.row.id(moment);
    items.push({
      type: one.row.type,
      id,
      inputs,
      outputs: { ...inputs, ...one.row.outputs({ ...moment, id }) },
      place,
    });
  }
  return view;
}
