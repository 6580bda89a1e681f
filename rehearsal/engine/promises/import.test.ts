import assert from "node:assert/strict";
import { Thing } from "../testing/resources";
import { toys } from "../testing/toys";

describe("import", () => {
  const place = toys();
  const exists = (id: string, props: object) =>
    place.cloud.things.set(id, { urn: "", known: true, props: { ...props, made: `made-${id}` } });
  const program = (props: object, id?: string) => () => {
    const thing = new Thing("thing", { ...props }, id === undefined ? {} : { import: id });
    new Thing("user", { from: thing.made });
    return { made: thing.made };
  };

  it("takes over what exists, and makes nothing", async () => {
    exists("found", { size: 1 });
    const { changes, outputs } = await place.settles(program({ size: 1 }, "found"));
    assert.deepEqual(changes, { create: 2, import: 1 });
    assert.equal(outputs["made"], "made-found");
    assert.deepEqual(place.cloud.log, ["create user"]);
    assert.equal(place.resource("thing")["importID"], "found");
    const forgotten = await place.settles(program({ size: 1 }));
    assert.deepEqual(forgotten.changes, { same: 3 });
    await place.ends();
    assert.deepEqual(place.cloud.log.slice(1), ["delete user", "delete thing"]);
  });

  it("updates at once what is asked for otherwise", async () => {
    exists("found", { size: 1 });
    place.program(program({ size: 2 }, "found"));
    const preview = await place.run("preview");
    const up = await place.run("up");
    assert.equal(up.status, "succeeded");
    assert.deepEqual([preview.changes, preview.steps.toSorted()], [up.changes, up.steps.toSorted()]);
    assert.deepEqual(place.cloud.things.get("found")?.props, { size: 2, made: "made-found" });
    await place.settles(program({ size: 2 }, "found"));
  });

  it("says what isn't there", async () => {
    place.program(program({}, "nowhere"));
    const result = await place.run("up");
    assert.equal(result.status, "failed");
    assert.ok(result.errors.includes("resource 'nowhere' does not exist"), result.errors.join("\n"));
    assert.equal(place.state().pending_operations, undefined);
    assert.deepEqual(place.names(), []);
  });

  it("replaces what had another id, and deletes that", async () => {
    exists("first", { size: 1 });
    exists("second", { size: 1 });
    await place.settles(program({ size: 1 }, "first"));
    const { changes } = await place.settles(program({ size: 1 }, "second"));
    assert.deepEqual(changes, { same: 1, replace: 1, update: 1 });
    assert.deepEqual(place.cloud.log, ["create user", "update user", "delete thing"]);
    assert.equal(place.resource("thing")["id"], "second");
  });

  it("refuses to replace while the id is still asked for", async () => {
    exists("found", { fixed: 1 });
    await place.settles(program({ fixed: 1 }, "found"));
    place.program(program({ fixed: 2 }, "found"));
    const result = await place.run("up");
    assert.equal(result.status, "failed");
    assert.match(result.errors[0] ?? "", /previously-imported resources that still specify an ID may not be replaced/);
    await place.settles(program({ fixed: 2 }));
    assert.deepEqual(place.names(), ["thing", "user"]);
  });
});
