import assert from "node:assert/strict";
import { type Cloud, startCloud } from "../testing/cloud";
import { Group, type Props, Provider, Thing } from "../testing/resources";
import { type Workspace, workspace } from "../testing/workspace";

describe("a failing resource, in a run that goes on", () => {
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
  const goingOn = { continueOnError: true };

  it("stops its dependents and nothing else, and says so; the next run makes good", async () => {
    const program = (props: Props) => () => {
      const bad = new Thing("bad", props);
      const after = new Thing("after", { from: bad.made });
      new Thing("afterwards", {}, { dependsOn: after });
      const group = new Group("group", { dependsOn: bad });
      new Thing("child", {}, { parent: group });
      const first = new Thing("first", { slow: 50 });
      const second = new Thing("second", { from: first.made });
      return { made: second.made };
    };
    place.program(program({ fail: true }));
    assert.equal((await place.run("preview", goingOn)).status, "succeeded");
    const failed = await place.run("up", goingOn);
    assert.equal(failed.status, "failed");
    assert.deepEqual(failed.errors, ["the cloud says no", "update failed"]);
    assert.deepEqual(failed.steps.toSorted(), ["create bad", "create first", "create second"]);
    assert.equal(failed.warnings.length, 4);
    for (const warning of failed.warnings)
      assert.match(warning, /skipped, because it depends on \S+::bad, which failed/);
    assert.deepEqual(failed.outputs, { made: "made-thing-2" });
    assert.deepEqual(place.names(), ["first", "second"]);
    assert.equal(place.state().pending_operations, undefined);
    place.program(program({}));
    assert.deepEqual((await place.run("up", goingOn)).changes, { same: 3, create: 5 });
    assert.deepEqual((await place.run("refresh")).changes, { same: 8 });
    assert.equal((await place.run("destroy", goingOn)).status, "succeeded");
    assert.deepEqual(place.names(), []);
  });

  it("leaves out what a provider that wasn't made would have managed", async () => {
    const program = (props: Props) => () => {
      const bad = new Thing("bad", props);
      const provider = new Provider("own", { place: bad.made });
      new Thing("there", {}, { provider });
    };
    place.program(program({ fail: true }));
    const failed = await place.run("up", goingOn);
    assert.deepEqual(failed.errors, ["the cloud says no", "update failed"]);
    assert.equal(failed.warnings.length, 2);
    place.program(program({}));
    assert.equal((await place.run("up", goingOn)).status, "succeeded");
    assert.deepEqual(place.names(), ["bad", "there"]);
  });

  it("stays as it was when its update fails, and so does what it and its dependents still need", async () => {
    const program = (size: number, old: boolean) => () => {
      const needed = old ? new Thing("needed").made : "nothing";
      const replaced = new Thing("replaced", { fixed: size });
      const bad = new Thing("bad", { size });
      new Thing("after", { bad: bad.made, needed, replaced: replaced.made });
      new Thing("other", { size });
      if (old) new Thing("unneeded");
    };
    place.program(program(1, true));
    await place.run("up");
    place.program(program(2, false));
    cloud.refuses.add("update bad");
    const failed = await place.run("up", goingOn);
    assert.deepEqual(failed.errors, ["the cloud refuses to update bad", "update failed"]);
    assert.deepEqual(cloud.log.slice(6).toSorted(), ["create replaced", "delete unneeded", "update other"]);
    assert.deepEqual(place.names(), ["after", "bad", "needed", "other", "replaced", "replaced"]);
    cloud.refuses.clear();
    cloud.log.length = 0;
    assert.equal((await place.run("up", goingOn)).status, "succeeded");
    assert.deepEqual(cloud.log.slice(0, 2), ["update bad", "update after"]);
    assert.deepEqual(cloud.log.slice(2).toSorted(), ["delete needed", "delete replaced"]);
    assert.deepEqual((await place.run("up", goingOn)).changes, { same: 5 });
  });

  it("keeps its place when it can't be deleted ahead of its replacement", async () => {
    const program = (fixed: number) => () => {
      const old = new Thing("old", { fixed }, { deleteBeforeReplace: true });
      new Thing("first", { fixedFrom: old.made });
      const second = new Thing("second", { fixedFrom: old.made });
      new Thing("third", { fixedFrom: second.made });
    };
    place.program(program(1));
    await place.run("up");
    place.program(program(2));
    cloud.refuses.add("delete second");
    const failed = await place.run("up", goingOn);
    assert.equal(failed.status, "failed");
    assert.deepEqual(failed.errors, ["the cloud refuses to delete second", "update failed"]);
    assert.ok(place.names().includes("old") && place.names().includes("second"));
    cloud.refuses.clear();
    assert.equal((await place.run("up", goingOn)).status, "succeeded");
    assert.deepEqual(place.names(), ["first", "old", "second", "third"]);
    assert.deepEqual((await place.run("up", goingOn)).changes, { same: 5 });
  });

  it("keeps what it needs when it can't be deleted, and lets everything else go", async () => {
    place.program(() => {
      const base = new Thing("base");
      new Thing("stuck", { base: base.made });
      const other = new Thing("other");
      new Thing("last", { other: other.made });
    });
    await place.run("up");
    cloud.refuses.add("delete stuck");
    const failed = await place.run("destroy", goingOn);
    assert.deepEqual(failed.errors, ["the cloud refuses to delete stuck", "update failed"]);
    assert.deepEqual(place.names(), ["base", "stuck"]);
    cloud.refuses.clear();
    assert.equal((await place.run("destroy", goingOn)).status, "succeeded");
    assert.deepEqual(place.names(), []);
  });

  it("stops the others too when the run isn't to go on", async () => {
    place.program(() => {
      new Thing("bad", { fail: true });
      const first = new Thing("first", { slow: 100 });
      new Thing("second", { from: first.made });
    });
    const failed = await place.run("up");
    assert.equal(failed.status, "failed");
    assert.deepEqual(place.names(), ["first"]);
  });
});
