// NET-04, NET-12, NET-14: ways out of the network, and the log of what goes in and out.

import { companion } from "../companion";
import { all, any, equals, fail, filled, holds, isTrue, notApplicable, pass, unknown, when } from "../judge";
import { folded, isUnknown, read, text } from "../read";
import { subnetReach, subnetsOf } from "../routes";
import { type Judge, relaxed, rule, type View } from "../rule";
import { aws, awsGraph, azure, azureGraph, gcp, token } from "../tokens";

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
