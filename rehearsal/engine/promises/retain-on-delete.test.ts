import assert from "node:assert/strict";
import { Group, Thing } from "../testing/resources";
import { toys } from "../testing/toys";

describe("retainOnDelete", () => {
  const place = toys();

  it("forgets a resource and leaves it in the cloud: by an up, a replacement, or a destroy", async () => {
    const program = (fixed: number) => () => {
      new Thing("stays", { fixed }, { retainOnDelete: true });
      const parent = new Group("group", { retainOnDelete: true });
      new Thing("child", {}, { parent });
      new Thing("goes", {}, { parent, retainOnDelete: false });
    };
    await place.settles(program(1));
    assert.equal(place.resource("child")["retainOnDelete"], true);
    const replaced = await place.settles(program(2));
    assert.deepEqual(replaced.changes, { same: 4, replace: 1 });
    assert.deepEqual(place.names(), ["child", "goes", "stays", "stays"]);
    await place.ends();
    assert.deepEqual(place.names(), ["child", "stays", "stays"]);
    assert.deepEqual(place.cloud.log.slice(4), ["delete goes"]);
  });
});
