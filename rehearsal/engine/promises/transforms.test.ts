import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Group, Thing } from "../testing/resources";
import { toys } from "../testing/toys";

describe("transforms", () => {
  const place = toys();
  const props = (name: string) =>
    [...place.cloud.things.values()].find(({ urn }) => urn.endsWith(`::${name}`))?.props ?? {};
  const adding =
    (key: string): pulumi.ResourceTransform =>
    ({ props, opts }) => ({
      props: { ...props, [key]: `${props["seen"] ?? ""}`, seen: `${props["seen"] ?? ""}${key}` },
      opts,
    });

  it("of a resource come before its component's, and those before the stack's", async () => {
    await place.settles(() => {
      pulumi.runtime.registerResourceTransform(adding("c"));
      const parent = new Group("group", { transforms: [adding("b")] });
      new Thing("child", {}, { parent, transforms: [adding("a")] });
      new Thing("other");
    });
    const { made: _, ...child } = props("child");
    assert.deepEqual(child, { a: "", b: "a", c: "ab", seen: "abc" });
    assert.equal(props("other")["seen"], "c");
  });

  it("see names, types and parents, and keep what depends on what", async () => {
    const seen: string[] = [];
    await place.settles(() => {
      seen.length = 0;
      pulumi.runtime.registerResourceTransform(async ({ name, type, custom, props, opts }) => {
        seen.push(`${name} ${type} ${custom}`);
        return { props: { ...props, tag: "t" }, opts };
      });
      const first = new Thing("first");
      new Thing("second", { from: first.made });
    });
    assert.deepEqual(seen.toSorted(), ["first toy:index:Thing true", "second toy:index:Thing true"]);
    assert.equal(props("second")["from"], "made-thing-1");
    assert.deepEqual(place.resource("second")["dependencies"], [place.resource("first")["urn"]]);
  });

  // In a process of its own: the SDK answers an inline program's callbacks outside of its run, as one without secrets.
  it("keep a secret a secret, and an unknown unknown", async () => {
    place.program(`
      pulumi.runtime.registerResourceTransform(({ props, opts }) => ({ props: { ...props, tag: "t" }, opts }));
      const first = new Thing("first", { sealed: pulumi.secret("canary") });
      new Thing("second", { from: first.made });`);
    assert.equal((await place.run("preview")).status, "succeeded");
    assert.equal((await place.run("up")).status, "succeeded");
    assert.ok(!JSON.stringify(place.state()).includes("canary"));
    assert.deepEqual(props("second"), { from: "made-thing-1", tag: "t", made: "made-thing-2" });
  });

  it("change options: protection, what is ignored, whom it depends on", async () => {
    await place.settles(() => {
      const needed = new Thing("needed");
      const transform: pulumi.ResourceTransform = ({ props, opts }) => ({
        props,
        opts: pulumi.mergeOptions(opts, { protect: true, ignoreChanges: ["size"], dependsOn: needed }),
      });
      new Thing("thing", { size: 1 }, { transforms: [transform] });
    });
    const thing = place.resource("thing");
    assert.equal(thing["protect"], true);
    assert.deepEqual(thing["ignoreChanges"], ["size"]);
    assert.deepEqual(thing["dependencies"], [place.resource("needed")["urn"]]);
  });

  it("of the stack see function calls, and change them", async () => {
    const { outputs } = await place.settles(() => {
      pulumi.runtime.registerInvokeTransform(({ token, args, opts }) => ({
        args: { ...args, token, added: "yes" },
        opts,
      }));
      return { found: pulumi.output(pulumi.runtime.invoke("toy:index:find", { name: "thing" })) };
    });
    assert.deepEqual(outputs["found"], { token: "toy:index:find", added: "yes", ids: [] });
  });

  it("that fail end the run", async () => {
    place.program(() => {
      const transform = () => {
        throw new Error("no such luck");
      };
      new Thing("thing", {}, { transforms: [transform] });
    });
    const result = await place.run("up");
    assert.equal(result.status, "failed");
    assert.match(result.errors.join("\n"), /no such luck/);
    assert.deepEqual(place.names(), []);
  });
});
