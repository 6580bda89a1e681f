import { createHash } from "node:crypto";
import { Secret, SecretVersion } from "@pulumi/gcp/secretmanager";
import type * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import type { KeyRef } from "../keys";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from ".";
import { labelsOf } from "./gcp-names";

/** Days in which a destroyed version can still be brought back. */
export const destroyAfterDays = 30;

/**
 * A number that changes when the text does. Write-only properties never come back from the cloud, so the provider sends
 * them again only when their version changes; a version counted by hand would forget a value that was changed.
 */
export const versionOf = (text: string): number =>
  Number.parseInt(createHash("sha256").update(text).digest("hex").slice(0, 7), 16);

/** A region that holds a secret, and the key for it there: Secret Manager wants one of the same region. */
export interface SecretPlace {
  readonly region: string;
  /** The `secrets` key of a site in that region. */
  readonly key: KeyRef;
}

/** Where a secret lies: in regions of our choice under our keys, and nowhere else. It is fixed at the secret's birth. */
export const userManaged = (places: readonly SecretPlace[]) => ({
  userManaged: {
    replicas: places.map(({ region, key }) => ({
      location: region,
      customerManagedEncryption: { kmsKeyName: key.id },
    })),
  },
});

export const grantsOf = (places: readonly SecretPlace[], wanted: string): pulumi.Resource[] =>
  places.flatMap(({ key }) => [...nativeOf(key, "gcp", wanted).grants]);

export interface KeptSecret {
  /** Last part of the names: `password`. */
  readonly what: string;
  readonly value: pulumi.Output<string>;
  /** The site's region first. */
  readonly places: readonly SecretPlace[];
}

/** A value in Secret Manager, under our key and in our regions alone (SEC-07). @returns the secret's id and its name alone */
export function keepSecret(
  { name, site, child }: Pick<BuildContext<unknown>, "name" | "site" | "child">,
  { what, value, places }: KeptSecret,
): { readonly id: pulumi.Output<string>; readonly shortId: pulumi.Output<string> } {
  const { project, services } = nativeOf(site, "gcp", `Secret of "${name}"`);
  const secretId = physicalName(gcpNames.secret, [site.prefix, name, what]);
  const { deletionProtection } = site.safeguards;
  const secret = new Secret(
    `${name}-${what}`,
    {
      project,
      secretId,
      replication: userManaged(places),
      versionDestroyTtl: `${destroyAfterDays * 86_400}s`,
      deletionProtection,
      labels: labelsOf(site, secretId, "sensitive"),
    },
    {
      ...child,
      protect: deletionProtection,
      deleteBeforeReplace: true,
      dependsOn: [...services, ...grantsOf(places, `Secret of "${name}"`)],
    },
  );
  new SecretVersion(
    `${name}-${what}`,
    { secret: secret.id, secretDataWo: value, secretDataWoVersion: value.apply(versionOf) },
    child,
  );
  return { id: secret.id, shortId: secret.secretId };
}
