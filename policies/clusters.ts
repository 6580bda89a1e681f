// What rules on managed clusters have in common: modes in which the cloud decides by itself, add-ons, node pools, and what the
// same stack installs inside a cluster.
import type { Graph } from "./graph";
import { each, notApplicable, pass, unknown, where, worst } from "./judge";
import { isObject, join, list, read, text } from "./read";
import type { Judge, Verdict, View } from "./rule";
import { token } from "./tokens";

/** GKE Autopilot and AKS Automatic set most of a cluster by themselves, and take no other value. */
export const autopilot = where("enableAutopilot", [true]);
export const automatic = where("sku.name", ["Automatic"]);
/** EKS Auto Mode: AWS runs the nodes. */
export const autoMode = where("computeConfig.enabled", [true]);

const flat = (result: Verdict | readonly Verdict[]): readonly Verdict[] =>
  (Array.isArray(result) ? result : [result]) as readonly Verdict[];

/** Passes where the service sees to it by itself; judged elsewhere. */
export const provided =
  (condition: (view: View) => boolean | "unknown", how: string, judge: Judge): Judge =>
  (view, context) => {
    const answer = condition(view);
    if (answer === true) return pass("", how);
    if (answer === false) return judge(view, context);
    const open = worst(flat(judge(view, context)));
    return open.status === "fail" ? unknown(open.path, open.expected) : open;
  };

/** An AKS add-on's path, whatever the case of its name: Azure takes `omsagent` and `omsAgent`. */
export function addon(view: View, name: string): string {
  const profiles = read(view.props, "addonProfiles");
  const key = isObject(profiles) ? Object.keys(profiles).find((one) => one.toLowerCase() === name.toLowerCase()) : "";
  return join("addonProfiles", key || name);
}

const managedCluster = token("azure", "containerservice.ManagedCluster");
const gkeCluster = token("gcp", "container.Cluster");

/** Every pool of an AKS cluster, or the one pool that a resource is. */
export const azurePools =
  (make: (at: string) => Judge): Judge =>
  (view, context) =>
    view.type === managedCluster
      ? each("agentPoolProfiles", make, notApplicable("no pool in the cluster's own inputs"))(view, context)
      : make("")(view, context);

/** Windows has other images, and no Linux switches. */
export const onLinux =
  (at: string, judge: Judge): Judge =>
  (view, context) =>
    text(view.props, join(at, "osType")) === "Windows" ? notApplicable("Windows nodes") : judge(view, context);

/**
 * Every pool of a GKE cluster: the ones in its inputs, its default pool, or the one pool that a resource is; `at` is where
 * the pool stands. `auto` is for nodes that GKE makes by itself: Autopilot, or node auto-provisioning.
 */
export const gcpPools =
  (make: (at: string) => Judge, auto: Judge = () => pass("", "Autopilot does it")): Judge =>
  (view, context) => {
    if (view.type !== gkeCluster) return make("")(view, context);
    const pilot = autopilot(view);
    if (pilot === true) return auto(view, context);
    const made = where("clusterAutoscaling.enabled", [true])(view) === true ? flat(auto(view, context)) : [];
    const verdicts = [...flat(ownPools(view, make)(view, context)), ...made];
    const failures = verdicts.filter(({ status }) => status === "fail");
    if (pilot === "unknown" && failures.length > 0) return failures.map((one) => unknown(one.path, one.expected));
    return failures.length > 0 ? failures : worst(verdicts);
  };

function ownPools(view: View, make: (at: string) => Judge): Judge {
  const inline = list(view.props, "nodePools");
  if (typeof inline === "symbol" || inline.length > 0) return each("nodePools", make);
  if (text(view.props, "removeDefaultNodePool") === "true") return () => notApplicable("its node pools decide");
  return make("");
}

/** The cluster that a node pool names, when it is made in the same stack. */
export const clusterOf = (graph: Graph, pool: View): View | undefined =>
  graph.targets(pool, "cluster", [gkeCluster]).sure[0];

/** What the stack makes inside clusters. Which cluster can't be told: a provider's kubeconfig doesn't say. */
export const inside = (graph: Graph): readonly View[] =>
  graph.views.filter(({ type }) => type.startsWith("kubernetes:"));

/** The last step of a chart's name: `oci://registry/team/kyverno` is `kyverno`. Argo CD's applications name charts as well. */
const chartOf = ({ props }: View): string =>
  (text(props, "chart") || text(props, "spec.source.chart")).split("/").at(-1) ?? "";

/** Helm charts by name. */
export const charts = (graph: Graph, name: RegExp): readonly View[] =>
  inside(graph).filter((view) => name.test(chartOf(view)));

/** Objects inside clusters by kind, of any API group that fits. */
export const objects = (graph: Graph, kind: RegExp): readonly View[] =>
  inside(graph).filter(({ type }) => kind.test(type));
