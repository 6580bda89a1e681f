import { DiagnosticSetting } from "@pulumi/azure-native/monitor";
import { BlobServiceProperties, ManagementPolicy, StorageAccount } from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";
import type * as standards from "../../policies/standards";
import type { BuildContext } from "../build";
import type { KeyRef } from "../keys";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { globalName, tagsOf } from "../site/azure-names";
import { lifecycle } from "./azure-lifecycle";
import { hasPair } from "./azure-pairs";

/** What keeps copies of the data. `archive` leaves room for the archive class, which zone-redundant accounts don't have. */
export type Replication = "zone" | "archive";

export interface Account {
  /** Last parts of its name. */
  readonly parts: readonly string[];
  /** Key that encrypts it. */
  readonly key: KeyRef;
  /** Azure's own services write to it: they come past its closed firewall. */
  readonly sink: boolean;
  readonly replication: Replication;
  readonly dataClass: (typeof standards.dataClasses)[number];
  readonly softDeleteDays: number;
  readonly archiveAfterDays?: number;
  readonly expireAfterDays?: number;
  /** Days that a blob is write-once (azure-write-once.ts); undefined: the account can't be. 0: it can, and isn't. */
  readonly immutableDays?: number;
  /** Public addresses that may reach it, beside the private endpoint. */
  readonly writers?: pulumi.Output<string[]>;
  /** Account that access logs are kept in, besides the workspace. */
  readonly logsTo?: pulumi.Input<string>;
}

export interface MadeAccount {
  readonly account: StorageAccount;
  /** Its settings: what uses the account waits for them, its lock too. */
  readonly parts: readonly pulumi.Resource[];
}

const skus = {
  frugal: { zone: "Standard_LRS", archive: "Standard_LRS" },
  lasting: { zone: "Standard_ZRS", archive: "Standard_GRS" },
} as const;

/** Where a region has no partner, what would be archived stays in it. */
export function skuOf(replication: Replication, region: string, frugal: boolean): string {
  if (replication === "archive" && !hasPair(region)) return "Standard_LRS";
  return skus[frugal ? "frugal" : "lasting"][replication];
}

/** What becomes of blobs that are replaced or deleted (STO-08). */
export const blobSettings = ({ softDeleteDays, immutableDays }: Pick<Account, "softDeleteDays" | "immutableDays">) => ({
  isVersioningEnabled: true,
  changeFeed: { enabled: true, retentionInDays: Math.max(softDeleteDays, 7) },
  deleteRetentionPolicy: { enabled: true, days: softDeleteDays },
  containerDeleteRetentionPolicy: { enabled: true, days: softDeleteDays },
  // Back to any moment within the soft-deleted past; write-once accounts don't have it, and need it least.
  ...(immutableDays === undefined && { restorePolicy: { enabled: true, days: softDeleteDays - 1 } }),
});

/** A private account: customer key, Entra logins only, versions, soft delete, lifecycle, access logs (STO-04 to STO-15). */
export function makeAccount(
  { name, site, child }: Pick<BuildContext<unknown>, "name" | "site" | "child">,
  args: Account,
): MadeAccount {
  const { resourceGroup, workspaceId } = nativeOf(site, "azure", "Storage");
  const key = nativeOf(args.key, "azure", "Storage");
  const { deletionProtection } = site.safeguards;
  const writeOnce = args.immutableDays !== undefined;
  const account = new StorageAccount(
    name,
    {
      accountName: globalName(site, azureNames.storageAccount, ...args.parts),
      resourceGroupName: resourceGroup,
      location: site.region,
      kind: "StorageV2",
      sku: { name: skuOf(args.replication, site.region, site.frugal) },
      accessTier: "Hot",
      enableHttpsTrafficOnly: true,
      // The service itself knows no 1.3 yet (MinimumTlsVersion of @pulumi/azure-native); F5's floor for data is 1.2.
      minimumTlsVersion: "TLS1_2",
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: false,
      defaultToOAuthAuthentication: true,
      isLocalUserEnabled: false,
      isSftpEnabled: false,
      isHnsEnabled: false,
      allowCrossTenantReplication: false,
      allowedCopyScope: "AAD",
      // A sink's trusted writers come in by the public side, which is closed to everybody else.
      publicNetworkAccess: args.sink || args.writers ? "Enabled" : "Disabled",
      networkRuleSet: {
        defaultAction: "Deny",
        bypass: args.sink ? "AzureServices" : "None",
        ...(args.writers && {
          ipRules: args.writers.apply((all) =>
            all.map((iPAddressOrRange) => ({ iPAddressOrRange, action: "Allow" as const })),
          ),
        }),
      },
      identity: { type: "UserAssigned", userAssignedIdentities: [key.identityId] },
      encryption: {
        keySource: "Microsoft.Keyvault",
        // Without a version, so that the account follows the key's rotation (SEC-02).
        keyVaultProperties: { keyName: key.keyName, keyVaultUri: key.vaultUri },
        encryptionIdentity: { encryptionUserAssignedIdentity: key.identityId },
        requireInfrastructureEncryption: true,
        services: {
          blob: { enabled: true, keyType: "Account" },
          file: { enabled: true, keyType: "Account" },
          queue: { enabled: true, keyType: "Account" },
          table: { enabled: true, keyType: "Account" },
        },
      },
      // Can only be said at creation, so it doesn't depend on the number of days.
      ...(writeOnce && { immutableStorageWithVersioning: { enabled: true } }),
      tags: tagsOf(site, `${site.prefix}-${name}`, { "data-class": args.dataClass }),
    },
    {
      ...child,
      protect: deletionProtection,
      dependsOn: [key.grant],
    },
  );
  const blobs = new BlobServiceProperties(
    name,
    {
      accountName: account.name,
      resourceGroupName: resourceGroup,
      blobServicesName: "default",
      ...blobSettings(args),
    },
    child,
  );
  // Parallel writes to one account are refused ("another operation is in progress"): one waits for the other.
  const policy = new ManagementPolicy(
    name,
    {
      accountName: account.name,
      resourceGroupName: resourceGroup,
      managementPolicyName: "default",
      policy: { rules: lifecycle(args) },
    },
    { ...child, dependsOn: [blobs] },
  );
  const access = new DiagnosticSetting(
    `${name}-access`,
    {
      name: "to-workspace",
      resourceUri: account.id.apply((id) => `${id}/blobServices/default`),
      workspaceId,
      ...(args.logsTo && { storageAccountId: args.logsTo }),
      logs: ["StorageRead", "StorageWrite", "StorageDelete"].map((category) => ({ category, enabled: true })),
      metrics: [{ category: "Transaction", enabled: true }],
    },
    { ...child, dependsOn: [blobs] },
  );
  return { account, parts: [blobs, policy, access] };
}
