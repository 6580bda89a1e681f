import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { Group, Thing } from "./testing/resources";
import { toys } from "./testing/toys";
import { unknownSentinel } from "./values";

describe("the built-in engine", () => {
  const place = toys();

  it("shows what isn't known yet in a preview, makes it in an up, and then finds nothing to do", async () => {
    const program = () => {
      const group = new Group("group");
      const a = new Thing("a", { size: 1 }, { parent: group });
      new Thing("b", { from: a.made, of: a.id }, { parent: group });
      return { made: a.made };
    };
    place.program(program);
    const preview = await place.run("preview");
    assert.equal(preview.outputs["made"], unknownSentinel);
    assert.equal(place.cloud.things.size, 0);
    const up = await place.settles(program);
    assert.deepEqual(up.changes, { create: 4 });
    assert.equal(up.outputs["made"], "made-thing-1");
    const a = "urn:pulumi:dev::toy::toy:index:Group$toy:index:Thing::a";
    assert.equal(place.resource("b")["urn"], "urn:pulumi:dev::toy::toy:index:Group$toy:index:Thing::b");
    assert.deepEqual(place.resource("b")["propertyDependencies"], { from: [a], of: [a] });
  });

  it("keeps a secret of a program in a process of its own out of state, events and outputs, all the way", async () => {
    place.program(`
      const secret = pulumi.secret("canary-" + "value");
      const a = new Thing("a", { plain: "p", secret, nested: { deep: secret } }, { additionalSecretOutputs: ["made"] });
      exports.derived = a.secret ?? secret.apply((s) => s + "!");
      exports.made = a.made;`);
    const { events, outputs, status } = await place.run("up");
    assert.equal(status, "succeeded");
    const told = JSON.stringify([events, outputs, readFileSync(place.stateFile, "utf8")]);
    assert.ok(!told.includes("canary-value"));
    assert.ok(!JSON.stringify(outputs).includes("made-thing"));
    assert.equal(place.cloud.things.get("thing-1")?.props["plain"], "p");
    assert.deepEqual((await place.run("up")).changes, { same: 2 });
  });

  it("creates in parallel, deletes in reverse order, and honours dependsOn", async () => {
    place.program(() => {
      const first = new Thing("first", { slow: 100 });
      for (const name of ["x", "y", "z"]) new Thing(name, { slow: 300 }, { dependsOn: first });
    });
    await place.run("up");
    assert.equal(place.cloud.log[0], "create first");
    assert.equal(place.cloud.peak, 3);
    place.cloud.log.length = 0;
    await place.ends();
    assert.equal(place.cloud.log.at(-1), "delete first");
    assert.equal(place.cloud.things.size, 0);
  });

  it("runs no more steps at once than it is told", async () => {
    place.program(() => {
      for (const name of ["x", "y", "z"]) new Thing(name, { slow: 50 });
    });
    await place.run("up", { parallel: 1 });
    assert.equal(place.cloud.peak, 1);
  });

  it("stops after a failure, tells it, keeps what was made, and goes on next time", async () => {
    const program = (fail: object) => () => {
      const a = new Thing("a");
      const bad = new Thing("bad", { from: a.made, ...fail });
      new Thing("after", { from: bad.made });
    };
    place.program(program({ fail: true }));
    const failed = await place.run("up");
    assert.equal(failed.status, "failed");
    assert.ok(failed.errors.includes("the cloud says no"));
    assert.ok(!failed.steps.includes("create after"));
    assert.equal(place.state().pending_operations, undefined);
    assert.deepEqual((await place.settles(program({}))).changes, { same: 2, create: 2 });
    assert.deepEqual(place.names(), ["a", "after", "bad"]);
  });

  it("says which property a provider refuses, before anything is made", async () => {
    place.program(() => void new Thing("bad", { invalid: 7 }));
    const result = await place.run("preview");
    assert.equal(result.status, "failed");
    assert.deepEqual(result.errors, [
      "toy:index:Thing resource 'bad': property invalid value {7} has a problem: is not a thing",
    ]);
  });

  it("ends as failed when the program does, and deletes nothing", async () => {
    await place.settles(() => void new Thing("a"));
    place.program("process.exit(3);");
    const result = await place.run("up");
    assert.equal(result.status, "failed");
    assert.deepEqual(result.errors, ["an unhandled error occurred: Program exited with non-zero exit code: 3"]);
    assert.deepEqual(place.names(), ["a"]);
  });

  it("finds in a refresh what changed and what is gone, and an up puts it right", async () => {
    const program = () => {
      new Thing("a", { size: 1 });
      new Thing("b");
    };
    await place.settles(program);
    const [a, b] = [...place.cloud.things.keys()];
    place.cloud.things.set(a ?? "", { urn: "", known: true, props: { size: 2, made: "made-thing-1" } });
    place.cloud.things.delete(b ?? "");
    assert.deepEqual((await place.run("refresh")).changes, { same: 1, update: 1, delete: 1 });
    assert.deepEqual((await place.settles(program)).changes, { same: 1, update: 1, create: 1 });
  });

  it("takes no new steps after a cancellation", async () => {
    const stop = new AbortController();
    place.cloud.onCreate = (name, when) => {
      if (name === "a" && when === "before") stop.abort();
    };
    place.program(() => void new Thing("b", { from: new Thing("a", { slow: 20 }).made }));
    const result = await place.run("up", { signal: stop.signal });
    assert.equal(result.status, "cancelled");
    assert.deepEqual(place.cloud.log, ["create a"]);
    assert.equal(place.state().pending_operations, undefined);
  });

  it("names the package that it has no provider for", async () => {
    class Else extends pulumi.CustomResource {}
    place.program(() => void new Else("else:index:Thing", "a", {}));
    const result = await place.run("preview");
    assert.match(result.errors.join(), /no provider for the package "else": this rehearsal has toy/);
  });
});
