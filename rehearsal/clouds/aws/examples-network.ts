// Networks: a good example, and what AWS would refuse of it.
import { UNKNOWN } from "../row";
import type { Example } from "../testing/sample";
import { T } from "./types";

export const networkExamples: readonly Example[] = [
  {
    type: T.vpc,
    good: { cidrBlock: "10.20.0.0/16", tags: { Name: "shop" } },
    bad: [
      [{ cidrBlock: undefined }, "cidrBlock"],
      [{ cidrBlock: "10.20.0.0/15" }, "cidrBlock", /\/16 to \/28/],
      [{ cidrBlock: "10.20.0.1/16" }, "cidrBlock", /host bits/],
      [{ instanceTenancy: "host" }, "instanceTenancy"],
      [{ enableDnsHostnames: true, enableDnsSupport: false }, "enableDnsHostnames"],
      [{ tags: { "aws:x": "1" } }, "tags.aws:x", /reserved/],
      [{ tags: { Name: "x".repeat(257) } }, "tags.Name", /256/],
    ],
  },
  {
    type: T.subnet,
    good: { vpcId: UNKNOWN, cidrBlock: "10.20.1.0/24", availabilityZone: "us-east-1f" },
    bad: [
      [{ vpcId: undefined }, "vpcId"],
      [{ cidrBlock: "10.20.1.0/29" }, "cidrBlock"],
      [{ availabilityZone: "us-east-1g" }, "availabilityZone", /us-east-1a, us-east-1b/],
      [{ availabilityZone: "us-west-2a" }, "availabilityZone"],
      [{ availabilityZoneId: "use1-az1" }, "availabilityZoneId", /conflicts/],
    ],
  },
  { type: T.eip, good: { domain: "vpc" }, bad: [[{ domain: "classic" }, "domain"]] },
  {
    type: T.natGateway,
    good: { subnetId: UNKNOWN, allocationId: UNKNOWN },
    bad: [
      [{ allocationId: undefined }, "allocationId", /AllocationId/],
      [{ subnetId: undefined }, "subnetId"],
      [{ connectivityType: "private" }, "allocationId", /not supported/],
      [{ connectivityType: "open" }, "connectivityType"],
    ],
  },
  {
    type: T.route,
    good: { routeTableId: UNKNOWN, destinationCidrBlock: "0.0.0.0/0", gatewayId: UNKNOWN },
    bad: [
      [{ gatewayId: undefined }, "carrierGatewayId", /exactly one target/],
      [{ natGatewayId: "nat-0" }, "natGatewayId", /exactly one target/],
      [{ destinationCidrBlock: undefined }, "destinationCidrBlock", /exactly one destination/],
      [{ destinationCidrBlock: "10.0.0.1/8" }, "destinationCidrBlock"],
    ],
  },
  {
    type: T.routeTableAssociation,
    good: { routeTableId: UNKNOWN, subnetId: UNKNOWN },
    bad: [
      [{ subnetId: undefined }, "subnetId"],
      [{ gatewayId: "igw-0" }, "gatewayId"],
    ],
  },
  {
    type: T.networkAcl,
    good: {
      vpcId: UNKNOWN,
      ingress: [{ ruleNo: 100, action: "allow", protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: "10.0.0.0/8" }],
    },
    bad: [
      [{ ingress: [{ ruleNo: 0, action: "allow", protocol: "tcp", fromPort: 0, toPort: 0 }] }, "ingress.0.ruleNo"],
      [{ ingress: [{ ruleNo: 1, action: "drop", protocol: "tcp", fromPort: 0, toPort: 0 }] }, "ingress.0.action"],
      [
        { egress: [{ ruleNo: 1, action: "deny", protocol: "-1", fromPort: 22, toPort: 22 }] },
        "egress.0",
        /must both be 0/,
      ],
    ],
  },
  {
    type: T.securityGroup,
    good: { vpcId: UNKNOWN, description: "Load balancers: from the internet (443, 80)" },
    bad: [
      [{ description: "it's open" }, "description"],
      [{ description: "" }, "description"],
      [{ name: "sg-mine" }, "name"],
      [
        { ingress: [{ protocol: "tcp", fromPort: 443, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }] },
        "ingress.0.fromPort",
        /443:80/,
      ],
      [{ ingress: [{ protocol: "-1", fromPort: 1, toPort: 1 }] }, "ingress.0.fromPort"],
      [
        { ingress: [{ protocol: "tcp", fromPort: 1, toPort: 2, cidrBlocks: ["10.0.0.1/8"] }] },
        "ingress.0.cidrBlocks.0",
      ],
    ],
  },
  {
    type: T.ingressRule,
    good: { securityGroupId: UNKNOWN, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" },
    bad: [
      [{ cidrIpv4: undefined }, "cidrIpv4", /exactly one/],
      [{ referencedSecurityGroupId: "sg-0" }, "referencedSecurityGroupId", /conflicts/],
      [{ toPort: undefined }, "fromPort", /needs fromPort and toPort/],
      [{ ipProtocol: "-1" }, "fromPort"],
      [{ ipProtocol: "tls" }, "protocol", /unknown protocol/],
      [{ toPort: 70000 }, "fromPort"],
      [{ cidrIpv4: "10.0.0.1/8" }, "cidrIpv4"],
    ],
  },
  {
    type: T.vpcEndpoint,
    good: {
      vpcId: UNKNOWN,
      vpcEndpointType: "Interface",
      serviceName: "com.amazonaws.us-east-1.kms",
      privateDnsEnabled: true,
    },
    bad: [
      [{ vpcEndpointType: "Gateway", privateDnsEnabled: undefined }, "vpcEndpointType", /available service types/],
      [{ serviceName: "com.amazonaws.us-west-2.kms" }, "serviceName", /does not exist/],
      [{ serviceName: undefined }, "serviceName"],
      [{ routeTableIds: ["rtb-0"] }, "routeTableIds"],
      [{ policy: "{" }, "policy", /JSON/],
    ],
  },
  {
    type: T.flowLog,
    good: { vpcId: UNKNOWN, trafficType: "ALL", logDestination: UNKNOWN, iamRoleArn: UNKNOWN },
    bad: [
      [{ trafficType: undefined }, "trafficType"],
      [{ trafficType: "all" }, "trafficType"],
      [{ iamRoleArn: undefined }, "iamRoleArn"],
      [{ vpcId: undefined }, "vpcId"],
      [{ maxAggregationInterval: 300 }, "maxAggregationInterval"],
      [{ logDestinationType: "s3" }, "iamRoleArn", /not applicable/],
    ],
  },
];
