import assert from "node:assert/strict";
import { Group, Provider, Thing } from "../testing/resources";
import { toys } from "../testing/toys";

const urn = (name: string) => `urn:pulumi:dev::toy::toy:index:Thing::${name}`;

describe("excludes", () => {
  const place = toys();
  const program = (n: number) => () => {
    const provider = new Provider("toy", { region: `r${n}` });
    const a = new Thing("a", { n }, { provider });
    const b = new Thing("b", { n, from: a.made });
    new Thing("c", { n, from: b.made });
    new Thing("x", { n }, { parent: new Group("group") });
  };
  const sizes = () => ["a", "b", "c", "x"].map((name) => (place.resource(name)["inputs"] as { n: number }).n);

  it("stay as they are while all else is changed, their provider included", async () => {
    await place.settles(program(1));
    place.program(program(2));
    const excludes = [urn("a"), "**::x"];
    const preview = await place.run("preview", { selection: { excludes } });
    const up = await place.run("up", { selection: { excludes } });
    assert.deepEqual(preview.changes, up.changes);
    assert.deepEqual([sizes(), up.changes], [[1, 2, 2, 1], { same: 4, update: 3 }]);
    place.sound();
    await place.settles(program(2));
    await place.ends();
  });

  it("take what depends on them along, if asked to", async () => {
    await place.settles(program(1));
    place.program(program(2));
    await place.run("up", { selection: { excludes: [urn("a")], excludeDependents: true } });
    assert.deepEqual(sizes(), [1, 1, 1, 2]);
    place.sound();
  });

  it("aren't created", async () => {
    place.program(program(1));
    await place.run("up", { selection: { excludes: [urn("c"), "**::x"] } });
    assert.deepEqual(place.names(), ["a", "b"]);
    place.sound();
    await place.settles(program(1));
  });

  it("are nothing that something new could depend on", async () => {
    const refused = async (operation: "preview" | "up", name: string) => {
      const { status, errors } = await place.run(operation, { selection: { excludes: [`**::${name}`] } });
      assert.equal(status, "failed");
      assert.match(errors.join(), /depends on '\S+', which --exclude leaves out and which doesn't exist yet/);
      assert.deepEqual(place.names(), []);
    };
    place.program(() => void new Thing("x", { n: 1 }, { parent: new Group("group") }));
    await refused("preview", "group");
    await refused("up", "group");
    place.program(() => void new Thing("b", { n: 1 }, { dependsOn: new Thing("a", { n: 1 }) }));
    await refused("up", "a");
    const both = await place.run("up", { selection: { excludes: ["**::a"], excludeDependents: true } });
    assert.deepEqual([both.status, place.names()], ["succeeded", []]);
    place.sound();
  });

  it("survive a destroy, with what they need", async () => {
    await place.settles(program(1));
    const { changes } = await place.run("destroy", { selection: { excludes: [urn("b")] } });
    assert.deepEqual([place.names(), changes], [["a", "b"], { delete: 3, same: 4 }]);
    place.sound();
    await place.settles(program(1));
  });

  it("aren't looked at by a refresh, nor with --exclude-dependents what depends on them", async () => {
    await place.settles(program(1));
    for (const [id, thing] of place.cloud.things)
      place.cloud.things.set(id, { ...thing, props: { ...thing.props, n: 7 } });
    await place.run("refresh", { selection: { excludes: [urn("b")], excludeDependents: true } });
    assert.deepEqual(sizes(), [7, 1, 1, 7]);
    await place.run("refresh", { selection: { excludes: [urn("b")] } });
    assert.deepEqual(sizes(), [7, 1, 7, 7]);
  });
});
