// Values that fields may have, one line a field: found by asking the validation of k8s.io/kubernetes 1.35
// (pkg/apis/*/validation) about every field of an object of each kind.
import { isIP } from "node:net";
import type { Props, Refusal, Value } from "../row";
import { number, pickAll } from "../values";
import { labelValueWrong, type NameForm, nameWrong } from "./forms";

/** What is wrong with a value that is known. */
type Rule = (value: Value) => string | undefined;

const oneOf =
  (...values: readonly string[]): Rule =>
  (value) =>
    typeof value === "string" && value !== "" && !values.includes(value)
      ? `Unsupported value: "${value}": supported values: ${values.map((one) => `"${one}"`).join(", ")}`
      : undefined;
const filled: Rule = (value) =>
  value === "" || (Array.isArray(value) && value.length === 0) ? "Required value" : undefined;
const form =
  (of: NameForm): Rule =>
  (value) =>
    typeof value === "string" && value !== "" ? nameWrong(value, of) : undefined;
const between =
  (low: number, high: number): Rule =>
  (value) => {
    const given = number(value);
    const outside = given !== undefined && (given < low || given > high);
    return outside ? `Invalid value: ${given}: must be between ${low} and ${high}, inclusive` : undefined;
  };
const address: Rule = (value) =>
  typeof value === "string" && isIP(value) === 0
    ? `Invalid value: "${value}": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)`
    : undefined;
const label: Rule = (value) => (typeof value === "string" ? labelValueWrong(value) : undefined);

const both =
  (first: Rule, second: Rule): Rule =>
  (value) =>
    first(value) ?? second(value);
const id = between(0, 2_147_483_647);
const mode: Rule = (value) =>
  between(0, 0o777)(value) &&
  `Invalid value: ${number(value)}: must be a number between 0 and 0777 (octal), both inclusive`;
const name = both(filled, form("subdomain"));
const seccomp = both(filled, oneOf("Localhost", "RuntimeDefault", "Unconfined"));
const spread = "affinity.*.preferredDuringSchedulingIgnoredDuringExecution.*";

type Rules = Readonly<Record<string, Rule>>;

/** Below a container. */
const ofContainer: Rules = {
  "env.*.valueFrom.configMapKeyRef.key": filled,
  "env.*.valueFrom.configMapKeyRef.name": name,
  "env.*.valueFrom.secretKeyRef.key": filled,
  "env.*.valueFrom.secretKeyRef.name": name,
  "envFrom.*.configMapRef.name": name,
  "envFrom.*.secretRef.name": name,
  "lifecycle.*.exec.command": filled,
  "livenessProbe.exec.command": filled,
  "readinessProbe.exec.command": filled,
  "startupProbe.exec.command": filled,
  "securityContext.runAsGroup": id,
  "securityContext.runAsUser": id,
  "securityContext.seccompProfile.type": seccomp,
  terminationMessagePolicy: oneOf("FallbackToLogsOnError", "File"),
};

/** Below a pod's spec. */
const ofPod: Rules = {
  [`${spread}.weight`]: between(1, 100),
  "dnsConfig.nameservers.*": address,
  "hostAliases.*.hostnames.*": form("subdomain"),
  "hostAliases.*.ip": address,
  hostname: form("label"),
  "nodeSelector.*": label,
  preemptionPolicy: oneOf("Never", "PreemptLowerPriority"),
  priorityClassName: form("subdomain"),
  "securityContext.fsGroup": id,
  "securityContext.fsGroupChangePolicy": oneOf("Always", "OnRootMismatch"),
  "securityContext.runAsGroup": id,
  "securityContext.runAsUser": id,
  "securityContext.seccompProfile.type": seccomp,
  "securityContext.supplementalGroups.*": id,
  serviceAccountName: form("subdomain"),
  "tolerations.*.effect": oneOf("NoExecute", "NoSchedule", "PreferNoSchedule"),
  "tolerations.*.operator": oneOf("Equal", "Exists"),
  "topologySpreadConstraints.*.maxSkew": between(1, 2_147_483_647),
  "topologySpreadConstraints.*.topologyKey": filled,
  "topologySpreadConstraints.*.whenUnsatisfiable": both(filled, oneOf("DoNotSchedule", "ScheduleAnyway")),
  "volumes.*.configMap.defaultMode": mode,
  "volumes.*.configMap.items.*.mode": mode,
  "volumes.*.configMap.name": filled,
  "volumes.*.hostPath.path": filled,
  "volumes.*.persistentVolumeClaim.claimName": filled,
  "volumes.*.projected.defaultMode": mode,
  "volumes.*.projected.sources.*.serviceAccountToken.expirationSeconds": between(600, 2 ** 32),
  "volumes.*.projected.sources.*.serviceAccountToken.path": filled,
  "volumes.*.secret.defaultMode": mode,
  "volumes.*.secret.secretName": filled,
  ...Object.fromEntries(
    ["containers", "initContainers"].flatMap((key) =>
      Object.entries(ofContainer).map(([path, rule]) => [`${key}.*.${path}`, rule] as const),
    ),
  ),
};

const ofKind: Readonly<Record<string, Rules>> = {
  "autoscaling/v2:HorizontalPodAutoscaler": {
    "spec.behavior.*.policies.*.type": oneOf("Percent", "Pods"),
    "spec.behavior.*.selectPolicy": oneOf("Disabled", "Max", "Min"),
    "spec.metrics.*.resource.target.averageUtilization": between(1, 2_147_483_647),
    "spec.metrics.*.type": oneOf("ContainerResource", "External", "Object", "Pods", "Resource"),
  },
  "batch/v1:Job": {
    "spec.podFailurePolicy.rules.*.action": oneOf("Count", "FailIndex", "FailJob", "Ignore"),
    "spec.podFailurePolicy.rules.*.onExitCodes.operator": oneOf("In", "NotIn"),
  },
  "core/v1:Pod": { "spec.restartPolicy": oneOf("Always", "OnFailure", "Never") },
  "core/v1:PersistentVolumeClaim": {
    "spec.storageClassName": form("subdomain"),
    "spec.volumeMode": oneOf("Block", "Filesystem"),
  },
  "core/v1:Service": {
    "spec.externalIPs.*": address,
    "spec.internalTrafficPolicy": oneOf("Cluster", "Local"),
    "spec.ipFamilies.*": oneOf("IPv4", "IPv6"),
    "spec.ipFamilyPolicy": oneOf("PreferDualStack", "RequireDualStack", "SingleStack"),
    "spec.selector.*": label,
    "spec.trafficDistribution": oneOf("PreferClose", "PreferSameZone", "PreferSameNode"),
  },
  "networking.k8s.io/v1:Ingress": {
    "spec.defaultBackend.service.name": both(filled, form("dns1035")),
    "spec.ingressClassName": form("subdomain"),
    "spec.rules.*.http.paths.*.backend.service.name": both(filled, form("dns1035")),
    "spec.tls.*.secretName": form("subdomain"),
  },
  "networking.k8s.io/v1:NetworkPolicy": {
    "spec.egress.*.to.*.namespaceSelector.matchLabels.*": label,
    "spec.egress.*.to.*.podSelector.matchLabels.*": label,
    "spec.ingress.*.from.*.namespaceSelector.matchLabels.*": label,
    "spec.ingress.*.from.*.podSelector.matchLabels.*": label,
    "spec.podSelector.matchLabels.*": label,
  },
  "policy/v1:PodDisruptionBudget": {
    "spec.selector.matchLabels.*": label,
    "spec.unhealthyPodEvictionPolicy": oneOf("AlwaysAllow", "IfHealthyBudget"),
  },
  "scheduling.k8s.io/v1:PriorityClass": { preemptionPolicy: oneOf("PreemptLowerPriority", "Never") },
  "storage.k8s.io/v1:StorageClass": {
    reclaimPolicy: oneOf("Delete", "Retain"),
    volumeBindingMode: oneOf("Immediate", "WaitForFirstConsumer"),
  },
};

function broken(rules: Rules, of: Props, path: (found: string) => string): readonly Refusal[] {
  return Object.entries(rules).flatMap(([at, rule]) =>
    pickAll(of, at).flatMap(({ path: found, value }) => {
      const wrong = typeof value === "symbol" || value === null ? undefined : rule(value);
      return wrong === undefined ? [] : [{ property: path(found), reason: `${path(found)}: ${wrong}` }];
    }),
  );
}

/** Fields of a kind whose value the server doesn't know. */
export const notAllowed = (token: string, inputs: Props): readonly Refusal[] =>
  broken(ofKind[token.replace("kubernetes:", "")] ?? {}, inputs, (found) => found);

/** The same of a pod's spec, which lies at `at`. */
export const notAllowedInPod = (spec: Props, at: string): readonly Refusal[] =>
  broken(ofPod, spec, (found) => `${at}.${found}`);
