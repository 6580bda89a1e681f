import { formatCidr, parseCidr } from "../components/cidr";
import type { Cloud } from "../components/cloud";
import { fewestZones } from "../components/network/check";
import { defaultRegion, regions } from "../components/regions";
import { partnerOf } from "../components/site/azure-partner";
import { zonesOf } from "../components/zones";
import type { Place } from "./arguments";
import type { Complete } from "./complete";
import { profiles } from "./profiles";
import { modeFor, type RecoveryMode } from "./reach";

/** A second site: where it stands and what it is for. */
export interface RecoveryPlace extends Place {
  readonly cidr: string;
  readonly mode: RecoveryMode;
}

export const modeOf = ({ dr }: Complete): RecoveryMode => dr.mode ?? modeFor(dr.rtoMinutes);

/** Added to the second number of network.cidr, so that the sites of a stack never overlap (NET-13). */
const steps = { standby: 100, backup: 50 } as const;

/** network.cidr, so many sixteens further in 10.0.0.0/8; wraps round at its end. */
export function shifted(cidr: string, role: keyof typeof steps): string {
  const parsed = parseCidr(cidr);
  if (!parsed) return cidr;
  const size = 2 ** 24;
  const base = Math.floor(parsed.base / size) * size;
  return formatCidr({ base: base + ((parsed.base - base + steps[role] * 2 ** 16) % size), prefix: parsed.prefix });
}

/** Zones of a second site: as many as the first has, or as its region has. */
export function zonesAt(cloud: Cloud, region: string, wanted: number | readonly string[]): readonly string[] {
  const known = regions[cloud][region];
  if (known === undefined || known === "?" || known === "" || typeof wanted !== "number")
    return zonesOf(cloud, region, wanted);
  return zonesOf(cloud, region, Math.min(wanted, known.length));
}

export const zonesWanted = ({ network, dr }: Complete): number | readonly string[] =>
  dr.zones ?? (typeof network.zones === "number" ? network.zones : network.zones.length);

/** The site in another region of the stack's cloud; undefined where none is asked for. */
export function standbyPlace(cloud: Cloud, settings: Complete): RecoveryPlace | undefined {
  const { dr, network } = settings;
  if (dr.region === undefined) return undefined;
  return {
    cloud,
    region: dr.region,
    zones: zonesAt(cloud, dr.region, zonesWanted(settings)),
    cidr: dr.cidr ?? shifted(network.cidr, "standby"),
    mode: modeOf(settings),
  };
}

/** Whether the cloud copies the database's backups there; Azure only does to a region's partner (BAK-06). */
export const copiesBackups = (cloud: Cloud, from: string, to: string, { backup }: Complete): boolean =>
  backup.offRegion && (cloud !== "azure" || partnerOf(from) === to);

export const secondaryRegionOf = (cloud: Cloud, { app, dr }: Complete): string =>
  dr.secondaryRegion ?? (app ? profiles[app]?.regions?.[cloud] : undefined) ?? defaultRegion[cloud];

/** The site on another cloud; undefined where none is asked for. It keeps copies; what stands there besides is the mode's to say. */
export function backupPlace(settings: Complete): RecoveryPlace | undefined {
  const { dr, network } = settings;
  const cloud = dr.secondaryCloud;
  if (cloud === "none") return undefined;
  const region = secondaryRegionOf(cloud, settings);
  const zones = typeof network.zones === "number" ? network.zones : network.zones.length;
  return {
    cloud,
    region,
    // A stack of one zone may have its copies on a cloud that wants two.
    zones: zonesAt(cloud, region, Math.max(zones, fewestZones[cloud])),
    cidr: shifted(network.cidr, "backup"),
    // With a standby region there is one place to take over; the other cloud then only keeps copies.
    mode: dr.region === undefined ? modeOf(settings) : "backup-restore",
  };
}
