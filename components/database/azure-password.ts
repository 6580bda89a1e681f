import { Secret } from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random";
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
  const secretName = localName(site, azureNames.secret, name, "password");
  const secret = new Secret(
    `${name}-password`,
    {
      secretName,
      vaultName: nativeOf(args.keys, "azure", "Database").vaultName,
      resourceGroupName: resourceGroup,
      properties: { value, contentType: "text/plain", attributes: { enabled: true } },
      tags: tagsOf(site, secretName),
    },
    // Deleted over the vault's private endpoint, which a deployment has no way to: it goes with the vault.
    { ...child, deletedWith: args.keys },
  );
  return { value, secretRef: secret.id };
}
