// That every rule of provider-rules.json speaks of arguments that the SDK's typings know, in a verb that is understood, and
// what the rules do: what the bridge writes into inputs, which differences are none.
import assert from "node:assert/strict";
import { judge } from "../diff";
import { readRule } from "../rules";
import { at, shapesOf } from "../schema";
import { verbs } from "./provider-rules";
import rules from "./provider-rules.json";
import { rowOf, Sample } from "./sample";

const known = (type: string, path: string): boolean => {
  const shapes = shapesOf(type);
  return shapes !== undefined && at(shapes, type, path).length > 0;
};

describe("the rules of the AWS provider's schema", () => {
  it("name arguments that the typings know, in verbs that are understood", () => {
    const wrong = Object.entries(rules).flatMap(([type, of]) =>
      of
        .filter((rule) => {
          const { verb, path, rest } = readRule(rule);
          const fits = (verb === "default") === rest.length > 0;
          return !(verbs as readonly string[]).includes(verb) || !fits || !known(type, path);
        })
        .map((rule) => `${type} ${rule}`),
    );
    assert.deepEqual(wrong, []);
  });

  const moment = (type: string, inputs: object) => new Sample().moment(type, { ...inputs }, "thing");
  const written = (type: string, inputs: object) => rowOf(type).inputDefaults?.(moment(type, inputs));
  const distribution = "aws:cloudfront/distribution:Distribution";

  it("write the defaults that are more than false, 0 or empty, and answer the others", () => {
    assert.deepEqual(written("aws:cloudwatch/logGroup:LogGroup", {}), {});
    assert.deepEqual(written("aws:ec2/vpc:Vpc", {}), { enableDnsSupport: true, instanceTenancy: "default" });
    const group = new Sample().make("aws:cloudwatch/logGroup:LogGroup", { name: "a" });
    assert.deepEqual([group.outputs["retentionInDays"], group.outputs["skipDestroy"]], [0, false]);
  });

  it("write defaults into the blocks that are there, every element of a list", () => {
    const origins = [
      { domainName: "a", originId: "a" },
      { domainName: "b", originId: "b", connectionAttempts: 2 },
    ];
    const fills = rowOf(distribution).fills?.(moment(distribution, { origins }), {}) ?? [];
    assert.deepEqual(
      fills.map(({ path, value }) => `${path.join(".")}=${JSON.stringify(value)}`),
      [
        "origins.0.connectionAttempts=3",
        "origins.1.connectionAttempts=3",
        "origins.0.connectionTimeout=10",
        "origins.1.connectionTimeout=10",
      ],
    );
  });

  const told = (type: string, before: object, after: object) =>
    judge(rowOf(type), { ...before }, { ...after }).changes.map(
      ({ path, kind, replace }) => `${kind}${replace ? " replace" : ""} ${path}`,
    );

  it("keep what the program gives no longer where the provider makes it up, and tell what it doesn't", () => {
    const zone = { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24" };
    assert.deepEqual(told("aws:ec2/subnet:Subnet", { ...zone, availabilityZone: "us-east-1a" }, zone), []);
    assert.deepEqual(told("aws:rds/instance:Instance", { engineVersion: "16.1", iops: 3000 }, {}), []);
    assert.deepEqual(told("aws:rds/instance:Instance", { replicateSourceDb: "a" }, {}), ["delete replicateSourceDb"]);
    assert.deepEqual(
      told(
        "aws:ec2/subnet:Subnet",
        { ...zone, availabilityZone: "us-east-1a" },
        { ...zone, availabilityZone: "us-east-1b" },
      ),
      ["update replace availabilityZone"],
    );
  });

  it("keep it through an update of something else", () => {
    const sample = new Sample();
    const given = { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24" };
    const old = sample.put("aws:ec2/subnet:Subnet", { ...given, availabilityZone: "us-east-1c" });
    const moment = sample.moment(old.type, { ...given, mapPublicIpOnLaunch: true }, "thing", old);
    assert.equal(rowOf(old.type).outputs({ ...moment, id: old.id })["availabilityZone"], "us-east-1c");
  });

  it("find no difference between policies that say the same, nor in the order of a set", () => {
    const policy = (actions: unknown, more: object = {}) =>
      JSON.stringify({
        ...more,
        Statement: [{ Action: actions, Effect: "Allow", Resource: "*" }],
        Version: "2012-10-17",
      });
    const type = "aws:iam/policy:Policy";
    assert.deepEqual(told(type, { policy: policy(["a:b", "a:c"]) }, { policy: policy(["a:c", "a:b"]) }), []);
    assert.deepEqual(told(type, { policy: policy(["a:b"]) }, { policy: policy("a:b") }), []);
    assert.deepEqual(told(type, { policy: policy("a:b") }, { policy: policy("a:c") }), ["update policy"]);
    assert.deepEqual(told(type, { policy: policy("a:b") }, { policy: policy("a:b", { Id: "x" }) }), ["update policy"]);
    assert.deepEqual(
      told(
        "aws:ec2/launchTemplate:LaunchTemplate",
        { vpcSecurityGroupIds: ["a", "b"] },
        { vpcSecurityGroupIds: ["b", "a"] },
      ),
      [],
    );
    assert.deepEqual(
      told(
        "aws:rds/instance:Instance",
        { maintenanceWindow: "Sun:01:00-Sun:02:00" },
        { maintenanceWindow: "sun:01:00-sun:02:00" },
      ),
      [],
    );
  });

  it("refuse what is to be JSON and isn't", () => {
    const said = new Sample().check("aws:sqs/queue:Queue", { redrivePolicy: "{bad" }).refusals;
    assert.match(
      said.map(({ property, reason }) => `${property}: ${reason}`).join(),
      /^redrivePolicy: contains an invalid JSON: "\{bad"$/,
    );
  });

  it("replace what can't be changed in place", () => {
    assert.deepEqual(
      told("aws:ecr/lifecyclePolicy:LifecyclePolicy", { policy: '{"rules":[]}' }, { policy: '{"rules":[1]}' }),
      ["update replace policy"],
    );
  });
});
