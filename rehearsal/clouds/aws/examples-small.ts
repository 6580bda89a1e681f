// Small things, each with its own few ways to be wrong.
import { UNKNOWN } from "../row";
import type { Example } from "../testing/sample";
import { T } from "./types";

const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::shop/*" }],
});
const object = { bucket: UNKNOWN, key: "index.html", content: "<p>hello</p>" };
const wrongObjects: Example["bad"] = [
  [{ acl: "open" }, "acl"],
  [{ contentBase64: "aGk=" }, "contentBase64", /conflicts/],
  [{ serverSideEncryption: "AES" }, "serverSideEncryption"],
  [{ storageClass: "TAPE" }, "storageClass"],
  [{ objectLockMode: "LEGAL" }, "objectLockMode"],
  [{ bucket: undefined }, "bucket", /Missing required/],
];

export const smallExamples: readonly Example[] = [
  {
    type: T.internetGateway,
    good: { vpcId: UNKNOWN },
    bad: [
      [{ vpcid: "vpc-1" }, "vpcid", /unknown key; did you mean 'vpcId'/],
      [{ tags: { "aws:own": "1" } }, "tags.aws:own", /reserved/],
    ],
  },
  {
    type: T.routeTable,
    good: { vpcId: UNKNOWN },
    bad: [
      [{ vpcId: undefined }, "vpcId", /Missing required/],
      [{ routes: "all" }, "routes.0", /Expected object/],
    ],
  },
  {
    type: "aws:ec2/defaultRouteTable:DefaultRouteTable",
    good: { defaultRouteTableId: UNKNOWN },
    bad: [[{ defaultRouteTableId: undefined }, "defaultRouteTableId", /Missing required/]],
  },
  {
    type: T.defaultSecurityGroup,
    good: { vpcId: UNKNOWN },
    bad: [
      [{ ingress: [{ protocol: "tcp", fromPort: 9, toPort: 1 }] }, "ingress.0.fromPort", /9:1/],
      [{ egress: [{ protocol: "-1", fromPort: 0 }] }, "egress.0.toPort", /Missing required/],
    ],
  },
  {
    type: T.egressRule,
    good: { securityGroupId: UNKNOWN, ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" },
    bad: [
      [{ fromPort: 0 }, "fromPort", /no ports/],
      [{ cidrIpv4: "10.0.0.1/8" }, "cidrIpv4"],
      [{ cidrIpv4: undefined }, "cidrIpv4", /exactly one/],
      [{ prefixListId: "pl-1" }, "prefixListId", /conflicts/],
    ],
  },
  {
    type: T.securityGroupRule,
    good: {
      securityGroupId: UNKNOWN,
      type: "ingress",
      protocol: "tcp",
      fromPort: 1,
      toPort: 2,
      cidrBlocks: ["10.0.0.0/8"],
    },
    bad: [
      [{ type: "inbound" }, "type"],
      [{ self: true }, "self", /conflicts with cidrBlocks/],
      [{ sourceSecurityGroupId: "sg-1" }, "sourceSecurityGroupId", /conflicts/],
      [{ toPort: undefined }, "toPort", /Missing required/],
      [{ cidrBlocks: undefined }, "cidrBlocks"],
    ],
  },
  {
    type: "aws:iam/policy:Policy",
    good: { policy },
    bad: [
      [{ policy: "{}" }, "policy"],
      [{ policy: undefined }, "policy", /Missing required/],
      [{ name: "a", namePrefix: "a" }, "namePrefix", /conflicts with name/],
    ],
  },
  {
    type: T.instanceProfile,
    good: { role: UNKNOWN },
    bad: [
      [{ namePrefix: "x".repeat(103) }, "namePrefix", /102/],
      [{ roles: ["a"] }, "roles", /unknown key/],
    ],
  },
  {
    type: T.dbProxyTargetGroup,
    good: { dbProxyName: UNKNOWN, connectionPoolConfig: { maxConnectionsPercent: 90, maxIdleConnectionsPercent: 50 } },
    bad: [
      [{ connectionPoolConfig: { maxConnectionsPercent: 101 } }, "connectionPoolConfig.maxConnectionsPercent"],
      [
        { connectionPoolConfig: { maxConnectionsPercent: 9, maxIdleConnectionsPercent: 10 } },
        "connectionPoolConfig.maxIdleConnectionsPercent",
      ],
      [{ connectionPoolConfig: { connectionBorrowTimeout: 301 } }, "connectionPoolConfig.connectionBorrowTimeout"],
    ],
  },
  {
    type: T.dbProxyTarget,
    good: { dbProxyName: UNKNOWN, targetGroupName: "default", dbInstanceIdentifier: UNKNOWN },
    bad: [
      [{ dbInstanceIdentifier: undefined }, "dbInstanceIdentifier", /must be specified/],
      [{ targetGroupName: "mine" }, "targetGroupName", /called default/],
    ],
  },
  {
    type: "aws:s3/bucketV2:BucketV2",
    good: { bucket: "shop-files" },
    bad: [
      [{ bucket: "Shop" }, "bucket"],
      [{ bucketPrefix: "shop-" }, "bucketPrefix", /conflicts with bucket/],
    ],
  },
  {
    type: T.bucketPublicAccessBlock,
    good: { bucket: UNKNOWN, blockPublicAcls: true },
    bad: [
      [{ blockPublicAcls: "sometimes" }, "blockPublicAcls", /true or false/],
      [{ bucket: undefined }, "bucket", /Missing required/],
    ],
  },
  {
    type: T.bucketOwnershipControls,
    good: { bucket: UNKNOWN, rule: { objectOwnership: "BucketOwnerEnforced" } },
    bad: [
      [{ rule: { objectOwnership: "Mine" } }, "rule.objectOwnership"],
      [{ rule: {} }, "rule.objectOwnership", /Missing required/],
    ],
  },
  {
    type: "aws:s3/bucketObject:BucketObject",
    good: object,
    bad: wrongObjects,
  },
  {
    type: "aws:s3/bucketObjectv2:BucketObjectv2",
    good: object,
    bad: wrongObjects,
  },
  {
    type: "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
    good: { bucket: UNKNOWN, indexDocument: { suffix: "index.html" } },
    bad: [
      [{ indexDocument: undefined }, "indexDocument", /must be specified/],
      [{ redirectAllRequestsTo: { hostName: "example.com" } }, "indexDocument", /conflicts/],
      [{ indexDocument: {} }, "indexDocument.suffix", /Missing required/],
    ],
  },
  {
    type: "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
    good: { bucket: UNKNOWN, corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["*"] }] },
    bad: [
      [{ corsRules: [{ allowedMethods: ["PATCH"], allowedOrigins: ["*"] }] }, "corsRules.0.allowedMethods.0"],
      [{ corsRules: [{ allowedMethods: ["GET"], allowedOrigins: [] }] }, "corsRules.0.allowedOrigins", /at least one/],
      [{ corsRules: [{ allowedMethods: ["GET"] }] }, "corsRules.0.allowedOrigins", /Missing required/],
    ],
  },
  {
    type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    good: { blockPublicAcls: true },
    bad: [[{ blockPublicPolicies: true }, "blockPublicPolicies", /did you mean 'blockPublicPolicy'/]],
  },
];
