import assert from "node:assert/strict";
import { build, the } from "../../test/contract";
import { bucketPurposes, Storage } from ".";
import { lifecycleRules, retentionPolicy, softDeletePolicy } from "./gcp-bucket";

const Bucket = "gcp:storage/bucket:Bucket";
const args = { archiveAfterDays: 60, softDeleteDays: 30, immutableDays: 30, logRetentionDays: 90 };
const recorded = (environment: "dev" | "prod") =>
  build("gcp", (ground) => new Storage("storage", ground), false, environment);

describe("buckets on Google Cloud", () => {
  it("archive uploads and backups, drop old versions and unfinished uploads, and let logs go (STO-09)", () => {
    const actions = (purpose: (typeof bucketPurposes)[number]) =>
      lifecycleRules(purpose, args).map(({ action }) => (action as { type: string }).type);
    assert.deepEqual(actions("uploads"), ["AbortIncompleteMultipartUpload", "Delete", "SetStorageClass"]);
    assert.deepEqual(actions("assets"), ["AbortIncompleteMultipartUpload", "Delete"]);
    assert.deepEqual(lifecycleRules("logs", args).at(-1), {
      action: { type: "Delete" },
      condition: { age: 90, withState: "LIVE" },
    });
  });

  it("lock backups and nothing else, and only for more than 0 days (STO-15)", () => {
    assert.deepEqual(retentionPolicy("backups", args), { isLocked: true, retentionPeriod: "2592000" });
    assert.equal(retentionPolicy("backups", { ...args, immutableDays: 0 }), undefined);
    for (const purpose of bucketPurposes)
      if (purpose !== "backups") assert.equal(retentionPolicy(purpose, args), undefined);
    assert.deepEqual(softDeletePolicy(args), { retentionDurationSeconds: 2_592_000 });
  });

  it("keep versions wherever no retention policy forbids them (STO-08)", async () => {
    for (const environment of ["dev", "prod"] as const) {
      const recording = await recorded(environment);
      for (const purpose of bucketPurposes) {
        const { inputs } = the(recording, Bucket, `storage-${purpose}`);
        assert.deepEqual(
          inputs["versioning"],
          { enabled: inputs["retentionPolicy"] === undefined },
          `${environment} ${purpose}`,
        );
      }
    }
  });

  it("log to the logs bucket once its writer may write there (STO-13)", async () => {
    const recording = await recorded("prod");
    const delivery = recording.registrations.find((one) => one.type.endsWith(":BucketIAMMember"));
    const logs = the(recording, Bucket, "storage-logs");
    assert.equal(logs.inputs["logging"], undefined);
    for (const purpose of ["uploads", "assets", "backups"]) {
      const bucket = the(recording, Bucket, `storage-${purpose}`);
      assert.deepEqual(bucket.inputs["logging"], { logBucket: logs.inputs["name"], logObjectPrefix: purpose });
      assert.ok(delivery && bucket.dependencies.includes(delivery.urn));
    }
  });

  it("have names that carry a hash of the project", async () => {
    const { inputs } = the(await recorded("prod"), Bucket, "storage-uploads");
    assert.match(inputs["name"] as string, /^goodies-prod-storage-uploads-[a-z0-9]{6}$/);
  });
});
