import type { Cloud } from "../components/cloud";
import type { DatabaseChoice } from "../components/database/check";
import type { KeysArgs } from "../components/keys";
import type { ExistingNetwork, NetworkArgs } from "../components/network";
import type { SiteArgs } from "../components/site";
import type { StorageArgs } from "../components/storage";
import { siteTags } from "../components/tags";
import type { Complete } from "./complete";
import type { RecoveryPlace } from "./recovery-place";

/** A part of settings as arguments: what was left out is absent. */
export type Present<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T]: Present<Exclude<T[K], undefined>> }
    : T;
export const present = <T extends object>(part: T): Present<T> =>
  Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Present<T>;

/** Which cloud and region a stack stands in, and its zones by name. */
export interface Place {
  readonly cloud: Cloud;
  readonly region: string;
  readonly zones: readonly string[];
}

// From the words of a stack file to the arguments of the components.

export function siteArguments({ cloud, region }: Place, settings: Complete): SiteArgs {
  const { app = "custom", name, environment = "dev", account, safeguards } = settings;
  return {
    app: name ?? app,
    environment,
    cloud,
    region,
    tags: tagsOf(settings),
    account: Object.fromEntries(Object.entries(account ?? {}).map(([key, id]) => [key, String(id)])),
    safeguards,
  };
}

/** The site of a second place: the same application and rules, another role. */
export const secondSiteArguments = (
  { cloud, region }: RecoveryPlace,
  role: "standby" | "backup",
  settings: Complete,
): SiteArgs => ({ ...siteArguments({ cloud, region, zones: [] }, settings), role });

export const tagsOf = ({ app = "custom", name, environment = "dev", tags }: Complete) =>
  siteTags({
    app: name ?? app,
    environment,
    owner: tags?.owner ?? "",
    costCentre: String(tags?.costCentre ?? ""),
    extra: (tags?.extra ?? {}) as Readonly<Record<string, string>>,
  });

export const keysArguments = ({ keys }: Complete): Required<Omit<KeysArgs, "site" | "purposes">> => ({
  rotationDays: keys.rotationDays,
  deletionWindowDays: keys.deletionWindowDays,
});

export function networkArguments({ zones }: Place, { network, workload }: Complete) {
  return {
    cidr: network.cidr,
    zones,
    nat: network.natPerZone ? "per-zone" : "single",
    egress: network.egress,
    appPort: workload.port,
    flowLogRetentionDays: network.flowLogRetentionDays,
    ...(network.existing ? { existing: network.existing as ExistingNetwork } : {}),
  } as const satisfies Omit<NetworkArgs, "site" | "keys">;
}

export function databaseArguments({ database, backup }: Complete): DatabaseChoice {
  const { name, passwordSource: _, engineVersion, maxStorageGb, ...rest } = database;
  return {
    ...rest,
    engineVersion: String(engineVersion),
    maxStorageGb: maxStorageGb ?? 4 * database.storageGb,
    databaseName: name,
    backupRetentionDays: backup.retentionDays,
    pitrDays: backup.pitrDays,
    backupHour: Number(backup.schedule.split(" ")[1]),
  };
}

export function storageArguments({ storage }: Complete) {
  const { uploads, assets, backups, ...days } = storage;
  const made = { uploads, assets, backups };
  const buckets = (["uploads", "assets", "backups"] as const).filter((purpose) => made[purpose]);
  return { ...days, buckets } as const satisfies Omit<StorageArgs, "site" | "network" | "keys">;
}
