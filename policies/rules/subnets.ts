// NET-02, NET-03, NET-11: which subnets are private.

import { coversWorld } from "../addresses";
import { all, always, each, fail, filled, isFalse, notApplicable, pass, unknown, when } from "../judge";
import { folded, join, list, read, text } from "../read";
import { reached, subnetReach } from "../routes";
import { type Context, rule, type Verdict, type View } from "../rule";
import { tagOf } from "../tags";
import { aws, awsGraph, azure, azureGraph, gcp, gcpGraph, token } from "../tokens";

const tierOf = (view: View): string => folded({ tier: tagOf(view, "tier") }, "tier");

const isPublicName = (name: string) => /(^|[-_])(public|edge|gateway|ingress|dmz)([-_]|$)/i.test(name);

/** Subnets that Azure manages the rules of, by their fixed names. */
const azureOwn =
  /^(GatewaySubnet|AzureFirewallSubnet|AzureFirewallManagementSubnet|AzureBastionSubnet|RouteServerSubnet)$/i;

const azureName = (props: unknown, view: View) => text(props, "subnetName") || text(props, "name") || view.name;

export const noDefaultNetwork = rule(
  "network-no-default-vpc",
  aws("ec2.DefaultVpc, ec2.DefaultSubnet", () => fail("", "a network of one's own instead of the default one")),
  gcp("compute.Network", isFalse("autoCreateSubnetworks")),
  gcp("organizations.Project", isFalse("autoCreateNetwork")),
);

export const noAutoPublicIp = rule(
  "network-subnet-no-auto-public-ip",
  aws("ec2.Subnet", (view, context) =>
    tierOf(view) === "public"
      ? notApplicable("the public tier")
      : all(isFalse("mapPublicIpOnLaunch", "pass"), isFalse("assignIpv6AddressOnCreation", "pass"))(view, context),
  ),
  azure("network.Subnet", isFalse("defaultOutboundAccess")),
  azure(
    "network.VirtualNetwork",
    each("subnets", (at) => isFalse(`${at}.defaultOutboundAccess`)),
  ),
  gcp("compute.Subnetwork", always("addresses are given machine by machine: network-compute-private-subnet")),
);

/** Properties by which data and compute services name the subnets they run in. */
const consumers: readonly (readonly [type: string, property: string])[] = [
  ["rds.SubnetGroup", "subnetIds"],
  ["elasticache.SubnetGroup", "subnetIds"],
  ["memorydb.SubnetGroup", "subnetIds"],
  ["redshift.SubnetGroup", "subnetIds"],
  ["eks.NodeGroup", "subnetIds"],
  ["lambda.Function", "vpcConfig.subnetIds"],
  ["ec2.Instance", "subnetId"],
];

const isUsed = (view: View, { graph }: Context) =>
  consumers.some(([type, property]) => graph.companions(view, [token("aws", type)], property).sure.length > 0);

const privateTiers = ["private", "data", "database", "app", "application", "isolated", "internal", "cache"];

export const noInternetRoute = rule(
  "network-private-subnet-no-igw-route",
  awsGraph("ec2.Subnet", (view, context) => {
    const tier = tierOf(view);
    if (tier === "public" || !(privateTiers.includes(tier) || isUsed(view, context)))
      return notApplicable("no subnet of data or compute");
    return reached(subnetReach(context.graph, view), "routes", "no route to an internet gateway");
  }),
  azureGraph("network.Subnet", (view, context) => {
    if (isPublicName(azureName(view.props, view))) return notApplicable("the public tier");
    const { sure } = context.graph.targets(view, "routeTable.id", [token("azure", "network.RouteTable")]);
    const verdicts = sure.map((table) => internetRoutes(table, context));
    return (
      verdicts.find(({ status }) => status === "fail") ?? verdicts[0] ?? pass("routeTable", "no route to the internet")
    );
  }),
  gcp("compute.Route", (view, context) =>
    when(
      ({ props }) =>
        /default-internet-gateway$/.test(text(props, "nextHopGateway")) &&
        coversWorld([read(props, "destRange")]) !== false,
      "not a route to the internet",
      filled("tags", "network tags of the machines that may use it"),
    )(view, context),
  ),
);

function internetRoutes(table: View, { graph }: Context): Verdict {
  const expected = "no route of 0.0.0.0/0 to Internet";
  const inline = list(table.props, "routes");
  if (typeof inline === "symbol") return unknown("routes", expected);
  const standing = graph
    .companions(table, [token("azure", "network.Route")], "routeTableName")
    .sure.map(({ props }) => props);
  const open = [...inline, ...standing].some(
    (route) => folded(route, "nextHopType") === "internet" && coversWorld([read(route, "addressPrefix")]) !== false,
  );
  return open ? fail("routeTable", expected) : pass("routeTable", expected);
}

export const covered = rule(
  "network-subnet-has-nsg",
  // Security groups cover every machine, and the VPC's default ACL every subnet; the data tier has an ACL of its own.
  awsGraph("ec2.Subnet", (view, { graph }) => {
    if (!["data", "database", "cache"].includes(tierOf(view)))
      return notApplicable("no data tier: the default network ACL covers it");
    const by = [
      [token("aws", "ec2.NetworkAcl"), "subnetIds"],
      [token("aws", "ec2.NetworkAclAssociation"), "subnetId"],
    ] as const;
    const found = by.map(([type, property]) => graph.companions(view, [type], property));
    const expected = "a network ACL of the data tier";
    if (found.some(({ sure }) => sure.length > 0)) return pass("", expected);
    return found.some(({ maybe }) => maybe.length > 0) ? unknown("", expected) : fail("", expected);
  }),
  azure("network.Subnet", (view, context) =>
    azureOwn.test(azureName(view.props, view))
      ? notApplicable("Azure's own subnet")
      : filled("networkSecurityGroup", "a network security group")(view, context),
  ),
  azure("network.VirtualNetwork", (view) => {
    const subnets = list(view.props, "subnets");
    if (typeof subnets === "symbol") return unknown("subnets", "a network security group each");
    const bare = subnets.flatMap((one, index) =>
      azureOwn.test(text(one, "name")) || read(one, "networkSecurityGroup") !== undefined
        ? []
        : [fail(join("subnets", index, "networkSecurityGroup"), "set")],
    );
    return bare.length > 0 ? bare : pass("subnets");
  }),
  gcpGraph("compute.Network", (view, { graph }) => {
    const firewalls = graph.companions(view, [token("gcp", "compute.Firewall")], "network");
    const policies = graph.companions(
      view,
      [token("gcp", "compute.NetworkFirewallPolicyAssociation")],
      "attachmentTarget",
    );
    const expected = "a firewall rule or policy";
    if (firewalls.sure.length + policies.sure.length > 0) return pass("", expected);
    return firewalls.maybe.length + policies.maybe.length > 0 ? unknown("", expected) : fail("", expected);
  }),
);
