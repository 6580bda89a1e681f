// What Azure refuses of networks: ranges, subnets, what stands in them, and how networks are joined.
import assert from "node:assert/strict";
import type { Item, Props } from "../row";
import { admitted, idOf, itTellsApart, rowOf, Sample } from "./sample";

const group = { resourceGroupName: "shop", location: "eastus" };
const network = { ...group, virtualNetworkName: "shop", addressSpace: { addressPrefixes: ["10.20.0.0/16"] } };
const subnet = {
  resourceGroupName: "shop",
  virtualNetworkName: "shop",
  subnetName: "data",
  addressPrefix: "10.20.1.0/24",
};
const { addressPrefix: _, ...named } = subnet;
const networkId = idOf("network:VirtualNetwork", network);
const subnetId = idOf("network:Subnet", subnet);
const rule = {
  name: "AllowWeb",
  access: "Allow",
  direction: "Inbound",
  protocol: "Tcp",
  priority: 100,
  sourceAddressPrefix: "Internet",
  sourcePortRange: "*",
  destinationAddressPrefix: "*",
  destinationPortRange: "443",
};
const peering = {
  resourceGroupName: "shop",
  virtualNetworkName: "shop",
  virtualNetworkPeeringName: "to-spare",
  remoteVirtualNetwork: { id: networkId.replace(/shop$/, "spare") },
};
const spare = { ...network, virtualNetworkName: "spare", addressSpace: { addressPrefixes: ["10.21.0.0/16"] } };

describe("what Azure refuses of networks", () => {
  itTellsApart([
    {
      type: "network:VirtualNetwork",
      good: { ...network, addressSpace: { addressPrefixes: ["10.20.0.0/16", "fd00:20::/48"] } },
      bad: [
        [
          { "addressSpace.addressPrefixes": ["224.0.0.0/8"] },
          "addressSpace.addressPrefixes.0",
          /AddressPrefixNotAllowed/,
        ],
        [{ "addressSpace.addressPrefixes": ["10.20.0.0/30"] }, "addressSpace.addressPrefixes.0", /InvalidCIDRNotation/],
        [{ "addressSpace.addressPrefixes": ["fd00::/96"] }, "addressSpace.addressPrefixes.0"],
        [{ location: "us-east-1" }, "location", /LocationNotAvailableForResourceType/],
      ],
    },
    {
      type: "network:Subnet",
      good: { ...named, addressPrefixes: ["10.20.1.0/24", "fd00:20::/64"] },
      bad: [
        [{ "addressPrefixes.1": "fd00:20::/56" }, "addressPrefixes.1", /of \/64/],
        [{ addressPrefix: "10.20.2.0/24" }, "addressPrefixes", /conflicts with addressPrefix/],
        [
          {
            delegations: [
              { name: "a", serviceName: "Microsoft.DBforPostgreSQL/flexibleServers" },
              { name: "b", serviceName: "Microsoft.Web/serverFarms" },
            ],
          },
          "delegations",
        ],
        [{ subnetName: "GatewaySubnet", networkSecurityGroup: { id: "/n" } }, "networkSecurityGroup"],
        [
          { subnetName: "AzureFirewallSubnet", addressPrefixes: undefined, addressPrefix: "10.20.1.0/27" },
          "addressPrefix",
        ],
      ],
    },
    {
      type: "network:NetworkSecurityGroup",
      good: { ...group, networkSecurityGroupName: "app", securityRules: [rule] },
      bad: [
        [
          { "securityRules.0.sourceAddressPrefix": undefined, "securityRules.0.sourceAddressPrefixes": ["Internet"] },
          "securityRules.0.sourceAddressPrefixes.0",
          /^SecurityRuleParameterContainsUnsupportedValue: .* SourceAddressPrefixes .*"Internet"/,
        ],
        [
          { "securityRules.0.destinationPortRange": undefined, "securityRules.0.destinationPortRanges": ["*"] },
          "securityRules.0.destinationPortRanges.0",
          /SecurityRuleParameterContainsInvalidPortRanges/,
        ],
      ],
    },
    {
      type: "network:RouteTable",
      good: {
        ...group,
        routeTableName: "out",
        routes: [
          { name: "all", addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance", nextHopIpAddress: "10.0.0.4" },
        ],
      },
      bad: [
        [{ "routes.0.nextHopIpAddress": undefined }, "routes.0.nextHopIpAddress"],
        [{ "routes.0.nextHopType": "Internet" }, "routes.0.nextHopIpAddress"],
        [{ "routes.0.nextHopType": "Somewhere" }, "routes.0.nextHopType"],
      ],
    },
    {
      type: "network:NatGateway",
      good: { ...group, natGatewayName: "nat", sku: { name: "Standard" }, zones: ["1"] },
      bad: [[{ location: "westus" }, "zones", /does not support availability zones/]],
    },
    {
      type: "network:VirtualNetworkPeering",
      good: peering,
      bad: [
        [{ remoteVirtualNetwork: undefined }, "remoteVirtualNetwork.id"],
        [{ virtualNetworkPeeringName: "-" }, "virtualNetworkPeeringName"],
      ],
    },
  ]);

  it("joins networks once, whose ranges are apart, and leads no peering elsewhere", () => {
    const beside = [
      ["network:VirtualNetwork", network],
      ["network:VirtualNetwork", spare],
    ] as const;
    const join = (inputs: Props, before?: Props) => admitted("network:VirtualNetworkPeering", inputs, beside, before);
    assert.deepEqual(join(peering), []);
    assert.match(join({ ...peering, remoteVirtualNetwork: { id: networkId } })[0] ?? "", /VnetCannotPeerWithItself/);
    const third = { ...spare, virtualNetworkName: "third", addressSpace: { addressPrefixes: ["10.20.128.0/17"] } };
    const thirdId = idOf("network:VirtualNetwork", third);
    const others = [...beside, ["network:VirtualNetwork", third]] as const;
    const overlapping = { ...peering, remoteVirtualNetwork: { id: thirdId } };
    assert.match(admitted("network:VirtualNetworkPeering", overlapping, others)[0] ?? "", /VnetAddressSpacesOverlap/);
    const twin = { ...peering, virtualNetworkPeeringName: "again" };
    const made = [...beside, ["network:VirtualNetworkPeering", peering]] as const;
    assert.match(admitted("network:VirtualNetworkPeering", twin, made)[0] ?? "", /VnetPeeringAlreadyExists/);
    assert.match(
      join({ ...peering, remoteVirtualNetwork: { id: thirdId } }, peering)[0] ?? "",
      /ChangingRemoteVirtualNetworkNotAllowed/,
    );
  });

  it("tells of a peering whether the other network leads back, which Azure changes by itself", () => {
    const type = "network:VirtualNetworkPeering";
    const back = { ...peering, virtualNetworkName: "spare", remoteVirtualNetwork: { id: networkId } };
    const networks = [
      ["network:VirtualNetwork", network],
      ["network:VirtualNetwork", spare],
    ] as const;
    const { outputs, ripens, adopts } = rowOf(type);
    const state = (sample: Sample, inputs: Props, old?: Item) => {
      const moment = sample.moment(`azure-native:${type}`, inputs, "to-spare", old);
      return outputs({ ...moment, id: "there" })["peeringState"];
    };
    const joined = new Sample([...networks, [type, back]]);
    const alone = new Sample(networks);
    assert.deepEqual([state(alone, peering), state(joined, peering)], ["Initiated", "Connected"]);
    const stood = { ...alone.put(`azure-native:${type}`, peering), outputs: { peeringState: "Connected" } };
    assert.deepEqual(
      [state(alone, stood.inputs, stood), state(alone, { ...peering, allowForwardedTraffic: true }, stood)],
      ["Disconnected", "Initiated"],
    );
    assert.deepEqual([ripens, adopts], [["peeringState"], ["peeringState"]]);
  });

  it("changes no range and no delegation under what stands there", () => {
    const delegations = [{ name: "pg", serviceName: "Microsoft.DBforPostgreSQL/flexibleServers" }];
    const own = { ...subnet, delegations };
    const server = { ...group, serverName: "shop", network: { delegatedSubnetResourceId: subnetId } };
    const around = [
      ["network:VirtualNetwork", network],
      ["dbforpostgresql:Server", server],
    ] as const;
    const change = (inputs: Props) => admitted("network:Subnet", inputs, around, own);
    assert.deepEqual(change({ ...own, serviceEndpoints: [{ service: "Microsoft.Storage" }] }), []);
    assert.match(change({ ...own, addressPrefix: "10.20.2.0/24" }).join(), /InUsePrefixCannotBeDeleted/);
    assert.match(change({ ...own, delegations: [] }).join(), /SubnetMissingRequiredDelegation/);
  });

  it("shares a NAT gateway within one network, and an address with nobody", () => {
    const address = { ...group, publicIpAddressName: "out", sku: { name: "Standard" } };
    const addressId = idOf("network:PublicIPAddress", address);
    const gateway = {
      ...group,
      natGatewayName: "nat",
      sku: { name: "Standard" },
      publicIpAddresses: [{ id: addressId }],
    };
    const twin = { ...gateway, natGatewayName: "second" };
    const around = [
      ["network:VirtualNetwork", network],
      ["network:VirtualNetwork", spare],
      ["network:PublicIPAddress", address],
    ] as const;
    assert.deepEqual(admitted("network:NatGateway", gateway, around), []);
    const used = [...around, ["network:NatGateway", gateway]] as const;
    assert.match(admitted("network:NatGateway", twin, used)[0] ?? "", /PublicIPAddressInUse/);
    const newer = { ...gateway, sku: { name: "StandardV2" } };
    assert.match(admitted("network:NatGateway", newer, around)[0] ?? "", /SkuMismatch/);
    const natGateway = { id: idOf("network:NatGateway", gateway) };
    const there = { ...subnet, virtualNetworkName: "spare", addressPrefix: "10.21.1.0/24", natGateway };
    assert.deepEqual(admitted("network:Subnet", there, used), []);
    const both = [...used, ["network:Subnet", { ...subnet, natGateway }]] as const;
    assert.match(admitted("network:Subnet", there, both)[0] ?? "", /natGateway\.id: NatGatewayCannotSpan/);
  });

  it("tells networks of two groups apart, though they share a name", () => {
    const elsewhere = { ...network, resourceGroupName: "other", addressSpace: { addressPrefixes: ["10.99.0.0/16"] } };
    const around = [
      ["network:VirtualNetwork", elsewhere],
      ["network:VirtualNetwork", network],
    ] as const;
    assert.deepEqual(admitted("network:Subnet", subnet, around), []);
    assert.match(
      admitted("network:Subnet", { ...subnet, resourceGroupName: "other" }, around)[0] ?? "",
      /NetcfgInvalidSubnet/,
    );
  });

  it("opens no private way to a registry below the Premium tier", () => {
    const registry = (name: string) => ({ ...group, registryName: "shopimages", sku: { name } });
    const target = idOf("containerregistry:Registry", registry("Basic"));
    const endpoint = {
      ...group,
      privateEndpointName: "images",
      subnet: { id: subnetId },
      privateLinkServiceConnections: [{ name: "images", privateLinkServiceId: target, groupIds: ["registry"] }],
    };
    const beside = (sku: string) =>
      admitted("network:PrivateEndpoint", endpoint, [["containerregistry:Registry", registry(sku)]]);
    assert.match(beside("Standard")[0] ?? "", /privateLinkServiceId: SkuNotSupported/);
    assert.deepEqual(beside("Premium"), []);
  });
});
