import assert from "node:assert/strict";
import { build, inside, the } from "../../test/contract";
import { Cache, type CacheArgs } from ".";

const token = "trifold:cache:Cache";
const Redis = "gcp:redis/instance:Instance";
const Valkey = "gcp:memorystore/instance:Instance";
const recorded = (more: Partial<CacheArgs> = {}, environment: "dev" | "prod" = "prod") =>
  build("gcp", (ground) => new Cache("cache", { ...ground, ...more }), false, environment);

describe("replicated cache on Google Cloud", () => {
  it("is private, asks for a password and TLS, and lies under our key (CACHE-04, CACHE-05, CACHE-06, CACHE-07)", async () => {
    const recording = await recorded();
    const { inputs, protect, dependencies } = the(recording, Redis, "cache");
    assert.equal(inputs["connectMode"], "PRIVATE_SERVICE_ACCESS");
    assert.equal(inputs["authEnabled"], true);
    assert.equal(inputs["transitEncryptionMode"], "SERVER_AUTHENTICATION");
    assert.equal(inputs["customerManagedKey"], recording.registrations.find((one) => one.name === "keys-cache")?.id);
    assert.equal(inputs["deletionProtection"], true);
    assert.equal(protect, true);
    const peering = recording.registrations.find((one) => one.type.endsWith("connection:Connection"));
    assert.ok(peering && dependencies.includes(peering.urn));
  });

  it("has a standby and snapshots in prod, and neither in dev (CACHE-08)", async () => {
    const [prod, dev] = [await recorded(), await recorded({}, "dev")].map((one) => the(one, Redis, "cache").inputs);
    assert.equal(prod?.["tier"], "STANDARD_HA");
    assert.equal(dev?.["tier"], "BASIC");
    assert.deepEqual(prod?.["persistenceConfig"], {
      persistenceMode: "RDB",
      rdbSnapshotPeriod: "TWENTY_FOUR_HOURS",
    });
    assert.deepEqual(dev?.["persistenceConfig"], { persistenceMode: "DISABLED" });
  });

  it("hands the password to Secret Manager write-only, with calls to renew it (SEC-07, SEC-09)", async () => {
    const recording = await recorded();
    const version = the(recording, "gcp:secretmanager/secretVersion:SecretVersion", "cache-password");
    assert.ok(version.secretInputs.includes("secretDataWo"));
    assert.equal(version.inputs["secretData"], undefined);
    const secret = the(recording, "gcp:secretmanager/secret:Secret", "cache-password");
    assert.equal((secret.inputs["rotation"] as { rotationPeriod: string }).rotationPeriod, "2592000s");
  });

  it("evicts as asked (CACHE-09)", async () => {
    const { inputs } = the(await recorded({ eviction: "allkeys-lru" }), Redis, "cache");
    assert.deepEqual(inputs["redisConfigs"], { "maxmemory-policy": "allkeys-lru" });
  });
});

describe("sharded cache on Google Cloud", () => {
  it("is Valkey in cluster mode with cloud login instead of a password (CACHE-03)", async () => {
    const recording = await recorded({ mode: "sharded", shards: 4 });
    const { inputs, dependencies } = the(recording, Valkey, "cache");
    assert.equal(inputs["mode"], "CLUSTER");
    assert.equal(inputs["shardCount"], 4);
    assert.equal(inputs["replicaCount"], 1);
    assert.equal(inputs["authorizationMode"], "IAM_AUTH");
    assert.equal(inputs["transitEncryptionMode"], "SERVER_AUTHENTICATION");
    assert.equal(inputs["deletionProtectionEnabled"], true);
    const policy = the(recording, "gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy");
    assert.ok(dependencies.includes(policy.urn));
    assert.deepEqual(
      inside(recording, token).filter((one) => one.type.includes("secretmanager")),
      [],
    );
  });

  it("tells the address that clients find the shards by, and Google's authority", async () => {
    const recording = await recorded({ mode: "sharded" });
    const component = recording.registrations.find((one) => one.type === token);
    const outputs = recording.componentOutputs.get(component?.urn ?? "") ?? {};
    assert.match(outputs["host"] as string, /^10\.20\./);
    assert.equal(outputs["port"], 6379);
    assert.match(outputs["ca"] as string, /BEGIN CERTIFICATE/);
    assert.equal(outputs["auth"], "iam");
  });
});
