import { Secret } from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random";
import type { BuildContext } from "../build";
import { secretExpiry } from "../keys/azure-rotation";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { localName, tagsOf } from "../site/azure-names";
import type { CompleteRotationArgs } from ".";
import type { Store } from "./build";

/** A vault's newest version is the current one whatever its state, so candidates have a secret of their own. */
export function store({ name, site, args, child }: BuildContext<CompleteRotationArgs>): Store {
  const { resourceGroup } = nativeOf(site, "azure", "Rotation");
  const { vaultId, vaultName, secretName } = nativeOf(args.database.secret, "azure", "Rotation");
  const label = localName(site, azureNames.secret, name, "pending");
  // The vault keeps a secret beyond its stack (below), so the next one's needs another name.
  const suffix = new RandomId(`${name}-pending`, { byteLength: 4 }, child);
  const pending = new Secret(
    `${name}-pending`,
    {
      secretName: pulumi.interpolate`${label}-${suffix.hex}`,
      vaultName,
      resourceGroupName: resourceGroup,
      properties: {
        value: pulumi.secret("none"),
        contentType: "text/plain",
        attributes: { enabled: true, expires: secretExpiry(args.rotationDays + 60) },
      },
      tags: tagsOf(site, label),
    },
    // Its versions are the job's from then on, and any write would make one. Deleting takes the vault's private endpoint, which a deployment has no way to.
    { ...child, retainOnDelete: true, deleteBeforeReplace: false, ignoreChanges: ["properties", "tags"] },
  );
  return {
    env: { VAULT: vaultName, ENTRY: secretName, CANDIDATE: pending.name },
    pending: {
      id: pending.properties.secretUri,
      native: { cloud: "azure", vaultId, vaultName, secretName: pending.name },
    },
  };
}
