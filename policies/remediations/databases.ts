// Databases and queues.
import { text } from "../read";
import type { Props } from "../rule";
import { backupRetentionDays, dataMinTls } from "../standards";
import type { Addition, Remediations } from "./remedy";

/** The log that each engine exports, by its own name. */
const engineLogs: Readonly<Record<string, readonly string[]>> = {
  postgres: ["postgresql"],
  "aurora-postgresql": ["postgresql"],
  mysql: ["error"],
  mariadb: ["error"],
  "aurora-mysql": ["error", "audit"],
};
const exported = (props: Props): readonly Addition[] => {
  const logs = engineLogs[text(props, "engine")];
  return logs ? [["enabledCloudwatchLogsExports", logs]] : [];
};

/** Cloud SQL flags of the engines whose version starts so; a flag that is there stays as it is. */
const flags =
  (byEngine: Readonly<Record<string, Readonly<Record<string, string>>>>) =>
  (props: Props): readonly Addition[] => {
    const version = text(props, "databaseVersion");
    const [, own] = Object.entries(byEngine).find(([engine]) => version.startsWith(engine)) ?? [];
    return own ? [["settings.databaseFlags", Object.entries(own).map(([name, value]) => ({ name, value }))]] : [];
  };

const retention: readonly Addition[] = [["backupRetentionPeriod", backupRetentionDays]];
const azureRetention: readonly Addition[] = [["backup.backupRetentionDays", backupRetentionDays]];

export const databases: Remediations = {
  "encryption-database-in-transit": {
    azure: { "sql.Server": [["minimalTlsVersion", dataMinTls]] },
    gcp: { "sql.DatabaseInstance": [["settings.ipConfiguration.sslMode", "ENCRYPTED_ONLY"]] },
  },
  "backup-database-retention": {
    aws: { "rds.Instance, rds.Cluster, docdb.Cluster, neptune.Cluster": retention },
    azure: { "dbforpostgresql.Server, dbformysql.Server": azureRetention },
    gcp: {
      "sql.DatabaseInstance": [
        ["settings.backupConfiguration.enabled", true],
        ["settings.backupConfiguration.backupRetentionSettings.retainedBackups", backupRetentionDays],
      ],
    },
  },
  "backup-database-pitr-geo": {
    aws: { "dynamodb.Table": [["pointInTimeRecovery.enabled", true]], "rds.Instance": retention },
    azure: { "dbforpostgresql.Server, dbformysql.Server": azureRetention },
    gcp: {
      "sql.DatabaseInstance": (props) => [
        [
          text(props, "databaseVersion").startsWith("MYSQL")
            ? "settings.backupConfiguration.binaryLogEnabled"
            : "settings.backupConfiguration.pointInTimeRecoveryEnabled",
          true,
        ],
      ],
    },
  },
  "resilience-database-deletion-protection": {
    aws: {
      "rds.Instance, rds.Cluster, docdb.Cluster, neptune.Cluster": [["deletionProtection", true]],
      "dynamodb.Table": [["deletionProtectionEnabled", true]],
    },
    gcp: { "sql.DatabaseInstance": [["settings.deletionProtectionEnabled", true]] },
  },
  "logging-database-logs": {
    aws: { "rds.Instance, rds.Cluster": exported },
    gcp: {
      "sql.DatabaseInstance": flags({
        POSTGRES: { log_connections: "on", log_disconnections: "on", "cloudsql.enable_pgaudit": "on" },
      }),
    },
  },
  "identity-database-iam-auth": {
    aws: { "rds.Instance, rds.Cluster": [["iamDatabaseAuthenticationEnabled", true]] },
    azure: { "dbforpostgresql.Server": [["authConfig.activeDirectoryAuth", "Enabled"]] },
    gcp: {
      "sql.DatabaseInstance": flags({
        POSTGRES: { "cloudsql.iam_authentication": "on" },
        MYSQL: { cloudsql_iam_authentication: "on" },
      }),
    },
  },
  "patching-database-minor-upgrades": {
    azure: {
      "dbforpostgresql.Server, dbformysql.Server": [
        ["maintenanceWindow", { customWindow: "Enabled", dayOfWeek: 0, startHour: 3, startMinute: 0 }],
      ],
    },
    gcp: { "sql.DatabaseInstance": [["settings.maintenanceWindow", { day: 7, hour: 3, updateTrack: "stable" }]] },
  },
  "monitoring-database-performance-insights": {
    gcp: { "sql.DatabaseInstance": [["settings.insightsConfig.queryInsightsEnabled", true]] },
  },
  "tagging-database-copy-tags-to-snapshot": { aws: { "rds.Instance, rds.Cluster": [["copyTagsToSnapshot", true]] } },
  "encryption-messaging-at-rest": { aws: { "sqs.Queue": [["sqsManagedSseEnabled", true]] } },
  "encryption-messaging-in-transit": {
    azure: { "servicebus.Namespace, eventhub.Namespace": [["minimumTlsVersion", dataMinTls]] },
  },
};
