// Virtual networks that are joined.
import { overlaps } from "../cidr";
import { refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { isSet, pick, texts } from "../values";
import { arm } from "./arm";
import { api, namespace, networkName, provisioned, virtualNetwork } from "./network";
import { token } from "./types";

const peering = token("network:VirtualNetworkPeering");

/** https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering#requirements-and-constraints */
function peerRefusals({ inputs, account, old }: Moment): readonly Refusal[] {
  const here = account.find([virtualNetwork], "name", inputs["virtualNetworkName"] ?? "");
  const there = account.find([virtualNetwork], "id", pick(inputs, "remoteVirtualNetwork.id") ?? "");
  const ranges = (network: typeof here) => texts(pick(network?.inputs, "addressSpace.addressPrefixes"));
  const clash = ranges(here).find((one) => ranges(there).some((other) => overlaps(one, other)));
  const twin = account
    .all(peering)
    .some(
      (other) =>
        other.id !== old?.id &&
        other.inputs["virtualNetworkName"] === inputs["virtualNetworkName"] &&
        pick(other.inputs, "remoteVirtualNetwork.id") === pick(inputs, "remoteVirtualNetwork.id"),
    );
  return [
    ...(here && there && here.id === there.id ? refuse("remoteVirtualNetwork.id", "VnetCannotPeerWithItself.") : []),
    ...(clash !== undefined && here?.id !== there?.id
      ? refuse(
          "remoteVirtualNetwork.id",
          `VnetAddressSpacesOverlap: ${clash} is in the remote network's address space too.`,
        )
      : []),
    ...(twin
      ? refuse("remoteVirtualNetwork.id", "VnetPeeringAlreadyExists: the two networks are peered already.")
      : []),
    ...(inputs["useRemoteGateways"] === true && inputs["allowGatewayTransit"] === true
      ? refuse("useRemoteGateways", "InvalidPeering: useRemoteGateways and allowGatewayTransit exclude each other.")
      : []),
  ];
}

const peeringRow = arm({
  name: "network:VirtualNetworkPeering",
  api,
  namespace,
  path: [
    ["virtualNetworks", "virtualNetworkName"],
    ["virtualNetworkPeerings", "virtualNetworkPeeringName"],
  ],
  parents: [virtualNetwork],
  inside: true,
  own: networkName(80),
  immutable: ["remoteVirtualNetwork"],
  // Azure answers by `name`, which is an input of its own as well.
  writeOnly: ["type"],
  references: [{ path: "remoteVirtualNetwork.id", to: [virtualNetwork], weak: true }],
  check: ({ inputs }) =>
    isSet(pick(inputs, "remoteVirtualNetwork.id"))
      ? []
      : refuse("remoteVirtualNetwork.id", "InvalidPeering: required."),
  admit: peerRefusals,
  volatile: ["etag"],
  outputs: (moment) => ({
    ...provisioned(moment),
    peeringState: "Connected",
    peeringSyncLevel: "FullyInSync",
    resourceGuid: moment.old?.outputs["resourceGuid"] ?? moment.random("guid", 32),
  }),
  seconds: { create: 8, update: 8, delete: 8, source: "estimate" },
});

export const rows: readonly Row[] = [peeringRow];
