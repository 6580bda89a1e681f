import assert from "node:assert/strict";
import { evaluate } from "../evaluate";
import { fixtures } from "../fixtures";
import { resources } from "../fixtures/fixture";
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
  const held = { ...(value as Record<string, unknown>) };
  if (rest.length === 0) delete held[key];
  else if (Array.isArray(held[key])) held[key] = held[key].map((one) => without(one, rest));
  else if (held[key] !== undefined) held[key] = without(held[key], rest);
  return held;
}

const entries = Object.entries(remediations).flatMap(([rule, own]) =>
  (Object.entries(own) as [Platform, Readonly<Record<string, unknown>>][]).flatMap(([platform, byTypes]) =>
    Object.keys(byTypes).flatMap((types) => types.split(", ").map((type) => ({ rule, platform, type }))),
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

  it("speak of types that their rule judges by a resource's own inputs", () => {
    for (const { rule, platform, type } of entries) {
      const parts = rules.filter(({ id }) => id === rule).flatMap((one) => one.parts);
      const own = parts.filter(({ needs, types }) => needs === "inputs" && types.includes(token(platform, type)));
      assert.ok(own.length > 0, `${rule}: ${platform} ${type}`);
    }
  });

  for (const { rule, cloud, made } of fixtures) {
    const [type = "", inputs = {}] = made[0] ?? [];
    const additions = additionsFor(rule, token(cloud, type));
    if (!additions) continue;
    const own = typeof additions === "function" ? additions(inputs) : additions;
    it(`put ${rule} right on ${type}, and take it no further`, () => {
      const judged = (first: Props) => {
        const [, ...companions] = resources(cloud, made);
        const all = resources(cloud, [[type, first, made[0]?.[2] ?? {}]]).concat(companions);
        const findings = evaluate(all, { rules: rules.filter(({ id }) => id === rule) });
        return findings.filter(({ urn }) => urn === all[0]?.urn).map(({ status }) => status);
      };
      const bare = own.reduce((rest: unknown, [path]) => without(rest, steps(path)), inputs) as Record<string, unknown>;
      assert.ok(judged(bare).includes("fail"), "is right without");
      const better = structuredClone(bare);
      for (const one of own) add(better, one);
      assert.ok(!judged(better).includes("fail"), JSON.stringify(better));
      const once = structuredClone(better);
      for (const one of own) assert.equal(add(better, one), false);
      assert.deepEqual(better, once);
    });
  }
});

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
