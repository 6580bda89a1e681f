import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Group, Thing } from "../testing/resources";
import { toys } from "../testing/toys";

/** The SDK's typings leave it out. */
type Registered = pulumi.ResourceHook & { readonly __registered: Promise<void> };

describe("hooks", () => {
  const place = toys();
  const told: string[] = [];
  beforeEach(() => {
    told.length = 0;
  });
  const hook = (name: string, options: pulumi.ResourceHookOptions = {}) =>
    new pulumi.ResourceHook(
      name,
      ({ name: of, oldInputs, newInputs }) => {
        const [old, now] = [oldInputs, newInputs].map((inputs) => (inputs as { n?: number } | undefined)?.n ?? "-");
        told.push(`${name} ${of} ${old} ${now}`);
      },
      options,
    );
  const failing = (name: string, options: pulumi.ResourceHookOptions = {}) =>
    new pulumi.ResourceHook(
      name,
      () => {
        throw new Error("never");
      },
      options,
    );
  const all = () => ({
    beforeCreate: [hook("before-create")],
    afterCreate: [hook("after-create")],
    beforeUpdate: [hook("before-update")],
    afterUpdate: [hook("after-update")],
    beforeDelete: [hook("before-delete")],
    afterDelete: [hook("after-delete")],
  });

  it("run before and after what is done to a resource, and not where nothing is", async () => {
    await place.settles(() => void new Thing("a", { n: 1 }, { hooks: all() }));
    await place.settles(() => void new Thing("a", { n: 2 }, { hooks: all() }));
    // Nothing that the SDK waits for names them any more, so the program waits until they are registered.
    place.program(async () => {
      for (const [one] of Object.values(all())) await (one as Registered).__registered;
    });
    await place.run("up");
    assert.deepEqual(told, [
      "before-create a - 1",
      "after-create a - 1",
      "before-update a 1 2",
      "after-update a 1 2",
      "before-delete a 2 -",
      "after-delete a 2 -",
    ]);
    assert.deepEqual(place.names(), []);
    await place.ends();
  });

  it("run in a preview only if they ask for it, and of a component when it has its outputs", async () => {
    const program = () => {
      const eager = { beforeCreate: [hook("eager", { onDryRun: true })], afterCreate: [hook("late")] };
      const group = new Group("group", { hooks: eager });
      new Thing("a", { n: 1 }, { parent: group }).made.apply((made) => told.push(made));
      group.gives({});
    };
    place.program(program);
    await place.run("preview");
    assert.deepEqual(told, ["eager group - -"]);
    await place.run("up");
    assert.deepEqual([told[1], told.slice(2).toSorted()], ["eager group - -", ["late group - -", "made-thing-1"]]);
    assert.deepEqual(place.resource("group")["resourceHooks"], { BeforeCreate: ["eager"], AfterCreate: ["late"] });
  });

  it("stop what they precede when they fail, and the run when they follow", async () => {
    place.program(() => void new Thing("a", {}, { hooks: { beforeCreate: [failing("strict")] } }));
    const before = await place.run("up");
    assert.deepEqual([before.status, place.names()], ["failed", []]);
    assert.ok(before.errors.includes('before hook "strict" failed: never'));
    place.program(() => void new Thing("a", {}, { hooks: { afterCreate: [failing("late")] } }));
    const after = await place.run("up");
    assert.deepEqual([after.status, place.names()], ["failed", ["a"]]);
    assert.deepEqual(after.errors, ['after hook "late" failed: never', "update failed"]);
    assert.equal(place.resource("a")["id"], "thing-1");
    place.program(() => {
      new Thing("a", { n: 2 }, { hooks: { beforeUpdate: [failing("mild", { ignoreErrors: true })] } });
    });
    const ignored = await place.run("up");
    const warning = 'BeforeUpdate hook "mild" failed: never';
    assert.deepEqual([ignored.status, ignored.warnings], ["succeeded", [warning]]);
  });

  it("for errors decide whether it is tried again", async () => {
    const retry = (times: number) => {
      let left = times;
      return new pulumi.ErrorHook("retry", ({ failedOperation, errors }) => {
        told.push(`${failedOperation} ${errors.length}`);
        if (left === 1) place.cloud.refuses.clear();
        return left-- > 0;
      });
    };
    place.cloud.refuses.add("create a");
    place.program(() => void new Thing("a", {}, { hooks: { onError: [retry(0)] } }));
    assert.equal((await place.run("up")).status, "failed");
    place.program(() => void new Thing("a", {}, { hooks: { onError: [retry(2)] } }));
    const { status, warnings } = await place.run("up");
    assert.equal(status, "succeeded");
    assert.deepEqual(told, ["create 1", "create 1", "create 2"]);
    assert.equal(warnings[1], "retrying create due to on-error hook request (2/100)");
    assert.deepEqual(place.names(), ["a"]);
  });

  it("of deletions keep a destroy from going on without the program", async () => {
    await place.settles(() => void new Thing("a", {}, { hooks: { afterDelete: [hook("gone")] } }));
    const { status, errors } = await place.run("destroy");
    assert.deepEqual([status, place.names()], ["failed", ["a"]]);
    assert.match(errors.join("\n"), /the program is not running\. Hooks: gone\n.*run up, and then destroy/);
  });

  it("have one name each", async () => {
    place.program(() => {
      new Thing("a", {}, { hooks: { beforeCreate: [hook("same"), failing("same")] } });
    });
    assert.match((await place.run("preview")).errors.join(), /resource hook already registered for name "same"/);
  });
});
