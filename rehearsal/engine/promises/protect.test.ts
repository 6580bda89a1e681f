import assert from "node:assert/strict";
import { Group, Thing } from "../testing/resources";
import { toys } from "../testing/toys";

describe("protect", () => {
  const place = toys();

  it("keeps a resource from being deleted, by an up or a destroy, and lets the others go", async () => {
    await place.settles(() => {
      new Thing("kept", {}, { protect: true });
      new Thing("gone");
    });
    assert.equal(place.resource("kept")["protect"], true);
    const destroy = await place.run("destroy");
    assert.equal(destroy.status, "failed");
    assert.match(destroy.errors[0] ?? "", /"\S+::kept" cannot be deleted\nbecause it is protected/);
    place.program(() => undefined);
    const preview = await place.run("preview");
    assert.equal(preview.status, "failed");
    const up = await place.run("up");
    assert.equal(up.status, "failed");
    assert.match(up.errors[0] ?? "", /cannot be deleted\nbecause it is protected/);
    assert.deepEqual(place.names(), ["kept"]);
    await place.settles(() => void new Thing("kept"));
    assert.equal(place.resource("kept")["protect"], undefined);
    await place.ends();
    assert.deepEqual(place.names(), []);
  });

  it("keeps it from being replaced, and lets it be changed", async () => {
    const program = (props: object) => () => void new Thing("kept", { ...props }, { protect: true });
    await place.settles(program({ fixed: 1 }));
    await place.settles(program({ fixed: 1, size: 2 }));
    place.program(program({ fixed: 2, size: 2 }));
    for (const operation of ["preview", "up"] as const) {
      const result = await place.run(operation);
      assert.equal(result.status, "failed");
      assert.match(result.errors[0] ?? "", /unable to replace resource "\S+::kept"\nas it is currently marked for/);
    }
    assert.deepEqual(place.cloud.log, ["create kept", "update kept"]);
  });

  it("passes from a component to its children, unless one says otherwise", async () => {
    await place.settles(() => {
      const parent = new Group("group", { protect: true });
      new Thing("child", {}, { parent });
      new Thing("free", {}, { parent, protect: false });
    });
    assert.equal(place.resource("child")["protect"], true);
    assert.equal(place.resource("free")["protect"], undefined);
  });
});
