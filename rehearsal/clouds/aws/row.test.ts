// What every AWS row has in common, seen from outside.
import assert from "node:assert/strict";
import { randomOf } from "../names";
import { outputsOf } from "../outputs";
import type { Props, Value } from "../row";
import { shapesOf } from "../schema";
import { text } from "../values";
import { decodeProps, encodeProps } from "../wire";
import { pkg } from ".";
import { network, Sample } from "./sample";
import { T } from "./types";

describe("names of what has a prefix only", () => {
  it("begin with it, are told as outputs, and stay in an update", () => {
    const sample = new Sample();
    const { vpc } = network(sample);
    const group = sample.make(T.securityGroup, { vpcId: vpc.id, namePrefix: "shop-" });
    assert.match(text(group.outputs["name"]) ?? "", /^shop-20\d{16}0{7}1$/);
    assert.equal(group.outputs["namePrefix"], "shop-");
    assert.equal(group.inputs["name"], undefined);
    const log = sample.make(T.logGroup, { namePrefix: "/shop/" });
    assert.equal(log.id, log.outputs["name"]);
    assert.match(log.id, /^\/shop\/20\d{24}$/);
  });

  it("are made of the logical name where there is no prefix", () => {
    const log = new Sample().make(T.logGroup, {}, "events");
    assert.match(log.id, /^events-[0-9a-f]{7}$/);
  });
});

describe("the rules of a security group", () => {
  it("are 60 a direction at most", () => {
    const sample = new Sample();
    const group = sample.make(T.securityGroup, { vpcId: network(sample).vpc.id, description: "many" });
    const rule = (port: number) => ({
      securityGroupId: group.id,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      cidrIpv4: "10.0.0.0/8",
    });
    for (let port = 1; port <= 60; port++) sample.make(T.ingressRule, rule(port));
    const [refused] = sample.judge(T.ingressRule, rule(61));
    assert.match(refused?.reason ?? "", /RulesPerSecurityGroupLimitExceeded/);
    assert.deepEqual(sample.judge(T.egressRule, rule(61)), []);
    const first = sample.all(T.ingressRule)[0];
    assert.deepEqual(sample.judge(T.ingressRule, { ...rule(1), description: "changed" }, first), []);
  });
});

/** What comes back otherwise than it went in. */
const otherwise: Readonly<Record<string, string>> = {
  "aws:ec2/subnet:Subnet availabilityZoneId": "no such zone",
  "aws:ec2/eip:Eip domain": "there is no other any more",
  "aws:ec2/vpcEndpoint:VpcEndpoint ipAddressType": "not of a gateway endpoint",
  "aws:ec2/vpcEndpoint:VpcEndpoint privateDnsEnabled": "not of a gateway endpoint",
  "aws:kms/alias:Alias name": "the check asks for alias/",
  "aws:kms/key:Key rotationPeriodInDays": "only of a key that rotates",
  "aws:rds/instance:Instance performanceInsightsRetentionPeriod": "only with Performance Insights",
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration objectLockEnabled": "there is no other value",
  "aws:secretsmanager/secretRotation:SecretRotation rotationEnabled": "no input of the provider's",
};

describe("what a program gives", () => {
  const tried: Readonly<Record<string, readonly Value[]>> = { string: ["given"], number: [77], boolean: [true, false] };
  for (const row of pkg.rows)
    it(`comes back in the outputs of ${row.type}, or a refresh would find a difference`, () => {
      const given = (inputs: Props): Props => {
        const moment = {
          type: row.type,
          urn: `urn:pulumi:dev::shop::${row.type}::thing`,
          name: "thing",
          inputs,
          place: { cloud: "aws", account: "123456789012", region: "us-east-1", config: {} },
          account: new Sample(),
          random: randomOf("thing", 1, "salt"),
          now: "2026-11-21T00:00:00Z",
        };
        return decodeProps(outputsOf(row, encodeProps(inputs), row.outputs({ ...moment, id: row.id(moment) })));
      };
      const lost = [...(shapesOf(row.type)?.inputs(row.type)?.values() ?? [])].flatMap(({ name, type }) =>
        row.writeOnly?.includes(name) || otherwise[`${row.type} ${name}`] !== undefined
          ? []
          : (tried[type.kind] ?? []).filter((value) => given({ [name]: value })[name] !== value).map(() => name),
      );
      assert.deepEqual(lost, []);
    });
});
