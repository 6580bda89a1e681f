import type { Server } from "@pulumi/azure-native/dbforpostgresql";
import { Secret } from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random";
import type { BuildContext } from "../../build";
import { expiresAfter } from "../../keys/azure-rotation";
import { azureNames } from "../../naming/azure";
import { nativeOf } from "../../site";
import { localName, tagsOf } from "../../site/azure-names";
import type { CompleteReplicaArgs } from ".";

/** Days by which the password wants to be changed; a vault still hands out what has expired. */
const expiryDays = 365;

/** The administrator's password in the vault of the replica's region (DB-08): the source's may be out of reach. Returns the secret's resource id. */
export function copyPassword(
  { name, site, args, child }: BuildContext<CompleteReplicaArgs>,
  server: Server,
): pulumi.Output<string> {
  const { resourceGroup } = nativeOf(site, "azure", "Replica");
  const expires = server.systemData.apply(({ createdAt }) => expiresAfter(createdAt ?? "", expiryDays));
  const suffix = new RandomId(`${name}-password-name`, { byteLength: 4 }, child);
  const label = localName(site, azureNames.secret, name, "password");
  return new Secret(
    `${name}-password`,
    {
      secretName: pulumi.interpolate`${label}-${suffix.hex}`,
      vaultName: nativeOf(args.keys, "azure", "Replica").vaultName,
      resourceGroupName: resourceGroup,
      properties: {
        value: nativeOf(args.source, "azure", "Replica").password,
        contentType: "text/plain",
        attributes: { enabled: true, expires },
      },
      tags: tagsOf(site, label),
    },
    // As the source's own (database/azure-password.ts): a deployment can't reach a closed vault to delete what is in it.
    { ...child, retainOnDelete: true, deleteBeforeReplace: false },
  ).id;
}
