// Past 250 lines: one platform, to be read as one. A shop on AWS: keys, network, database, cache, bucket, registry.
import type { Extra, Made } from "../../fixtures/fixture";

const defaultTags = {
  environment: "prod",
  owner: "shop@example.com",
  "cost-centre": "42",
  app: "shop",
  "managed-by": "pulumi",
};
const classed = { DataClass: "internal" };
const here = {
  providerInputs: { region: "eu-west-1", allowedAccountIds: ["123456789012"], defaultTags: { tags: defaultTags } },
};
/** A name, and what kind of data is in it. */
const called = (Name: string) => ({ Name, ...classed });
const is = (id: string, more: Extra = {}): Extra => ({ ...here, id, ...more });
const key = "arn:aws:kms:eu-west-1:123456789012:key/main";
const bucketId = "shop-papers-123456789012";
const arn = `arn:aws:s3:::${bucketId}`;
const tlsOnly = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [arn, `${arn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ],
};
const open = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
const encrypted = { sseAlgorithm: "aws:kms", kmsMasterKeyId: key };

export const aws: readonly Made[] = [
  [
    "kms.Key",
    { description: "shop", enableKeyRotation: true, deletionWindowInDays: 30, tags: called("main") },
    is("main", { name: "main", protect: true, outputs: { arn: key } }),
  ],
  ["ec2.Vpc", { cidrBlock: "10.20.0.0/16", tags: called("shop") }, is("vpc-1", { name: "shop" })],
  ["ec2.DefaultSecurityGroup", { vpcId: "vpc-1", tags: called("closed") }, is("sg-0", { name: "closed" })],
  [
    "ec2.FlowLog",
    {
      vpcId: "vpc-1",
      trafficType: "ALL",
      logDestination: "arn:aws:logs:eu-west-1:1:log-group:flow",
      tags: called("shop"),
    },
    is("fl-1", { name: "flow" }),
  ],
  [
    "cloudwatch.LogGroup",
    { name: "flow", retentionInDays: 400, kmsKeyId: key, tags: called("shop") },
    is("flow", { name: "flow" }),
  ],
  ...["a", "b"].flatMap((zone): readonly Made[] => [
    [
      "ec2.Subnet",
      {
        vpcId: "vpc-1",
        cidrBlock: zone === "a" ? "10.20.0.0/20" : "10.20.16.0/20",
        availabilityZone: `eu-west-1${zone}`,
        tags: { tier: "data", ...called(`data-${zone}`) },
      },
      is(`subnet-${zone}`, { name: `data-${zone}` }),
    ],
    ["ec2.RouteTable", { vpcId: "vpc-1", tags: called(`data-${zone}`) }, is(`rtb-${zone}`, { name: `data-${zone}` })],
    [
      "ec2.RouteTableAssociation",
      { subnetId: `subnet-${zone}`, routeTableId: `rtb-${zone}` },
      is(`rtbassoc-${zone}`, { name: `data-${zone}` }),
    ],
  ]),
  [
    "ec2.NetworkAcl",
    {
      vpcId: "vpc-1",
      subnetIds: ["subnet-a", "subnet-b"],
      ingress: [
        { ruleNo: 100, protocol: "tcp", action: "allow", cidrBlock: "10.20.0.0/16", fromPort: 0, toPort: 65535 },
      ],
      egress: [
        { ruleNo: 100, protocol: "tcp", action: "allow", cidrBlock: "10.20.0.0/16", fromPort: 0, toPort: 65535 },
      ],
      tags: called("shop"),
    },
    is("acl-1", { name: "data" }),
  ],
  [
    "ec2.SecurityGroup",
    {
      vpcId: "vpc-1",
      description: "the database, from the application's subnets",
      ingress: [
        { description: "PostgreSQL", protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["10.20.0.0/16"] },
      ],
      egress: [{ description: "answers", protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.20.0.0/16"] }],
      tags: called("data"),
    },
    is("sg-1", { name: "data" }),
  ],
  [
    "ec2.VpcEndpoint",
    {
      vpcId: "vpc-1",
      serviceName: "com.amazonaws.eu-west-1.s3",
      vpcEndpointType: "Gateway",
      routeTableIds: ["rtb-a", "rtb-b"],
      tags: called("s3"),
    },
    is("vpce-1", { name: "s3" }),
  ],
  ["rds.SubnetGroup", { subnetIds: ["subnet-a", "subnet-b"], tags: called("shop") }, is("data", { name: "data" })],
  [
    "rds.ParameterGroup",
    { family: "postgres16", parameters: [{ name: "rds.force_ssl", value: "1" }], tags: called("shop") },
    is("forced", { name: "forced" }),
  ],
  [
    "rds.Instance",
    {
      identifier: "shop",
      engine: "postgres",
      engineVersion: "16.4",
      instanceClass: "db.m7g.large",
      parameterGroupName: "forced",
      dbSubnetGroupName: "data",
      vpcSecurityGroupIds: ["sg-1"],
      storageEncrypted: true,
      kmsKeyId: key,
      multiAz: true,
      publiclyAccessible: false,
      deletionProtection: true,
      backupRetentionPeriod: 35,
      copyTagsToSnapshot: true,
      autoMinorVersionUpgrade: true,
      caCertIdentifier: "rds-ca-rsa2048-g1",
      iamDatabaseAuthenticationEnabled: true,
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: key,
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: key,
      monitoringInterval: 60,
      enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
      tags: called("shop"),
    },
    is("shop", { name: "shop", protect: true }),
  ],
  [
    "elasticache.ReplicationGroup",
    {
      replicationGroupId: "shop",
      description: "sessions",
      engine: "valkey",
      engineVersion: "8.0",
      subnetGroupName: "cache",
      securityGroupIds: ["sg-1"],
      atRestEncryptionEnabled: true,
      kmsKeyId: key,
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      userGroupIds: ["shop"],
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      numCacheClusters: 2,
      snapshotRetentionLimit: 7,
      tags: called("shop"),
    },
    is("shop", { name: "sessions", protect: true }),
  ],
  [
    "elasticache.SubnetGroup",
    { name: "cache", subnetIds: ["subnet-a", "subnet-b"], tags: called("shop") },
    is("cache", { name: "cache" }),
  ],
  [
    "s3.Bucket",
    { bucket: bucketId, objectLockEnabled: true, tags: called("shop") },
    is(bucketId, { name: "papers", protect: true, outputs: { arn } }),
  ],
  ["s3.BucketPublicAccessBlock", { bucket: bucketId, ...open }, is("b1", { name: "papers" })],
  [
    "s3.BucketOwnershipControls",
    { bucket: bucketId, rule: { objectOwnership: "BucketOwnerEnforced" } },
    is("b2", { name: "papers" }),
  ],
  [
    "s3.BucketServerSideEncryptionConfiguration",
    { bucket: bucketId, rules: [{ applyServerSideEncryptionByDefault: encrypted, bucketKeyEnabled: true }] },
    is("b3", { name: "papers" }),
  ],
  [
    "s3.BucketVersioning",
    { bucket: bucketId, versioningConfiguration: { status: "Enabled" } },
    is("b4", { name: "papers" }),
  ],
  [
    "s3.BucketLogging",
    { bucket: bucketId, targetBucket: "shop-access-logs", targetPrefix: "papers/" },
    is("b5", { name: "papers" }),
  ],
  [
    "s3.BucketLifecycleConfiguration",
    {
      bucket: bucketId,
      rules: [
        {
          id: "old",
          status: "Enabled",
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          noncurrentVersionExpiration: { noncurrentDays: 90 },
        },
      ],
    },
    is("b6", { name: "papers" }),
  ],
  ["s3.BucketPolicy", { bucket: bucketId, policy: JSON.stringify(tlsOnly) }, is("b7", { name: "papers" })],
  [
    "s3.BucketReplicationConfig",
    {
      bucket: bucketId,
      role: "arn:aws:iam::123456789012:role/replication",
      rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::shop-papers-copy" } }],
    },
    is("b8", { name: "papers" }),
  ],
  [
    "ecr.Repository",
    {
      name: "shop",
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: key }],
      tags: called("shop"),
    },
    is("shop", { name: "shop" }),
  ],
  [
    "ecr.LifecyclePolicy",
    {
      repository: "shop",
      policy: JSON.stringify({
        rules: [
          {
            rulePriority: 1,
            selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 14 },
            action: { type: "expire" },
          },
        ],
      }),
    },
    is("shop-old", { name: "shop" }),
  ],
];
