// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
import type { Moment, Props, Row } from "../row";
import { UPPER } from "../shapes";
import { flag, isSet, number, text, texts } from "../values";
import { instanceRefusals, missing } from "./rds-checks";
import { admitInstance, replicasOf, sourceOf } from "./rds-neighbours";
import { updateRefusals } from "./rds-upkeep";
import { hostedZones } from "./regions";
import { arnOf, awsRow, placeHash, regionOf, told } from "./row";
import { T } from "./types";

const defaultGroup = /^default[.:-]/;

const instance = awsRow({
  type: T.dbInstance,
  autoName: { property: "identifier", max: 255 },
  // Not the identifier: an instance is renamed in place. Not the engine version: it is upgraded in place.
  immutable: [
    "availabilityZone",
    "backupTarget",
    "characterSetName",
    "customIamInstanceProfile",
    "dbName",
    "engine",
    "kmsKeyId",
    "ncharCharacterSetName",
    "restoreToPointInTime",
    "s3Import",
    "snapshotIdentifier",
    "storageEncrypted",
    "timezone",
    "username",
  ],
  unordered: ["enabledCloudwatchLogsExports", "vpcSecurityGroupIds", "domainDnsIps"],
  unique: { by: ["identifier"], scope: "region" },
  secrets: ["password"],
  writeOnly: ["passwordWo"],
  references: [
    { path: "dbSubnetGroupName", to: [T.dbSubnetGroup], by: ["name", "id"], except: defaultGroup },
    { path: "parameterGroupName", to: [T.dbParameterGroup], by: ["name", "id"], except: defaultGroup },
    { path: "vpcSecurityGroupIds.*", to: [T.securityGroup, T.defaultSecurityGroup] },
    { path: "vpcSecurityGroupIds.*", to: [T.vpc], by: "defaultSecurityGroupId" },
    // Neither KMS nor IAM asks who still uses a key or a role.
    { path: "kmsKeyId", to: [T.key], by: "arn", weak: true },
    { path: "performanceInsightsKmsKeyId", to: [T.key], by: "arn", weak: true },
    { path: "masterUserSecretKmsKeyId", to: [T.key], by: ["arn", "id"], weak: true },
    { path: "monitoringRoleArn", to: [T.role], by: "arn", weak: true },
    // Replicas outlive their source: RDS promotes them.
    { path: "replicateSourceDb", to: [T.dbInstance], by: ["identifier", "arn", "id"], weak: true },
  ],
  inputDefaults: () => ({
    applyImmediately: false,
    autoMinorVersionUpgrade: true,
    copyTagsToSnapshot: false,
    deleteAutomatedBackups: true,
    monitoringInterval: 0,
    performanceInsightsEnabled: false,
    publiclyAccessible: false,
    skipFinalSnapshot: false,
  }),
  // others come and go after it
  ripens: ["replicas"],
  check: instanceRefusals,
  admit: (moment) => [
    ...missing(moment),
    ...admitInstance(moment),
    ...(moment.old ? updateRefusals(moment, moment.old) : []),
  ],
  release: ({ old }) => {
    if (old?.outputs["deletionProtection"] === true)
      return "InvalidParameterCombination: Cannot delete protected DB Instance, please disable deletion protection and try again";
    const replica = isSet(old?.inputs["replicateSourceDb"]);
    return old?.outputs["skipFinalSnapshot"] !== true && !isSet(old?.inputs["finalSnapshotIdentifier"]) && !replica
      ? "final_snapshot_identifier is required when skip_final_snapshot is false"
      : undefined;
  },
  id: (moment) => `db-${moment.random("resource", 26, `${UPPER}234567`)}`,
  outputs: instanceOutputs,
  seconds: {
    create: 540,
    update: 120,
    delete: 300,
    source: "estimate: single-zone 6 to 9 minutes, Multi-AZ 12 to 15; Terraform allows 40",
  },
});

/** The newest minor of each major, on 2026-11-21 as far as this table knows. https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/ */
const newestMinor: Readonly<Record<string, string>> = {
  "13": "13.22",
  "14": "14.19",
  "15": "15.14",
  "16": "16.10",
  "17": "17.6",
  "18": "18.1",
};
const ports: Readonly<Record<string, number>> = { postgres: 5432, mysql: 3306, mariadb: 3306, "sqlserver-ex": 1433 };

function instanceOutputs(moment: Moment & { readonly id: string }): Props {
  const { inputs, account, id } = moment;
  const source = sourceOf(moment);
  // After a promotion there is no source any more, and everything that came from it stays.
  const mine = (name: string) => inputs[name] ?? source?.outputs[name] ?? moment.old?.outputs[name] ?? null;
  const region = regionOf(moment);
  const identifier = text(inputs["identifier"]) ?? "";
  const engine = text(mine("engine")) ?? "postgres";
  const version = text(mine("engineVersion")) ?? "16";
  const port = number(mine("port")) ?? ports[engine] ?? 5432;
  const address = `${identifier}.${placeHash(moment.place, region, 12)}.${region}.rds.amazonaws.com`;
  const group = account.find([T.dbSubnetGroup], "name", mine("dbSubnetGroupName"));
  const subnets = texts(group?.outputs["subnetIds"] ?? null);
  const firstZone = told(account.find([T.subnet], "id", subnets[0] ?? ""), "availabilityZone");
  const gp3 = inputs["storageType"] === "gp3";
  const insights = inputs["performanceInsightsEnabled"] === true;
  const managed = inputs["manageMasterUserPassword"] === true;
  return {
    address,
    allocatedStorage: mine("allocatedStorage"),
    arn: arnOf(moment, "rds", `db:${identifier}`),
    availabilityZone:
      text(inputs["availabilityZone"]) ??
      text(moment.old?.outputs["availabilityZone"] ?? null) ??
      firstZone ??
      `${region}a`,
    backupRetentionPeriod: number(inputs["backupRetentionPeriod"]) ?? (source ? 0 : 1),
    backupTarget: text(inputs["backupTarget"]) ?? "region",
    backupWindow: text(inputs["backupWindow"]) ?? text(source?.outputs["backupWindow"] ?? null) ?? "03:00-03:30",
    caCertIdentifier: text(inputs["caCertIdentifier"]) ?? "rds-ca-rsa2048-g1",
    characterSetName: inputs["characterSetName"] ?? "",
    databaseInsightsMode: text(inputs["databaseInsightsMode"]) ?? "standard",
    dbName: mine("dbName") ?? "",
    dbSubnetGroupName: mine("dbSubnetGroupName") ?? "default",
    dedicatedLogVolume: flag(inputs["dedicatedLogVolume"]) ?? false,
    endpoint: `${address}:${port}`,
    engine,
    engineLifecycleSupport: text(inputs["engineLifecycleSupport"]) ?? "open-source-rds-extended-support",
    engineVersion: version,
    engineVersionActual: version.includes(".")
      ? version
      : engine === "postgres"
        ? (newestMinor[version] ?? version)
        : version,
    hostedZoneId: hostedZones[region]?.rds ?? "",
    iops: number(inputs["iops"]) ?? (gp3 ? gp3Baseline(number(mine("allocatedStorage"))).iops : 0),
    kmsKeyId: mine("kmsKeyId") ?? "",
    latestRestorableTime: "",
    licenseModel:
      text(inputs["licenseModel"]) ?? (engine === "postgres" ? "postgresql-license" : "general-public-license"),
    listenerEndpoints: [],
    maintenanceWindow: text(inputs["maintenanceWindow"])?.toLowerCase() ?? "sun:05:00-sun:05:30",
    masterUserSecrets: managed ? [managedSecret(moment)] : [],
    maxAllocatedStorage: number(inputs["maxAllocatedStorage"]) ?? 0,
    monitoringRoleArn: text(inputs["monitoringRoleArn"]) ?? "",
    multiAz: flag(inputs["multiAz"]) ?? false,
    networkType: text(inputs["networkType"]) ?? "IPV4",
    optionGroupName: text(inputs["optionGroupName"]) ?? `default:${engine}-${version.split(".")[0] ?? ""}`,
    parameterGroupName:
      text(inputs["parameterGroupName"]) ??
      text(source?.outputs["parameterGroupName"] ?? null) ??
      `default.${engine}${version.split(".")[0] ?? ""}`,
    performanceInsightsKmsKeyId: text(inputs["performanceInsightsKmsKeyId"]) ?? "",
    performanceInsightsRetentionPeriod: insights ? (number(inputs["performanceInsightsRetentionPeriod"]) ?? 7) : 0,
    port,
    replicas: replicasOf(moment, id),
    resourceId: id,
    snapshotIdentifier: text(inputs["snapshotIdentifier"]) ?? "",
    status: "available",
    storageEncrypted: flag(inputs["storageEncrypted"]) ?? flag(source?.outputs["storageEncrypted"] ?? null) ?? false,
    storageThroughput:
      number(inputs["storageThroughput"]) ?? (gp3 ? gp3Baseline(number(mine("allocatedStorage"))).throughput : 0),
    storageType: text(inputs["storageType"]) ?? "gp2",
    timezone: inputs["timezone"] ?? "",
    upgradeRolloutOrder: "second",
    username: mine("username") ?? "",
    vpcSecurityGroupIds: inputs["vpcSecurityGroupIds"] ?? source?.outputs["vpcSecurityGroupIds"] ?? [],
  };
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage */
const gp3Baseline = (gib: number | undefined) =>
  (gib ?? 0) >= 400 ? { iops: 12000, throughput: 500 } : { iops: 3000, throughput: 125 };

const managedSecret = (moment: Moment & { readonly id: string }) => ({
  kmsKeyId: text(moment.inputs["masterUserSecretKmsKeyId"]) ?? "",
  secretArn: arnOf(moment, "secretsmanager", `secret:rds!${moment.id}-${moment.random("secret", 6)}`),
  secretStatus: "active",
});

export const rows: readonly Row[] = [instance];
