// Launch templates of Kubernetes nodes, and what an account sets for machines that say nothing themselves.
import type { Graph } from "./graph";
import { notApplicable, when } from "./judge";
import { isObject, list, read, text } from "./read";
import type { Context, Judge, View } from "./rule";
import { token } from "./tokens";

const nodeGroup = token("aws", "eks.NodeGroup");
const scalingGroup = token("aws", "autoscaling.Group");

const ofCluster = (tag: unknown) => /^kubernetes\.io\/cluster\//.test(text(tag, "key"));
const tagged = ({ props }: View) => {
  const tags = list(props, "tags");
  return typeof tags !== "symbol" && tags.some(ofCluster);
};
const tagsItsMachines = ({ props }: View) => {
  const specifications = list(props, "tagSpecifications");
  if (typeof specifications === "symbol") return false;
  return specifications.some((one) => {
    const tags = read(one, "tags");
    return isObject(tags) && Object.keys(tags).some((key) => ofCluster({ key }));
  });
};

/** Of a managed node group, or of machines tagged as a cluster's. */
function isNodes(view: View, { graph }: Context): boolean | "unknown" {
  const byId = graph.companions(view, [nodeGroup, scalingGroup], "launchTemplate.id");
  const byName = graph.companions(view, [nodeGroup, scalingGroup], "launchTemplate.name");
  const nodes = (one: View) => one.type === nodeGroup || tagged(one);
  if ([...byId.sure, ...byName.sure].some(nodes) || tagsItsMachines(view)) return true;
  return [...byId.maybe, ...byName.maybe].some(nodes) ? "unknown" : false;
}

export const nodeTemplate = (judge: Judge): Judge => when(isNodes, "no template of Kubernetes nodes", judge);

/** Judges node groups that bring no template of their own. */
export const withoutTemplate =
  (judge: Judge): Judge =>
  (view, context) =>
    read(view.props, "launchTemplate") === undefined
      ? judge(view, context)
      : notApplicable("its launch template decides");

/** Does the stack set the account's default so that this holds? */
export const accountDefault = (graph: Graph, type: string, holds: (view: View) => boolean): boolean =>
  graph.ofType(token("aws", type)).some(holds);
