import { type Cloud, clouds, type PerCloud } from "../components/cloud";
import type { Mistake } from "../components/mistake";
import { ownTags, tagMistakes } from "../components/tags";
import { nearestRegion, regionMistake, zonesMistake, zonesOf } from "../components/zones";
import { type Place, tagsOf } from "./arguments";
import { type Complete, regionOf } from "./complete";
import { componentMistakes } from "./component-mistakes";
import { edgeMistakes } from "./edge-mistakes";
import { type Problem, setCommand, settingName } from "./problem";
import { recoveryMistakes } from "./recovery-mistakes";
import { remedyOf } from "./remedy";
import { unusedMistakes } from "./unused-mistakes";
import type { Layer } from "./vocabulary";

/** What settings that are each right get wrong together: region and cloud, zones and region, the clouds' own limits. */
export interface Judged {
  /** Undefined where cloud, region or zones are in doubt. */
  readonly place: Place | undefined;
  readonly problems: readonly Problem[];
}

/** @param file what the stack file itself says: a promise made there weighs more than a profile's */
export function judge(namespace: string, settings: Complete, file: Layer = {}): Judged {
  const { cloud, network } = settings;
  const ask = (setting: string, value: unknown, wrong: string): Problem => ({
    setting,
    ...(value === undefined ? {} : { value }),
    wrong,
    remedy: remedyOf(namespace, setting, undefined, value),
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
      .filter((mistake) => !(lost && aboutZones(mistake)))
      .map(asked(ask)),
    ...(lost ? [] : redundancyProblems(place, settings, ask)),
    ...(lost ? [] : recoveryMistakes(place, settings, file).map(asked(ask))),
    ...edgeMistakes(settings).map(asked(ask)),
    ...existingProblems(place, settings, ask),
    ...unusedMistakes(settings, file).map(asked(ask)),
    ...tags,
  ];
  return { place: lost ? undefined : place, problems };
}

function strayProblem(namespace: string, cloud: Cloud, region: string, wrong: string, settings: Complete): Problem {
  const { region: _, ...elsewhere } = settings;
  const better = nearestRegion(cloud, region) ?? regionOf(cloud, elsewhere);
  return { setting: "region", value: region, wrong: `it ${wrong}`, remedy: setCommand(namespace, "region", better) };
}

/** Can't be judged without knowing the zones. */
const aboutZones = ({ field }: Mistake) => field === "network.zones" || /^compute\..*zones$/.test(field);

type Ask = (setting: string, value: unknown, wrong: string) => Problem;
const asked = (ask: Ask) => (mistake: Mistake) => ask(mistake.field, mistake.value, mistake.remedy);

/** What is wrong on every cloud, where a stack file doesn't say which. */
function mistakesAnywhere(settings: Complete): Mistake[] {
  const [first = [], ...others] = clouds.map((cloud) =>
    componentMistakes({ cloud, region: regionOf(cloud, settings), zones: [] }, settings),
  );
  const same = (a: Mistake) => (b: Mistake) => a.field === b.field && a.remedy === b.remedy;
  return first.filter((mistake) => !aboutZones(mistake) && others.every((list) => list.some(same(mistake))));
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

/** What clouds need of a network that is brought along beyond its tiers. */
const alsoNeeded: PerCloud<Readonly<Record<string, string>>> = {
  aws: {},
  azure: {
    databaseSubnet: "on Azure the database needs a subnet delegated to Microsoft.DBforPostgreSQL/flexibleServers",
    clusterSubnet: "on Azure the API server needs a subnet delegated to Microsoft.ContainerService/managedClusters",
  },
  gcp: { secondaryRanges: "on Google Cloud pods and services need second ranges of the private subnet, by name" },
};

function existingProblems({ cloud }: Place, { network, compute }: Complete, ask: Ask): Problem[] {
  const { existing } = network;
  if (!existing) return [];
  return Object.entries(alsoNeeded[cloud])
    .filter(([key]) => existing[key as keyof typeof existing] === undefined)
    .filter(([key]) => key === "databaseSubnet" || !compute.existing)
    .map(([key, why]) => ask(`network.existing.${key}`, undefined, `missing; ${why}`));
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
        settingName(["tags", "extra", key]),
        value,
        own ? `that tag is made from ${own}` : "that tag is set for each resource",
      );
    });
  const wrong = tagMistakes(tagsOf(settings), ownTags).map(([key, what]) => {
    const own = Object.hasOwn(ownSetting, key) ? ownSetting[key] : undefined;
    const setting = own ?? (Object.hasOwn(extra, key) ? settingName(["tags", "extra", key]) : "tags.extra");
    return ask(setting, extra[key], key === "tags" ? `the tags ${what}` : `the tag ${what}`);
  });
  return [...taken, ...wrong];
}
