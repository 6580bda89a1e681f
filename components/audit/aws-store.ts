import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import type { BuildContext } from "../build";
import { awsNames } from "../naming/aws";
import { nativeOf } from "../site";
import { tagsOf, worldName } from "../site/aws-identity";
import { policyText, type Statement } from "../site/aws-policy";
import type { CompleteAuditTrailArgs } from ".";

type Context = BuildContext<CompleteAuditTrailArgs>;

/** The bucket that nobody can rewrite, not even the account's root, for as long as its lock says. */
export function buildStore(context: Context, trailArn: pulumi.Output<string>) {
  const { name, site, args, child } = context;
  const bucket = new s3.Bucket(
    name,
    {
      bucket: worldName(site, awsNames.bucket, name),
      forceDestroy: site.safeguards.disposable,
      // A lock can only be had from birth; without a default retention it locks nothing.
      objectLockEnabled: true,
      tags: tagsOf(site, name, "regulated"),
    },
    { ...child, protect: site.safeguards.deletionProtection, deleteBeforeReplace: true },
  );
  const to = bucket.bucket;
  const closed = new s3.BucketPublicAccessBlock(
    name,
    { bucket: to, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    child,
  );
  new s3.BucketOwnershipControls(name, { bucket: to, rule: { objectOwnership: "BucketOwnerEnforced" } }, child);
  new s3.BucketServerSideEncryptionConfiguration(
    name,
    {
      bucket: to,
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: args.keys.for("logs").id },
          // The trail encrypts each file with the key itself.
          bucketKeyEnabled: false,
        },
      ],
    },
    child,
  );
  const versioning = new s3.BucketVersioning(
    name,
    { bucket: to, versioningConfiguration: { status: "Enabled" } },
    child,
  );
  const versioned = { ...child, dependsOn: versioning };
  new s3.BucketLifecycleConfiguration(name, { bucket: to, rules: rules(args.retentionDays) }, versioned);
  if (args.lockDays > 0)
    new s3.BucketObjectLockConfiguration(
      name,
      { bucket: to, rule: { defaultRetention: { mode: "COMPLIANCE", days: args.lockDays } } },
      versioned,
    );
  const policy = new s3.BucketPolicy(
    name,
    { bucket: to, policy: policyOf(context, bucket.arn, trailArn) },
    // S3 refuses two changes of a bucket's access at once.
    { ...child, dependsOn: closed },
  );
  return { bucket, policy };
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

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
function policyOf({ site, name }: Context, arn: pulumi.Output<string>, trailArn: pulumi.Output<string>) {
  const { accountId } = nativeOf(site, "aws", `AuditTrail "${name}"`);
  const objects = pulumi.interpolate`${arn}/*`;
  const refuse = (Sid: string, Condition: NonNullable<Statement["Condition"]>): Statement => ({
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, objects],
    Condition,
  });
  const trail = { Principal: { Service: "cloudtrail.amazonaws.com" }, Effect: "Allow" as const };
  const own = { "aws:SourceArn": trailArn };
  return policyText(
    refuse("DenyPlainHttp", { Bool: { "aws:SecureTransport": "false" } }),
    refuse("DenyOldTls", { NumericLessThan: { "s3:TlsVersion": standards.dataMinTls } }),
    {
      ...trail,
      Sid: "LookAtTheBucket",
      Action: "s3:GetBucketAcl",
      Resource: arn,
      Condition: { StringEquals: own },
    },
    {
      ...trail,
      Sid: "WriteRecords",
      Action: "s3:PutObject",
      Resource: pulumi.interpolate`${arn}/AWSLogs/${accountId}/*`,
      Condition: { StringEquals: { ...own, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
  );
}
