// Places to build on in tests: one a cloud, the same but for where they are.
import { Cache } from "../components/cache";
import type { Cloud, PerCloud } from "../components/cloud";
import { Cluster, type ClusterArgs } from "../components/cluster";
import { Database } from "../components/database";
import { Keys } from "../components/keys";
import { Network } from "../components/network";
import { Registry } from "../components/registry";
import { Secrets } from "../components/secrets";
import { type Environment, Site } from "../components/site";
import { Storage } from "../components/storage";

export const regions: PerCloud<string> = { aws: "us-east-1", azure: "eastus", gcp: "us-central1" };
export const zones: PerCloud<readonly string[]> = {
  aws: ["us-east-1a", "us-east-1b", "us-east-1c"],
  azure: ["1", "2", "3"],
  gcp: ["us-central1-a", "us-central1-b", "us-central1-c"],
};

/** Where the second site of a stack stands (DR-02). */
export const standbyRegions: PerCloud<string> = { aws: "us-west-2", azure: "westus2", gcp: "us-east1" };
export const standbyZones: PerCloud<readonly string[]> = {
  aws: ["us-west-2a", "us-west-2b", "us-west-2c"],
  azure: ["1", "2", "3"],
  gcp: ["us-east1-b", "us-east1-c", "us-east1-d"],
};

/** A site of the application "goodies" with the tags that policies/standards.ts asks for. */
export const siteOn = (
  cloud: Cloud,
  environment: Environment = "prod",
  role: "primary" | "standby" = "primary",
): Site =>
  new Site(role, {
    app: "goodies",
    environment,
    cloud,
    role,
    region: (role === "primary" ? regions : standbyRegions)[cloud],
    account: { gcp: "goodies-prod" },
    tags: { environment, app: "goodies", owner: "team@example.com", "cost-centre": "0000", "managed-by": "pulumi" },
  });

/** Site, keys and network: what databases and stores stand on. */
export function groundOn(cloud: Cloud, environment: Environment = "prod") {
  const site = siteOn(cloud, environment);
  const keys = new Keys("keys", { site });
  const network = new Network("network", { site, keys, zones: zones[cloud] });
  return { site, keys, network };
}

/** The same in another region of the cloud: what replicas and copies stand on. */
export function standbyOn(cloud: Cloud, environment: Environment = "prod") {
  const site = siteOn(cloud, environment, "standby");
  const keys = new Keys("standby-keys", { site });
  const network = new Network("standby-network", { site, keys, zones: standbyZones[cloud], cidr: "10.21.0.0/16" });
  return { site, keys, network };
}

type Ground = ReturnType<typeof groundOn>;

/** More to build on, each when asked for, so that a test only has what it is about. */
export const registryOn = (ground: Ground) => new Registry("registry", ground);
export const storageOn = (ground: Ground, name = "storage") => new Storage(name, ground);
export const secretsOn = (ground: Ground) => new Secrets("secrets", ground);
export const databaseOn = (ground: Ground) => new Database("database", ground);
export const cacheOn = (ground: Ground) => new Cache("cache", ground);
export const clusterOn = (ground: Ground, more: Partial<ClusterArgs> = {}) =>
  new Cluster("cluster", { ...ground, zones: zones[ground.site.cloud], ...more });
