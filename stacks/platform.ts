import { Database } from "../components/database";
import { Keys } from "../components/keys";
import { Network } from "../components/network";
import { Site } from "../components/site";
import { Storage } from "../components/storage";
import type { Settings } from "./settings";

/** One site's platform. Returns the stack's outputs (ARC-07): endpoints, ids and where secrets live, never a secret. */
export function deploy(settings: Settings) {
  const site = new Site("primary", settings.site);
  const keys = new Keys("keys", { site, ...settings.keys });
  const network = new Network("network", { site, keys, ...settings.network });
  const database = new Database("database", { site, network, keys, ...settings.database });
  const storage = new Storage("storage", { site, network, keys, ...settings.storage });

  return {
    cloud: site.cloud,
    region: site.region,
    environment: site.environment,
    account: site.accountKey,
    keys: mapValues(keys.keys, (key) => key.id),
    network: { id: network.id, cidr: network.cidr, subnetIds: network.subnetIds },
    database: {
      host: database.host,
      port: database.port,
      name: database.databaseName,
      user: database.user,
      secretRef: database.secretRef,
      pooledHost: database.pooledHost,
      pooledPort: database.pooledPort,
      replicaHosts: database.replicaHosts,
    },
    storage: mapValues(storage.buckets, ({ name, url }) => ({ name, url })),
  };
}

/** The same keys with something made from each value; what is absent stays absent. */
const mapValues = <K extends string, V, R>(map: Readonly<Partial<Record<K, V>>>, make: (value: V) => R) =>
  Object.fromEntries(Object.entries<V | undefined>(map).flatMap(([key, value]) => (value ? [[key, make(value)]] : [])));
