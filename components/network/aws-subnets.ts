import {
  Eip,
  InternetGateway,
  NatGateway,
  NetworkAcl,
  Route,
  RouteTable,
  RouteTableAssociation,
  Subnet,
} from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { planSubnets } from "../cidr";
import { tagsOf } from "../site/aws-identity";
import type { CompleteNetworkArgs, Tier } from ".";

type Context = BuildContext<CompleteNetworkArgs>;
type Id = pulumi.Output<string>;

/** How load balancers of a cluster find their subnets. https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
const roleTags: Readonly<Record<Tier, Readonly<Record<string, string>>>> = {
  public: { "kubernetes.io/role/elb": "1" },
  private: { "kubernetes.io/role/internal-elb": "1" },
  data: {},
};

export interface Subnets {
  /** In the order of the zones. */
  readonly subnetIds: Readonly<Record<Tier, readonly Id[]>>;
  /** Tables of the tiers that need private ways to the cloud's own services. */
  readonly routeTableIds: readonly Id[];
  /** Public addresses of the NAT gateways. */
  readonly egress: pulumi.Output<string[]>;
}

/** Three tiers over the zones: public with a way in and out, private with a way out, data with neither (NET-01..05). */
export function buildSubnets(context: Context, vpcId: Id): Subnets {
  const { name, site, args, child } = context;
  const plan = planSubnets(args.cidr, args.zones, ["public", "private", "data"]);
  const subnets = (tier: Tier) =>
    args.zones.map((zone) => {
      const label = `${name}-${tier}-${zone}`;
      return new Subnet(
        label,
        {
          vpcId,
          availabilityZone: zone,
          cidrBlock: plan[tier][zone] as string,
          // NAT gateways and load balancers bring their own addresses, so the public tier assigns none either.
          mapPublicIpOnLaunch: false,
          tags: { ...tagsOf(site, label), ...roleTags[tier], Tier: tier },
        },
        child,
      ).id;
    });
  const subnetIds = { public: subnets("public"), private: subnets("private"), data: subnets("data") };
  const gateway = new InternetGateway(name, { vpcId, tags: tagsOf(site, name) }, child);
  const publicTable = routeTable(context, vpcId, "public", args.zones, subnetIds.public);
  const open = new Route(
    `${name}-public`,
    { routeTableId: publicTable, destinationCidrBlock: anywhere, gatewayId: gateway.id },
    child,
  );
  const dataTable = routeTable(context, vpcId, "data", args.zones, subnetIds.data);
  lockDataTier(context, vpcId, subnetIds.data);
  // A table a zone even where one NAT serves all: going from "single" to "per-zone" then only turns routes round.
  const nat = natGateways(context, subnetIds.public, [gateway, open]);
  const privateTables = args.zones.map((zone, index) => {
    const table = routeTable(context, vpcId, `private-${zone}`, [zone], subnetIds.private.slice(index, index + 1));
    new Route(
      `${name}-private-${zone}`,
      { routeTableId: table, destinationCidrBlock: anywhere, natGatewayId: nat.of(index) },
      child,
    );
    return table;
  });
  return { subnetIds, routeTableIds: [...privateTables, dataTable], egress: nat.addresses };
}

const anywhere = "0.0.0.0/0";

function routeTable(
  { name, site, child }: Context,
  vpcId: Id,
  label: string,
  zones: readonly string[],
  subnetIds: readonly Id[],
): Id {
  const table = new RouteTable(`${name}-${label}`, { vpcId, tags: tagsOf(site, `${name}-${label}`) }, child);
  for (const [index, zone] of zones.entries())
    new RouteTableAssociation(
      zones.length > 1 ? `${name}-${label}-${zone}` : `${name}-${label}`,
      { routeTableId: table.id, subnetId: subnetIds[index] as Id },
      child,
    );
  return table.id;
}

/** The way out of the private tier (NET-04): the gateway that serves a zone, by its position, and the addresses of all. */
function natGateways(
  { name, site, args, child }: Context,
  publicSubnetIds: readonly Id[],
  dependsOn: pulumi.Resource[],
): { readonly of: (index: number) => Id; readonly addresses: pulumi.Output<string[]> } {
  const zones = args.nat === "single" ? args.zones.slice(0, 1) : args.zones;
  const gateways = zones.map((zone, index) => {
    const label = `${name}-nat-${zone}`;
    // The address only works once the internet gateway is attached, which its inputs don't show.
    const options = { ...child, dependsOn };
    const address = new Eip(label, { domain: "vpc", tags: tagsOf(site, label) }, options);
    const gateway = new NatGateway(
      label,
      {
        allocationId: address.allocationId,
        subnetId: publicSubnetIds[index] as Id,
        connectivityType: "public",
        tags: tagsOf(site, label),
      },
      options,
    );
    return { id: gateway.id, address: address.publicIp };
  });
  return {
    of: (index) => (gateways[index] ?? gateways[0])?.id as Id,
    addresses: pulumi.all(gateways.map(({ address }) => address)),
  };
}

/**
 * A second lock behind the missing route: the data tier only talks to the network itself. The other tiers stay on the
 * default list, because answers to NAT come back to any port from 1024, remote desktop's 3389 among them.
 */
function lockDataTier({ name, site, args, child }: Context, vpcId: Id, subnetIds: readonly Id[]): void {
  const inside = { ruleNo: 100, action: "allow", protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: args.cidr };
  new NetworkAcl(
    `${name}-data`,
    { vpcId, subnetIds: [...subnetIds], ingress: [inside], egress: [inside], tags: tagsOf(site, `${name}-data`) },
    child,
  );
}
