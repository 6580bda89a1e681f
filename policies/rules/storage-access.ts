// STO-05 to STO-08: who can reach objects, snapshots and images.
import { companion } from "../companion";
import { document } from "../documents";
import { letsAnyoneIn } from "../iam";
import { all, any, each, equals, fail, filled, isFalse, isTrue, noneOf, oneOf, pass, unknown, when } from "../judge";
import { publicMembers } from "../members";
import { perimeter } from "../perimeter";
import { asText, isUnknown, list, read, text } from "../read";
import { rule } from "../rule";
import { aws, awsGraph, azure, gcp, token } from "../tokens";

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
  azure(
    "storage.StorageAccount",
    all(
      isFalse("allowSharedKeyAccess"),
      isTrue("defaultToOAuthAuthentication"),
      // Local users log in by SFTP, with passwords and keys that the account keeps:
      // https://learn.microsoft.com/azure/storage/blobs/secure-file-transfer-protocol-support
      isFalse("isLocalUserEnabled", "pass"),
      isFalse("isSftpEnabled", "pass"),
    ),
  ),
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
