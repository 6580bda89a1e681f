// Values that fields may have, kind by kind: found as those of a pod. k8s.io/kubernetes pkg/apis/*/validation, release 1.35.
import type { Value } from "../../row";
import { isSet, number, object, text } from "../../values";
import { claimAt, claimless } from "./claim";
import { failures } from "./job";
import {
  address,
  atLeast,
  type Below,
  between,
  both,
  exactly,
  filled,
  form,
  label,
  oneFieldOf,
  oneOf,
  qualified,
  type Rule,
  type Rules,
  share,
  twice,
} from "./rules";
import { scaled, scaler } from "./scaler";
import { chosen, selector } from "./selectors";

/** An object of another group in the same namespace. */
const referred = (at: string): Rules => ({
  [`${at}.apiGroup`]: both(filled, form("subdomain")),
  [`${at}.kind`]: both(filled, form("segment")),
  [`${at}.name`]: both(filled, form("segment")),
});
const backend = (at: string): Rules => ({
  [at]: oneFieldOf(["service", "resource"], 'Invalid value: "": resource or service backend is required'),
  ...referred(`${at}.resource`),
  [`${at}.service.name`]: both(filled, form("dns1035")),
});

/** Where a class's parameters lie. */
const parameters: Rule = (value) => {
  const { scope, namespace } = object(value);
  if (typeof scope === "symbol" || typeof namespace === "symbol") return undefined;
  if (scope === "Namespace" && !isSet(namespace))
    return [["namespace", "Required value: `parameters.scope` is set to 'Namespace'"]];
  return scope !== "Namespace" && isSet(namespace)
    ? [["namespace", "Forbidden: `parameters.scope` is set to 'Cluster'"]]
    : undefined;
};

/** A host of a certificate, perhaps `*.example.com`. */
const host: Rule = (value) => {
  const given = text(value);
  return given === undefined ? undefined : (filled(given) ?? form("subdomain")(given.replace(/^\*\./, "")));
};

/** `example.com/controller` */
const domainPath: Rule = (value) => {
  const given = text(value);
  if (given === undefined || given === "") return filled(value);
  const [domain = "", ...path] = given.split("/");
  const wrong = form("subdomain")(domain);
  if (wrong !== undefined) return `Invalid value: "${given}": ${String(wrong)}`;
  return path.join("").length === 0 || !/^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(path.join("/"))
    ? `Invalid value: "${given}": must be a domain-prefixed path (such as "acme.io/foo")`
    : undefined;
};

const peers = (way: "ingress" | "egress"): Rules => ({
  [`spec.${way}.*.${way === "ingress" ? "from" : "to"}.*.namespaceSelector`]: selector,
  [`spec.${way}.*.${way === "ingress" ? "from" : "to"}.*.podSelector`]: selector,
  [`spec.${way}.*.ports.*.protocol`]: exactly("TCP", "UDP", "SCTP"),
});

/** Subjects that aren't accounts are of one group, which may be left out but not be another. */
const subject: Rule = (value) => {
  const { kind, name, apiGroup } = object(value);
  const found: Below[] = [];
  const wrong = kind === "ServiceAccount" && typeof name === "string" ? form("subdomain")(name) : undefined;
  if (typeof wrong === "string") found.push(["name", wrong]);
  const other = typeof apiGroup === "string" && apiGroup !== "" && apiGroup !== "rbac.authorization.k8s.io";
  if ((kind === "User" || kind === "Group") && other)
    found.push(["apiGroup", `Unsupported value: "${apiGroup}": supported values: "rbac.authorization.k8s.io"`]);
  return found;
};
const subjects: Rules = {
  "roleRef.kind": filled,
  "roleRef.name": both(filled, form("segment")),
  "subjects.*": subject,
  "subjects.*.kind": exactly("ServiceAccount", "User", "Group"),
};

/** Terms that say the same, and those that say nothing. */
const topologies: Rule = (value) => {
  const said = (Array.isArray(value) ? value : []).map((one) =>
    JSON.stringify(object(one)["matchLabelExpressions"] ?? []),
  );
  return said.flatMap((one, index): readonly Below[] =>
    said.indexOf(one) === index && one !== "[]" ? [] : [[`${index}.matchLabelExpressions`, 'Duplicate value: ""']],
  );
};

/** What rolls a DaemonSet is one of the two; left out, one pod at a time is missing. */
const rolling: Rule = (value) => {
  const { maxSurge, maxUnavailable } = object(value);
  if (typeof maxSurge === "symbol" || typeof maxUnavailable === "symbol") return undefined;
  const nought = (one: Value | undefined): boolean => one === 0 || one === "0%";
  const surges = maxSurge !== undefined && !nought(maxSurge);
  const misses = !nought(maxUnavailable ?? 1);
  if (surges && misses)
    return [["maxSurge", `Invalid value: ${JSON.stringify(maxSurge)}: may not be set when maxUnavailable is non-zero`]];
  return surges || misses ? undefined : [["maxUnavailable", "Required value: cannot be 0 when maxSurge is 0"]];
};

export const ofKind: Readonly<Record<string, Rules>> = {
  "apps/v1:DaemonSet": {
    "spec.selector": chosen("daemonset"),
    "spec.updateStrategy.rollingUpdate": rolling,
    "spec.updateStrategy.rollingUpdate.maxSurge": share(100),
    "spec.updateStrategy.rollingUpdate.maxUnavailable": share(100),
  },
  "apps/v1:Deployment": {
    "spec.selector": chosen("deployment"),
    "spec.strategy.rollingUpdate.maxSurge": share(),
    "spec.strategy.rollingUpdate.maxUnavailable": share(100),
  },
  "apps/v1:ReplicaSet": {
    "spec.minReadySeconds": atLeast(0),
    "spec.replicas": atLeast(0),
    "spec.selector": chosen("deployment"),
  },
  "apps/v1:StatefulSet": {
    "spec.ordinals.start": atLeast(0),
    "spec.persistentVolumeClaimRetentionPolicy.whenDeleted": oneOf("Delete", "Retain"),
    "spec.persistentVolumeClaimRetentionPolicy.whenScaled": oneOf("Delete", "Retain"),
    "spec.selector": chosen("statefulset"),
    "spec.serviceName": form("label"),
    "spec.updateStrategy.rollingUpdate.maxUnavailable": both(share(100), (value) =>
      value === 0 || value === "0%" ? `Invalid value: ${value}: cannot be 0` : undefined,
    ),
    "spec.updateStrategy.rollingUpdate.partition": atLeast(0),
    "spec.volumeClaimTemplates.*": (value) => [
      ...(isSet(object(value)["spec"]) ? [] : claimless("spec")),
      ...(isSet(object(object(value)["metadata"])["name"]) ? [] : [["metadata.name", "Required value"] as const]),
    ],
    "spec.volumeClaimTemplates.*.metadata.name": both(filled, form("label")),
    ...claimAt("spec.volumeClaimTemplates.*.spec"),
  },
  "autoscaling/v1:HorizontalPodAutoscaler": scaled,
  "autoscaling/v2:HorizontalPodAutoscaler": scaler,
  "batch/v1:CronJob": failures("spec.jobTemplate.spec"),
  "batch/v1:Job": failures("spec"),
  "core/v1:Pod": { "spec.restartPolicy": oneOf("Always", "OnFailure", "Never") },
  "core/v1:PersistentVolumeClaim": claimAt("spec"),
  "core/v1:Service": {
    "spec.clusterIP": (value) => (value === "" || value === "None" ? undefined : address(value)),
    "spec.externalIPs.*": address,
    "spec.internalTrafficPolicy": exactly("Cluster", "Local"),
    "spec.ipFamilies.*": exactly("IPv4", "IPv6"),
    "spec.ipFamilyPolicy": exactly("PreferDualStack", "RequireDualStack", "SingleStack"),
    "spec.loadBalancerClass": qualified,
    "spec.ports.*.appProtocol": qualified,
    "spec.selector.*": label,
    "spec.sessionAffinityConfig.clientIP.timeoutSeconds": (value) =>
      between(1, 86_400)(value) && `Invalid value: ${number(value)}: must be greater than 0 and less than 86400`,
    "spec.trafficDistribution": exactly("PreferClose", "PreferSameZone", "PreferSameNode"),
  },
  "networking.k8s.io/v1:Ingress": {
    ...backend("spec.defaultBackend"),
    "spec.ingressClassName": both(filled, form("subdomain")),
    "spec.rules.*.http.paths": filled,
    ...backend("spec.rules.*.http.paths.*.backend"),
    "spec.tls.*.hosts.*": host,
    "spec.tls.*.secretName": form("subdomain"),
  },
  "networking.k8s.io/v1:IngressClass": {
    "spec.controller": domainPath,
    "spec.parameters": parameters,
    ...referred("spec.parameters"),
    "spec.parameters.namespace": both(filled, form("label")),
    "spec.parameters.scope": exactly("Cluster", "Namespace"),
  },
  "networking.k8s.io/v1:NetworkPolicy": {
    "spec.podSelector": selector,
    "spec.policyTypes": (value) =>
      Array.isArray(value) && value.length > 2
        ? `Invalid value: ${JSON.stringify(value)}: may not specify more than two policyTypes`
        : undefined,
    "spec.policyTypes.*": exactly("Egress", "Ingress"),
    ...peers("egress"),
    ...peers("ingress"),
  },
  "policy/v1:PodDisruptionBudget": {
    "spec.selector": selector,
    "spec.unhealthyPodEvictionPolicy": exactly("AlwaysAllow", "IfHealthyBudget"),
  },
  "rbac.authorization.k8s.io/v1:ClusterRole": {
    aggregationRule: (value) => {
      const { clusterRoleSelectors } = object(value);
      return typeof clusterRoleSelectors === "symbol" ||
        (Array.isArray(clusterRoleSelectors) && clusterRoleSelectors.length > 0)
        ? undefined
        : [
            [
              "clusterRoleSelectors",
              "Required value: at least one clusterRoleSelector required if aggregationRule is non-nil",
            ],
          ];
    },
    "aggregationRule.clusterRoleSelectors.*": selector,
  },
  "rbac.authorization.k8s.io/v1:ClusterRoleBinding": subjects,
  "rbac.authorization.k8s.io/v1:RoleBinding": subjects,
  "scheduling.k8s.io/v1:PriorityClass": { preemptionPolicy: exactly("PreemptLowerPriority", "Never") },
  "storage.k8s.io/v1:StorageClass": {
    allowedTopologies: topologies,
    "allowedTopologies.*.matchLabelExpressions": twice("key"),
    "allowedTopologies.*.matchLabelExpressions.*.key": qualified,
    "allowedTopologies.*.matchLabelExpressions.*.values": both(filled, twice()),
    provisioner: both(filled, (value) => (typeof value === "string" ? qualified(value.toLowerCase()) : undefined)),
    reclaimPolicy: oneOf("Delete", "Retain"),
    volumeBindingMode: exactly("Immediate", "WaitForFirstConsumer"),
  },
};
