import { leadsNowhere, overlaps, parseCidr } from "../cidr";
import type { Cloud, PerCloud } from "../cloud";
import { type Mistake, outside, refuse, workspaceRetentionMistakes } from "../mistake";
import type { CompleteClusterArgs, ExistingCluster } from ".";
import type { CompletePool, Taint } from "./pools";

/** Bounds of the numbers, inclusive; what they mean is in ClusterArgs and NodePool. */
export const clusterRanges = { maintenanceHour: [0, 23], logRetentionDays: [1, 3653] } as const;
export const poolRanges = { min: [0, 100], max: [1, 1000], diskGb: [30, 2048], surgePercent: [1, 100] } as const;

/** What of a cluster can be judged without its site: settings judge the same before anything is registered. */
export type ClusterChoice = Pick<
  CompleteClusterArgs,
  "system" | "pools" | "apiAllowList" | "zones" | "version" | "admins" | "existing" | keyof typeof clusterRanges
>;

/** Refuses, with pulumi.RunError, what the clouds would refuse later: field, value, remedy. */
export function checkCluster(name: string, args: CompleteClusterArgs): void {
  refuse("Cluster", name, clusterMistakes(args.site.cloud, args));
}

export function clusterMistakes(cloud: Cloud, choice: ClusterChoice): Mistake[] {
  return [
    ...outside(clusterRanges, choice),
    ...workspaceRetentionMistakes(cloud, "logRetentionDays", choice.logRetentionDays),
    ...versionMistakes(choice.version),
    ...allowListMistakes(cloud, choice.apiAllowList),
    ...adminMistakes(cloud, choice.admins),
    ...(choice.existing ? existingMistakes(cloud, choice.existing) : []),
    ...poolMistakes(cloud, "system", choice.system, choice.zones),
    ...(choice.system.min < 1 ? [{ field: "system.min", value: choice.system.min, remedy: "use 1 or more" }] : []),
    ...Object.entries(choice.pools).flatMap(([name, pool]) => [
      ...nameMistakes(name),
      ...poolMistakes(cloud, `pools.${name}`, pool, choice.zones),
    ]),
  ];
}

function versionMistakes(version: string): Mistake[] {
  if (/^1\.\d{2}$/.test(version)) return [];
  return [{ field: "version", value: version, remedy: 'use a Kubernetes minor such as "1.35"' }];
}

/**
 * Ranges that an API server takes at most.
 * https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html
 * https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges#limitations
 * https://cloud.google.com/kubernetes-engine/docs/how-to/authorized-networks
 */
const mostRanges: PerCloud<number> = { aws: 40, azure: 200, gcp: 100 };

/** EKS refuses private ranges for its public endpoint ("not allowed in publicAccessCidrs"); the other clouds take them. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"] as const;

function allowListMistakes(cloud: Cloud, list: readonly string[]): Mistake[] {
  const field = "apiAllowList";
  const most = mostRanges[cloud];
  const tooMany =
    list.length > most
      ? [{ field, value: list.length, remedy: `name ${most} ranges at most: ${cloud} takes no more` }]
      : [];
  const wrong = list.flatMap((value) => {
    const remedy = rangeMistake(cloud, value);
    return remedy === undefined ? [] : [{ field, value, remedy }];
  });
  return [...tooMany, ...wrong, ...twice(field, list)];
}

/** What to do about a range of an allow-list; undefined where nothing is wrong with it. */
function rangeMistake(cloud: Cloud, range: string): string | undefined {
  const cidr = parseCidr(range);
  if (!cidr) return 'use IPv4 ranges such as "203.0.113.0/24"';
  if (cidr.prefix < 8)
    return "opens the API server to the world: name the ranges that you administer from, /8 or longer";
  const nowhere = leadsNowhere(range);
  if (nowhere) return `nobody reaches a cluster from ${nowhere}: name the public ranges that you administer from`;
  const inner = cloud === "aws" ? privateRanges.find((other) => overlaps(range, other)) : undefined;
  return (
    inner &&
    `EKS takes no part of ${inner} for its public endpoint: name public ranges; the private one is open to the network anyway`
  );
}

const twice = (field: string, list: readonly string[]): Mistake[] =>
  [...new Set(list.filter((value, index) => list.indexOf(value) !== index))].map((value) => ({
    field,
    value,
    remedy: "it stands there twice: name it once",
  }));

const adminForms: Readonly<Record<Cloud, { readonly form: RegExp; readonly words: string }>> = {
  aws: { form: /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/, words: "ARNs of IAM roles or users" },
  azure: { form: /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, words: "object ids of Entra groups" },
  gcp: { form: /^[^@\s:]+@[^@\s:]+\.[^@\s:]+$/, words: "addresses of Google groups or users" },
};

function adminMistakes(cloud: Cloud, admins: readonly string[]): Mistake[] {
  const { form, words } = adminForms[cloud];
  const wrong = admins
    .filter((admin) => !form.test(admin))
    .map((value) => ({ field: "admins", value, remedy: `on ${cloud}, use ${words}` }));
  return [...wrong, ...twice("admins", admins)];
}

/**
 * What a cluster can be called.
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html
 * https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftcontainerservice
 * https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters
 */
const existingForms: PerCloud<{ readonly form: RegExp; readonly words: string }> = {
  aws: { form: /^[0-9A-Za-z][\w-]{0,99}$/, words: "letters, digits, - and _, 100 characters at most" },
  azure: {
    form: /^[0-9A-Za-z]([\w-]{0,61}[0-9A-Za-z])?$/,
    words: "letters, digits, - and _, 63 characters at most, a letter or digit at both ends",
  },
  gcp: {
    form: /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/,
    words: "lower case letters, digits and -, a letter first, 40 characters at most",
  },
};

function existingMistakes(cloud: Cloud, { name, resourceGroup, location }: ExistingCluster): Mistake[] {
  const { form, words } = existingForms[cloud];
  const only = (field: string, value: string | undefined, owner: Cloud): Mistake[] =>
    value === undefined || cloud === owner
      ? []
      : [{ field: `existing.${field}`, value, remedy: `leave it out: only ${owner} asks for it` }];
  return [
    ...(form.test(name) ? [] : [{ field: "existing.name", value: name, remedy: `on ${cloud}, use ${words}` }]),
    ...only("resourceGroup", resourceGroup, "azure"),
    ...only("location", location, "gcp"),
  ];
}

/** AKS: 12 characters; `system` is the first pool's own name. */
function nameMistakes(name: string): Mistake[] {
  if (/^[a-z][a-z0-9]{0,11}$/.test(name) && name !== "system") return [];
  const remedy = 'use lower case letters and digits, a letter first, 12 characters at most, and not "system"';
  return [{ field: "pools", value: name, remedy }];
}

function poolMistakes(cloud: Cloud, field: string, pool: CompletePool, zones: readonly string[]): Mistake[] {
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
    ...Object.entries(pool.labels).flatMap(([label, value]) => labelMistakes(cloud, `${field}.labels`, label, value)),
    ...taintMistakes(`${field}.taints`, pool.taints),
  ];
}

/**
 * Labels that can't be asked for. A kubelet refuses others of kubernetes.io's own than those it knows, EKS all of them.
 * https://kubernetes.io/docs/reference/command-line-tools-reference/kubelet/ (--node-labels)
 * https://github.com/eksctl-io/eksctl/issues/4007 (EKS's own words)
 * https://learn.microsoft.com/azure/aks/use-labels#reserved-system-labels
 */
const reservedLabels: PerCloud<RegExp> = {
  aws: /(kubernetes\.io|k8s\.io|eks\.amazonaws\.com)\//,
  azure: /^((?!(kubelet|node)\.)([a-z-]+\.)?(kubernetes|k8s)\.io|kubernetes\.azure\.com)\//,
  gcp: /^(?!(kubelet|node)\.)([a-z-]+\.)?(kubernetes|k8s)\.io\//,
};

function labelMistakes(cloud: Cloud, field: string, key: string, value: string): Mistake[] {
  if (!labelKey.test(key)) return [{ field, value: key, remedy: keyWords }];
  return [
    ...(reservedLabels[cloud].test(key) ? [{ field, value: key, remedy: reservedWords }] : []),
    ...(labelValue.test(value) ? [] : [{ field: `${field}.${key}`, value, remedy: valueWords }]),
  ];
}

const reservedWords = "Kubernetes or the cloud keeps that prefix for itself: use one of your own domain, or none";

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const labelKey =
  /^((?=.{1,253}\/)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;
const keyWords =
  "use a Kubernetes label key: letters, digits, -, _ and ., 63 characters at most, a DNS name and / before";
const valueWords = "use letters, digits, -, _ and ., a letter or digit at both ends, 63 characters at most";

function taintMistakes(field: string, taints: readonly Taint[]): Mistake[] {
  const kinds = taints.map(({ key, effect }) => `${key}:${effect}`);
  return taints.flatMap(({ key, value = "", effect }, index) => [
    ...(labelKey.test(key) ? [] : [{ field: `${field}[${index}].key`, value: key, remedy: keyWords }]),
    ...(labelValue.test(value) ? [] : [{ field: `${field}[${index}].value`, value, remedy: valueWords }]),
    ...(kinds.indexOf(`${key}:${effect}`) === index
      ? []
      : [
          {
            field: `${field}[${index}]`,
            value: `${key}:${effect}`,
            remedy: "a node has one taint of a key and effect",
          },
        ]),
  ]);
}
