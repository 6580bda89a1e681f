import type { ClusterArgs } from "@pulumi/gcp/container";
import type * as pulumi from "@pulumi/pulumi";
import type { CompleteClusterArgs } from ".";

type Choice = Pick<CompleteClusterArgs, "apiAllowList" | "channel" | "maintenanceDay" | "maintenanceHour">;

/** 2026-01-04 was a Sunday: the window's first day counts from there. */
const firstSunday = Date.UTC(2026, 0, 4);
const days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;
const hour = 3_600_000;
/**
 * GKE refuses less than 48 hours of maintenance in 32 days, and a weekly window comes round four times in them for sure.
 * https://cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions#maintenance_windows
 */
const windowHours = 12;

export function maintenancePolicy({ channel, maintenanceDay, maintenanceHour }: Choice) {
  const day = days.indexOf(maintenanceDay);
  const start = firstSunday + day * 24 * hour + maintenanceHour * hour;
  const time = (at: number) => new Date(at).toISOString().replace(".000", "");
  return {
    recurringWindow: {
      startTime: time(start),
      endTime: time(start + windowHours * hour),
      recurrence: `FREQ=WEEKLY;BYDAY=${maintenanceDay.slice(0, 2).toUpperCase()}`,
    },
    // Channels bring patches by themselves; a minor comes when `version` says so, or when Google stops supporting ours.
    ...(channel === "regular"
      ? {
          maintenanceExclusions: [
            {
              exclusionName: "minors-by-config",
              startTime: time(firstSunday),
              exclusionOptions: { scope: "NO_MINOR_UPGRADES", endTimeBehavior: "UNTIL_END_OF_SUPPORT" },
            },
          ],
        }
      : {}),
  };
}

/** Who reaches the API server: the network, and what is allowed from outside of it (CLU-05). Without that, it has no public address. */
export const apiAccess = ({ apiAllowList }: Choice, network: pulumi.Input<string>) => ({
  privateClusterConfig: {
    enablePrivateNodes: true,
    enablePrivateEndpoint: apiAllowList.length === 0,
    // From the standby's region, or over a connection that ends in another one.
    masterGlobalAccessConfig: { enabled: true },
  },
  masterAuthorizedNetworksConfig: {
    gcpPublicCidrsAccessEnabled: false,
    privateEndpointEnforcementEnabled: true,
    cidrBlocks: [
      { cidrBlock: network, displayName: "network" },
      ...apiAllowList.map((cidrBlock) => ({ cidrBlock, displayName: "allowed" })),
    ],
  },
  // The name that Google gives the API server goes by IAM alone, past the list above: only from inside.
  controlPlaneEndpointsConfig: {
    dnsEndpointConfig: { allowExternalTraffic: false, enableK8sCertsViaDns: false, enableK8sTokensViaDns: false },
  },
});

/** Every log that the control plane has (CLU-08); audit logs come on top, by themselves. */
const logged = [
  "SYSTEM_COMPONENTS",
  "WORKLOADS",
  "APISERVER",
  "CONTROLLER_MANAGER",
  "SCHEDULER",
  "KCP_CONNECTION",
  "KCP_SSHD",
  "KCP_HPA",
];
/** Metrics of the system are free; the others are billed by the sample. */
const measured = {
  free: ["SYSTEM_COMPONENTS"],
  billed: [
    "APISERVER",
    "CONTROLLER_MANAGER",
    "SCHEDULER",
    "STORAGE",
    "POD",
    "DEPLOYMENT",
    "STATEFULSET",
    "DAEMONSET",
    "HPA",
    "CADVISOR",
    "KUBELET",
  ],
};

/** What is the same in every cluster; nothing here depends on the network or keys. */
export const hardening = (frugal: boolean) =>
  ({
    networkingMode: "VPC_NATIVE",
    // Cilium by Google: network policies and their logs are part of it (NET-15).
    datapathProvider: "ADVANCED_DATAPATH",
    enableIntranodeVisibility: true,
    enableL4IlbSubsetting: true,
    serviceExternalIpsConfig: { enabled: false },
    enableShieldedNodes: true,
    // No way in beside Google login: no attribute-based rules, no certificates, nothing for the anonymous.
    enableLegacyAbac: false,
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    anonymousAuthenticationConfig: { mode: "LIMITED" },
    rbacBindingConfig: {
      enableInsecureBindingSystemAuthenticated: false,
      enableInsecureBindingSystemUnauthenticated: false,
    },
    // The project's own policy decides which images run, for all of its clusters; it admits everything until its owner
    // writes one (attestors are a matter of the release pipeline), and holds here at once when he does.
    binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
    // Scanning of running workloads was given up by Google in 2025; images are scanned in the registry.
    // https://cloud.google.com/kubernetes-engine/docs/deprecations/vulnerability-scanning-gkee
    securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_DISABLED" },
    secretManagerConfig: { enabled: true, rotationConfig: { enabled: true, rotationInterval: "120s" } },
    loggingConfig: { enableComponents: logged },
    monitoringConfig: {
      enableComponents: [...measured.free, ...(frugal ? [] : measured.billed)],
      managedPrometheus: { enabled: true },
      advancedDatapathObservabilityConfig: { enableMetrics: true, enableRelay: false },
    },
    costManagementConfig: { enabled: true },
    verticalPodAutoscaling: { enabled: true },
    gatewayApiConfig: { channel: "CHANNEL_STANDARD" },
    addonsConfig: {
      httpLoadBalancing: { disabled: false },
      horizontalPodAutoscaling: { disabled: false },
      gcePersistentDiskCsiDriverConfig: { enabled: true },
      dnsCacheConfig: { enabled: true },
      // Calico's switch; Dataplane V2 has its own engine.
      networkPolicyConfig: { disabled: true },
    },
    nodePoolDefaults: { nodeConfigDefaults: { insecureKubeletReadonlyPortEnabled: "FALSE" } },
  }) satisfies ClusterArgs;
