import assert from "node:assert/strict";
import { evaluate } from "../evaluate";
import { fixtures } from "../fixtures";
import { type Fixture, on, resources } from "../fixtures/fixture";
import { UNKNOWN } from "../read";
import type { Platform, Props } from "../rule";
import { rules } from "../rules";
import { token } from "../tokens";
import { additionsFor, remediations } from "./index";
import { type Addition, add } from "./remedy";

const steps = (path: Addition[0]) => (typeof path === "string" ? path.split(".") : path);

/** A copy without what a path leads to. */
function without(value: unknown, [step = "", ...rest]: readonly string[]): unknown {
  const key = step.replace(/\[\]$/, "");
  if (Array.isArray(value)) return value.map((one, index) => (String(index) === step ? without(one, rest) : one));
  if (typeof value !== "object" || value === null) return value;
  const held = { ...(value as Record<string, unknown>) };
  if (rest.length === 0) delete held[key];
  else if (key !== step && Array.isArray(held[key])) held[key] = held[key].map((one) => without(one, rest));
  else if (held[key] !== undefined) held[key] = without(held[key], rest);
  return held;
}

const entries = Object.entries(remediations).flatMap(([rule, own]) =>
  (Object.entries(own) as [Platform, Readonly<Record<string, unknown>>][]).flatMap(([platform, byTypes]) =>
    // one specification of pods in many kinds: one of them stands for all
    (platform === "kubernetes" ? [Object.keys(byTypes).join(", ")] : Object.keys(byTypes)).map((types) => ({
      rule,
      platform,
      types,
    })),
  ),
);

describe("remediations", () => {
  it("belong to rules that the pack has", () => {
    const known = new Set(rules.map(({ id }) => id));
    assert.deepEqual(
      Object.keys(remediations).filter((rule) => !known.has(rule)),
      [],
    );
  });

  it("speak of types that their rule judges", () => {
    const strangers = entries.flatMap(({ rule, platform, types }) =>
      types.split(", ").flatMap((type) => {
        const parts = rules.filter(({ id }) => id === rule).flatMap((one) => one.parts);
        const own = parts.some((part) => part.types.includes(token(platform, type)));
        return own ? [] : [`${rule}: ${platform} ${type}`];
      }),
    );
    assert.deepEqual(strangers, []);
  });

  for (const { rule, platform, types } of entries)
    it(`put ${rule} right on ${platform} ${types}, and take it no further`, () => {
      const own = types.split(", ").map((type) => token(platform, type));
      const tried = fixtures.filter(
        (one) => one.rule === rule && own.includes(resources(platform, one.made)[0]?.type ?? ""),
      );
      const bare = types.split(", ").map((type) => on(rule)[platform]([[type, {}]], []));
      assert.ok([...tried, ...bare].some(putsRight), "nothing is wrong without it and right with it");
    });
});

/** A fixture without what the rule looks at fails; with the additions it doesn't, and a second time adds nothing. */
function putsRight({ rule, cloud, made, breaks, settings }: Fixture): boolean {
  const all = resources(cloud, made);
  const [first] = all;
  if (!first) return false;
  // alone, as the engine asks
  const judged = (inputs: Props) =>
    evaluate([{ ...first, inputs }], { rules: rules.filter(({ id }) => id === rule), settings })
      .filter(({ urn }) => urn === first.urn)
      .map(({ status }) => status);
  const additions = additionsFor(rule, first.type) ?? [];
  const own = typeof additions === "function" ? additions(first.inputs) : additions;
  const added = own.map(([path]) => steps(path));
  // without what it adds; and, where something else held the rule up, without anything that it looks at
  const bares = [added, [...added, ...breaks.map(([path]) => path.split("."))]].map(
    (paths) => paths.reduce<unknown>(without, first.inputs) as Record<string, unknown>,
  );
  const bare = bares.find((one) => judged(one).includes("fail"));
  if (!bare) return false;
  const better = structuredClone(bare);
  for (const one of own) add(better, one);
  if (judged(better).includes("fail")) return false;
  assert.deepEqual(
    own.map((one) => add(better, one)),
    own.map(() => false),
  );
  return true;
}

describe("an addition", () => {
  it("leaves alone what is set, whatever it says", () => {
    const tree = { a: { b: false, c: 0, d: "" } };
    for (const path of ["a.b", "a.c", "a.d"]) assert.equal(add(tree, [path, true]), false);
    assert.deepEqual(tree, { a: { b: false, c: 0, d: "" } });
  });

  it("takes the place of a default that the provider has filled in, which nobody has set", () => {
    const tree = { a: false, b: false, c: { d: 0, __defaults: ["d"] }, __defaults: ["a", "c"] };
    assert.ok(add(tree, ["a", true]));
    assert.equal(add(tree, ["b", true]), false);
    assert.deepEqual(tree, { a: true, b: false, c: { d: 0, __defaults: ["d"] }, __defaults: ["c"] });
  });

  it("makes the way to where it belongs, in the very object", () => {
    const tree: Record<string, unknown> = { a: {} };
    const { a } = tree;
    assert.ok(add(tree, ["a.b.c", 1]));
    assert.equal(tree["a"], a);
    assert.deepEqual(tree, { a: { b: { c: 1 } } });
  });

  it("reaches every element of a list, and none of a list that isn't there", () => {
    const tree: Record<string, unknown> = { containers: [{ name: "a" }, { name: "b", on: true }] };
    assert.ok(add(tree, ["containers[].on", false]));
    assert.deepEqual(tree["containers"], [
      { name: "a", on: false },
      { name: "b", on: true },
    ]);
    assert.equal(add(tree, ["initContainers[].on", false]), false);
    assert.equal("initContainers" in tree, false);
  });

  it("adds the named elements that a list doesn't have", () => {
    const tree = { flags: [{ name: "a", value: "off" }] };
    const flags = ["a", "b"].map((name) => ({ name, value: "on" }));
    assert.ok(add(tree, ["flags", flags]));
    assert.deepEqual(tree.flags, [
      { name: "a", value: "off" },
      { name: "b", value: "on" },
    ]);
    assert.equal(add({ flags: [{ name: UNKNOWN }] }, ["flags", flags]), false);
  });

  it("stops at what isn't known", () => {
    assert.equal(add({ a: UNKNOWN }, ["a.b", 1]), false);
    assert.equal(add({ a: { b: UNKNOWN } }, ["a.b", 1]), false);
  });
});
