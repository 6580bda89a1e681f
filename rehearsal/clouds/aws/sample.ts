// A small account for tests of rows: puts items in it as the machine would, without wire, disk or secrets.
import { createHash } from "node:crypto";
import type { AccountView, Item, Moment, Place, Props, Refusal, Row, Value } from "../row";
import { pick } from "../values";
import { pkg } from ".";

const place: Place = { cloud: "aws", account: "123456789012", region: "us-east-1", config: {} };

function random(seed: string): Moment["random"] {
  return (label, length, alphabet = "0123456789abcdef") =>
    [...createHash("sha512").update(`${seed}/${label}`).digest()]
      .map((byte) => alphabet[byte % alphabet.length])
      .join("")
      .slice(0, length);
}

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

  /** What the row would say of these inputs, by what `old` was where there is one. */
  judge(type: string, inputs: Props, old?: Item): readonly Refusal[] {
    const row = rowOf(type);
    const moment = this.#moment(row, inputs, "judged", old);
    const missing = (row.required ?? []).filter((property) => moment.inputs[property] === undefined);
    return [
      ...missing.map((property) => ({ property, reason: "is required" })),
      ...(row.check?.(moment) ?? []),
      ...(row.admit?.(moment) ?? []),
    ];
  }

  /** Makes something; fails where the row would refuse it. */
  make(type: string, inputs: Props, name = `${type.split(":").at(-1) ?? ""}-${this.#items.length}`): Item {
    const refused = this.judge(type, inputs);
    if (refused.length > 0)
      throw new Error(`${type}: ${refused.map((one) => `${one.property}: ${one.reason}`).join("; ")}`);
    const row = rowOf(type);
    const moment = this.#moment(row, inputs, name);
    const id = row.id(moment);
    const item: Item = {
      type,
      id,
      place,
      inputs: moment.inputs,
      outputs: { ...moment.inputs, ...row.outputs({ ...moment, id }) },
    };
    this.#items.push(item);
    return item;
  }

  /** Why it couldn't be deleted now. */
  holds(item: Item): string | undefined {
    return rowOf(item.type).release?.({ ...this.#moment(rowOf(item.type), item.inputs, "held"), old: item });
  }

  #moment(row: Row, given: Props, name: string, old?: Item): Moment {
    const auto =
      row.autoName && given[row.autoName.property] === undefined
        ? { [row.autoName.property]: `${name.toLowerCase()}-1234567` }
        : {};
    const first: Moment = {
      type: row.type,
      urn: `urn:${row.type}::${name}`,
      name,
      inputs: { ...auto, ...given },
      place,
      account: this,
      random: random(`${row.type}/${name}`),
      now: "2026-11-21T00:00:00Z",
      ...(old && { old, before: old.inputs }),
    };
    return { ...first, inputs: { ...row.inputDefaults?.(first), ...first.inputs } };
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
