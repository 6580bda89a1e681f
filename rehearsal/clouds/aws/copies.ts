// Copies in another region: of buckets, and of a database's backups.
import { between, fits, long, oneOf, refuse } from "../limits";
import type { Moment, Props, Refusal, Row } from "../row";
import { isSet, list, number, object, pick, text } from "../values";
import { settingOf } from "./bucket";
import { setting } from "./bucket-settings";
import { allowsService } from "./policy-document";
import { arnPattern, arnRule, awsRow, plain, regionOf, told } from "./row";
import { T } from "./types";

const storageClasses = [
  "STANDARD",
  "REDUCED_REDUNDANCY",
  "STANDARD_IA",
  "ONEZONE_IA",
  "INTELLIGENT_TIERING",
  "GLACIER",
  "DEEP_ARCHIVE",
  "GLACIER_IR",
];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html */
const replication = setting({
  type: T.bucketReplication,
  immutable: ["bucket"],
  secrets: ["token"],
  references: [
    { path: "role", to: [T.role], by: "arn", weak: true },
    { path: "rules.*.destination.bucket", to: [T.bucket], by: "arn", weak: true },
    { path: "rules.*.destination.encryptionConfiguration.replicaKmsKeyId", to: [T.key], by: "arn", weak: true },
  ],
  check: ({ inputs }) => [
    ...long(inputs, "rules", 1, 1000),
    ...fits(inputs, "role", arnPattern, arnRule),
    ...fits(inputs, "rules.*.id", /^.{1,255}$/, "1 to 255 characters"),
    ...oneOf(inputs, "rules.*.status", ["Enabled", "Disabled"]),
    ...oneOf(inputs, "rules.*.deleteMarkerReplication.status", ["Enabled", "Disabled"]),
    ...oneOf(inputs, "rules.*.destination.storageClass", storageClasses),
    ...oneOf(inputs, "rules.*.destination.metrics.status", ["Enabled", "Disabled"]),
    ...oneOf(inputs, "rules.*.destination.replicationTime.status", ["Enabled", "Disabled"]),
    ...oneOf(inputs, "rules.*.destination.metrics.eventThreshold.minutes", [15]),
    ...oneOf(inputs, "rules.*.destination.replicationTime.time.minutes", [15]),
    ...list(inputs["rules"]).flatMap((rule, index) => ruleRefusals(object(rule), `rules.${index}`)),
  ],
  admit: (moment) => [...versionRefusals(moment), ...roleRefusals(moment)],
});

function ruleRefusals(rule: Props, at: string): readonly Refusal[] {
  const filtered = isSet(rule["filter"]);
  const encrypted = pick(rule, "sourceSelectionCriteria.sseKmsEncryptedObjects.status") === "Enabled";
  const key = pick(rule, "destination.encryptionConfiguration.replicaKmsKeyId");
  const timed = pick(rule, "destination.replicationTime.status") === "Enabled";
  return [
    ...(filtered && !isSet(rule["deleteMarkerReplication"])
      ? refuse(
          `${at}.deleteMarkerReplication`,
          "InvalidRequest: DeleteMarkerReplication must be specified for this version of the Cross Region Replication configuration schema",
        )
      : []),
    ...(encrypted !== isSet(key)
      ? refuse(
          encrypted ? `${at}.destination.encryptionConfiguration.replicaKmsKeyId` : `${at}.sourceSelectionCriteria`,
          "InvalidRequest: SseKmsEncryptedObjects and the replica's KMS key go together",
        )
      : []),
    ...(timed && pick(rule, "destination.metrics.status") !== "Enabled"
      ? refuse(`${at}.destination.metrics`, "InvalidRequest: replication time control needs metrics enabled")
      : []),
  ];
}

const bucketBy = ({ account }: Moment, by: "id" | "arn", value: Props[string] | undefined) =>
  account.find([T.bucket], by, value ?? null);

/** Both sides keep versions; from a bucket with a lock only into one that has it too. */
function versionRefusals(moment: Moment): readonly Refusal[] {
  const { inputs, account } = moment;
  const versioned = (bucket: Props[string] | undefined) =>
    pick(settingOf(account, T.bucketVersioning, bucket)?.outputs["versioningConfiguration"], "status") === "Enabled";
  const source = bucketBy(moment, "id", inputs["bucket"]);
  return [
    ...(source && !versioned(source.id)
      ? refuse(
          "bucket",
          "InvalidRequest: versioning must be 'Enabled' on the bucket to apply a replication configuration",
        )
      : []),
    ...list(inputs["rules"]).flatMap((rule, index) => {
      const target = bucketBy(moment, "arn", pick(rule, "destination.bucket"));
      const at = `rules.${index}.destination.bucket`;
      if (!target || !source) return [];
      return [
        ...(versioned(target.id) ? [] : refuse(at, "InvalidRequest: destination bucket must have versioning enabled")),
        ...(target.id === source.id
          ? refuse(at, "InvalidRequest: destination bucket cannot be the same as the source bucket")
          : []),
        ...(source.outputs["objectLockEnabled"] === true && target.outputs["objectLockEnabled"] !== true
          ? refuse(at, "InvalidRequest: destination bucket must have Object Lock enabled as the source bucket has")
          : []),
      ];
    }),
  ];
}

function roleRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const role = account.find([T.role], "arn", inputs["role"] ?? null);
  return role && !allowsService(role.outputs["assumeRolePolicy"], "s3.amazonaws.com", "sts:AssumeRole")
    ? refuse("role", `InvalidRequest: S3 cannot assume the role ${told(role, "arn") ?? ""}`)
    : [];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html: made where the copies are to be. */
const backups = awsRow({
  type: T.dbBackupCopies,
  taggable: false,
  immutable: ["kmsKeyId", "preSignedUrl", "retentionPeriod", "sourceDbInstanceArn"],
  // The real provider stops the old before it starts the new: an instance has one in a region.
  deleteBeforeReplace: true,
  references: [
    { path: "sourceDbInstanceArn", to: [T.dbInstance], by: "arn" },
    { path: "kmsKeyId", to: [T.key], by: "arn", weak: true },
  ],
  inputDefaults: () => ({ retentionPeriod: 7 }),
  check: ({ inputs }) => [
    ...fits(inputs, "sourceDbInstanceArn", arnPattern, arnRule),
    ...fits(inputs, "kmsKeyId", arnPattern, arnRule),
    ...between(inputs, "retentionPeriod", 1, 35),
  ],
  admit: (moment) => {
    const source = moment.account.find([T.dbInstance], "arn", moment.inputs["sourceDbInstanceArn"] ?? null);
    const key = text(moment.inputs["kmsKeyId"])?.split(":")[3];
    if (!source) return [];
    const here = regionOf(moment);
    return [
      ...(told(source, "region") === here
        ? refuse(
            "sourceDbInstanceArn",
            `InvalidParameterValue: the source region ${here} and the destination region are the same`,
          )
        : []),
      ...((number(source.outputs["backupRetentionPeriod"]) ?? 0) === 0
        ? refuse("sourceDbInstanceArn", "InvalidDBInstanceState: automated backups aren't enabled for the source")
        : []),
      ...(source.outputs["storageEncrypted"] === true && key === undefined
        ? refuse(
            "kmsKeyId",
            "InvalidParameterCombination: an encrypted instance's backups need a key of the destination region",
          )
        : []),
      ...(key !== undefined && key !== here
        ? refuse("kmsKeyId", `KMSKeyNotAccessibleFault: the key lies in ${plain(key)}, not in ${here}`)
        : []),
    ];
  },
  id: (moment) => arnFor(moment),
  outputs: () => ({}),
  seconds: { create: 600, delete: 60, source: "estimate: the first copy takes as long as the snapshot is large" },
});

const arnFor = (moment: Moment): string =>
  `arn:aws:rds:${regionOf(moment)}:${moment.place.account}:auto-backup:ab-${moment.random("id", 26, "abcdefghijklmnopqrstuvwxyz234567")}`;

export const rows: readonly Row[] = [replication, backups];
