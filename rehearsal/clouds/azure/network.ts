import { contains, overlaps } from "../cidr";
import { cidr, disjoint, fits, oneOf, refuse, someOf } from "../limits";
import type { Item, Moment, Refusal, Row } from "../row";
import { HEX, uuid } from "../shapes";
import { isSet, pick, pickAll, text, texts } from "../values";
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
/** Most of Microsoft.Network: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftnetwork */
export const networkName = (most: number, least = 1) => ({
  pattern: new RegExp(`^(?=.{${least},${most}}$)[a-zA-Z0-9]([a-zA-Z0-9_.-]*[a-zA-Z0-9_])?$`),
  rule: `InvalidResourceName: ${least} to ${most} letters, digits, _ . and -, beginning with a letter or digit, ending with a letter, digit or _`,
});
export const provisioned = (moment: Moment) => ({ provisioningState: "Succeeded", etag: etag(moment) });

const prefixesOf = (subnetInputs: Item["inputs"]): readonly string[] => [
  ...texts([subnetInputs["addressPrefix"] ?? ""]).filter(Boolean),
  ...texts(subnetInputs["addressPrefixes"]),
];

/** What stands in a network already: subnets that are resources of their own. */
const neighbours = ({ account, inputs, old }: Moment): readonly Item[] =>
  account
    .all(subnet)
    .filter(
      (other) =>
        other.id !== old?.id &&
        other.inputs["virtualNetworkName"] === inputs["virtualNetworkName"] &&
        other.inputs["resourceGroupName"] === inputs["resourceGroupName"],
    );

const networkRow = arm({
  name: "network:VirtualNetwork",
  api,
  namespace,
  path: [["virtualNetworks", "virtualNetworkName"]],
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
    ...cidr(inputs, "addressSpace.addressPrefixes.*", 2, 29),
    ...disjoint(inputs, "addressSpace.addressPrefixes.*"),
    ...disjoint(inputs, "subnets.*.addressPrefix"),
    ...pickAll(inputs, "subnets.*.addressPrefix").flatMap(({ path, value }) => outside(inputs, text(value), path)),
    ...(inputs["enableDdosProtection"] === true ? someOf(inputs, "ddosProtectionPlan.id") : []),
    ...oneOf(inputs, "encryption.enforcement", ["AllowUnencrypted"]),
    ...oneOf(inputs, "privateEndpointVNetPolicies", ["Disabled", "Basic"]),
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

function outside(network: Item["inputs"], prefix: string | undefined, property: string): readonly Refusal[] {
  const space = pick(network, "addressSpace.addressPrefixes");
  const ranges = texts(space);
  if (prefix === undefined || ranges.length === 0 || ranges.some((range) => contains(range, prefix))) return [];
  return refuse(
    property,
    `NetcfgInvalidSubnet: Subnet with address prefix '${prefix}' is not within the virtual network's address space (${ranges.join(", ")}).`,
  );
}

const delegable = /^[A-Z][A-Za-z]+(\.[A-Z][A-Za-z]+)+\/[A-Za-z/]+$/;

function placeRefusals(moment: Moment): readonly Refusal[] {
  const { inputs, account, old } = moment;
  const home = account
    .all(virtualNetwork)
    .find(
      (network) =>
        network.outputs["name"] === inputs["virtualNetworkName"] &&
        network.inputs["resourceGroupName"] === inputs["resourceGroupName"],
    );
  const prefixes = prefixesOf(inputs);
  const before = old ? prefixesOf(old.inputs) : prefixes;
  const used = old
    ? account.all(privateEndpoint).some((endpoint) => pick(endpoint.inputs, "subnet.id") === old.id)
    : false;
  return [
    ...prefixes.flatMap((prefix) => (home ? outside(home.inputs, prefix, "addressPrefix") : [])),
    ...neighbours(moment).flatMap((other) =>
      prefixesOf(other.inputs)
        .filter((taken) => prefixes.some((prefix) => overlaps(prefix, taken)))
        .map((taken) => ({
          property: "addressPrefix",
          reason: `NetcfgSubnetRangesOverlap: Subnet '${text(inputs["subnetName"]) ?? ""}' is not valid because its IP address range overlaps with that of an existing subnet '${text(other.outputs["name"]) ?? ""}' (${taken}).`,
        })),
    ),
    ...(used && prefixes.join() !== before.join()
      ? refuse(
          "addressPrefix",
          "InUsePrefixCannotBeDeleted: the subnet's address prefix is in use and cannot be changed.",
        )
      : []),
    ...(old && old.inputs["defaultOutboundAccess"] === true && inputs["defaultOutboundAccess"] === false && used
      ? refuse("defaultOutboundAccess", "can't be changed while the subnet is in use")
      : []),
  ];
}

const subnetRow = arm({
  name: "network:Subnet",
  api,
  namespace,
  path: [
    ["virtualNetworks", "virtualNetworkName"],
    ["subnets", "subnetName"],
  ],
  parents: [virtualNetwork],
  inside: true,
  own: networkName(80),
  // Azure answers by `name`, which is an input of its own as well.
  writeOnly: ["type"],
  references: [
    { path: "networkSecurityGroup.id", to: [networkSecurityGroup] },
    { path: "natGateway.id", to: [natGateway] },
    { path: "routeTable.id", to: [routeTable] },
  ],
  inputDefaults: () => ({ privateEndpointNetworkPolicies: "Disabled", privateLinkServiceNetworkPolicies: "Enabled" }),
  check: ({ inputs }) => [
    ...someOf(inputs, "addressPrefix", "addressPrefixes", "ipamPoolPrefixAllocations"),
    ...cidr(inputs, "addressPrefix", 2, 29),
    ...disjoint(inputs, "addressPrefixes.*"),
    ...oneOf(inputs, "privateEndpointNetworkPolicies", [
      "Enabled",
      "Disabled",
      "NetworkSecurityGroupEnabled",
      "RouteTableEnabled",
    ]),
    ...oneOf(inputs, "privateLinkServiceNetworkPolicies", ["Enabled", "Disabled"]),
    ...fits(
      inputs,
      "delegations.*.serviceName",
      delegable,
      "a service as in Microsoft.DBforPostgreSQL/flexibleServers",
    ),
    ...(text(inputs["subnetName"]) === "GatewaySubnet" && isSet(inputs["natGateway"])
      ? refuse("natGateway", "a GatewaySubnet can't have a NAT gateway")
      : []),
    ...(text(inputs["subnetName"]) === "AzureBastionSubnet" ? cidr(inputs, "addressPrefix", 2, 26) : []),
  ],
  admit: placeRefusals,
  volatile: ["etag"],
  outputs: (moment) => ({
    ...provisioned(moment),
    delegations: pickAll(moment.inputs, "delegations.*").map(({ value }) => ({
      actions: [],
      ...(typeof value === "object" && value !== null ? value : {}),
      provisioningState: "Succeeded",
    })),
    serviceEndpoints: moment.inputs["serviceEndpoints"] ?? [],
    ...(pickAll(moment.inputs, "delegations.*").length > 0 ? { purpose: "" } : {}),
  }),
  seconds: { create: 6, update: 6, delete: 12, source: "estimate" },
});

export const rows: readonly Row[] = [networkRow, subnetRow];
