// Do the rules look? Each property that a verdict names, and each that was read on the way to it, is given other values;
// the verdict has to turn (POL-07). What a rule reads only in one branch is tried in every list of its fixtures.
import assert from "node:assert/strict";
import { evaluate, type Finding } from "./evaluate";
import { fixtures } from "./fixtures";
import { changed, type Fixture, type Made, placeOf, resources } from "./fixtures/fixture";
import { basesOf, leaves, mutants, vocabulary, watched } from "./fixtures/mutants";
import { identifiers } from "./graph";
import type { Rule } from "./rule";
import { rules } from "./rules";

const byId = new Map<string, readonly Rule[]>();
for (const rule of rules) byId.set(rule.id, [...(byId.get(rule.id) ?? []), rule]);
const words = vocabulary(fixtures);

/** What is said of the first resource. */
function judged({ rule, cloud, settings }: Fixture, made: readonly Made[]): readonly Finding[] {
  const all = resources(cloud, made);
  const findings = evaluate(all, { rules: byId.get(rule) ?? [], environment: "prod", settings });
  return findings.filter(({ urn, status }) => urn === all[0]?.urn && status !== "not-applicable");
}
const shown = (findings: readonly Finding[]) => [...new Set(findings.map(({ status }) => status))].sort().join(", ");
const passes = (findings: readonly Finding[]) =>
  findings.length > 0 && findings.every(({ status }) => status === "pass");

/** Where in the list a verdict's path leads: `opts.protect`, `BucketPolicy.policy` in a companion, or the resource itself. */
function placed(made: readonly Made[], path: string): string {
  if (path.startsWith("opts.")) return `0:@${path.slice(5)}`;
  const [head, ...rest] = path.split(".");
  const index = made.findIndex(([type], position) => position > 0 && type.split(/[.:]/).at(-1) === head);
  return index > 0 ? `${index}:${rest.join(".")}` : `0:${path}`;
}

/** One property of one type under one rule, wherever in a list it stands. */
function keyOf({ rule, cloud }: Fixture, made: readonly Made[], path: string): string {
  const { index, property } = placeOf(path);
  return `${rule} ${cloud} ${made[index]?.[0]} ${property.replace(/(^|\.)\d+(?=\.|$)/g, "$1*")}`;
}

/** Whether some change of each property was noticed. */
class Tally {
  readonly #noticed = new Map<string, boolean>();
  add(key: string): void {
    this.#noticed.set(key, this.#noticed.get(key) ?? false);
  }
  notice(key: string): void {
    this.#noticed.set(key, true);
  }
  isOpen(key: string): boolean {
    return this.#noticed.get(key) === false;
  }
  /** A list or object counts by its parts, where they were read. */
  get #counted(): readonly string[] {
    const keys = [...this.#noticed.keys()].sort();
    return keys.filter((key, index) => !keys[index + 1]?.startsWith(`${key}.`));
  }
  get survivors(): readonly string[] {
    return this.#counted.filter((key) => this.isOpen(key));
  }
  get share(): number {
    return 1 - this.survivors.length / this.#counted.length;
  }
  get size(): number {
    return this.#counted.length;
  }
}

/** Read anywhere, and turned into anything else; named by a pass, and turned into something that isn't one. */
const read = new Tally();
const named = new Tally();

function tryAll(fixture: Fixture, made: readonly Made[]): void {
  const paths = new Set<string>();
  const before = judged(
    fixture,
    made.map(([type, inputs, extra = {}], index): Made => {
      return [type, watched(inputs, (path) => paths.add(`${index}:${path}`)), extra];
    }),
  );
  const told = new Set(
    passes(before) ? before.filter(({ path }) => path !== "").map(({ path }) => placed(made, path)) : [],
  );
  // By these, resources are found, not judged.
  const isName = (path: string) => (identifiers as readonly string[]).includes(placeOf(path).property);
  for (const path of new Set([...leaves(paths), ...told])) {
    if (isName(path) && !told.has(path)) continue;
    const key = keyOf(fixture, made, path);
    read.add(key);
    if (told.has(path)) named.add(key);
    for (const change of mutants(made, path, words)) {
      if (!read.isOpen(key) && !(told.has(path) && named.isOpen(key))) break;
      const after = judged(fixture, changed(made, change));
      if (shown(after) !== shown(before)) read.notice(key);
      if (told.has(path) && !passes(after)) named.notice(key);
    }
  }
}

describe("the rules' eyes", () => {
  before(() => {
    for (const fixture of fixtures) for (const made of basesOf(fixture)) tryAll(fixture, made);
  });

  it("see at least 95 of 100 properties that a pass names change into something that doesn't pass", () => {
    assert.ok(named.size > 700, `${named.size} properties named`);
    assert.ok(named.share >= 0.95, `${named.share}, unseen:\n${named.survivors.join("\n")}`);
  });

  it("see at least 95 of 100 properties that they read change", () => {
    assert.ok(read.size > 1600, `${read.size} properties read`);
    assert.ok(read.share >= 0.95, `${read.share}, unseen:\n${read.survivors.join("\n")}`);
  });
});
