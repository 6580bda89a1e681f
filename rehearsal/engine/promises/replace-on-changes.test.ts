import assert from "node:assert/strict";
import { Thing } from "../testing/resources";
import { toys } from "../testing/toys";

describe("replaceOnChanges", () => {
  const place = toys();
  const program = (size: number, a: number, replaceOnChanges: string[]) => () =>
    void new Thing("thing", { size, tags: { a, b: 1 }, list: [{ x: a }] }, { replaceOnChanges });

  it("replaces where a property changes that it names, and updates for any other", async () => {
    await place.settles(program(1, 1, ["size"]));
    assert.deepEqual((await place.settles(program(1, 2, ["size"]))).changes, { same: 1, update: 1 });
    assert.deepEqual((await place.settles(program(2, 2, ["size"]))).changes, { same: 1, replace: 1 });
    assert.deepEqual(place.resource("thing")["replaceOnChanges"], ["size"]);
    await place.ends();
  });

  it("takes a star for whatever changes", async () => {
    await place.settles(program(1, 1, ["*"]));
    assert.deepEqual((await place.settles(program(2, 1, ["*"]))).changes, { same: 1, replace: 1 });
  });

  it("takes paths into a property", async () => {
    place.cloud.detailed = true;
    for (const [path, hit] of [
      ["tags.a", true],
      ["tags.b", false],
      ['tags["a"]', true],
      ["tags.*", true],
      ["list[0].x", true],
      ["list[*].x", true],
      ["list[1]", false],
    ] as const) {
      await place.settles(program(1, 1, [path]));
      const { changes } = await place.settles(program(1, 2, [path]));
      assert.deepEqual(changes, { same: 1, [hit ? "replace" : "update"]: 1 }, path);
    }
  });
});
