import { contains, overlaps, parseCidr } from "../cidr";
import { disjoint, each, refuse, someOf } from "../limits";
import type { Item, Moment, Props, Refusal, Row, Value } from "../row";
import { HEX, uuid } from "../shapes";
import { pick, pickAll, text, texts } from "../values";
import { arm, etag } from "./arm";
import { token } from "./types";

export const virtualNetwork = token("network:VirtualNetwork");
export const subnet = token("network:Subnet");
export const natGateway = token("network:NatGateway");
export const networkSecurityGroup = token("network:NetworkSecurityGroup");
export const routeTable = token("network:RouteTable");
export const privateEndpoint = token("network:PrivateEndpoint");
export const api = "2024-05-01";
export const namespace = "Microsoft.Network";
export const networkPath = ["virtualNetworks", "virtualNetworkName"] as const;
/** Most of Microsoft.Network: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftnetwork */
export const networkName = (most: number, least = 1) => ({
  pattern: new RegExp(`^(?=.{${least},${most}}$)[a-zA-Z0-9]([a-zA-Z0-9_.-]*[a-zA-Z0-9_])?$`),
  rule: `InvalidResourceName: ${least} to ${most} letters, digits, _ . and -, beginning with a letter or digit, ending with a letter, digit or _`,
});
export const provisioned = (moment: Moment) => ({ provisioningState: "Succeeded", etag: etag(moment) });

/** The network that a subnet's id is of. */
export const networkOf = (subnetId: Value | undefined): string => (text(subnetId) ?? "").replace(/\/subnets\/.*$/i, "");

export const prefixesOf = (subnetInputs: Item["inputs"]): readonly string[] => [
  ...texts([subnetInputs["addressPrefix"] ?? ""]).filter(Boolean),
  ...texts(subnetInputs["addressPrefixes"]),
];

/** What stands in a network already: subnets that are resources of their own. */
export const neighbours = ({ account, inputs, old }: Moment): readonly Item[] =>
  account
    .all(subnet)
    .filter(
      (other) =>
        other.id !== old?.id &&
        other.inputs["virtualNetworkName"] === inputs["virtualNetworkName"] &&
        other.inputs["resourceGroupName"] === inputs["resourceGroupName"],
    );

/**
 * IPv4 from /2 to /29; IPv6 up to /64, of which a subnet takes exactly one:
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq#how-small-and-how-large-can-virtual-networks-and-subnets-be
 */
export const rangeRefusals = (inputs: Props, path: string, least: 1 | 64): readonly Refusal[] =>
  each(
    inputs,
    path,
    (value) => {
      const block = parseCidr(text(value) ?? "");
      if (block?.canonical !== true) return false;
      return block.family === "ipv4"
        ? block.prefix >= 2 && block.prefix <= 29
        : block.prefix <= 64 && block.prefix >= least;
    },
    (value) =>
      `InvalidCIDRNotation: The address prefix ${value} is not valid: IPv4 from /2 to /29, IPv6 ${least === 1 ? "up to" : "of"} /64, and no host bits set.`,
  );

/** Same page: multicast, broadcast, loopback, link-local, Azure's own resolver. */
const reserved = ["224.0.0.0/4", "255.255.255.255/32", "127.0.0.0/8", "169.254.0.0/16", "168.63.129.16/32"];
const reservedRefusals = (inputs: Props): readonly Refusal[] =>
  each(
    inputs,
    "addressSpace.addressPrefixes.*",
    (value) => !reserved.some((range) => overlaps(range, text(value) ?? "")),
    (value) => `AddressPrefixNotAllowed: ${value} overlaps with a range that can't be used (${reserved.join(", ")}).`,
  );

const networkRow = arm({
  name: "network:VirtualNetwork",
  writeOnly: ["subnets.*.serviceGateway"],
  api,
  namespace,
  path: [networkPath],
  own: networkName(64, 2),
  location: "replaces",
  taggable: true,
  references: [
    { path: "subnets.*.networkSecurityGroup.id", to: [networkSecurityGroup] },
    { path: "subnets.*.natGateway.id", to: [natGateway] },
    { path: "subnets.*.routeTable.id", to: [routeTable] },
  ],
  inputDefaults: () => ({ enableDdosProtection: false, enableVmProtection: false }),
  check: ({ inputs }) => [
    ...someOf(inputs, "addressSpace.addressPrefixes", "addressSpace.ipamPoolPrefixAllocations"),
    ...rangeRefusals(inputs, "addressSpace.addressPrefixes.*", 1),
    ...reservedRefusals(inputs),
    ...disjoint(inputs, "addressSpace.addressPrefixes.*"),
    ...disjoint(inputs, "subnets.*.addressPrefix"),
    ...pickAll(inputs, "subnets.*.addressPrefix").flatMap(({ path, value }) => outside(inputs, text(value), path)),
    ...(inputs["enableDdosProtection"] === true ? someOf(inputs, "ddosProtectionPlan.id") : []),
  ],
  // Every subnet must still lie in the address space.
  admit: (moment) =>
    moment.old
      ? neighbours({ ...moment, old: { ...moment.old, id: "" } }).flatMap((other) =>
          prefixesOf(other.inputs).flatMap((prefix) => outside(moment.inputs, prefix, "addressSpace.addressPrefixes")),
        )
      : [],
  volatile: ["etag"],
  outputs: (moment) => ({
    ...provisioned(moment),
    resourceGuid: moment.old?.outputs["resourceGuid"] ?? uuid(moment.random("guid", 32, HEX)),
    subnets: moment.inputs["subnets"] ?? [],
    virtualNetworkPeerings: moment.inputs["virtualNetworkPeerings"] ?? [],
    privateEndpointVNetPolicies: moment.inputs["privateEndpointVNetPolicies"] ?? "Disabled",
  }),
  seconds: { create: 6, update: 6, delete: 12, source: "estimate" },
});

export function outside(network: Item["inputs"], prefix: string | undefined, property: string): readonly Refusal[] {
  const space = pick(network, "addressSpace.addressPrefixes");
  const ranges = texts(space);
  if (prefix === undefined || ranges.length === 0 || ranges.some((range) => contains(range, prefix))) return [];
  return refuse(
    property,
    `NetcfgInvalidSubnet: Subnet with address prefix '${prefix}' is not within the virtual network's address space (${ranges.join(", ")}).`,
  );
}

export const rows: readonly Row[] = [networkRow];
