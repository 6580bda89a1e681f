import { RoleDefinition } from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import { assignRole, nameBasedUuid, type Role } from "../keys/azure-role";
import type { SecretRef } from "../secrets";
import { nativeOf, type Site } from "../site";
import type { BucketRef } from "../storage";
import type { Grant } from ".";

interface Receiver {
  /** Logical name of the assignment. */
  readonly name: string;
  readonly site: Site;
  readonly principalId: pulumi.Output<string>;
  readonly child: pulumi.CustomResourceOptions;
}

/** Each kind of grant as a role on the one thing it is for. */
export function grantTo(to: Receiver, grant: Grant): void {
  if (grant.kind === "bucket" && grant.access === "add") {
    addOnly(to, grant.bucket);
    return;
  }
  const { name, site, principalId, child } = to;
  const { subscriptionId } = nativeOf(site, "azure", "Grant");
  assignRole(name, { ...roleOf(grant), subscriptionId, principalId }, child);
}

function roleOf(grant: Grant): { readonly role: Role["role"]; readonly scope: pulumi.Output<string> } {
  switch (grant.kind) {
    case "bucket":
      return {
        role: grant.access === "read" ? "Storage Blob Data Reader" : "Storage Blob Data Contributor",
        scope: containerOf(grant.bucket),
      };
    // Keys of ours wrap data keys, which do the encrypting; an RSA key takes no more than a data key anyway.
    case "key":
      return {
        role: "Key Vault Crypto Service Encryption User",
        scope: nativeOf(grant.key, "azure", "Grant").resourceId,
      };
    case "database":
      return { role: "Key Vault Secrets User", scope: secretScope(grant.database.secret) };
    case "cache":
      return { role: "Key Vault Secrets User", scope: grant.cache.secretRef };
    case "secret":
      return {
        role: grant.access === "read" ? "Key Vault Secrets User" : "Key Vault Secrets Officer",
        scope: secretScope(grant.secret),
      };
    case "registry":
      return { role: "AcrPush", scope: nativeOf(grant.registry, "azure", "Grant").registryId };
    case "zone":
      return { role: "DNS Zone Contributor", scope: grant.zoneId };
  }
}

/** A blob service has one container a purpose; the account's own rights aren't the workload's. */
function containerOf(bucket: BucketRef): pulumi.Output<string> {
  return pulumi.interpolate`${nativeOf(bucket, "azure", "Grant").accountId}/blobServices/default/containers/${bucket.name}`;
}

function secretScope(secret: SecretRef): pulumi.Output<string> {
  const { vaultId, secretName } = nativeOf(secret, "azure", "Grant");
  return pulumi.interpolate`${vaultId}/secrets/${secretName}`;
}

/**
 * Blobs in, none out: no built-in role is that narrow, each one that writes deletes as well. A blob beyond one request is
 * made of blocks, which take the right to write (Put Block); that none is overwritten is the store's write-once to say.
 * https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory
 */
function addOnly({ name, site, principalId, child }: Receiver, bucket: BucketRef): void {
  const { resourceGroupId } = nativeOf(site, "azure", "Grant");
  const scope = containerOf(bucket);
  const blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";
  const role = new RoleDefinition(
    name,
    {
      roleDefinitionId: scope.apply((id) => nameBasedUuid(`${id}|${name}|add`)),
      roleName: pulumi.interpolate`${site.prefix} ${name}: add blobs (${scope.apply((id) => nameBasedUuid(id).slice(0, 8))})`,
      description: "Writes blobs; deletes and reads none. Made by Trifold.",
      roleType: "CustomRole",
      scope: resourceGroupId,
      assignableScopes: [resourceGroupId],
      permissions: [
        { actions: [], notActions: [], dataActions: [`${blobs}/add/action`, `${blobs}/write`], notDataActions: [] },
      ],
    },
    child,
  );
  assignRole(name, { definitionId: role.id, principalId, scope }, child);
}
