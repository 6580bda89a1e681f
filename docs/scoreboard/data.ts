import { all, aws, azure, cannot, gcp, type Row, row } from "./row";

const database = "4.3 Database";
const storage = "4.5 Object storage";

export const databaseRows: readonly Row[] = [
  row(database, "Encrypted under a customer key (SEC-03)", {
    aws: all(aws.is("rds.Instance", "storageEncrypted", true), aws.has("rds.Instance", "kmsKeyId")),
    azure: azure.is("dbforpostgresql.Server", "dataEncryption.type", "AzureKeyVault"),
    gcp: gcp.has("sql.DatabaseInstance", "encryptionKeyName"),
  }),
  row(database, "No public address", {
    aws: aws.is("rds.Instance", "publiclyAccessible", false),
    azure: azure.is("dbforpostgresql.Server", "network.publicNetworkAccess", "Disabled"),
    gcp: gcp.is("sql.DatabaseInstance", "settings.ipConfiguration.ipv4Enabled", false),
  }),
  row(database, "No firewall rule that lets anybody in", {
    aws: aws.has("rds.Instance", "vpcSecurityGroupIds"),
    azure: azure.none("dbforpostgresql.FirewallRule", "the server has an address in the network alone"),
    gcp: gcp.hasNot("sql.DatabaseInstance", "settings.ipConfiguration.authorizedNetworks"),
  }),
  row(database, "A standby in another zone", {
    aws: aws.is("rds.Instance", "multiAz", true, { name: /^database$/ }),
    azure: azure.is("dbforpostgresql.Server", "highAvailability.mode", "ZoneRedundant", { name: /^database$/ }),
    gcp: gcp.is("sql.DatabaseInstance", "settings.availabilityType", "REGIONAL", { name: /^database$/ }),
  }),
  row(database, "Backups for 30 days (DB-09)", {
    aws: aws.atLeast("rds.Instance", "backupRetentionPeriod", 30, { name: /^database$/ }),
    azure: azure.atLeast("dbforpostgresql.Server", "backup.backupRetentionDays", 30, { name: /^database$/ }),
    gcp: gcp.atLeast(
      "sql.DatabaseInstance",
      "settings.backupConfiguration.backupRetentionSettings.retainedBackups",
      30,
      { name: /^database$/ },
    ),
  }),
  row(database, "Recovery to a point in time over 7 days", {
    aws: aws.atLeast("rds.Instance", "backupRetentionPeriod", 7, { name: /^database$/ }),
    azure: azure.atLeast("dbforpostgresql.Server", "backup.backupRetentionDays", 7, { name: /^database$/ }),
    gcp: all(
      gcp.is("sql.DatabaseInstance", "settings.backupConfiguration.pointInTimeRecoveryEnabled", true, {
        name: /^database$/,
      }),
      gcp.atLeast("sql.DatabaseInstance", "settings.backupConfiguration.transactionLogRetentionDays", 7, {
        name: /^database$/,
      }),
    ),
  }),
  row(database, "Protected against deletion by the cloud", {
    aws: aws.is("rds.Instance", "deletionProtection", true),
    azure: azure.is("authorization.ManagementLockByScope", "level", "CanNotDelete"),
    gcp: all(
      gcp.is("sql.DatabaseInstance", "deletionProtection", true),
      gcp.is("sql.DatabaseInstance", "settings.deletionProtectionEnabled", true),
    ),
  }),
  row(database, "Protected against deletion by Pulumi", {
    aws: aws.protect("rds.Instance"),
    azure: azure.protect("dbforpostgresql.Server", { name: /^database$/ }),
    gcp: gcp.protect("sql.DatabaseInstance"),
  }),
  row(database, "A last snapshot before it goes", {
    aws: all(
      aws.is("rds.Instance", "skipFinalSnapshot", false, { name: /^database$/ }),
      aws.is("rds.Instance", "deleteAutomatedBackups", false, { name: /^database$/ }),
    ),
    azure: cannot("Azure keeps a deleted server's backups for five days by itself; the lock stands before that"),
    gcp: gcp.has("sql.DatabaseInstance", "settings.finalBackupConfig", { name: /^database$/ }),
  }),
  row(database, "TLS only", {
    aws: aws.like("rds.ParameterGroup", "parameters", /rds\.force_ssl.*"1"/, "rds.force_ssl = 1"),
    azure: azure.like("dbforpostgresql.Configuration", "value", /^on$/i, "on", { name: /require-secure-transport/ }),
    gcp: gcp.like(
      "sql.DatabaseInstance",
      "settings.ipConfiguration.sslMode",
      /ENCRYPTED_ONLY|CERTIFICATE/,
      "encrypted only",
    ),
  }),
  row(database, "Login by cloud identities is on", {
    aws: aws.is("rds.Instance", "iamDatabaseAuthenticationEnabled", true),
    azure: azure.is("dbforpostgresql.Server", "authConfig.activeDirectoryAuth", "Enabled", { name: /^database$/ }),
    gcp: gcp.like(
      "sql.DatabaseInstance",
      "settings.databaseFlags",
      /cloudsql\.iam_authentication.*on/,
      "cloudsql.iam_authentication",
    ),
  }),
  row(database, "Password made here, kept in the secret store under its own key", {
    aws: aws.has("secretsmanager.Secret", "kmsKeyId"),
    azure: azure.there("keyvault.Secret", { name: /database/ }),
    gcp: gcp.there("secretmanager.SecretVersion", { name: /database/ }),
  }),
  row(database, "Slow statements are logged", {
    aws: aws.like("rds.ParameterGroup", "parameters", /log_min_duration_statement/, "log_min_duration_statement"),
    azure: azure.there("dbforpostgresql.Configuration", { name: /log-min-duration/ }),
    gcp: gcp.like(
      "sql.DatabaseInstance",
      "settings.databaseFlags",
      /log_min_duration_statement/,
      "log_min_duration_statement",
    ),
  }),
  row(database, "Logs are exported and kept", {
    aws: all(
      aws.has("rds.Instance", "enabledCloudwatchLogsExports"),
      aws.has("cloudwatch.LogGroup", "retentionInDays"),
    ),
    azure: azure.there("monitor.DiagnosticSetting", { name: /database/ }),
    gcp: gcp.like("sql.DatabaseInstance", "settings.databaseFlags", /log_connections/, "log_connections"),
  }),
  row(database, "Load of queries is watched", {
    aws: all(
      aws.is("rds.Instance", "performanceInsightsEnabled", true),
      aws.is("rds.Instance", "monitoringInterval", 60),
    ),
    azure: azure.like("dbforpostgresql.Configuration", "value", /pg_stat_statements/, "pg_stat_statements", {
      some: true,
    }),
    gcp: gcp.is("sql.DatabaseInstance", "settings.insightsConfig.queryInsightsEnabled", true),
  }),
  row(database, "Storage grows by itself (DB-16)", {
    aws: aws.has("rds.Instance", "maxAllocatedStorage"),
    azure: azure.is("dbforpostgresql.Server", "storage.autoGrow", "Enabled"),
    gcp: gcp.is("sql.DatabaseInstance", "settings.diskAutoresize", true),
  }),
  row(database, "A supported major (DB-10)", {
    aws: aws.like("rds.Instance", "engineVersion", /^1[4-8]/, "14 to 18", { name: /^database$/ }),
    azure: azure.like("dbforpostgresql.Server", "version", /^1[4-8]/, "14 to 18", { name: /^database$/ }),
    gcp: gcp.like("sql.DatabaseInstance", "databaseVersion", /^POSTGRES_1[4-8]$/, "14 to 18"),
  }),
];

export const storageRows: readonly Row[] = [
  row(storage, "Nothing can be made public", {
    aws: all(
      ...["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].map((path) =>
        aws.is("s3.BucketPublicAccessBlock", path, true),
      ),
    ),
    azure: azure.is("storage.StorageAccount", "allowBlobPublicAccess", false),
    gcp: gcp.is("storage.Bucket", "publicAccessPrevention", "enforced"),
  }),
  row(storage, "No access lists beside policies, no shared keys", {
    aws: aws.is("s3.BucketOwnershipControls", "rule.objectOwnership", "BucketOwnerEnforced"),
    azure: azure.is("storage.StorageAccount", "allowSharedKeyAccess", false),
    gcp: gcp.is("storage.Bucket", "uniformBucketLevelAccess", true),
  }),
  row(storage, "Private network only", {
    aws: aws.there("ec2.VpcEndpoint", { name: /s3/ }),
    azure: azure.is("storage.StorageAccount", "publicNetworkAccess", "Disabled", { some: true }),
    gcp: cannot("reached over Google's private access; a perimeter (VPC Service Controls) is the organisation's"),
  }),
  row(storage, "TLS only, 1.2 at least", {
    aws: aws.like("s3.BucketPolicy", "policy", /aws:SecureTransport/, "denies aws:SecureTransport = false"),
    azure: all(
      azure.is("storage.StorageAccount", "enableHttpsTrafficOnly", true),
      azure.like("storage.StorageAccount", "minimumTlsVersion", /TLS1_[23]/, "TLS 1.2"),
    ),
    gcp: cannot("Cloud Storage always answers over TLS 1.2 or later to HTTPS clients"),
  }),
  row(storage, "Encrypted under a customer key, backups too (SEC-03, BAK-04)", {
    aws: aws.there("s3.BucketServerSideEncryptionConfiguration"),
    azure: azure.is("storage.StorageAccount", "encryption.keySource", "Microsoft.Keyvault"),
    gcp: gcp.has("storage.Bucket", "encryption.defaultKmsKeyName"),
  }),
  row(storage, "Versions and soft delete", {
    aws: aws.is("s3.BucketVersioning", "versioningConfiguration.status", "Enabled"),
    azure: all(
      azure.is("storage.BlobServiceProperties", "deleteRetentionPolicy.enabled", true),
      azure.is("storage.BlobServiceProperties", "containerDeleteRetentionPolicy.enabled", true),
    ),
    gcp: gcp.is("storage.Bucket", "versioning.enabled", true, { name: /uploads|assets/ }),
  }),
  row(storage, "Old data moves to archive, leftovers go", {
    aws: aws.there("s3.BucketLifecycleConfiguration"),
    azure: azure.there("storage.ManagementPolicy"),
    gcp: gcp.has("storage.Bucket", "lifecycleRules", { name: /uploads|backups/ }),
  }),
  row(storage, "Access is logged", {
    aws: aws.there("s3.BucketLogging"),
    azure: azure.there("monitor.DiagnosticSetting", { name: /storage/ }),
    gcp: gcp.has("storage.Bucket", "logging", { name: /uploads/ }),
  }),
  row(storage, "Backups are write-once", {
    aws: aws.there("s3.BucketObjectLockConfiguration"),
    azure: azure.there("storage.BlobContainerImmutabilityPolicy"),
    gcp: gcp.is("storage.Bucket", "retentionPolicy.isLocked", true, { name: /backups$/ }),
  }),
  row(storage, "Full buckets are not deleted", {
    aws: aws.is("s3.Bucket", "forceDestroy", false),
    azure: azure.is("authorization.ManagementLockByScope", "level", "CanNotDelete"),
    gcp: gcp.is("storage.Bucket", "forceDestroy", false),
  }),
];
