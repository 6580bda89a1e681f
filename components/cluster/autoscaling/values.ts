import { place } from "./discovery";

interface Hardening {
  readonly replicas: number;
  readonly imageTag: string;
}

/** Outside dev one of two leads and the other waits, in another zone where there is room. */
const spread = [
  {
    maxSkew: 1,
    topologyKey: "topology.kubernetes.io/zone",
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: { "app.kubernetes.io/instance": "cluster-autoscaler" } },
  },
];

/** How pools are chosen and emptied: as AKS's own autoscaler is told to, or does unasked. */
const behaviour = {
  expander: "least-waste",
  "balance-similar-node-groups": true,
  // A pod's scratch space does not hold a node.
  "skip-nodes-with-local-storage": false,
  // A pool below its min, because somebody took nodes or raised it outside, is filled up.
  "enforce-node-group-min-size": true,
};

/** Values of the chart: restricted, limited, ahead of the pods that it makes room for. https://github.com/kubernetes/autoscaler/tree/master/charts/cluster-autoscaler */
export const chartValues = ({ replicas, imageTag }: Hardening): Record<string, unknown> => ({
  fullnameOverride: "cluster-autoscaler",
  image: { repository: "registry.k8s.io/autoscaling/cluster-autoscaler", tag: imageTag },
  replicaCount: replicas,
  priorityClassName: "system-cluster-critical",
  podDisruptionBudget: { maxUnavailable: 1 },
  topologySpreadConstraints: spread,
  // It keeps every node and pod in memory; 600 MiB is what the EKS guides begin with.
  resources: {
    requests: { cpu: "50m", memory: "256Mi", "ephemeral-storage": "64Mi" },
    limits: { cpu: "1", memory: "768Mi", "ephemeral-storage": "512Mi" },
  },
  securityContext: {
    runAsNonRoot: true,
    runAsUser: 65534,
    runAsGroup: 65534,
    fsGroup: 65534,
    seccompProfile: { type: "RuntimeDefault" },
  },
  containerSecurityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
  },
  rbac: { create: true, serviceAccount: { create: true, name: place.serviceAccount } },
  service: { create: true, type: "ClusterIP" },
  extraArgs: behaviour,
});
