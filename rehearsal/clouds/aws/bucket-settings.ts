// What a bucket is told by resources of its own. https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html
import { between, long, oneOf, refuse } from "../limits";
import type { Moment, Row } from "../row";
import { isSet, list, object, text } from "../values";
import { isLocked, ofBucket, settingOf } from "./bucket";
import { type AwsRow, awsRow, regionOf, told } from "./row";
import { T } from "./types";

/** A setting: one a bucket, named by it. */
export const setting = (row: Omit<AwsRow, "id" | "outputs" | "seconds"> & Partial<Pick<AwsRow, "outputs">>): Row =>
  awsRow({
    taggable: false,
    id: ({ inputs }) => [text(inputs["bucket"]), text(inputs["expectedBucketOwner"])].filter(Boolean).join(","),
    outputs: () => ({}),
    seconds: { create: 1, update: 1, delete: 1, source: "estimate" },
    ...row,
    immutable: row.immutable ?? ["bucket", "expectedBucketOwner"],
    references: [ofBucket, ...(row.references ?? [])],
  });

const encryption = setting({
  type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  references: [
    {
      path: "rules.*.applyServerSideEncryptionByDefault.kmsMasterKeyId",
      to: [T.key],
      by: ["arn", "id"],
      except: /alias\//,
      weak: true,
    },
  ],
  check: ({ inputs }) => [
    ...long(inputs, "rules", 1, 1),
    ...oneOf(inputs, "rules.*.applyServerSideEncryptionByDefault.sseAlgorithm", ["AES256", "aws:kms", "aws:kms:dsse"]),
    ...list(inputs["rules"]).flatMap((rule, index) => {
      const { sseAlgorithm, kmsMasterKeyId } = object(object(rule)["applyServerSideEncryptionByDefault"]);
      return sseAlgorithm === "AES256" && isSet(kmsMasterKeyId) && kmsMasterKeyId !== ""
        ? refuse(
            `rules.${index}.applyServerSideEncryptionByDefault.kmsMasterKeyId`,
            "InvalidArgument: a KMS key may be given only with the algorithm aws:kms or aws:kms:dsse",
          )
        : [];
    }),
  ],
  outputs: ({ inputs }) => ({
    rules: list(inputs["rules"]).map((rule) => ({ bucketKeyEnabled: false, ...object(rule) })),
  }),
});

const versioning = setting({
  type: T.bucketVersioning,
  check: ({ inputs }) => [
    ...oneOf(inputs, "versioningConfiguration.status", ["Enabled", "Suspended", "Disabled"]),
    ...oneOf(inputs, "versioningConfiguration.mfaDelete", ["Enabled", "Disabled"]),
  ],
  admit: ({ inputs, account, old }) => {
    const status = text(object(inputs["versioningConfiguration"])["status"]);
    const was = text(object(old?.outputs["versioningConfiguration"])["status"]);
    return [
      ...(isLocked(account, inputs["bucket"]) && status !== "Enabled"
        ? refuse(
            "versioningConfiguration.status",
            "InvalidBucketState: an Object Lock configuration is present on this bucket, so the versioning state cannot be changed",
          )
        : []),
      ...(status === "Disabled" && was !== undefined && was !== "Disabled"
        ? refuse(
            "versioningConfiguration.status",
            "versioning_configuration.status cannot be updated from 'Enabled' to 'Disabled': use 'Suspended'",
          )
        : []),
    ];
  },
});

const objectLock = setting({
  type: T.bucketObjectLock,
  secrets: ["token"],
  check: ({ inputs }) => [
    ...oneOf(inputs, "objectLockEnabled", ["Enabled"]),
    ...oneOf(inputs, "rule.defaultRetention.mode", ["GOVERNANCE", "COMPLIANCE"]),
    ...between(inputs, "rule.defaultRetention.days", 1, 36500),
    ...between(inputs, "rule.defaultRetention.years", 1, 100),
  ],
  admit: ({ inputs, account }) => {
    const versions = text(
      object(settingOf(account, T.bucketVersioning, inputs["bucket"])?.outputs["versioningConfiguration"])["status"],
    );
    return isLocked(account, inputs["bucket"]) || versions === "Enabled"
      ? []
      : refuse(
          "bucket",
          "InvalidBucketState: versioning must be 'Enabled' on the bucket to apply an Object Lock configuration",
        );
  },
  outputs: () => ({ objectLockEnabled: "Enabled" }),
});

const logging = setting({
  type: "aws:s3/bucketLogging:BucketLogging",
  references: [{ path: "targetBucket", to: [T.bucket], by: ["id", "bucket"] }],
  check: ({ inputs }) => [
    ...oneOf(inputs, "targetObjectKeyFormat.partitionedPrefix.partitionDateSource", ["EventTime", "DeliveryTime"]),
    ...oneOf(inputs, "targetGrants.*.permission", ["FULL_CONTROL", "READ", "WRITE"]),
  ],
  admit: (moment: Moment) => {
    const target = moment.account.find([T.bucket], "id", moment.inputs["targetBucket"] ?? null);
    return target && told(target, "region") !== regionOf(moment)
      ? refuse(
          "targetBucket",
          "CrossLocationLoggingProhibitted: the source and the target bucket must lie in the same region",
        )
      : [];
  },
});

export const rows: readonly Row[] = [encryption, versioning, objectLock, logging];
