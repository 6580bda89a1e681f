import { Key, Vault } from "@pulumi/azure-native/keyvault";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
import { DiagnosticSetting } from "@pulumi/azure-native/monitor";
import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random";
import type { BuildContext } from "../build";
import { physicalName } from "../naming";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { localName, tagsOf } from "../site/azure-names";
import type { BuildKeys, CompleteKeysArgs, KeyPurpose, KeyRef } from ".";
import { assignRole } from "./azure-role";
import { expiresAfter, rotation, rotationPolicy } from "./azure-rotation";

/** HSM-backed keys where data is meant to last; in dev and preview the cheaper kind of the same key. */
const kinds = {
  lasting: { sku: "premium", kty: "RSA-HSM", suffix: ["hsm"] },
  frugal: { sku: "standard", kty: "RSA", suffix: [] },
} as const;

/** Keys that services name by version: see azure-rotation.ts. */
const pinned: readonly KeyPurpose[] = ["cluster", "cache"];
/** Services wrap their own keys; the KMS plugin of AKS encrypts with it (https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption). */
const operations = (purpose: KeyPurpose) => [
  ...(purpose === "cluster" ? ["encrypt", "decrypt"] : []),
  "wrapKey",
  "unwrapKey",
];

/** A vault of the site's own; for each purpose a key and an identity that may use this key and no other (SEC-01). */
export const build: BuildKeys = (context) => {
  const { name, site, args, child } = context;
  const { resourceGroup, tenantId, workspaceId } = nativeOf(site, "azure", "Keys");
  const kind = site.frugal ? kinds.frugal : kinds.lasting;

  // A deleted vault keeps its name until its window closes (purge protection), so each vault's name is drawn anew.
  const suffix = new RandomId(`${name}-vault-name`, { byteLength: 4, keepers: { region: site.region } }, child);
  const vault = new Vault(
    `${name}-vault`,
    {
      vaultName: pulumi
        .all([site.accountKey, suffix.hex])
        .apply((unique) => physicalName(azureNames.vault, [site.prefix], unique.join())),
      resourceGroupName: resourceGroup,
      location: site.region,
      properties: {
        tenantId,
        sku: { family: "A", name: kind.sku },
        enableRbacAuthorization: true,
        enableSoftDelete: true,
        softDeleteRetentionInDays: args.deletionWindowDays,
        enablePurgeProtection: true,
        publicNetworkAccess: "Disabled",
        // The bypass lets Storage, PostgreSQL and Resource Manager reach the vault: they use it for us.
        networkAcls: { defaultAction: "Deny", bypass: "AzureServices" },
      },
      tags: tagsOf(site, `${site.prefix}-${name}`),
    },
    { ...child, protect: site.safeguards.deletionProtection },
  );
  new DiagnosticSetting(
    `${name}-vault-audit`,
    {
      name: "to-workspace",
      resourceUri: vault.id,
      workspaceId,
      logs: [
        { category: "AuditEvent", enabled: true },
        { category: "AzurePolicyEvaluationDetails", enabled: true },
      ],
      metrics: [{ category: "AllMetrics", enabled: true }],
    },
    child,
  );

  const keyOf = (purpose: KeyPurpose) => [purpose, makeKey(context, vault, purpose, kind)] as const;
  return {
    keys: Object.fromEntries(args.purposes.map(keyOf)),
    native: { cloud: "azure", vaultId: vault.id, vaultName: vault.name },
  };
};

function makeKey(
  { name, site, args, child }: BuildContext<CompleteKeysArgs>,
  vault: Vault,
  purpose: KeyPurpose,
  kind: (typeof kinds)[keyof typeof kinds],
): KeyRef {
  const { resourceGroup, subscriptionId } = nativeOf(site, "azure", "Keys");
  const rotate = rotation(args.rotationDays, pinned.includes(purpose));
  // The kind is part of the name: a deleted key's name is taken until its window closes, so another kind stands beside it.
  const keyName = physicalName(azureNames.key, [purpose, ...kind.suffix]);
  const key = new Key(
    `${name}-${purpose}`,
    {
      keyName,
      vaultName: vault.name,
      resourceGroupName: resourceGroup,
      properties: {
        kty: kind.kty,
        keySize: 3072,
        keyOps: operations(purpose),
        attributes: {
          enabled: true,
          // The rotation policy dates later versions; the first one counts from the vault's creation.
          expires: vault.systemData.apply((made) => expiresAfter(made.createdAt ?? "", rotate.expiryDays)),
        },
        rotationPolicy: rotationPolicy(rotate),
      },
      tags: tagsOf(site, keyName),
    },
    {
      ...child,
      protect: site.safeguards.deletionProtection,
      // What it encrypted may outlive its use, in a backup; and deleting it takes the vault's private endpoint, which a
      // deployment has no way to. It goes with the vault.
      retainOnDelete: true,
      deleteBeforeReplace: false,
    },
  );
  const identityName = localName(site, azureNames.identity, name, purpose);
  const identity = new UserAssignedIdentity(
    `${name}-${purpose}`,
    {
      resourceName: identityName,
      resourceGroupName: resourceGroup,
      location: site.region,
      tags: tagsOf(site, identityName),
    },
    child,
  );
  const grant = assignRole(
    `${name}-${purpose}`,
    {
      role: "Key Vault Crypto Service Encryption User",
      subscriptionId,
      principalId: identity.principalId,
      scope: key.id,
    },
    child,
  );
  return {
    id: pulumi.interpolate`${vault.properties.vaultUri}keys/${key.name}`,
    native: {
      cloud: "azure",
      vaultUri: vault.properties.apply((properties) => properties.vaultUri ?? ""),
      keyName: key.name,
      identityId: identity.id,
      identityPrincipalId: identity.principalId,
      identityClientId: identity.clientId,
      versionedId: key.keyUriWithVersion,
      resourceId: key.id,
      grant,
    },
  };
}
