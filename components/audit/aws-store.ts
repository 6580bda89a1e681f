import * as s3 from "@pulumi/aws/s3";
import type * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { awsNames } from "../naming/aws";
import { tagsOf, worldName } from "../site/aws-identity";
import type { CompleteAuditTrailArgs } from ".";
import { readersPolicy, trailPolicy } from "./aws-store-policy";

type Context = BuildContext<CompleteAuditTrailArgs>;

/** The bucket that nobody can rewrite, not even the account's root, for as long as its lock says; and who read it. */
export function buildStore(context: Context, trailArn: pulumi.Output<string>) {
  const { name, site, args, child } = context;
  const store = buildBucket(context, {
    label: name,
    parts: [name],
    locked: true,
    keyArn: args.keys.for("logs").id,
    policy: (arn) => trailPolicy(site, arn, trailArn),
  });
  // One word: a name with "audit" in it promises a lock (storage-object-lock-audit-buckets), and S3 delivers access logs
  // to no bucket with one.
  const readers = buildBucket(context, {
    label: `${name}readers`,
    parts: [name, "readers"],
    locked: false,
    policy: (arn) => readersPolicy(site, arn),
  });
  new s3.BucketLogging(
    name,
    {
      bucket: store.bucket.bucket,
      targetBucket: readers.bucket.bucket,
      targetPrefix: `${name}/`,
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
    },
    { ...child, dependsOn: readers.policy },
  );
  return store;
}

interface BucketChoice {
  readonly label: string;
  readonly parts: readonly string[];
  readonly locked: boolean;
  /** @default S3's own key, the only one that access logs are delivered under */
  readonly keyArn?: pulumi.Output<string>;
  readonly policy: (arn: pulumi.Output<string>) => pulumi.Output<string>;
}

function buildBucket({ site, args, child }: Context, { label, parts, locked, keyArn, policy }: BucketChoice) {
  const bucket = new s3.Bucket(
    label,
    {
      bucket: worldName(site, awsNames.bucket, ...parts),
      forceDestroy: site.safeguards.disposable,
      // A lock can only be had from birth; without a default retention it locks nothing.
      objectLockEnabled: locked,
      tags: tagsOf(site, label, "regulated"),
    },
    { ...child, protect: site.safeguards.deletionProtection, deleteBeforeReplace: true },
  );
  const to = bucket.bucket;
  const closed = new s3.BucketPublicAccessBlock(
    label,
    { bucket: to, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    child,
  );
  new s3.BucketOwnershipControls(label, { bucket: to, rule: { objectOwnership: "BucketOwnerEnforced" } }, child);
  new s3.BucketServerSideEncryptionConfiguration(
    label,
    {
      bucket: to,
      rules: [
        {
          applyServerSideEncryptionByDefault: keyArn
            ? { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn }
            : { sseAlgorithm: "AES256" },
          // The trail encrypts each file with the key itself.
          bucketKeyEnabled: false,
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
  const versioned = { ...child, dependsOn: versioning };
  new s3.BucketLifecycleConfiguration(label, { bucket: to, rules: rules(args.retentionDays) }, versioned);
  if (locked && args.lockDays > 0)
    new s3.BucketObjectLockConfiguration(
      label,
      { bucket: to, rule: { defaultRetention: { mode: "COMPLIANCE", days: args.lockDays } } },
      versioned,
    );
  return {
    bucket,
    policy: new s3.BucketPolicy(
      label,
      { bucket: to, policy: policy(bucket.arn) },
      // S3 refuses two changes of a bucket's access at once.
      { ...child, dependsOn: closed },
    ),
  };
}

const rules = (days: number) => [
  {
    id: "abort-unfinished-uploads",
    status: "Enabled",
    filter: { prefix: "" },
    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
  },
  {
    id: "expire-records",
    status: "Enabled",
    filter: { prefix: "" },
    expiration: { days },
    noncurrentVersionExpiration: { noncurrentDays: 30 },
  },
];
