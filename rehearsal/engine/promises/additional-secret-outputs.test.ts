import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { output, secret } from "@pulumi/pulumi";
import { Thing } from "../testing/resources";
import { toys } from "../testing/toys";

const signature = "4dabf18193072939515e22adb298388d";

describe("secrets", () => {
  const place = toys();

  it("are what a program says of an output, wherever the output goes", async () => {
    const program = () => {
      const key = new Thing("key", { size: 1 }, { additionalSecretOutputs: ["made"] });
      const user = new Thing("user", { from: key.made });
      return { direct: key.made, derived: output(user.made).apply((made) => made) };
    };
    const { outputs, events } = await place.settles(program);
    assert.ok(signature in Object(outputs["direct"]));
    assert.equal(outputs["derived"], "made-thing-2");
    assert.deepEqual(place.resource("key")["additionalSecretOutputs"], ["made"]);
    assert.ok(signature in Object((place.resource("user")["inputs"] as { from: unknown }).from));
    const told = JSON.stringify(events) + readFileSync(place.stateFile, "utf8");
    assert.ok(!told.includes("made-thing-1"), "the secret output is told");
    assert.ok(told.includes("made-thing-2"));
    await place.ends();
  });

  it("are inputs, whole or in part, and the outputs that repeat them", async () => {
    const program = (value: string) => () => {
      const sealed = secret(`canary-${value}`);
      const thing = new Thing("thing", { sealed, nested: { list: [1, sealed] }, plain: "plain" });
      return { again: (thing as unknown as { sealed: unknown }).sealed, inner: output(sealed).apply((s) => s.length) };
    };
    const first = await place.settles(program("one"));
    const second = await place.settles(program("two"));
    assert.deepEqual(second.changes, { same: 1, update: 1 });
    for (const { events, outputs } of [first, second]) {
      assert.ok(signature in Object(outputs["inner"]));
      assert.ok(!JSON.stringify([events, outputs]).includes("canary"));
    }
    assert.ok(!readFileSync(place.stateFile, "utf8").includes("canary"));
    assert.equal(JSON.stringify([...place.cloud.things.values()]).includes("canary-two"), true);
  });
});
