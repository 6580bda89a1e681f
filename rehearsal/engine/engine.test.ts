import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type Cloud, startCloud } from "./testing/cloud";
import { type Workspace, workspace } from "./testing/workspace";
import { unknownSentinel } from "./values";

describe("the built-in engine", () => {
  let cloud: Cloud;
  let place: Workspace;
  beforeEach(async () => {
    cloud = await startCloud();
    place = workspace(cloud);
  });
  afterEach(() => {
    cloud.stop();
    place.remove();
  });
  const names = () => [...cloud.things.values()].map((thing) => thing.urn.split("::").pop()).sort();

  it("shows what isn't known yet in a preview, makes it in an up, and then finds nothing to do", async () => {
    place.program(`
      const group = new Group("group");
      const a = new Thing("a", { size: 1 }, { parent: group });
      new Thing("b", { from: a.made, of: a.id }, { parent: group });
      exports.made = a.made;`);
    const preview = await place.run("preview");
    assert.equal(preview.outputs["made"], unknownSentinel);
    assert.equal(cloud.things.size, 0);
    const up = await place.run("up");
    assert.equal(up.status, "succeeded");
    assert.deepEqual(up.changes, { create: 4 });
    assert.equal(up.outputs["made"], "made-thing-1");
    assert.deepEqual((await place.run("up")).changes, { same: 4 });
    const refresh = await place.run("refresh");
    assert.deepEqual(refresh.changes, { same: 4 });
    const [b] = (place.state().resources ?? []).filter((r) => r.urn.endsWith("::b"));
    assert.equal(b?.urn, "urn:pulumi:dev::toy::toy:index:Group$toy:index:Thing::b");
    assert.deepEqual(b["propertyDependencies"], { from: [a()], of: [a()] });
    function a(): string {
      return "urn:pulumi:dev::toy::toy:index:Group$toy:index:Thing::a";
    }
  });

  it("keeps a secret out of state, events and outputs, all the way", async () => {
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
    assert.equal(cloud.things.get("thing-1")?.props["plain"], "p");
    assert.deepEqual((await place.run("up")).changes, { same: 2 });
  });

  it("creates in parallel, deletes in reverse order, and honours dependsOn", async () => {
    place.program(`
      const first = new Thing("first", { slow: 100 });
      for (const name of ["x", "y", "z"]) new Thing(name, { slow: 300 }, { dependsOn: first });`);
    await place.run("up");
    assert.equal(cloud.log[0], "create first");
    assert.equal(cloud.peak, 3);
    cloud.log.length = 0;
    const destroyed = await place.run("destroy");
    assert.equal(destroyed.status, "succeeded");
    assert.equal(cloud.log.at(-1), "delete first");
    assert.equal(cloud.things.size, 0);
    assert.equal(place.state().resources, undefined);
  });

  it("runs no more steps at once than it is told", async () => {
    place.program(`for (const name of ["x", "y", "z"]) new Thing(name, { slow: 50 });`);
    await place.run("up", { parallel: 1 });
    assert.equal(cloud.peak, 1);
  });

  it("replaces by creating first, or by deleting first with everything that would be replaced along", async () => {
    const program = (fixed: string, options: string) => `
      const a = new Thing("a", { fixed: "${fixed}" }, ${options});
      const b = new Thing("b", { fixedFrom: a.made }, ${options});
      new Thing("c", { from: b.made }, {});`;
    place.program(program("1", "{}"));
    await place.run("up");
    place.program(program("2", "{}"));
    cloud.log.length = 0;
    assert.deepEqual((await place.run("up")).changes, { same: 1, replace: 2, update: 1 });
    assert.deepEqual(cloud.log.slice(0, 3), ["create a", "create b", "update c"]);
    assert.deepEqual(cloud.log.slice(3), ["delete b", "delete a"]);
    place.program(program("3", "{ deleteBeforeReplace: true }"));
    cloud.log.length = 0;
    const after = await place.run("up");
    assert.equal(after.status, "succeeded");
    assert.deepEqual(cloud.log, ["delete b", "delete a", "create a", "create b", "update c"]);
    assert.deepEqual(names(), ["a", "b", "c"]);
  });

  it("deletes what the program no longer has, unless it is protected", async () => {
    place.program(`new Thing("kept", {}, { protect: true }); new Thing("gone", {});`);
    await place.run("up");
    place.program("");
    const result = await place.run("up");
    assert.equal(result.status, "failed");
    assert.match(result.errors.join(), /cannot be deleted\nbecause it is protected/);
    assert.deepEqual(names(), ["kept"]);
  });

  it("stops after a failure, tells it, keeps what was made, and goes on next time", async () => {
    const program = (fail: string) => `
      const a = new Thing("a", {});
      const bad = new Thing("bad", { from: a.made, ${fail} });
      new Thing("after", { from: bad.made });`;
    place.program(program("fail: true"));
    const failed = await place.run("up");
    assert.equal(failed.status, "failed");
    assert.ok(failed.errors.includes("the cloud says no"));
    assert.ok(!failed.steps.includes("create after"));
    assert.equal(place.state().pending_operations, undefined);
    place.program(program(""));
    const healed = await place.run("up");
    assert.deepEqual(healed.changes, { same: 2, create: 2 });
    assert.deepEqual(names(), ["a", "after", "bad"]);
  });

  it("says which property a provider refuses, before anything is made", async () => {
    place.program(`new Thing("bad", { invalid: 7 });`);
    const result = await place.run("preview");
    assert.equal(result.status, "failed");
    assert.deepEqual(result.errors, [
      "toy:index:Thing resource 'bad': property invalid value {7} has a problem: is not a thing",
    ]);
  });

  it("ends as failed when the program does, and deletes nothing", async () => {
    place.program(`new Thing("a", {});`);
    await place.run("up");
    place.program(`process.exit(3);`);
    const result = await place.run("up");
    assert.equal(result.status, "failed");
    assert.deepEqual(result.errors, ["an unhandled error occurred: Program exited with non-zero exit code: 3"]);
    assert.deepEqual(names(), ["a"]);
  });

  it("leaves ignored changes, follows aliases and retains what it is told to", async () => {
    place.program(`new Thing("old", { tags: { a: "1", b: "1" } }); new Thing("stays", {}, { retainOnDelete: true });`);
    await place.run("up");
    place.program(
      `new Thing("new", { tags: { a: "2", b: "1" } }, { ignoreChanges: ["tags.a"], aliases: [{ name: "old" }] });`,
    );
    const result = await place.run("up");
    assert.deepEqual(result.changes, { same: 2, delete: 1 });
    assert.deepEqual(names(), ["old", "stays"]);
    assert.deepEqual(
      place
        .state()
        .resources?.map((r) => r.urn.split("::").pop())
        .sort(),
      ["default", "new", "toy-dev"],
    );
  });

  it("finds in a refresh what changed and what is gone", async () => {
    place.program(`new Thing("a", { size: 1 }); new Thing("b", {});`);
    await place.run("up");
    const [a, b] = [...cloud.things.keys()];
    cloud.things.set(a ?? "", { urn: "", known: true, props: { size: 2, made: "made-thing-1" } });
    cloud.things.delete(b ?? "");
    assert.deepEqual((await place.run("refresh")).changes, { same: 1, update: 1, delete: 1 });
    assert.deepEqual((await place.run("up")).changes, { same: 1, update: 1, create: 1 });
  });

  it("takes no new steps after a cancellation", async () => {
    const stop = new AbortController();
    cloud.onCreate = (name, when) => {
      if (name === "a" && when === "before") stop.abort();
    };
    place.program(`const a = new Thing("a", { slow: 20 }); new Thing("b", { from: a.made });`);
    const result = await place.run("up", { signal: stop.signal });
    assert.equal(result.status, "cancelled");
    assert.deepEqual(cloud.log, ["create a"]);
    assert.equal(place.state().pending_operations, undefined);
  });

  it("names the package that it has no provider for", async () => {
    place.program(`new pulumi.CustomResource("else:index:Thing", "a", {});`);
    const result = await place.run("preview");
    assert.match(result.errors.join(), /no provider for the package "else": this rehearsal has toy/);
  });

  it("refuses a second run at once, and says who holds the stack", async () => {
    place.program(`new Thing("a", { slow: 500 });`);
    let second: Promise<unknown> = Promise.resolve();
    cloud.onCreate = (_, when) => {
      if (when === "before") second = assert.rejects(place.run("up"), /currently locked by 1 lock.*\(pid \d+\)/s);
    };
    assert.equal((await place.run("up")).status, "succeeded");
    await second;
  });
});
