// Virtual networks that are joined.
import { isDeepStrictEqual } from "node:util";
import { overlaps } from "../cidr";
import { refuse } from "../limits";
import type { Item, Moment, Refusal, Row } from "../row";
import { isSet, pick, text, texts } from "../values";
import { arm, named } from "./arm";
import { api, namespace, networkName, networkPath, provisioned, virtualNetwork } from "./network";
import { token } from "./types";

const peering = token("network:VirtualNetworkPeering");

/** https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering#requirements-and-constraints */
function peerRefusals(moment: Moment): readonly Refusal[] {
  const { inputs, account, old } = moment;
  const here = named(moment, virtualNetwork, { namespace, path: [networkPath] });
  const there = account.find([virtualNetwork], "id", pick(inputs, "remoteVirtualNetwork.id") ?? "");
  const ranges = (network: typeof here) => texts(pick(network?.inputs, "addressSpace.addressPrefixes"));
  const clash = ranges(here).find((one) => ranges(there).some((other) => overlaps(one, other)));
  const twin = account
    .all(peering)
    .some(
      (other) =>
        other.id !== old?.id &&
        other.inputs["virtualNetworkName"] === inputs["virtualNetworkName"] &&
        other.inputs["resourceGroupName"] === inputs["resourceGroupName"] &&
        pick(other.inputs, "remoteVirtualNetwork.id") === pick(inputs, "remoteVirtualNetwork.id"),
    );
  const before = pick(old?.inputs, "remoteVirtualNetwork.id");
  return [
    // Not among what azure-native replaces at, and not to be changed: provider/pkg/gen/replacement.go has no such entry.
    ...(before !== undefined && before !== pick(inputs, "remoteVirtualNetwork.id")
      ? refuse(
          "remoteVirtualNetwork.id",
          `ChangingRemoteVirtualNetworkNotAllowed: Cannot change the remote virtual network of peering ${text(inputs["virtualNetworkPeeringName"]) ?? ""}.`,
        )
      : []),
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

/** The one that leads back, if there is one. */
function counterpart(moment: Moment): Item | undefined {
  const here = named(moment, virtualNetwork, { namespace, path: [networkPath] });
  const there = moment.account.find([virtualNetwork], "id", pick(moment.inputs, "remoteVirtualNetwork.id") ?? "");
  return moment.account
    .all(peering)
    .find(
      ({ id, inputs }) =>
        there !== undefined &&
        id.toLowerCase().startsWith(`${there.id.toLowerCase()}/`) &&
        text(pick(inputs, "remoteVirtualNetwork.id"))?.toLowerCase() === here?.id.toLowerCase(),
    );
}

/**
 * Initiated until the other network leads back, Disconnected once it no longer does; an update begins anew.
 * https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering#create-a-peering
 */
function stateOf(moment: Moment): string {
  if (counterpart(moment)) return "Connected";
  const { old, inputs } = moment;
  const stood = old?.outputs["peeringState"] === "Connected" && isDeepStrictEqual(old.inputs, inputs);
  return stood ? "Disconnected" : "Initiated";
}

const peeringRow = arm({
  name: "network:VirtualNetworkPeering",
  api,
  namespace,
  path: [networkPath, ["virtualNetworkPeerings", "virtualNetworkPeeringName"]],
  parents: [virtualNetwork],
  inside: true,
  own: networkName(80),
  // Azure answers by `name`, which is an input of its own as well.
  writeOnly: ["syncRemoteAddressSpace", "type"],
  references: [{ path: "remoteVirtualNetwork.id", to: [virtualNetwork], weak: true }],
  check: ({ inputs }) =>
    isSet(pick(inputs, "remoteVirtualNetwork.id"))
      ? []
      : refuse("remoteVirtualNetwork.id", "InvalidPeering: required."),
  admit: peerRefusals,
  volatile: ["etag"],
  ripens: ["peeringState"],
  adopts: ["peeringState"],
  outputs: (moment) => ({
    ...provisioned(moment),
    peeringState: stateOf(moment),
    peeringSyncLevel: "FullyInSync",
    resourceGuid: moment.old?.outputs["resourceGuid"] ?? moment.random("guid", 32),
  }),
  seconds: { create: 8, update: 8, delete: 8, source: "estimate" },
});

export const rows: readonly Row[] = [peeringRow];
