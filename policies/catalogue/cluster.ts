// Managed Kubernetes: the control plane.
import type { Texts } from ".";

export const cluster: Texts = {
  "cluster-private-endpoint": {
    title: "The Kubernetes API is private, or public for an explicit allow-list only",
    severity: "critical",
    phase: "resource",
    why: "Whoever reaches the API can try stolen credentials and unpatched flaws against it.",
    remedy: {
      aws: "Set vpcConfig.endpointPrivateAccess, and endpointPublicAccess to false or publicAccessCidrs to your ranges.",
      azure: "Set apiServerAccessProfile.enablePrivateCluster, or authorizedIPRanges.",
      gcp: "Set privateClusterConfig.enablePrivateEndpoint, or masterAuthorizedNetworksConfig.",
    },
  },
  "cluster-api-allowlist-not-world": {
    title: "A public Kubernetes API has an allow-list that isn't the whole internet",
    severity: "critical",
    phase: "resource",
    why: "An allow-list of 0.0.0.0/0, or of two halves of it, allows everybody.",
    remedy: {
      aws: "Name your ranges in vpcConfig.publicAccessCidrs; unset means 0.0.0.0/0.",
      azure: "Name your ranges in apiServerAccessProfile.authorizedIPRanges.",
      gcp: "Name your ranges in masterAuthorizedNetworksConfig.cidrBlocks, and leave gcpPublicCidrsAccessEnabled off.",
    },
  },
  "cluster-secrets-envelope-encryption": {
    title: "Kubernetes Secrets are encrypted with a customer key",
    severity: "high",
    phase: "resource",
    why: "Without it whoever gets a copy of the cluster's store has every secret in it.",
    remedy: {
      aws: "Set encryptionConfig.provider.keyArn, with secrets in encryptionConfig.resources.",
      azure: "Set securityProfile.azureKeyVaultKms.enabled and keyId.",
      gcp: "Set databaseEncryption.state to ENCRYPTED, and keyName.",
    },
  },
  "cluster-control-plane-logging": {
    title: "The control plane's API and audit logs are kept",
    severity: "high",
    phase: "stack",
    why: "Who did what in a cluster is in its audit log, or nowhere.",
    remedy: {
      aws: "Set enabledClusterLogTypes to api, audit, authenticator, controllerManager and scheduler.",
      azure: "Add a DiagnosticSetting with kube-apiserver and kube-audit (or kube-audit-admin).",
      gcp: "Set loggingConfig.enableComponents to SYSTEM_COMPONENTS, APISERVER and WORKLOADS.",
    },
  },
  "cluster-monitoring-enabled": {
    title: "Clusters send metrics to a monitoring service",
    severity: "medium",
    phase: "stack",
    why: "A cluster that nobody watches fails first where its users notice.",
    remedy: {
      aws: "Add the eks.Addon amazon-cloudwatch-observability, an amp.Scraper, or a monitoring chart.",
      azure: "Set azureMonitorProfile.metrics.enabled, or addonProfiles.omsagent.enabled.",
      gcp: "Leave monitoringService on; keep SYSTEM_COMPONENTS in monitoringConfig.enableComponents.",
    },
  },
  "cluster-network-policy": {
    title: "Clusters have an engine that enforces network policies",
    severity: "high",
    phase: "stack",
    why: "Without an engine a NetworkPolicy is accepted and does nothing: every pod reaches every other.",
    remedy: {
      aws: "Add the eks.Addon vpc-cni with enableNetworkPolicy in configurationValues, or Calico or Cilium.",
      azure: "Set networkProfile.networkPolicy to cilium, calico or azure.",
      gcp: "Set datapathProvider to ADVANCED_DATAPATH.",
      kubernetes: "Name peers or ports in every rule of a NetworkPolicy for all pods.",
    },
  },
  "cluster-rbac-no-local-accounts": {
    title: "People come into clusters by cloud identity, not by local accounts",
    severity: "high",
    phase: "resource",
    why: "Local accounts and client certificates outlive the person, and can't be revoked.",
    remedy: {
      aws: "Set accessConfig.authenticationMode to API, and bootstrapClusterCreatorAdminPermissions to false.",
      azure: "Set disableLocalAccounts, and aadProfile.managed.",
      gcp: "Leave enableLegacyAbac and clientCertificateConfig.issueClientCertificate off.",
    },
  },
  "cluster-workload-identity": {
    title: "Pods get a cloud identity of their own by federation",
    severity: "high",
    phase: "stack",
    why: "Without it pods use the node's identity, and each may do what any of them needs.",
    remedy: {
      aws: "Add an iam.OpenIdConnectProvider with the cluster's issuer, or the eks.Addon eks-pod-identity-agent.",
      azure: "Set securityProfile.workloadIdentity.enabled and oidcIssuerProfile.enabled.",
      gcp: "Set workloadIdentityConfig.workloadPool.",
      kubernetes: "Annotate the service account with a cloud identity, and take the keys out of env.",
    },
  },
  "cluster-supported-version": {
    title: "Kubernetes is of a version in support",
    severity: "high",
    phase: "resource",
    why: "A version past its support gets no security fixes. The table is of 2026-11-21; the setting oldestKubernetes goes before it.",
    remedy: {
      aws: "Set version to one in standard support (without one: upgradePolicy.supportType STANDARD).",
      azure: "Set kubernetesVersion to a supported one (without one: an upgrade channel).",
      gcp: "Set minMasterVersion to a supported one, or leave it to the release channel.",
    },
  },
  "cluster-auto-upgrade-channel": {
    title: "Clusters get upgrades by themselves",
    severity: "medium",
    phase: "resource",
    why: "Upgrades that wait for somebody's time come after the flaw is used.",
    remedy: {
      aws: "Set upgradePolicy.supportType to STANDARD, or use Auto Mode (computeConfig.enabled).",
      azure: "Set autoUpgradeProfile.upgradeChannel, and leave nodeOSUpgradeChannel on.",
      gcp: "Set releaseChannel.channel.",
    },
  },
  "cluster-deletion-protection": {
    title: "Clusters outside dev can't be deleted by mistake",
    severity: "medium",
    phase: "stack",
    why: "One wrong destroy ends every service in the cluster.",
    remedy: {
      aws: "Set deletionProtection.",
      azure: "Add a CanNotDelete lock on the cluster or its resource group, or protect it.",
      gcp: "Leave deletionProtection on.",
    },
  },
  "cluster-image-admission": {
    title: "Clusters admit signed or attested images only",
    severity: "medium",
    phase: "stack",
    why: "Whoever can push an image, or name another one, runs code in the cluster. On AWS judged where the stack installs an admission control.",
    remedy: {
      aws: "Add a Kyverno policy with verifyImages, or Sigstore's policy-controller.",
      azure: "Set addonProfiles.azurepolicy.enabled and securityProfile.imageCleaner.enabled.",
      gcp: "Set binaryAuthorization.evaluationMode, and a binaryauthorization.Policy that doesn't allow everything.",
      kubernetes: "Set validationFailureAction of the Kyverno policy to Enforce.",
    },
  },
  "cluster-policy-addon": {
    title: "An admission control checks what is put into clusters",
    severity: "high",
    phase: "stack",
    why: "It stops what nobody reviewed. On AWS and Google Cloud judged where the stack installs into the cluster.",
    remedy: {
      aws: "Install Kyverno or Gatekeeper, or label every namespace with a Pod Security level.",
      azure: "Set addonProfiles.azurepolicy.enabled.",
      gcp: "Add a gkehub.FeatureMembership with policycontroller, or install Kyverno or Gatekeeper.",
      kubernetes:
        "Label the namespace pod-security.kubernetes.io/enforce: restricted, or install an admission control.",
    },
  },
  "cluster-runtime-threat-detection": {
    title: "Attacks on running clusters are detected",
    severity: "medium",
    phase: "stack",
    why: "An intruder in a pod looks like a pod. On AWS judged where the stack sets up GuardDuty, or is a landing zone.",
    remedy: {
      aws: "Set the guardduty.DetectorFeature EKS_AUDIT_LOGS or RUNTIME_MONITORING to ENABLED.",
      azure: "Set securityProfile.defender.securityMonitoring.enabled.",
      gcp: "Set securityPostureConfig.mode to BASIC or ENTERPRISE.",
    },
  },
  "cluster-private-networking-mode": {
    title: "Clusters and pods have private addresses of the network",
    severity: "medium",
    phase: "stack",
    why: "Only then network rules, flow logs and private endpoints see pods as they see machines.",
    remedy: {
      aws: "Put vpcConfig.subnetIds into subnets without a route to an internet gateway.",
      azure: "Set networkProfile.networkPlugin to azure.",
      gcp: "Set networkingMode to VPC_NATIVE.",
    },
  },
  "cluster-dashboard-and-http-routing-off": {
    title: "Old add-ons that open clusters are off",
    severity: "medium",
    phase: "resource",
    why: "The dashboard and HTTP application routing are no longer kept, and face the internet.",
    remedy: {
      azure: "Leave addonProfiles httpApplicationRouting and kubeDashboard out.",
      gcp: "Leave addonsConfig cloudrunConfig and istioConfig out.",
    },
  },
  "cluster-csi-secret-rotation": {
    title: "Secrets that pods mount follow their rotation",
    severity: "low",
    phase: "resource",
    why: "A pod that keeps the old secret fails when the old one ends, so rotation is put off.",
    remedy: {
      aws: "Set enableSecretRotation in configurationValues of the secrets store add-on.",
      azure: 'Set addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation to "true".',
      gcp: "Set secretManagerConfig.rotationConfig.enabled.",
    },
  },
  "cluster-intranode-visibility-flowlogs": {
    title: "Traffic between pods is in the flow logs",
    severity: "low",
    phase: "stack",
    why: "An intruder moves from pod to pod; without flow logs nobody sees where.",
    remedy: {
      aws: "Add a FlowLog for the VPC of the cluster's subnets.",
      azure: "Add a FlowLog for the virtual network of the node pools.",
      gcp: "Set enableIntranodeVisibility.",
    },
  },
  "cluster-sla-tier": {
    title: "Control planes outside dev outlive a zone",
    severity: "medium",
    phase: "resource",
    why: "Without its control plane a cluster neither scales nor heals.",
    remedy: {
      aws: "Nothing to do: EKS spreads every control plane.",
      azure: "Set sku.tier to Standard or Premium.",
      gcp: "Set location to a region instead of a zone.",
    },
  },
};
