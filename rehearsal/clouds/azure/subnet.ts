// Subnets: where they lie, and what stands in them.
import { overlaps } from "../cidr";
import { cidr, disjoint, exclusive, fits, long, refuse, someOf } from "../limits";
import type { Item, Moment, Props, Refusal, Row } from "../row";
import { isSet, pick, pickAll, text } from "../values";
import { arm, named } from "./arm";
import {
  api,
  namespace,
  natGateway,
  neighbours,
  networkName,
  networkPath,
  networkSecurityGroup,
  outside,
  prefixesOf,
  privateEndpoint,
  provisioned,
  rangeRefusals,
  routeTable,
  subnet,
  virtualNetwork,
} from "./network";
import { token } from "./types";

const delegable = /^[A-Z][A-Za-z]+(\.[A-Z][A-Za-z]+)+\/[A-Za-z/]+$/;

/** What stands in a subnet, by the input that says so. */
const tenants: readonly (readonly [type: string, path: string])[] = [
  [privateEndpoint, "subnet.id"],
  [token("dbforpostgresql:Server"), "network.delegatedSubnetResourceId"],
  [token("containerservice:ManagedCluster"), "agentPoolProfiles.*.vnetSubnetID"],
  [token("containerservice:ManagedCluster"), "apiServerAccessProfile.subnetId"],
  [token("containerservice:AgentPool"), "vnetSubnetID"],
];
const tenantOf = ({ account, old }: Moment): Item | undefined =>
  tenants
    .flatMap(([type, path]) =>
      account.all(type).filter(({ inputs }) => pickAll(inputs, path).some(({ value }) => value === old?.id)),
    )
    .at(0);

const services = (inputs: Props) => pickAll(inputs, "delegations.*.serviceName").map(({ value }) => text(value));

/** What a subnet that something stands in can't change. */
function usedRefusals(moment: Moment): readonly Refusal[] {
  const { inputs, old } = moment;
  const tenant = old && tenantOf(moment);
  if (!tenant) return [];
  const name = text(inputs["subnetName"]) ?? "";
  const left = services(old.inputs).filter((service) => !services(inputs).includes(service));
  return [
    ...(prefixesOf(inputs).join() === prefixesOf(old.inputs).join()
      ? []
      : refuse(
          "addressPrefix",
          `InUsePrefixCannotBeDeleted: IpPrefix ${prefixesOf(old.inputs).join()} on Subnet ${name} has active allocations and cannot be deleted.`,
        )),
    ...(left.length > 0 && tenant.type !== privateEndpoint
      ? refuse(
          "delegations",
          `SubnetMissingRequiredDelegation: Subnet ${name} requires any of the following delegation(s) [${left.join(", ")}] to reference service association link ${tenant.id}.`,
        )
      : []),
  ];
}

/** A gateway for outgoing traffic serves one network: https://learn.microsoft.com/azure/nat-gateway/nat-gateway-resource */
function gatewayRefusals({ inputs, account, old }: Moment): readonly Refusal[] {
  const id = pick(inputs, "natGateway.id");
  if (id === undefined) return [];
  const other = account
    .all(subnet)
    .find(
      (one) =>
        one.id !== old?.id &&
        pick(one.inputs, "natGateway.id") === id &&
        (one.inputs["virtualNetworkName"] !== inputs["virtualNetworkName"] ||
          one.inputs["resourceGroupName"] !== inputs["resourceGroupName"]),
    );
  return other
    ? refuse(
        "natGateway.id",
        `NatGatewayCannotSpanVirtualNetworks: the NAT gateway is used by ${other.id} of another virtual network.`,
      )
    : [];
}

function placeRefusals(moment: Moment): readonly Refusal[] {
  const { inputs } = moment;
  const home = named(moment, virtualNetwork, { namespace, path: [networkPath] });
  const prefixes = prefixesOf(inputs);
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
    ...gatewayRefusals(moment),
    ...usedRefusals(moment),
  ];
}

/** Subnets that a service knows by their name: https://learn.microsoft.com/azure/virtual-network/vnet-integration-for-azure-services */
function namedRefusals(inputs: Props): readonly Refusal[] {
  const name = text(inputs["subnetName"]);
  const small = (longest: number) => cidr(inputs, "addressPrefix", 2, longest);
  const without = (...properties: readonly string[]) =>
    properties
      .filter((property) => isSet(inputs[property]))
      .flatMap((property) => refuse(property, `can't be set on a subnet called ${name ?? ""}.`));
  switch (name) {
    case "GatewaySubnet":
      return [...small(29), ...without("natGateway", "networkSecurityGroup")];
    case "AzureBastionSubnet":
      return small(26);
    case "AzureFirewallSubnet":
      return [...small(26), ...without("networkSecurityGroup")];
    default:
      return [];
  }
}

const subnetRow = arm({
  name: "network:Subnet",
  api,
  namespace,
  path: [networkPath, ["subnets", "subnetName"]],
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
    ...rangeRefusals(inputs, "addressPrefix", 64),
    ...rangeRefusals(inputs, "addressPrefixes.*", 64),
    ...exclusive(inputs, "addressPrefix", "addressPrefixes"),
    ...disjoint(inputs, "addressPrefixes.*"),
    ...long(inputs, "delegations", 0, 1),
    ...fits(
      inputs,
      "delegations.*.serviceName",
      delegable,
      "a service as in Microsoft.DBforPostgreSQL/flexibleServers",
    ),
    ...namedRefusals(inputs),
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

export const rows: readonly Row[] = [subnetRow];
