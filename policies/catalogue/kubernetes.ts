// What runs in a cluster, and what the cluster shows.
import type { Texts } from ".";

const pod = (title: string, severity: Texts[string]["severity"], why: string, kubernetes: string): Texts[string] => ({
  title,
  severity,
  phase: "resource",
  why,
  remedy: { kubernetes },
});

export const kubernetes: Texts = {
  "k8s-privileged": pod(
    "Containers aren't privileged",
    "critical",
    "A privileged container is root on its node.",
    "Remove securityContext.privileged; grant the one capability that is needed.",
  ),
  "k8s-privilege-escalation": pod(
    "Containers can't gain privileges",
    "high",
    "A setuid binary must not give a process more than its container was given.",
    "Set securityContext.allowPrivilegeEscalation to false on every container.",
  ),
  "k8s-run-as-non-root": pod(
    "Containers don't run as root",
    "high",
    "Root in a container is root on the node once the wall between them has a hole.",
    "Set runAsNonRoot to true on the pod or its containers, and a runAsUser other than 0.",
  ),
  "k8s-drop-capabilities": pod(
    "Containers drop all capabilities",
    "high",
    "The default capabilities allow raw sockets and more that no service needs.",
    "Set capabilities.drop to [ALL]; add NET_BIND_SERVICE where a low port is needed.",
  ),
  "k8s-host-namespaces": pod(
    "Pods stay out of the node's namespaces",
    "critical",
    "In the node's own network or process list a pod sees and reaches what it should not.",
    "Remove hostNetwork, hostPID and hostIPC.",
  ),
  "k8s-host-path": pod(
    "Pods mount nothing of the node",
    "high",
    "A path of the node, the container runtime's socket above all, is a way out of the container.",
    "Use configMap, secret, emptyDir, persistentVolumeClaim or csi volumes instead of hostPath.",
  ),
  "k8s-host-ports": pod(
    "Containers open no port of the node",
    "medium",
    "A port of the node goes around services and network policies.",
    "Remove hostPort; use a Service.",
  ),
  "k8s-seccomp": pod(
    "Containers run under a seccomp profile",
    "medium",
    "Without one every system call of the kernel is open to attack.",
    "Set securityContext.seccompProfile.type to RuntimeDefault on the pod.",
  ),
  "k8s-apparmor-selinux-procmount-sysctl": pod(
    "Pods leave AppArmor, SELinux, /proc and sysctls as they are safe",
    "medium",
    "Each of them is a wall between a container and its node.",
    "Remove the setting, or use a value of the baseline Pod Security Standard.",
  ),
  "k8s-read-only-root": pod(
    "Containers can't write to their image",
    "medium",
    "What can't be written to can't be changed by an intruder.",
    "Set securityContext.readOnlyRootFilesystem to true; mount an emptyDir where files are written.",
  ),
  "k8s-service-account-token": {
    title: "Pods hold no API token that they don't need",
    severity: "medium",
    phase: "stack",
    why: "A stolen token speaks to the cluster's API as the pod. Accounts with a binding in the same stack need theirs.",
    remedy: { kubernetes: "Set automountServiceAccountToken to false on the pod or its ServiceAccount." },
  },
  "k8s-image-pinned": pod(
    "Images and charts are pinned, and from allowed registries",
    "high",
    "A tag that moves runs other code tomorrow than was reviewed today. Registries: the setting allowedRegistries.",
    "Name the image by digest or a fixed tag, and a chart by an exact version; pull with Always or IfNotPresent.",
  ),
  "k8s-resources": pod(
    "Containers ask for CPU and memory, and have a memory limit",
    "low",
    "Without requests the scheduler and the autoscaler are blind; without a limit one pod starves its node.",
    "Set resources.requests.cpu, resources.requests.memory and resources.limits.memory.",
  ),
  "k8s-probes": pod(
    "Services have liveness and readiness probes",
    "low",
    "Without them traffic goes to pods that can't answer.",
    "Set livenessProbe and readinessProbe on every container.",
  ),
  "k8s-replicas-pdb-spread": {
    title: "Services have two replicas, a disruption budget and are spread",
    severity: "low",
    phase: "stack",
    why: "One pod, or two on one node, go down with it. Not asked in dev and preview.",
    remedy: {
      kubernetes:
        "Set replicas (or the autoscaler's minReplicas) to 2, add a PodDisruptionBudget and topologySpreadConstraints.",
    },
  },
  "k8s-namespace-psa-label": pod(
    "Namespaces enforce a pod security standard, and workloads have a namespace",
    "high",
    "Without the label the cluster admits anything; in default everything lies together.",
    "Label the namespace pod-security.kubernetes.io/enforce: restricted, and set metadata.namespace on workloads.",
  ),
  "k8s-default-deny-network-policy": {
    title: "Namespaces deny traffic that no policy names",
    severity: "high",
    phase: "stack",
    why: "Without a policy every pod of the cluster reaches every other. Asked of each namespace that the stack makes.",
    remedy: {
      kubernetes: "Add a NetworkPolicy with an empty podSelector and policyTypes Ingress and Egress to the namespace.",
    },
  },
  "k8s-rbac-least": pod(
    "Roles of the cluster name what they grant",
    "critical",
    "Wildcards, cluster-admin, all secrets or exec into pods are the whole cluster in the end.",
    "Name verbs and resources, secrets by resourceNames; bind to accounts of their own, never to default or system:masters.",
  ),
  "k8s-ingress-tls-and-exposure": pod(
    "Entrances have TLS, and nothing else is open to the world",
    "high",
    "A NodePort or an outer load balancer goes around the one guarded entrance.",
    "Set spec.tls on an Ingress; use ClusterIP, an internal load balancer or loadBalancerSourceRanges on a Service.",
  ),
  "k8s-quota-limitrange": {
    title: "Namespaces have a quota and limits",
    severity: "low",
    phase: "stack",
    why: "One namespace must not take the cluster from the others. Not asked in dev and preview.",
    remedy: { kubernetes: "Add a ResourceQuota and a LimitRange to the namespace." },
  },
  "k8s-pv-encrypted-storageclass": {
    title: "Volumes of the cluster are encrypted",
    severity: "high",
    phase: "stack",
    why: "Some provisioners encrypt only when their class says so, and EKS's gp2 class doesn't.",
    remedy: { kubernetes: 'Set parameters.encrypted to "true" on the StorageClass, and name that class in claims.' },
  },
  "k8s-recommended-labels": pod(
    "Workloads carry the recommended labels",
    "low",
    "Labels tell what belongs together. More than app.kubernetes.io/name is the setting requiredLabels.",
    "Add app.kubernetes.io/name to metadata.labels and the template's labels.",
  ),
};
