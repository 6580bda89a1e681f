import assert from "node:assert/strict";
import { Group, Thing } from "../testing/resources";
import { toys } from "../testing/toys";

describe("reading what others manage", () => {
  const place = toys();
  const exists = (id: string, props: object) =>
    place.cloud.things.set(id, { urn: "", known: true, props: { ...props, made: `made-${id}` } });
  const program = (id: string) => () => {
    const thing = new Thing("thing", {}, { id, parent: new Group("group") });
    new Thing("user", { from: thing.made });
    return { made: thing.made, id: thing.id };
  };

  it("uses it, sees it change, and never deletes it", async () => {
    exists("theirs", { size: 1 });
    const up = await place.settles(program("theirs"));
    assert.deepEqual(up.steps.toSorted(), ["create group", "create user", "read thing"]);
    assert.deepEqual(up.outputs, { made: "made-theirs", id: "theirs" });
    assert.equal(place.resource("thing")["external"], true);
    exists("theirs", { size: 2 });
    assert.deepEqual((await place.run("refresh")).changes, { same: 3, update: 1 });
    await place.settles(program("theirs"));
    exists("other", { size: 2 });
    const moved = await place.settles(program("other"));
    assert.deepEqual(moved.changes, { read: 1, same: 2, update: 1 });
    const destroyed = await place.ends();
    assert.ok(destroyed.steps.includes("discard thing"), destroyed.steps.join());
    assert.deepEqual([...place.cloud.things.keys()], ["theirs", "other"]);
  });

  it("says what isn't there", async () => {
    place.program(program("nowhere"));
    const result = await place.run("preview");
    assert.equal(result.status, "failed");
    assert.match(result.errors.join("\n"), /resource 'nowhere' does not exist/);
  });

  it("lets go of what the program managed before, and deletes it", async () => {
    await place.settles(() => void new Thing("thing", { size: 1 }, { parent: new Group("group") }));
    exists("theirs", { size: 1 });
    const { steps } = await place.settles(program("theirs"));
    assert.ok(steps.includes("read-replacement thing"), steps.join());
    assert.deepEqual(place.cloud.log, ["create thing", "create user", "delete thing"]);
  });

  it("makes its own in the place of what it only read", async () => {
    exists("theirs", { size: 1 });
    await place.settles(program("theirs"));
    const { steps } = await place.settles(() => void new Thing("thing", { size: 1 }, { parent: new Group("group") }));
    assert.ok(steps.includes("discard-replaced thing"), steps.join());
    assert.deepEqual(place.cloud.log, ["create user", "create thing", "delete user"]);
    assert.ok(place.cloud.things.has("theirs"));
  });
});
