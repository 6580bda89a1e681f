// What only looks wrong beside something else: other arguments, the engine, the class, the order of steps.
import { UNKNOWN, type Value } from "../row";
import type { Example } from "../testing/sample";
import { T } from "./types";

const rule = (more: Readonly<Record<string, Value>>) => ({ rules: [{ id: "a", status: "Enabled", ...more }] });
const step = (days: number, storageClass: string) => ({ days, storageClass });
const database = {
  identifier: "shop",
  engine: "postgres",
  engineVersion: "16.4",
  instanceClass: "db.m7g.large",
  allocatedStorage: 500,
  storageType: "gp3",
  username: "shop",
  manageMasterUserPassword: true,
  skipFinalSnapshot: true,
};
const mysql = { engine: "mysql", engineVersion: "8.4" };

export const crossExamples: readonly Example[] = [
  {
    type: T.dbInstance,
    good: { ...database, iops: 12000, storageThroughput: 500, iamDatabaseAuthenticationEnabled: true },
    bad: [
      [{ allocatedStorage: 399 }, "iops", /less than 400/],
      [{ storageType: "gp2" }, "iops", /can't specify IOPS for storage type gp2/],
      [{ storageType: "io2", iops: 999 }, "iops", /1000 to 256000/],
      [{ storageType: "io2", iops: 3000 }, "storageThroughput", /gp3/],
      [{ storageType: "io1", iops: undefined }, "iops", /must be provided/],
      [{ dedicatedLogVolume: true }, "dedicatedLogVolume", /Provisioned IOPS/],
      [{ timezone: "UTC" }, "timezone", /not supported by the engine postgres/],
      [{ characterSetName: "UTF8" }, "characterSetName", /postgres/],
      [{ ncharCharacterSetName: "UTF8" }, "ncharCharacterSetName"],
      [{ replicaMode: "mounted" }, "replicaMode"],
      [{ engine: "oracle-se2", engineVersion: "19" }, "iamDatabaseAuthenticationEnabled", /oracle-se2/],
      [{ manageMasterUserPassword: undefined, passwordWo: "hunter2-hunter2" }, "passwordWoVersion", /required/],
      [{ manageMasterUserPassword: undefined, masterUserSecretKmsKeyId: "alias/x" }, "manageMasterUserPassword"],
      [{ upgradeStorageConfig: true }, "replicateSourceDb", /required/],
      [{ domain: "d-1234567890" }, "domainIamRoleName", /required/],
      [{ identifierPrefix: "shop-" }, "identifierPrefix", /conflicts with identifier/],
    ],
  },
  {
    type: T.dbInstance,
    good: { ...database, ...mysql, instanceClass: "db.t4g.medium", performanceInsightsEnabled: true },
    bad: [[{ instanceClass: "db.t4g.small" }, "performanceInsightsEnabled", /not supported for this configuration/]],
  },
  {
    type: T.dbInstance,
    good: { ...database, engine: "sqlserver-se", engineVersion: "16.00", allocatedStorage: 100, iops: 4000 },
    bad: [[{ dbName: "1st" }, "dbName"]],
  },
  {
    type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    good: {
      bucket: UNKNOWN,
      ...rule({
        filter: { and: { prefix: "logs/", tags: { keep: "short" } } },
        transitions: [step(30, "STANDARD_IA"), step(60, "GLACIER"), step(180, "DEEP_ARCHIVE")],
        expiration: { days: 365 },
        noncurrentVersionTransitions: [{ noncurrentDays: 30, storageClass: "GLACIER" }],
        noncurrentVersionExpiration: { noncurrentDays: 90, newerNoncurrentVersions: 3 },
      }),
    },
    bad: [
      [
        rule({ expiration: { days: 1 }, filter: { prefix: "a", objectSizeLessThan: 9 } }),
        "rules.0.filter",
        /under and/,
      ],
      [
        rule({ expiration: { days: 1 }, filter: { objectSizeLessThan: 9 }, prefix: "a" }),
        "rules.0.prefix",
        /conflicts/,
      ],
      [
        rule({ abortIncompleteMultipartUpload: { daysAfterInitiation: 7 }, filter: { tag: { key: "a", value: "b" } } }),
        "rules.0.abortIncompleteMultipartUpload",
        /cannot be specified with tags/,
      ],
      [
        rule({ expiration: { expiredObjectDeleteMarker: true }, filter: { tag: { key: "a", value: "b" } } }),
        "rules.0.expiration.expiredObjectDeleteMarker",
        /tags/,
      ],
      [
        rule({ transitions: [step(30, "STANDARD_IA"), step(45, "GLACIER")] }),
        "rules.0.transitions.1.days",
        /30 days more/,
      ],
      [
        rule({ transitions: [step(30, "GLACIER"), step(90, "GLACIER")] }),
        "rules.0.transitions.1.storageClass",
        /different/,
      ],
      [
        rule({ transitions: [{ days: 1, date: "2027-01-01", storageClass: "GLACIER" }] }),
        "rules.0.transitions.0.date",
        /conflicts/,
      ],
      [rule({ expiration: { date: "2027-01-01T08:00:00Z" } }), "rules.0.expiration.date", /midnight GMT/],
      [
        rule({
          noncurrentVersionTransitions: [{ noncurrentDays: 90, storageClass: "GLACIER" }],
          noncurrentVersionExpiration: { noncurrentDays: 90 },
        }),
        "rules.0.noncurrentVersionTransitions.0.noncurrentDays",
        /must be greater/,
      ],
      [
        rule({ noncurrentVersionExpiration: { noncurrentDays: 9, newerNoncurrentVersions: 101 } }),
        "rules.0.noncurrentVersionExpiration.newerNoncurrentVersions",
      ],
      [{ rules: [{ id: "a", expiration: { days: 1 } }] }, "rules.0.status", /Missing required/],
    ],
  },
  {
    type: T.record,
    good: {
      zoneId: UNKNOWN,
      name: "shop",
      type: "AAAA",
      ttl: 60,
      records: ["2001:db8::1"],
      setIdentifier: "blue",
      weightedRoutingPolicies: [{ weight: 10 }],
    },
    bad: [
      [{ records: ["10.0.0.1"] }, "records.0", /not a valid IPv6/],
      [{ type: "A", records: ["10.0.0.256"] }, "records.0", /not a valid IPv4/],
      [{ type: "MX", records: ["mail.example.com"] }, "records.0", /priority/],
      [{ weightedRoutingPolicies: undefined }, "setIdentifier", /needs a routing policy/],
      [{ setIdentifier: undefined }, "setIdentifier", /required/],
      [{ latencyRoutingPolicies: [{ region: "eu-west-1" }] }, "weightedRoutingPolicies", /conflicts/],
      [{ weightedRoutingPolicies: [{ weight: 256 }] }, "weightedRoutingPolicies.0.weight"],
      [{ aliases: [{ name: "x.", zoneId: "Z1", evaluateTargetHealth: true }] }, "ttl", /conflicts/],
      [{ aliases: [{ name: "x.", zoneId: "Z1" }] }, "aliases.0.evaluateTargetHealth", /Missing required/],
    ],
  },
  {
    type: T.webAcl,
    good: {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: "shop", sampledRequestsEnabled: true },
    },
    bad: [
      [{ defaultAction: {} }, "defaultAction.allow", /must be specified/],
      [{ defaultAction: { allow: {}, block: {} } }, "defaultAction.block", /conflicts/],
      [
        { defaultAction: { block: { customResponse: { responseCode: 99 } } } },
        "defaultAction.block.customResponse.responseCode",
        /200 to 599/,
      ],
      [{ visibilityConfig: { metricName: "shop" } }, "visibilityConfig.sampledRequestsEnabled", /Missing required/],
      [{ scope: "EVERYWHERE" }, "scope"],
    ],
  },
  {
    type: T.natGateway,
    good: { vpcId: UNKNOWN, availabilityMode: "regional" },
    bad: [
      [{ vpcId: undefined }, "vpcId", /required/],
      [{ subnetId: UNKNOWN }, "subnetId", /not supported/],
      [{ allocationId: UNKNOWN }, "allocationId", /not supported/],
      [{ connectivityType: "private" }, "connectivityType", /public/],
    ],
  },
  {
    type: T.cacheGroup,
    good: {
      replicationGroupId: "shop",
      description: "Cache",
      nodeType: "cache.r6gd.xlarge",
      dataTieringEnabled: true,
      numNodeGroups: 2,
      replicasPerNodeGroup: 1,
      automaticFailoverEnabled: true,
    },
    bad: [
      [{ dataTieringEnabled: undefined }, "dataTieringEnabled", /required with node type r6gd/],
      [{ nodeType: "cache.m7g.large" }, "dataTieringEnabled", /r6gd only/],
      [{ numNodeGroups: undefined }, "numNodeGroups", /required when replicasPerNodeGroup/],
      [{ authTokenUpdateStrategy: "TURN" }, "authTokenUpdateStrategy"],
      [{ snapshotArns: ["arn:aws:s3:::a/b.rdb"], snapshotName: "yesterday" }, "snapshotName", /conflicts/],
    ],
  },
  {
    type: "aws:ec2/networkAclRule:NetworkAclRule",
    good: {
      networkAclId: UNKNOWN,
      ruleNumber: 100,
      ruleAction: "allow",
      protocol: "tcp",
      cidrBlock: "10.0.0.0/8",
      fromPort: 443,
      toPort: 443,
    },
    bad: [
      [{ ruleNumber: 32767 }, "ruleNumber", /1 to 32766/],
      [{ ruleNumber: 0 }, "ruleNumber"],
      [{ fromPort: undefined }, "fromPort", /needs/],
      [{ fromPort: 444 }, "fromPort", /444:443/],
      [{ protocol: "icmp" }, "icmpType", /needs/],
      [{ protocol: "sctp-x" }, "protocol", /unknown protocol/],
      [{ ruleAction: "block" }, "ruleAction"],
      [{ cidrBlock: undefined }, "cidrBlock"],
      [{ ipv6CidrBlock: "::/0" }, "ipv6CidrBlock"],
    ],
  },
];
