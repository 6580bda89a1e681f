import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { overlaps } from "../cidr";
import { overlayRanges } from "../network/azure-ranges";
import { nativeOf } from "../site";
import type { CompleteClusterArgs } from ".";

/**
 * Where the API server is (CLU-05). It stands in a subnet of the network either way: a vault without a public side can be
 * reached from there only (https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption). AKS keeps its private DNS zone
 * (privatelink.<region>.azmk8s.io) itself, beside the nodes, linked to this network; others link it to theirs.
 */
export function apiServer({ args }: BuildContext<CompleteClusterArgs>) {
  const inside = {
    enableVnetIntegration: true,
    subnetId: nativeOf(args.network, "azure", "Cluster").clusterSubnetId.apply(delegated),
    disableRunCommand: true,
  };
  return args.apiAllowList.length > 0
    ? { ...inside, enablePrivateCluster: false, authorizedIPRanges: [...args.apiAllowList] }
    : { ...inside, enablePrivateCluster: true, enablePrivateClusterPublicFQDN: false, privateDNSZone: "system" };
}

/** An existing network has a subnet for an API server only when its owner delegated one. */
export function delegated(subnetId: string): string {
  if (subnetId) return subnetId;
  throw new pulumi.RunError(
    'A cluster on Azure needs a subnet delegated to "Microsoft.ContainerService/managedClusters": name it in network.existing.clusterSubnet.',
  );
}

/** Pods have addresses of their own; an existing network may have taken them. */
export const podRange = ({ args }: BuildContext<CompleteClusterArgs>): pulumi.Output<string> =>
  args.network.cidr.apply((cidr) => {
    const taken = [overlayRanges.pods, overlayRanges.services].find((range) => overlaps(range, cidr));
    if (taken === undefined) return overlayRanges.pods;
    throw new pulumi.RunError(
      `network.existing.cidr is ${cidr}: a cluster on Azure has its pods and services in ${overlayRanges.pods} and ${overlayRanges.services}; use a network elsewhere.`,
    );
  });
