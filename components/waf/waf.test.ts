import assert from "node:assert/strict";
import { build, itKeepsTheContract } from "../../test/contract";
import { clouds } from "../cloud";
import { Waf, wafMistakes, wafScopes } from ".";

const countries = ["KP", "IR", "SY", "CU", "RU", "BY", "MM"];

describe("waf", () => {
  itKeepsTheContract({
    token: "trifold:waf:Waf",
    builds: {
      defaults: (ground) => new Waf("waf", { ...ground, scope: "edge" }),
      regional: (ground) => new Waf("waf", { ...ground, scope: "regional" }),
      "everything set": (ground) => {
        for (const scope of wafScopes)
          new Waf(`${scope}-waf`, {
            ...ground,
            scope,
            rateLimit: 500,
            mode: "block",
            blockedCountries: countries,
            logRetentionDays: 400,
          });
      },
    },
  });

  it("refuses figures and countries that it can't mean", async () => {
    const made = (args: object) =>
      build("aws", (ground) => new Waf("waf", { ...ground, scope: "edge", ...args }), true);
    await assert.rejects(made({ rateLimit: 10 }), /rateLimit is 10; use a whole number from 100 to 100000/);
    await assert.rejects(made({ blockedCountries: ["North Korea"] }), /blockedCountries is "North Korea"/);
    await assert.rejects(made({ logRetentionDays: 91 }), /CloudWatch Logs doesn't know that period/);
    const fine = { rateLimit: 2000, logRetentionDays: 90, blockedCountries: countries };
    assert.deepEqual(wafMistakes("aws", fine), []);
  });

  for (const cloud of clouds)
    it(`only looks on when it is told to on ${cloud}`, async () => {
      for (const scope of wafScopes) {
        const recording = await build(cloud, (ground) => new Waf("waf", { ...ground, scope, mode: "observe" }), false);
        const policy = recording.registrations.find(
          (one) =>
            /:(WebAcl|Policy|WebApplicationFirewallPolicy|SecurityPolicy|RegionSecurityPolicy)$/.test(one.type) &&
            one.urn.includes("Waf$"),
        );
        assert.ok(policy);
        const text = JSON.stringify(policy.inputs);
        assert.match(text, /"count":\{\}|"mode":"Detection"|"preview":true/);
        assert.doesNotMatch(text, /"mode":"Prevention"|"preview":false|"none":\{\}/);
      }
    });
});
