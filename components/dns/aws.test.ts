import assert from "node:assert/strict";
import { build, the } from "../../test/contract";
import { domain, failover, zoneOn } from "../../test/dns";
import { Zone } from ".";

describe("dns on AWS", () => {
  it("signs with a key that Route 53 alone may sign with (DNS-01)", async () => {
    const recording = await build("aws", zoneOn, false);
    const key = the(recording, "aws:kms/key:Key", "zone-signing");
    assert.deepEqual(
      [key.inputs["region"], key.inputs["customerMasterKeySpec"], key.inputs["keyUsage"]],
      ["us-east-1", "ECC_NIST_P256", "SIGN_VERIFY"],
    );
    const { Statement } = JSON.parse(key.inputs["policy"] as string) as {
      Statement: { Action: string[] | string; Principal: object }[];
    };
    const signers = Statement.filter(({ Action }) => [Action].flat().includes("kms:Sign"));
    assert.deepEqual(
      signers.map(({ Principal }) => Principal),
      [{ Service: "dnssec-route53.amazonaws.com" }],
    );
    const signing = the(recording, "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec");
    assert.ok(signing.dependencies.includes(the(recording, "aws:route53/keySigningKey:KeySigningKey").urn));
  });

  it("logs queries once Route 53 may write them, to a group under a key (DNS-01)", async () => {
    const recording = await build("aws", zoneOn, false);
    const policy = the(recording, "aws:cloudwatch/logResourcePolicy:LogResourcePolicy");
    assert.match(policy.inputs["policyDocument"] as string, /route53\.amazonaws\.com/);
    const log = the(recording, "aws:route53/queryLog:QueryLog");
    assert.ok(log.dependencies.includes(policy.urn));
    assert.ok(the(recording, "aws:cloudwatch/logGroup:LogGroup", "zone-queries").inputs["kmsKeyId"]);
  });

  it("lets the named authorities sign, and no other", async () => {
    const recording = await build("aws", zoneOn, false);
    assert.deepEqual(the(recording, "aws:route53/record:Record", "zone-caa").inputs["records"], [
      '0 issue "amazon.com"',
      '0 issue "letsencrypt.org"',
    ]);
  });

  it("leaves a zone of somebody else as it is (DNS-06)", async () => {
    const recording = await build(
      "aws",
      (ground) => new Zone("zone", { ...ground, domain, existing: "Z0123456789ABCDEFGHIJ" }),
      true,
    );
    const made = recording.registrations.filter(
      (one) => one.urn.includes("dns:Zone$") && one.type !== "aws:route53/zone:Zone",
    );
    assert.deepEqual(made, []);
  });

  it("checks every address of the primary, and calls it sick when a failover is asked for (DNS-02, DR-04)", async () => {
    const checks = async (active: boolean) => {
      const recording = await failover("aws", active);
      const type = "aws:route53/healthCheck:HealthCheck";
      const children = recording.registrations.filter((one) => one.type === type && one.inputs["type"] === "HTTPS");
      assert.equal(children.length, 3);
      const records = recording.registrations.filter((one) => one.inputs["failoverRoutingPolicies"] !== undefined);
      assert.deepEqual(records.map(({ inputs }) => [inputs["setIdentifier"], inputs["ttl"]]).sort(), [
        ["primary", 60],
        ["standby", 60],
      ]);
      const { inputs } = the(recording, type, "api-primary");
      return [inputs["disabled"], inputs["invertHealthcheck"]];
    };
    assert.deepEqual(await checks(false), [false, false]);
    assert.deepEqual(await checks(true), [true, true]);
  });
});
