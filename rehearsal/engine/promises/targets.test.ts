import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import type { Selection } from "../api";
import { Group, Thing } from "../testing/resources";
import { toys } from "../testing/toys";

const urn = (name: string) => `urn:pulumi:dev::toy::toy:index:Thing::${name}`;

describe("targets", () => {
  const place = toys();
  const about = (...targets: string[]): { selection: Selection } => ({ selection: { targets } });
  const withDependents = (...targets: string[]) => ({ selection: { targets, targetDependents: true } });
  const family = (n: number) => () => {
    const a = new Thing("a", { n });
    const b = new Thing("b", { n, from: a.made });
    new Thing("c", { n }, { dependsOn: b });
    new Thing("x", { n }, { parent: new Group("group") });
  };
  const sizes = () => ["a", "b", "c", "x"].map((name) => (place.resource(name)["inputs"] as { n: number }).n);

  it("are changed alone, and the next whole run changes the rest", async () => {
    await place.settles(family(1));
    place.program(family(2));
    const preview = await place.run("preview", about(urn("b")));
    const up = await place.run("up", about(urn("b")));
    assert.deepEqual(preview.changes, up.changes);
    assert.deepEqual(up.changes, { same: 5, update: 1 });
    assert.deepEqual(sizes(), [1, 2, 1, 1]);
    assert.deepEqual(place.cloud.log.slice(4), ["update b"]);
    place.sound();
    assert.deepEqual((await place.settles(family(2))).changes, { same: 3, update: 3 });
    await place.ends();
  });

  it("may be patterns: * stops at a colon, ** doesn't", async () => {
    await place.settles(family(1));
    place.program(family(2));
    await place.run("up", about("urn:pulumi:*::toy::toy:index:Thing::*"));
    assert.deepEqual(sizes(), [2, 2, 2, 1]);
    await place.run("up", about("**:Thing::x"));
    assert.deepEqual(sizes(), [2, 2, 2, 2]);
    assert.deepEqual((await place.run("up", about("urn:*::nobody*"))).status, "succeeded");
  });

  it("bring what depends on them, if asked to", async () => {
    await place.settles(family(1));
    place.program(family(2));
    assert.deepEqual((await place.run("up", withDependents(urn("b")))).changes, { same: 4, update: 2 });
    assert.deepEqual(sizes(), [1, 2, 2, 1]);
    place.sound();
  });

  it("need what exists: what they depend on isn't created unasked", async () => {
    const program = () => {
      const [first, second] = [new Thing("first"), new Thing("second")];
      new Thing("third", {}, { dependsOn: [first, second] });
    };
    place.program(program);
    const needs = (name: string) =>
      `Resource '${urn("third")}' depends on '${urn(name)}' which was was not specified in --target list.`;
    const preview = await place.run("preview", about(urn("third")));
    assert.deepEqual(preview.errors.slice(0, 2), [needs("first"), needs("second")]);
    assert.equal(preview.status, "failed");
    const up = await place.run("up", about(urn("third")));
    assert.equal(up.status, "failed");
    assert.ok(up.errors.includes(needs("first")));
    assert.deepEqual(place.names(), []);
    await place.run("up", about("**::first"));
    assert.deepEqual(place.names(), ["first"]);
    await place.settles(program);
  });

  it("keep what they leave behind, program or no program", async () => {
    await place.settles(family(1));
    place.program(() => void new Thing("a", { n: 2 }));
    const up = await place.run("up", about(urn("x"), urn("a")));
    assert.equal(up.status, "failed", "x has another URN, inside its group");
    const beyond = (name: string) =>
      `Resource '${urn(name)}' will be destroyed but was not specified in --target list.`;
    assert.ok(up.errors.some((error) => error.startsWith(beyond("b"))));
    assert.deepEqual(place.names(), ["a", "b", "c", "x"]);
    const dependents = await place.run("up", withDependents(urn("b")));
    assert.deepEqual(dependents.errors, []);
    assert.deepEqual(
      [place.names(), place.cloud.log.slice(-2)],
      [
        ["a", "x"],
        ["delete c", "delete b"],
      ],
    );
    place.sound();
  });

  it("wait for what stands before them in the state, though the program doesn't", async () => {
    const program = (fixed: number, more: object) => () => {
      const slow = new Thing("slow", { fixed, slow: fixed === 2 ? 200 : 0 });
      new Thing("beside", { ...more }, fixed === 1 ? { dependsOn: slow } : {});
    };
    await place.settles(program(1, { n: 1 }));
    place.program(program(2, { n: 2 }));
    assert.deepEqual((await place.run("up", about(urn("slow")))).changes, { replace: 1, same: 2 });
    place.sound();
    assert.deepEqual(place.resource("beside")["dependencies"], [urn("slow")]);
    await place.settles(program(2, { n: 2 }));
  });

  it("go alone in a destroy, once nothing else depends on them", async () => {
    await place.settles(family(1));
    const refused = await place.run("destroy", about(urn("b")));
    assert.equal(refused.status, "failed");
    assert.ok(refused.errors.some((error) => error.startsWith(`Resource '${urn("c")}' will be destroyed but`)));
    assert.deepEqual(place.names(), ["a", "b", "c", "x"]);
    assert.deepEqual((await place.run("destroy", withDependents(urn("b")))).changes, { delete: 2, same: 4 });
    assert.deepEqual(place.names(), ["a", "x"]);
    place.sound();
    await place.settles(family(1));
    await place.ends();
  });

  it("are all that a refresh looks at", async () => {
    await place.settles(family(1));
    for (const [id, thing] of place.cloud.things)
      place.cloud.things.set(id, { ...thing, props: { ...thing.props, n: 7 } });
    assert.deepEqual((await place.run("refresh", about(urn("a")))).changes, { update: 1 });
    assert.deepEqual(sizes(), [7, 1, 1, 1]);
    assert.deepEqual((await place.run("refresh", withDependents(urn("b")))).changes, { update: 2 });
    assert.deepEqual(sizes(), [7, 7, 7, 1]);
    place.sound();
  });

  it("are refused where nothing has their name", async () => {
    await place.settles(family(1));
    for (const operation of ["refresh", "destroy"] as const) {
      const { status, errors } = await place.run(operation, about(urn("a"), urn("nobody")));
      assert.deepEqual([status, errors], ["failed", [`no resource named '${urn("nobody")}' found`]]);
    }
    const up = await place.run("up", about(urn("nobody")));
    const hint = "could not be found in the stack. Did you forget to escape $ in your shell?";
    assert.deepEqual([up.status, up.errors], ["failed", [`Target '${urn("nobody")}' ${hint}`]]);
    assert.deepEqual(place.names(), ["a", "b", "c", "x"]);
  });

  it("don't take over a name that what stays behind still needs", async () => {
    await place.settles(family(1));
    const moved = (n: number) => () => {
      const a = new Thing("renamed", { n }, { aliases: [{ name: "a" }] });
      const b = new Thing("b", { n, from: a.made });
      new Thing("c", { n }, { dependsOn: b });
      new Thing("x", { n }, { parent: new Group("group") });
    };
    place.program(moved(2));
    const { status, errors } = await place.run("up", about(urn("renamed")));
    assert.equal(status, "failed");
    assert.match(errors.join(), /b is left as it is and needs \S+::a, which is \S+::renamed now; name both/);
    assert.equal((await place.run("up", about(urn("renamed"), urn("b")))).status, "succeeded");
    place.sound();
    await place.settles(moved(2));
  });

  it("leave a creation that a kill interrupted to the run that is about it", async () => {
    await place.settles(family(1));
    const file = JSON.parse(readFileSync(place.stateFile, "utf8")) as {
      checkpoint: { latest: { pending_operations?: object[] } };
    };
    const resource = { ...place.resource("b"), urn: urn("lost"), id: "", outputs: {} };
    file.checkpoint.latest.pending_operations = [{ type: "creating", resource }];
    writeFileSync(place.stateFile, JSON.stringify(file));
    await place.run("up", about(urn("a")));
    assert.deepEqual(
      place.state().pending_operations?.map((op) => op.resource.urn),
      [urn("lost")],
    );
    await place.run("up");
    assert.deepEqual(place.state().pending_operations ?? [], []);
    assert.deepEqual(place.cloud.log.slice(-2), ["create lost", "delete lost"]);
  });
});
