import { parseCidr } from "../cidr";
import type { Cloud } from "../cloud";
import { logRetentionMistakes, type Mistake, outside, refuse } from "../mistake";
import type { CompleteClusterArgs } from ".";
import type { CompletePool } from "./pools";

/** Bounds of the numbers, inclusive; what they mean is in ClusterArgs and NodePool. */
export const clusterRanges = { maintenanceHour: [0, 23], logRetentionDays: [1, 3653] } as const;
export const poolRanges = { min: [0, 100], max: [1, 1000], diskGb: [30, 2048], surgePercent: [1, 100] } as const;

/** What of a cluster can be judged without its site: settings judge the same before anything is registered. */
export type ClusterChoice = Pick<
  CompleteClusterArgs,
  "system" | "pools" | "apiAllowList" | "zones" | "version" | "admins" | keyof typeof clusterRanges
>;

/** Refuses, with pulumi.RunError, what the clouds would refuse later: field, value, remedy. */
export function checkCluster(name: string, args: CompleteClusterArgs): void {
  refuse("Cluster", name, clusterMistakes(args.site.cloud, args));
}

export function clusterMistakes(cloud: Cloud, choice: ClusterChoice): Mistake[] {
  return [
    ...outside(clusterRanges, choice),
    ...logRetentionMistakes(cloud, "logRetentionDays", choice.logRetentionDays),
    ...versionMistakes(choice.version),
    ...allowListMistakes(choice.apiAllowList),
    ...adminMistakes(cloud, choice.admins),
    ...poolMistakes("system", choice.system, choice.zones),
    ...(choice.system.min < 1 ? [{ field: "system.min", value: choice.system.min, remedy: "use 1 or more" }] : []),
    ...Object.entries(choice.pools).flatMap(([name, pool]) => [
      ...nameMistakes(name),
      ...poolMistakes(`pools.${name}`, pool, choice.zones),
    ]),
  ];
}

function versionMistakes(version: string): Mistake[] {
  if (/^1\.\d{2}$/.test(version)) return [];
  return [{ field: "version", value: version, remedy: 'use a Kubernetes minor such as "1.35"' }];
}

function allowListMistakes(list: readonly string[]): Mistake[] {
  return list.flatMap((range) => {
    const cidr = parseCidr(range);
    if (cidr && cidr.prefix >= 8) return [];
    const remedy = cidr
      ? "opens the API server to the world: name the ranges that you administer from, /8 or longer"
      : 'use IPv4 ranges such as "203.0.113.0/24"';
    return [{ field: "apiAllowList", value: range, remedy }];
  });
}

const adminForms: Readonly<Record<Cloud, { readonly form: RegExp; readonly words: string }>> = {
  aws: { form: /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/.+$/, words: "ARNs of IAM roles or users" },
  azure: { form: /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, words: "object ids of Entra groups" },
  gcp: { form: /^[^@\s]+@[^@\s]+\.[^@\s]+$/, words: "addresses of Google groups or users" },
};

function adminMistakes(cloud: Cloud, admins: readonly string[]): Mistake[] {
  const { form, words } = adminForms[cloud];
  return admins
    .filter((admin) => !form.test(admin))
    .map((value) => ({ field: "admins", value, remedy: `on ${cloud}, use ${words}` }));
}

/** AKS: 12 characters; `system` is the first pool's own name. */
function nameMistakes(name: string): Mistake[] {
  if (/^[a-z][a-z0-9]{0,11}$/.test(name) && name !== "system") return [];
  const remedy = 'use lower case letters and digits, a letter first, 12 characters at most, and not "system"';
  return [{ field: "pools", value: name, remedy }];
}

function poolMistakes(field: string, pool: CompletePool, zones: readonly string[]): Mistake[] {
  const within = outside(poolRanges, pool).map((one) => ({ ...one, field: `${field}.${one.field}` }));
  const strange = pool.zones.filter((zone) => !zones.includes(zone));
  return [
    ...within,
    ...(pool.min > pool.max
      ? [{ field: `${field}.max`, value: pool.max, remedy: `use ${pool.min} (its min) or more` }]
      : []),
    ...(pool.zones.length === 0
      ? [{ field: `${field}.zones`, value: pool.zones, remedy: "name at least one of the network's zones" }]
      : []),
    ...strange.map((value) => ({
      field: `${field}.zones`,
      value,
      remedy: `use the network's zones: ${zones.join(", ")}`,
    })),
    ...Object.keys(pool.labels)
      .filter((label) => !/^([a-z0-9.-]{1,253}\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/.test(label))
      .map((value) => ({ field: `${field}.labels`, value, remedy: "use Kubernetes label keys" })),
  ];
}
