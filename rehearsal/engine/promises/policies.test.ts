import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { secret } from "@pulumi/pulumi";
import { Thing } from "../testing/resources";
import { toys } from "../testing/toys";

const pack = `
const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("toys", { policies: [
  { name: "small", description: "d", enforcementLevel: "mandatory",
    configSchema: { properties: { most: { type: "number", default: 10 } } },
    validateResource: (args, report) => {
      const { most } = args.getConfig();
      if (args.props.size > most) report("size " + args.props.size + " is past " + most);
    } },
  { name: "named", description: "d", enforcementLevel: "advisory",
    validateResource: (args, report) => { if (args.type === "toy:index:Thing" && !args.props.title) report("no title"); } },
  { name: "owned", description: "d", enforcementLevel: "remediate",
    remediateResource: (args) => args.type === "toy:index:Thing" && !args.props.owner ? Object.assign(args.props, { owner: "us" }) : undefined },
  { name: "few", description: "d", enforcementLevel: "mandatory",
    validateStack: (args, report) => {
      const things = args.resources.filter((r) => r.type === "toy:index:Thing");
      if (things.length > 2) report(things.length + " things", things.map((t) => t.urn).sort()[2]);
    } },
] });`;

describe("policies", () => {
  const place = toys();
  const packs = (config?: object) => {
    const path = join(place.folder, "pack");
    mkdirSync(path, { recursive: true });
    writeFileSync(
      join(path, "PulumiPolicy.yaml"),
      "runtime:\n  name: nodejs\n  options: { typescript: false }\nversion: 1.0.0\n",
    );
    writeFileSync(join(path, "package.json"), '{ "name": "toys", "version": "1.0.0", "main": "index.js" }');
    writeFileSync(join(path, "index.js"), pack);
    if (config === undefined) return { policyPacks: [{ path }] };
    const file = join(place.folder, "settings.json");
    writeFileSync(file, JSON.stringify(config));
    return { policyPacks: [{ path, config: file }] };
  };
  const verdicts = (events: readonly { readonly policyEvent?: object }[]) =>
    events.flatMap(({ policyEvent }) => {
      if (policyEvent === undefined) return [];
      const { policyName, enforcementLevel, resourceUrn } = policyEvent as Record<string, string>;
      return [`${enforcementLevel} ${policyName} ${resourceUrn?.split("::").pop()}`];
    });
  const things =
    (...sizes: number[]) =>
    () => {
      for (const [i, size] of sizes.entries()) new Thing(`thing${i}`, { size, title: "t", token: secret("canary") });
    };

  it("judge each resource before it is touched; a remedy changes it, once and for good", async () => {
    place.program(things(11));
    const refused = await place.run("up", packs());
    assert.equal(refused.status, "violated");
    assert.deepEqual(verdicts(refused.events), ["mandatory small thing0"]);
    assert.deepEqual(place.names(), []);
    const { events } = await place.settles(things(9), packs());
    assert.equal(place.cloud.things.values().next().value?.props["owner"], "us");
    const remedies = events.filter((event) => "policyRemediationEvent" in event);
    assert.equal(remedies.length, 1);
    assert.ok(!JSON.stringify([events, refused.events, place.state()]).includes("canary"));
  });

  it("take their configuration from a file: values, levels, and none at all", async () => {
    place.program(things(11));
    const refused = await place.run("preview", packs({ small: { most: 4 }, few: "disabled", owned: "disabled" }));
    assert.match(JSON.stringify(refused.events), /size 11 is past 4/);
    const { events } = await place.settles(things(11), packs({ all: "advisory" }));
    assert.deepEqual(verdicts(events), ["advisory small thing0"]);
    place.program(things(1));
    const wrong = await place.run("preview", packs({ small: { most: "many" } })).catch((error: Error) => error);
    const said = wrong instanceof Error ? wrong.message : wrong.errors.join("\n");
    assert.match(said, /most: Invalid type/);
  });

  it("judge the stack as a whole at its end, in a preview and in an up", async () => {
    place.program(things(1, 1, 1));
    for (const operation of ["preview", "up"] as const) {
      const result = await place.run(operation, packs());
      assert.equal(result.status, "violated");
      assert.deepEqual(verdicts(result.events), ["mandatory few thing2"]);
    }
    assert.deepEqual(place.names(), ["thing0", "thing1", "thing2"]);
    assert.equal(place.state().pending_operations, undefined);
    const { changes } = await place.settles(things(1, 1), packs());
    assert.deepEqual(changes, { same: 3, delete: 1 });
  });

  it("leave a destroy and a refresh alone", async () => {
    await place.settles(things(1));
    assert.deepEqual(verdicts((await place.run("refresh", packs())).events), []);
    assert.deepEqual(verdicts((await place.run("destroy", packs())).events), []);
  });
});
