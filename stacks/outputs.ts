import type { AuditTrail } from "../components/audit";
import type { openEdge } from "./edge";
import type { Primary } from "./parts";
import type { recover } from "./recovery";

/** What a stack puts out (ARC-07). The kubeconfig is a secret; of other secrets only the place is named. */
export function outputsOf(
  parts: Primary & {
    readonly audit: AuditTrail | undefined;
    readonly edge: ReturnType<typeof openEdge>;
    readonly recovery: ReturnType<typeof recover>;
  },
) {
  const { site, keys, network, database, storage, cluster, registry, secrets, cache, audit, edge, recovery } = parts;
  const { standby, backup } = recovery;
  return {
    cloud: site.cloud,
    region: site.region,
    environment: site.environment,
    account: site.accountKey,
    keys: mapValues(keys.keys, (key) => key.id),
    network: { id: network.id, cidr: network.cidr, subnetIds: network.subnetIds },
    cluster: {
      name: cluster.name,
      endpoint: cluster.endpoint,
      oidcIssuer: cluster.oidcIssuer,
      nodeIdentity: cluster.nodeIdentity,
      kubeconfig: cluster.kubeconfig,
    },
    registry: { host: registry.host, urls: registry.urls },
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
    ...(cache && {
      cache: {
        host: cache.host,
        port: cache.port,
        tls: cache.tls,
        auth: cache.auth,
        user: cache.user,
        secretRef: cache.secretRef,
      },
    }),
    storage: mapValues(storage.buckets, ({ name, url }) => ({ name, url })),
    secrets: mapValues(secrets.secrets, (secret) => secret.id),
    ...(audit && { audit: { store: audit.store, id: audit.id } }),
    ...(edge && {
      dns: { domain: edge.zone.domain, nameServers: edge.zone.nameServers, dsRecord: edge.zone.dsRecord },
      ingress: { addresses: edge.ingress.addresses, annotations: edge.ingress.serviceAnnotations, waf: edge.waf.id },
      ...(edge.cdn && { cdn: { url: edge.cdn.url, id: edge.cdn.id } }),
    }),
    ...(standby && {
      standby: {
        region: standby.site.region,
        storage: mapValues(standby.storage.buckets, ({ name, url }) => ({ name, url })),
        ...(standby.replica && { database: { host: standby.replica.host, secretRef: standby.replica.secretRef } }),
        ...(standby.cluster && { cluster: { name: standby.cluster.name, endpoint: standby.cluster.endpoint } }),
      },
    }),
    ...(backup && {
      backup: {
        cloud: backup.site.cloud,
        region: backup.site.region,
        storage: mapValues(backup.storage.buckets, ({ name, url }) => ({ name, url })),
      },
    }),
  };
}

/** The same keys with something made from each value; what is absent stays absent. */
const mapValues = <K extends string, V, R>(map: Readonly<Partial<Record<K, V>>>, make: (value: V) => R) =>
  Object.fromEntries(Object.entries<V | undefined>(map).flatMap(([key, value]) => (value ? [[key, make(value)]] : [])));
