import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import type { KeyPurpose } from "../keys";
import { awsNames } from "../naming/aws";
import { tagsOf, worldName } from "../site/aws-identity";
import type { BucketPurpose, BucketRef, BuildStorage, CompleteStorageArgs } from ".";
import { lifecycleRules } from "./aws-lifecycle";
import { bucketPolicy } from "./aws-policy";

type Context = BuildContext<CompleteStorageArgs>;

/** Key of each bucket. Server access logs can't be delivered to a bucket with a KMS key of its own: S3's key (SSE-S3).
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html */
export const keyOf = {
  uploads: "storage",
  assets: "storage",
  backups: "backups",
  logs: undefined,
} as const satisfies Readonly<Record<BucketPurpose, KeyPurpose | undefined>>;

/** Buckets by purpose, the one for access logs first. */
export const build: BuildStorage = (context) => {
  const logs = bucket(context, "logs");
  const others = context.args.buckets.map((purpose) => {
    const made = bucket(context, purpose);
    accessLog(context, purpose, made.bucket, logs);
    return [purpose, made.ref] as const;
  });
  return { buckets: { ...Object.fromEntries(others), logs: logs.ref } };
};

interface Made {
  readonly bucket: s3.Bucket;
  readonly policy: s3.BucketPolicy;
  readonly ref: BucketRef;
}

function bucket(context: Context, purpose: BucketPurpose): Made {
  const { name, site, args, child } = context;
  const label = `${name}-${purpose}`;
  // A lock can only be had from birth; without a default retention it locks nothing.
  const locked = purpose === "backups";
  const made = new s3.Bucket(
    label,
    {
      bucket: worldName(site, awsNames.bucket, name, purpose),
      forceDestroy: site.safeguards.disposable,
      objectLockEnabled: locked,
      tags: tagsOf(site, label, args.dataClass[purpose]),
    },
    { ...child, protect: site.safeguards.deletionProtection, deleteBeforeReplace: true },
  );
  const to = made.bucket;
  const closed = new s3.BucketPublicAccessBlock(
    label,
    { bucket: to, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    child,
  );
  new s3.BucketOwnershipControls(label, { bucket: to, rule: { objectOwnership: "BucketOwnerEnforced" } }, child);
  const key = keyOf[purpose];
  new s3.BucketServerSideEncryptionConfiguration(
    label,
    {
      bucket: to,
      rules: [
        key === undefined
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
          : {
              applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: args.keys.for(key).id },
              // One data key a bucket and hour instead of one an object: a hundredth of the KMS calls.
              bucketKeyEnabled: true,
            },
      ],
    },
    child,
  );
  const versioning = new s3.BucketVersioning(
    label,
    { bucket: to, versioningConfiguration: { status: "Enabled" } },
    child,
  );
  // Rules on old versions, and the lock, only mean something on a versioned bucket.
  const versioned = { ...child, dependsOn: versioning };
  new s3.BucketLifecycleConfiguration(label, { bucket: to, rules: lifecycleRules(purpose, args) }, versioned);
  if (locked && args.immutableDays > 0)
    new s3.BucketObjectLockConfiguration(
      label,
      // COMPLIANCE: nobody shortens it, not even the account's root (STO-15).
      { bucket: to, rule: { defaultRetention: { mode: "COMPLIANCE", days: args.immutableDays } } },
      versioned,
    );
  // S3 refuses two changes of a bucket's access at once.
  const policy = new s3.BucketPolicy(
    label,
    { bucket: to, policy: bucketPolicy(site, made.arn, purpose) },
    { ...child, dependsOn: closed },
  );
  const url = pulumi.interpolate`https://${made.bucketRegionalDomainName}`;
  return { bucket: made, policy, ref: { name: to, url, native: { cloud: "aws", arn: made.arn } } };
}

/** Who asked for what (STO-13). What is logged before the target lets S3 write is lost, so its policy comes first. */
function accessLog({ name, child }: Context, purpose: BucketPurpose, from: s3.Bucket, logs: Made): void {
  new s3.BucketLogging(
    `${name}-${purpose}`,
    {
      bucket: from.bucket,
      targetBucket: logs.bucket.bucket,
      targetPrefix: `${purpose}/`,
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
    },
    { ...child, dependsOn: logs.policy },
  );
}
