// API versions that Kubernetes has taken away, and in which release: `APILifecycleRemoved` of k8s.io/api 0.35, and what
// pulumi-kubernetes adds to it (provider/pkg/kinds/deprecated.go).
import type { Moment } from "../row";
import { pick, text } from "../values";
import { clusterOf } from "./place";

interface Removal {
  /** Minor release of Kubernetes 1 that has them no more. */
  readonly in: number;
  readonly kinds: readonly string[];
  /** Where the same kinds are now; none: nowhere. */
  readonly now?: string;
}

const workloads = ["ControllerRevision", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"];
const roles = ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"];
const flows = ["FlowSchema", "PriorityLevelConfiguration"];
const webhooks = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];

/** By group and version. */
const removals: Readonly<Record<string, readonly Removal[]>> = {
  "admissionregistration.k8s.io/v1alpha1": [
    { in: 32, kinds: ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"] },
  ],
  "admissionregistration.k8s.io/v1beta1": [
    { in: 22, kinds: webhooks, now: "admissionregistration.k8s.io/v1" },
    { in: 34, kinds: ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"] },
  ],
  "apiextensions.k8s.io/v1beta1": [{ in: 22, kinds: ["CustomResourceDefinition"], now: "apiextensions.k8s.io/v1" }],
  "apps/v1beta1": [{ in: 16, kinds: workloads, now: "apps/v1" }],
  "apps/v1beta2": [{ in: 16, kinds: workloads, now: "apps/v1" }],
  "autoscaling/v2beta1": [{ in: 25, kinds: ["HorizontalPodAutoscaler"], now: "autoscaling/v2" }],
  "autoscaling/v2beta2": [{ in: 26, kinds: ["HorizontalPodAutoscaler"], now: "autoscaling/v2" }],
  "batch/v1beta1": [{ in: 25, kinds: ["CronJob"], now: "batch/v1" }],
  "batch/v2alpha1": [{ in: 21, kinds: ["CronJob"], now: "batch/v1" }],
  "certificates.k8s.io/v1beta1": [{ in: 22, kinds: ["CertificateSigningRequest"], now: "certificates.k8s.io/v1" }],
  "coordination.k8s.io/v1beta1": [{ in: 22, kinds: ["Lease"], now: "coordination.k8s.io/v1" }],
  "discovery.k8s.io/v1beta1": [{ in: 25, kinds: ["EndpointSlice"], now: "discovery.k8s.io/v1" }],
  "events.k8s.io/v1beta1": [{ in: 25, kinds: ["Event"] }],
  "extensions/v1beta1": [
    { in: 16, kinds: ["DaemonSet", "Deployment", "ReplicaSet"], now: "apps/v1" },
    { in: 16, kinds: ["NetworkPolicy"], now: "networking.k8s.io/v1" },
    { in: 16, kinds: ["PodSecurityPolicy"], now: "policy/v1beta1" },
    { in: 22, kinds: ["Ingress"], now: "networking.k8s.io/v1" },
  ],
  "flowcontrol.apiserver.k8s.io/v1beta1": [{ in: 26, kinds: flows, now: "flowcontrol.apiserver.k8s.io/v1beta3" }],
  "flowcontrol.apiserver.k8s.io/v1beta2": [{ in: 29, kinds: flows, now: "flowcontrol.apiserver.k8s.io/v1beta3" }],
  "flowcontrol.apiserver.k8s.io/v1beta3": [{ in: 32, kinds: flows, now: "flowcontrol.apiserver.k8s.io/v1" }],
  "networking.k8s.io/v1beta1": [{ in: 22, kinds: ["Ingress", "IngressClass"], now: "networking.k8s.io/v1" }],
  "node.k8s.io/v1beta1": [{ in: 25, kinds: ["RuntimeClass"] }],
  "policy/v1beta1": [
    { in: 25, kinds: ["PodDisruptionBudget"], now: "policy/v1" },
    { in: 25, kinds: ["PodSecurityPolicy"] },
  ],
  "rbac.authorization.k8s.io/v1alpha1": [{ in: 20, kinds: roles, now: "rbac.authorization.k8s.io/v1" }],
  "rbac.authorization.k8s.io/v1beta1": [{ in: 22, kinds: roles, now: "rbac.authorization.k8s.io/v1" }],
  "scheduling.k8s.io/v1alpha1": [{ in: 17, kinds: ["PriorityClass"], now: "scheduling.k8s.io/v1" }],
  "scheduling.k8s.io/v1beta1": [{ in: 22, kinds: ["PriorityClass"], now: "scheduling.k8s.io/v1" }],
  "storage.k8s.io/v1alpha1": [
    { in: 24, kinds: ["VolumeAttachment"], now: "storage.k8s.io/v1" },
    { in: 24, kinds: ["CSIStorageCapacity"], now: "storage.k8s.io/v1beta1" },
  ],
  "storage.k8s.io/v1beta1": [
    { in: 22, kinds: ["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"], now: "storage.k8s.io/v1" },
    { in: 27, kinds: ["CSIStorageCapacity"], now: "storage.k8s.io/v1" },
  ],
};

/** Minor release of a cluster, as its settings ask for it; undefined where the cloud chooses. */
export function minorOf(moment: Pick<Moment, "place" | "account">): number | undefined {
  const standing = clusterOf(moment);
  if (typeof standing === "string") return undefined;
  const { inputs, outputs } = standing.item;
  const said = ["version", "kubernetesVersion", "minMasterVersion", "masterVersion"]
    .flatMap((key) => [pick(inputs, key), pick(outputs, key)])
    .map(text)
    .find((one) => one !== undefined && /^1\.\d+/.test(one));
  return said === undefined ? undefined : Number(/^1\.(\d+)/.exec(said)?.[1]);
}

/**
 * What the provider says of a kind that the cluster has no more. A cluster whose cloud chooses its version has a recent
 * one. Undefined: it was never taken away, or only later.
 */
export function removedWords(group: string, version: string, kind: string, minor = Infinity): string | undefined {
  const found = removals[`${group}/${version}`]?.find(({ kinds }) => kinds.includes(kind));
  if (found === undefined || minor < found.in) return undefined;
  const own = `${group}/${version}/${kind}`;
  const use = found.now === undefined ? own : `${found.now}/${kind}`;
  return (
    `apiVersion "${own}" was removed in Kubernetes 1.${found.in}. Use "${use}" instead.\n` +
    `See https://git.k8s.io/kubernetes/CHANGELOG/CHANGELOG-1.${found.in}.md#deprecation for more information.`
  );
}
