import {
  NatGateway,
  NetworkSecurityGroup,
  PublicIPAddress,
  Subnet,
  VirtualNetwork,
} from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { planRanges, planSubnets } from "../cidr";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { localName, tagsOf } from "../site/azure-names";
import type { CompleteNetworkArgs, Tier } from ".";
import { type Group, openings, securityRules } from "./azure-security";

/** What the rest of the network component stands on, made here or brought along. */
export interface Land {
  readonly id: pulumi.Output<string>;
  readonly subnetIds: Readonly<Record<Tier, pulumi.Output<string[]>>>;
  readonly databaseSubnetId: pulumi.Output<string>;
  readonly endpointSubnetId: pulumi.Output<string>;
  readonly clusterSubnetId: pulumi.Output<string>;
  /** Public addresses of the NAT gateways. */
  readonly egress: pulumi.Output<string[]>;
}

/** A subnet to be: its place in the chain of writes, its range, its group of rules, its way out. */
interface Plot {
  readonly key: string;
  readonly range: string;
  readonly group: Group;
  readonly nat?: NatGateway | undefined;
  readonly delegation?: string;
}

/** Which group of rules a tier has; the order of writes, too. */
const groupOf = { public: "edge", private: "app", data: "data" } as const satisfies Record<Tier, Group>;

const tiers = Object.keys(groupOf) as Tier[];

/** Virtual network, NAT, rules and subnets (NET-01 to NET-06). Only the private tier has a way out (NET-04). */
export function makeLand(context: BuildContext<CompleteNetworkArgs>): Land & { readonly network: VirtualNetwork } {
  const { name, site, args, child } = context;
  const { resourceGroup } = nativeOf(site, "azure", "Network");
  const plan = planSubnets(args.cidr, args.zones, tiers);
  const places = planRanges(args.cidr);

  const networkName = localName(site, azureNames.virtualNetwork, name);
  const network = new VirtualNetwork(
    name,
    {
      virtualNetworkName: networkName,
      resourceGroupName: resourceGroup,
      location: site.region,
      addressSpace: { addressPrefixes: [args.cidr] },
      tags: tagsOf(site, networkName),
    },
    child,
  );

  const ranges = {
    edge: Object.values(plan.public),
    app: Object.values(plan.private),
    data: [...Object.values(plan.data), places.endpoints],
    database: [places.database],
    control: [places.cluster],
  };
  const peers = args.peers.map((peer) => planRanges(peer).database);
  const groups = Object.fromEntries(
    (Object.keys(openings) as Group[]).map((group) => {
      const groupName = localName(site, azureNames.networkSecurityGroup, name, group);
      const rules = openings[group]({ ranges, appPort: args.appPort, egress: args.egress, peers }, ranges[group]);
      const made = new NetworkSecurityGroup(
        `${name}-${group}`,
        {
          networkSecurityGroupName: groupName,
          resourceGroupName: resourceGroup,
          location: site.region,
          securityRules: securityRules(rules),
          tags: tagsOf(site, groupName),
        },
        child,
      );
      return [group, made] as const;
    }),
  );

  // A gateway lives in one zone and is called by it, so "single" is "per-zone" with one zone: subnets stay as they are.
  const natZones = args.nat === "single" ? args.zones.slice(0, 1) : args.zones;
  const gateways = new Map(natZones.map((zone) => [zone, makeNat(context, zone)]));
  const natOf = (zone: string) => (gateways.get(zone) ?? gateways.get(natZones[0] ?? ""))?.gateway;

  const plots: readonly Plot[] = [
    ...tiers.flatMap((tier) =>
      args.zones.map((zone) => ({
        key: `${tier}-${zone}`,
        range: plan[tier][zone] ?? "",
        group: groupOf[tier],
        nat: tier === "private" ? natOf(zone) : undefined,
      })),
    ),
    {
      key: "database",
      range: places.database,
      group: "database",
      delegation: "Microsoft.DBforPostgreSQL/flexibleServers",
    },
    { key: "endpoints", range: places.endpoints, group: "data" },
    {
      key: "cluster",
      range: places.cluster,
      group: "control",
      delegation: "Microsoft.ContainerService/managedClusters",
    },
  ];
  const subnets = new Map<string, Subnet>();
  let last: Subnet | undefined;
  for (const { key, range, group, nat, delegation } of plots) {
    // Azure takes one write to a virtual network at a time, so each subnet waits for the one before.
    last = new Subnet(
      `${name}-${key}`,
      {
        subnetName: localName(site, azureNames.subnet, key),
        virtualNetworkName: network.name,
        resourceGroupName: resourceGroup,
        addressPrefix: range,
        defaultOutboundAccess: false,
        privateEndpointNetworkPolicies: "Enabled",
        networkSecurityGroup: { id: groups[group]?.id },
        ...(nat && { natGateway: { id: nat.id } }),
        ...(delegation && { delegations: [{ name: "service", serviceName: delegation }] }),
      },
      { ...child, dependsOn: last ? [last] : [] },
    );
    subnets.set(key, last);
  }
  const idOf = (key: string) => pulumi.output(subnets.get(key)?.id ?? "");
  const idsOf = (tier: Tier) => pulumi.all(args.zones.map((zone) => idOf(`${tier}-${zone}`)));
  return {
    network,
    id: network.id,
    subnetIds: { public: idsOf("public"), private: idsOf("private"), data: idsOf("data") },
    databaseSubnetId: idOf("database"),
    endpointSubnetId: idOf("endpoints"),
    clusterSubnetId: idOf("cluster"),
    egress: pulumi.all([...gateways.values()].map(({ address }) => address)),
  };
}

interface Nat {
  readonly gateway: NatGateway;
  readonly address: pulumi.Output<string>;
}

function makeNat({ name, site, child }: BuildContext<CompleteNetworkArgs>, zone: string): Nat {
  const { resourceGroup } = nativeOf(site, "azure", "Network");
  const addressName = localName(site, azureNames.publicIpAddress, name, "nat", zone);
  const address = new PublicIPAddress(
    `${name}-nat-${zone}`,
    {
      publicIpAddressName: addressName,
      resourceGroupName: resourceGroup,
      location: site.region,
      sku: { name: "Standard", tier: "Regional" },
      publicIPAllocationMethod: "Static",
      publicIPAddressVersion: "IPv4",
      zones: [zone],
      tags: tagsOf(site, addressName),
    },
    child,
  );
  const gatewayName = localName(site, azureNames.natGateway, name, "nat", zone);
  const gateway = new NatGateway(
    `${name}-nat-${zone}`,
    {
      natGatewayName: gatewayName,
      resourceGroupName: resourceGroup,
      location: site.region,
      sku: { name: "Standard" },
      idleTimeoutInMinutes: 4,
      publicIpAddresses: [{ id: address.id }],
      zones: [zone],
      tags: tagsOf(site, gatewayName),
    },
    child,
  );
  return { gateway, address: address.ipAddress.apply((ip) => ip ?? "") };
}
