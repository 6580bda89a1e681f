import { VirtualNetworkPeering } from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../../build";
import { azureNames } from "../../naming/azure";
import type { Network } from "../../network";
import { nativeOf, type Site } from "../../site";
import { localName } from "../../site/azure-names";
import type { CompleteReplicaArgs } from ".";

/**
 * Both networks, joined: servers in delegated subnets replicate over the networks that they stand in. What may pass is for the
 * subnets' own rules to say (`peers` of components/network): database to database.
 * https://learn.microsoft.com/azure/postgresql/read-replica/concepts-read-replicas#networking
 */
export function peer({ name, args, child }: BuildContext<CompleteReplicaArgs>): readonly pulumi.Resource[] {
  const join = (part: string, at: Site, own: Network, other: Network, after: readonly pulumi.Resource[]) => {
    const { group, network } = placeOf(own);
    return new VirtualNetworkPeering(
      `${name}-${part}`,
      {
        virtualNetworkPeeringName: localName(at, azureNames.networkPeering, name, part),
        virtualNetworkName: network,
        resourceGroupName: group,
        remoteVirtualNetwork: { id: other.id },
        allowVirtualNetworkAccess: true,
        allowForwardedTraffic: false,
        allowGatewayTransit: false,
        useRemoteGateways: false,
      },
      {
        ...child,
        provider: at.provider,
        // Two at once find each other's network being written (ReferencedResourceNotProvisioned).
        dependsOn: [...after],
        // Azure refuses to lead a peering elsewhere (ChangingRemoteVirtualNetworkNotAllowed), and azure-native would try.
        replaceOnChanges: ["remoteVirtualNetwork"],
        deleteBeforeReplace: true,
        // Initiated until the other stands, Connected then. Both are inputs too, so a refresh finds them there, and an up
        // would take them back.
        ignoreChanges: ["peeringState", "peeringSyncLevel"],
      },
    );
  };
  const out = join("from-source", args.sourceSite, args.sourceNetwork, args.network, []);
  return [out, join("to-source", args.site, args.network, args.sourceNetwork, [out])];
}

/** Group and name of a network, once its last subnet is written: Azure takes one write to a network at a time. */
function placeOf(own: Network) {
  const id = pulumi.all([own.id, nativeOf(own, "azure", "Replica").clusterSubnetId]).apply(([network]) => network);
  const part = (kind: string) => id.apply((text) => new RegExp(`/${kind}/([^/]+)`, "i").exec(text)?.[1] ?? "");
  return { group: part("resourceGroups"), network: part("virtualNetworks") };
}
