import assert from "node:assert/strict";
import { build, the } from "../../test/contract";
import { Waf } from ".";

const recorded = (scope: "edge" | "regional", blockedCountries: readonly string[] = []) =>
  build("azure", (ground) => new Waf("waf", { ...ground, scope, rateLimit: 700, blockedCountries }), false);

const kinds = [
  ["edge", "azure-native:frontdoor:Policy"],
  ["regional", "azure-native:network:WebApplicationFirewallPolicy"],
] as const;

describe("waf on Azure", () => {
  for (const [scope, type] of kinds)
    it(`prevents by Microsoft's own rules, and counts everybody (${scope}; SEC-05)`, async () => {
      const { inputs } = the(await recorded(scope), type);
      const text = JSON.stringify(inputs);
      assert.equal((inputs["policySettings"] as { mode: string }).mode, "Prevention");
      assert.match(text, /"ruleSetType":"Microsoft_DefaultRuleSet","ruleSetVersion":"2.1"/);
      assert.match(text, /"ruleSetType":"Microsoft_BotManagerRuleSet"/);
      assert.match(text, /"rateLimitThreshold":700/);
      assert.match(text, /authorization/, "credentials are scrubbed from its logs");
      assert.doesNotMatch(text, /GeoMatch/);
    });

  for (const [scope, type] of kinds)
    it(`blocks countries before it counts (${scope})`, async () => {
      const { inputs } = the(await recorded(scope, ["KP", "IR"]), type);
      const text = JSON.stringify(inputs["customRules"]);
      assert.match(text, /\["KP","IR"\].*"GeoMatch".*"name":"Countries","priority":1.*"name":"RateLimit","priority":2/);
    });
});
