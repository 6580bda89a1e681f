import type { Props } from "../row";
import type { Example } from "../testing/sample";

const network = "projects/shop-prod/global/networks/shop";
const key = "projects/shop-prod/locations/us-central1/keyRings/shop/cryptoKeys/data";
const condition = (conditionThreshold: Props): Props => ({
  conditions: [{ displayName: "seen", conditionThreshold: { duration: "300s", ...conditionThreshold } }],
});
const metricFilter = 'metric.type="compute.googleapis.com/instance/cpu/utilization"';
const policy = (id: string, more: Props): Props => ({ id, ...more });

/** Caches, registries, topics, alerts and transfers. */
export const platformExamples: readonly Example[] = [
  {
    type: "gcp:redis/instance:Instance",
    good: {
      name: "shop-cache-1a2b3c",
      memorySizeGb: 5,
      tier: "STANDARD_HA",
      redisVersion: "REDIS_7_2",
      authEnabled: true,
      transitEncryptionMode: "SERVER_AUTHENTICATION",
      redisConfigs: { "maxmemory-policy": "volatile-lru" },
      persistenceConfig: { persistenceMode: "RDB", rdbSnapshotPeriod: "TWENTY_FOUR_HOURS" },
      maintenancePolicy: { weeklyMaintenanceWindows: [{ day: "SUNDAY", startTime: { hours: 3 } }] },
    },
    bad: [
      [{ memorySizeGb: 0 }, "memorySizeGb"],
      [{ memorySizeGb: 301 }, "memorySizeGb"],
      [{ name: "x".repeat(41) }, "name"],
      [{ tier: "PREMIUM" }, "tier"],
      [{ redisVersion: "REDIS_8_0" }, "redisVersion"],
      [{ redisConfigs: { "maxmemory-policy": "lru" } }, "redisConfigs", /maxmemory-policy/],
      [{ persistenceConfig: { persistenceMode: "RDB" } }, "persistenceConfig.rdbSnapshotPeriod", /needed/],
      [{ tier: "BASIC", replicaCount: 1 }, "replicaCount", /no replicas/],
      [{ tier: "BASIC", readReplicasMode: "READ_REPLICAS_ENABLED" }, "readReplicasMode"],
      [
        { maintenancePolicy: { weeklyMaintenanceWindows: [{ day: "Sunday", startTime: { hours: 3 } }] } },
        "maintenancePolicy.weeklyMaintenanceWindows[0].day",
      ],
    ],
  },
  {
    type: "gcp:memorystore/instance:Instance",
    good: {
      instanceId: "shop-cache-1a2b3c",
      location: "us-central1",
      shardCount: 3,
      replicaCount: 1,
      mode: "CLUSTER",
      nodeType: "HIGHMEM_MEDIUM",
      engineVersion: "VALKEY_8_0",
      authorizationMode: "IAM_AUTH",
      transitEncryptionMode: "SERVER_AUTHENTICATION",
      automatedBackupConfig: { retention: "604800s", fixedFrequencySchedule: { startTime: { hours: 0 } } },
    },
    bad: [
      [{ instanceId: "abc" }, "instanceId", /4 to 63/],
      [{ shardCount: 0 }, "shardCount"],
      [{ replicaCount: 6 }, "replicaCount"],
      [{ mode: "CLUSTER_DISABLED" }, "shardCount"],
      [{ nodeType: "LARGE" }, "nodeType"],
      [{ engineVersion: "REDIS_7_2" }, "engineVersion"],
      [{ authorizationMode: "PASSWORD" }, "authorizationMode"],
      [{ zoneDistributionConfig: { mode: "SINGLE_ZONE" } }, "zoneDistributionConfig.zone"],
      [{ automatedBackupConfig: { retention: "7d" } }, "automatedBackupConfig.retention"],
    ],
  },
  {
    type: "gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy",
    good: {
      name: "shop-cache",
      location: "us-central1",
      network,
      serviceClass: "gcp-memorystore",
      pscConfig: { subnetworks: ["projects/shop-prod/regions/us-central1/subnetworks/data"] },
    },
    bad: [
      [{ serviceClass: undefined }, "serviceClass"],
      [{ location: "global" }, "location"],
      [{ pscConfig: { subnetworks: [] } }, "pscConfig.subnetworks", /at least one/],
    ],
  },
  {
    type: "gcp:artifactregistry/repository:Repository",
    good: {
      repositoryId: "shop-app",
      location: "us-central1",
      format: "DOCKER",
      dockerConfig: { immutableTags: true },
      cleanupPolicies: [
        policy("keep", { action: "KEEP", mostRecentVersions: { keepCount: 10 } }),
        policy("delete", { action: "DELETE", condition: { tagState: "ANY", olderThan: "604800s" } }),
      ],
    },
    bad: [
      [{ repositoryId: "Shop" }, "repositoryId"],
      [{ location: "eu" }, "location"],
      [{ format: "IMAGE" }, "format"],
      [{ format: "NPM" }, "dockerConfig", /DOCKER/],
      [{ cleanupPolicies: [policy("a", { action: "DROP" })] }, "cleanupPolicies[0].action"],
      [
        { cleanupPolicies: [policy("a", { action: "DELETE", mostRecentVersions: { keepCount: 1 } })] },
        "cleanupPolicies[0]",
        /KEEP/,
      ],
      [
        { cleanupPolicies: [policy("a", { action: "DELETE", condition: { olderThan: "a week" } })] },
        "cleanupPolicies[0].condition.olderThan",
      ],
    ],
  },
  {
    type: "gcp:pubsub/topic:Topic",
    good: {
      name: "shop-rotation",
      kmsKeyName: key,
      messageRetentionDuration: "604800s",
      messageStoragePolicy: { allowedPersistenceRegions: ["us-central1"] },
    },
    bad: [
      [{ name: "go" }, "name"],
      [{ name: "goog-topic" }, "name"],
      [{ messageRetentionDuration: "60s" }, "messageRetentionDuration"],
      [
        { messageStoragePolicy: { allowedPersistenceRegions: ["us"] } },
        "messageStoragePolicy.allowedPersistenceRegions[0]",
      ],
    ],
  },
  {
    type: "gcp:logging/metric:Metric",
    good: {
      name: "shop-ownership",
      filter: 'resource.type="project"',
      metricDescriptor: { metricKind: "DELTA", valueType: "INT64" },
    },
    bad: [
      [{ filter: undefined }, "filter"],
      [{ name: "a name" }, "name"],
      [{ metricDescriptor: { metricKind: "SUM", valueType: "INT64" } }, "metricDescriptor.metricKind"],
      [{ metricDescriptor: { metricKind: "DELTA", valueType: "DISTRIBUTION" } }, "valueExtractor", /needed/],
    ],
  },
  {
    type: "gcp:monitoring/notificationChannel:NotificationChannel",
    good: { type: "email", labels: { email_address: "team@example.com" } },
    bad: [
      [{ type: "fax" }, "type"],
      [{ labels: {} }, "labels.email_address", /needed/],
      [{ labels: { email_address: "team" } }, "labels.email_address"],
      [{ userLabels: { Team: "a" } }, "userLabels.Team"],
    ],
  },
  {
    type: "gcp:monitoring/alertPolicy:AlertPolicy",
    good: {
      displayName: "busy",
      combiner: "OR",
      ...condition({ filter: `${metricFilter} AND resource.type="gce_instance"`, comparison: "COMPARISON_GT" }),
    },
    bad: [
      [{ combiner: "ANY" }, "combiner"],
      [{ conditions: [] }, "conditions", /1 to 6/],
      [condition({ filter: metricFilter }), "conditions[0].conditionThreshold.filter", /resource type/],
      [condition({ filter: 'resource.type="project"' }), "conditions[0].conditionThreshold.filter", /metric type/],
      [{ conditions: [{ displayName: "none" }] }, "conditions[0]", /one kind/],
      [{ alertStrategy: { autoClose: "60s" } }, "alertStrategy.autoClose"],
      [{ severity: "HIGH" }, "severity"],
    ],
  },
  {
    type: "gcp:storage/transferJob:TransferJob",
    good: {
      description: "copies",
      replicationSpec: {
        gcsDataSource: { bucketName: "shop-from" },
        gcsDataSink: { bucketName: "shop-to" },
        transferOptions: { overwriteWhen: "DIFFERENT" },
      },
      loggingConfig: { logActions: ["COPY"], logActionStates: ["FAILED"] },
    },
    bad: [
      [{ description: undefined }, "description"],
      [{ name: "transferJobs/copies" }, "name", /aren't supported/],
      [{ schedule: { scheduleStartDate: {} } }, "schedule", /on events/],
      [{ loggingConfig: { logActions: ["COPY"] } }, "loggingConfig.logActionStates"],
      [
        { replicationSpec: { gcsDataSource: { bucketName: "one" }, gcsDataSink: { bucketName: "one" } } },
        "replicationSpec.gcsDataSink.bucketName",
        /must differ/,
      ],
    ],
  },
  {
    type: "gcp:iam/workloadIdentityPool:WorkloadIdentityPool",
    good: { workloadIdentityPoolId: "shop-copies", displayName: "Copies" },
    bad: [
      [{ workloadIdentityPoolId: "gcp-pool" }, "workloadIdentityPoolId", /can not start/],
      [{ workloadIdentityPoolId: "abc" }, "workloadIdentityPoolId", /4 to 32/],
      [{ displayName: "x".repeat(33) }, "displayName"],
    ],
  },
  {
    type: "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
    good: {
      workloadIdentityPoolId: "shop-copies",
      workloadIdentityPoolProviderId: "cluster",
      attributeMapping: { "google.subject": "assertion.sub" },
      oidc: { issuerUri: "https://oidc.example.com/id", allowedAudiences: ["sts"] },
    },
    bad: [
      [{ workloadIdentityPoolProviderId: "abc" }, "workloadIdentityPoolProviderId"],
      [{ attributeMapping: undefined }, "attributeMapping", /google\.subject/],
      [{ attributeMapping: { "attribute.sub": "assertion.sub" } }, "attributeMapping", /google\.subject/],
      [{ oidc: { issuerUri: "http://oidc.example.com" } }, "oidc.issuerUri", /https/],
      [{ aws: { accountId: "1" } }, "oidc", /only one/],
    ],
  },
];
