import { Cache } from "../components/cache";
import { Cluster } from "../components/cluster";
import { Replica } from "../components/database/replica";
import { Ingress } from "../components/ingress";
import { Storage } from "../components/storage";
import { Replication } from "../components/storage/replication";
import { type Ground, lay } from "./ground";
import type { Primary, Standby } from "./parts";
import type { Settings } from "./settings";

/** The sites that take over, or keep copies, when the first is lost (DR-02, DR-06, DR-10), and what is carried to them. */
export function recover(settings: Settings, primary: Primary, ground: Ground | undefined) {
  return {
    standby: ground && settings.standby ? standBy(settings, settings.standby, primary, ground) : undefined,
    backup: settings.backup ? keepElsewhere(settings, settings.backup, primary) : undefined,
  };
}

type Second = NonNullable<Settings["standby"]>;

/** Another region of the same cloud. */
function standBy(settings: Settings, second: Second, primary: Primary, ground: Ground): Standby {
  const { label, site, keys } = ground;
  const parts = waiting(settings, second, ground);
  const { database } = settings;
  const replica =
    second.mode === "backup-restore"
      ? undefined
      : new Replica(label("database"), {
          ...ground,
          source: primary.database,
          sourceNetwork: primary.network,
          sourceSite: primary.site,
          promoted: settings.active,
          size: database.size,
          engineVersion: database.engineVersion,
          storageGb: database.storageGb,
          maxStorageGb: database.maxStorageGb,
          maxConnections: database.maxConnections,
          backupRetentionDays: database.backupRetentionDays,
          pitrDays: database.pitrDays,
        });
  const purposes = (["uploads", "assets", "backups"] as const).filter((purpose) => primary.storage.buckets[purpose]);
  if (purposes.length > 0)
    new Replication(label("replication"), {
      source: primary,
      target: { site, keys, storage: parts.storage },
      purposes,
    });
  return { ...ground, ...parts, replica };
}

/** Another cloud: copies of the backups, and where the mode says so a cluster that they can be restored beside. */
function keepElsewhere(settings: Settings, second: Second, primary: Primary): Standby {
  const ground = lay("secondary", { ...second, keys: settings.keys });
  // The dumps come from the first site's cluster, out of its network's own addresses.
  const storage = { ...settings.storage, buckets: ["backups" as const], writers: primary.network.egress };
  return { ...ground, ...waiting({ ...settings, storage }, second, ground), replica: undefined };
}

/** Stores always; from pilot-light on a cluster; in warm-standby what it serves with. */
function waiting({ storage, cache, edge }: Settings, { mode, cluster, zones }: Second, ground: Ground) {
  const { label } = ground;
  const warm = mode === "warm-standby";
  return {
    storage: new Storage(label("storage"), { ...ground, ...storage }),
    cluster: cluster && new Cluster(label("cluster"), { ...ground, ...cluster }),
    cache: warm && cache ? new Cache(label("cache"), { ...ground, ...cache }) : undefined,
    ingress: warm && edge ? new Ingress(label("ingress"), { ...ground, zones, ...edge.ingress }) : undefined,
  };
}
