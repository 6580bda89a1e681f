// What an API server checks of a Service. k8s.io/kubernetes pkg/apis/core/validation, release 1.35; node ports by its allocator
// (pkg/registry/core/service/portallocator).
import type { Props, Value } from "../row";
import { isKnown, isSet, list, number, object, text } from "../values";
import { portAt, type Refuse, supportedAt } from "./container";
import { nameWrong } from "./forms";
import { gather, rangeAt } from "./traffic";

const given = (value: Value | undefined): boolean => isSet(value) && value !== "" && value !== 0;

function portsWrong(spec: Props, kind: string | undefined, refuse: Refuse): void {
  const ports = list(spec["ports"]).map(object);
  const names = ports.map((port) => port["name"]);
  const seen = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const path = `spec.ports.${index}`;
    const [value, node, name] = [number(port["port"]), number(port["nodePort"]), text(port["name"])];
    if (value !== undefined) portAt(refuse, `${path}.port`, value);
    supportedAt(refuse, `${path}.protocol`, port["protocol"], ["SCTP", "TCP", "UDP"]);
    // 0 and none are the port itself.
    if (given(port["targetPort"])) portAt(refuse, `${path}.targetPort`, port["targetPort"]);
    if (ports.length > 1 && !given(port["name"])) refuse(`${path}.name`, "Required value");
    const wrong = name === undefined || name === "" ? undefined : nameWrong(name, "label");
    if (wrong !== undefined) refuse(`${path}.name`, wrong);
    if (name !== undefined && name !== "" && names.indexOf(name) !== index)
      refuse(`${path}.name`, `Duplicate value: "${name}"`);
    const protocol = text(port["protocol"]) ?? "TCP";
    const twin = `${protocol}/${value}`;
    if (value !== undefined && seen.has(twin))
      refuse(path, `Duplicate value: {"protocol":"${protocol}","port":${value}}`);
    seen.add(twin);
    if (kind === "ClusterIP" && given(port["nodePort"]))
      refuse(`${path}.nodePort`, "Forbidden: may not be used when `type` is 'ClusterIP'");
    // 0: the server chooses one.
    else if (node !== undefined && node !== 0 && (node < 30000 || node > 32767))
      refuse(
        `${path}.nodePort`,
        `Invalid value: ${node}: provided port is not in the valid range. The range of valid ports is 30000-32767`,
      );
  }
}

export const service = gather((inputs, refuse) => {
  const spec = object(inputs["spec"]);
  const kind = typeof spec["type"] === "symbol" ? undefined : text(spec["type"]) || "ClusterIP";
  const outside = kind === "LoadBalancer" || kind === "NodePort";
  supportedAt(refuse, "spec.type", spec["type"], ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"]);
  const headless = spec["clusterIP"] === "None";
  if (isKnown(inputs["spec"]) && list(spec["ports"]).length === 0 && kind !== "ExternalName" && !headless)
    refuse("spec.ports", "Required value");
  if (kind === "ExternalName" && !isSet(spec["externalName"])) refuse("spec.externalName", "Required value");
  portsWrong(spec, kind, refuse);
  supportedAt(refuse, "spec.sessionAffinity", spec["sessionAffinity"], ["ClientIP", "None"]);
  supportedAt(refuse, "spec.externalTrafficPolicy", spec["externalTrafficPolicy"], ["Cluster", "Local"]);
  if (kind !== undefined && !outside && given(spec["externalTrafficPolicy"]) && !isSet(spec["externalIPs"]))
    refuse(
      "spec.externalTrafficPolicy",
      `Invalid value: "${text(spec["externalTrafficPolicy"]) ?? ""}": may only be set for externally-accessible services`,
    );
  healthWrong(spec, kind, refuse);
  const families = list(spec["ipFamilies"]);
  for (const [index, family] of families.entries())
    if (typeof family === "string" && families.indexOf(family) !== index)
      refuse(`spec.ipFamilies.${index}`, `Duplicate value: "${family}"`);
  if (outside && headless)
    refuse("spec.clusterIPs.0", `Invalid value: "None": may not be set to 'None' for ${kind} services`);
  for (const [index, range] of list(spec["loadBalancerSourceRanges"]).entries())
    rangeAt(refuse, `spec.loadBalancerSourceRanges.${index}`, range);
  if (kind !== undefined && kind !== "LoadBalancer") {
    if (list(spec["loadBalancerSourceRanges"]).length > 0)
      refuse("spec.loadBalancerSourceRanges", "Forbidden: may only be used when `type` is 'LoadBalancer'");
    if (isSet(spec["loadBalancerClass"]))
      refuse("spec.loadBalancerClass", "Forbidden: may only be used when `type` is 'LoadBalancer'");
  }
});

/** Without one the server takes a free port. */
function healthWrong(spec: Props, kind: string | undefined, refuse: Refuse): void {
  const port = number(spec["healthCheckNodePort"]);
  if (port === undefined || port === 0 || kind === undefined) return;
  if (kind === "LoadBalancer" && spec["externalTrafficPolicy"] === "Local")
    portAt(refuse, "spec.healthCheckNodePort", port);
  else if (typeof spec["externalTrafficPolicy"] !== "symbol")
    refuse(
      "spec.healthCheckNodePort",
      `Invalid value: ${port}: may only be set when \`type\` is 'LoadBalancer' and \`externalTrafficPolicy\` is 'Local'`,
    );
}
