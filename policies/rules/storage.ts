// STO: object stores and images are private, versioned, logged, write-once where they must be.
import { companion } from "../companion";
import { diagnosticSetting, diagnosticsOf, logsCategory } from "../diagnostics";
import { document } from "../documents";
import { letsAnyoneIn } from "../iam";
import {
  all,
  any,
  atLeast,
  each,
  equals,
  fail,
  filled,
  holds,
  isFalse,
  isTrue,
  noneOf,
  notApplicable,
  oneOf,
  pass,
  unknown,
  when,
} from "../judge";
import { publicMembers } from "../members";
import { perimeter } from "../perimeter";
import { asText, folded, isUnknown, list, read, text } from "../read";
import { type Context, type Judge, relaxed, rule, type View } from "../rule";
import { tagOf } from "../tags";
import { aws, awsGraph, azure, azureGraph, gcp, gcpGraph, token } from "../tokens";

const blocks = all(
  isTrue("blockPublicAcls"),
  isTrue("blockPublicPolicy"),
  isTrue("ignorePublicAcls"),
  isTrue("restrictPublicBuckets"),
);

export const blockPublicAccess = rule(
  "storage-block-public-access",
  awsGraph("s3.Bucket", companion([token("aws", "s3.BucketPublicAccessBlock")], "bucket", blocks)),
  azure("storage.StorageAccount", isFalse("allowBlobPublicAccess")),
  azure("storage.BlobContainer", equals("publicAccess", "None", "pass")),
  gcp("storage.Bucket", equals("publicAccessPrevention", "enforced")),
);

export const noPublicGrant = rule(
  "storage-no-public-acl-or-iam",
  aws("s3.BucketAcl, s3.Bucket", noneOf("acl", ["public-read", "public-read-write", "authenticated-read"])),
  aws(
    "s3.BucketAcl",
    each("accessControlPolicy.grants", (at) => noneOf(`${at}.grantee.uri`, anonymous)),
  ),
  aws("s3.BucketPolicy", document("policy", "no statement that lets anyone in", letsAnyoneIn)),
  azure("storage.BlobContainer", equals("publicAccess", "None", "pass")),
  gcp("storage.BucketIAMMember, storage.BucketIAMBinding", publicMembers),
  gcp(
    "storage.BucketACL, storage.DefaultObjectACL",
    noneOf("predefinedAcl", ["publicRead", "publicReadWrite", "authenticatedRead"]),
  ),
);
const anonymous = ["AllUsers", "AuthenticatedUsers"].map((group) => `http://acs.amazonaws.com/groups/global/${group}`);

/** Built-in policy "Storage account public access should be disallowed". */
const azurePublicAccess = /4fa4b6c0-31ca-4c0d-b10d-24b96f62a751$/i;

/** An account-wide block is the landing zone's; where a stack holds it, it is whole. */
export const accountBlock = rule(
  "storage-account-level-public-block",
  aws("s3.AccountPublicAccessBlock", blocks),
  azure(
    "authorization.PolicyAssignment",
    when(
      (view) => {
        const id = read(view.props, "policyDefinitionId");
        return isUnknown(id) ? "unknown" : azurePublicAccess.test(asText(id));
      },
      "another policy",
      noneOf("enforcementMode", ["DoNotEnforce"]),
    ),
  ),
  gcp(
    "orgpolicy.Policy",
    when(
      (view) =>
        isUnknown(read(view.props, "name"))
          ? "unknown"
          : text(view.props, "name").endsWith("storage.publicAccessPrevention"),
      "another constraint",
      each("spec.rules", (at) => isTrue(`${at}.enforce`), fail("spec.rules", "a rule that enforces it")),
    ),
  ),
);

/** Buckets and accounts that others write their logs to: no log of the log, no older versions of it. */
function isLogSink(view: View, { graph }: Context): boolean {
  const named = (type: string, property: string) => graph.companions(view, [type], property).sure.length > 0;
  return (
    named(token("aws", "s3.BucketLogging"), "targetBucket") ||
    named(token("gcp", "storage.Bucket"), "logging.logBucket") ||
    named(diagnosticSetting, "storageAccountId") ||
    named(token("azure", "network.FlowLog"), "storageId")
  );
}
const unlessSink =
  (judge: Judge): Judge =>
  (view, context) =>
    isLogSink(view, context) ? notApplicable("others' logs are delivered to it") : judge(view, context);

/** Accounts for files, queues and tables alone have no blobs to keep. */
const holdsBlobs =
  (judge: Judge): Judge =>
  (view, context) =>
    text(view.props, "kind") === "FileStorage" ? notApplicable("no blobs") : judge(view, context);

const week = 7;
const blobService = [token("azure", "storage.BlobServiceProperties")];

export const versioning = rule(
  "storage-versioning",
  awsGraph(
    "s3.Bucket",
    unlessSink(
      companion([token("aws", "s3.BucketVersioning")], "bucket", equals("versioningConfiguration.status", "Enabled")),
    ),
  ),
  azureGraph(
    "storage.StorageAccount",
    holdsBlobs((view, context) =>
      companion(
        blobService,
        "accountName",
        all(
          ...(isLogSink(view, context) ? [] : [isTrue("isVersioningEnabled")]),
          atLeast("deleteRetentionPolicy.days", week),
          atLeast("containerDeleteRetentionPolicy.days", week),
        ),
      )(view, context),
    ),
  ),
  gcpGraph(
    "storage.Bucket",
    all(
      unlessSink(any(isTrue("versioning.enabled"), filled("retentionPolicy.retentionPeriod", "write-once instead"))),
      atLeast("softDeletePolicy.retentionDurationSeconds", week * 86400, "pass"),
    ),
  ),
);

export const accessLogging = rule(
  "storage-access-logging",
  awsGraph("s3.Bucket", unlessSink(companion([token("aws", "s3.BucketLogging")], "bucket", filled("targetBucket")))),
  azureGraph(
    "storage.StorageAccount",
    holdsBlobs(unlessSink(diagnosticsOf(logsCategory(["StorageRead", "StorageWrite", "StorageDelete"])))),
  ),
  gcpGraph("storage.Bucket", unlessSink(any(filled("logging.logBucket", "a bucket for access logs"), auditedStorage))),
);

/** Data access audit logs of the project do the same. */
function auditedStorage(_: View, { graph }: Context) {
  const on = graph.ofType(token("gcp", "projects.IAMAuditConfig")).some((config) => {
    const configs = list(config.props, "auditLogConfigs");
    const covers = ["allServices", "storage.googleapis.com"].includes(text(config.props, "service"));
    return covers && typeof configs !== "symbol" && configs.some((one) => text(one, "logType") === "DATA_READ");
  });
  return on ? pass("logging") : fail("logging.logBucket", "access logs, or data access audit logs of the project");
}

/** Stores of backups and audit records: by data class, or by the word in their name. Throw-away environments lock nothing. */
function mustBeWriteOnce(view: View, context: Context): boolean {
  const named = /(^|[-_])(backups?|audit|archive)([-_]|$)/i.test(view.name);
  return !relaxed(context) && (named || folded({ value: tagOf(view, "data-class") }, "value") === "regulated");
}
const writeOnce = (judge: Judge) =>
  when(mustBeWriteOnce, "no store of backups or audit records, or a throw-away one", judge);

export const objectLock = rule(
  "storage-object-lock-audit-buckets",
  awsGraph(
    "s3.Bucket",
    writeOnce(
      companion(
        [token("aws", "s3.BucketObjectLockConfiguration")],
        "bucket",
        all(
          equals("rule.defaultRetention.mode", "COMPLIANCE"),
          any(atLeast("rule.defaultRetention.days", 1), atLeast("rule.defaultRetention.years", 1)),
        ),
      ),
    ),
  ),
  azureGraph(
    "storage.StorageAccount",
    writeOnce(any(isTrue("immutableStorageWithVersioning.enabled"), containerPolicy)),
  ),
  gcp("storage.Bucket", writeOnce(atLeast("retentionPolicy.retentionPeriod", 1))),
);

function containerPolicy(view: View, context: Context) {
  const types = [token("azure", "storage.BlobContainerImmutabilityPolicy")];
  return companion(types, "accountName", atLeast("immutabilityPeriodSinceCreationInDays", 1))(view, context);
}

export const ownership = rule(
  "storage-ownership-enforced",
  awsGraph(
    "s3.Bucket",
    companion(
      [token("aws", "s3.BucketOwnershipControls")],
      "bucket",
      equals("rule.objectOwnership", "BucketOwnerEnforced"),
      "pass",
    ),
  ),
  azure("storage.StorageAccount", all(isFalse("allowSharedKeyAccess"), isTrue("defaultToOAuthAuthentication"))),
  gcp("storage.Bucket", isTrue("uniformBucketLevelAccess")),
);

export const networkDeny = rule(
  "storage-network-default-deny",
  aws("s3.AccessPoint", filled("vpcConfiguration.vpcId", "a VPC")),
  azure(
    "storage.StorageAccount",
    any(equals("publicNetworkAccess", "Disabled"), equals("networkRuleSet.defaultAction", "Deny")),
  ),
  gcp("accesscontextmanager.ServicePerimeter", perimeter("storage.googleapis.com")),
);

export const lifecycle = rule(
  "storage-lifecycle",
  awsGraph("s3.Bucket", companion([token("aws", "s3.BucketLifecycleConfiguration")], "bucket", filled("rules"))),
  azureGraph(
    "storage.StorageAccount",
    holdsBlobs(companion([token("azure", "storage.ManagementPolicy")], "accountName", filled("policy.rules"))),
  ),
  gcp("storage.Bucket", filled("lifecycleRules", "a rule")),
);

/** First-tier data, by the tag `tier` or `criticality`, outlives its region. */
const firstTier = (view: View) =>
  ["tier", "criticality"].some((key) => /^(1|tier-?1|critical)$/i.test(folded({ value: tagOf(view, key) }, "value")));
const tierOne = (judge: Judge) => when(firstTier, "not tagged as tier-1 data", judge);

export const replication = rule(
  "storage-replication",
  awsGraph(
    "s3.Bucket",
    tierOne(
      companion(
        [token("aws", "s3.BucketReplicationConfig")],
        "bucket",
        each("rules", (at) => equals(`${at}.status`, "Enabled"), fail("rules", "a rule")),
      ),
    ),
  ),
  azure(
    "storage.StorageAccount",
    tierOne(oneOf("sku.name", ["Standard_GRS", "Standard_RAGRS", "Standard_GZRS", "Standard_RAGZRS"])),
  ),
  gcp(
    "storage.Bucket",
    tierOne(
      any(
        holds("location", "a dual or multi-region", (value) => !asText(value).includes("-")),
        equals("rpo", "ASYNC_TURBO"),
      ),
    ),
  ),
);

export const crossTenant = rule(
  "storage-cross-tenant-off",
  azure(
    "storage.StorageAccount",
    all(isFalse("allowCrossTenantReplication"), oneOf("allowedCopyScope", ["AAD", "PrivateLink"])),
  ),
);

export const noPublicImages = rule(
  "storage-no-public-snapshots-images",
  aws("ec2.SnapshotCreateVolumePermission", noneOf("accountId", ["all"])),
  aws("rds.Snapshot, rds.ClusterSnapshot", (view) => {
    const accounts = list(view.props, "sharedAccounts");
    if (typeof accounts === "symbol") return unknown("sharedAccounts", "named accounts only");
    return accounts.includes("all") ? fail("sharedAccounts", "named accounts only") : pass("sharedAccounts");
  }),
  aws("ec2.AmiLaunchPermission", noneOf("group", ["all"])),
  aws("ec2.ImageBlockPublicAccess", equals("state", "block-new-sharing")),
  aws("ebs.SnapshotBlockPublicAccess", oneOf("state", ["block-all-sharing", "block-new-sharing"])),
  azure(
    "compute.Disk, compute.Snapshot",
    all(oneOf("networkAccessPolicy", ["DenyAll", "AllowPrivate"]), equals("publicNetworkAccess", "Disabled")),
  ),
  gcp("compute.ImageIamMember, compute.ImageIamBinding, compute.SnapshotIamMember", publicMembers),
);
