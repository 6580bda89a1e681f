import { all, aws, azure, cannot, gcp, type Row, row } from "./row";

const section = "4.2 Network";

export const network: readonly Row[] = [
  row(section, "Networks are made, never a default one (NET-01)", {
    aws: aws.there("ec2.Vpc"),
    azure: azure.there("network.VirtualNetwork"),
    gcp: gcp.is("compute.Network", "autoCreateSubnetworks", false),
  }),
  row(section, "Private subnets give no public addresses", {
    aws: aws.is("ec2.Subnet", "mapPublicIpOnLaunch", false),
    azure: azure.is("network.Subnet", "defaultOutboundAccess", false),
    gcp: gcp.is("compute.Subnetwork", "privateIpGoogleAccess", true, { name: /private|data/ }),
  }),
  row(section, "One way out a zone in production", {
    aws: all(aws.there("ec2.NatGateway"), aws.there("ec2.Eip")),
    azure: azure.there("network.NatGateway"),
    gcp: all(gcp.is("compute.RouterNat", "enableDynamicPortAllocation", true), gcp.there("compute.RouterNat")),
  }),
  row(section, "Flow logs are on, all traffic, kept with retention", {
    aws: aws.is("ec2.FlowLog", "trafficType", "ALL"),
    azure: all(
      azure.is("network.FlowLog", "enabled", true),
      azure.is("network.FlowLog", "retentionPolicy.enabled", true),
    ),
    gcp: gcp.has("compute.Subnetwork", "logConfig", { name: /private|data/ }),
  }),
  row(section, "The default firewall group is shut", {
    aws: all(aws.hasNot("ec2.DefaultSecurityGroup", "ingress.0"), aws.hasNot("ec2.DefaultSecurityGroup", "egress.0")),
    azure: azure.has("network.Subnet", "networkSecurityGroup"),
    gcp: gcp.has("compute.Firewall", "denies", { name: /deny/ }),
  }),
  row(section, "Cloud services are reached privately", {
    aws: all(aws.is("ec2.VpcEndpoint", "privateDnsEnabled", true, { some: true }), aws.there("ec2.VpcEndpoint")),
    azure: all(azure.there("network.PrivateEndpoint"), azure.there("network.PrivateDnsZoneGroup")),
    gcp: gcp.is("compute.Subnetwork", "privateIpGoogleAccess", true, { name: /private|data/ }),
  }),
  row(section, "Names of private services resolve in the network only", {
    aws: aws.is("ec2.VpcEndpoint", "privateDnsEnabled", true, { some: true }),
    azure: all(
      azure.there("privatedns.PrivateZone"),
      azure.is("privatedns.VirtualNetworkLink", "registrationEnabled", false),
    ),
    gcp: gcp.there("servicenetworking.Connection"),
  }),
  row(section, "Address ranges lie in 10.0.0.0/8", {
    aws: aws.like("ec2.Vpc", "cidrBlock", /^10\./, "inside 10.0.0.0/8"),
    azure: azure.like("network.VirtualNetwork", "addressSpace.addressPrefixes.*", /^10\./, "inside 10.0.0.0/8"),
    gcp: gcp.like("compute.Subnetwork", "ipCidrRange", /^10\./, "inside 10.0.0.0/8"),
  }),
  row(section, "Data subnets are delegated or kept for data alone", {
    aws: aws.there("rds.SubnetGroup"),
    azure: azure.has("network.Subnet", "delegations", { name: /database/ }),
    gcp: gcp.there("servicenetworking.Connection"),
  }),
  row(section, "Subnets spread over zones", {
    aws: aws.has("ec2.Subnet", "availabilityZone"),
    azure: azure.has("network.NatGateway", "zones"),
    gcp: cannot("a subnet spans its region"),
  }),
];
