import { networkArguments, type Place, secondSiteArguments } from "./arguments";
import { reachesCluster, waitingClusterArguments } from "./arguments-of-compute";
import type { Complete } from "./complete";
import { backupPlace, copiesBackups, type RecoveryPlace, standbyPlace } from "./recovery-place";

// From the words of a stack file to the arguments of second sites, and of what runs in the cluster.

/** Jobs and issuers that Pulumi installs in the cluster; off where it can't reach the API server, unless asked for. */
export function inClusterArguments(settings: Complete) {
  const { backup, secrets, storage, tls, dr } = settings;
  const reaches = reachesCluster(settings);
  return {
    reaches,
    issuer: tls.issuer === "letsencrypt",
    rotation: secrets.rotatePasswords ?? reaches,
    dumps: backup.dumps ?? (storage.backups && (reaches || dr.secondaryCloud !== "none")),
    rotationDays: secrets.rotationDays,
    // Without a second site the cloud's own backups keep the promise, and a dump a day is what BAK-01 asks for.
    rpoMinutes: dr.region === undefined && dr.secondaryCloud === "none" ? 1440 : dr.rpoMinutes,
  };
}

const replicates = ({ mode }: RecoveryPlace): boolean => mode !== "backup-restore";

function secondSite(place: RecoveryPlace, role: "standby" | "backup", settings: Complete) {
  const { existing: _, ...network } = networkArguments(place, settings);
  const waiting = place.mode === "backup-restore" ? undefined : waitingClusterArguments(place, settings, place.mode);
  return {
    mode: place.mode,
    site: secondSiteArguments(place, role, settings),
    zones: place.zones,
    network: {
      ...network,
      cidr: place.cidr,
      peers: role === "standby" && replicates(place) ? [settings.network.cidr] : [],
    },
    cluster: waiting,
  };
}

export function recoveryArguments({ cloud, region }: Place, settings: Complete) {
  const standby = standbyPlace(cloud, settings);
  const backup = backupPlace(settings);
  return {
    /** Ranges that the first site's database replicates to. */
    peers: standby && replicates(standby) ? [standby.cidr] : [],
    /** Backups of the database are copied to the standby's region by the cloud. */
    copies: standby !== undefined && copiesBackups(cloud, region, standby.region, settings),
    active: settings.dr.active,
    standby: standby && secondSite(standby, "standby", settings),
    backup: backup && secondSite(backup, "backup", settings),
  };
}
