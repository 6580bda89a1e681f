import assert from "node:assert/strict";
import { Thing } from "../testing/resources";
import { toys } from "../testing/toys";

describe("ignoreChanges", () => {
  const place = toys();
  const program = (value: number, ignoreChanges: string[]) => () =>
    void new Thing(
      "thing",
      { size: value, tags: { a: value, b: { c: value, d: 1 } }, list: [{ x: value, y: 1 }, { x: value }] },
      { ignoreChanges },
    );
  const everything = ["size", "tags", "list"];
  const props = () => place.cloud.things.values().next().value?.props ?? {};

  it("keeps what it names, whatever else changes", async () => {
    for (const [paths, kept] of [
      [["size"], { size: 1 }],
      [["tags.a", "size", "list"], { size: 1, tags: { a: 1, b: { c: 2, d: 1 } } }],
      [["tags.b.c"], { tags: { a: 2, b: { c: 1, d: 1 } } }],
      [["tags.*"], { tags: { a: 1, b: { c: 1, d: 1 } } }],
      [["list[0]"], { list: [{ x: 1, y: 1 }, { x: 2 }] }],
      [["list[1].x"], { list: [{ x: 2, y: 1 }, { x: 1 }] }],
      [["list[*].x"], { list: [{ x: 1, y: 1 }, { x: 1 }] }],
    ] as [string[], object][]) {
      await place.settles(program(1, []));
      const { changes } = await place.settles(program(2, paths));
      assert.deepEqual(changes, { same: 1, update: 1 });
      for (const [key, value] of Object.entries(kept)) assert.deepEqual(props()[key], value, paths.join());
    }
    assert.deepEqual(place.resource("thing")["ignoreChanges"], ["list[*].x"]);
  });

  it("does nothing when nothing else changes, and ends when it is taken away", async () => {
    await place.settles(program(1, []));
    assert.deepEqual((await place.settles(program(2, everything))).changes, { same: 2 });
    assert.deepEqual((await place.settles(program(2, []))).changes, { same: 1, update: 1 });
  });

  it("takes a star for everything, added or removed", async () => {
    await place.settles(() => void new Thing("thing", { a: 1, b: 1 }));
    const { changes } = await place.settles(() => void new Thing("thing", { a: 2, c: 2 }, { ignoreChanges: ["*"] }));
    assert.deepEqual(changes, { same: 2 });
    assert.deepEqual(props(), { a: 1, b: 1, made: "made-thing-1" });
  });

  it("doesn't bring a drift in the cloud back", async () => {
    await place.settles(program(1, ["size"]));
    const [id = ""] = place.cloud.things.keys();
    const thing = place.cloud.things.get(id);
    if (thing) place.cloud.things.set(id, { ...thing, props: { ...thing.props, size: 9 } });
    assert.equal((await place.run("refresh")).status, "succeeded");
    assert.deepEqual((await place.settles(program(1, ["size"]))).changes, { same: 2 });
    assert.equal(props()["size"], 9);
  });
});
