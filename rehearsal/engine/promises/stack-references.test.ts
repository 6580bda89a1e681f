import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Thing } from "../testing/resources";
import { toys } from "../testing/toys";

const signature = "4dabf18193072939515e22adb298388d";

describe("stack references", () => {
  const place = toys();
  const reads = (name: string) => () => {
    const other = new pulumi.StackReference("other", { name });
    return {
      plain: other.requireOutput("plain"),
      sealed: other.getOutput("sealed"),
      missing: other.getOutput("missing").apply((value) => value ?? "nothing"),
    };
  };
  const base = (plain: string) => async () => {
    place.program(() => ({ plain, sealed: pulumi.secret("canary"), made: new Thing("thing").made }));
    assert.equal((await place.run("up", { stack: "base" })).status, "succeeded");
  };

  it("read another stack's outputs, secrets as secrets, by any of its names", async () => {
    await base("one")();
    for (const name of ["organization/toy/base", "organization/base", "base"]) {
      const { outputs, events } = await place.settles(reads(name));
      assert.equal(outputs["plain"], "one");
      assert.equal(outputs["missing"], "nothing");
      assert.ok(signature in Object(outputs["sealed"]));
      assert.ok(!JSON.stringify([events, place.state()]).includes("canary"));
    }
    await place.ends();
    assert.deepEqual(place.names(), ["thing"]);
  });

  it("follow what that stack says now", async () => {
    await base("one")();
    await place.settles(reads("organization/toy/base"));
    await base("two")();
    place.program(reads("organization/toy/base"));
    assert.equal((await place.run("up")).outputs["plain"], "two");
  });

  it("say which stack there isn't, and which output", async () => {
    place.program(reads("organization/toy/nowhere"));
    const result = await place.run("preview");
    assert.equal(result.status, "failed");
    assert.match(result.errors.join("\n"), /unknown stack "organization\/toy\/nowhere"/);
    place.program(reads("toy/base"));
    assert.match((await place.run("preview")).errors.join("\n"), /organization name must be 'organization'/);
    await base("one")();
    place.program(() => ({
      it: new pulumi.StackReference("other", { name: "organization/toy/base" }).requireOutput("absent"),
    }));
    const absent = await place.run("up");
    assert.equal(absent.status, "failed");
    assert.match(
      absent.errors.join("\n"),
      /Required output 'absent' does not exist on stack 'organization\/toy\/base'/,
    );
  });
});
