// One good example and what AWS would refuse of it, type by type: arguments alone, as a preview sees them.
import assert from "node:assert/strict";
import { type Props, UNKNOWN, type Value } from "../row";
import { rowOf, Sample, trust } from "./sample";
import { T } from "./types";

interface Example {
  readonly type: string;
  readonly good: Props;
  /** What is changed of it -> the property that is named; `undefined` takes an argument away. */
  readonly bad: readonly (readonly [
    change: Readonly<Record<string, Value | undefined>>,
    property: string,
    reason?: RegExp,
  ])[];
}

const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const database: Props = {
  identifier: "shop-prod-database",
  engine: "postgres",
  engineVersion: "16",
  instanceClass: "db.t4g.micro",
  allocatedStorage: 32,
  maxAllocatedStorage: 128,
  storageType: "gp3",
  storageEncrypted: true,
  username: "appadmin",
  password: "Abcdefgh12345678",
  dbName: "app",
  backupRetentionPeriod: 30,
  backupWindow: "00:00-00:30",
  maintenanceWindow: "sun:02:00-sun:03:00",
};

const examples: readonly Example[] = [
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
  {
    type: T.logGroup,
    good: { name: "/aws/vpc-flow-logs/shop", retentionInDays: 90 },
    bad: [
      [{ retentionInDays: 100 }, "retentionInDays"],
      [{ name: "aws/mine" }, "name"],
      [{ name: "with space" }, "name"],
      [{ kmsKeyId: "1234" }, "kmsKeyId", /ARN/],
    ],
  },
  {
    type: T.key,
    good: { enableKeyRotation: true, rotationPeriodInDays: 90, deletionWindowInDays: 30 },
    bad: [
      [{ rotationPeriodInDays: 30 }, "rotationPeriodInDays", /90 to 2560/],
      [{ enableKeyRotation: false }, "rotationPeriodInDays"],
      [{ deletionWindowInDays: 6 }, "deletionWindowInDays"],
      [{ customerMasterKeySpec: "RSA_2048", keyUsage: "SIGN_VERIFY" }, "enableKeyRotation", /symmetric/],
      [
        { policy: policy({ ...statement, Principal: "*", Action: "kms:Decrypt" }) },
        "policy",
        /will not allow you to update the key policy/,
      ],
      [{ policy: policy({ ...statement, Action: "kms:*" }) }, "policy", /principal/],
    ],
  },
  {
    type: T.keyAlias,
    good: { name: "alias/shop-prod", targetKeyId: UNKNOWN },
    bad: [
      [{ name: "shop" }, "name", /alias\//],
      [{ name: "alias/aws/s3" }, "name"],
      [{ targetKeyId: undefined }, "targetKeyId"],
    ],
  },
  {
    type: T.role,
    good: { assumeRolePolicy: trust("ec2.amazonaws.com") },
    bad: [
      [
        { assumeRolePolicy: policy({ ...statement, Action: "sts:AssumeRole", Principal: "*" }) },
        "assumeRolePolicy",
        /prohibited field Resource/,
      ],
      [{ assumeRolePolicy: policy({ Effect: "Allow", Action: "sts:AssumeRole" }) }, "assumeRolePolicy", /principal/],
      [{ assumeRolePolicy: "nonsense" }, "assumeRolePolicy", /JSON/],
      [{ name: "x".repeat(65) }, "name"],
      [{ maxSessionDuration: 60 }, "maxSessionDuration"],
      [{ path: "team" }, "path"],
    ],
  },
  {
    type: T.rolePolicy,
    good: { role: UNKNOWN, policy: policy(statement) },
    bad: [
      [{ policy: policy({ ...statement, Sid: "has space" }) }, "policy", /alpha-numeric/],
      [{ policy: policy({ ...statement, Principal: "*" }) }, "policy", /principal/],
      [{ policy: policy({ ...statement, Action: "GetObject" }) }, "policy", /vendor/],
      [{ policy: policy({ ...statement, Effect: "allow" }) }, "policy", /Effect/],
      [{ policy: policy({ ...statement, Condition: { StringEqual: {} } }) }, "policy", /Condition type/],
      [{ policy: policy({ Effect: "Allow", Action: "s3:*" }) }, "policy", /resources/],
      [{ policy: JSON.stringify({ Version: "2020-01-01", Statement: [statement] }) }, "policy", /version/],
      [{ policy: policy({ ...statement, Sid: "A" }, { ...statement, Sid: "A" }) }, "policy", /unique/],
    ],
  },
  {
    type: T.rolePolicyAttachment,
    good: { role: UNKNOWN, policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
    bad: [[{ policyArn: "ReadOnlyAccess" }, "policyArn"]],
  },
  {
    type: T.secret,
    good: { name: "shop-prod/database/admin", recoveryWindowInDays: 30 },
    bad: [
      [{ recoveryWindowInDays: 5 }, "recoveryWindowInDays"],
      [{ name: "a b" }, "name"],
    ],
  },
  {
    type: T.secretVersion,
    good: { secretId: UNKNOWN, secretString: "{}" },
    bad: [
      [{ secretString: undefined }, "secretString"],
      [{ secretBinary: "AA==" }, "secretBinary"],
    ],
  },
  {
    type: T.dbSubnetGroup,
    good: { subnetIds: [UNKNOWN, UNKNOWN] },
    bad: [
      [{ name: "Data" }, "name", /lowercase/],
      [{ name: "default" }, "name"],
    ],
  },
  {
    type: T.dbParameterGroup,
    good: {
      family: "postgres16",
      parameters: [{ name: "max_connections", value: "200", applyMethod: "pending-reboot" }],
    },
    bad: [
      [{ family: "postgres99" }, "family"],
      [
        { parameters: [{ name: "max_connections", value: "200", applyMethod: "immediate" }] },
        "parameters.0.applyMethod",
        /static parameter/,
      ],
      [{ parameters: [{ name: "max_connections", value: "5", applyMethod: "pending-reboot" }] }, "parameters.0.value"],
      [{ parameters: [{ name: "rds.force_ssl", value: "on" }] }, "parameters.0.value"],
    ],
  },
  {
    type: T.dbInstance,
    good: database,
    bad: [
      [{ identifier: "Shop" }, "identifier"],
      [{ identifier: "shop--db" }, "identifier"],
      [{ engineVersion: "99" }, "engineVersion", /cannot find version/],
      [{ instanceClass: "t4g.micro" }, "instanceClass"],
      [{ allocatedStorage: 10 }, "allocatedStorage"],
      [{ allocatedStorage: undefined }, "allocatedStorage", /required/],
      [{ maxAllocatedStorage: 33 }, "maxAllocatedStorage", /10%/],
      [{ iops: 3000 }, "iops", /less than 400/],
      [{ password: undefined }, "password", /must be provided/],
      [{ password: "short" }, "password"],
      [{ password: "with/slash1234" }, "password"],
      [{ manageMasterUserPassword: true }, "password", /conflicts/],
      [{ username: "admin" }, "username", /reserved/],
      [{ backupRetentionPeriod: 36 }, "backupRetentionPeriod"],
      [{ backupWindow: "00:00-00:20" }, "backupWindow", /30 minutes/],
      [{ backupWindow: "0-1" }, "backupWindow", /format/],
      [{ maintenanceWindow: "sun:00:15-sun:01:00" }, "maintenanceWindow", /overlap/],
      [{ monitoringInterval: 60 }, "monitoringRoleArn"],
      [{ monitoringInterval: 7 }, "monitoringInterval"],
      [
        { performanceInsightsEnabled: true, performanceInsightsRetentionPeriod: 30 },
        "performanceInsightsRetentionPeriod",
      ],
      [{ storageEncrypted: false, kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/x" }, "storageEncrypted"],
      [{ multiAz: true, availabilityZone: "us-east-1a" }, "availabilityZone"],
      [{ enabledCloudwatchLogsExports: ["slowquery"] }, "enabledCloudwatchLogsExports.0"],
      [{ replicateSourceDb: "other" }, "dbName", /conflicts with replicateSourceDb/],
      [{ finalSnapshotIdentifier: "x_y" }, "finalSnapshotIdentifier"],
    ],
  },
  {
    type: T.dbProxy,
    good: {
      name: "shop-proxy",
      engineFamily: "POSTGRESQL",
      roleArn: UNKNOWN,
      vpcSubnetIds: [UNKNOWN, UNKNOWN],
      auths: [{ authScheme: "SECRETS", iamAuth: "DISABLED", secretArn: UNKNOWN }],
    },
    bad: [
      [{ engineFamily: "POSTGRES" }, "engineFamily"],
      [{ name: "shop_proxy" }, "name"],
      [{ auths: [] }, "auths"],
      [{ auths: [{ authScheme: "SECRETS" }] }, "auths.0.secretArn"],
      [{ idleClientTimeout: 0 }, "idleClientTimeout"],
      [{ vpcSubnetIds: ["subnet-0"] }, "vpcSubnetIds"],
    ],
  },
  {
    type: T.bucket,
    good: { bucket: "shop-prod-uploads" },
    bad: [
      [{ bucket: "Shop" }, "bucket"],
      [{ bucket: "10.0.0.1" }, "bucket", /IP address/],
      [{ bucket: "a..b" }, "bucket", /adjacent/],
      [{ bucket: "xn--shop" }, "bucket", /reserved/],
      [{ acl: "public-read" }, "acl", /does not allow ACLs/],
    ],
  },
  {
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    good: {
      bucket: UNKNOWN,
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: UNKNOWN } }],
    },
    bad: [
      [
        { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "kms" } }] },
        "rules.0.applyServerSideEncryptionByDefault.sseAlgorithm",
      ],
      [
        { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256", kmsMasterKeyId: "k" } }] },
        "rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId",
      ],
    ],
  },
  {
    type: T.bucketVersioning,
    good: { bucket: UNKNOWN, versioningConfiguration: { status: "Enabled" } },
    bad: [[{ versioningConfiguration: { status: "On" } }, "versioningConfiguration.status"]],
  },
  {
    type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    good: {
      bucket: UNKNOWN,
      rules: [{ id: "a", status: "Enabled", transitions: [{ days: 90, storageClass: "GLACIER" }] }],
    },
    bad: [
      [{ rules: [{ id: "a", status: "Enabled" }] }, "rules.0", /at least one action/],
      [{ rules: [{ id: "a", status: "On", expiration: { days: 1 } }] }, "rules.0.status"],
      [
        { rules: [{ id: "a", status: "Enabled", transitions: [{ days: 20, storageClass: "STANDARD_IA" }] }] },
        "rules.0.transitions.0.days",
        /30/,
      ],
      [
        {
          rules: [
            {
              id: "a",
              status: "Enabled",
              expiration: { days: 90 },
              transitions: [{ days: 90, storageClass: "GLACIER" }],
            },
          ],
        },
        "rules.0.transitions.0.days",
      ],
      [
        { rules: [{ id: "a", status: "Enabled", expiration: { days: 1, expiredObjectDeleteMarker: true } }] },
        "rules.0.expiration",
      ],
      [
        {
          rules: [
            { id: "a", status: "Enabled", expiration: { days: 1 } },
            { id: "a", status: "Enabled", expiration: { days: 2 } },
          ],
        },
        "rules",
        /unique/,
      ],
    ],
  },
  {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    good: { bucket: UNKNOWN, policy: policy({ ...statement, Principal: { Service: "logging.s3.amazonaws.com" } }) },
    bad: [
      [{ policy: policy(statement) }, "policy", /principal/],
      [{ policy: policy({ ...statement, Principal: "*", Extra: 1 }) }, "policy", /unknown element/],
    ],
  },
];

describe("what simulated AWS refuses by looking at the arguments", () => {
  for (const { type, good, bad } of examples) {
    it(`${type} takes a good example, and one of which nothing is known`, () => {
      assert.deepEqual(new Sample().judge(type, good), []);
      const unknown = Object.fromEntries(Object.keys(good).map((property) => [property, UNKNOWN]));
      assert.deepEqual(rowOf(type).check?.({ ...blank, type, inputs: unknown }) ?? [], []);
    });

    for (const [change, property, reason = /./] of bad)
      it(`${type} refuses ${JSON.stringify(change, (_, value: unknown) => (value === undefined ? "nothing" : typeof value === "symbol" ? "?" : value)).slice(0, 90)}`, () => {
        const inputs = Object.fromEntries(
          Object.entries({ ...good, ...change }).filter(([, value]) => value !== undefined),
        ) as Props;
        const refused = new Sample().judge(type, inputs);
        assert.ok(
          refused.some((one) => one.property === property && reason.test(one.reason)),
          `${property} ${String(reason)} not in ${JSON.stringify(refused)}`,
        );
      });
  }
});

const blank = {
  urn: "",
  name: "thing",
  place: { cloud: "aws", account: "123456789012", region: "us-east-1", config: {} },
  account: new Sample(),
  random: (_: string, length: number) => "a".repeat(length),
  now: "2026-11-21T00:00:00Z",
};
