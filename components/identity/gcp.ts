import { RepositoryIamMember } from "@pulumi/gcp/artifactregistry";
import { DnsManagedZoneIamMember } from "@pulumi/gcp/dns";
import { CryptoKeyIAMMember } from "@pulumi/gcp/kms";
import { IAMMember as ProjectIamMember } from "@pulumi/gcp/projects";
import { SecretIamMember } from "@pulumi/gcp/secretmanager";
import { Account, IAMMember } from "@pulumi/gcp/serviceaccount";
import { BucketIAMMember } from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import type { BuildWorkloadIdentity, Grant, WorkloadIdentityArgs } from ".";

type Context = BuildContext<WorkloadIdentityArgs>;
type Of<K extends Grant["kind"]> = Extract<Grant, { readonly kind: K }>;

/** A Google service account that the Kubernetes one may act as, with roles on single things only (CLU-07, SEC-10, SEC-11). */
export const build: BuildWorkloadIdentity = (context) => {
  const { name, site, args, child } = context;
  const { project, services } = nativeOf(site, "gcp", `WorkloadIdentity "${name}"`);
  const { workloadPool } = nativeOf(args.cluster, "gcp", `WorkloadIdentity "${name}"`);
  const account = new Account(
    name,
    {
      project,
      accountId: physicalName(gcpNames.serviceAccount, [site.prefix, name]),
      displayName: `${args.namespace}/${args.serviceAccount} of ${site.prefix}`,
    },
    { ...child, deleteBeforeReplace: true, dependsOn: [...services] },
  );
  new IAMMember(
    `${name}-federation`,
    {
      serviceAccountId: account.name,
      role: "roles/iam.workloadIdentityUser",
      member: pulumi.interpolate`serviceAccount:${workloadPool}[${args.namespace}/${args.serviceAccount}]`,
    },
    // The pool comes with the project's first cluster that has workload identity; it can't be named before.
    { ...child, dependsOn: [args.cluster.provider] },
  );
  for (const [key, grant] of Object.entries(args.grants))
    grantAll({ ...context, name: `${name}-${key}` }, grant, account.member);
  return {
    identity: account.email,
    annotations: account.email.apply((email): Record<string, string> => ({ "iam.gke.io/gcp-service-account": email })),
    podLabels: {},
    native: { cloud: "gcp", email: account.email },
  };
};

function grantAll(context: Context, grant: Grant, member: pulumi.Output<string>): void {
  switch (grant.kind) {
    case "bucket":
      onBucket(context, grant, member);
      break;
    case "key":
      onKey(context, grant, member);
      break;
    case "database":
      onDatabase(context, grant, member);
      break;
    case "cache":
      onCache(context, grant, member);
      break;
    case "secret":
      onSecret(context, grant.secret.id, grant.access, member);
      break;
    case "registry":
      onRegistry(context, grant, member);
      break;
    case "zone":
      onZone(context, grant, member);
      break;
  }
}

/** Reads, and lists; changes of objects, never of the bucket; new objects only, none replaced. */
const bucketRoles = {
  read: "roles/storage.objectViewer",
  write: "roles/storage.objectUser",
  add: "roles/storage.objectCreator",
} as const;

/** Cloud Storage's own agent encrypts and decrypts: who may read an object needs no right on its key. */
function onBucket({ name, child }: Context, { bucket, access }: Of<"bucket">, member: pulumi.Output<string>): void {
  new BucketIAMMember(name, { bucket: bucket.name, role: bucketRoles[access], member }, child);
}

function onKey({ name, child }: Context, { key }: Of<"key">, member: pulumi.Output<string>): void {
  new CryptoKeyIAMMember(
    name,
    { cryptoKeyId: key.id, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", member },
    child,
  );
}

/** A role that exists on the project only, kept to one resource by a condition. */
const onlyOn = (resource: pulumi.Output<string>, title: string) => ({
  title,
  description: "Nothing but this one",
  expression: pulumi.interpolate`resource.name == "${resource}"`,
});

/** The password, and the right to connect through Cloud SQL's own proxy, which takes cloud login. */
function onDatabase(context: Context, { database }: Of<"database">, member: pulumi.Output<string>): void {
  const { name, site, child } = context;
  const { project } = nativeOf(site, "gcp", `WorkloadIdentity "${name}"`);
  const { instanceName } = nativeOf(database, "gcp", `WorkloadIdentity "${name}"`);
  onSecret(context, database.secretRef, "read", member);
  new ProjectIamMember(
    `${name}-connect`,
    {
      project,
      role: "roles/cloudsql.client",
      member,
      condition: onlyOn(pulumi.interpolate`projects/${project}/instances/${instanceName}`, "one database instance"),
    },
    child,
  );
}

function onCache(context: Context, { cache }: Of<"cache">, member: pulumi.Output<string>): void {
  const { name, site, child } = context;
  const { project } = nativeOf(site, "gcp", `WorkloadIdentity "${name}"`);
  const { instanceId, login } = nativeOf(cache, "gcp", `WorkloadIdentity "${name}"`);
  if (login === "password") onSecret(context, cache.secretRef, "read", member);
  else
    new ProjectIamMember(
      `${name}-connect`,
      { project, role: "roles/memorystore.dbConnectionUser", member, condition: onlyOn(instanceId, "one cache") },
      child,
    );
}

/** As with buckets, Secret Manager's agent does the decryption. */
function onSecret(
  { name, child }: Context,
  secretId: pulumi.Output<string>,
  access: "read" | "rotate",
  member: pulumi.Output<string>,
): void {
  new SecretIamMember(`${name}-read`, { secretId, role: "roles/secretmanager.secretAccessor", member }, child);
  if (access === "rotate")
    new SecretIamMember(`${name}-rotate`, { secretId, role: "roles/secretmanager.secretVersionAdder", member }, child);
}

function onRegistry({ name, child }: Context, { registry }: Of<"registry">, member: pulumi.Output<string>): void {
  const { location, repositoryIds } = nativeOf(registry, "gcp", `WorkloadIdentity "${name}"`);
  for (const [key, repository] of Object.entries(repositoryIds))
    new RepositoryIamMember(
      `${name}-${key}`,
      { repository, location, role: "roles/artifactregistry.writer", member },
      child,
    );
}

/** Who looks zones up by their domain has to be told the zone's name instead: listing is the project's to grant. */
function onZone({ name, site, child }: Context, { zoneId }: Of<"zone">, member: pulumi.Output<string>): void {
  const { project } = nativeOf(site, "gcp", `WorkloadIdentity "${name}"`);
  new DnsManagedZoneIamMember(
    name,
    { project, managedZone: zoneId.apply((id) => id.replace(/^.*\//, "")), role: "roles/dns.admin", member },
    child,
  );
}
