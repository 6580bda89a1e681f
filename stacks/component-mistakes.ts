import { auditMistakes } from "../components/audit";
import { cacheMistakes } from "../components/cache/check";
import { cdnMistakes } from "../components/cdn/check";
import { networkCidrMistake, parseCidr, planSubnets } from "../components/cidr";
import { clusterMistakes } from "../components/cluster/check";
import { completePools } from "../components/cluster/complete";
import { databaseMistakes } from "../components/database/check";
import { zoneMistakes } from "../components/dns/check";
import type { Mistake } from "../components/mistake";
import { networkMistakes } from "../components/network/check";
import { registryMistakes } from "../components/registry/check";
import { secretsMistakes } from "../components/secrets/check";
import { storageMistakes } from "../components/storage/check";
import { wafMistakes } from "../components/waf";
import { databaseArguments, networkArguments, type Place, storageArguments } from "./arguments";
import { cacheArguments, clusterArguments, registryArguments, secretsArguments } from "./arguments-of-compute";
import { auditArguments, cdnArguments, wafArguments, zoneArguments } from "./arguments-of-edge";
import type { Complete } from "./complete";

/** Arguments of a component that are called otherwise in a stack file. */
const settingNames: readonly (readonly [argument: RegExp, setting: string])[] = [
  [/^network\.appPort$/, "workload.port"],
  [/^database\.backupRetentionDays$/, "backup.retentionDays"],
  [/^database\.pitrDays$/, "backup.pitrDays"],
  [/^database\.backupHour$/, "backup.schedule"],
  [/^database\.databaseName$/, "database.name"],
  [/^storage\.buckets$/, "storage.uploads"],
  [/^cluster\.system\b/, "compute.systemNodes"],
  [/^cluster\.pools\.workers\b/, "compute.nodes"],
  [/^cluster\.pools\.spot\b/, "compute.spotPool"],
  [/^cluster\b/, "compute"],
  [/^secrets\.secrets\b/, "secrets.generate"],
  [/^zone\.existing$/, "dns.existingZone"],
  [/^zone\b/, "dns"],
];

function settingOf(argument: string): string {
  const [form, setting] = settingNames.find(([known]) => known.test(argument)) ?? [/^$/, ""];
  return argument.replace(form, setting);
}

/** What the components themselves would refuse, under the names that a stack file has for it. */
export function componentMistakes(place: Place, settings: Complete): Mistake[] {
  const { cloud, region } = place;
  const inWords = (component: string, mistakes: readonly Mistake[]) =>
    mistakes.map(({ field, value, remedy }) => ({
      field: settingOf(`${component}.${field}`),
      value,
      remedy: remedy.replace("backupRetentionDays", "backup.retentionDays"),
    }));
  const zone = zoneArguments(settings);
  return [
    ...inWords("network", networkMistakes(cloud, region, networkArguments(place, settings))),
    ...inWords("cluster", clusterChoiceMistakes(place, settings)),
    ...poolNameMistakes(settings),
    ...inWords("cluster", roomMistakes(place, settings)),
    ...inWords("database", databaseMistakes(cloud, databaseArguments(settings))),
    ...(settings.cache.enabled ? inWords("cache", cacheMistakes(cloud, cacheArguments(settings))) : []),
    ...inWords("storage", storageMistakes(cloud, settings.safeguards.disposable, storageArguments(settings))),
    ...inWords("registry", registryMistakes(registryArguments(settings))),
    ...inWords("secrets", secretsMistakes(secretsArguments(settings))),
    ...inWords("cdn", cdnMistakes(cloud, cdnArguments(settings))),
    ...inWords("waf", wafMistakes(cloud, wafArguments(settings))),
    ...(settings.audit.enabled
      ? inWords("audit", auditMistakes(settings.safeguards.disposable, auditArguments(settings)))
      : []),
    ...(zone ? inWords("zone", zoneMistakes(cloud, { authorities: [], logRetentionDays: 1, ...zone })) : []),
  ];
}

/** Pools with a setting of their own, which another of their name would take the place of. */
function poolNameMistakes({ compute }: Complete): Mistake[] {
  const taken: Readonly<Record<string, string>> = {
    workers: "compute.nodes",
    ...(compute.spotPool.enabled ? { spot: "compute.spotPool" } : {}),
  };
  return Object.keys(compute.pools)
    .filter((name) => Object.hasOwn(taken, name))
    .map((name) => ({
      field: "compute.pools",
      value: name,
      remedy: `that pool is ${taken[name]}: set it there, or choose another name`,
    }));
}

/** Azure keeps five addresses of a subnet for itself, and a pool's nodes lie in one zone's private subnet. */
function roomMistakes(place: Place, settings: Complete): Mistake[] {
  const { network, compute } = settings;
  const [zone = ""] = place.zones;
  if (place.cloud !== "azure" || network.existing || compute.existing) return [];
  if (networkCidrMistake(network.cidr) || !zone) return [];
  const subnet = parseCidr(planSubnets(network.cidr, [zone], ["private"]).private[zone] ?? "");
  const room = subnet ? 2 ** (32 - subnet.prefix) - 5 : Infinity;
  const remedy = `a private subnet of network.cidr ${network.cidr} has room for ${room} nodes: use that or fewer, or a wider range`;
  const { system, pools } = poolsOf(place, settings);
  return [["system", system] as const, ...Object.entries(pools).map(([name, pool]) => [`pools.${name}`, pool] as const)]
    .filter(([, { max }]) => max > room)
    .map(([pool, { max }]) => ({ field: `${pool}.max`, value: max, remedy }));
}

function poolsOf(place: Place, settings: Complete) {
  const { environment = "dev" } = settings;
  const frugal = environment === "dev" || environment === "preview";
  return completePools({ site: { frugal, environment }, ...clusterArguments(place, settings) });
}

function clusterChoiceMistakes(place: Place, settings: Complete): Mistake[] {
  const { version = "", ...args } = clusterArguments(place, settings);
  return clusterMistakes(place.cloud, {
    apiAllowList: [],
    admins: [],
    maintenanceHour: 0,
    logRetentionDays: 1,
    ...args,
    version,
    ...poolsOf(place, settings),
  });
}
