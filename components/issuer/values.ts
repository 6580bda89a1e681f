import type * as pulumi from "@pulumi/pulumi";

interface Hardening {
  readonly replicas: number;
  readonly serviceAccount: string;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly annotations: pulumi.Input<Readonly<Record<string, string>>>;
}

/** Its containers write nothing but logs, of which a node keeps five files of 50 MiB at most (AKS). */
const resources = {
  requests: { cpu: "20m", memory: "128Mi", "ephemeral-storage": "64Mi" },
  limits: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "512Mi" },
};
const containerSecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
};
/** The image's own user has an id that a person on the node may have too; it takes any. */
const securityContext = {
  runAsNonRoot: true,
  runAsUser: 65532,
  runAsGroup: 65532,
  fsGroup: 65532,
  seccompProfile: { type: "RuntimeDefault" },
};

/** Where there are two, in two zones if there is room: a budget keeps one from being moved, not from going down with its node. */
const spread = (component: string) => ({
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: {
        matchLabels: { "app.kubernetes.io/instance": "cert-manager", "app.kubernetes.io/component": component },
      },
    },
  ],
});

/** Values of cert-manager's chart: its three deployments restricted, limited and, outside dev, twice there. */
export function chartValues({ replicas, serviceAccount, podLabels, annotations }: Hardening): Record<string, unknown> {
  const part = {
    replicaCount: replicas,
    resources,
    securityContext,
    containerSecurityContext,
    podDisruptionBudget: { enabled: replicas > 1, ...(replicas > 1 && { minAvailable: 1 }) },
  };
  return {
    // Removing the release by mistake must not delete every certificate of the cluster.
    crds: { enabled: true, keep: true },
    global: { leaderElection: { namespace: "cert-manager" } },
    ...part,
    ...spread("controller"),
    serviceAccount: { name: serviceAccount, annotations },
    podLabels,
    // Names are asked of public servers: the cluster's own would say yes before the world does.
    dns01RecursiveNameserversOnly: true,
    dns01RecursiveNameservers: "1.1.1.1:53,8.8.8.8:53",
    webhook: { ...part, ...spread("webhook"), timeoutSeconds: 10 },
    cainjector: { ...part, ...spread("cainjector") },
    startupapicheck: { resources, securityContext, containerSecurityContext },
    prometheus: { enabled: true },
  };
}
