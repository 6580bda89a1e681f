// How databases survive, and what they tell: backup, resilience, logs, patches. Flow logs of networks as well.
import type { Texts } from ".";

export const database: Texts = {
  "logging-network-flow-logs": {
    title: "Every network has flow logs of all its traffic",
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
    title: "Databases export their connection and audit logs",
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
    title: "Databases are backed up, and backups are kept long enough",
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
    title: "Databases can be restored to any moment of the last days",
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
    title: "Databases outside dev have a standby in another zone",
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
    title: "Databases outside dev can't be deleted by mistake",
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
    title: "Databases take logins by cloud identity",
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
    title: "Databases get minor versions in a maintenance window",
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
    title: "Database engines and CA certificates are in support",
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
    title: "Dangerous flags of SQL Server and MySQL are off",
    severity: "medium",
    phase: "resource",
    why: "These flags let one database reach into others or run programs.",
    remedy: { gcp: "Set the flag to off." },
  },
  "monitoring-database-threat-detection": {
    title: "Threat detection for databases is on",
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
    title: "Databases record their own performance",
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
