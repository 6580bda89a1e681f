import { AuditTrail } from "../components/audit";
import { Cache } from "../components/cache";
import { Cluster } from "../components/cluster";
import { Database } from "../components/database";
import { Registry } from "../components/registry";
import { Secrets } from "../components/secrets";
import { Storage } from "../components/storage";
import { openEdge } from "./edge";
import { lay } from "./ground";
import { outputsOf } from "./outputs";
import { recover } from "./recovery";
import type { Settings } from "./settings";

/** A stack's platform, and its second sites. Returns the stack's outputs (ARC-07): endpoints, ids and where secrets live. */
export function deploy(settings: Settings) {
  const standby = settings.standby && lay("standby", { ...settings.standby, keys: settings.keys });
  const ground = lay("primary", settings);
  const { site, keys, network } = ground;
  const on = { site, keys, network };
  const elsewhere = standby && { site: standby.site, keys: standby.keys, network: standby.network };

  const audit = settings.audit && new AuditTrail("audit", { ...on, ...settings.audit });
  const registry = new Registry("registry", { ...on, ...settings.registry, ...given({ replica: elsewhere }) });
  const secrets = new Secrets("secrets", { ...on, ...settings.secrets, ...given({ replica: elsewhere }) });
  const storage = new Storage("storage", { ...on, ...settings.storage });
  const database = new Database("database", {
    ...on,
    ...settings.database,
    ...given({ copies: settings.copies ? elsewhere : undefined }),
  });
  const cache = settings.cache && new Cache("cache", { ...on, ...settings.cache });
  const cluster = new Cluster("cluster", { ...on, registry, ...settings.cluster });
  const primary = { ...ground, registry, secrets, storage, database, cache, cluster };

  const recovery = recover(settings, primary, standby);
  const edge = openEdge(settings, primary, recovery.standby ?? recovery.backup);
  const { reaches, issuer, dumps, rotation } = settings.inCluster;
  // The Kubernetes SDK is read only where something is installed.
  if (reaches || issuer || dumps || rotation)
    (require("./in-cluster") as typeof import("./in-cluster")).installInside(settings, primary, edge?.zone, recovery);
  return outputsOf({ ...primary, audit, edge, recovery });
}

/** Only what is there: an argument that is left out takes its default. */
function given<T extends object>(args: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined)) as ReturnType<
    typeof given<T>
  >;
}
