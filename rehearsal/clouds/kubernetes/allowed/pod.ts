// Values that the fields of a pod's spec may have, one line a field: found by asking the validation of k8s.io/kubernetes 1.35
// (pkg/apis/core/validation) about every field of an object.
import type { Value } from "../../row";
import { isSet, object, text } from "../../values";
import { labelValueWrong } from "../forms";
import { ofContainer } from "./container";
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
  oneOf,
  qualified,
  quantity,
  type Rule,
  type Rules,
  twice,
} from "./rules";
import { id, profile, seccomp } from "./security";
import { keysNeedSelector, nodeTerm, podTerm, selector } from "./selectors";
import { ofVolumes } from "./volume";

const toleration: Rule = (value) => {
  const { key: taint, operator, value: given, effect, tolerationSeconds } = object(value);
  const [how, what] = [text(operator) ?? "", text(given) ?? ""];
  if ([taint, operator, given].some((one) => typeof one === "symbol")) return undefined;
  const found: Below[] = [];
  const named = text(taint) ?? "";
  const wrong = named === "" ? undefined : qualified(named);
  if (typeof wrong === "string") found.push(["key", wrong]);
  if (named === "" && how !== "Exists")
    found.push([
      "operator",
      `Invalid value: "${how}": operator must be Exists when \`key\` is empty, which means "match all values and all keys"`,
    ]);
  if (isSet(tolerationSeconds) && typeof effect !== "symbol" && effect !== "NoExecute")
    found.push([
      "effect",
      `Invalid value: "${text(effect) ?? ""}": effect must be 'NoExecute' when \`tolerationSeconds\` is set`,
    ]);
  const odd = labelValueWrong(what);
  if ((how === "" || how === "Equal") && odd !== undefined) found.push(["operator", odd]);
  if (how === "Exists" && what !== "")
    found.push(["operator", `Invalid value: "${what}": value must be empty when \`operator\` is 'Exists'`]);
  return found;
};

const sysctl: Rule = (value) => {
  const given = text(value);
  if (given === undefined) return undefined;
  if (given === "") return "Required value";
  const known = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;
  return given.length <= 253 && known.test(given)
    ? undefined
    : `Invalid value: "${given}": must have at most 253 characters and match regex ${known.source}`;
};

/** A search domain, which may begin with an underscore and end with a dot. */
const search: Rule = (value) => {
  const given = text(value);
  const domain = given?.replace(/\.$/, "") ?? "";
  const known = /^_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*$/;
  return given === undefined || given === "." || (domain.length <= 253 && known.test(domain))
    ? undefined
    : `Invalid value: "${domain}": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character`;
};

const required = "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution";
const podTerms = (of: "podAffinity" | "podAntiAffinity"): Rules => ({
  [`affinity.${of}.requiredDuringSchedulingIgnoredDuringExecution.*`]: podTerm,
  [`affinity.${of}.preferredDuringSchedulingIgnoredDuringExecution.*.podAffinityTerm`]: podTerm,
  [`affinity.${of}.preferredDuringSchedulingIgnoredDuringExecution.*.weight`]: between(1, 100),
});

/** Below a pod's spec. */
export const ofPod: Rules = {
  activeDeadlineSeconds: between(1, 2_147_483_647),
  [`${required}.nodeSelectorTerms`]: (value: Value) =>
    filled(value) && "Required value: must have at least one node selector term",
  [`${required}.nodeSelectorTerms.*`]: nodeTerm(true),
  "affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution.*.preference": nodeTerm(false),
  "affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution.*.weight": between(1, 100),
  ...podTerms("podAffinity"),
  ...podTerms("podAntiAffinity"),
  "dnsConfig.nameservers.*": address,
  "dnsConfig.options.*": (value: Value) =>
    text(object(value)["name"]) ? undefined : "Required value: must not be empty",
  "dnsConfig.searches.*": search,
  "hostAliases.*.hostnames.*": both(filled, form("subdomain")),
  "hostAliases.*.ip": address,
  hostname: form("label"),
  nodeName: form("subdomain"),
  "nodeSelector.*": label,
  "os.name": both(filled, oneOf("linux", "windows")),
  "overhead.*": quantity(0),
  preemptionPolicy: exactly("Never", "PreemptLowerPriority"),
  priorityClassName: form("subdomain"),
  "readinessGates.*.conditionType": qualified,
  runtimeClassName: both(filled, form("subdomain")),
  "securityContext.fsGroup": id,
  "securityContext.fsGroupChangePolicy": exactly("Always", "OnRootMismatch"),
  "securityContext.runAsGroup": id,
  "securityContext.runAsUser": id,
  "securityContext.seccompProfile": profile,
  "securityContext.seccompProfile.type": seccomp,
  "securityContext.supplementalGroups.*": id,
  "securityContext.supplementalGroupsPolicy": exactly("Merge", "Strict"),
  "securityContext.sysctls": twice("name"),
  "securityContext.sysctls.*.name": sysctl,
  serviceAccountName: form("subdomain"),
  subdomain: form("label"),
  "tolerations.*": toleration,
  "tolerations.*.effect": oneOf("NoExecute", "NoSchedule", "PreferNoSchedule"),
  "tolerations.*.operator": oneOf("Equal", "Exists"),
  "topologySpreadConstraints.*": keysNeedSelector,
  "topologySpreadConstraints.*.labelSelector": selector,
  "topologySpreadConstraints.*.matchLabelKeys.*": qualified,
  "topologySpreadConstraints.*.maxSkew": atLeast(1),
  "topologySpreadConstraints.*.minDomains": atLeast(1),
  "topologySpreadConstraints.*.nodeAffinityPolicy": exactly("Honor", "Ignore"),
  "topologySpreadConstraints.*.nodeTaintsPolicy": exactly("Honor", "Ignore"),
  "topologySpreadConstraints.*.topologyKey": filled,
  "topologySpreadConstraints.*.whenUnsatisfiable": both(filled, oneOf("DoNotSchedule", "ScheduleAnyway")),
  ...ofVolumes,
  ...Object.fromEntries(
    ["containers", "initContainers"].flatMap((which) =>
      Object.entries(ofContainer).map(([path, rule]) => [`${which}.*.${path}`, rule] as const),
    ),
  ),
};
