import assert from "node:assert/strict";
import type { Props } from "../row";
import { Sample } from "./sample";

const pool = "gcp:iam/workloadIdentityPool:WorkloadIdentityPool";
const provider = "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider";
const trusted: Props = {
  workloadIdentityPoolId: "copies-prod",
  workloadIdentityPoolProviderId: "cluster",
  attributeMapping: { "google.subject": "assertion.sub" },
  attributeCondition: 'assertion.sub == "system:serviceaccount:copies:copies"',
  oidc: { issuerUri: "https://oidc.eks.us-east-1.amazonaws.com/id/ABC", allowedAudiences: ["trifold/copies-prod"] },
};

const reasons = (type: string, inputs: Props): string =>
  new Sample()
    .judge(type, inputs)
    .map((one) => one.reason)
    .join("; ");

describe("pools of workload identities", () => {
  it("are named by the project's number, which principals are written with", () => {
    const made = new Sample().make(pool, { workloadIdentityPoolId: "copies-prod" });
    assert.equal(made.id, "projects/shop-prod/locations/global/workloadIdentityPools/copies-prod");
    assert.match(
      JSON.stringify(made.outputs["name"]),
      /^"projects\/\d+\/locations\/global\/workloadIdentityPools\/copies-prod"$/,
    );
    assert.equal(made.outputs["state"], "ACTIVE");
  });

  it("trust an issuer with a subject", () => assert.equal(reasons(provider, trusted), ""));

  for (const [what, type, inputs, reason] of [
    ["a short id", pool, { workloadIdentityPoolId: "abc" }, /4 to 32 characters/],
    ["an id that Google keeps", pool, { workloadIdentityPoolId: "gcp-copies" }, /can not start with "gcp-"/],
    ["a long name", pool, { workloadIdentityPoolId: "copies", displayName: "x".repeat(33) }, /32/],
    [
      "an issuer without TLS",
      provider,
      { ...trusted, oidc: { issuerUri: "http://example.com" } },
      /must be an https URL/,
    ],
    ["an issuer left out", provider, { ...trusted, oidc: { allowedAudiences: [] } }, /issuerUri/],
    ["two kinds of trust", provider, { ...trusted, aws: { accountId: "123456789012" } }, /only one of/],
    [
      "a mapping without subject",
      provider,
      { ...trusted, attributeMapping: { "attribute.a": "assertion.a" } },
      /google\.subject/,
    ],
  ] as const)
    it(`refuse ${what}`, () => assert.match(reasons(type, inputs), reason));
});
