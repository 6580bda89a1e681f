import assert from "node:assert/strict";
import { Thing } from "../testing/resources";
import { toys } from "../testing/toys";

const urn = (name: string) => `urn:pulumi:dev::toy::toy:index:Thing::${name}`;

describe("replaces", () => {
  const place = toys();
  const program =
    (n: number, protect = false) =>
    () => {
      const a = new Thing("a", { n }, { protect });
      new Thing("b", { n, from: a.made });
      new Thing("c", { n }, { deleteBeforeReplace: true });
    };

  it("make anew what hasn't changed, and what depends on it follows", async () => {
    await place.settles(program(1));
    const id = place.resource("a")["id"];
    const given = { selection: { replaces: [urn("a"), "**::c"] } };
    const preview = await place.run("preview", given);
    const up = await place.run("up", given);
    assert.deepEqual(preview.changes, up.changes);
    assert.deepEqual(up.changes, { replace: 2, same: 1, update: 1 });
    assert.notEqual(place.resource("a")["id"], id);
    const [deleted, created] = ["delete c", "create c"].map((step) => place.cloud.log.lastIndexOf(step));
    assert.ok((deleted ?? 0) < (created ?? 0), "c goes first");
    place.sound();
    await place.settles(program(1));
    await place.ends();
  });

  it("together with targets change nothing else", async () => {
    await place.settles(program(1));
    place.program(program(2));
    const { changes } = await place.run("up", { selection: { targets: [urn("c")], replaces: [urn("c")] } });
    assert.deepEqual(changes, { replace: 1, same: 3 });
    place.sound();
  });

  it("stop at what is protected, and at names that nothing has", async () => {
    await place.settles(program(1, true));
    const guarded = await place.run("up", { selection: { replaces: [urn("a")] } });
    assert.match(guarded.errors.join(), /unable to replace resource ".*::a"/);
    const unknown = await place.run("preview", { selection: { replaces: [urn("nobody")] } });
    assert.match(unknown.errors.join(), /Target '.*::nobody' could not be found in the stack/);
    assert.deepEqual(place.names(), ["a", "b", "c"]);
  });
});
