import { Secret } from "@pulumi/azure-native/keyvault";
import { type Database, listDatabaseKeysOutput, type RedisEnterprise } from "@pulumi/azure-native/redisenterprise";
import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random";
import type { BuildContext } from "../build";
import { expiresAfter } from "../keys/azure-rotation";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { localName, tagsOf } from "../site/azure-names";
import type { CompleteCacheArgs } from ".";

/** Days by which the access key wants to be made anew; a vault still hands out what has expired. */
const expiryDays = 365;

/** Puts the access key, which Azure makes, into the vault (CACHE-04, SEC-07). Returns the secret's resource id. */
export function storeKey(
  { name, site, args, child }: BuildContext<CompleteCacheArgs>,
  cluster: RedisEnterprise,
  database: Database,
): pulumi.Output<string> {
  const { resourceGroup } = nativeOf(site, "azure", "Cache");
  // A vault keeps a secret beyond its cache (below), so the next cache's needs another name.
  const suffix = new RandomId(`${name}-password-name`, { byteLength: 4 }, child);
  const label = localName(site, azureNames.secret, name, "password");
  const expires = database.systemData.apply(({ createdAt }) => expiresAfter(createdAt ?? "", expiryDays));
  const keys = listDatabaseKeysOutput(
    { clusterName: cluster.name, databaseName: database.name, resourceGroupName: resourceGroup },
    { parent: database },
  );
  return new Secret(
    `${name}-password`,
    {
      secretName: pulumi.interpolate`${label}-${suffix.hex}`,
      vaultName: nativeOf(args.keys, "azure", "Cache").vaultName,
      resourceGroupName: resourceGroup,
      properties: {
        value: pulumi.secret(keys.primaryKey),
        contentType: "text/plain",
        attributes: { enabled: true, expires },
      },
      tags: tagsOf(site, label),
    },
    // Deleting it takes the vault's private endpoint, which a deployment has no way to: it stays until the vault goes.
    { ...child, retainOnDelete: true, deleteBeforeReplace: false },
  ).id;
}
