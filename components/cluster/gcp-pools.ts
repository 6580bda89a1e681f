import type { Cluster } from "@pulumi/gcp/container";
import { NodePool } from "@pulumi/gcp/container";
import type { container } from "@pulumi/gcp/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { networkTags } from "../network/gcp-firewall";
import { nativeOf } from "../site";
import { labelsOf } from "../site/gcp-names";
import type { Size } from "../size";
import type { CompleteClusterArgs, CompletePool, Taint } from ".";

/** E2 takes any processor that is free, which is what makes it the cheapest. https://cloud.google.com/compute/docs/general-purpose-machines */
const machines: Readonly<Record<Size, string>> = {
  tiny: "e2-medium",
  small: "e2-standard-2",
  medium: "e2-standard-4",
  large: "e2-standard-8",
  xlarge: "e2-standard-16",
};

const effects: Readonly<Record<Taint["effect"], string>> = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
};

/** What GKE's own components tolerate and nothing else does. https://cloud.google.com/kubernetes-engine/docs/how-to/isolate-workloads-dedicated-nodes */
export const systemTaint: Taint = {
  key: "components.gke.io/gke-managed-components",
  value: "true",
  effect: "NoSchedule",
};
/** Batch work says that it can be interrupted (CLU-09). */
const spotTaint: Taint = { key: "trifold.dev/spot", value: "true", effect: "NoSchedule" };

/** At most so many nodes are upgraded at once. https://cloud.google.com/kubernetes-engine/docs/concepts/node-pool-upgrade-strategies */
const mostAtOnce = 20;

export interface Nodes {
  /** Address of the service account that they run as. */
  readonly email: pulumi.Input<string>;
  /** The `cluster` key, for their disks. */
  readonly diskKey: pulumi.Input<string>;
  readonly labels: Record<string, string>;
}

/** Every node: no public address (that is the pool's), hardened system, measured boot, our key, an identity of its own. */
export function nodeConfig(pool: CompletePool, nodes: Nodes): container.NodePoolNodeConfig {
  const taints = [...pool.taints, ...(pool.spot ? [spotTaint] : [])];
  return {
    machineType: machines[pool.size],
    imageType: "COS_CONTAINERD",
    diskType: "pd-balanced",
    diskSizeGb: pool.diskGb,
    bootDiskKmsKey: nodes.diskKey,
    serviceAccount: nodes.email,
    // IAM decides what the account may do; narrower scopes would only hide it. https://cloud.google.com/compute/docs/access/service-accounts#scopes_best_practice
    oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
    shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
    // Pods get their own identity and never see the node's (CLU-07).
    workloadMetadataConfig: { mode: "GKE_METADATA" },
    kubeletConfig: { insecureKubeletReadonlyPortEnabled: "FALSE" },
    metadata: { "disable-legacy-endpoints": "true", "block-project-ssh-keys": "true" },
    gvnic: { enabled: true },
    // Firewall rules and the route to NAT go by it (components/network/gcp-firewall.ts).
    tags: [networkTags.app],
    spot: pool.spot,
    taints: taints.map(({ key, value, effect }) => ({ key, value: value ?? "", effect: effects[effect] })),
    labels: pool.labels,
    resourceLabels: nodes.labels,
  };
}

/** How nodes change: `min` is what surely stands, so it is what the share is taken of. */
export function upgradeSettings({ upgrade, surgePercent, min }: CompletePool): container.NodePoolUpgradeSettings {
  if (upgrade === "surge") {
    const share = Math.ceil((min * surgePercent) / 100);
    return { strategy: "SURGE", maxSurge: Math.min(mostAtOnce, Math.max(1, share)), maxUnavailable: 0 };
  }
  return {
    strategy: "BLUE_GREEN",
    blueGreenSettings: {
      standardRolloutPolicy: { batchPercentage: surgePercent / 100, batchSoakDuration: "60s" },
      // The old nodes stay for an hour, to go back to.
      nodePoolSoakDuration: "3600s",
    },
  };
}

/** Nodes a zone at birth; what comes after is autoscaling's. */
export const startCount = ({ min, max, zones }: CompletePool): number =>
  Math.min(Math.ceil(min / zones.length), Math.floor(max / zones.length));

export function makePool(
  { name, site, child }: BuildContext<CompleteClusterArgs>,
  cluster: Cluster,
  key: string,
  pool: CompletePool,
  nodes: Omit<Nodes, "labels">,
  dependsOn: readonly pulumi.Resource[],
): NodePool {
  const { project } = nativeOf(site, "gcp", `Cluster "${name}"`);
  const labels = labelsOf(site, `${site.prefix}-${name}-${key}`);
  return new NodePool(
    `${name}-${key}`,
    {
      // The name is Pulumi's, with a random end: what replaces a pool stands beside it before the old one is drained.
      project,
      location: site.region,
      cluster: cluster.id,
      nodeLocations: [...pool.zones],
      initialNodeCount: startCount(pool),
      autoscaling: {
        totalMinNodeCount: pool.min,
        totalMaxNodeCount: pool.max,
        // Spot capacity is taken where there is some.
        locationPolicy: pool.spot ? "ANY" : "BALANCED",
      },
      management: { autoRepair: true, autoUpgrade: true },
      upgradeSettings: upgradeSettings(pool),
      networkConfig: { enablePrivateNodes: true },
      // No version: it follows the control plane's, by auto-upgrade.
      nodeConfig: nodeConfig(pool, { ...nodes, labels }),
    },
    {
      ...child,
      dependsOn: [...dependsOn],
      // How many there are is autoscaling's, and a change of the first number would replace the pool.
      ignoreChanges: ["initialNodeCount", "nodeCount"],
    },
  );
}
