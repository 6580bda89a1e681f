import assert from "node:assert/strict";
import fc from "fast-check";
import { deniesPlainHttp, isNarrowed, letsAnyoneIn, type Statement, statements } from "./iam";
import { UNKNOWN } from "./read";

const one = (raw: object): Statement => {
  const found = statements({ Statement: raw });
  assert.ok(typeof found !== "symbol" && found[0]);
  return found[0];
};
const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

describe("policy documents", () => {
  it("read the same as text and as object, with one statement or a list", () => {
    fc.assert(
      fc.property(fc.constantFrom("*", "arn:aws:iam::123456789012:root"), fc.boolean(), (principal, deny) => {
        const raw = { ...allow, Effect: deny ? "Deny" : "Allow", Principal: { AWS: principal } };
        assert.deepEqual(statements(JSON.stringify({ Statement: [raw] })), statements({ Statement: raw }));
      }),
    );
  });

  it("are unknown while they aren't known, and when they are no JSON", () => {
    assert.equal(statements(UNKNOWN), UNKNOWN);
    assert.equal(statements("{"), UNKNOWN);
    assert.deepEqual(statements(undefined), []);
  });

  it("let anyone in by a wildcard in any place that takes one", () => {
    for (const raw of [
      { Principal: "*" },
      { Principal: { AWS: "*" } },
      { Principal: { AWS: ["x", "*"] } },
      { NotPrincipal: { AWS: "x" } },
    ])
      assert.equal(letsAnyoneIn(one({ ...allow, ...raw })), true, JSON.stringify(raw));
    assert.equal(letsAnyoneIn(one({ ...allow, Effect: "Deny", Principal: "*" })), false);
    assert.equal(letsAnyoneIn(one({ ...allow, Principal: { Service: "logging.s3.amazonaws.com" } })), false);
  });

  it("are narrowed by a condition that asks for equality with something of one's own", () => {
    const narrowed = (Condition: object) => isNarrowed(one({ ...allow, Principal: "*", Condition }));
    assert.equal(narrowed({ StringEquals: { "aws:SourceAccount": "123456789012" } }), true);
    assert.equal(narrowed({ ArnLike: { "AWS:SourceArn": "arn:aws:s3:::b" } }), true);
    assert.equal(narrowed({ StringEqualsIfExists: { "aws:SourceAccount": "123456789012" } }), false);
    assert.equal(narrowed({ StringNotEquals: { "aws:SourceAccount": "123456789012" } }), false);
    assert.equal(narrowed({ IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }), false);
    assert.equal(narrowed({ StringLike: { "aws:PrincipalOrgID": "*" } }), false);
    assert.equal(narrowed({ Bool: { "aws:SecureTransport": "true" } }), false);
  });

  it("deny plain HTTP only to everyone, for every action, and where TLS is missing", () => {
    const deny = {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    };
    const denies = (raw: object) => deniesPlainHttp([one({ ...deny, ...raw })], ["s3:*"]);
    assert.equal(denies({}), true);
    assert.equal(denies({ Condition: { Bool: { "aws:SecureTransport": false } } }), true);
    assert.equal(denies({ Principal: { AWS: "arn:aws:iam::123456789012:root" } }), false);
    assert.equal(denies({ Action: "s3:GetObject" }), false);
    assert.equal(denies({ Condition: {} }), false);
  });
});
