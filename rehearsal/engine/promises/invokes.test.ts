import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Provider, Thing } from "../testing/resources";
import { toys } from "../testing/toys";

const find = (args: pulumi.Inputs, options?: pulumi.InvokeOutputOptions) =>
  pulumi.runtime.invokeOutput<{ ids: string[]; echo?: unknown }>("toy:index:find", args, options ?? {});

describe("function calls", () => {
  const place = toys();

  it("answer, and their answers are inputs like any other", async () => {
    await place.settles(() => {
      const found = find({ name: "nobody", echo: [1, { a: null }] });
      new Thing("thing", { ids: found.ids, echo: found.apply((f) => JSON.stringify(f.echo)) });
    });
    assert.equal([...place.cloud.things.values()][0]?.props["echo"], '[1,{"a":null}]');
    await place.ends();
  });

  it("wait for what they need: unknown in a preview, asked in the up", async () => {
    const program = () => {
      const thing = new Thing("thing");
      const after = find({ name: "thing", echo: thing.made });
      const later = find({ name: "thing" }, { dependsOn: thing });
      new Thing("user", { echo: after.apply((a) => a.echo) });
      return { after: after.ids, later: later.ids };
    };
    place.program(program);
    const preview = await place.run("preview");
    assert.equal(preview.status, "succeeded");
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    assert.deepEqual(preview.outputs, { after: unknown, later: unknown });
    const { outputs } = await place.settles(program);
    assert.deepEqual(outputs, { after: ["thing-1"], later: ["thing-1"] });
    assert.deepEqual(place.resource("user")["dependencies"], [place.resource("thing")["urn"]]);
  });

  it("with a secret give a secret", async () => {
    const { outputs } = await place.settles(() => ({ it: find({ name: "x", echo: pulumi.secret("canary") }).echo }));
    assert.ok("4dabf18193072939515e22adb298388d" in Object(outputs["it"]));
  });

  it("go to the provider that they are told, or their parent's", async () => {
    await place.settles(() => {
      const provider = new Provider("own", { region: "one" });
      return { it: find({ name: "x" }, { provider }).ids };
    });
    const types = (place.state().resources ?? []).map(({ urn }) => urn.split("::").pop());
    assert.deepEqual(types.toSorted(), ["own", "toy-dev"]);
  });

  it("that are refused say what of, and end the run", async () => {
    place.program(() => ({ it: find({ name: "" }).ids }));
    const refused = await place.run("preview");
    assert.equal(refused.status, "failed");
    assert.match(refused.errors.join("\n"), /Invoke of 'toy:index:find' failed: is empty \(name\)/);
    place.program(() => ({ it: pulumi.runtime.invokeOutput("toy:index:nothing", {}, {}) }));
    const unknown = await place.run("preview");
    assert.match(unknown.errors.join("\n"), /there is no function toy:index:nothing/);
  });
});
