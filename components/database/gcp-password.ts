import { createHash } from "node:crypto";
import { Secret, SecretVersion } from "@pulumi/gcp/secretmanager";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { BuildContext } from "../build";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import { labelsOf } from "../site/gcp-names";
import type { CompleteDatabaseArgs } from ".";

/** Days in which a destroyed version of the password can still be brought back. */
const destroyAfterDays = 30;

/**
 * A number that changes when the text does. Write-only properties never come back from the cloud, so the provider sends
 * them again only when their version changes; a version counted by hand would forget a password that was changed.
 */
export const versionOf = (text: string): number =>
  Number.parseInt(createHash("sha256").update(text).digest("hex").slice(0, 7), 16);

export interface Password {
  readonly value: pulumi.Output<string>;
  readonly version: pulumi.Output<number>;
  /** projects/<p>/secrets/<name>, and the name alone. */
  readonly secretId: pulumi.Output<string>;
  readonly shortId: pulumi.Output<string>;
}

/** The administrator's password, generated unless given, in Secret Manager under our key and in our region alone (DB-08, SEC-07). */
export function storePassword({ name, site, args, child }: BuildContext<CompleteDatabaseArgs>): Password {
  const { project, services } = nativeOf(site, "gcp", `Database "${name}"`);
  const key = args.keys.for("secrets");
  const { grants } = nativeOf(key, "gcp", `Database "${name}"`);
  const value = pulumi.secret(args.password ?? generate(name, child));
  const version = value.apply(versionOf);
  const secretId = physicalName(gcpNames.secret, [site.prefix, name, "password"]);
  const { deletionProtection } = site.safeguards;
  const secret = new Secret(
    `${name}-password`,
    {
      project,
      secretId,
      replication: {
        userManaged: { replicas: [{ location: site.region, customerManagedEncryption: { kmsKeyName: key.id } }] },
      },
      versionDestroyTtl: `${destroyAfterDays * 86_400}s`,
      deletionProtection,
      labels: labelsOf(site, secretId, "sensitive"),
    },
    { ...child, protect: deletionProtection, deleteBeforeReplace: true, dependsOn: [...services, ...grants] },
  );
  new SecretVersion(
    `${name}-password`,
    { secret: secret.id, secretDataWo: value, secretDataWoVersion: version },
    child,
  );
  return { value, version, secretId: secret.id, shortId: secret.secretId };
}

/** 32 characters of every kind that the instance's rules ask for, none that a connection string must escape. */
const generate = (name: string, child: pulumi.CustomResourceOptions) =>
  new random.RandomPassword(
    `${name}-password`,
    { length: 32, overrideSpecial: "-_~.", minLower: 2, minUpper: 2, minNumeric: 2, minSpecial: 2 },
    child,
  ).result;
