import type { Props } from "../row";
import type { Example } from "../testing/sample";

const network = "projects/shop-prod/global/networks/shop";
const exclusion = (more: Props): Props => ({
  maintenancePolicy: {
    dailyMaintenanceWindow: { startTime: "03:00" },
    maintenanceExclusions: [{ exclusionName: "freeze", startTime: "2026-12-20T00:00:00Z", ...more }],
  },
});
const database = (more: Props, given: Props = {}): Props => ({
  databaseVersion: "POSTGRES_17",
  ...given,
  settings: {
    tier: "db-perf-optimized-N-4",
    edition: "ENTERPRISE_PLUS",
    availabilityType: "REGIONAL",
    ipConfiguration: { ipv4Enabled: false, privateNetwork: network },
    backupConfiguration: { enabled: true, pointInTimeRecoveryEnabled: true, transactionLogRetentionDays: 35 },
    dataCacheConfig: { dataCacheEnabled: true },
    ...more,
  },
});

/** Arguments that are right one by one, and wrong together: networks, clusters, databases, caches. */
export const combinedExamples: readonly Example[] = [
  {
    type: "gcp:compute/subnetwork:Subnetwork",
    good: {
      name: "dual",
      network,
      ipCidrRange: "10.20.0.0/20",
      stackType: "IPV4_IPV6",
      ipv6AccessType: "EXTERNAL",
      secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.64.0.0/14" }],
    },
    bad: [
      [{ ipv6AccessType: undefined }, "ipv6AccessType", /stackType IPV4_IPV6/],
      [
        {
          secondaryIpRanges: [
            { rangeName: "pods", ipCidrRange: "10.64.0.0/14" },
            { rangeName: "pods", ipCidrRange: "10.72.0.0/14" },
          ],
        },
        "secondaryIpRanges[1].rangeName",
        /two ranges/,
      ],
      [{ logConfig: { aggregationInterval: "INTERVAL_2_MIN" } }, "logConfig.aggregationInterval"],
    ],
  },
  {
    type: "gcp:compute/routerNat:RouterNat",
    good: {
      name: "shop",
      router: "shop",
      natIpAllocateOption: "MANUAL_ONLY",
      natIps: ["projects/shop-prod/regions/us-central1/addresses/nat"],
      sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
    },
    bad: [
      [
        { drainNatIps: ["projects/shop-prod/regions/us-central1/addresses/old"] },
        "drainNatIps[0]",
        /not previously set/,
      ],
      [{ initialNatIps: ["projects/shop-prod/regions/us-central1/addresses/old"] }, "natIps", /conflicts/],
    ],
  },
  {
    type: "gcp:container/cluster:Cluster",
    good: {
      name: "shop",
      location: "us-central1",
      removeDefaultNodePool: true,
      initialNodeCount: 1,
      datapathProvider: "ADVANCED_DATAPATH",
      enableFqdnNetworkPolicy: true,
      inTransitEncryptionConfig: "IN_TRANSIT_ENCRYPTION_INTER_NODE_TRANSPARENT",
      privateClusterConfig: { enablePrivateNodes: true, masterIpv4CidrBlock: "172.16.0.0/28" },
      ...exclusion({ endTime: "2027-01-05T00:00:00Z" }),
    },
    bad: [
      [{ datapathProvider: "LEGACY_DATAPATH" }, "enableFqdnNetworkPolicy", /ADVANCED_DATAPATH/],
      [{ datapathProvider: undefined }, "inTransitEncryptionConfig", /ADVANCED_DATAPATH/],
      [
        { privateClusterConfig: { enablePrivateNodes: true, masterIpv4CidrBlock: "172.16.0.0/24" } },
        "privateClusterConfig.masterIpv4CidrBlock",
        /28/,
      ],
      [{ privateClusterConfig: {} }, "privateClusterConfig.enablePrivateEndpoint", /must be specified/],
      [{ defaultMaxPodsPerNode: 300 }, "defaultMaxPodsPerNode", /8 to 256/],
      [{ nodeVersion: "1.35" }, "nodeVersion", /remove_default_node_pool/],
      [{ enableAutopilot: true }, "removeDefaultNodePool", /conflicts with enableAutopilot/],
      [
        { enableAutopilot: true, removeDefaultNodePool: undefined, location: "us-central1-a" },
        "location",
        /must be regional/,
      ],
      [exclusion({ endTime: "2026-12-01T00:00:00Z" }), "maintenancePolicy.maintenanceExclusions[0].endTime", /after/],
      [exclusion({ endTime: "2027-12-01T00:00:00Z" }), "maintenancePolicy.maintenanceExclusions[0].endTime", /90 days/],
      [exclusion({ endTime: "soon" }), "maintenancePolicy.maintenanceExclusions[0].endTime", /a time such as/],
      [
        { maintenancePolicy: { dailyMaintenanceWindow: { startTime: "3am" } } },
        "maintenancePolicy.dailyMaintenanceWindow.startTime",
        /HH:mm/,
      ],
      [
        {
          maintenancePolicy: {
            dailyMaintenanceWindow: { startTime: "03:00" },
            recurringWindow: {
              startTime: "2026-01-04T03:00:00Z",
              endTime: "2026-01-04T15:00:00Z",
              recurrence: "FREQ=DAILY",
            },
          },
        },
        "maintenancePolicy.recurringWindow",
        /only one of/,
      ],
      [{ binaryAuthorization: { evaluationMode: "ALWAYS" } }, "binaryAuthorization.evaluationMode"],
    ],
  },
  {
    type: "gcp:container/nodePool:NodePool",
    good: {
      cluster: "projects/shop-prod/locations/us-central1/clusters/shop",
      nodeConfig: { machineType: "n2d-standard-4", confidentialNodes: { enabled: true } },
    },
    bad: [
      [
        { nodeConfig: { machineType: "e2-standard-4", confidentialNodes: { enabled: true } } },
        "nodeConfig.machineType",
        /Confidential/,
      ],
      [{ maxPodsPerNode: 4 }, "maxPodsPerNode", /8 to 256/],
      [{ autoscaling: { totalMinNodeCount: 1, maxNodeCount: 3 } }, "autoscaling.maxNodeCount", /conflicts/],
      [
        {
          upgradeSettings: {
            strategy: "BLUE_GREEN",
            blueGreenSettings: {
              nodePoolSoakDuration: "864000s",
              standardRolloutPolicy: { batchPercentage: 0.5 },
            },
          },
        },
        "upgradeSettings.blueGreenSettings.nodePoolSoakDuration",
        /7 days/,
      ],
      [{ nodeConfig: { taints: [{ key: "a", value: "b", effect: "NEVER" }] } }, "nodeConfig.taints[0].effect"],
      [{ upgradeSettings: { strategy: "SURGE", maxSurge: -1 } }, "upgradeSettings.maxSurge", /at least 0/],
    ],
  },
  {
    type: "gcp:sql/databaseInstance:DatabaseInstance",
    good: database({}),
    bad: [
      [database({ tier: "db-perf-optimized-N-3" }), "settings.tier", /no such/],
      [database({ edition: "ENTERPRISE", tier: "db-custom-2-8192" }), "settings.dataCacheConfig", /ENTERPRISE_PLUS/],
      [
        database({ backupConfiguration: { enabled: true, transactionLogRetentionDays: 36 } }),
        "settings.backupConfiguration.transactionLogRetentionDays",
        /1 to 35/,
      ],
      [
        database({ backupConfiguration: { enabled: true, pointInTimeRecoveryEnabled: false } }),
        "settings.backupConfiguration.pointInTimeRecoveryEnabled",
        /requires point-in-time recovery/,
      ],
      [
        database(
          { tier: "db-n1-standard-2", edition: "ENTERPRISE", backupConfiguration: { enabled: true } },
          { databaseVersion: "MYSQL_8_0" },
        ),
        "settings.backupConfiguration.binaryLogEnabled",
        /requires binary logging/,
      ],
      [
        database({ ipConfiguration: { ipv4Enabled: true, enablePrivatePathForGoogleCloudServices: true } }),
        "settings.ipConfiguration.enablePrivatePathForGoogleCloudServices",
        /needs privateNetwork/,
      ],
      [
        database({ denyMaintenancePeriod: { startDate: "2026-11-01", endDate: "2027-03-01", time: "00:00:00" } }),
        "settings.denyMaintenancePeriod.endDate",
        /1 to 90 days/,
      ],
      [
        database({ denyMaintenancePeriod: { startDate: "1st of May", endDate: "05-31", time: "00:00:00" } }),
        "settings.denyMaintenancePeriod.startDate",
        /yyyy-mm-dd/,
      ],
      [database({ backupConfiguration: {} }), "settings.backupConfiguration.backupRetentionSettings", /one of/],
      [
        database({ finalBackupConfig: { enabled: true, retentionDays: 400 } }),
        "settings.finalBackupConfig.retentionDays",
      ],
      [database({ connectorEnforcement: "SOMETIMES" }), "settings.connectorEnforcement"],
    ],
  },
  {
    type: "gcp:redis/instance:Instance",
    good: { name: "shop", memorySizeGb: 5, tier: "STANDARD_HA", locationId: "us-central1-a", replicaCount: 1 },
    bad: [
      [{ replicaCount: 3 }, "replicaCount", /without read replicas/],
      [{ readReplicasMode: "READ_REPLICAS_ENABLED", replicaCount: 6 }, "replicaCount", /1 to 5/],
      [{ alternativeLocationId: "us-central1-a" }, "alternativeLocationId", /must differ/],
      [{ locationId: "us-east1-b" }, "locationId", /isn't in us-central1/],
      [
        { tier: "BASIC", replicaCount: undefined, alternativeLocationId: "us-central1-b" },
        "alternativeLocationId",
        /STANDARD_HA only/,
      ],
      [{ reservedIpRange: "10.0.0.1/29" }, "reservedIpRange", /host bits/],
    ],
  },
  {
    type: "gcp:memorystore/instance:Instance",
    good: {
      instanceId: "shop",
      location: "us-central1",
      shardCount: 1,
      mode: "CLUSTER_DISABLED",
      zoneDistributionConfig: { mode: "SINGLE_ZONE", zone: "us-central1-a" },
      persistenceConfig: { mode: "AOF", aofConfig: { appendFsync: "EVERY_SEC" } },
    },
    bad: [
      [{ zoneDistributionConfig: { mode: "SINGLE_ZONE", zone: "us-east1-b" } }, "zoneDistributionConfig.zone"],
      [
        { persistenceConfig: { mode: "AOF", aofConfig: { appendFsync: "OFTEN" } } },
        "persistenceConfig.aofConfig.appendFsync",
      ],
      [{ mode: "STANDALONE" }, "mode"],
    ],
  },
];
