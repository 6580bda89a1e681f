// Caches, rotation, trails and copies: a good example, and what AWS would refuse of it.
import { UNKNOWN } from "../row";
import type { Example } from "../testing/sample";
import { T } from "./types";

const replicated = {
  id: "everything",
  status: "Enabled",
  filter: { prefix: "" },
  deleteMarkerReplication: { status: "Enabled" },
  sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
  destination: { bucket: UNKNOWN, encryptionConfiguration: { replicaKmsKeyId: UNKNOWN } },
};
const dataEvents = { field: "eventCategory", equals: ["Data"] };

export const keepingExamples: readonly Example[] = [
  {
    type: T.cacheGroup,
    good: {
      replicationGroupId: "goodies-prod-cache",
      description: "Cache",
      engine: "valkey",
      engineVersion: "8.1",
      nodeType: "cache.m7g.large",
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      atRestEncryptionEnabled: true,
      kmsKeyId: UNKNOWN,
      transitEncryptionEnabled: true,
      userGroupIds: [UNKNOWN],
      snapshotWindow: "01:00-02:00",
      maintenanceWindow: "sun:03:00-sun:04:00",
    },
    bad: [
      [{ replicationGroupId: "Goodies" }, "replicationGroupId"],
      [{ replicationGroupId: "x".repeat(41) }, "replicationGroupId"],
      [{ engineVersion: "6.2" }, "engineVersion"],
      [{ nodeType: "db.t4g.micro" }, "nodeType"],
      [{ numCacheClusters: 1 }, "numCacheClusters", /greater than 1/],
      [{ automaticFailoverEnabled: false }, "multiAzEnabled", /must be true/],
      [{ transitEncryptionEnabled: false }, "transitEncryptionEnabled"],
      [{ atRestEncryptionEnabled: false }, "kmsKeyId"],
      [{ authToken: "a-token-of-sixteen" }, "userGroupIds", /conflicts/],
      [{ numNodeGroups: 3 }, "numNodeGroups", /conflicts/],
      [{ snapshotWindow: "01:00-01:30" }, "snapshotWindow", /at least 60 minutes/],
      [{ snapshotWindow: "03:30-04:30" }, "snapshotWindow", /overlap/],
      [{ maintenanceWindow: "sunday" }, "maintenanceWindow", /format/],
      [{ snapshotRetentionLimit: 36 }, "snapshotRetentionLimit"],
    ],
  },
  {
    type: T.cacheSubnetGroup,
    good: { name: "goodies", subnetIds: [UNKNOWN] },
    bad: [[{ name: "default" }, "name"]],
  },
  {
    type: T.cacheParameterGroup,
    good: { family: "valkey8", parameters: [{ name: "maxmemory-policy", value: "volatile-lru" }] },
    bad: [
      [{ family: "valkey9" }, "family"],
      [{ parameters: [{ name: "maxmemory-policy", value: "lru" }] }, "parameters.0.value"],
      [{ parameters: [{ name: "cluster-enabled", value: "1" }] }, "parameters.0.value"],
    ],
  },
  {
    type: T.cacheUser,
    good: {
      userId: "goodies-app",
      userName: "app",
      engine: "valkey",
      accessString: "on ~* &* +@all",
      authenticationMode: { type: "password", passwords: ["a-password-of-sixteen"] },
    },
    bad: [
      [{ userId: "1app" }, "userId"],
      [{ engine: "memcached" }, "engine"],
      [{ accessString: "everything" }, "accessString"],
      [{ authenticationMode: { type: "password", passwords: ["short"] } }, "authenticationMode.passwords"],
      [{ authenticationMode: { type: "password" } }, "authenticationMode.passwords"],
      [{ authenticationMode: { type: "no-password-required" } }, "authenticationMode", /Valkey/],
    ],
  },
  {
    type: T.cacheUserGroup,
    good: { userGroupId: "goodies", engine: "valkey", userIds: [UNKNOWN] },
    bad: [
      [{ userGroupId: "a--b" }, "userGroupId"],
      [{ engine: "redis", userIds: ["app"] }, "userIds", /name default/],
    ],
  },
  {
    type: T.secretRotation,
    good: { secretId: UNKNOWN, rotationLambdaArn: UNKNOWN, rotationRules: { automaticallyAfterDays: 30 } },
    bad: [
      [{ rotationRules: { automaticallyAfterDays: 0 } }, "rotationRules.automaticallyAfterDays"],
      [{ rotationRules: { scheduleExpression: "monthly" } }, "rotationRules.scheduleExpression"],
      [
        { rotationRules: { automaticallyAfterDays: 30, scheduleExpression: "rate(30 days)" } },
        "rotationRules.scheduleExpression",
        /conflicts/,
      ],
    ],
  },
  {
    type: T.trail,
    good: {
      name: "goodies-prod-audit",
      s3BucketName: UNKNOWN,
      isMultiRegionTrail: true,
      advancedEventSelectors: [
        { fieldSelectors: [dataEvents, { field: "resources.type", equals: ["AWS::S3::Object"] }] },
      ],
    },
    bad: [
      [{ name: "a..b" }, "name"],
      [{ includeGlobalServiceEvents: false }, "includeGlobalServiceEvents"],
      [{ cloudWatchLogsRoleArn: UNKNOWN }, "cloudWatchLogsGroupArn"],
      [{ kmsKeyId: "abc" }, "kmsKeyId", /ARN/],
      [{ advancedEventSelectors: [{ fieldSelectors: [dataEvents] }] }, "advancedEventSelectors.0", /required for/],
      [
        { advancedEventSelectors: [{ fieldSelectors: [{ field: "eventName", equals: ["Put"] }] }] },
        "advancedEventSelectors.0",
        /eventCategory is required/,
      ],
    ],
  },
  {
    type: T.detector,
    good: { enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES" },
    bad: [[{ findingPublishingFrequency: "DAILY" }, "findingPublishingFrequency"]],
  },
  {
    type: T.detectorFeature,
    good: { detectorId: UNKNOWN, name: "EKS_AUDIT_LOGS", status: "ENABLED" },
    bad: [
      [{ name: "EKS" }, "name"],
      [{ status: "ON" }, "status"],
    ],
  },
  {
    type: T.analyzer,
    good: { analyzerName: "goodies-prod-audit", type: "ACCOUNT" },
    bad: [
      [{ analyzerName: "1st" }, "analyzerName"],
      [{ type: "EXTERNAL" }, "type"],
    ],
  },
  {
    type: T.inspector,
    good: { accountIds: ["123456789012"], resourceTypes: ["ECR", "EC2"] },
    bad: [
      [{ resourceTypes: ["EKS"] }, "resourceTypes.0"],
      [{ resourceTypes: ["LAMBDA_CODE"] }, "resourceTypes", /needs LAMBDA/],
    ],
  },
  {
    type: T.securityHub,
    good: { controlFindingGenerator: "SECURITY_CONTROL" },
    bad: [[{ controlFindingGenerator: "ALL" }, "controlFindingGenerator"]],
  },
  {
    type: T.bucketReplication,
    good: { bucket: UNKNOWN, role: UNKNOWN, rules: [replicated] },
    bad: [
      [{ rules: [] }, "rules"],
      [{ rules: [{ ...replicated, status: "On" }] }, "rules.0.status"],
      [{ rules: [{ ...replicated, sourceSelectionCriteria: null }] }, "rules.0.sourceSelectionCriteria", /go together/],
      [{ rules: [{ ...replicated, deleteMarkerReplication: null }] }, "rules.0.deleteMarkerReplication"],
      [
        {
          rules: [
            {
              ...replicated,
              destination: { ...replicated.destination, replicationTime: { status: "Enabled", time: { minutes: 15 } } },
            },
          ],
        },
        "rules.0.destination.metrics",
        /needs metrics/,
      ],
    ],
  },
  {
    type: T.dbBackupCopies,
    good: { sourceDbInstanceArn: UNKNOWN, kmsKeyId: UNKNOWN, retentionPeriod: 30 },
    bad: [
      [{ retentionPeriod: 36 }, "retentionPeriod"],
      [{ sourceDbInstanceArn: "goodies" }, "sourceDbInstanceArn", /ARN/],
    ],
  },
];
