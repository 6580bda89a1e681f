// Objects of a cluster: one pod specification in every kind that carries one.
import type { Addition, Remediations } from "./remedy";

/** Where each kind keeps its pod specification. */
const pods: Readonly<Record<string, string>> = {
  "core.Pod": "spec",
  "apps.Deployment, apps.StatefulSet, apps.DaemonSet, apps.ReplicaSet, batch.Job": "spec.template.spec",
  "batch.CronJob": "spec.jobTemplate.spec.template.spec",
};

const inPods = (path: string, value: unknown): Readonly<Record<string, readonly Addition[]>> =>
  Object.fromEntries(Object.entries(pods).map(([types, pod]) => [types, [[`${pod}.${path}`, value]]]));

const inContainers = (path: string, value: unknown): Readonly<Record<string, readonly Addition[]>> =>
  Object.fromEntries(
    Object.entries(pods).map(([types, pod]) => [
      types,
      ["containers[]", "initContainers[]", "ephemeralContainers[]"].map(
        (each): Addition => [`${pod}.${each}.securityContext.${path}`, value],
      ),
    ]),
  );

export const workloads: Remediations = {
  "k8s-privilege-escalation": { kubernetes: inContainers("allowPrivilegeEscalation", false) },
  "k8s-drop-capabilities": { kubernetes: inContainers("capabilities.drop", ["ALL"]) },
  "k8s-seccomp": { kubernetes: inPods("securityContext.seccompProfile.type", "RuntimeDefault") },
  "k8s-service-account-token": {
    kubernetes: {
      ...inPods("automountServiceAccountToken", false),
      "core.ServiceAccount": [["automountServiceAccountToken", false]],
    },
  },
  "k8s-namespace-psa-label": {
    kubernetes: {
      "core.Namespace": [[["metadata", "labels", "pod-security.kubernetes.io/enforce"], "restricted"]],
    },
  },
};
