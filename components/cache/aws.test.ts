import assert from "node:assert/strict";
import { build, the } from "../../test/contract";
import type { Environment } from "../site";
import { Cache, type CacheArgs } from ".";
import { windows } from "./aws-windows";

/** Text as it is, anything else as JSON. */
const plain = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

const group = "aws:elasticache/replicationGroup:ReplicationGroup";
const made = (args: Partial<CacheArgs> = {}, environment: Environment = "prod") =>
  build("aws", (ground) => new Cache("cache", { ...ground, ...args }), false, environment);

describe("cache on AWS", () => {
  it("is looked after in its hour, and copied in another", () => {
    assert.deepEqual(windows("sunday", 3), { maintenance: "sun:03:00-sun:04:00", snapshot: "01:00-02:00" });
    assert.deepEqual(windows("sunday", 23), { maintenance: "sun:23:00-mon:00:00", snapshot: "21:00-22:00" });
    assert.deepEqual(windows("monday", 0), { maintenance: "mon:00:00-mon:01:00", snapshot: "22:00-23:00" });
  });

  it("is doubled, encrypted on the disk and on the way, and kept in prod (CACHE-05 to CACHE-08)", async () => {
    const { inputs, protect } = the(await made(), group);
    const wanted = {
      engine: "valkey",
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      atRestEncryptionEnabled: true,
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      snapshotRetentionLimit: 7,
      finalSnapshotIdentifier: "goodies-prod-cache-final",
      nodeType: "cache.m7g.large",
    };
    for (const [property, value] of Object.entries(wanted)) assert.equal(inputs[property], value, property);
    assert.equal(protect, true);
  });

  it("costs little in dev, of the same kinds of things (ENV-02, CACHE-10)", async () => {
    const [dev, prod] = [await made({}, "dev"), await made({}, "prod")];
    const { inputs } = the(dev, group);
    assert.deepEqual(
      [
        inputs["nodeType"],
        inputs["numCacheClusters"],
        inputs["automaticFailoverEnabled"],
        inputs["snapshotRetentionLimit"],
      ],
      ["cache.t4g.micro", 1, false, 0],
    );
    const kinds = (recording: typeof dev) => [...new Set(recording.registrations.map((one) => one.type))].sort();
    assert.deepEqual(kinds(dev), kinds(prod));
  });

  it("shards, and evicts as it is told (CACHE-03, CACHE-09)", async () => {
    const recording = await made({ mode: "sharded", shards: 4, eviction: "allkeys-lru" });
    const { inputs } = the(recording, group);
    assert.deepEqual(
      [inputs["clusterMode"], inputs["numNodeGroups"], inputs["replicasPerNodeGroup"]],
      ["enabled", 4, 1],
    );
    assert.equal(inputs["numCacheClusters"], undefined);
    assert.deepEqual(the(recording, "aws:elasticache/parameterGroup:ParameterGroup").inputs["parameters"], [
      { name: "maxmemory-policy", value: "allkeys-lru" },
      { name: "cluster-enabled", value: "yes" },
    ]);
  });

  it("has one user with a password, which rotation changes and this program doesn't (CACHE-04, SEC-09)", async () => {
    const recording = await made();
    const user = the(recording, "aws:elasticache/user:User");
    assert.ok(user.secretInputs.includes("authenticationMode"));
    assert.deepEqual(user.ignoreChanges, ["authenticationMode"]);
    const secret = the(recording, "aws:secretsmanager/secret:Secret", "cache");
    const rotation = the(recording, "aws:secretsmanager/secretRotation:SecretRotation", "cache");
    assert.equal(rotation.inputs["secretId"], secret.id);
    const { sourceAccount, sourceArn } = the(recording, "aws:lambda/permission:Permission", "cache-rotation").inputs;
    assert.equal(sourceAccount, "123456789012");
    assert.match(plain(sourceArn), /^arn:aws:secretsmanager:us-east-1:123456789012:secret:[^:*]+\/cache\/\*$/);
    const rights = plain(the(recording, "aws:iam/rolePolicy:RolePolicy", "cache-rotation").inputs["policy"]);
    assert.match(
      rights,
      /"Action":\["elasticache:DescribeUsers","elasticache:ModifyUser"\],"Resource":"arn:aws:elasticache:/,
    );
  });

  it("tells what is slow and what it does to groups with key and end", async () => {
    const recording = await made({ logRetentionDays: 365 });
    const groups = recording.registrations.filter((one) => plain(one.inputs["name"]).startsWith("/aws/elasticache/"));
    assert.deepEqual(
      groups.map((one) => one.inputs["retentionInDays"]),
      [365, 365],
    );
    for (const one of groups) assert.match(plain(one.inputs["kmsKeyId"]), /^arn:aws:kms:/);
  });
});
