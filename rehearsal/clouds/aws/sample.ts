// A small account for tests of rows: puts items in it as the machine would, without wire, disk or secrets.
import { check } from "../check";
import { randomOf } from "../names";
import type { AccountView, Item, Moment, Place, Props, Refusal, Row, Value } from "../row";
import { pick } from "../values";
import { decodeProps, encodeProps } from "../wire";
import { pkg } from ".";

const place: Place = { cloud: "aws", account: "123456789012", region: "us-east-1", config: {} };

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

  /** What check and account would refuse of these inputs, by what `old` was where there is one. */
  judge(type: string, inputs: Props, old?: Item): readonly Refusal[] {
    return this.#judged(rowOf(type), inputs, "judged", old).refusals;
  }

  /** Makes something; fails where the row would refuse it. */
  make(type: string, inputs: Props, name = `thing${this.#items.length}`): Item {
    const row = rowOf(type);
    const { moment, refusals } = this.#judged(row, inputs, name);
    if (refusals.length > 0)
      throw new Error(`${type}: ${refusals.map((one) => `${one.property}: ${one.reason}`).join("; ")}`);
    const id = row.id(moment);
    const outputs = { ...moment.inputs, ...row.outputs({ ...moment, id }) };
    const item: Item = { type, id, place, inputs: moment.inputs, outputs };
    this.#items.push(item);
    return item;
  }

  /** Why it couldn't be deleted now. */
  holds(item: Item): string | undefined {
    return rowOf(item.type).release?.({ ...this.#moment(rowOf(item.type), item.inputs, "held"), old: item });
  }

  #judged(row: Row, given: Props, name: string, old?: Item) {
    const at = (inputs: Props) => this.#moment(row, inputs, name, old);
    const random = randomOf(`${row.type}/${name}`, 1, "sample");
    const olds = encodeProps(old?.inputs ?? {});
    const { inputs, failures } = check(row, encodeProps(given), olds, random, undefined, at);
    const moment = at(decodeProps(inputs));
    return { moment, refusals: [...failures, ...(row.admit?.(moment) ?? [])] };
  }

  #moment(row: Row, inputs: Props, name: string, old?: Item): Moment {
    return {
      type: row.type,
      urn: `urn:pulumi:dev::shop::${row.type}::${name}`,
      name,
      inputs,
      place,
      account: this,
      random: randomOf(`${row.type}/${name}`, 1, "sample"),
      now: "2026-11-21T00:00:00Z",
      ...(old && { old, before: old.inputs }),
    };
  }
}

export function rowOf(type: string): Row {
  const row = pkg.rows.find((one) => one.type === type);
  if (!row) throw new Error(`no row for ${type}`);
  return row;
}

/** A network with two private subnets in two zones. */
export function network(sample: Sample) {
  const vpc = sample.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.20.0.0/16", enableDnsHostnames: true });
  const subnet = (zone: string, third: number) =>
    sample.make("aws:ec2/subnet:Subnet", {
      vpcId: vpc.id,
      cidrBlock: `10.20.${third}.0/24`,
      availabilityZone: `us-east-1${zone}`,
    });
  return { vpc, a: subnet("a", 1), b: subnet("b", 2) };
}

export const trust = (service: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });

/** What a type takes, and what is refused of it. */
export interface Example {
  readonly type: string;
  readonly good: Props;
  /** What is changed of it -> the property that is named; `undefined` takes an argument away. */
  readonly bad: readonly (readonly [
    change: Readonly<Record<string, Value | undefined>>,
    property: string,
    reason?: RegExp,
  ])[];
}
