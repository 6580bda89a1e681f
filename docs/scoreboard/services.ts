import { all, aws, azure, cannot, gcp, type Row, row } from "./row";

const cache = "4.4 Cache";
const keys = "4.7 Keys";
const secrets = "4.7 Secrets";
const registry = "4.7 Registry";
const audit = "4.7 Audit";

export const cacheRows: readonly Row[] = [
  row(cache, "TLS or nothing", {
    aws: all(
      aws.is("elasticache.ReplicationGroup", "transitEncryptionEnabled", true),
      aws.is("elasticache.ReplicationGroup", "transitEncryptionMode", "required"),
    ),
    azure: azure.is("redisenterprise.Database", "clientProtocol", "Encrypted"),
    gcp: gcp.is("redis.Instance", "transitEncryptionMode", "SERVER_AUTHENTICATION"),
  }),
  row(cache, "TLS 1.2 at least", {
    aws: cannot("ElastiCache speaks 1.2 and later only"),
    azure: azure.is("redisenterprise.RedisEnterprise", "minimumTlsVersion", "1.2"),
    gcp: cannot("Memorystore speaks 1.2 and later only"),
  }),
  row(cache, "A login, kept in the secret store", {
    aws: all(
      aws.has("elasticache.ReplicationGroup", "userGroupIds"),
      aws.there("secretsmanager.Secret", { name: /cache/ }),
    ),
    azure: azure.there("keyvault.Secret", { name: /cache/ }),
    gcp: all(
      gcp.is("redis.Instance", "authEnabled", true),
      gcp.there("secretmanager.SecretVersion", { name: /cache/ }),
    ),
  }),
  row(cache, "Encrypted under a customer key", {
    aws: all(
      aws.is("elasticache.ReplicationGroup", "atRestEncryptionEnabled", true),
      aws.has("elasticache.ReplicationGroup", "kmsKeyId"),
    ),
    azure: azure.has("redisenterprise.RedisEnterprise", "encryption.customerManagedKeyEncryption"),
    gcp: gcp.has("redis.Instance", "customerManagedKey"),
  }),
  row(cache, "In the private network only", {
    aws: aws.has("elasticache.ReplicationGroup", "subnetGroupName"),
    azure: azure.is("redisenterprise.RedisEnterprise", "publicNetworkAccess", "Disabled"),
    gcp: gcp.is("redis.Instance", "connectMode", "PRIVATE_SERVICE_ACCESS"),
  }),
  row(cache, "A replica in another zone takes over", {
    aws: all(
      aws.is("elasticache.ReplicationGroup", "automaticFailoverEnabled", true),
      aws.is("elasticache.ReplicationGroup", "multiAzEnabled", true),
    ),
    azure: azure.is("redisenterprise.RedisEnterprise", "highAvailability", "Enabled"),
    gcp: gcp.is("redis.Instance", "tier", "STANDARD_HA"),
  }),
  row(cache, "Snapshots", {
    aws: aws.atLeast("elasticache.ReplicationGroup", "snapshotRetentionLimit", 7),
    azure: azure.is("redisenterprise.Database", "persistence.rdbEnabled", true),
    gcp: gcp.is("redis.Instance", "persistenceConfig.persistenceMode", "RDB"),
  }),
  row(cache, "An eviction policy of choice", {
    aws: aws.like("elasticache.ParameterGroup", "parameters", /maxmemory-policy.*volatile-lru/, "volatile-lru"),
    azure: azure.is("redisenterprise.Database", "evictionPolicy", "VolatileLRU"),
    gcp: gcp.is("redis.Instance", "redisConfigs.maxmemory-policy", "volatile-lru"),
  }),
  row(cache, "Logs are kept", {
    aws: aws.has("elasticache.ReplicationGroup", "logDeliveryConfigurations"),
    azure: azure.there("monitor.DiagnosticSetting", { name: /cache/ }),
    gcp: gcp.there("logging.ProjectSink", { name: /cache/ }),
  }),
  row(cache, "Not deleted by mistake", {
    aws: all(
      aws.protect("elasticache.ReplicationGroup"),
      aws.has("elasticache.ReplicationGroup", "finalSnapshotIdentifier"),
    ),
    azure: azure.protect("redisenterprise.RedisEnterprise"),
    gcp: all(gcp.protect("redis.Instance"), gcp.is("redis.Instance", "deletionProtection", true)),
  }),
];

export const keyRows: readonly Row[] = [
  row(keys, "Keys rotate", {
    aws: aws.is("kms.Key", "enableKeyRotation", true, { name: /^(keys|standby-keys)/ }),
    azure: azure.has("keyvault.Key", "properties.rotationPolicy"),
    gcp: gcp.has("kms.CryptoKey", "rotationPeriod"),
  }),
  row(keys, "A deleted key can be saved for 30 days", {
    aws: aws.atLeast("kms.Key", "deletionWindowInDays", 30, { name: /^(keys|standby-keys)/ }),
    azure: all(
      azure.is("keyvault.Vault", "properties.enablePurgeProtection", true),
      azure.atLeast("keyvault.Vault", "properties.softDeleteRetentionInDays", 30),
    ),
    gcp: gcp.has("kms.CryptoKey", "destroyScheduledDuration"),
  }),
  row(keys, "One key a purpose", {
    aws: aws.there("kms.Alias"),
    azure: azure.there("keyvault.Key", { name: /database/ }),
    gcp: gcp.there("kms.CryptoKey", { name: /database/ }),
  }),
  row(keys, "Only the services that need a key may use it", {
    aws: aws.like(
      "kms.Key",
      "policy",
      /kms:(CallerAccount|ViaService)|aws:SourceAccount/,
      "conditions on account and service",
      {
        some: true,
      },
    ),
    azure: azure.is("keyvault.Vault", "properties.enableRbacAuthorization", true),
    gcp: gcp.there("kms.CryptoKeyIAMMember"),
  }),
  row(keys, "Keys are protected against deletion", {
    aws: aws.protect("kms.Key", { name: /^(keys|standby-keys)/ }),
    azure: azure.protect("keyvault.Vault"),
    gcp: gcp.protect("kms.CryptoKey"),
  }),
  row(keys, "The vault is private", {
    aws: aws.there("ec2.VpcEndpoint", { name: /kms/ }),
    azure: azure.is("keyvault.Vault", "properties.networkAcls.defaultAction", "Deny"),
    gcp: cannot("Cloud KMS is reached over Google's private access"),
  }),
];

export const secretRows: readonly Row[] = [
  row(secrets, "Under a customer key", {
    aws: aws.has("secretsmanager.Secret", "kmsKeyId"),
    azure: cannot("Key Vault keeps secrets under its own HSM-backed keys; a customer key can't be given"),
    gcp: gcp.like("secretmanager.Secret", "replication", /kmsKeyName/, "a key in each place"),
  }),
  row(secrets, "A deleted secret can be saved", {
    aws: aws.atLeast("secretsmanager.Secret", "recoveryWindowInDays", 7),
    azure: azure.is("keyvault.Vault", "properties.enableSoftDelete", true),
    gcp: gcp.has("secretmanager.Secret", "versionDestroyTtl", { name: /secrets/ }),
  }),
  row(secrets, "A rotation is asked for", {
    aws: aws.there("secretsmanager.SecretRotation"),
    azure: azure.has("keyvault.Secret", "properties.attributes.expires", { name: /secrets/ }),
    gcp: gcp.has("secretmanager.Secret", "rotation.rotationPeriod", { name: /secrets/ }),
  }),
  row(secrets, "A copy in the other region", {
    aws: aws.has("secretsmanager.Secret", "replicas", { name: /^secrets/ }),
    azure: azure.there("keyvault.Secret", { name: /secrets.*(replica|standby|copy)/ }),
    gcp: gcp.has("secretmanager.Secret", "replication.userManaged.replicas.1", { name: /secrets/ }),
  }),
];

export const registryRows: readonly Row[] = [
  row(registry, "Tags don't move", {
    aws: aws.like("ecr.Repository", "imageTagMutability", /^IMMUTABLE/, "immutable"),
    azure: cannot(
      "Azure Container Registry locks tags one by one, on the data plane; the release pipeline locks what it pushes",
    ),
    gcp: gcp.is("artifactregistry.Repository", "dockerConfig.immutableTags", true),
  }),
  row(registry, "Images are scanned", {
    aws: aws.is("ecr.Repository", "imageScanningConfiguration.scanOnPush", true),
    azure: azure.there("security.Pricing"),
    gcp: gcp.is("artifactregistry.Repository", "vulnerabilityScanningConfig.enablementConfig", "INHERITED"),
  }),
  row(registry, "Under a customer key", {
    aws: aws.is("ecr.Repository", "encryptionConfigurations.*.encryptionType", "KMS"),
    azure: azure.is("containerregistry.Registry", "encryption.status", "enabled"),
    gcp: gcp.has("artifactregistry.Repository", "kmsKeyName"),
  }),
  row(registry, "The last releases are kept, the rest goes", {
    aws: aws.there("ecr.LifecyclePolicy"),
    azure: azure.there("containerregistry.Task"),
    gcp: gcp.has("artifactregistry.Repository", "cleanupPolicies"),
  }),
  row(registry, "Private, no administrator's password", {
    aws: aws.there("ec2.VpcEndpoint", { name: /ecr/ }),
    azure: all(
      azure.is("containerregistry.Registry", "adminUserEnabled", false),
      azure.is("containerregistry.Registry", "publicNetworkAccess", "Disabled"),
    ),
    gcp: gcp.there("artifactregistry.RepositoryIamMember"),
  }),
  row(registry, "A copy in the other region", {
    aws: aws.there("ecr.ReplicationConfiguration"),
    azure: azure.there("containerregistry.Replication"),
    gcp: gcp.there("artifactregistry.Repository", { name: /replica|standby/ }),
  }),
];

export const auditRows: readonly Row[] = [
  row(audit, "Every change to the account is recorded", {
    aws: aws.is("cloudtrail.Trail", "isMultiRegionTrail", true),
    azure: azure.there("monitor.DiagnosticSetting", { name: /audit/ }),
    gcp: gcp.is("projects.IAMAuditConfig", "service", "allServices", { name: /^audit/ }),
  }),
  row(audit, "Records can't be rewritten", {
    aws: all(
      aws.is("cloudtrail.Trail", "enableLogFileValidation", true),
      aws.there("s3.BucketObjectLockConfiguration", { name: /audit/ }),
    ),
    azure: azure.there("storage.BlobContainerImmutabilityPolicy", { name: /audit/ }),
    gcp: gcp.is("logging.ProjectBucketConfig", "locked", true, { name: /audit/ }),
  }),
  row(audit, "Records are under a customer key", {
    aws: aws.has("cloudtrail.Trail", "kmsKeyId"),
    azure: azure.is("storage.StorageAccount", "encryption.keySource", "Microsoft.Keyvault", { name: /audit/ }),
    gcp: gcp.has("logging.ProjectBucketConfig", "cmekSettings.kmsKeyName", { name: /audit/ }),
  }),
  row(audit, "Kept for a year", {
    aws: aws.atLeast("s3.BucketObjectLockConfiguration", "rule.defaultRetention.days", 365, { name: /audit/ }),
    azure: azure.atLeast("storage.BlobContainerImmutabilityPolicy", "immutabilityPeriodSinceCreationInDays", 365, {
      name: /audit/,
    }),
    gcp: gcp.atLeast("logging.ProjectBucketConfig", "retentionDays", 365, { name: /audit/ }),
  }),
  row(audit, "Threats are detected", {
    aws: aws.is("guardduty.Detector", "enable", true),
    azure: azure.is("security.Pricing", "pricingTier", "Standard"),
    gcp: all(gcp.there("logging.Metric", { name: /audit/ }), gcp.there("monitoring.AlertPolicy", { name: /audit/ })),
  }),
];
