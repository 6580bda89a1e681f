// A small subscription for tests of rows: one thing asked what it refuses, alone and beside others.
import assert from "node:assert/strict";
import { dotted } from "../paths";
import { type Props, type Refusal, type Row, UNKNOWN, type Value } from "../row";
import * as testing from "../testing/sample";
import { list, object } from "../values";
import { pkg } from ".";

export class Sample extends testing.Sample {
  constructor(things: readonly Thing[] = []) {
    super(pkg, { cloud: "azure", account: "00000000-0000-4000-8000-000000000001", region: "", config: {} });
    for (const [name, inputs] of things) this.put(typeOf(name), inputs);
  }
}

/** A thing that exists: its type without the package's name, and its inputs. */
export type Thing = readonly [name: string, inputs: Props];

const typeOf = (name: string): string => `azure-native:${name}`;

export const rowOf = (name: string): Row => testing.rowOf(pkg, typeOf(name));

/** What Check says of inputs after changes at dotted paths; `undefined` takes away. */
export function refusalsOf(name: string, inputs: Props, changes: testing.Change = {}): readonly Refusal[] {
  const changed = Object.entries(changes).reduce<Value>(
    (whole, [path, value]) => set(whole, path.split("."), value),
    inputs,
  ) as Props;
  return new Sample().check(typeOf(name), changed).refusals;
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

/** A group to stand in. */
const home: readonly Thing[] = [
  ["resources:ResourceGroup", { resourceGroupName: "shop", location: "eastus" }],
  ["resources:ResourceGroup", { resourceGroupName: "other", location: "eastus" }],
];

/** What is refused when something is made of inputs beside what exists, or out of what it was: `property: reason`. */
export function admitted(
  name: string,
  inputs: Props,
  things: readonly Thing[] = [],
  before?: Props,
): readonly string[] {
  const sample = new Sample([...home, ...things]);
  const old = before && sample.put(typeOf(name), before);
  return sample.admit(typeOf(name), inputs, old).map(({ property, reason }) => `${property}: ${reason}`);
}

/** Why something can't be deleted beside what exists. */
export function released(name: string, inputs: Props, things: readonly Thing[] = []): string | undefined {
  const sample = new Sample([...home, ...things]);
  return sample.holds(sample.put(typeOf(name), inputs));
}

/** The id that a thing has beside the others. */
export const idOf = (name: string, inputs: Props, things: readonly Thing[] = []): string =>
  new Sample([...home, ...things]).put(typeOf(name), inputs).id;

/** Declares a test for every good example and every change. */
export function itTellsApart(examples: readonly testing.Example[]): void {
  for (const { type, good, bad } of examples) {
    it(`takes a good ${type}, and one of which it knows nothing but the names`, () => {
      assert.deepEqual(refusalsOf(type, good), []);
      const blurred = Object.fromEntries(Object.keys(good).map((key) => [key, UNKNOWN]));
      assert.deepEqual(refusalsOf(type, blurred), []);
    });
    for (const [change, property, said = /./] of bad)
      it(`refuses ${type} with ${JSON.stringify(change, (_, value: unknown) => (typeof value === "symbol" ? "?" : value)).slice(0, 110)}`, () => {
        const found = refusalsOf(type, good, change);
        assert.ok(
          found.some((refusal) => refusal.property === dotted(property) && said.test(refusal.reason)),
          `${property} isn't among ${JSON.stringify(found)}`,
        );
      });
  }
}
