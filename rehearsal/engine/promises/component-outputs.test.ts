import assert from "node:assert/strict";
import { output, secret } from "@pulumi/pulumi";
import { Group, Thing } from "../testing/resources";
import { toys } from "../testing/toys";

const signature = "4dabf18193072939515e22adb298388d";

describe("components", () => {
  const place = toys();
  const program = (value: string) => () => {
    const outer = new Group("outer");
    const inner = new Group("inner", { parent: outer });
    const thing = new Thing("thing", { value }, { parent: inner });
    inner.gives({ made: thing.made, value: output(thing.made).apply(() => value), thing });
    outer.gives({ sealed: secret(value) });
    return { inner };
  };

  it("keep the outputs that they register, secrets and references among them, and nothing else of them", async () => {
    await place.settles(program("one"));
    const outputs = () => place.resource("inner")["outputs"] as Record<string, unknown>;
    assert.equal(outputs()["made"], "made-thing-1");
    const reference = outputs()["thing"] as Record<string, unknown>;
    assert.deepEqual([reference["urn"], reference["id"]], [place.resource("thing")["urn"], "thing-1"]);
    assert.ok(signature in Object((place.resource("outer")["outputs"] as { sealed: unknown }).sealed));
    assert.equal(
      place.resource("thing")["urn"],
      "urn:pulumi:dev::toy::toy:index:Group$toy:index:Group$toy:index:Thing::thing",
    );
    const changed = await place.settles(program("two"));
    assert.deepEqual(changed.changes, { same: 3, update: 1 });
    assert.equal(outputs()["value"], "two");
    await place.ends();
  });

  it("stand for their children where something depends on them", async () => {
    await place.settles(() => {
      const group = new Group("group");
      new Thing("child", { slow: 50 }, { parent: group });
      new Thing("after", {}, { dependsOn: group });
    });
    assert.deepEqual(place.cloud.log, ["create child", "create after"]);
    await place.ends();
    assert.deepEqual(place.cloud.log.slice(2), ["delete after", "delete child"]);
  });

  it("that come to have a parent, or lose one, take their children along by aliases alone", async () => {
    const moved = (under: boolean) => () => {
      const root = new Group("root");
      const group = new Group("group", under ? { parent: root, aliases: [{ parent: undefined as never }] } : {});
      new Thing("child", {}, { parent: group });
    };
    await place.settles(moved(false));
    await place.settles(moved(true));
    assert.deepEqual(place.cloud.log, ["create child"]);
  });
});
