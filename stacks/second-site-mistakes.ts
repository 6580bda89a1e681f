import { replicaMistakes } from "../components/database/check";
import type { Mistake } from "../components/mistake";
import { databaseArguments, type Place } from "./arguments";
import type { Complete } from "./complete";
import { componentMistakes } from "./component-mistakes";
import { backupPlace, type RecoveryPlace, standbyPlace } from "./recovery-place";

/** What the components of second sites would refuse of the settings that the first site takes. */
export function secondSiteMistakes({ cloud }: Place, settings: Complete): Mistake[] {
  const standby = standbyPlace(cloud, settings);
  const backup = backupPlace(settings);
  return [
    ...(standby ? [...placeMistakes(standby, "dr.region", settings), ...databaseElsewhere(standby, settings)] : []),
    ...(backup ? placeMistakes(backup, "dr.secondaryCloud", settings) : []),
  ];
}

/** Its cloud and its zones have limits of their own. */
function placeMistakes(place: RecoveryPlace, why: string, settings: Complete): Mistake[] {
  const { compute, network } = settings;
  const { existing: _, admins: __, ...waiting } = compute;
  const { existing: ___, ...own } = network;
  const there = { ...settings, network: { ...own, cidr: place.cidr }, compute: waiting };
  return componentMistakes(place, there)
    .filter(({ field }) => stands(place, settings, field))
    .map(({ field, value, remedy }) => ({
      field: field === "network.zones" ? zonesSetting(why) : field,
      value,
      remedy: `on ${place.cloud} in ${place.region} (${why}), ${remedy}`,
    }));
}

const zonesSetting = (why: string) => (why === "dr.region" ? "dr.zones" : "network.zones");

/** Whether what a setting is about is made there (stacks/recovery.ts). Pools lie in zones of the first site's names. */
function stands({ mode }: RecoveryPlace, settings: Complete, field: string): boolean {
  if (/^compute\..*zones$/.test(field)) return false;
  if (field.startsWith("compute")) return mode !== "backup-restore";
  if (field.startsWith("cache")) return mode === "warm-standby" && settings.cache.enabled;
  return /^(network|storage)\./.test(field) && field !== "network.cidr";
}

/** A replica of the database, from pilot-light on. */
function databaseElsewhere({ cloud, mode }: RecoveryPlace, settings: Complete): Mistake[] {
  if (mode === "backup-restore") return [];
  const database = databaseArguments(settings);
  // What the first site's own replicas get wrong is said of them already.
  const wrong = replicaMistakes(cloud, database).length > 0 ? [] : replicaMistakes(cloud, database, `dr.mode ${mode}`);
  const mistakes = wrong.map((one) => ({ ...one, field: `database.${one.field}` }));
  // The login goes to the other region with the copies; on Azure the replica has a vault of its own.
  if (cloud === "azure" || settings.backup.offRegion) return mistakes;
  const remedy = `dr.mode ${mode} keeps a replica in dr.region, whose password goes there with the copies: set it to true`;
  return [...mistakes, { field: "backup.offRegion", value: false, remedy }];
}
