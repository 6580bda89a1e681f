import assert from "node:assert/strict";
import { judge } from "./diff";
import { type Props, type Row, UNKNOWN } from "./row";

const row = (rest: Partial<Row>): Row => ({
  type: "t",
  id: () => "",
  outputs: () => ({}),
  seconds: { create: 1 },
  ...rest,
});
const paths = (before: Props, after: Props, rest: Partial<Row> = {}) =>
  judge(row(rest), before, after).changes.map(
    ({ path, kind, replace }) => `${kind}${replace ? " replace" : ""} ${path}`,
  );

describe("the difference between two inputs", () => {
  it("is told where it is, in Pulumi's own notation", () => {
    const before = { settings: { tier: "a" }, tags: { "a-b": "1", c: "2" }, rules: [{ port: 1 }, { port: 2 }] };
    const after = {
      settings: { tier: "b" },
      tags: { "a-b": "3" },
      rules: [{ port: 1 }, { port: 4 }, { port: 5 }],
      n: 1,
    };
    assert.deepEqual(paths(before, after), [
      "update settings.tier",
      'update tags["a-b"]',
      "delete tags.c",
      "update rules[1].port",
      "add rules[2]",
      "add n",
    ]);
  });

  it("is none between null and unset, nor between equal trees", () => {
    assert.deepEqual(paths({ a: null, b: { c: [1] } }, { b: { c: [1] } }), []);
  });

  it("is there when the new value isn't known yet", () => {
    assert.deepEqual(paths({ a: "x" }, { a: UNKNOWN }), ["update a"]);
  });

  it("replaces at an immutable place, below it, and where a whole block that holds it comes or goes", () => {
    const immutable = ["rules.*.port", "place"];
    assert.deepEqual(paths({ rules: [{ port: 1, note: "" }] }, { rules: [{ port: 2, note: "n" }] }, { immutable }), [
      "update replace rules[0].port",
      "update rules[0].note",
    ]);
    assert.deepEqual(paths({ place: { zone: "a" } }, { place: { zone: "b" } }, { immutable }), [
      "update replace place.zone",
    ]);
    assert.deepEqual(paths({ rules: [] }, { rules: [{ port: 2 }] }, { immutable }), ["add replace rules[0]"]);
    assert.deepEqual(paths({ rules: [] }, { rules: [{ note: "n" }] }, { immutable }), ["add rules[0]"]);
  });

  it("says nothing of order where order means nothing", () => {
    const unordered = ["zones", "rules.*.hosts"];
    assert.deepEqual(paths({ zones: ["a", "b"] }, { zones: ["b", "a"] }, { unordered }), []);
    assert.deepEqual(paths({ zones: ["a", "b"] }, { zones: ["b", "c"] }, { unordered }).length, 2);
    assert.deepEqual(paths({ rules: [{ hosts: [1, 2] }] }, { rules: [{ hosts: [2, 1] }] }, { unordered }), []);
    assert.deepEqual(paths({ list: [1, 2] }, { list: [2, 1] }, { unordered }).length, 2);
  });

  it("deletes first where the program's own name stays, creates first where the name is made anew", () => {
    const named: Partial<Row> = { immutable: ["size"], autoName: { property: "name", max: 30 } };
    const first = (before: Props, after: Props, rest: Partial<Row>) =>
      judge(row(rest), before, after).deleteBeforeReplace;
    assert.equal(first({ name: "mine", size: 1 }, { name: "mine", size: 2 }, named), true);
    assert.equal(first({ name: "mine", size: 1 }, { name: "other", size: 2 }, named), false);
    assert.equal(first({ name: "x-0123abc", size: 1 }, { name: "x-0123abc", size: 2 }, named), false);
    assert.equal(first({ size: 1 }, { size: 2 }, { immutable: ["size"] }), false);
    assert.equal(first({ size: 1 }, { size: 2 }, { immutable: ["size"], deleteBeforeReplace: true }), true);
    const unique: Partial<Row> = { immutable: ["size"], unique: { by: ["group", "name"], scope: "account" } };
    assert.equal(first({ group: "g", name: "n", size: 1 }, { group: "g", name: "n", size: 2 }, unique), true);
    assert.equal(first({ group: "g", name: "n", size: 1 }, { group: "h", name: "n", size: 2 }, unique), false);
  });
});
