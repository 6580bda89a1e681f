import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Group, Provider, Thing } from "../testing/resources";
import { toys } from "../testing/toys";

describe("providers", () => {
  const place = toys();
  const by = (name: string) =>
    [...place.cloud.things.values()].find(({ urn }) => urn.endsWith(`::${name}`))?.by?.["region"];

  it("pass from a component to its children, by parentage, list or name, and can be told otherwise", async () => {
    await place.settles(() => {
      const first = new Provider("first", { region: "one" });
      const second = new Provider("second", { region: "two" });
      const listed = new Group("listed", { providers: [first] });
      const inner = new Group("inner", { parent: listed });
      new Thing("inherits", {}, { parent: inner });
      new Thing("differs", {}, { parent: inner, provider: second });
      new Thing("named", {}, { parent: new Group("by-name", { providers: { toy: second } }) });
      new Thing("single", {}, { parent: new Group("one", { provider: first }) });
      new Thing("child", {}, { parent: new Thing("parent", {}, { provider: second }) });
      new Thing("default");
    });
    const names = ["inherits", "differs", "named", "single", "child", "default"];
    assert.deepEqual(names.map(by), ["one", "two", "two", "one", "two", undefined]);
    await place.ends();
  });

  const program = (props: object) => () => {
    const provider = new Provider("provider", { ...props });
    new Thing("thing", { size: 1 }, { provider });
  };

  it("are updated when their configuration changes, and what they manage stays", async () => {
    await place.settles(program({ region: "one" }));
    assert.deepEqual((await place.settles(program({ region: "two" }))).changes, { same: 2, update: 1 });
    assert.deepEqual(place.cloud.log, ["create thing"]);
    await place.ends();
  });

  it("are replaced with all that they manage when they say that they must be", async () => {
    await place.settles(program({ fixed: "one" }));
    assert.deepEqual((await place.settles(program({ fixed: "two" }))).changes, { same: 1, replace: 2 });
    assert.deepEqual(place.cloud.log, ["create thing", "create thing", "delete thing"]);
    await place.ends();
  });

  it("can be exchanged: for one that manages the same, nothing is replaced", async () => {
    const exchanged = (name: string, props: object) => () =>
      void new Thing("thing", {}, { provider: new Provider(name, { ...props }) });
    await place.settles(exchanged("first", { region: "one", fixed: 1 }));
    assert.deepEqual((await place.settles(exchanged("second", { region: "two", fixed: 1 }))).changes, {
      create: 1,
      delete: 1,
      same: 2,
    });
    assert.deepEqual((await place.settles(exchanged("third", { region: "two", fixed: 2 }))).changes, {
      create: 1,
      delete: 1,
      replace: 1,
      same: 1,
    });
    await place.ends();
  });

  it("may be renamed by an alias", async () => {
    const renamed = (name: string, aliases: pulumi.Alias[]) => () =>
      void new Thing("thing", {}, { provider: new Provider(name, { region: "one" }, { aliases }) });
    await place.settles(renamed("old", []));
    assert.deepEqual((await place.settles(renamed("new", [{ name: "old" }]))).changes, { same: 3 });
    await place.ends();
  });

  it("whose configuration isn't known yet let a preview go on", async () => {
    const unknown = (size: number) => () => {
      const first = new Thing("first", { size });
      const provider = new Provider("provider", { region: first.made });
      return { made: new Thing("thing", { size }, { provider }).made };
    };
    place.program(unknown(1));
    const preview = await place.run("preview");
    assert.equal(preview.status, "succeeded");
    assert.deepEqual(preview.changes, { create: 4 });
    await place.settles(unknown(1));
    assert.equal(by("thing"), "made-thing-1");
    await place.ends();
  });

  it("keep a secret of their configuration secret", async () => {
    await place.settles(program({ token: pulumi.secret("canary") }));
    assert.ok(!JSON.stringify(place.state()).includes("canary"));
    await place.ends();
  });
});
