import assert from "node:assert/strict";
import { Provider, Thing } from "../testing/resources";
import { toys } from "../testing/toys";

describe("default providers", () => {
  const place = toys();
  const providers = () =>
    (place.state().resources ?? [])
      .filter(({ type }) => type === "pulumi:providers:toy")
      .map(({ urn }) => urn.split("::").pop());
  const by = () => [...place.cloud.things.values()].map((thing) => thing.by?.["region"]);

  it("are made where nobody else is named, once, and take the stack's settings of their package", async () => {
    const program = () => {
      new Thing("a");
      new Thing("b");
    };
    await place.settles(program, { config: { "toy:region": "here" } });
    assert.deepEqual(providers(), ["default"]);
    assert.deepEqual(by(), ["here", "here"]);
    const { changes } = await place.settles(program, { config: { "toy:region": "there" } });
    assert.deepEqual(changes, { same: 3 });
    await place.ends();
  });

  it("are one for each version and each place that plugins come from", async () => {
    await place.settles(() => {
      new Thing("a", {}, { version: "1.2.3" });
      new Thing("b", {}, { version: "2.0.0-alpha.1+x" });
      new Thing("c", {}, { version: "1.2.3", pluginDownloadURL: "https://example.com/plugins" });
    });
    assert.deepEqual(providers().toSorted(), [
      "default_1_2_3",
      "default_1_2_3_https_/example.com/plugins",
      "default_2_0_0_alpha_1_x",
    ]);
    await place.ends();
  });

  it("can be forbidden: then every resource names its provider", async () => {
    const config = { "pulumi:disable-default-providers": '["toy"]' };
    place.program(() => void new Thing("thing"));
    const refused = await place.run("preview", { config });
    assert.equal(refused.status, "failed");
    assert.match(
      refused.errors[0] ?? "",
      /Default provider for 'toy' disabled. '\S+::thing' must use an explicit provider/,
    );
    await place.settles(() => void new Thing("thing", {}, { provider: new Provider("own") }), { config });
    assert.deepEqual(providers(), ["own"]);
  });
});
