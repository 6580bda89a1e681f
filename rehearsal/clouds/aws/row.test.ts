// What every AWS row has in common, seen from outside.
import assert from "node:assert/strict";
import { text } from "../values";
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
