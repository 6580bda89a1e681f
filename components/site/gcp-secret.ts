import { createHash } from "node:crypto";
import { Topic, TopicIAMMember } from "@pulumi/gcp/pubsub";
import { Secret, SecretVersion } from "@pulumi/gcp/secretmanager";
import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import type { BuildContext } from "../build";
import type { KeyRef, Keys } from "../keys";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf, type Site } from ".";
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

type Context = Pick<BuildContext<unknown>, "name" | "site" | "child">;

const day = 86_400;

/** Where Secret Manager says that a secret is due, and its right to say so. It puts no new value in by itself. */
export interface RotationCalls {
  readonly topic: Topic;
  readonly mayCall: pulumi.Resource;
}

/** The topic of a component's secrets: under the same key, in the same region. */
export function rotationCalls({ name, site, child }: Context, key: KeyRef): RotationCalls {
  const { project, projectNumber, services } = nativeOf(site, "gcp", `Secrets of "${name}"`);
  const { grants } = nativeOf(key, "gcp", `Secrets of "${name}"`);
  const topicName = physicalName(gcpNames.topic, [site.prefix, name, "rotation"]);
  const topic = new Topic(
    `${name}-rotation`,
    {
      project,
      name: topicName,
      kmsKeyName: key.id,
      messageStoragePolicy: { allowedPersistenceRegions: [site.region], enforceInTransit: true },
      messageRetentionDuration: `${7 * day}s`,
      labels: labelsOf(site, topicName),
    },
    { ...child, deleteBeforeReplace: true, dependsOn: [...services, ...grants] },
  );
  const mayCall = new TopicIAMMember(
    `${name}-rotation`,
    {
      project,
      topic: topic.id,
      role: "roles/pubsub.publisher",
      member: pulumi.interpolate`serviceAccount:service-${projectNumber}@gcp-sa-secretmanager.iam.gserviceaccount.com`,
    },
    child,
  );
  return { topic, mayCall };
}

/**
 * Midnight of the day on which a secret that is made now is due first. Secret Manager wants a time to come, and moves it
 * on with every call, so it is written at birth and left alone after.
 */
export const firstRotation = (now: Date, rotationDays: number): string =>
  new Date((Math.ceil(now.getTime() / 1000 / day) + rotationDays) * day * 1000).toISOString().replace(".000", "");

export interface KeptSecret {
  /** Last part of the logical name: `password`. */
  readonly what: string;
  /** Parts of its physical name behind the site's prefix. @default the component's name and `what` */
  readonly parts?: readonly string[];
  readonly value: pulumi.Output<string>;
  /** The site's region first. */
  readonly places: readonly SecretPlace[];
  readonly calls: RotationCalls;
  /** @default standards.secretRotationDays */
  readonly rotationDays?: number;
}

/** A value in Secret Manager: our keys, our regions alone, calls to rotate, slow to delete (SEC-07, SEC-09). @returns the secret's id and its name alone */
export function keepSecret(
  { name, site, child }: Context,
  { what, parts, value, places, calls, rotationDays = standards.secretRotationDays }: KeptSecret,
): { readonly id: pulumi.Output<string>; readonly shortId: pulumi.Output<string> } {
  const { project, services } = nativeOf(site, "gcp", `Secret of "${name}"`);
  const secretId = physicalName(gcpNames.secret, [site.prefix, ...(parts ?? [name, what])]);
  const { deletionProtection } = site.safeguards;
  const secret = new Secret(
    `${name}-${what}`,
    {
      project,
      secretId,
      replication: userManaged(places),
      topics: [{ name: calls.topic.id }],
      rotation: {
        rotationPeriod: `${rotationDays * day}s`,
        nextRotationTime: firstRotation(new Date(), rotationDays),
      },
      versionDestroyTtl: `${destroyAfterDays * day}s`,
      deletionProtection,
      labels: labelsOf(site, secretId, "sensitive"),
    },
    {
      ...child,
      protect: deletionProtection,
      deleteBeforeReplace: true,
      dependsOn: [...services, calls.mayCall, ...grantsOf(places, `Secret of "${name}"`)],
      ignoreChanges: ["rotation.nextRotationTime"],
    },
  );
  new SecretVersion(
    `${name}-${what}`,
    { secret: secret.id, secretDataWo: value, secretDataWoVersion: value.apply(versionOf) },
    child,
  );
  return { id: secret.id, shortId: secret.secretId };
}

/** The `secrets` keys of sites, the first one's region first. */
export const placesOf = (
  stands: readonly { readonly site: Site; readonly keys: Keys }[],
): readonly [SecretPlace, ...SecretPlace[]] =>
  stands.map(({ site, keys }) => ({ region: site.region, key: keys.for("secrets") })) as [
    SecretPlace,
    ...SecretPlace[],
  ];
