import { type CryptoKey, CryptoKeyIAMMember } from "@pulumi/gcp/kms";
import { getProjectCmekSettingsOutput } from "@pulumi/gcp/logging";
import { ServiceIdentity } from "@pulumi/gcp/projects";
import { getProjectServiceAccountOutput } from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { nativeOf } from "../site";
import type { CompleteKeysArgs, KeyPurpose } from ".";

/** Services that encrypt in our name, each as an agent of its own in the project. */
export type Agent =
  | "sql"
  | "storage"
  | "secretmanager"
  | "logging"
  | "pubsub"
  | "container"
  | "compute"
  | "redis"
  | "memorystore"
  | "artifactregistry";

/** Who may use which key, and nobody else: reading logs gives no way into the database (SEC-01). */
export const usersOf: Readonly<Record<KeyPurpose, readonly Agent[]>> = {
  database: ["sql"],
  storage: ["storage"],
  backups: ["storage"],
  logs: ["storage", "logging"],
  // Pub/Sub carries the calls to rotate.
  secrets: ["secretmanager", "pubsub"],
  // Secrets in etcd; disks of nodes, which Compute Engine makes.
  cluster: ["container", "compute"],
  // Replicated and sharded caches are two services.
  cache: ["redis", "memorystore"],
  registry: ["artifactregistry"],
};

type Context = Pick<BuildContext<CompleteKeysArgs>, "name" | "site" | "args" | "child">;

export interface NamedAgent {
  readonly agent: Agent;
  readonly member: pulumi.Output<string>;
}

/** The agents that the wanted keys need; none is made or looked up for nothing. */
export function agentsOf({ name, site, args, child }: Context) {
  const { project, projectNumber, services } = nativeOf(site, "gcp", `Keys "${name}"`);
  const wanted = new Set(args.purposes.flatMap((purpose) => usersOf[purpose]));
  // Most agents exist only once somebody asks for them. https://cloud.google.com/iam/docs/create-service-agents
  const identity = (agent: Agent, api: string) =>
    new ServiceIdentity(
      `${name}-${agent}`,
      { project, service: `${api}.googleapis.com` },
      { ...child, dependsOn: [...services] },
    ).member;
  // These two come with their API, under addresses that are the same in every project.
  const born = (domain: string) =>
    pulumi.interpolate`serviceAccount:service-${projectNumber}@${domain}.iam.gserviceaccount.com`;
  // Looked up only when the API is on, hence unknown in the first preview.
  const lookup = { parent: child.parent, dependsOn: [...services] };
  const members: Readonly<Record<Agent, () => pulumi.Output<string>>> = {
    sql: () => identity("sql", "sqladmin"),
    secretmanager: () => identity("secretmanager", "secretmanager"),
    pubsub: () => identity("pubsub", "pubsub"),
    redis: () => identity("redis", "redis"),
    memorystore: () => identity("memorystore", "memorystore"),
    artifactregistry: () => identity("artifactregistry", "artifactregistry"),
    container: () => born("container-engine-robot"),
    compute: () => born("compute-system"),
    storage: () => getProjectServiceAccountOutput({ project }, lookup).member,
    logging: () =>
      pulumi.interpolate`serviceAccount:${getProjectCmekSettingsOutput({ project }, lookup).serviceAccountId}`,
  };
  const found = new Map([...wanted].map((agent) => [agent, members[agent]()] as const));
  return {
    of: (purpose: KeyPurpose): NamedAgent[] =>
      usersOf[purpose].flatMap((agent) => {
        const member = found.get(agent);
        return member ? [{ agent, member }] : [];
      }),
  };
}

/** One key, one agent: never a grant on the ring or the project. */
export const grantTo = (
  { name, child }: Context,
  purpose: KeyPurpose,
  key: CryptoKey,
  { agent, member }: NamedAgent,
  services: readonly pulumi.Resource[],
): pulumi.Resource =>
  new CryptoKeyIAMMember(
    `${name}-${purpose}-${agent}`,
    { cryptoKeyId: key.id, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", member },
    // An address that no resource gives doesn't show that its API must be on first.
    { ...child, dependsOn: [...services] },
  );
