// Managed Kubernetes: the nodes.
import type { Texts } from ".";

export const nodepool: Texts = {
  "nodepool-no-public-ip": {
    title: "Nodes have no public address",
    severity: "high",
    phase: "stack",
    why: "A node on the internet is attacked within minutes, and holds the secrets of all its pods.",
    remedy: {
      aws: "Put subnetIds into private subnets; leave associatePublicIpAddress off in the launch template.",
      azure: "Leave enableNodePublicIP off.",
      gcp: "Set privateClusterConfig.enablePrivateNodes, or networkConfig.enablePrivateNodes of the pool.",
    },
  },
  "nodepool-disk-encryption": {
    title: "Disks of nodes are encrypted under a customer key",
    severity: "high",
    phase: "stack",
    why: "Secrets, images and scratch data of every pod lie on them.",
    remedy: {
      aws: "Give the node group a launch template with ebs.encrypted and ebs.kmsKeyId, or set the account's default.",
      azure: "Set diskEncryptionSetID, and enableEncryptionAtHost of each pool.",
      gcp: "Set nodeConfig.bootDiskKmsKey.",
    },
  },
  "nodepool-imdsv2": {
    title: "Pods can't take the node's identity from its metadata",
    severity: "high",
    phase: "stack",
    why: "One request to the metadata service gives any pod what the node may do.",
    remedy: {
      aws: "Set metadataOptions.httpTokens to required and httpPutResponseHopLimit to 1 in the launch template.",
      gcp: "Set nodeConfig.workloadMetadataConfig.mode to GKE_METADATA.",
    },
  },
  "nodepool-no-ssh-from-world": {
    title: "Nodes can't be logged in to from everywhere",
    severity: "high",
    phase: "resource",
    why: "A key with no list of sources opens port 22 of every node to the internet.",
    remedy: {
      aws: "Leave remoteAccess out, or set its sourceSecurityGroupIds.",
      azure: "Leave enableNodePublicIP off, or set securityProfile.sshAccess to Disabled.",
      gcp: 'Set nodeConfig.metadata block-project-ssh-keys to "true".',
    },
  },
  "nodepool-shielded-secure-boot": {
    title: "Nodes boot signed software only",
    severity: "medium",
    phase: "stack",
    why: "Software that starts before the system can't be seen from it. On AWS judged for images made in the stack.",
    remedy: {
      aws: "Set bootMode to uefi and tpmSupport to v2.0 on the Ami.",
      azure: "Set securityProfile.enableSecureBoot and enableVTPM of each pool.",
      gcp: "Set nodeConfig.shieldedInstanceConfig.enableSecureBoot, and leave enableShieldedNodes on.",
    },
  },
  "nodepool-dedicated-identity": {
    title: "Nodes have an identity of their own that may do little",
    severity: "high",
    phase: "stack",
    why: "Whoever gets out of a container is the node; a shared identity makes that the whole project.",
    remedy: {
      aws: "Give nodeRoleArn a role of its own with AmazonEKSWorkerNodePolicy and ECR pull only.",
      azure: "Use a managed identity, and another one in identityProfile.kubeletidentity than the control plane's.",
      gcp: "Set nodeConfig.serviceAccount to an account made for nodes.",
    },
  },
  "nodepool-auto-repair-upgrade": {
    title: "Nodes are repaired and upgraded by themselves",
    severity: "medium",
    phase: "resource",
    why: "A sick or old node stays until somebody notices.",
    remedy: {
      aws: "Set nodeRepairConfig.enabled.",
      azure: "Leave autoUpgradeProfile.nodeOSUpgradeChannel at NodeImage or SecurityPatch.",
      gcp: "Leave management.autoRepair and management.autoUpgrade on.",
    },
  },
  "nodepool-hardened-os": {
    title: "Nodes run a system made for containers",
    severity: "low",
    phase: "resource",
    why: "What isn't installed can't be attacked.",
    remedy: {
      aws: "Set amiType to BOTTLEROCKET_... or AL2023_....",
      azure: "Set osSKU to AzureLinux.",
      gcp: "Set nodeConfig.imageType to COS_CONTAINERD.",
    },
  },
  "nodepool-fips-images": {
    title: "Nodes have FIPS validated cryptography where data asks for it",
    severity: "high",
    phase: "resource",
    why: "FedRAMP and the DoD accept validated modules only. Judged with the setting fips, or by the nodes' data class.",
    remedy: {
      aws: "Set amiType to one ending in _FIPS.",
      azure: "Set enableFIPS of each pool.",
      gcp: "Set nodeConfig.imageType to COS_CONTAINERD, without sandboxConfig.",
    },
  },
  "nodepool-multi-zone": {
    title: "Node pools outside dev span two zones, with a node in each",
    severity: "medium",
    phase: "stack",
    why: "Pods of a pool in one zone are down as long as their zone is.",
    remedy: {
      aws: "Set scalingConfig.minSize to 2 or more, with subnetIds in two zones.",
      azure: "Set availabilityZones, and minCount (count without autoscaling) to 2 or more.",
      gcp: "Use a regional cluster or nodeLocations, and autoscaling.minNodeCount of 1 or more.",
    },
  },
};
