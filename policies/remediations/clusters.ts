// Clusters, node pools and registries.
import type { Remediations } from "./remedy";

export const clusters: Remediations = {
  "cluster-control-plane-logging": {
    aws: {
      "eks.Cluster": [["enabledClusterLogTypes", ["api", "audit", "authenticator", "controllerManager", "scheduler"]]],
    },
    gcp: {
      "container.Cluster": [
        [
          "loggingConfig.enableComponents",
          ["SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"],
        ],
      ],
    },
  },
  "cluster-monitoring-enabled": {
    azure: { "containerservice.ManagedCluster": [["azureMonitorProfile.metrics.enabled", true]] },
  },
  "cluster-auto-upgrade-channel": {
    azure: {
      "containerservice.ManagedCluster": [
        ["autoUpgradeProfile.upgradeChannel", "stable"],
        ["autoUpgradeProfile.nodeOSUpgradeChannel", "NodeImage"],
      ],
    },
    gcp: { "container.Cluster": [["releaseChannel.channel", "REGULAR"]] },
  },
  "cluster-deletion-protection": {
    aws: { "eks.Cluster": [["deletionProtection", true]] },
  },
  "cluster-csi-secret-rotation": {
    azure: {
      "containerservice.ManagedCluster": [
        ["addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation", "true"],
      ],
    },
    gcp: { "container.Cluster": [["secretManagerConfig.rotationConfig.enabled", true]] },
  },
  "cluster-intranode-visibility-flowlogs": {
    gcp: { "container.Cluster": [["enableIntranodeVisibility", true]] },
  },
  "nodepool-imdsv2": {
    gcp: { "container.NodePool": [["nodeConfig.workloadMetadataConfig.mode", "GKE_METADATA"]] },
  },
  "nodepool-auto-repair-upgrade": {
    aws: {
      "eks.NodeGroup": [
        ["nodeRepairConfig.enabled", true],
        ["updateConfig.maxUnavailable", 1],
      ],
    },
  },
  "registry-scan-on-push": { aws: { "ecr.Repository": [["imageScanningConfiguration.scanOnPush", true]] } },
  "registry-immutable-tags": {
    aws: { "ecr.Repository": [["imageTagMutability", "IMMUTABLE"]] },
    gcp: { "artifactregistry.Repository": [["dockerConfig.immutableTags", true]] },
  },
  "compute-imdsv2": { aws: { "ec2.Instance": [["metadataOptions.httpTokens", "required"]] } },
};
