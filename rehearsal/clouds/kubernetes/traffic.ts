// What an API server checks of what traffic meets: Ingress, NetworkPolicy, Service, disruption budgets.
// k8s.io/kubernetes pkg/apis/{networking,core,policy}/validation, release 1.35.
import { isIP } from "node:net";
import type { Props, Refusal, Value } from "../row";
import { isKnown, isSet, list, number, object, pick, pickAll, text } from "../values";
import { countAt, portAt, type Refuse, supportedAt } from "./container";
import { nameWrong } from "./forms";

type Check = (inputs: Props) => readonly Refusal[];

/** Gathers what `look` refuses. */
export const gather =
  (look: (inputs: Props, refuse: Refuse) => void): Check =>
  (inputs) => {
    const found: Refusal[] = [];
    look(inputs, (property, reason) => found.push({ property, reason: `${property}: ${reason}` }));
    return found;
  };

/** `203.0.113.0/24`: with the bits behind the prefix at nought or not, which old objects may have. */
function isRange(value: string): boolean {
  const [address = "", prefix = "", ...rest] = value.split("/");
  const bits = isIP(address) === 6 ? 128 : isIP(address) === 4 ? 32 : -1;
  return rest.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits;
}

export function rangeAt(refuse: Refuse, path: string, value: Value | undefined): void {
  if (typeof value === "string" && !isRange(value))
    refuse(path, `Invalid value: "${value}": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)`);
}

export const ingress = gather((inputs, refuse) => {
  if (
    isKnown(inputs["spec"]) &&
    list(pick(inputs, "spec.rules")).length === 0 &&
    !isSet(pick(inputs, "spec.defaultBackend"))
  )
    refuse("spec", "Invalid value: either `defaultBackend` or `rules` must be specified");
  for (const { path, value } of pickAll(inputs, "spec.rules.*.host")) {
    const host = text(value) ?? "";
    if (host !== "" && isIP(host) !== 0)
      refuse(path, `Invalid value: "${host}": must be a DNS name, not an IP address`);
    const wrong = host === "" ? undefined : nameWrong(host.replace(/^\*\./, ""), "subdomain");
    if (wrong !== undefined) refuse(path, wrong);
  }
  const backends = [...pickAll(inputs, "spec.rules.*.http.paths.*.backend"), ...pickAll(inputs, "spec.defaultBackend")];
  for (const { path, value } of pickAll(inputs, "spec.rules.*.http.paths.*")) {
    const rule = object(value);
    supportedAt(refuse, `${path}.pathType`, rule["pathType"], ["Exact", "ImplementationSpecific", "Prefix"]);
    if (rule["pathType"] === "") refuse(`${path}.pathType`, "Required value: pathType must be specified");
    const at = isSet(rule["path"]) ? text(rule["path"]) : "";
    if (at !== undefined && rule["pathType"] !== "ImplementationSpecific") {
      if (!at.startsWith("/")) refuse(`${path}.path`, `Invalid value: "${at}": must be an absolute path`);
      for (const odd of ["//", "/./", "/../", "%2f", "%2F"])
        if (at.includes(odd)) refuse(`${path}.path`, `Invalid value: "${at}": must not contain '${odd}'`);
    }
  }
  for (const { path, value } of backends) backendWrong(object(value), path, refuse);
});

function backendWrong({ service, resource }: Props, path: string, refuse: Refuse): void {
  if (isSet(service) && isSet(resource))
    refuse(path, 'Invalid value: "": cannot set both resource and service backends');
  if (!isSet(service)) return;
  const { port } = object(service);
  const { name, number: digits } = object(port);
  if (typeof service === "symbol" || typeof port === "symbol") return;
  if (isSet(name) && isSet(digits)) refuse(path, 'Invalid value: "": cannot set both port name & port number');
  if (!isSet(name) && !isSet(digits)) refuse(path, "Required value: port name or number is required");
  portAt(refuse, `${path}.service.port.number`, digits);
  portAt(refuse, `${path}.service.port.name`, name);
}

export const networkPolicy = gather((inputs, refuse) => {
  for (const { path, value } of pickAll(inputs, "spec.policyTypes.*"))
    supportedAt(refuse, path, value, ["Egress", "Ingress"]);
  for (const way of ["ingress.*.from.*", "egress.*.to.*"])
    for (const { path, value } of pickAll(inputs, `spec.${way}`)) {
      if (typeof value === "symbol") continue;
      const { ipBlock, podSelector, namespaceSelector } = object(value);
      const selects = isSet(podSelector) || isSet(namespaceSelector);
      if (!isSet(ipBlock) && !selects) refuse(path, "Required value: must specify a peer");
      if (isSet(ipBlock) && selects) refuse(path, "Forbidden: may not specify both ipBlock and another peer");
      rangeAt(refuse, `${path}.ipBlock.cidr`, object(ipBlock)["cidr"]);
      for (const [index, one] of list(object(ipBlock)["except"]).entries())
        rangeAt(refuse, `${path}.ipBlock.except.${index}`, one);
    }
  for (const { path, value } of pickAll(inputs, "spec.*.*.ports.*")) {
    const { port, endPort, protocol } = object(value);
    supportedAt(refuse, `${path}.protocol`, protocol, ["SCTP", "TCP", "UDP"]);
    portAt(refuse, `${path}.port`, port);
    const [from, to] = [number(port), number(endPort)];
    if (to === undefined) continue;
    if (!isSet(port))
      refuse(`${path}.endPort`, `Invalid value: ${to}: may not be specified when \`port\` is not specified`);
    if (typeof port === "string")
      refuse(`${path}.endPort`, `Invalid value: ${to}: may not be specified when \`port\` is non-numeric`);
    if (to < 1 || to > 65535) refuse(`${path}.endPort`, `Invalid value: ${to}: must be between 1 and 65535, inclusive`);
    if (from !== undefined && to < from)
      refuse(`${path}.endPort`, `Invalid value: ${to}: must be greater than or equal to \`port\``);
  }
});

export const budget = gather((inputs, refuse) => {
  const { minAvailable, maxUnavailable } = object(inputs["spec"]);
  if (isSet(minAvailable) && isSet(maxUnavailable))
    refuse("spec", "Invalid value: minAvailable and maxUnavailable cannot be both set");
  for (const [key, value] of Object.entries({ minAvailable, maxUnavailable })) {
    countAt(refuse, `spec.${key}`, value);
    if (typeof value === "string" && !/^(100|\d{1,2})%$/.test(value))
      refuse(
        `spec.${key}`,
        `Invalid value: "${value}": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%', or '93%')`,
      );
  }
});

export const scaler = gather((inputs, refuse) => {
  const [least, most] = [number(pick(inputs, "spec.minReplicas")), number(pick(inputs, "spec.maxReplicas"))];
  // 0 takes the feature gate HPAScaleToZero, which no managed cluster of the three clouds opens.
  if (least !== undefined && least < 1)
    refuse("spec.minReplicas", `Invalid value: ${least}: must be greater than or equal to 1`);
  if (most !== undefined && most < 1) refuse("spec.maxReplicas", `Invalid value: ${most}: must be greater than 0`);
  if (most !== undefined && most < (least ?? 1))
    refuse("spec.maxReplicas", `Invalid value: ${most}: must be greater than or equal to \`minReplicas\``);
});
