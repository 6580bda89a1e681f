import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Group, Thing } from "../testing/resources";
import { toys } from "../testing/toys";

class Item extends pulumi.CustomResource {
  constructor(name: string, options?: pulumi.CustomResourceOptions) {
    super("toy:index:Item", name, {}, options);
  }
}

/** A component that gives its child a name of its own. */
class Pair extends pulumi.ComponentResource {
  constructor(name: string, options?: pulumi.ComponentResourceOptions) {
    super("toy:index:Pair", name, {}, options);
    new Thing(`${name}-child`, {}, { parent: this });
    new Thing("fixed", {}, { parent: this });
  }
}

const root = "urn:pulumi:dev::toy";

describe("aliases", () => {
  const place = toys();
  const follows = async (before: () => unknown, after: () => unknown) => {
    await place.settles(before);
    const made = [...place.cloud.log];
    await place.settles(after);
    assert.deepEqual(place.cloud.log, made);
  };

  it("follow a URN", async () => {
    await follows(
      () => void new Thing("old"),
      () => void new Thing("new", {}, { aliases: [`${root}::toy:index:Thing::old`] }),
    );
    assert.equal(place.resource("new")["urn"], `${root}::toy:index:Thing::new`);
  });

  it("follow a name", async () => {
    await follows(
      () => void new Thing("old"),
      () => void new Thing("new", {}, { aliases: [{ name: "older" }, { name: "old" }] }),
    );
  });

  it("follow a type", async () => {
    await follows(
      () => void new Thing("thing"),
      () => void new Item("thing", { aliases: [{ type: "toy:index:Thing" }] }),
    );
    assert.equal(place.resource("thing")["type"], "toy:index:Item");
  });

  it("follow a parent: into a component, out of it, and into another", async () => {
    await follows(
      () => void new Thing("thing"),
      () =>
        void new Thing("thing", {}, { parent: new Group("first"), aliases: [{ parent: pulumi.rootStackResource }] }),
    );
    const moved = () =>
      new Thing("thing", {}, { parent: new Group("second"), aliases: [{ parent: `${root}::toy:index:Group::first` }] });
    assert.deepEqual((await place.settles(moved)).changes, { same: 2, create: 1, delete: 1 });
    const out = () => new Thing("thing", {}, { aliases: [`${root}::toy:index:Group$toy:index:Thing::thing`] });
    assert.deepEqual((await place.settles(out)).changes, { same: 2, delete: 1 });
    assert.deepEqual(place.cloud.log, ["create thing"]);
  });

  it("follow from no parent", async () => {
    await follows(
      () => {
        new Group("group");
        new Thing("thing");
      },
      () => void new Thing("thing", {}, { parent: new Group("group"), aliases: [{ parent: undefined as never }] }),
    );
  });

  it("take the children along, whatever part of their name is the component's", async () => {
    await follows(
      () => void new Pair("old"),
      () => void new Pair("new", { aliases: [{ name: "old" }] }),
    );
    const parent = `${root}::toy:index:Pair::new`;
    for (const name of ["new-child", "fixed"]) assert.equal(place.resource(name)["parent"], parent);
  });

  it("take dependents along, who know it by its new name", async () => {
    const program = (name: string, aliases: pulumi.Alias[]) => () => {
      const thing = new Thing(name, {}, { aliases });
      new Thing("user", { from: thing.made });
    };
    await follows(program("old", []), program("new", [{ name: "old" }]));
    assert.deepEqual(place.resource("user")["dependencies"], [`${root}::toy:index:Thing::new`]);
  });

  it("may be many, of which none exists any more", async () => {
    await follows(
      () => void new Thing("thing"),
      () => void new Thing("thing", {}, { aliases: [{ name: "one" }, { name: "two" }] }),
    );
  });

  it("are refused where two resources claim the same past", async () => {
    await place.settles(() => void new Thing("old"));
    place.program(() => {
      new Thing("a", {}, { aliases: [{ name: "old" }] });
      new Thing("b", {}, { aliases: [{ name: "old" }] });
    });
    const result = await place.run("preview");
    assert.equal(result.status, "failed");
    assert.match(result.errors[0] ?? "", /Duplicate resource alias '\S+::old' applied to resource/);
  });
});
