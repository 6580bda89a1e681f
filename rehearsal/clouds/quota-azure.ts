// Azure: figures of "Azure subscription and service limits, quotas, and constraints" for pay-as-you-go, a subscription and
// region at a time. Enterprise agreements start higher.
import type { Quota, Thing, Use } from "./quota";
import { coresOfSize, familyOf } from "./quota-sizes";
import type { AccountView, Props, Value } from "./row";
import { list, number, object, text } from "./values";

const CLUSTER = "azure-native:containerservice:ManagedCluster";
const POOL = "azure-native:containerservice:AgentPool";
const POSTGRES = "azure-native:dbforpostgresql:Server";

const location = (inputs: Props): string => (text(inputs["location"]) ?? "").toLowerCase().replaceAll(" ", "");
const inLocation = ({ inputs }: Thing): Use => ({ amount: 1, where: location(inputs) });

/** A pool lies where its cluster does. */
function clusterOf(inputs: Props, account: AccountView): string {
  const same = (a: Value | undefined, b: Value | undefined): boolean =>
    text(a)?.toLowerCase() === text(b)?.toLowerCase();
  const found = account
    .all(CLUSTER)
    .find(
      (item) =>
        same(item.inputs["resourceName"], inputs["resourceName"]) &&
        same(item.inputs["resourceGroupName"], inputs["resourceGroupName"]),
    );
  return found === undefined ? "" : location(found.inputs);
}

/** Nodes that are not of the spot market, with their size. */
function nodes({ type, inputs }: Thing): readonly { readonly size: string; readonly count: number }[] {
  const pools = type === CLUSTER ? list(inputs["agentPoolProfiles"]).map(object) : [inputs];
  return pools
    .filter((pool) => text(pool["scaleSetPriority"]) !== "Spot")
    .map((pool) => ({ size: text(pool["vmSize"]) ?? "", count: number(pool["count"]) ?? 1 }));
}

function cores(thing: Thing, account: AccountView): Use {
  const amount = nodes(thing).reduce((sum, { size, count }) => sum + count * coresOfSize(size), 0);
  return { amount, where: thing.type === POOL ? clusterOf(thing.inputs, account) : location(thing.inputs) };
}

/** A cluster's first pools may be of several families; the first one's is what AKS refuses by. */
function coresOfFamily(thing: Thing, account: AccountView): Use | undefined {
  const [first] = nodes(thing);
  if (first === undefined || first.size === "") return undefined;
  const family = familyOf(first.size);
  const amount = nodes(thing)
    .filter(({ size }) => familyOf(size) === family)
    .reduce((sum, { size, count }) => sum + count * coresOfSize(size), 0);
  return { amount, where: `${cores(thing, account).where} ${family}` };
}

function postgres({ inputs }: Thing): Use {
  const standby = text(object(inputs["highAvailability"])["mode"]);
  const twice = standby === "ZoneRedundant" || standby === "SameZone" ? 2 : 1;
  return { amount: twice * coresOfSize(text(object(inputs["sku"])["name"]) ?? ""), where: location(inputs) };
}

export const quotas: readonly Quota[] = [
  {
    cloud: "azure",
    id: "public-ips",
    name: "Standard public IP addresses a region",
    known: "Public IPv4 Addresses - Standard",
    fresh: 10,
    granted: 100,
    source: "Networking limits: Standard public IP addresses",
    types: ["azure-native:network:PublicIPAddress"],
    use: inLocation,
    property: "",
    refusal: ({ limit }) =>
      `Code="PublicIPCountLimitReached" Message="Cannot create more than ${limit} public IP addresses for this subscription in this region."`,
  },
  {
    cloud: "azure",
    id: "networks",
    name: "virtual networks a region",
    known: "Virtual Networks",
    fresh: 1000,
    source: "Networking limits: Virtual networks",
    types: ["azure-native:network:VirtualNetwork"],
    use: inLocation,
    property: "",
    refusal: ({ account, limit, where }) =>
      `Code="QuotaExceeded" Message="Subscription ${account} has reached its limit of ${limit} virtual networks in ${where}."`,
  },
  {
    cloud: "azure",
    id: "vcpus",
    name: "cores of virtual machines a region",
    known: "Total Regional vCPUs",
    fresh: 20,
    granted: 350,
    source: "Virtual Machines limits: VM total cores per subscription",
    types: [CLUSTER, POOL],
    use: cores,
    property: "",
    refusal: ({ limit, used, wanted, where }) =>
      `Code="ErrCode_InsufficientVCPUQuota" Message="Insufficient regional vcpu quota left for location ${where}. left regional vcpu quota ${Math.max(0, limit - used)}, requested quota ${wanted}."`,
  },
  {
    cloud: "azure",
    id: "family-vcpus",
    name: "cores of one family of virtual machines a region",
    known: "Standard <family> Family vCPUs",
    fresh: 20,
    granted: 350,
    source: "Virtual Machines limits: VM per series cores per subscription",
    types: [CLUSTER, POOL],
    use: coresOfFamily,
    property: "",
    refusal: ({ limit, used, wanted, where }) => {
      const [region = "", family = ""] = where.split(" ");
      return `Code="ErrCode_InsufficientVCPUQuota" Message="Insufficient vcpu quota requested ${wanted}, remaining ${Math.max(0, limit - used)} for family ${family} for region ${region}."`;
    },
  },
  {
    cloud: "azure",
    id: "postgresql-vcores",
    name: "vCores of PostgreSQL flexible servers a region",
    known: "cores",
    fresh: 100,
    source: "estimate: no default is published; wording as in 'Resolve capacity errors' of the service's documentation",
    types: [POSTGRES],
    use: postgres,
    property: "sku",
    refusal: ({ limit, used, wanted }) =>
      `Operation could not be completed as it results in exceeding approved Cores quota. Additional details - Current Limit: ${limit}, Current Usage: ${used}, Additional Required: ${wanted}, (Minimum) New Limit Required: ${used + wanted}.`,
  },
  {
    cloud: "azure",
    id: "storage-accounts",
    name: "storage accounts a region",
    known: "Storage Accounts",
    fresh: 250,
    source: "Azure Storage limits: storage accounts with standard endpoints per region per subscription",
    types: ["azure-native:storage:StorageAccount"],
    use: inLocation,
    property: "",
    refusal: ({ account, limit, used, where }) =>
      `Code="MaxStorageAccountsCountPerSubscriptionExceeded" Message="Subscription ${account} already contains ${used} storage accounts in location ${where} and the maximum allowed is ${limit}."`,
  },
];
