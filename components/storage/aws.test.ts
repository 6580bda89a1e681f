import assert from "node:assert/strict";
import { build, the } from "../../test/contract";
import type { Environment } from "../site";
import { bucketPurposes, Storage, type StorageArgs } from ".";

/** Text as it is, anything else as JSON. */
const plain = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

const made = (args: Partial<StorageArgs> = {}, environment: Environment = "prod") =>
  build("aws", (ground) => new Storage("storage", { ...ground, ...args }), false, environment);

interface Rule {
  readonly id: string;
  readonly transitions?: readonly { readonly days: number; readonly storageClass: string }[];
  readonly expiration?: { readonly days?: number };
  readonly noncurrentVersionExpiration?: { readonly noncurrentDays: number };
}

describe("storage on AWS", () => {
  it("names buckets for the whole world: the same for one account, another for the next", async () => {
    const bucket = the(await made(), "aws:s3/bucket:Bucket", "storage-uploads");
    assert.match(plain(bucket.inputs["bucket"]), /^goodies-prod-storage-uploads-[a-z0-9]{6}$/);
    assert.equal(bucket.id, the(await made(), "aws:s3/bucket:Bucket", "storage-uploads").id);
  });

  it("shuts every bucket to the public, to plain HTTP and to old TLS (STO-05, STO-06)", async () => {
    const recording = await made();
    for (const purpose of bucketPurposes) {
      const { inputs } = the(recording, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", `storage-${purpose}`);
      for (const lock of ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"])
        assert.equal(inputs[lock], true, `${purpose} ${lock}`);
      const policy = plain(the(recording, "aws:s3/bucketPolicy:BucketPolicy", `storage-${purpose}`).inputs["policy"]);
      assert.match(policy, /"Effect":"Deny".*"aws:SecureTransport":"false"/);
      assert.match(policy, /"s3:TlsVersion":"1.2"/);
    }
  });

  it("encrypts with the purpose's key, but logs with S3's own, or none would arrive (STO-04)", async () => {
    const recording = await made();
    const type = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    const keys = new Map(
      recording.registrations
        .filter((one) => one.type === "aws:kms/key:Key")
        .map((one) => [one.outputs["arn"], one.name]),
    );
    const of = (purpose: string) => {
      const [rule] = the(recording, type, `storage-${purpose}`).inputs["rules"] as {
        applyServerSideEncryptionByDefault: { sseAlgorithm: string; kmsMasterKeyId?: string };
      }[];
      const { sseAlgorithm, kmsMasterKeyId } = rule?.applyServerSideEncryptionByDefault ?? {};
      return [sseAlgorithm, keys.get(kmsMasterKeyId ?? "")];
    };
    assert.deepEqual(of("uploads"), ["aws:kms", "keys-storage"]);
    assert.deepEqual(of("assets"), ["aws:kms", "keys-storage"]);
    assert.deepEqual(of("backups"), ["aws:kms", "keys-backups"]);
    assert.deepEqual(of("logs"), ["AES256", undefined]);
  });

  it("archives uploads and backups, lets old versions and logs end (STO-09)", async () => {
    const recording = await made({ archiveAfterDays: 120, softDeleteDays: 45, logRetentionDays: 400 });
    const rules = (purpose: string) =>
      the(recording, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", `storage-${purpose}`).inputs[
        "rules"
      ] as unknown as Rule[];
    const classes = (purpose: string) => rules(purpose).flatMap((rule) => rule.transitions ?? []);
    assert.deepEqual(classes("uploads"), [{ days: 120, storageClass: "GLACIER_IR" }]);
    assert.deepEqual(classes("backups"), [{ days: 120, storageClass: "GLACIER" }]);
    assert.deepEqual(classes("assets"), []);
    for (const purpose of bucketPurposes)
      assert.ok(
        rules(purpose).some((rule) => rule.noncurrentVersionExpiration?.noncurrentDays === 45),
        purpose,
      );
    assert.ok(rules("logs").some((rule) => rule.expiration?.days === 400));
  });

  it("locks backups for good in prod, and leaves the lock open where the site is disposable (STO-15)", async () => {
    const type = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
    const lock = the(await made({ immutableDays: 60 }), type, "storage-backups");
    assert.deepEqual(lock.inputs["rule"], { defaultRetention: { mode: "COMPLIANCE", days: 60 } });
    const dev = await made({}, "dev");
    assert.equal(the(dev, "aws:s3/bucket:Bucket", "storage-backups").inputs["objectLockEnabled"], true);
    assert.deepEqual(
      dev.registrations.filter((one) => one.type === type),
      [],
    );
  });

  it("writes who asked for what into the bucket for logs, once it may (STO-13)", async () => {
    const recording = await made();
    const policy = the(recording, "aws:s3/bucketPolicy:BucketPolicy", "storage-logs");
    assert.match(plain(policy.inputs["policy"]), /logging\.s3\.amazonaws\.com.*"aws:SourceAccount":"123456789012"/);
    for (const purpose of ["uploads", "assets", "backups"]) {
      const log = the(recording, "aws:s3/bucketLogging:BucketLogging", `storage-${purpose}`);
      assert.equal(log.inputs["targetBucket"], the(recording, "aws:s3/bucket:Bucket", "storage-logs").id);
      assert.ok(log.dependencies.includes(policy.urn));
    }
  });

  it("tags each store with what it holds (STO-14, TAG-04)", async () => {
    const recording = await made({ dataClass: { uploads: "regulated" } });
    const tag = (purpose: string) =>
      (the(recording, "aws:s3/bucket:Bucket", `storage-${purpose}`).inputs["tags"] as Record<string, string>)[
        "DataClass"
      ];
    assert.deepEqual(bucketPurposes.map(tag), ["regulated", "public", "regulated", "internal"]);
  });
});
