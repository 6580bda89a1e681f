// What outlives its deletion on Google Cloud, through the real protocol.
import assert from "node:assert/strict";
import { resource, type Stage, withStage } from "../testing/client";
import { pkg } from ".";

const ring = resource("gcp:kms/keyRing:KeyRing", "ring");
const key = resource("gcp:kms/cryptoKey:CryptoKey", "key");
const pool = resource("gcp:iam/workloadIdentityPool:WorkloadIdentityPool", "pool");
const logs = resource("gcp:logging/projectBucketConfig:ProjectBucketConfig", "logs");
const address = resource("gcp:compute/address:Address", "address");

/** A stage whose clock the test turns. */
async function inTime(act: (stage: Stage, later: (days: number) => void) => Promise<void>): Promise<void> {
  let now = Date.parse("2026-11-21T00:00:00Z");
  await withStage(
    async (stage) => {
      await stage.engine.configure({ project: "shop-prod", region: "us-central1" });
      await act(stage, (days) => {
        now += days * 86_400_000;
      });
    },
    { packages: [pkg], configure: false, now: () => new Date(now) },
  );
}

describe("what Google Cloud never deletes, or not at once", () => {
  it("is a key ring and its keys: their names stay taken for good", () =>
    inTime(async ({ engine }, later) => {
      const inputs = { location: "us-central1", name: "shop" };
      const { id: keyRing } = await engine.make(ring, inputs);
      const { id } = await engine.make(key, { keyRing, name: "data" });
      await engine.delete(key, id);
      await assert.rejects(engine.make(key, { keyRing, name: "data" }), /CryptoKey .* already exists/);
      await engine.delete(ring, keyRing);
      later(365);
      await assert.rejects(engine.make(ring, inputs), /Error 409: KeyRing .*shop already exists/);
      await engine.make(ring, { ...inputs, location: "us-east1" });
    }));

  it("is a pool of workload identities for 30 days, a log bucket for 7", () =>
    inTime(async ({ engine }, later) => {
      const wanted = { workloadIdentityPoolId: "shop-github" };
      await engine.delete(pool, (await engine.make(pool, wanted)).id);
      const bucket = { project: "shop-prod", location: "us-central1", bucketId: "flows" };
      await engine.delete(logs, (await engine.make(logs, bucket)).id);
      later(6);
      await assert.rejects(engine.make(logs, bucket), /must be in an ACTIVE state/);
      later(2);
      await engine.make(logs, bucket);
      await assert.rejects(engine.make(pool, wanted), /deleted less than 30 days ago/);
      later(23);
      await engine.make(pool, wanted);
    }));

  // https://cloud.google.com/sql/docs/postgres/delete-instance: names are free at once.
  it("is not an instance of Cloud SQL", () =>
    inTime(async ({ engine }) => {
      const instance = resource("gcp:sql/databaseInstance:DatabaseInstance", "db");
      const inputs = {
        name: "shop",
        databaseVersion: "POSTGRES_16",
        deletionProtection: false,
        settings: { tier: "db-f1-micro", edition: "ENTERPRISE" },
      };
      await engine.delete(instance, (await engine.make(instance, inputs)).id);
      await engine.make(instance, inputs);
    }));

  it("is what was abandoned", () =>
    inTime(async ({ engine }) => {
      const kept = { name: "shop", deletionPolicy: "ABANDON" };
      await engine.delete(address, (await engine.make(address, kept)).id);
      await assert.rejects(engine.make(address, kept), /abandoned, not deleted/);
    }));

  it("is not what was abandoned with the thing that names it", () =>
    inTime(async ({ engine }) => {
      const [network, range, link] = [
        resource("gcp:compute/network:Network", "network"),
        resource("gcp:compute/globalAddress:GlobalAddress", "range"),
        resource("gcp:servicenetworking/connection:Connection", "link"),
      ];
      for (let round = 0; round < 2; round++) {
        const home = await engine.make(network, { name: "shop", autoCreateSubnetworks: false });
        const lent = { addressType: "INTERNAL", purpose: "VPC_PEERING", prefixLength: 20, network: home.id };
        const block = await engine.make(range, { name: "services", ...lent });
        const service = { network: home.id, service: "servicenetworking.googleapis.com", deletionPolicy: "ABANDON" };
        const made = await engine.make(link, { ...service, reservedPeeringRanges: ["services"] });
        await engine.delete(link, made.id);
        await engine.delete(range, block.id);
        await engine.delete(network, home.id);
      }
    }));

  it("is what is locked: retention that grows only, and a database that never goes back", () =>
    inTime(async ({ engine }) => {
      const bucket = resource("gcp:storage/bucket:Bucket", "trail");
      const kept = (retentionPeriod: string) => ({
        name: "shop-trail",
        location: "US",
        retentionPolicy: { isLocked: true, retentionPeriod },
      });
      const { inputs } = await engine.make(bucket, kept("2592000"));
      const shorter = await engine.check(bucket, kept("86400"), inputs);
      assert.match(shorter.failures.join(), /Cannot reduce retention duration of a locked Retention Policy/);
      assert.deepEqual((await engine.check(bucket, kept("5184000"), inputs)).failures, []);
      const instance = resource("gcp:sql/databaseInstance:DatabaseInstance", "db");
      const sql = (databaseVersion: string, diskType: string) => ({
        name: "shop",
        databaseVersion,
        settings: { tier: "db-f1-micro", edition: "ENTERPRISE", diskType },
      });
      const was = (await engine.make(instance, sql("POSTGRES_16", "PD_SSD"))).inputs;
      const back = await engine.check(instance, sql("POSTGRES_15", "PD_HDD"), was);
      assert.match(back.failures.join(), /major version can't go back/);
      assert.match(back.failures.join(), /storage type can't be changed from PD_SSD to PD_HDD/);
    }));
});
