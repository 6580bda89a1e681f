// What RDS refuses of an instance's storage, windows, monitoring and changes.
import { between, each, fits, long, oneOf, refuse } from "../limits";
import type { Item, Moment, Props, Refusal } from "../row";
import { isKnown, isSet, number, text } from "../values";
import { minutesOf } from "./rds";
import { arnPattern, arnRule } from "./row";

/** Days that Performance Insights keeps: a week, or months of 31 days. */
const retentions = new Set([7, 731, ...Array.from({ length: 23 }, (_, index) => (index + 1) * 31)]);

export function storageRefusals(inputs: Props): readonly Refusal[] {
  const size = number(inputs["allocatedStorage"]);
  const most = number(inputs["maxAllocatedStorage"]);
  const type = text(inputs["storageType"]) ?? "gp2";
  const engine = text(inputs["engine"]) ?? "postgres";
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html: where gp3 volumes are striped.
  const striped = engine.startsWith("sqlserver") ? 0 : engine.startsWith("oracle") ? 200 : 400;
  const small = type === "gp3" && size !== undefined && size < striped;
  const iops = number(inputs["iops"]);
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
          `InvalidParameterCombination: you can't specify IOPS or storage throughput for engine ${engine} and a storage size less than ${striped}`,
        )
      : []),
    ...(type.startsWith("io") && !isSet(inputs["iops"])
      ? refuse("iops", `InvalidParameterCombination: the parameter Iops must be provided for storage type ${type}`)
      : []),
    ...(["standard", "gp2"].includes(type) && isSet(inputs["storageType"]) && (iops ?? 0) > 0
      ? refuse("iops", `InvalidParameterCombination: you can't specify IOPS for storage type ${type}`)
      : []),
    ...(isKnown(inputs["storageType"]) && type !== "gp3" && (number(inputs["storageThroughput"]) ?? 0) > 0
      ? refuse("storageThroughput", "InvalidParameterCombination: storage throughput is for storage type gp3")
      : []),
    ...(type.startsWith("io") ? between(inputs, "iops", 1000, 256000) : []),
    ...(inputs["dedicatedLogVolume"] === true && isKnown(inputs["storageType"]) && !type.startsWith("io")
      ? refuse(
          "dedicatedLogVolume",
          "InvalidParameterCombination: a dedicated log volume is for Provisioned IOPS storage (io1, io2)",
        )
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

export function windowRefusals(inputs: Props): readonly Refusal[] {
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

export function watchRefusals(inputs: Props): readonly Refusal[] {
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
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.Engines.html
    ...(inputs["performanceInsightsEnabled"] === true &&
    /^(mysql|mariadb)$/.test(text(inputs["engine"]) ?? "") &&
    /^db\.t[234]g?\.(micro|small)$/.test(text(inputs["instanceClass"]) ?? "")
      ? refuse(
          "performanceInsightsEnabled",
          "InvalidParameterCombination: Performance Insights not supported for this configuration: choose db.t4g.medium or larger",
        )
      : []),
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
