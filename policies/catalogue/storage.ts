// Who can read, change and delete stored objects.
import type { Texts } from ".";

export const storage: Texts = {
  "storage-block-public-access": {
    title: "Object stores block every form of public access",
    severity: "critical",
    phase: "stack",
    why: "One wrong ACL or policy publishes a bucket; the block stands above both.",
    remedy: {
      aws: "Add a BucketPublicAccessBlock with all four blocks for the bucket.",
      azure: "Set allowBlobPublicAccess to false, and publicAccess of containers to None.",
      gcp: "Set publicAccessPrevention to enforced.",
    },
  },
  "storage-no-public-acl-or-iam": {
    title: "No ACL, policy or grant makes objects public",
    severity: "critical",
    phase: "resource",
    why: "Anonymous grants are how data leaks without an attack.",
    remedy: {
      aws: "Remove public ACLs; name principals in the policy.",
      azure: "Set publicAccess to None.",
      gcp: "Name members instead of allUsers and allAuthenticatedUsers.",
    },
  },
  "storage-account-level-public-block": {
    title: "A block of public access for the whole account is complete",
    severity: "high",
    phase: "stack",
    why: "A block of the whole account also covers buckets that nobody thought of.",
    remedy: {
      aws: "Set all four blocks of the AccountPublicAccessBlock.",
      azure: "Set enforcementMode of the assignment to Default.",
      gcp: "Set enforce in spec.rules of storage.publicAccessPrevention.",
    },
  },
  "storage-versioning": {
    title: "Overwritten and deleted objects can be restored",
    severity: "medium",
    phase: "stack",
    why: "An overwritten or deleted object must come back, after a mistake and after ransomware.",
    remedy: {
      aws: "Add a BucketVersioning with status Enabled.",
      azure: "Add BlobServiceProperties: isVersioningEnabled, and soft delete of 7 days for blobs and containers.",
      gcp: "Set versioning.enabled, and a softDeletePolicy of 7 days or more.",
    },
  },
  "storage-access-logging": {
    title: "Access to objects is logged",
    severity: "medium",
    phase: "stack",
    why: "Who read an object can only be told by a log that was on at the time.",
    remedy: {
      aws: "Add a BucketLogging with a targetBucket.",
      azure: "Add a DiagnosticSetting for .../blobServices/default with StorageRead, StorageWrite, StorageDelete.",
      gcp: "Set logging.logBucket.",
    },
  },
  "storage-object-lock-audit-buckets": {
    title: "Stores of backups and audit records are write-once",
    severity: "high",
    phase: "resource",
    why: "Backups and audit records that an administrator can delete don't survive a stolen login.",
    remedy: {
      aws: "Add a BucketObjectLockConfiguration in COMPLIANCE mode.",
      azure:
        "Give the container a BlobContainerImmutabilityPolicy, or the account immutableStorageWithVersioning with an immutabilityPolicy; enabled alone holds nothing.",
      gcp: "Set retentionPolicy.retentionPeriod.",
    },
  },
  "storage-ownership-enforced": {
    title: "Access to objects goes by identity, not by ACLs or shared keys",
    severity: "medium",
    phase: "stack",
    why: "Access should be decided in one place, by identity, not by ACLs, shared keys and users of one account.",
    remedy: {
      aws: "Set objectOwnership to BucketOwnerEnforced.",
      azure:
        "Set allowSharedKeyAccess, isLocalUserEnabled and isSftpEnabled to false and defaultToOAuthAuthentication to true.",
      gcp: "Set uniformBucketLevelAccess to true.",
    },
  },
  "storage-network-default-deny": {
    title: "Object stores are closed to the public network",
    severity: "high",
    phase: "resource",
    why: "A store that the internet can't reach can't be read with a leaked key.",
    remedy: {
      aws: "Set vpcConfiguration.vpcId on the access point.",
      azure: "Set publicNetworkAccess to Disabled, or networkRuleSet.defaultAction to Deny.",
      gcp: "Add storage.googleapis.com to status.restrictedServices.",
    },
  },
  "storage-lifecycle": {
    title: "Object stores clean up and archive by rule",
    severity: "low",
    phase: "stack",
    why: "What is never cleaned up is paid for, and liable, for ever.",
    remedy: {
      aws: "Add a BucketLifecycleConfiguration.",
      azure: "Add a ManagementPolicy for the account.",
      gcp: "Set lifecycleRules.",
    },
  },
  "storage-replication": {
    title: "Tier-1 objects are kept in a second region",
    severity: "low",
    phase: "stack",
    why: "Tier-1 data must outlive its region.",
    remedy: {
      aws: "Add a BucketReplicationConfig with an Enabled rule.",
      azure: "Use a GRS or GZRS SKU.",
      gcp: "Use a dual-region location.",
    },
  },
  "storage-cross-tenant-off": {
    title: "Objects aren't replicated or copied across tenants",
    severity: "medium",
    phase: "resource",
    why: "Replication to another tenant carries data out past every firewall.",
    remedy: { azure: "Set allowCrossTenantReplication to false and allowedCopyScope to AAD." },
  },
  "storage-no-public-snapshots-images": {
    title: "Snapshots and images are never shared publicly",
    severity: "critical",
    phase: "resource",
    why: "A shared snapshot is the whole disk, for everyone.",
    remedy: {
      aws: "Share with named accounts only; block public sharing for the account.",
      azure: "Set networkAccessPolicy to DenyAll or AllowPrivate and publicNetworkAccess to Disabled.",
      gcp: "Name members instead of allUsers and allAuthenticatedUsers.",
    },
  },
};
