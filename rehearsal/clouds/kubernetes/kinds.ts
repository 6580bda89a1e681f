// What is special to a kind: scope, name form, what replaces it, what the API server won't change, how long it takes.
// Replacing fields are those of pulumi-kubernetes 4.34, provider/pkg/provider/diff.go.
import type { NameForm } from "./forms";

export interface Kind {
  readonly clusterWide?: boolean;
  /** @default "subdomain" */
  readonly name?: NameForm;
  /** Changes that the provider answers with a replacement, beside name and namespace. */
  readonly replaces?: readonly string[];
  /** Changes that the API server refuses and the provider doesn't foresee. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** Seconds until the provider's wait ends. Estimates: image pull and start of pods dominate. */
  readonly seconds?: readonly [create: number, remove: number];
}

const podReplaces = [
  "spec.affinity",
  "spec.automountServiceAccountToken",
  "spec.dnsConfig",
  "spec.dnsPolicy",
  "spec.hostIPC",
  "spec.hostNetwork",
  "spec.hostPID",
  "spec.imagePullSecrets",
  "spec.nodeName",
  "spec.nodeSelector",
  "spec.priorityClassName",
  "spec.restartPolicy",
  "spec.runtimeClassName",
  "spec.securityContext",
  "spec.serviceAccountName",
  "spec.terminationGracePeriodSeconds",
  "spec.volumes",
  "spec.containers",
  "spec.initContainers",
];
/** The rest of a running pod but for its deadline; tolerations may be added. */
const podFixed = Object.fromEntries(
  [
    ...["enableServiceLinks", "hostAliases", "hostUsers", "hostname", "os", "overhead", "preemptionPolicy"],
    ...["readinessGates", "resourceClaims", "schedulerName", "setHostnameAsFQDN", "shareProcessNamespace"],
    ...["subdomain", "tolerations", "topologySpreadConstraints"],
  ].map((key) => [
    `spec.${key}`,
    "Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)",
  ]),
);
const volumeSources = [
  "awsElasticBlockStore",
  "azureDisk",
  "azureFile",
  "csi",
  "gcePersistentDisk",
  "hostPath",
  "local",
  "nfs",
];
const clusterWide: Kind = { clusterWide: true };

export const special: Readonly<Record<string, Kind>> = {
  "core/v1:Namespace": { clusterWide: true, name: "label", seconds: [1, 15] },
  "core/v1:Node": clusterWide,
  "core/v1:PersistentVolume": { clusterWide: true, replaces: volumeSources.map((source) => `spec.${source}`) },
  "core/v1:PersistentVolumeClaim": {
    replaces: ["spec.accessModes", "spec.selector", "spec.storageClassName", "spec.volumeName"],
    fixed: Object.fromEntries(
      ["dataSource", "dataSourceRef", "resources.limits", "volumeMode"].map((key) => [
        `spec.${key}`,
        "Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims",
      ]),
    ),
    seconds: [3, 10],
  },
  "core/v1:Pod": { replaces: podReplaces, fixed: podFixed, seconds: [20, 30] },
  "core/v1:ConfigMap": { replaces: ["data", "binaryData"] },
  "core/v1:Secret": { replaces: ["type", "data", "stringData"] },
  "core/v1:Service": {
    name: "dns1035",
    replaces: ["spec.clusterIP"],
    fixed: {
      "spec.healthCheckNodePort": "Forbidden: field is immutable",
      "spec.ipFamilies.0": "Invalid value: may not change once set",
      "spec.loadBalancerClass": "Invalid value: may not change once set",
    },
    seconds: [10, 5],
  },
  "core/v1:ResourceQuota": { replaces: ["spec.scopes"] },
  "core/v1:ServiceAccount": {},
  "apps/v1:Deployment": { replaces: ["spec.selector"], seconds: [30, 15] },
  "apps/v1:DaemonSet": { replaces: ["spec.selector"], seconds: [40, 15] },
  "apps/v1:StatefulSet": {
    replaces: [
      "spec.podManagementPolicy",
      "spec.revisionHistoryLimit",
      "spec.selector",
      "spec.serviceName",
      "spec.volumeClaimTemplates",
    ],
    seconds: [60, 30],
  },
  "apps/v1:ReplicaSet": { fixed: { "spec.selector": "Invalid value: field is immutable" } },
  "batch/v1:Job": {
    replaces: ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"],
    fixed: {
      "spec.completionMode": "Invalid value: field is immutable",
      "spec.podFailurePolicy": "Invalid value: field is immutable",
    },
    seconds: [30, 5],
  },
  // 52: the controller adds 11 characters to make the names of its Jobs.
  "batch/v1:CronJob": { seconds: [1, 5] },
  "networking.k8s.io/v1:Ingress": { seconds: [60, 30] },
  "networking.k8s.io/v1:IngressClass": {
    clusterWide: true,
    fixed: { "spec.controller": "Invalid value: field is immutable" },
  },
  "networking.k8s.io/v1:IPAddress": clusterWide,
  "networking.k8s.io/v1:ServiceCIDR": clusterWide,
  "rbac.authorization.k8s.io/v1:ClusterRole": { clusterWide: true, name: "segment" },
  "rbac.authorization.k8s.io/v1:ClusterRoleBinding": { clusterWide: true, name: "segment", replaces: ["roleRef"] },
  "rbac.authorization.k8s.io/v1:Role": { name: "segment" },
  "rbac.authorization.k8s.io/v1:RoleBinding": { name: "segment", replaces: ["roleRef"] },
  "storage.k8s.io/v1:StorageClass": {
    clusterWide: true,
    replaces: ["parameters", "provisioner"],
    fixed: {
      reclaimPolicy: "Forbidden: updates to reclaimPolicy are forbidden.",
      volumeBindingMode: "Invalid value: field is immutable",
    },
  },
  "storage.k8s.io/v1:CSIDriver": clusterWide,
  "storage.k8s.io/v1:CSINode": clusterWide,
  "storage.k8s.io/v1:VolumeAttachment": clusterWide,
  "storage.k8s.io/v1:VolumeAttributesClass": clusterWide,
  "policy/v1:PodDisruptionBudget": { name: "segment" },
  "scheduling.k8s.io/v1:PriorityClass": {
    clusterWide: true,
    fixed: {
      value: "Forbidden: may not be changed in an update.",
      preemptionPolicy: "Invalid value: field is immutable",
    },
  },
  "apiextensions.k8s.io/v1:CustomResourceDefinition": {
    clusterWide: true,
    fixed: {
      "spec.scope": "Invalid value: field is immutable",
      "spec.names.kind": "Invalid value: field is immutable",
    },
    seconds: [3, 5],
  },
  "admissionregistration.k8s.io/v1:MutatingWebhookConfiguration": clusterWide,
  "admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration": clusterWide,
  "admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy": clusterWide,
  "admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding": clusterWide,
  "admissionregistration.k8s.io/v1:MutatingAdmissionPolicy": clusterWide,
  "admissionregistration.k8s.io/v1:MutatingAdmissionPolicyBinding": clusterWide,
  "apiregistration.k8s.io/v1:APIService": clusterWide,
  "certificates.k8s.io/v1:CertificateSigningRequest": clusterWide,
  "flowcontrol.apiserver.k8s.io/v1:FlowSchema": clusterWide,
  "flowcontrol.apiserver.k8s.io/v1:PriorityLevelConfiguration": clusterWide,
  "node.k8s.io/v1:RuntimeClass": clusterWide,
};
