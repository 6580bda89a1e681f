import { Topic, TopicIAMMember } from "@pulumi/gcp/pubsub";
import { Secret, SecretVersion } from "@pulumi/gcp/secretmanager";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { BuildContext } from "../build";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import { labelsOf } from "../site/gcp-names";
import { destroyAfterDays, grantsOf, userManaged, versionOf } from "../site/gcp-secret";
import type { BuildSecrets, CompleteSecretsArgs, SecretRef, SecretSpec } from ".";

type Context = BuildContext<CompleteSecretsArgs>;

const day = 86_400;
const defaultLength = 48;

/** Secret Manager: our keys, our regions, calls to rotate on a topic, destroyed values can be saved (SEC-07, SEC-09, BAK-12). */
export const build: BuildSecrets = (context) => {
  const { topic, mayCall } = rotationCalls(context);
  const make = ([key, spec]: [string, SecretSpec]) => [key, keep(context, key, spec, topic, mayCall)] as const;
  return { secrets: Object.fromEntries(Object.entries(context.args.secrets).map(make)) };
};

/** Where Secret Manager says that a secret is due: it puts no new value in by itself. */
function rotationCalls({ name, site, args, child }: Context) {
  const { project, projectNumber, services } = nativeOf(site, "gcp", `Secrets "${name}"`);
  const key = args.keys.for("secrets");
  const { grants } = nativeOf(key, "gcp", `Secrets "${name}"`);
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

function keep(
  { name, site, args, child }: Context,
  key: string,
  spec: SecretSpec,
  topic: Topic,
  mayCall: pulumi.Resource,
): SecretRef {
  const { project, services } = nativeOf(site, "gcp", `Secrets "${name}"`);
  const stands = [{ site, keys: args.keys }, ...(args.replica ? [args.replica] : [])];
  const places = stands.map((stand) => ({ region: stand.site.region, key: stand.keys.for("secrets") }));
  const secretId = physicalName(gcpNames.secret, [site.prefix, key]);
  const { deletionProtection } = site.safeguards;
  const secret = new Secret(
    `${name}-${key}`,
    {
      project,
      secretId,
      replication: userManaged(places),
      topics: [{ name: topic.id }],
      rotation: {
        rotationPeriod: `${args.rotationDays * day}s`,
        nextRotationTime: firstRotation(new Date(), args.rotationDays),
      },
      versionDestroyTtl: `${destroyAfterDays * day}s`,
      deletionProtection,
      labels: labelsOf(site, secretId, "sensitive"),
    },
    {
      ...child,
      protect: deletionProtection,
      deleteBeforeReplace: true,
      dependsOn: [...services, mayCall, ...grantsOf(places, `Secrets "${name}"`)],
      ignoreChanges: ["rotation.nextRotationTime"],
    },
  );
  const value = pulumi.secret(spec.value ?? generate(`${name}-${key}`, spec.length ?? defaultLength, child));
  new SecretVersion(
    `${name}-${key}`,
    { secret: secret.id, secretDataWo: value, secretDataWoVersion: value.apply(versionOf) },
    child,
  );
  return { id: secret.id, native: { cloud: "gcp", secretId: secret.secretId } };
}

const generate = (logical: string, length: number, child: pulumi.CustomResourceOptions) =>
  new random.RandomPassword(logical, { length, special: false }, child).result;
