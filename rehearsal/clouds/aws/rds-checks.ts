// What RDS refuses of an instance by looking at its arguments alone.
import { between, each, exclusive, fits, long, oneOf, refuse } from "../limits";
import type { Item, Moment, Props, Refusal } from "../row";
import { isKnown, isSet, number, text } from "../values";
import { minutesOf } from "./rds";
import { arnPattern, arnRule } from "./row";

const engines =
  /^(postgres|mysql|mariadb|aurora-mysql|aurora-postgresql|oracle-(ee|se2)(-cdb)?|sqlserver-(ee|se|ex|web)|db2-(ae|se)|custom-(oracle|sqlserver)-[\w-]+)$/;
/** Majors that can still be created, 11 and 12 in extended support only. */
const postgresMajors = ["11", "12", "13", "14", "15", "16", "17", "18"];
/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html */
const classes =
  /^db\.(t[34]g?|m[5678][gid]{0,2}n?|r[5678][gid]{0,3}n?|x[12][ie]?(dn|edn|g)?|x2(iezn|iedn|idn|g)|x8g|z1d|c6gd)\.(micro|small|medium|large|\d*xlarge)(\.tpc\d\.mem\dx)?$/;
const reservedUsers = [
  "admin",
  "rdsadmin",
  "rdsrepladmin",
  "rdstopmgr",
  "rds_superuser",
  "rds_replication",
  "rdsproxyadmin",
  "pg_signal_backend",
  "public",
];
const retentions = new Set([7, 731, ...Array.from({ length: 23 }, (_, index) => (index + 1) * 31)]);

export function instanceRefusals({ inputs }: Moment): readonly Refusal[] {
  return [
    ...shapeRefusals(inputs),
    ...originRefusals(inputs),
    ...loginRefusals(inputs),
    ...storageRefusals(inputs),
    ...windowRefusals(inputs),
    ...watchRefusals(inputs),
  ];
}

function shapeRefusals(inputs: Props): readonly Refusal[] {
  return [
    ...fits(
      inputs,
      "identifier",
      /^[a-z](?!.*--)[0-9a-z-]{0,62}(?<!-)$/,
      "1 to 63 lower case letters, digits and single hyphens, beginning with a letter, not ending with a hyphen",
    ),
    ...exclusive(inputs, "identifier", "identifierPrefix"),
    ...fits(inputs, "engine", engines, "it must be an engine of RDS: postgres, mysql, mariadb, ..."),
    ...fits(inputs, "instanceClass", classes, "it must be an instance class of RDS: db.t4g.medium, db.m7g.large, ..."),
    ...(inputs["engine"] === "postgres"
      ? each(
          inputs,
          "engineVersion",
          (version) =>
            /^\d+(\.\d+)?$/.test(String(version)) && postgresMajors.includes(String(version).split(".")[0] ?? ""),
          (version) =>
            `InvalidParameterCombination: cannot find version ${version} for postgres; majors are ${postgresMajors.join(", ")}`,
        )
      : []),
    ...between(inputs, "port", 1150, 65535),
    ...oneOf(inputs, "networkType", ["IPV4", "DUAL"]),
    ...oneOf(inputs, "licenseModel", [
      "license-included",
      "bring-your-own-license",
      "general-public-license",
      "postgresql-license",
      "marketplace-license",
    ]),
    ...oneOf(inputs, "databaseInsightsMode", ["standard", "advanced"]),
    ...oneOf(inputs, "engineLifecycleSupport", [
      "open-source-rds-extended-support",
      "open-source-rds-extended-support-disabled",
    ]),
    ...fits(
      inputs,
      "caCertIdentifier",
      /^rds-ca-((rsa2048|rsa4096|ecc384)-g1|2019)$/,
      "it must be rds-ca-rsa2048-g1, rds-ca-rsa4096-g1 or rds-ca-ecc384-g1",
    ),
    ...(inputs["multiAz"] === true && isSet(inputs["availabilityZone"])
      ? refuse(
          "availabilityZone",
          "InvalidParameterCombination: requesting a specific availability zone is not valid for Multi-AZ instances",
        )
      : []),
    ...fits(
      inputs,
      "finalSnapshotIdentifier",
      /^[A-Za-z](?!.*--)[0-9A-Za-z-]{0,254}(?<!-)$/,
      "letters, digits and single hyphens, beginning with a letter, not ending with a hyphen",
    ),
  ];
}

/** A new instance, a replica, or one from a snapshot: each takes other arguments. */
function originRefusals(inputs: Props): readonly Refusal[] {
  const replica = isSet(inputs["replicateSourceDb"]);
  const copied = replica || isSet(inputs["snapshotIdentifier"]) || isSet(inputs["restoreToPointInTime"]);
  if (replica)
    return [
      "dbName",
      "engine",
      "engineVersion",
      "username",
      "manageMasterUserPassword",
      "restoreToPointInTime",
      "s3Import",
    ]
      .filter((name) => isSet(inputs[name]))
      .map((property) => ({ property, reason: "conflicts with replicateSourceDb" }));
  if (copied) return [];
  return ["engine", "allocatedStorage", "username"]
    .filter((name) => !isSet(inputs[name]))
    .map((property) => ({ property, reason: "required field is not set" }));
}

function loginRefusals(inputs: Props): readonly Refusal[] {
  const copied = ["replicateSourceDb", "snapshotIdentifier", "restoreToPointInTime"].some((name) =>
    isSet(inputs[name]),
  );
  const password = text(inputs["password"]);
  const sealed = password?.startsWith("[sealed:") ?? false;
  const none = !["password", "passwordWo", "manageMasterUserPassword"].some((name) => isSet(inputs[name]));
  return [
    ...(none && !copied
      ? refuse(
          "password",
          "InvalidParameterValue: the parameter MasterUserPassword must be provided and must not be blank: set password or manageMasterUserPassword",
        )
      : []),
    ...(inputs["manageMasterUserPassword"] === true
      ? exclusive(inputs, "manageMasterUserPassword", "password", "passwordWo")
      : []),
    ...(password !== undefined && !sealed && !/^[\x21-\x7e]{8,128}$/.test(password)
      ? refuse("password", "InvalidParameterValue: the password has 8 to 128 printable ASCII characters")
      : []),
    ...(password !== undefined && !sealed && /[/@" ]/.test(password)
      ? refuse(
          "password",
          "InvalidParameterValue: only printable ASCII characters besides '/', '@', '\"', ' ' may be used",
        )
      : []),
    ...fits(
      inputs,
      "username",
      /^[a-zA-Z]\w{0,62}$/,
      "1 to 63 letters, digits and underscores, beginning with a letter",
    ),
    ...each(
      inputs,
      "username",
      (name) => !reservedUsers.includes(String(name).toLowerCase()),
      (name) =>
        `InvalidParameterValue: MasterUsername ${name} cannot be used as it is a reserved word used by the engine`,
    ),
    ...fits(
      inputs,
      "dbName",
      /^[a-zA-Z_]\w{0,62}$/,
      "1 to 63 letters, digits and underscores, beginning with a letter",
    ),
  ];
}

function storageRefusals(inputs: Props): readonly Refusal[] {
  const size = number(inputs["allocatedStorage"]);
  const most = number(inputs["maxAllocatedStorage"]);
  const type = text(inputs["storageType"]) ?? "gp2";
  const small = type === "gp3" && size !== undefined && size < 400;
  return [
    ...oneOf(inputs, "storageType", ["standard", "gp2", "gp3", "io1", "io2"]),
    ...between(inputs, "allocatedStorage", type.startsWith("io") ? 100 : type === "standard" ? 5 : 20, 65536),
    ...(most !== undefined && most > 0 && size !== undefined && most < size * 1.1 && most !== size
      ? refuse(
          "maxAllocatedStorage",
          `InvalidParameterCombination: max storage size must be at least 10% above the allocated storage (${size}), got ${most}`,
        )
      : []),
    ...(small && (isSet(inputs["iops"]) || isSet(inputs["storageThroughput"]))
      ? refuse(
          isSet(inputs["iops"]) ? "iops" : "storageThroughput",
          "InvalidParameterCombination: you can't specify IOPS or storage throughput for engine postgres and a storage size less than 400",
        )
      : []),
    ...(type.startsWith("io") && !isSet(inputs["iops"])
      ? refuse("iops", `InvalidParameterCombination: the parameter Iops must be provided for storage type ${type}`)
      : []),
    ...fits(inputs, "kmsKeyId", arnPattern, arnRule),
    ...(isSet(inputs["kmsKeyId"]) && inputs["storageEncrypted"] !== true && isKnown(inputs["storageEncrypted"])
      ? refuse(
          "storageEncrypted",
          "InvalidParameterCombination: you must set StorageEncrypted to true when you give a KmsKeyId",
        )
      : []),
  ];
}

function windowRefusals(inputs: Props): readonly Refusal[] {
  const backup = text(inputs["backupWindow"])?.split("-").map(minutesOf);
  const upkeep = text(inputs["maintenanceWindow"])?.split("-").map(minutesOf);
  const [from, to] = backup ?? [];
  const [start, end] = upkeep ?? [];
  const badBackup =
    backup !== undefined &&
    (from === undefined || to === undefined || /[a-z]/i.test(text(inputs["backupWindow"]) ?? ""));
  const badUpkeep =
    upkeep !== undefined &&
    (start === undefined ||
      end === undefined ||
      !/^[a-z]{3}:.*-[a-z]{3}:/i.test(text(inputs["maintenanceWindow"]) ?? ""));
  const span = (a: number, b: number, round: number) => (b - a + round) % round;
  return [
    ...between(inputs, "backupRetentionPeriod", 0, 35),
    ...(badBackup ? refuse("backupWindow", 'must satisfy the format of "hh24:mi-hh24:mi"') : []),
    ...(badUpkeep ? refuse("maintenanceWindow", 'must satisfy the format of "ddd:hh24:mi-ddd:hh24:mi"') : []),
    ...(!badBackup && from !== undefined && to !== undefined && span(from, to, 1440) < 30
      ? refuse("backupWindow", "InvalidParameterValue: the backup window must be at least 30 minutes")
      : []),
    ...(!badUpkeep && start !== undefined && end !== undefined && span(start, end, 10080) < 30
      ? refuse("maintenanceWindow", "InvalidParameterValue: the maintenance window must be at least 30 minutes")
      : []),
    ...(!badBackup &&
    !badUpkeep &&
    from !== undefined &&
    to !== undefined &&
    start !== undefined &&
    end !== undefined &&
    meet(from, span(from, to, 1440), start, span(start, end, 10080))
      ? refuse("maintenanceWindow", "InvalidParameterValue: the backup window and maintenance window must not overlap")
      : []),
  ];
}

/** Whether a daily window touches a weekly one. */
function meet(daily: number, dailyLength: number, weekly: number, weeklyLength: number): boolean {
  return Array.from({ length: 9 }, (_, day) => daily + (day - 1) * 1440).some(
    (start) => start < weekly + weeklyLength && weekly < start + dailyLength,
  );
}

function watchRefusals(inputs: Props): readonly Refusal[] {
  const postgres = inputs["engine"] === "postgres";
  return [
    ...oneOf(inputs, "monitoringInterval", [0, 1, 5, 10, 15, 30, 60]),
    ...((number(inputs["monitoringInterval"]) ?? 0) > 0 && !isSet(inputs["monitoringRoleArn"])
      ? refuse(
          "monitoringRoleArn",
          "InvalidParameterCombination: a MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0",
        )
      : []),
    ...fits(inputs, "monitoringRoleArn", arnPattern, arnRule),
    ...fits(inputs, "performanceInsightsKmsKeyId", arnPattern, arnRule),
    ...each(
      inputs,
      "performanceInsightsRetentionPeriod",
      (days) => retentions.has(Number(days)),
      (days) =>
        `InvalidParameterValue: the retention period is 7, 731 or a multiple of 31 days up to 23 months, got ${days}`,
    ),
    ...(inputs["performanceInsightsEnabled"] !== true &&
    isKnown(inputs["performanceInsightsEnabled"]) &&
    isSet(inputs["performanceInsightsKmsKeyId"])
      ? refuse(
          "performanceInsightsEnabled",
          "InvalidParameterCombination: Performance Insights must be enabled to set its key",
        )
      : []),
    ...(inputs["databaseInsightsMode"] === "advanced" &&
    (number(inputs["performanceInsightsRetentionPeriod"]) ?? 7) < 465
      ? refuse(
          "performanceInsightsRetentionPeriod",
          "InvalidParameterCombination: to enable the Advanced mode of Database Insights, the retention period must be 465 days or more",
        )
      : []),
    ...oneOf(
      inputs,
      "enabledCloudwatchLogsExports.*",
      postgres
        ? ["postgresql", "upgrade", "iam-db-auth-error"]
        : [
            "agent",
            "alert",
            "audit",
            "diag.log",
            "error",
            "general",
            "iam-db-auth-error",
            "listener",
            "notify.log",
            "oemagent",
            "postgresql",
            "slowquery",
            "trace",
            "upgrade",
          ],
    ),
    ...long(inputs, "vpcSecurityGroupIds", 0, 16),
  ];
}

/** What can't be changed from here to there. */
export function updateRefusals({ inputs }: Moment, old: Item): readonly Refusal[] {
  const major = (value: Props[string] | undefined) => Number(text(value)?.split(".")[0] ?? Number.NaN);
  const [was, is] = [major(old.outputs["engineVersion"]), major(inputs["engineVersion"])];
  const [had, wants] = [number(old.outputs["allocatedStorage"]), number(inputs["allocatedStorage"])];
  return [
    ...(is < was
      ? refuse("engineVersion", `InvalidParameterCombination: cannot downgrade postgres from ${was} to ${is}`)
      : []),
    ...(is > was && inputs["allowMajorVersionUpgrade"] !== true
      ? refuse(
          "engineVersion",
          "InvalidParameterCombination: the AllowMajorVersionUpgrade flag must be present when upgrading to a new major version",
        )
      : []),
    ...(had !== undefined && wants !== undefined && wants < had
      ? refuse(
          "allocatedStorage",
          `InvalidParameterCombination: invalid storage size for engine: requested storage (${wants}) cannot be less than the allocated storage (${had})`,
        )
      : []),
  ];
}
