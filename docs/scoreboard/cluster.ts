import { all, aws, azure, cannot, gcp, type Row, row } from "./row";

const cluster = "4.1 Cluster";
const nodes = "4.1 Nodes";

export const clusterRows: readonly Row[] = [
  row(cluster, "The API server has no public endpoint", {
    aws: all(
      aws.is("eks.Cluster", "vpcConfig.endpointPublicAccess", false),
      aws.is("eks.Cluster", "vpcConfig.endpointPrivateAccess", true),
    ),
    azure: azure.is("containerservice.ManagedCluster", "apiServerAccessProfile.enablePrivateCluster", true),
    gcp: gcp.is("container.Cluster", "privateClusterConfig.enablePrivateEndpoint", true),
  }),
  row(cluster, "Never open to every address", {
    aws: aws.hasNot("eks.Cluster", "vpcConfig.publicAccessCidrs"),
    azure: azure.hasNot("containerservice.ManagedCluster", "apiServerAccessProfile.authorizedIPRanges"),
    gcp: gcp.like(
      "container.Cluster",
      "masterAuthorizedNetworksConfig.cidrBlocks.*.cidrBlock",
      /^10\./,
      "the network's range alone",
    ),
  }),
  row(cluster, "Secrets in etcd are under a customer key", {
    aws: all(
      aws.has("eks.Cluster", "encryptionConfig.provider.keyArn"),
      aws.is("eks.Cluster", "encryptionConfig.resources", ["secrets"]),
    ),
    azure: azure.is("containerservice.ManagedCluster", "securityProfile.azureKeyVaultKms.enabled", true),
    gcp: gcp.is("container.Cluster", "databaseEncryption.state", "ENCRYPTED"),
  }),
  row(cluster, "All control-plane logs are exported", {
    aws: aws.is("eks.Cluster", "enabledClusterLogTypes", [
      "api",
      "audit",
      "authenticator",
      "controllerManager",
      "scheduler",
    ]),
    azure: azure.there("monitor.DiagnosticSetting", { name: /cluster/ }),
    gcp: gcp.like(
      "container.Cluster",
      "loggingConfig.enableComponents",
      /APISERVER.*CONTROLLER_MANAGER/,
      "every component",
    ),
  }),
  row(cluster, "Its logs are kept, under a key, with an end", {
    aws: all(
      aws.has("cloudwatch.LogGroup", "kmsKeyId", { name: /^cluster/ }),
      aws.has("cloudwatch.LogGroup", "retentionInDays", { name: /^cluster/ }),
    ),
    azure: azure.atLeast("operationalinsights.Workspace", "retentionInDays", 90),
    gcp: gcp.atLeast("logging.ProjectBucketConfig", "retentionDays", 90, { name: /cluster/ }),
  }),
  row(cluster, "No local accounts, no certificates, cloud login only", {
    aws: aws.is("eks.Cluster", "accessConfig.authenticationMode", "API"),
    azure: all(
      azure.is("containerservice.ManagedCluster", "disableLocalAccounts", true),
      azure.is("containerservice.ManagedCluster", "aadProfile.enableAzureRBAC", true),
    ),
    gcp: all(
      gcp.is("container.Cluster", "masterAuth.clientCertificateConfig.issueClientCertificate", false),
      gcp.is("container.Cluster", "enableLegacyAbac", false),
    ),
  }),
  row(cluster, "Whoever made it has no hidden rights", {
    aws: aws.is("eks.Cluster", "accessConfig.bootstrapClusterCreatorAdminPermissions", false),
    azure: azure.there("authorization.RoleAssignment", { name: /cluster/ }),
    gcp: cannot("rights come from IAM roles alone; GKE has no creator's rights"),
  }),
  row(cluster, "Workload identity", {
    aws: aws.there("iam.OpenIdConnectProvider"),
    azure: all(
      azure.is("containerservice.ManagedCluster", "oidcIssuerProfile.enabled", true),
      azure.is("containerservice.ManagedCluster", "securityProfile.workloadIdentity.enabled", true),
    ),
    gcp: gcp.has("container.Cluster", "workloadIdentityConfig.workloadPool"),
  }),
  row(cluster, "Network policies are enforced", {
    aws: aws.like("eks.Addon", "configurationValues", /enableNetworkPolicy/, "vpc-cni enableNetworkPolicy", {
      some: true,
    }),
    azure: azure.is("containerservice.ManagedCluster", "networkProfile.networkPolicy", "cilium"),
    gcp: gcp.is("container.Cluster", "datapathProvider", "ADVANCED_DATAPATH"),
  }),
  row(cluster, "An explicit Kubernetes version", {
    aws: aws.like("eks.Cluster", "version", /^1\.\d+$/, "from compute.version"),
    azure: azure.like("containerservice.ManagedCluster", "kubernetesVersion", /^1\.\d+/, "from compute.version"),
    gcp: gcp.like("container.Cluster", "minMasterVersion", /^1\.\d+/, "from compute.version"),
  }),
  row(cluster, "A supported term or channel of upgrades", {
    aws: aws.is("eks.Cluster", "upgradePolicy.supportType", "STANDARD"),
    azure: azure.is("containerservice.ManagedCluster", "autoUpgradeProfile.upgradeChannel", "patch"),
    gcp: gcp.is("container.Cluster", "releaseChannel.channel", "REGULAR"),
  }),
  row(cluster, "A maintenance window", {
    aws: cannot(
      "EKS upgrades nothing by itself within a minor's standard term, so it has no window; nodes change by `up`",
    ),
    azure: azure.there("containerservice.MaintenanceConfiguration"),
    gcp: gcp.has("container.Cluster", "maintenancePolicy.recurringWindow"),
  }),
  row(cluster, "Protected against deletion by the cloud", {
    aws: aws.is("eks.Cluster", "deletionProtection", true),
    azure: azure.is("authorization.ManagementLockByScope", "level", "CanNotDelete", { name: /cluster/ }),
    gcp: gcp.is("container.Cluster", "deletionProtection", true),
  }),
  row(cluster, "Protected against deletion by Pulumi", {
    aws: aws.protect("eks.Cluster"),
    azure: azure.protect("containerservice.ManagedCluster"),
    gcp: gcp.protect("container.Cluster"),
  }),
  row(cluster, "An uptime promise of the cloud", {
    aws: cannot("EKS has one tier, with an SLA"),
    azure: azure.is("containerservice.ManagedCluster", "sku.tier", "Standard"),
    gcp: gcp.like("container.Cluster", "location", /^[a-z]+-[a-z]+\d$/, "a region"),
  }),
  row(cluster, "Policy of admission is on", {
    aws: cannot("EKS has no admission policy of its own; Pod Security is Kubernetes' own, by namespace"),
    azure: azure.is("containerservice.ManagedCluster", "addonProfiles.azurepolicy.enabled", true),
    gcp: gcp.is("container.Cluster", "binaryAuthorization.evaluationMode", "PROJECT_SINGLETON_POLICY_ENFORCE"),
  }),
];

export const nodeRows: readonly Row[] = [
  row(nodes, "No public addresses", {
    aws: aws.is("ec2.LaunchTemplate", "networkInterfaces.*.associatePublicIpAddress", "false"),
    azure: azure.is("containerservice.AgentPool", "enableNodePublicIP", false),
    gcp: gcp.is("container.Cluster", "privateClusterConfig.enablePrivateNodes", true),
  }),
  row(nodes, "Disks under a customer key", {
    aws: aws.has("ec2.LaunchTemplate", "blockDeviceMappings.*.ebs.kmsKeyId"),
    azure: all(
      azure.has("containerservice.ManagedCluster", "diskEncryptionSetID"),
      azure.is("containerservice.AgentPool", "enableEncryptionAtHost", true),
    ),
    gcp: gcp.has("container.NodePool", "nodeConfig.bootDiskKmsKey"),
  }),
  row(nodes, "Metadata answers sessions only", {
    aws: all(
      aws.is("ec2.LaunchTemplate", "metadataOptions.httpTokens", "required"),
      aws.is("ec2.LaunchTemplate", "metadataOptions.httpPutResponseHopLimit", 1),
    ),
    azure: cannot(
      "Azure's metadata service hands out no node credentials to pods with workload identity and network policy",
    ),
    gcp: gcp.is("container.NodePool", "nodeConfig.workloadMetadataConfig.mode", "GKE_METADATA"),
  }),
  row(nodes, "Measured boot", {
    aws: aws.like("eks.NodeGroup", "amiType", /^BOTTLEROCKET/, "Bottlerocket, verified root"),
    azure: all(
      azure.is("containerservice.AgentPool", "securityProfile.enableSecureBoot", true),
      azure.is("containerservice.AgentPool", "securityProfile.enableVTPM", true),
    ),
    gcp: all(
      gcp.is("container.NodePool", "nodeConfig.shieldedInstanceConfig.enableSecureBoot", true),
      gcp.is("container.NodePool", "nodeConfig.shieldedInstanceConfig.enableIntegrityMonitoring", true),
    ),
  }),
  row(nodes, "A hardened system made for containers", {
    aws: aws.like("eks.NodeGroup", "amiType", /^BOTTLEROCKET/, "Bottlerocket"),
    azure: azure.is("containerservice.AgentPool", "osSKU", "AzureLinux"),
    gcp: gcp.is("container.NodePool", "nodeConfig.imageType", "COS_CONTAINERD"),
  }),
  row(nodes, "An identity of their own, never the default one", {
    aws: aws.has("eks.NodeGroup", "nodeRoleArn"),
    azure: azure.has("containerservice.ManagedCluster", "identityProfile.kubeletidentity.resourceId"),
    gcp: gcp.has("container.NodePool", "nodeConfig.serviceAccount"),
  }),
  row(nodes, "Autoscaling between a least and a most", {
    aws: all(
      aws.atLeast("eks.NodeGroup", "scalingConfig.minSize", 1),
      aws.atLeast("eks.NodeGroup", "scalingConfig.maxSize", 2),
    ),
    azure: azure.is("containerservice.AgentPool", "enableAutoScaling", true),
    gcp: gcp.has("container.NodePool", "autoscaling"),
  }),
  row(nodes, "Spread over zones (CLU-02, DR-07)", {
    aws: aws.has("eks.NodeGroup", "subnetIds"),
    azure: azure.is("containerservice.AgentPool", "availabilityZones", ["1", "2", "3"]),
    gcp: gcp.has("container.NodePool", "nodeLocations.2"),
  }),
  row(nodes, "Replaced a share at a time", {
    aws: aws.is("eks.NodeGroup", "updateConfig.maxUnavailablePercentage", 33),
    azure: azure.is("containerservice.AgentPool", "upgradeSettings.maxSurge", "33%"),
    gcp: gcp.is("container.NodePool", "upgradeSettings.maxUnavailable", 0),
  }),
  row(nodes, "Repaired by themselves", {
    aws: aws.is("eks.NodeGroup", "nodeRepairConfig.enabled", true),
    azure: cannot("AKS repairs nodes always: https://learn.microsoft.com/azure/aks/node-auto-repair"),
    gcp: gcp.is("container.NodePool", "management.autoRepair", true),
  }),
  row(nodes, "No way in by SSH", {
    aws: aws.hasNot("eks.NodeGroup", "remoteAccess"),
    azure: azure.is("containerservice.AgentPool", "securityProfile.sshAccess", "Disabled"),
    gcp: gcp.is("container.NodePool", "nodeConfig.metadata.block-project-ssh-keys", "true"),
  }),
  row(nodes, "The kubelet has no open port", {
    aws: cannot("Bottlerocket's kubelet has no read-only port"),
    azure: cannot("AKS sets no read-only port"),
    gcp: gcp.is("container.NodePool", "nodeConfig.kubeletConfig.insecureKubeletReadonlyPortEnabled", "FALSE"),
  }),
];
