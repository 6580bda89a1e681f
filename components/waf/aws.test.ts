import assert from "node:assert/strict";
import { build, the } from "../../test/contract";
import { record } from "../../test/recorder";
import { Keys } from "../keys";
import { Site } from "../site";
import { Waf } from ".";
import { rules } from "./aws-rules";

const choice = { mode: "block", rateLimit: 2000, blockedCountries: ["KP"] } as const;

describe("waf on AWS", () => {
  it("judges where from, how often and what, each rule at a place of its own (SEC-05)", () => {
    const made = rules(choice);
    assert.deepEqual(
      made.map(({ name }) => name),
      [
        "countries",
        "rate-limit",
        "AWSManagedRulesAmazonIpReputationList",
        "AWSManagedRulesCommonRuleSet",
        "AWSManagedRulesKnownBadInputsRuleSet",
        "AWSManagedRulesSQLiRuleSet",
      ],
    );
    assert.equal(new Set(made.map(({ priority }) => priority)).size, made.length);
    assert.ok(!rules({ ...choice, blockedCountries: [] }).some(({ name }) => name === "countries"));
  });

  it("blocks, or only counts; uploads get past the rule on bodies in either case", () => {
    const common = (mode: "block" | "observe") =>
      JSON.stringify(rules({ ...choice, mode }).find(({ name }) => name === "AWSManagedRulesCommonRuleSet"));
    assert.match(common("block"), /"overrideAction":\{"none":\{\}\}/);
    assert.match(common("observe"), /"overrideAction":\{"count":\{\}\}/);
    assert.match(common("block"), /"name":"SizeRestrictions_BODY","actionToUse":\{"count":\{\}\}/);
  });

  it("logs to a group whose name the WAF takes, under a key, without credentials", async () => {
    const recording = await build("aws", (ground) => new Waf("waf", { ...ground, scope: "regional" }), false);
    const group = the(recording, "aws:cloudwatch/logGroup:LogGroup", "waf");
    assert.match(group.inputs["name"] as string, /^aws-waf-logs-/);
    assert.equal(group.inputs["kmsKeyId"], the(recording, "aws:kms/key:Key", "keys-logs").outputs["arn"]);
    const logging = the(recording, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration");
    assert.match(JSON.stringify(logging.inputs["redactedFields"]), /authorization.*cookie/);
  });

  it("has a key of its own at the edge where the site is elsewhere, since keys stay in their region", async () => {
    const made = async (region: string) => {
      const recording = await record(() => {
        const site = new Site("primary", { app: "goodies", environment: "prod", cloud: "aws", region, tags: {} });
        new Waf("waf", { site, keys: new Keys("keys", { site }), scope: "edge" });
      });
      const own = recording.registrations.filter(
        (one) => one.type === "aws:kms/key:Key" && one.name === "waf-edge-logs",
      );
      const group = the(recording, "aws:cloudwatch/logGroup:LogGroup", "waf");
      assert.equal(group.inputs["region"], "us-east-1");
      return own.map(({ inputs, protect }) => [inputs["region"], inputs["enableKeyRotation"], protect]);
    };
    assert.deepEqual(await made("eu-west-1"), [["us-east-1", true, true]]);
    assert.deepEqual(await made("us-east-1"), []);
  });
});
