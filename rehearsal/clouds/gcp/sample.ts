// A small project for tests of rows: what the machine does with an item, without wire, disk or secrets.
import { check } from "../check";
import { randomOf } from "../names";
import type { AccountView, Item, Moment, Place, Props, Refusal, Row, Value } from "../row";
import { pick } from "../values";
import { decodeProps, encodeProps } from "../wire";
import { pkg } from ".";

const place: Place = { cloud: "gcp", account: "shop-prod", region: "us-central1", config: { region: "us-central1" } };

export class Sample implements AccountView {
  readonly #items: Item[] = [];

  all(type: string): readonly Item[] {
    return this.#items.filter((item) => item.type === type);
  }

  find(types: readonly string[], by: string, value: Value): Item | undefined {
    return this.#items.find(
      (item) => types.includes(item.type) && (by === "id" ? item.id : pick(item.outputs, by)) === value,
    );
  }

  /** What check and account would refuse of these inputs, `old` being what they change. */
  judge(type: string, inputs: Props, old?: Item): readonly Refusal[] {
    const row = rowOf(type);
    const { failures, inputs: made } = this.#check(row, inputs, "judged", old);
    return [...failures, ...(row.admit?.(this.#moment(row, decodeProps(made), "judged", old)) ?? [])];
  }

  /** The inputs as they leave check: with the provider's defaults. */
  checked(type: string, inputs: Props): Props {
    return decodeProps(this.#check(rowOf(type), inputs, "checked").inputs);
  }

  #check(row: Row, inputs: Props, name: string, old?: Item) {
    // As the engine asks: with the inputs that it has, and nothing of what the account holds.
    const moment = (given: Props) => this.#moment(row, given, name);
    return check(
      row,
      encodeProps(inputs),
      encodeProps(old?.inputs ?? {}),
      randomOf(name, 1, "sample"),
      undefined,
      moment,
    );
  }

  /** Makes something; throws what is refused of it. */
  make(type: string, inputs: Props, name = `thing${this.#items.length}`): Item {
    const row = rowOf(type);
    const named = { ...(row.autoName && { [row.autoName.property]: name }), ...inputs };
    const refused = this.judge(type, named);
    if (refused.length > 0)
      throw new Error(`${type}: ${refused.map((one) => `${one.property}: ${one.reason}`).join("; ")}`);
    const moment = this.#moment(row, this.checked(type, named), name);
    const id = row.id(moment);
    const outputs = { ...moment.inputs, ...row.outputs({ ...moment, id }) };
    const item: Item = { type, id, place, inputs: moment.inputs, outputs };
    this.#items.push(item);
    return item;
  }

  /** Why the cloud wouldn't delete it now. */
  holds(item: Item): string | undefined {
    return rowOf(item.type).release?.({ ...this.#moment(rowOf(item.type), item.inputs, "held"), old: item });
  }

  /** What of a change can't be done in place, beside the row's immutable paths. */
  replaces(item: Item, inputs: Props): readonly string[] {
    const row = rowOf(item.type);
    return row.replaces?.({ ...this.#moment(row, inputs, "changed"), old: item }) ?? [];
  }

  #moment(row: Row, inputs: Props, name: string, old?: Item): Moment {
    return {
      type: row.type,
      urn: `urn:pulumi:dev::shop::${row.type}::${name}`,
      name,
      inputs,
      place,
      account: this,
      random: randomOf(name, 1, "sample"),
      now: "2026-11-21T00:00:00Z",
      ...(old && { old }),
    };
  }
}

export function rowOf(type: string): Row {
  const row = pkg.rows.find((one) => one.type === type);
  if (!row) throw new Error(`no row for ${type}`);
  return row;
}
