import type { AgentPoolArgs } from "@pulumi/azure-native/containerservice";
import { AgentPool, type ManagedCluster } from "@pulumi/azure-native/containerservice";
import type { BuildContext } from "../build";
import { physicalName } from "../naming";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { tagsOf } from "../site/azure-names";
import type { Size } from "../size";
import type { CompleteClusterArgs } from ".";
import type { CompletePool, Taint } from "./pools";

/** Machines with trusted launch and encryption at host: https://learn.microsoft.com/azure/virtual-machines/sizes/overview */
const machines: Readonly<Record<Size, string>> = {
  tiny: "Standard_B2s_v2",
  small: "Standard_D2ds_v5",
  medium: "Standard_D4ds_v5",
  large: "Standard_D8ds_v5",
  xlarge: "Standard_D16ds_v5",
};
const systemTaint: Taint = { key: "CriticalAddonsOnly", value: "true", effect: "NoSchedule" };
/** The contract's, and the one that AKS puts on spot nodes whatever we say. */
const spotTaints: readonly Taint[] = [
  { key: "trifold.dev/spot", value: "true", effect: "NoSchedule" },
  { key: "kubernetes.azure.com/scalesetpriority", value: "spot", effect: "NoSchedule" },
];
/** Named, since AKS keeps the system pool's name for life. */
export const systemPool = "system";

type Context = BuildContext<CompleteClusterArgs>;

/** The one pool that the cluster itself has; nothing but what the cluster needs runs there. */
export const systemProfile = (context: Context) => ({
  ...common(context, context.args.system, systemPool),
  name: systemPool,
  mode: "System" as const,
  type: "VirtualMachineScaleSets" as const,
  nodeTaints: [written(systemTaint)],
});

/** Worker pools (CLU-03, CLU-04, CLU-09), each a resource of its own: one comes and goes without touching the others. */
export const makePools = (context: Context, cluster: ManagedCluster): AgentPool[] =>
  Object.entries(context.args.pools).map(([key, pool]) => {
    const { name, site, child } = context;
    const shape = common(context, pool, key);
    return new AgentPool(
      `${name}-${key}`,
      {
        ...shape,
        ...(pool.spot && spot),
        agentPoolName: poolName(context, key, pool),
        resourceName: cluster.name,
        resourceGroupName: nativeOf(site, "azure", "Cluster").resourceGroup,
        mode: "User",
        type: "VirtualMachineScaleSets",
        nodeTaints: [...(pool.spot ? spotTaints : []), ...pool.taints].map(written),
      },
      // The autoscaler moves the count; `count` is where a new pool begins. azure-native would delete what has a name of ours
      // before its successor is there, and the workloads with it.
      { ...child, ignoreChanges: ["count"], deleteBeforeReplace: false },
    );
  });

const spot = { scaleSetPriority: "Spot", scaleSetEvictionPolicy: "Delete", spotMaxPrice: -1 } as const;

/**
 * A pool's name says what can't be changed in place, so that such a change makes new nodes beside the old ones and drains
 * those after. For `blue-green` the version is part of it: AKS has no such upgrade of its own in this API.
 */
export function poolName({ args }: Pick<Context, "args">, key: string, pool: CompletePool): string {
  const { size, zones, spot, diskGb, upgrade } = pool;
  const fixed = [machines[size], ...zones, spot, diskGb, ...(upgrade === "blue-green" ? [args.version] : [])];
  return physicalName(azureNames.agentPool, [key], fixed.join());
}

const written = ({ key, value = "", effect }: Taint) => `${key}=${value}:${effect}`;

/** What the system pool and the others have in common. */
function common({ site, args }: Context, pool: CompletePool, key: string) {
  const { private: nodes } = args.network.subnetIds;
  // A pool lives in one subnet, whatever its zones: in that of its first zone, behind this zone's NAT. Who wants egress to
  // survive a zone names a pool a zone.
  const place = Math.max(args.zones.indexOf(pool.zones[0] ?? ""), 0);
  return {
    vmSize: machines[pool.size],
    osType: "Linux",
    osSKU: "AzureLinux",
    osDiskType: "Managed",
    osDiskSizeGB: pool.diskGb,
    orchestratorVersion: args.version,
    count: pool.min,
    minCount: pool.min,
    maxCount: pool.max,
    enableAutoScaling: true,
    availabilityZones: [...pool.zones],
    vnetSubnetID: nodes.apply((ids) => ids[place] ?? ids[0] ?? ""),
    enableNodePublicIP: false,
    enableEncryptionAtHost: true,
    maxPods: 110,
    securityProfile: { enableSecureBoot: true, enableVTPM: true, sshAccess: "Disabled" },
    // Spot pools take no surge: their nodes come and go anyway.
    ...(!pool.spot && { upgradeSettings: { maxSurge: `${pool.surgePercent}%`, drainTimeoutInMinutes: 30 } }),
    nodeLabels: { ...pool.labels, "trifold.dev/pool": key },
    tags: tagsOf(site, `${site.prefix}-${key}`),
  } satisfies Partial<AgentPoolArgs>;
}
