import assert from "node:assert/strict";
import { Thing } from "../testing/resources";
import { toys } from "../testing/toys";

describe("deletedWith", () => {
  const place = toys();
  const program = (fixed: number) => () => {
    const home = new Thing("home", { fixed });
    new Thing("inside", { size: 1 }, { deletedWith: home });
    new Thing("beside", { size: 1 }, { dependsOn: home });
  };

  it("spares the deletion of what goes along with another", async () => {
    await place.settles(program(1));
    assert.match(String(place.resource("inside")["deletedWith"]), /::home$/);
    await place.ends();
    assert.deepEqual(place.cloud.log.slice(3), ["delete beside", "delete home"]);
  });

  it("deletes it when the other stays", async () => {
    await place.settles(program(1));
    await place.settles(() => void new Thing("home", { fixed: 1 }));
    assert.deepEqual(place.cloud.log.slice(3).toSorted(), ["delete beside", "delete inside"]);
  });

  it("replaces it along with the other", async () => {
    await place.settles(program(1));
    const { changes } = await place.settles(program(2));
    assert.deepEqual(changes, { same: 2, replace: 2 });
    assert.deepEqual(place.cloud.log.slice(3), ["create home", "create inside", "delete home"]);
  });
});
