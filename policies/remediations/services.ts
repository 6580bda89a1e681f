// Storage, keys, logs and accounts.
import { auditLogRetentionDays, keyRotationDays, keyRotationFloorDays } from "../standards";
import type { Remediations } from "./remedy";

export const services: Remediations = {
  "storage-block-public-access": {
    azure: {
      "storage.StorageAccount": [["allowBlobPublicAccess", false]],
    },
    gcp: { "storage.Bucket": [["publicAccessPrevention", "enforced"]] },
  },
  "encryption-object-storage-tls-only": {
    azure: { "storage.StorageAccount": [["minimumTlsVersion", "TLS1_2"]] },
  },
  "storage-ownership-enforced": {
    azure: {
      "storage.StorageAccount": [
        ["allowSharedKeyAccess", false],
        ["defaultToOAuthAuthentication", true],
        ["isLocalUserEnabled", false],
        ["isSftpEnabled", false],
      ],
    },
    gcp: { "storage.Bucket": [["uniformBucketLevelAccess", true]] },
  },
  "storage-versioning": { gcp: { "storage.Bucket": [["versioning.enabled", true]] } },
  "storage-cross-tenant-off": {
    azure: {
      "storage.StorageAccount": [
        ["allowCrossTenantReplication", false],
        ["allowedCopyScope", "AAD"],
      ],
    },
  },
  "kms-rotation": {
    aws: {
      "kms.Key": [
        ["enableKeyRotation", true],
        ["rotationPeriodInDays", keyRotationFloorDays.aws],
      ],
    },
    azure: {
      "keyvault.Key": [
        [
          "properties.rotationPolicy",
          {
            attributes: { expiryTime: `P${keyRotationDays * 3}D` },
            lifetimeActions: [{ action: { type: "rotate" }, trigger: { timeAfterCreate: `P${keyRotationDays}D` } }],
          },
        ],
      ],
    },
    gcp: { "kms.CryptoKey": [["rotationPeriod", `${keyRotationDays * 86400}s`]] },
  },
  "kms-deletion-window": { azure: { "keyvault.Vault": [["properties.enablePurgeProtection", true]] } },
  "audit-trail-integrity": { aws: { "cloudtrail.Trail": [["enableLogFileValidation", true]] } },
  "logging-retention": {
    azure: { "operationalinsights.Workspace": [["retentionInDays", auditLogRetentionDays]] },
    gcp: { "logging.ProjectBucketConfig": [["retentionDays", auditLogRetentionDays]] },
  },
  "identity-password-policy": {
    aws: {
      "iam.AccountPasswordPolicy": [
        ["minimumPasswordLength", 14],
        ["passwordReusePrevention", 24],
      ],
    },
  },
  "identity-os-login-mfa": { gcp: { "compute.ProjectMetadata": [["metadata.enable-oslogin", "TRUE"]] } },
};
