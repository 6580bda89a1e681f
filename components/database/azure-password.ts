import { Secret } from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import { RandomId, RandomPassword } from "@pulumi/random";
import type { BuildContext } from "../build";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { localName, tagsOf } from "../site/azure-names";
import type { CompleteDatabaseArgs } from ".";

/** The administrator's password (DB-08): given or generated, a secret here, and in the vault for who needs it. */
export function storePassword({ name, site, args, child }: BuildContext<CompleteDatabaseArgs>) {
  const { resourceGroup } = nativeOf(site, "azure", "Database");
  const value = pulumi.secret(
    args.password ??
      new RandomPassword(
        `${name}-password`,
        // Without characters that a connection string would have to escape.
        { length: 32, special: true, overrideSpecial: "-_.~", minLower: 1, minUpper: 1, minNumeric: 1, minSpecial: 1 },
        { ...child, additionalSecretOutputs: ["result"] },
      ).result,
  );
  // The vault keeps a secret beyond its database (below), so the next database's needs another name.
  const suffix = new RandomId(`${name}-password-name`, { byteLength: 4 }, child);
  const label = localName(site, azureNames.secret, name, "password");
  const secret = new Secret(
    `${name}-password`,
    {
      secretName: pulumi.interpolate`${label}-${suffix.hex}`,
      vaultName: nativeOf(args.keys, "azure", "Database").vaultName,
      resourceGroupName: resourceGroup,
      properties: { value, contentType: "text/plain", attributes: { enabled: true } },
      tags: tagsOf(site, label),
    },
    // Deleting it takes the vault's private endpoint, which a deployment has no way to: it stays until the vault goes.
    { ...child, retainOnDelete: true, deleteBeforeReplace: false },
  );
  return { value, secretRef: secret.id };
}
