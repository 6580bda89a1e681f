// One of everything that a component takes, on one cloud, and what each component is built from when nothing is wrong.
import { AuditTrail } from "../../../components/audit";
import { Cache } from "../../../components/cache";
import { Cdn } from "../../../components/cdn";
import type { Cloud } from "../../../components/cloud";
import { Cluster } from "../../../components/cluster";
import { Autoscaling } from "../../../components/cluster/autoscaling";
import { Copies } from "../../../components/copies";
import { Database } from "../../../components/database";
import { Replica } from "../../../components/database/replica";
import { Zone } from "../../../components/dns";
import { Failover } from "../../../components/dns/failover";
import { DnsRecord } from "../../../components/dns/record";
import { WorkloadIdentity } from "../../../components/identity";
import { Ingress } from "../../../components/ingress";
import { Issuer } from "../../../components/issuer";
import { Keys } from "../../../components/keys";
import { Network } from "../../../components/network";
import { Registry } from "../../../components/registry";
import { Rotation } from "../../../components/rotation";
import { Secrets } from "../../../components/secrets";
import { Site } from "../../../components/site";
import { Storage } from "../../../components/storage";
import { Replication } from "../../../components/storage/replication";
import { Waf } from "../../../components/waf";
import * as sites from "../../sites";

const otherClouds = { aws: "azure", azure: "gcp", gcp: "aws" } as const;

/** Everything that arguments refer to: of the site, of another region of its cloud, and of another cloud. */
export function groundOn(cloud: Cloud) {
  const ground = sites.groundOn(cloud);
  const { site, keys } = ground;
  const other = sites.standbyOn(cloud);
  const away = otherClouds[cloud];
  const elsewhere = new Site("elsewhere", {
    ...{ app: "goodies", environment: "prod", cloud: away, region: sites.regions[away], role: "backup" },
    account: { gcp: "goodies-prod" },
    tags: site.tags,
  });
  const strangeKeys = new Keys("strange-keys", { site: elsewhere });
  const strangeNetwork = new Network("strange-network", {
    ...{ site: elsewhere, keys: strangeKeys, zones: sites.zones[away], cidr: "10.70.0.0/16" },
  });
  const zone = new Zone("zone", { site, keys, domain: "prod.goodies.example" });
  return {
    ...ground,
    ...{ cloud, zone, other, elsewhere, strangeKeys, strangeNetwork, zones: sites.zones[cloud] },
    storage: sites.storageOn(ground),
    cluster: sites.clusterOn(ground),
    database: sites.databaseOn(ground),
    cache: sites.cacheOn(ground),
    registry: sites.registryOn(ground),
    secrets: sites.secretsOn(ground),
    ingress: new Ingress("ingress", { ...ground, zones: sites.zones[cloud] }),
    edgeWaf: new Waf("edge-waf", { site, keys, scope: "edge" }),
    regionalWaf: new Waf("regional-waf", { site, keys, scope: "regional" }),
    otherStorage: new Storage("other-storage", { ...other }),
  };
}
export type Ground = ReturnType<typeof groundOn>;

type Args = Readonly<Record<string, unknown>>;
type Class = new (name: string, args: never) => unknown;

/** A component, and arguments of it that nothing is wrong with. */
export interface Subject {
  readonly class: Class;
  readonly fine: (ground: Ground) => Args;
}

const onGround = ({ site, keys, network }: Ground) => ({ site, keys, network });
const inside = (ground: Ground) => ({ ...onGround(ground), cluster: ground.cluster, database: ground.database });
const figures = {
  ...{ engineVersion: "17", storageGb: 32, maxStorageGb: 128, maxConnections: 200 },
  ...{ backupRetentionDays: 30, pitrDays: 7 },
};
const stores = ({ site, keys }: { readonly site: Site; readonly keys: Keys }, storage: Storage) => ({
  site,
  keys,
  storage,
});

export const subjects = {
  Site: {
    class: Site,
    fine: ({ site, cloud }) => ({ app: "goodies", environment: "prod", cloud, region: site.region, tags: site.tags }),
  },
  Keys: { class: Keys, fine: ({ site }) => ({ site }) },
  Network: { class: Network, fine: ({ site, keys, zones }) => ({ site, keys, zones }) },
  Cluster: { class: Cluster, fine: (ground) => ({ ...onGround(ground), zones: ground.zones }) },
  Database: { class: Database, fine: onGround },
  Replica: {
    class: Replica,
    fine: ({ other, site, network, database }) => ({
      ...{ ...other, sourceSite: site, sourceNetwork: network, source: database },
      ...figures,
    }),
  },
  Storage: { class: Storage, fine: onGround },
  Replication: {
    class: Replication,
    fine: (ground) => ({ source: stores(ground, ground.storage), target: stores(ground.other, ground.otherStorage) }),
  },
  Cache: { class: Cache, fine: onGround },
  Registry: { class: Registry, fine: onGround },
  Secrets: { class: Secrets, fine: onGround },
  AuditTrail: { class: AuditTrail, fine: onGround },
  Ingress: { class: Ingress, fine: ({ site, network, zones }) => ({ site, network, zones }) },
  Zone: { class: Zone, fine: ({ site, keys }) => ({ site, keys, domain: "two.example" }) },
  DnsRecord: {
    class: DnsRecord,
    fine: ({ site, zone }) => ({ site, zone, host: "www", type: "A", values: ["203.0.113.7"] }),
  },
  Failover: {
    class: Failover,
    fine: ({ site, zone, ingress }) => ({ site, zone, host: "api", primary: ingress, standby: ingress }),
  },
  Waf: { class: Waf, fine: ({ site, keys }) => ({ site, keys, scope: "edge" }) },
  Cdn: {
    class: Cdn,
    fine: (ground) => ({
      ...{ ...onGround(ground), storage: ground.storage, zone: ground.zone, waf: ground.edgeWaf },
      assets: { bucket: ground.storage.buckets.assets },
    }),
  },
  WorkloadIdentity: {
    class: WorkloadIdentity,
    fine: ({ site, cluster, keys }) => ({
      ...{ site, cluster, namespace: "app", serviceAccount: "app" },
      grants: { key: { kind: "key", key: keys.for("storage") } },
    }),
  },
  Issuer: { class: Issuer, fine: ({ site, cluster, zone }) => ({ site, cluster, zone }) },
  Copies: { class: Copies, fine: (ground) => ({ ...inside(ground), storage: ground.storage }) },
  Rotation: { class: Rotation, fine: inside },
  Autoscaling: { class: Autoscaling, fine: ({ site, cluster }) => ({ site, cluster }) },
} as const satisfies Readonly<Record<string, Subject>>;
export type SubjectName = keyof typeof subjects;
