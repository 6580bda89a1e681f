// How databases survive, and what they tell: backup, resilience, logs, patches. Flow logs of networks as well.
import type { Texts } from ".";

export const database: Texts = {
  "logging-network-flow-logs": {
    title: "Flow logs exist for every VPC/VNet/subnet, ALL traffic, to protected sink",
    severity: "high",
    phase: "stack",
    why: "After an incident flow logs say who talked to whom; they can't be made afterwards.",
    remedy: {
      aws: "Add a FlowLog with trafficType ALL and a logDestination for the VPC.",
      azure: "Add a FlowLog for the network: enabled, retentionPolicy of 90 days.",
      gcp: "Set logConfig on the subnetwork.",
    },
  },
  "logging-database-logs": {
    title: "Engine/audit logs exported",
    severity: "medium",
    phase: "resource",
    why: "Who logged in and what changed can only be told by logs that were exported.",
    remedy: {
      aws: "Set enabledCloudwatchLogsExports (postgresql; error, audit).",
      azure: "Set log_connections, log_disconnections and log_checkpoints to on.",
      gcp: "Set the flags log_connections, log_disconnections and cloudsql.enable_pgaudit to on.",
    },
  },
  "backup-database-retention": {
    title: "Automated backups with retention >= configured days (7/14/35 by tier)",
    severity: "high",
    phase: "resource",
    why: "Damage is often found weeks later; backups must reach back before it.",
    remedy: {
      aws: "Set backupRetentionPeriod.",
      azure: "Set backup.backupRetentionDays.",
      gcp: "Enable backupConfiguration and set backupRetentionSettings.retainedBackups.",
    },
  },
  "backup-database-pitr-geo": {
    title: "Point-in-time recovery and geo-redundant backup at the moderate+ tier",
    severity: "medium",
    phase: "resource",
    why: "Between two daily backups a whole day can be lost.",
    remedy: {
      aws: "Set backupRetentionPeriod to 7 or more (DynamoDB: pointInTimeRecovery.enabled).",
      azure: "Set backup.backupRetentionDays to 7 or more.",
      gcp: "Set backupConfiguration.pointInTimeRecoveryEnabled and transactionLogRetentionDays.",
    },
  },
  "resilience-database-multi-az": {
    title: "Production database is multi-zone",
    severity: "medium",
    phase: "resource",
    why: "A database in one zone is down as long as its zone is.",
    remedy: {
      aws: "Set multiAz to true (Aurora: two instances).",
      azure: "Set highAvailability.mode to ZoneRedundant.",
      gcp: "Set settings.availabilityType to REGIONAL.",
    },
  },
  "resilience-database-deletion-protection": {
    title: "Deletion protection on; final snapshot not skipped",
    severity: "medium",
    phase: "resource",
    why: "One wrong destroy ends the service; protection asks for a second decision.",
    remedy: {
      aws: "Set deletionProtection, and leave skipFinalSnapshot off.",
      azure: "Add a CanNotDelete lock, or protect the server.",
      gcp: "Set deletionProtection and settings.deletionProtectionEnabled.",
    },
  },
  "identity-database-iam-auth": {
    title: "Cloud-identity authentication enabled",
    severity: "medium",
    phase: "resource",
    why: "Logins by cloud identity end with the person's account; passwords don't.",
    remedy: {
      aws: "Set iamDatabaseAuthenticationEnabled to true.",
      azure: "Set authConfig.activeDirectoryAuth to Enabled.",
      gcp: "Set the flag cloudsql.iam_authentication to on.",
    },
  },
  "patching-database-minor-upgrades": {
    title: "Automatic minor version upgrades / maintenance window",
    severity: "low",
    phase: "resource",
    why: "Minor versions carry security fixes; they must arrive without anybody's effort.",
    remedy: {
      aws: "Leave autoMinorVersionUpgrade on.",
      azure: "Set maintenanceWindow.customWindow to Enabled.",
      gcp: "Set settings.maintenanceWindow.",
    },
  },
  "hardening-database-engine-supported": {
    title: "Engine version is not end of life; CA certificate modern",
    severity: "high",
    phase: "resource",
    why: "An engine past its end of life gets no security fixes.",
    remedy: {
      aws: "Set engineVersion to a supported major, and caCertIdentifier to rds-ca-rsa2048-g1.",
      azure: "Set version to a supported major.",
      gcp: "Set databaseVersion to a supported one.",
    },
  },
  "hardening-database-mssql-flags": {
    title: "Dangerous SQL Server/MySQL flags off",
    severity: "medium",
    phase: "resource",
    why: "These flags let one database reach into others or run programs.",
    remedy: { gcp: "Set the flag to off." },
  },
  "monitoring-database-threat-detection": {
    title: "Threat detection / vulnerability assessment on",
    severity: "medium",
    phase: "stack",
    why: "Stolen logins look like any other until something compares them.",
    remedy: {
      aws: "Set status of RDS_LOGIN_EVENTS to ENABLED.",
      azure: "Set state to Enabled and recurringScans.isEnabled to true.",
      gcp: "Set streamingConfig.filter so that findings are told.",
    },
  },
  "monitoring-database-performance-insights": {
    title: "Enhanced monitoring/performance insights on",
    severity: "low",
    phase: "resource",
    why: "A slow database is diagnosed from figures of the time when it was slow.",
    remedy: {
      aws: "Set performanceInsightsEnabled, and monitoringInterval to 60.",
      azure: "Add a DiagnosticSetting for the server.",
      gcp: "Set settings.insightsConfig.queryInsightsEnabled.",
    },
  },
};
