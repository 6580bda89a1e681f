// A small account for tests of rows: puts items in it as the machine would, without wire, disk or secrets.
import { check } from "../check";
import { randomOf } from "../names";
import type { AccountView, Item, Moment, Package, Place, Props, Refusal, Row, Value } from "../row";
import { pick } from "../values";
import { decodeProps, encodeProps } from "../wire";

export class Sample implements AccountView {
  readonly pkg: Package;
  readonly place: Place;
  readonly items: Item[] = [];

  /** An empty account of `pkg`'s cloud at `place`. */
  constructor(pkg: Package, place: Place) {
    this.pkg = pkg;
    this.place = place;
  }

  all(type: string): readonly Item[] {
    return this.items.filter((item) => item.type === type);
  }

  find(types: readonly string[], by: string, value: Value): Item | undefined {
    return this.items.find(
      (item) => types.includes(item.type) && (by === "id" ? item.id : pick(item.outputs, by)) === value,
    );
  }

  /** What check makes of these inputs, names and defaults included, and what it refuses; `old` is what they change. */
  check(type: string, inputs: Props, old?: Item, name = "checked"): { inputs: Props; refusals: readonly Refusal[] } {
    // As the engine asks: with the inputs that it has, and nothing of the item that they change.
    const at = (given: Props) => this.moment(type, given, name);
    const olds = encodeProps(old?.inputs ?? {});
    const random = randomOf(`${type}/${name}`, 1, "sample");
    const made = check(rowOf(this.pkg, type), encodeProps(inputs), olds, random, undefined, at);
    return { inputs: decodeProps(made.inputs), refusals: made.failures };
  }

  /** What check and account would refuse of these inputs, `old` being what they change. */
  judge(type: string, inputs: Props, old?: Item, name = "judged"): readonly Refusal[] {
    const { inputs: made, refusals } = this.check(type, inputs, old, name);
    return [...refusals, ...this.admit(type, made, old, name)];
  }

  /** What the account alone would refuse of these inputs. */
  admit(type: string, inputs: Props, old?: Item, name = "judged"): readonly Refusal[] {
    return rowOf(this.pkg, type).admit?.(this.moment(type, inputs, name, old)) ?? [];
  }

  /** Makes something; throws what is refused of it. */
  make(type: string, inputs: Props, name = `thing${this.all(type).length}`): Item {
    const refused = this.judge(type, inputs, undefined, name);
    if (refused.length > 0)
      throw new Error(`${type}: ${refused.map((one) => `${one.property}: ${one.reason}`).join("; ")}`);
    return this.put(type, this.check(type, inputs, undefined, name).inputs, name);
  }

  /** Puts something in, whatever would be refused of it. */
  put(type: string, inputs: Props, name = `thing${this.all(type).length}`): Item {
    const row = rowOf(this.pkg, type);
    const moment = this.moment(type, inputs, name);
    const id = row.id(moment);
    const item: Item = {
      type,
      id,
      place: this.place,
      inputs,
      outputs: { ...inputs, ...row.outputs({ ...moment, id }) },
    };
    this.items.push(item);
    return item;
  }

  /** Why the cloud wouldn't delete it now. */
  holds(item: Item): string | undefined {
    return rowOf(this.pkg, item.type).release?.(this.#changing(item, item.inputs));
  }

  /** What of a change can't be done in place, beside the row's immutable paths. */
  replaces(item: Item, inputs: Props): readonly string[] {
    return rowOf(this.pkg, item.type).replaces?.(this.#changing(item, inputs)) ?? [];
  }

  moment(type: string, inputs: Props, name: string, old?: Item): Moment {
    return {
      type,
      urn: `urn:pulumi:dev::shop::${type}::${name}`,
      name,
      inputs,
      place: this.place,
      account: this,
      random: randomOf(`${type}/${name}`, 1, "sample"),
      now: "2026-11-21T00:00:00Z",
      ...(old && { old }),
    };
  }

  #changing = (old: Item, inputs: Props) => ({ ...this.moment(old.type, inputs, "changed"), old });
}

export function rowOf(pkg: Package, type: string): Row {
  const row = pkg.rows.find((one) => one.type === type);
  if (!row) throw new Error(`no row for ${type}`);
  return row;
}

/** Changes to a good example, by property: `undefined` takes one away. */
export type Change = Readonly<Record<string, Value | undefined>>;

/** What a type takes, and what is refused of it. */
export interface Example {
  readonly type: string;
  readonly good: Props;
  /** What is changed of it -> the property that is named, and what is said of it. */
  readonly bad: readonly (readonly [change: Change, property: string, reason?: RegExp])[];
}
