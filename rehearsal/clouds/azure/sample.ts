// For tests: one row, asked what it refuses.

import assert from "node:assert/strict";
import {
  type AccountView,
  type Item,
  type Moment,
  type Place,
  type Props,
  type Refusal,
  type Row,
  UNKNOWN,
  type Value,
} from "../row";
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

/** A group to stand in. */
const home: readonly Thing[] = [
  ["resources:ResourceGroup", { resourceGroupName: "shop", location: "eastus" }],
  ["resources:ResourceGroup", { resourceGroupName: "other", location: "eastus" }],
];
type Thing = readonly [name: string, inputs: Props];

/** What is refused when something is made of inputs beside what exists, or out of what it was: `property: reason`. */
export function admitted(
  name: string,
  inputs: Props,
  things: readonly Thing[] = [],
  before?: Props,
): readonly string[] {
  const one = sample(name);
  const view = holding([...home, ...things, ...(before ? [[name, before] as const] : [])]);
  const old = before ? view.items.at(-1) : undefined;
  const moment = momentOf(one, inputs, { account: view, ...(old && { old }) });
  return (one.row.admit?.(moment) ?? []).map(({ property, reason }) => `${property}: ${reason}`);
}

/** Why something can't be deleted beside what exists. */
export function released(name: string, inputs: Props, things: readonly Thing[] = []): string | undefined {
  const one = sample(name);
  const view = holding([...home, ...things, [name, inputs]]);
  const old = view.items.at(-1);
  return one.row.release?.(momentOf(one, inputs, { account: view, ...(old && { old }) }));
}

/** The id that a thing has beside the others. */
export const idOf = (name: string, inputs: Props, things: readonly Thing[] = []): string =>
  holding([...home, ...things, [name, inputs]]).items.at(-1)?.id ?? "";

/** One good example, and what is changed of it -> what is said. A dotted path; `undefined` takes an input away. */
export interface Example {
  readonly type: string;
  readonly good: Props;
  readonly bad: readonly (readonly [
    change: Readonly<Record<string, Value | undefined>>,
    property: string,
    said?: RegExp,
  ])[];
}

/** Declares a test for every good example and every change. */
export function itTellsApart(examples: readonly Example[]): void {
  for (const { type, good, bad } of examples) {
    const one = sample(type);
    it(`takes a good ${type}, and one of which it knows nothing but the names`, () => {
      assert.deepEqual(refusalsOf(one, good), []);
      const blurred = Object.fromEntries(Object.keys(good).map((key) => [key, UNKNOWN]));
      assert.deepEqual(refusalsOf(one, blurred), []);
    });
    for (const [change, property, said = /./] of bad)
      it(`refuses ${type} with ${JSON.stringify(change, (_, value: unknown) => (typeof value === "symbol" ? "?" : value)).slice(0, 110)}`, () => {
        const found = refusalsOf(one, good, change);
        assert.ok(
          found.some((refusal) => refusal.property === property && said.test(refusal.reason)),
          `${property} isn't among ${JSON.stringify(found)}`,
        );
      });
  }
}
