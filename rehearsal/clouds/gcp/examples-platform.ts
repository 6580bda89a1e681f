import type { Props } from "../row";
import type { Example } from "./example";

const network = "projects/shop-prod/global/networks/shop";
const key = "projects/shop-prod/locations/us-central1/keyRings/shop/cryptoKeys/data";
const nodes = "shop-nodes@shop-prod.iam.gserviceaccount.com";
const weekly = (endTime: string, recurrence = "FREQ=WEEKLY;BYDAY=SU"): Props => ({
  maintenancePolicy: { recurringWindow: { startTime: "2026-01-04T03:00:00Z", endTime, recurrence } },
});
const closed = (cidrBlock: string): Props => ({
  privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true },
  masterAuthorizedNetworksConfig: { cidrBlocks: [{ cidrBlock }] },
});
const config: Props = {
  machineType: "e2-standard-4",
  imageType: "COS_CONTAINERD",
  diskType: "pd-balanced",
  diskSizeGb: 50,
  workloadMetadataConfig: { mode: "GKE_METADATA" },
};
const condition = (conditionThreshold: Props): Props => ({
  conditions: [{ displayName: "seen", conditionThreshold }],
});
const metricFilter = 'metric.type="compute.googleapis.com/instance/cpu/utilization"';
const policy = (id: string, more: Props): Props => ({ id, ...more });

/** Clusters, caches, registries, topics, alerts and transfers. */
export const platformExamples: readonly Example[] = [
  {
    type: "gcp:container/cluster:Cluster",
    good: {
      name: "shop",
      location: "us-central1",
      nodeLocations: ["us-central1-a", "us-central1-b"],
      minMasterVersion: "1.35",
      releaseChannel: { channel: "REGULAR" },
      removeDefaultNodePool: true,
      initialNodeCount: 1,
      datapathProvider: "ADVANCED_DATAPATH",
      workloadIdentityConfig: { workloadPool: "shop-prod.svc.id.goog" },
      loggingConfig: { enableComponents: ["SYSTEM_COMPONENTS", "APISERVER"] },
      ...closed("10.20.0.0/16"),
      ...weekly("2026-01-04T15:00:00Z"),
      nodeConfig: config,
    },
    bad: [
      [{ name: "Shop" }, "name", /lower case/],
      [{ name: "x".repeat(41) }, "name", /40/],
      [{ location: "us-central9" }, "location", /neither a region nor a zone/],
      [{ nodeLocations: ["us-east1-b"] }, "nodeLocations", /isn't in us-central1/],
      [{ minMasterVersion: "1.21" }, "minMasterVersion", /unsupported/],
      [{ minMasterVersion: "35" }, "minMasterVersion"],
      [{ releaseChannel: { channel: "LTS" } }, "releaseChannel.channel"],
      [{ initialNodeCount: 0 }, "initialNodeCount", /greater than zero/],
      [{ networkPolicy: { enabled: true } }, "networkPolicy.enabled", /not allowed/],
      [{ workloadIdentityConfig: { workloadPool: "shop.svc.id.goog" } }, "workloadIdentityConfig.workloadPool"],
      [{ databaseEncryption: { state: "ENCRYPTED" } }, "databaseEncryption.keyName", /needed/],
      [{ loggingConfig: { enableComponents: ["AUDIT"] } }, "loggingConfig.enableComponents[0]"],
      [closed("203.0.113.0/24"), "masterAuthorizedNetworksConfig.cidrBlocks[0].cidrBlock", /is public/],
      [closed("10.20.0.1/16"), "masterAuthorizedNetworksConfig.cidrBlocks[0].cidrBlock"],
      [{ masterAuthorizedNetworksConfig: undefined }, "masterAuthorizedNetworksConfig", /must be enabled/],
      [weekly("2026-01-04T07:00:00Z"), "maintenancePolicy.recurringWindow", /48h maintenance availability/],
      [weekly("2026-01-04T05:00:00Z", "FREQ=DAILY"), "maintenancePolicy.recurringWindow", /≥4h/],
      [weekly("2026-01-04T01:00:00Z"), "maintenancePolicy.recurringWindow.endTime", /after its start/],
      [
        {
          maintenancePolicy: {
            maintenanceExclusions: [{ exclusionName: "freeze", startTime: "2026-12-20T00:00:00Z" }],
          },
        },
        "maintenancePolicy.maintenanceExclusions[0].endTime",
      ],
      [{ nodeConfig: { ...config, serviceAccount: "nodes" } }, "nodeConfig.serviceAccount"],
      [{ resourceLabels: { App: "shop" } }, "resourceLabels.App"],
    ],
  },
  {
    type: "gcp:container/nodePool:NodePool",
    good: {
      name: "workers-1a2b3c4",
      cluster: "projects/shop-prod/locations/us-central1/clusters/shop",
      location: "us-central1",
      nodeLocations: ["us-central1-a"],
      initialNodeCount: 1,
      autoscaling: { totalMinNodeCount: 1, totalMaxNodeCount: 3, locationPolicy: "BALANCED" },
      upgradeSettings: { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 },
      nodeConfig: { ...config, serviceAccount: nodes, taints: [{ key: "a", value: "", effect: "NO_SCHEDULE" }] },
    },
    bad: [
      [{ cluster: undefined }, "cluster"],
      [{ nodeLocations: ["europe-west1-b"] }, "nodeLocations"],
      [{ autoscaling: { totalMinNodeCount: 4, totalMaxNodeCount: 3 } }, "autoscaling", /above the most/],
      [{ autoscaling: { totalMinNodeCount: 1, minNodeCount: 1 } }, "autoscaling.minNodeCount", /conflicts/],
      [{ upgradeSettings: { strategy: "SURGE", maxSurge: 0, maxUnavailable: 0 } }, "upgradeSettings", /from 1 to 20/],
      [{ upgradeSettings: { strategy: "BLUE_GREEN", maxSurge: 1 } }, "upgradeSettings", /SURGE/],
      [
        { upgradeSettings: { strategy: "SURGE", blueGreenSettings: { nodePoolSoakDuration: "60s" } } },
        "upgradeSettings.blueGreenSettings",
      ],
      [
        {
          upgradeSettings: {
            strategy: "BLUE_GREEN",
            blueGreenSettings: { standardRolloutPolicy: { batchPercentage: 33 } },
          },
        },
        "upgradeSettings.blueGreenSettings.standardRolloutPolicy.batchPercentage",
        /above 0 to 1/,
      ],
      [{ nodeConfig: { ...config, diskSizeGb: 5 } }, "nodeConfig.diskSizeGb"],
      [{ nodeConfig: { ...config, spot: true, preemptible: true } }, "nodeConfig.spot"],
      [{ nodeConfig: { ...config, imageType: "ALPINE" } }, "nodeConfig.imageType"],
      [
        { nodeConfig: { ...config, taints: [{ key: "a", value: "", effect: "NoSchedule" }] } },
        "nodeConfig.taints[0].effect",
      ],
      [{ nodeConfig: { ...config, tags: ["App"] } }, "nodeConfig.tags[0]"],
      [{ nodeConfig: { ...config, labels: { "a b": "c" } } }, "nodeConfig.labels"],
    ],
  },
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
];
