import assert from "node:assert/strict";
import { Ajv } from "ajv";
import { Policies } from "../adapters/policies";
import { catalogue } from "../catalogue";
import { rules } from "../rules";
import { beyondCode } from "./beyond-code";
import { combine, packConfig } from "./combine";
import { coverageLine, coverageOf } from "./coverage";
import { controlIds, type UniverseId, universes } from "./frameworks";
import { baselineNames, baselines, levelsOf } from "./index";

describe("baselines", () => {
  const policies = new Policies({ name: "trifold", version: "0.0.0" }).info().getPoliciesList();
  const ajv = new Ajv({ strict: false });
  // What the engine makes of a policy's schema before it validates a file (analyzer_plugin.go, GetAnalyzerInfo).
  const schemas = new Map(
    policies.map((policy) => {
      const properties = policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {};
      const enforcementLevel = { enum: ["advisory", "mandatory", "remediate", "disabled"] };
      return [policy.getName(), { type: "object", properties: { ...properties, enforcementLevel } }];
    }),
  );

  for (const name of baselineNames)
    it(`${name} is a configuration that the pack's own schemas accept`, () => {
      for (const [policy, given] of Object.entries(packConfig([name]))) {
        const schema = schemas.get(policy);
        assert.ok(schema, `${policy} is no policy of the pack`);
        const value = typeof given === "string" ? { enforcementLevel: given } : given;
        assert.ok(ajv.validate(schema, value), `${policy}: ${ajv.errorsText()}`);
      }
    });

  it("ask for most critical rules, whatever the framework", () => {
    for (const name of baselineNames.filter((one) => !/^(cis|dev)/.test(one))) {
      const critical = [...catalogue.values()].filter(({ severity }) => severity === "critical");
      const asked = critical.filter(({ id }) => levelsOf(baselines[name]).get(id) === "mandatory");
      assert.ok(asked.length > critical.length * 0.6, `${name}: ${asked.length} of ${critical.length}`);
    }
  });

  it("are no weaker at a higher level of the same framework", () => {
    for (const [low, high] of [
      ["fedramp-moderate", "fedramp-high"],
      ["dod-il4", "dod-il5"],
      ["cis-l1", "cis-l2"],
    ] as const) {
      const above = levelsOf(baselines[high]);
      for (const [rule, level] of levelsOf(baselines[low]))
        if (level === "mandatory") assert.equal(above.get(rule), "mandatory", `${high}: ${rule}`);
    }
  });

  it("combine to the strictest level of each rule, in any order", () => {
    const both = combine(["dev", "fedramp-high"]);
    assert.deepEqual(both.levels, combine(["fedramp-high", "dev"]).levels);
    for (const [rule, level] of levelsOf(baselines["fedramp-high"])) assert.equal(both.levels.get(rule), level);
    assert.equal(both.settings.fips, true);
    assert.equal(combine(["soc2", "pci-dss-4"]).settings.logRetentionDays, 365);
  });

  it("meet in the regions that both allow, and say so where there are none", () => {
    assert.deepEqual(combine(["gdpr", "soc2"]).settings.allowedRegions, baselines.gdpr.settings.allowedRegions);
    assert.throws(() => combine(["gdpr", "dod-il4"]), /allowedRegions: gdpr and dod-il4 allow nothing in common/);
  });

  it("are refused by a name that isn't one, with those that are", () => {
    assert.throws(() => combine(["hippa"]), /no baseline "hippa"; there are fedramp-moderate, .*dev/);
  });
});

describe("coverage", () => {
  const all = Object.keys(universes) as UniverseId[];

  it("counts every control of a framework once, as observable, manual or inherited", () => {
    for (const universe of all) {
      const { controls, covered, observable, total } = coverageOf(universe);
      assert.equal(new Set(controls.map(({ id }) => id)).size, total, universe);
      assert.ok(covered <= observable && observable < total, universe);
      assert.ok(controls.every(({ kind, evidence }) => kind === "observable" || evidence !== ""));
    }
  });

  it("knows the sizes that the frameworks' owners publish", () => {
    const sizes = Object.fromEntries(all.map((universe) => [universe, controlIds(universe).length]));
    assert.equal(sizes["fedramp-moderate"], 323);
    assert.equal(sizes["fedramp-high"], 410);
    assert.equal(sizes["soc2"], 61);
    assert.equal((sizes["cis-aws-l1"] ?? 0) + (sizes["cis-aws-l2"] ?? 0), 70);
  });

  it("says n of m observable, of k, and that nobody has reviewed the mapping", () => {
    assert.match(coverageLine(coverageOf("hipaa")), /^\d+ of \d+ observable, of 63 \(\d+ inherited, \d+ manual\)$/);
    assert.equal(coverageOf("hipaa").reviewed, false);
  });

  it("names rules of the pack alone", () => {
    const known = new Set(rules.map(({ id }) => id));
    for (const universe of all)
      for (const { rules: own } of coverageOf(universe).controls) assert.ok(own.every((rule) => known.has(rule)));
  });

  it("leaves the data centre to the provider and the training to people", () => {
    assert.equal(beyondCode("nist-800-53", "PE-3").kind, "inherited");
    assert.equal(beyondCode("nist-800-53", "AT-2").kind, "manual");
    assert.equal(beyondCode("pci-dss", "9.4.1").kind, "inherited");
    assert.match(beyondCode("pci-dss", "10.4.1").evidence, /log review/);
    assert.match(beyondCode("pci-dss", "1.2.1").evidence, /network/);
  });
});
