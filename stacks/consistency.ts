import { type Cloud, clouds } from "../components/cloud";
import { databaseMistakes } from "../components/database/check";
import type { Mistake } from "../components/mistake";
import { networkMistakes } from "../components/network/check";
import { storageMistakes } from "../components/storage/check";
import { tagMistakes } from "../components/tags";
import { nearestRegion, regionMistake, zonesMistake, zonesOf } from "../components/zones";
import { databaseArguments, networkArguments, type Place, storageArguments, tagsOf } from "./arguments";
import { type Complete, regionOf } from "./complete";
import { type Problem, setCommand } from "./problem";
import { remedyOf } from "./remedy";

/** What settings that are each right get wrong together: region and cloud, zones and region, the clouds' own limits. */
export interface Judged {
  /** Undefined where cloud, region or zones are in doubt. */
  readonly place: Place | undefined;
  readonly problems: readonly Problem[];
}

export function judge(namespace: string, settings: Complete): Judged {
  const { cloud, network } = settings;
  const ask = (setting: string, value: unknown, wrong: string): Problem => ({
    setting,
    ...(value === undefined ? {} : { value }),
    wrong,
    remedy: remedyOf(namespace, setting),
  });
  const tags = tagProblems(settings, ask);
  if (!cloud) return { place: undefined, problems: [...mistakesAnywhere(settings).map(asked(ask)), ...tags] };
  const region = regionOf(cloud, settings);
  const stray = regionMistake(cloud, region, typeof network.zones !== "number");
  const zoneless = stray ? undefined : zonesMistake(cloud, region, network.zones);
  const lost = stray !== undefined || zoneless !== undefined;
  const place = { cloud, region, zones: lost ? [] : zonesOf(cloud, region, network.zones) };
  const problems = [
    ...(stray ? [strayProblem(namespace, cloud, region, stray, settings)] : []),
    ...(zoneless ? [ask("network.zones", network.zones, zoneless)] : []),
    ...componentMistakes(place, settings)
      .filter(({ field }) => !(lost && field === "network.zones"))
      .map(asked(ask)),
    ...(lost ? [] : redundancyProblems(place, settings, ask)),
    ...existingProblems(place, settings, ask),
    ...tags,
  ];
  return { place: lost ? undefined : place, problems };
}

function strayProblem(namespace: string, cloud: Cloud, region: string, wrong: string, settings: Complete): Problem {
  const { region: _, ...elsewhere } = settings;
  const better = nearestRegion(cloud, region) ?? regionOf(cloud, elsewhere);
  return { setting: "region", value: region, wrong: `it ${wrong}`, remedy: setCommand(namespace, "region", better) };
}

/** Arguments of a component that are called otherwise in a stack file. */
const settingOf: Readonly<Record<string, string>> = {
  "network.appPort": "workload.port",
  "database.backupRetentionDays": "backup.retentionDays",
  "database.pitrDays": "backup.pitrDays",
  "database.backupHour": "backup.schedule",
  "database.databaseName": "database.name",
  "storage.buckets": "storage.uploads",
};

function componentMistakes(place: Place, settings: Complete): Mistake[] {
  const inWords = (component: string, mistakes: readonly Mistake[]) =>
    mistakes.map(({ field, value, remedy }) => {
      const setting = settingOf[`${component}.${field}`] ?? `${component}.${field}`;
      return { field: setting, value, remedy: remedy.replace("backupRetentionDays", "backup.retentionDays") };
    });
  return [
    ...inWords("network", networkMistakes(place.cloud, place.region, networkArguments(place, settings))),
    ...inWords("database", databaseMistakes(place.cloud, databaseArguments(settings))),
    ...inWords("storage", storageMistakes(place.cloud, settings.safeguards.disposable, storageArguments(settings))),
  ];
}

type Ask = (setting: string, value: unknown, wrong: string) => Problem;
const asked = (ask: Ask) => (mistake: Mistake) => ask(mistake.field, mistake.value, mistake.remedy);

/** What is wrong on every cloud, where a stack file doesn't say which. */
function mistakesAnywhere(settings: Complete): Mistake[] {
  const [first = [], ...others] = clouds.map((cloud) =>
    componentMistakes({ cloud, region: regionOf(cloud, settings), zones: [] }, settings),
  );
  const same = (a: Mistake) => (b: Mistake) => a.field === b.field && a.remedy === b.remedy;
  return first.filter(
    (mistake) => mistake.field !== "network.zones" && others.every((list) => list.some(same(mistake))),
  );
}

/** NET-05, DB-02. */
function redundancyProblems({ zones }: Place, settings: Complete, ask: Ask): Problem[] {
  const { environment, database, network } = settings;
  if (zones.length >= 2) return [];
  if (database.ha)
    return [ask("network.zones", network.zones, "use two or more: database.ha puts a standby in another")];
  const lasting = environment === "staging" || environment === "prod" || environment === "dr";
  return lasting ? [ask("network.zones", network.zones, `use two or more in ${environment} (NET-05)`)] : [];
}

function existingProblems({ cloud }: Place, { network }: Complete, ask: Ask): Problem[] {
  const { existing } = network;
  if (cloud !== "azure" || !existing || existing.databaseSubnet !== undefined) return [];
  const wrong = "missing; on Azure the database needs a subnet delegated to Microsoft.DBforPostgreSQL/flexibleServers";
  return [ask("network.existing.databaseSubnet", undefined, wrong)];
}

/** Required tags that have a setting of their own. */
const ownSetting: Readonly<Record<string, string>> = {
  owner: "tags.owner",
  "cost-centre": "tags.costCentre",
  environment: "environment",
  app: "name",
};

function tagProblems(settings: Complete, ask: Ask): Problem[] {
  const extra = settings.tags?.extra ?? {};
  const taken = Object.entries(extra)
    .filter(([key]) => Object.hasOwn(ownSetting, key) || key === "name" || key === "managed-by")
    .map(([key, value]) => {
      const own = ownSetting[key];
      return ask(
        `tags.extra.${key}`,
        value,
        own ? `that tag is made from ${own}` : "that tag is set for each resource",
      );
    });
  const wrong = tagMistakes(tagsOf(settings)).map(([key, what]) => {
    const own = Object.hasOwn(ownSetting, key) ? ownSetting[key] : undefined;
    const setting = own ?? (Object.hasOwn(extra, key) ? `tags.extra.${key}` : "tags.extra");
    return ask(setting, extra[key], key === "tags" ? `the tags ${what}` : `the tag ${what}`);
  });
  return [...taken, ...wrong];
}
