import { Secret } from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import { RandomId, RandomPassword } from "@pulumi/random";
import type { BuildContext } from "../build";
import type { Keys } from "../keys";
import { secretExpiry } from "../keys/azure-rotation";
import { azureNames } from "../naming/azure";
import { nativeOf, type Site } from "../site";
import { localName, tagsOf } from "../site/azure-names";
import type { BuildSecrets, CompleteSecretsArgs, SecretRef, SecretSpec } from ".";
import { noticeDays, noticeRotation } from "./azure-notice";

/** Secrets in the site's vault (SEC-07, SEC-09): what encrypts them is Microsoft's, the vault, its HSM and its doors are ours (keys/azure.ts). */
export const build: BuildSecrets = (context) => {
  const { args } = context;
  const made = Object.entries(args.secrets).map(([key, spec]) => [key, makeSecret(context, key, spec)] as const);
  noticeRotation(context);
  return { secrets: Object.fromEntries(made) };
};

function makeSecret(context: BuildContext<CompleteSecretsArgs>, key: string, spec: SecretSpec): SecretRef {
  const { name, site, args, child } = context;
  // A deleted secret keeps its name until its window closes, so each one's name is drawn anew.
  const suffix = new RandomId(`${name}-${key}-name`, { byteLength: 4 }, child);
  const label = localName(site, azureNames.secret, key);
  const value = spec.value ? pulumi.secret(spec.value) : generate(context, key, spec.length ?? 48);
  const store = (part: string, at: Site, keys: Keys) =>
    new Secret(
      `${name}-${part}`,
      {
        secretName: pulumi.interpolate`${label}-${suffix.hex}`,
        vaultName: nativeOf(keys, "azure", "Secrets").vaultName,
        resourceGroupName: nativeOf(at, "azure", "Secrets").resourceGroup,
        properties: {
          value,
          contentType: "text/plain",
          // The vault speaks up so long before a secret runs out: just when the next one is due.
          attributes: { enabled: true, expires: secretExpiry(args.rotationDays + noticeDays) },
        },
        tags: tagsOf(at, label),
      },
      {
        ...child,
        provider: at.provider,
        // Deleting it takes the vault's private endpoint, which a deployment has no way to: it stays until the vault goes.
        retainOnDelete: true,
        deleteBeforeReplace: false,
        // Any write makes a version: a generated value that was rotated since would be back at its first one.
        ignoreChanges: spec.value ? ["properties.attributes.expires"] : ["properties", "tags"],
      },
    );
  const secret = store(key, site, args.keys);
  // Azure copies a vault to its region's partner only, and hands the copy out only when it has given up the region.
  if (args.replica) store(`${key}-replica`, args.replica.site, args.replica.keys);
  const { vaultId, vaultName } = nativeOf(args.keys, "azure", "Secrets");
  return {
    // The URI carries no value; only what it is read from does.
    id: pulumi.unsecret(secret.properties.secretUri),
    native: { cloud: "azure", vaultId, vaultName, secretName: secret.name },
  };
}

const generate = ({ name, child }: BuildContext<CompleteSecretsArgs>, key: string, length: number) =>
  pulumi.secret(new RandomPassword(`${name}-${key}`, { length, special: false }, child).result);
