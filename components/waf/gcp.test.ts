import assert from "node:assert/strict";
import * as fc from "fast-check";
import { build, the } from "../../test/contract";
import { Waf } from ".";
import { countryRules, rules } from "./gcp-rules";

const choice = { mode: "block", rateLimit: 2000, blockedCountries: [] } as const;

describe("waf on Google Cloud", () => {
  it("denies by Google's own rules, then counts, then lets pass (SEC-05)", () => {
    const made = rules(choice);
    const actions = made.map(({ action }) => action);
    assert.deepEqual([...new Set(actions)], ["deny(403)", "throttle", "allow"]);
    assert.deepEqual(
      [...made].sort((a, b) => a.priority - b.priority).map(({ priority }) => priority),
      made.map(({ priority }) => priority),
    );
    assert.ok(!JSON.stringify(made).includes("methodenforcement"), "an API is changed by PUT, PATCH and DELETE");
  });

  it("names at most five countries an expression, and none twice", () => {
    const code = fc.stringMatching(/^[A-Z]{2}$/);
    fc.assert(
      fc.property(fc.uniqueArray(code, { maxLength: 40 }), (countries) => {
        const made = countryRules(countries);
        const named = made.flatMap(({ match }) =>
          [...match.expr.expression.matchAll(/'([A-Z]{2})'/g)].map(([, one]) => one),
        );
        assert.deepEqual(named, countries);
        for (const { match } of made) assert.ok(match.expr.expression.split("||").length <= 5);
        assert.equal(new Set(made.map(({ priority }) => priority)).size, made.length);
      }),
    );
  });

  it("learns what is normal at the edge (SEC-06), and is of the region where it guards one", async () => {
    const edge = await build("gcp", (ground) => new Waf("waf", { ...ground, scope: "edge" }), false);
    const { inputs } = the(edge, "gcp:compute/securityPolicy:SecurityPolicy");
    assert.match(JSON.stringify(inputs["adaptiveProtectionConfig"]), /"enable":true/);
    const regional = await build("gcp", (ground) => new Waf("waf", { ...ground, scope: "regional" }), false);
    assert.equal(
      the(regional, "gcp:compute/regionSecurityPolicy:RegionSecurityPolicy").inputs["region"],
      "us-central1",
    );
  });

  it("keeps what it refused under our key, apart from the project's other logs", async () => {
    const recording = await build(
      "gcp",
      (ground) => new Waf("waf", { ...ground, scope: "edge", logRetentionDays: 200 }),
      false,
    );
    const bucket = the(recording, "gcp:logging/projectBucketConfig:ProjectBucketConfig", "waf-refused");
    assert.equal(bucket.inputs["retentionDays"], 200);
    const sink = the(recording, "gcp:logging/projectSink:ProjectSink", "waf-refused");
    assert.match(sink.inputs["filter"] as string, /enforcedSecurityPolicy\.name="goodies-prod-waf".*outcome="DENY"/);
  });
});
