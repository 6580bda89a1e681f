import assert from "node:assert/strict";
import { contains, parsePath, resetPaths } from "./paths";
import { Secret } from "./values";

describe("property paths", () => {
  it("are read as users write them", () => {
    assert.deepEqual(parsePath('root.nested["a.b"][0].*[*]'), ["root", "nested", "a.b", 0, "*", "*"]);
    assert.throws(() => parsePath("a..b"), /is not a property path/);
    assert.throws(() => parsePath("a[b"), /is not a property path/);
  });

  it("contain what lies at or under them", () => {
    assert.ok(contains(parsePath("tags"), parsePath("tags.a")));
    assert.ok(contains(parsePath("rules[*].port"), parsePath("rules[3].port")));
    assert.ok(!contains(parsePath("tags.a"), parsePath("tags")));
  });

  it("put back what was, whether changed, added or removed, and touch nothing else", () => {
    const old = { tags: { a: "1", c: "1" }, list: [{ port: 1 }, { port: 2 }], size: 1 };
    const now = { tags: { a: "2", b: "2" }, list: [{ port: 3 }, { port: 4 }], size: 2 };
    const { inputs, invalid } = resetPaths(now, old, ["tags.a", "tags.b", "tags.c", "list[*].port"]);
    assert.deepEqual(invalid, []);
    assert.deepEqual(inputs, { tags: { a: "1", c: "1" }, list: [{ port: 1 }, { port: 2 }], size: 2 });
    assert.equal(now.tags.a, "2");
  });

  it("tell where an element was added or removed, and keep a secret secret", () => {
    const { invalid } = resetPaths({ list: [1] }, { list: [1, 2] }, ["list[1]"]);
    assert.deepEqual(invalid, ["list[1]"]);
    const { inputs } = resetPaths({ all: { a: "new" } }, { all: new Secret({ a: "old" }) }, ["all.a"]);
    assert.deepEqual(inputs, { all: { a: new Secret("old") } });
  });
});
