import assert from "node:assert/strict";
import { Thing } from "../testing/resources";
import { toys } from "../testing/toys";

describe("deleteBeforeReplace", () => {
  const place = toys();
  const program = (fixed: number, deleteBeforeReplace?: boolean) => () => {
    const options = deleteBeforeReplace === undefined ? {} : { deleteBeforeReplace };
    const a = new Thing("a", { fixed }, options);
    const b = new Thing("b", { fixedFrom: a.made }, options);
    new Thing("c", { fixedFrom: b.made });
    new Thing("d", {}, { dependsOn: a });
  };
  const acts = () => place.cloud.log.splice(0);
  beforeEach(async () => {
    await place.settles(program(1, undefined));
    acts();
  });

  it("deletes with a resource what would be replaced along, and makes all again", async () => {
    await place.settles(program(1, true));
    place.program(program(2, true));
    const up = await place.run("up");
    assert.deepEqual(up.errors, []);
    assert.deepEqual(up.changes, { same: 2, replace: 3 });
    assert.deepEqual(acts(), ["delete c", "delete b", "delete a", "create a", "create b", "create c"]);
  });

  it("creates first when it isn't asked for", async () => {
    const { changes } = await place.settles(program(2));
    assert.deepEqual(changes, { same: 2, replace: 3 });
    assert.deepEqual(acts(), ["create a", "create b", "create c", "delete c", "delete b", "delete a"]);
  });

  it("picks up where a run was stopped between the deletion and the creation", async () => {
    place.cloud.refuses.add("create b");
    place.program(program(2, true));
    const failed = await place.run("up");
    assert.equal(failed.status, "failed");
    assert.equal(place.resource("b")["pendingReplacement"], true);
    place.cloud.refuses.clear();
    await place.settles(program(2, true));
    assert.deepEqual(place.names(), ["a", "b", "c", "d"]);
  });

  it("forgets what was deleted first when nobody asks for it any more", async () => {
    place.cloud.refuses.add("create b");
    place.program(program(2, true));
    await place.run("up");
    place.cloud.refuses.clear();
    await place.settles(() => void new Thing("a", { fixed: 2 }));
    assert.deepEqual(place.names(), ["a"]);
    await place.ends();
  });
});
