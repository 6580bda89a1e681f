// Which balancers face the internet, and which of them are meant to.
import type { Graph } from "./graph";
import { notApplicable, when } from "./judge";
import { folded, isObject, isUnknown, list, read, text } from "./read";
import type { Context, Judge, View } from "./rule";
import type { Settings } from "./settings";
import { tagOf } from "./tags";
import { token } from "./tokens";

const lb = token("aws", "lb.LoadBalancer");
const forwarding = [token("gcp", "compute.GlobalForwardingRule"), token("gcp", "compute.ForwardingRule")];

/** `Ingress` annotations and the like: keys hold dots, so they are no path. */
export function annotation(view: View, key: string): string {
  const found = read(view.props, "metadata.annotations");
  return isObject(found) ? text({ value: found[key] }, "value") : "";
}

/** Could one of these annotations hold what isn't known yet? */
export function annotationsOpen(view: View, keys: readonly string[]): boolean {
  const found = read(view.props, "metadata.annotations");
  return isUnknown(found) || (isObject(found) && keys.some((key) => isUnknown(found[key])));
}

/** application, network or gateway; AWS takes an unset one as application. */
export const kindOf = (view: View): string => folded(view.props, "loadBalancerType") || "application";
export const ofKind = (kinds: readonly string[], judge: Judge): Judge =>
  when((view) => kinds.includes(kindOf(view)), `no balancer of the kind ${kinds.join(" or ")}`, judge);

export function isPublic({ props }: View): boolean | "unknown" {
  const internal = read(props, "internal");
  return isUnknown(internal) ? "unknown" : String(internal) !== "true";
}
export const wherePublic = (judge: Judge): Judge => when(isPublic, "not reached from the internet", judge);

/** The balancer of a listener, when it is made here. */
export const balancerOf = (graph: Graph, listener: View): View | undefined =>
  graph.targets(listener, "loadBalancerArn", [lb]).sure[0];

/** An application gateway or balancer of Azure with a public address at its front. */
export function hasPublicFront({ props }: View): boolean | "unknown" {
  const fronts = list(props, "frontendIPConfigurations");
  if (typeof fronts === "symbol") return "unknown";
  return fronts.some((one) => read(one, "publicIPAddress") !== undefined);
}
export const whereFronted = (judge: Judge): Judge => when(hasPublicFront, "no public address", judge);

const isInternalScheme = (scheme: string) => /^INTERNAL/.test(scheme);
/** Is a proxy or service behind internal rules alone? Without a rule in the stack it may be public. */
export function isInternal(graph: Graph, view: View, property: "target" | "backendService"): boolean {
  const rules = graph.companions(view, forwarding, property).sure;
  return rules.length > 0 && rules.every(({ props }) => isInternalScheme(text(props, "loadBalancingScheme")));
}
export const schemeIsInternal = (view: View): boolean => isInternalScheme(text(view.props, "loadBalancingScheme"));

/** Meant to face the internet: by its tags, or by the pack's user. */
export function isMeant(view: View, { settings }: Pick<Context, "settings">): boolean {
  const tagged = ["exposure", "tier"].some((key) => {
    const value = folded({ value: tagOf(view, key) }, "value");
    return ["public", "internet", "edge"].includes(value);
  });
  return tagged || listed(view, settings);
}
function listed(view: View, { publicBalancers }: Settings): boolean {
  return publicBalancers.some((wanted) => {
    const pattern = wanted.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    const whole = new RegExp(`^${pattern.join(".*")}$`);
    return [view.name, view.urn, text(view.props, "name")].some((one) => one !== "" && whole.test(one));
  });
}
export const unlessMeant =
  (judge: Judge): Judge =>
  (view, context) =>
    isMeant(view, context) ? notApplicable("meant to face the internet") : judge(view, context);
