// NET-02 to NET-05, NET-11: which subnets are private, and how they get out.

import { coversWorld } from "../addresses";
import { companion } from "../companion";
import {
  all,
  always,
  any,
  each,
  equals,
  fail,
  filled,
  holds,
  isFalse,
  isTrue,
  notApplicable,
  oneOf,
  pass,
  unknown,
  when,
} from "../judge";
import { folded, isUnknown, join, list, read, text } from "../read";
import { type Reach, subnetReach, subnetsOf } from "../routes";
import { type Context, type Judge, relaxed, rule, type Verdict, type View } from "../rule";
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

const reached = (reach: Reach, path: string, expected: string): Verdict =>
  reach === true ? fail(path, expected) : reach === "unknown" ? unknown(path, expected) : pass(path, expected);

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

/** All subnets of a group are private. Subnets made outside the stack can't be seen. */
const privateGroup =
  (property: string): Judge =>
  (view, { graph }) => {
    const expected = "subnets without a route to an internet gateway";
    const { here, elsewhere } = subnetsOf(graph, view, property);
    if (elsewhere)
      return isUnknown(read(view.props, property))
        ? unknown(property, expected)
        : notApplicable("the subnets are made elsewhere");
    const reaches = here.map((subnet) => subnetReach(graph, subnet));
    return reached(reaches.includes(true) ? true : reaches.includes("unknown") ? "unknown" : false, property, expected);
  };

export const databaseSubnets = rule(
  "network-database-private-subnets",
  awsGraph("rds.SubnetGroup, redshift.SubnetGroup, docdb.SubnetGroup, neptune.SubnetGroup", privateGroup("subnetIds")),
  azureGraph(
    "dbforpostgresql.Server, dbformysql.Server",
    any(
      filled("network.delegatedSubnetResourceId", "a delegated subnet"),
      companion(
        [token("azure", "network.PrivateEndpoint")],
        "privateLinkServiceConnections.0.privateLinkServiceId",
        () => pass(""),
      ),
    ),
  ),
  gcpGraph("sql.DatabaseInstance", (view, { graph }) => {
    const path = "settings.ipConfiguration.privateNetwork";
    const expected = "a network with a private services connection";
    const psc = read(view.props, "settings.ipConfiguration.pscConfig");
    if (psc !== undefined && !isUnknown(psc)) return pass("settings.ipConfiguration.pscConfig", expected);
    if (read(view.props, path) === undefined) return fail(path, expected);
    const networks = graph.targets(view, path, [token("gcp", "compute.Network")]).sure;
    if (networks.length === 0)
      return isUnknown(read(view.props, path))
        ? unknown(path, expected)
        : notApplicable("the network is made elsewhere");
    const connected = networks.map((one) =>
      graph.companions(one, [token("gcp", "servicenetworking.Connection")], "network"),
    );
    if (connected.some(({ sure }) => sure.length > 0)) return pass(path, expected);
    return connected.some(({ maybe }) => maybe.length > 0) ? unknown(path, expected) : fail(path, expected);
  }),
);

export const cachePrivate = rule(
  "network-cache-private",
  awsGraph("elasticache.ReplicationGroup, elasticache.Cluster, memorydb.Cluster", (view, context) => {
    if (read(view.props, "replicationGroupId") !== undefined) return notApplicable("in its group's subnets");
    const property = "subnetGroupName";
    if (read(view.props, property) === undefined)
      return fail(property, "a subnet group of private subnets, not the default one");
    const types = [token("aws", "elasticache.SubnetGroup"), token("aws", "memorydb.SubnetGroup")];
    const [group] = context.graph.targets(view, property, types).sure;
    if (group) return privateGroup("subnetIds")(group, context);
    return isUnknown(read(view.props, property))
      ? unknown(property, "a subnet group of private subnets")
      : notApplicable("the subnet group is made elsewhere");
  }),
  azure("redis.Redis, redisenterprise.RedisEnterprise", equals("publicNetworkAccess", "Disabled")),
  gcp("redis.Instance", oneOf("connectMode", ["PRIVATE_SERVICE_ACCESS"])),
  gcp("redis.Instance", filled("authorizedNetwork", "a network of one's own, not default")),
  gcp(
    "memorystore.Instance",
    any(
      filled("desiredAutoCreatedEndpoints", "private endpoints"),
      filled("desiredPscAutoConnections", "private endpoints"),
    ),
  ),
);

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

const forProxies = /MANAGED_PROXY|^PRIVATE_SERVICE_CONNECT$|PRIVATE_NAT/;
const holdsMachines = (judge: Judge) =>
  when(({ props }) => !forProxies.test(text(props, "purpose")), "a subnet of Google's proxies", judge);

export const privateAccess = rule(
  "network-private-service-access",
  awsGraph("ec2.Vpc", (view, { graph }) => {
    const { sure, maybe } = graph.companions(view, [token("aws", "ec2.VpcEndpoint")], "vpcId");
    const expected = "an endpoint for S3 at least";
    const serves = (endpoint: View) =>
      /\.s3$/.test(text(endpoint.props, "serviceName")) || isUnknown(read(endpoint.props, "serviceName"));
    if (sure.some(serves)) return pass("", expected);
    return maybe.some(serves) ? unknown("", expected) : fail("", expected);
  }),
  aws(
    "ec2.VpcEndpoint",
    when(
      ({ props }) => text(props, "vpcEndpointType") === "Interface",
      "no interface endpoint",
      isTrue("privateDnsEnabled"),
    ),
  ),
  azureGraph("storage.StorageAccount, keyvault.Vault", (view, { graph }) => {
    const path = view.type.endsWith("Vault") ? "properties.publicNetworkAccess" : "publicNetworkAccess";
    if (folded(view.props, path) !== "disabled") return notApplicable("reached through its firewall");
    const endpoint = [token("azure", "network.PrivateEndpoint")];
    const { sure, maybe } = graph.companions(view, endpoint, "privateLinkServiceConnections.0.privateLinkServiceId");
    const expected = "a private endpoint: nothing else reaches it";
    if (sure.length > 0) return pass("", expected);
    return maybe.length > 0 ? unknown("", expected) : fail("", expected);
  }),
  gcp("compute.Subnetwork", holdsMachines(isTrue("privateIpGoogleAccess"))),
);

export const nat = rule(
  "network-nat-for-egress",
  awsGraph("ec2.Vpc", (view, context) => {
    const { graph } = context;
    const subnets = graph.companions(view, [token("aws", "ec2.Subnet")], "vpcId").sure;
    const gateways = graph
      .ofType(token("aws", "ec2.NatGateway"))
      .filter((gateway) => subnets.some((subnet) => graph.names(gateway, "subnetId", subnet) === true));
    if (gateways.length === 0 || relaxed(context)) return notApplicable("no NAT, or one is enough here");
    const zones = new Set(subnets.map((subnet) => text(subnet.props, "availabilityZone")));
    return gateways.length >= zones.size ? pass("") : fail("", `${zones.size} NAT gateways, one a zone`);
  }),
  awsGraph("ec2.NatGateway", (view, { graph }) => {
    if (text(view.props, "connectivityType") === "private") return notApplicable("private NAT");
    const { here } = subnetsOf(graph, view, "subnetId");
    if (here.length === 0) return notApplicable("the subnet is made elsewhere");
    const reaches = here.map((subnet) => subnetReach(graph, subnet));
    const expected = "a subnet with a route to the internet gateway";
    return reaches.includes(true)
      ? pass("subnetId", expected)
      : reaches.includes("unknown")
        ? unknown("subnetId", expected)
        : fail("subnetId", expected);
  }),
  azure("network.NatGateway", (view, context) =>
    relaxed(context)
      ? notApplicable("a throw-away environment")
      : any(filled("zones", "its zone"), equals("sku.name", "StandardV2"))(view, context),
  ),
  gcp("compute.RouterNat", all(filled("sourceSubnetworkIpRangesToNat"), isTrue("logConfig.enable"))),
);

export const flowLogs = rule(
  "logging-network-flow-logs",
  awsGraph(
    "ec2.Vpc",
    companion([token("aws", "ec2.FlowLog")], "vpcId", all(equals("trafficType", "ALL"), filled("logDestination"))),
  ),
  azureGraph(
    "network.VirtualNetwork",
    companion(
      [token("azure", "network.FlowLog")],
      "targetResourceId",
      all(
        isTrue("enabled"),
        holds("retentionPolicy.days", "at least 90, or 0 for ever", (days) => Number(days) === 0 || Number(days) >= 90),
      ),
    ),
  ),
  gcp("compute.Subnetwork", holdsMachines(filled("logConfig"))),
  gcp(
    "compute.Subnetwork",
    holdsMachines(holds("logConfig.flowSampling", "above 0", (share) => Number(share) > 0, "pass")),
  ),
);
