import type { Props } from "../row";
import type { Example } from "../testing/sample";

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
export const clusterExamples: readonly Example[] = [
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
];
