import type { Server } from "@pulumi/azure-native/dbforpostgresql";
import { Secret } from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import { RandomId, RandomPassword } from "@pulumi/random";
import type { BuildContext } from "../build";
import { expiresAfter } from "../keys/azure-rotation";
import { azureNames } from "../naming/azure";
import type { SecretRef } from "../secrets";
import { nativeOf } from "../site";
import { localName, tagsOf } from "../site/azure-names";
import type { CompleteDatabaseArgs } from ".";

/** Date by which the password wants to be changed, from the server's creation. A vault still hands out what has expired. */
const expiryDays = 365;

/** The administrator's password (DB-08): given, or made here. */
export function passwordOf({ name, args, child }: BuildContext<CompleteDatabaseArgs>): pulumi.Output<string> {
  if (args.password) return pulumi.secret(args.password);
  const generated = new RandomPassword(
    `${name}-password`,
    // Without characters that a connection string would have to escape.
    { length: 32, special: true, overrideSpecial: "-_.~", minLower: 1, minUpper: 1, minNumeric: 1, minSpecial: 1 },
    child,
  );
  return pulumi.secret(generated.result);
}

/** Puts the password into the vault, for those who need it (SEC-07). */
export function storePassword(
  { name, site, args, child }: BuildContext<CompleteDatabaseArgs>,
  value: pulumi.Output<string>,
  server: Server,
): { readonly id: pulumi.Output<string>; readonly ref: SecretRef } {
  const { resourceGroup } = nativeOf(site, "azure", "Database");
  const { vaultId, vaultName } = nativeOf(args.keys, "azure", "Database");
  // The vault keeps a secret beyond its database (below), so the next database's needs another name.
  const suffix = new RandomId(`${name}-password-name`, { byteLength: 4 }, child);
  const label = localName(site, azureNames.secret, name, "password");
  const expires = server.systemData.apply(({ createdAt }) => expiresAfter(createdAt ?? "", expiryDays));
  const secret = new Secret(
    `${name}-password`,
    {
      secretName: pulumi.interpolate`${label}-${suffix.hex}`,
      vaultName,
      resourceGroupName: resourceGroup,
      properties: { value, contentType: "text/plain", attributes: { enabled: true, expires } },
      tags: tagsOf(site, label),
    },
    // Deleting it takes the vault's private endpoint, which a deployment has no way to: it stays until the vault goes.
    // Any write makes a version: a generated password that was rotated since (DB-17) would be back at its first one.
    {
      ...child,
      retainOnDelete: true,
      deleteBeforeReplace: false,
      ignoreChanges: args.password ? ["properties.attributes.expires"] : ["properties", "tags"],
    },
  );
  return {
    id: secret.id,
    ref: {
      id: secret.properties.secretUri,
      native: { cloud: "azure", vaultId, vaultName, secretName: secret.name },
    },
  };
}
