// Google Cloud: limits of a fresh project as `gcloud compute project-info describe` and `regions describe` show them
// (published outputs of new projects: NETWORKS 5, FIREWALLS 100, STATIC_ADDRESSES 8 globally and 8 a region, CPUS 24).
import type { Excess, Quota, Thing, Use } from "./quota";
import { coresOfMachine } from "./quota-sizes";
import type { AccountView, Props } from "./row";
import { list, number, object, text } from "./values";

const POOL = "gcp:container/nodePool:NodePool";
const CLUSTER = "gcp:container/cluster:Cluster";

const regionOf = (place: string): string => /^([a-z]+-[a-z]+\d+)(-[a-z])?$/.exec(place)?.[1] ?? place;
const external = (inputs: Props): boolean => (text(inputs["addressType"]) ?? "EXTERNAL") === "EXTERNAL";

/** A regional pool has its first nodes in each of three zones, where it names none. */
function nodesOf(inputs: Props, cluster: Props | undefined): number {
  const count = number(inputs["initialNodeCount"]) ?? number(inputs["nodeCount"]) ?? 1;
  const place = text(inputs["location"]) ?? text(cluster?.["location"]) ?? "";
  const named = list(inputs["nodeLocations"]).length || list(cluster?.["nodeLocations"]).length;
  return count * (/-[a-z]$/.test(place) ? Math.max(1, named) : named || 3);
}

/** The cluster that a pool is of, by id or name. */
const clusterOf = (inputs: Props, account: AccountView): Props | undefined =>
  account.find([CLUSTER], "id", inputs["cluster"] ?? null)?.inputs ??
  account.find([CLUSTER], "name", inputs["cluster"] ?? null)?.inputs;

interface Nodes {
  readonly machine: string;
  readonly disk: number;
  readonly sort: string;
  readonly count: number;
  readonly where: string;
}

/** Default pools that a cluster makes only to delete them are gone before the next pool asks. */
function nodes({ type, inputs, place }: Thing, account: AccountView): Nodes | undefined {
  if (type === CLUSTER) return undefined;
  const cluster = clusterOf(inputs, account);
  const config = object(inputs["nodeConfig"]);
  if (config["spot"] === true || config["preemptible"] === true) return undefined;
  return {
    machine: text(config["machineType"]) ?? "e2-medium",
    disk: number(config["diskSizeGb"]) ?? 100,
    sort: text(config["diskType"]) ?? "pd-balanced",
    count: nodesOf(inputs, cluster),
    where: regionOf(text(inputs["location"]) ?? text(cluster?.["location"]) ?? place.region),
  };
}

/** Compute Engine's own words. */
const exceeded =
  (metric: string) =>
  ({ limit, where }: Excess): string =>
    `googleapi: Error 403: Quota '${metric}' exceeded.  Limit: ${limit.toFixed(1)} ${where === "" ? "globally" : `in region ${where}`}., quotaExceeded`;

/** GKE's. */
const insufficient =
  (metric: string) =>
  ({ limit, used, wanted, account }: Excess): string =>
    `googleapi: Error 403: Insufficient regional quota to satisfy request: resource "${metric}": request requires '${wanted.toFixed(1)}' and is short '${(used + wanted - limit).toFixed(1)}'. project has a quota of '${limit.toFixed(1)}' with '${Math.max(0, limit - used).toFixed(1)}' available. View and manage quotas at https://console.cloud.google.com/iam-admin/quotas?usage=USED&project=${account}., forbidden`;

const globally = (): Use => ({ amount: 1, where: "" });

export const quotas: readonly Quota[] = [
  {
    cloud: "gcp",
    id: "networks",
    name: "VPC networks a project",
    known: "NETWORKS",
    fresh: 5,
    granted: 20,
    // A fresh project has the network `default`, unless the organization forbids it.
    standing: 1,
    source: "project-info of a new project",
    types: ["gcp:compute/network:Network"],
    use: globally,
    property: "",
    refusal: exceeded("NETWORKS"),
  },
  {
    cloud: "gcp",
    id: "addresses",
    name: "static external addresses a region",
    known: "STATIC_ADDRESSES",
    fresh: 8,
    granted: 50,
    source: "regions describe of a new project",
    types: ["gcp:compute/address:Address"],
    use: ({ inputs, place }) =>
      external(inputs) ? { amount: 1, where: text(inputs["region"]) ?? place.region } : undefined,
    property: "",
    refusal: exceeded("STATIC_ADDRESSES"),
  },
  {
    cloud: "gcp",
    id: "global-addresses",
    name: "static external global addresses a project",
    known: "STATIC_ADDRESSES (global)",
    fresh: 8,
    granted: 50,
    source: "project-info of a new project",
    types: ["gcp:compute/globalAddress:GlobalAddress"],
    use: ({ inputs }) => (external(inputs) ? globally() : undefined),
    property: "",
    refusal: exceeded("STATIC_ADDRESSES"),
  },
  {
    cloud: "gcp",
    id: "firewalls",
    name: "VPC firewall rules a project",
    known: "FIREWALLS",
    fresh: 100,
    // The network `default` comes with four.
    standing: 4,
    source: "project-info of a new project",
    types: ["gcp:compute/firewall:Firewall"],
    use: globally,
    property: "",
    refusal: exceeded("FIREWALLS"),
  },
  {
    cloud: "gcp",
    id: "cpus",
    name: "CPUs a region, of machine types without a quota of their own",
    known: "CPUS",
    fresh: 24,
    granted: 500,
    source: "many regions start with 24: docs/user/gcp/limits.md of openshift/installer",
    types: [POOL],
    use: (thing, account) => {
      const found = nodes(thing, account);
      if (found === undefined || !/^(e2|n1|f1|g1)-/.test(found.machine)) return undefined;
      return { amount: found.count * coresOfMachine(found.machine), where: found.where };
    },
    property: "",
    refusal: insufficient("CPUS"),
  },
  {
    cloud: "gcp",
    id: "n2-cpus",
    name: "N2 CPUs a region",
    known: "N2_CPUS",
    fresh: 24,
    granted: 500,
    source: "24 in every region that has them: docs/user/gcp/limits.md of openshift/installer",
    types: [POOL],
    use: (thing, account) => {
      const found = nodes(thing, account);
      if (found === undefined || !found.machine.startsWith("n2-")) return undefined;
      return { amount: found.count * coresOfMachine(found.machine), where: found.where };
    },
    property: "",
    refusal: insufficient("N2_CPUS"),
  },
  {
    cloud: "gcp",
    id: "ssd-gb",
    name: "gigabytes of SSD and balanced disks a region",
    known: "SSD_TOTAL_GB",
    fresh: 500,
    granted: 5000,
    source: "several regions start with 500: docs/user/gcp/limits.md of openshift/installer",
    types: [POOL],
    use: (thing, account) => {
      const found = nodes(thing, account);
      if (found === undefined || !/^pd-(balanced|ssd)$/.test(found.sort)) return undefined;
      return { amount: found.count * found.disk, where: found.where };
    },
    property: "",
    refusal: insufficient("SSD_TOTAL_GB"),
  },
];
