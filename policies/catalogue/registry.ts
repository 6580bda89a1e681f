// Container registries and caches.
import type { Texts } from ".";

export const registry: Texts = {
  "registry-scan-on-push": {
    title: "Images are scanned for known flaws when they come in",
    severity: "high",
    phase: "stack",
    why: "An image with a known flaw is found before it runs. Plans and APIs that exist once a subscription or project are looked for where the stack sets any, or is a landing zone.",
    remedy: {
      aws: "Set imageScanningConfiguration.scanOnPush, or a RegistryScanningConfiguration for all repositories.",
      azure: "Set the security.Pricing Containers to Standard.",
      gcp: "Switch on containerscanning.googleapis.com, and leave vulnerabilityScanningConfig at INHERITED.",
    },
  },
  "registry-immutable-tags": {
    title: "A tag stays with its image",
    severity: "medium",
    phase: "resource",
    why: "Whoever can move a tag changes what runs after the next restart.",
    remedy: {
      aws: "Set imageTagMutability to IMMUTABLE.",
      azure:
        "Set policies.retentionPolicy or softDeletePolicy to enabled, so that a replaced image stays; lock tags by token.",
      gcp: "Set dockerConfig.immutableTags.",
    },
  },
  "registry-cmk": {
    title: "Registries are encrypted under a customer key",
    severity: "medium",
    phase: "resource",
    why: "Images hold source, and often secrets; the key is the last word on who reads them.",
    remedy: {
      aws: "Set encryptionConfigurations with encryptionType KMS and kmsKey.",
      azure: "Set encryption.status to enabled with keyVaultProperties.",
      gcp: "Set kmsKeyName.",
    },
  },
  "registry-not-public": {
    title: "Nobody pulls or pushes images without an identity",
    severity: "high",
    phase: "resource",
    why: "An open registry gives software away, and an admin password is nobody's.",
    remedy: {
      aws: "Name principals in the repository's policy; use ecr.Repository instead of ecrpublic.Repository.",
      azure: "Leave adminUserEnabled and anonymousPullEnabled off; set publicNetworkAccess to Disabled.",
      gcp: "Name members instead of allUsers and allAuthenticatedUsers.",
    },
  },
  "registry-lifecycle-and-quarantine": {
    title: "Old images go, and new ones are held until they are cleared",
    severity: "low",
    phase: "stack",
    why: "What nobody removes is found and run years later, with the flaws of its time.",
    remedy: {
      aws: "Add an ecr.LifecyclePolicy.",
      azure: "Set policies.retentionPolicy, quarantinePolicy or trustPolicy to enabled.",
      gcp: "Set cleanupPolicies, and leave cleanupPolicyDryRun off.",
    },
  },
  "identity-cache-auth": {
    title: "Caches ask for a login",
    severity: "high",
    phase: "resource",
    why: "A cache without logins is open to every machine that reaches it.",
    remedy: {
      aws: "Set userGroupIds or authToken (MemoryDB: an aclName other than open-access); give users passwords or IAM.",
      azure:
        "Use Entra, or keys over TLS alone: clientProtocol Encrypted (classic: disableAccessKeyAuthentication and aadEnabled).",
      gcp: "Set authEnabled (clusters: authorizationMode to IAM).",
    },
  },
  "backup-cache-snapshots": {
    title: "Caches outside dev have snapshots and a standby that takes over",
    severity: "medium",
    phase: "resource",
    why: "An empty cache after a failure falls on the database behind it.",
    remedy: {
      aws: "Set snapshotRetentionLimit, automaticFailoverEnabled and multiAzEnabled.",
      azure: "Set persistence.rdbEnabled and leave highAvailability on (classic: zones and rdbBackupEnabled).",
      gcp: "Set tier to STANDARD_HA and persistenceConfig to RDB (clusters: replicaCount and persistenceConfig).",
    },
  },
};
