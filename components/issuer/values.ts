import type * as pulumi from "@pulumi/pulumi";

interface Hardening {
  readonly replicas: number;
  readonly serviceAccount: string;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly annotations: pulumi.Input<Readonly<Record<string, string>>>;
}

const resources = {
  requests: { cpu: "20m", memory: "128Mi" },
  limits: { memory: "256Mi" },
};
const containerSecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
};
const securityContext = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };

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
    serviceAccount: { name: serviceAccount, annotations },
    podLabels,
    // Names are asked of public servers: the cluster's own would say yes before the world does.
    dns01RecursiveNameserversOnly: true,
    dns01RecursiveNameservers: "1.1.1.1:53,8.8.8.8:53",
    webhook: { ...part, timeoutSeconds: 10 },
    cainjector: part,
    startupapicheck: { resources, securityContext, containerSecurityContext },
    prometheus: { enabled: true },
  };
}
