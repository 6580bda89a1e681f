// How objects of a cluster belong together: by namespace and by labels, not by ids.
import type { Graph } from "./graph";
import { kubernetesToken, objectsIn } from "./kubernetes";
import { templateOf } from "./pods";
import { asText, isObject, isUnknown, join, list, read, text } from "./read";
import type { View } from "./rule";

/** Objects of these kinds, those in patches and lists too. */
export const objectsOf = (graph: Graph, ...kinds: readonly string[]): readonly View[] =>
  kinds
    .map(kubernetesToken)
    .flatMap((type) => graph.ofType(type, `${type}Patch`, `${type}List`))
    .flatMap((view) => {
      const found = objectsIn(view);
      return found === "unknown" ? [] : found.map((one) => one.view);
    });

const own = (view: View) =>
  asText(read(view.props, "metadata.namespace")) || text(view.provider, "namespace") || "default";

/** Is an object in a namespace of this name? */
export function isIn(namespace: string, view: View): boolean | "unknown" {
  if (isUnknown(read(view.props, "metadata.namespace"))) return "unknown";
  return namespace === "" || own(view) === namespace;
}

/** The objects of these kinds in a namespace that the stack makes. */
export function inNamespace(namespace: View, graph: Graph, ...kinds: readonly string[]) {
  const sure: View[] = [];
  const maybe: View[] = [];
  for (const one of objectsOf(graph, ...kinds)) {
    const answer = graph.names(one, "metadata.namespace", namespace);
    if (answer === true) sure.push(one);
    else if (answer === "unknown") maybe.push(one);
  }
  return { sure, maybe };
}

/** Does an object's label selector take this workload's pods? An empty selector takes all of its namespace. */
export function selects(object: View, path: string, workload: View, graph: Graph): boolean | "unknown" {
  const places = [object, workload].map((view) => read(view.props, "metadata.namespace"));
  if (places.some(isUnknown)) {
    const [one = [], other = []] = [object, workload].map((view) => graph.sources(view, "metadata"));
    if (one.length > 0 && other.length > 0 && !one.some((source) => other.includes(source))) return false;
  } else if (own(object) !== own(workload)) return false;
  const selector = read(object.props, path);
  const labels = read(workload.props, join(templateOf(workload), "metadata.labels"));
  if (isUnknown(selector) || isUnknown(labels)) return "unknown";
  if (!isObject(selector)) return false;
  const have = isObject(labels) ? labels : {};
  const wanted = read(selector, "matchLabels");
  const expressions = list(selector, "matchExpressions");
  if (isUnknown(wanted) || typeof expressions === "symbol") return "unknown";
  const pairs = isObject(wanted) ? Object.entries(wanted) : [];
  if (pairs.some(([key, value]) => isUnknown(value) || isUnknown(have[key]))) return "unknown";
  return pairs.every(([key, value]) => have[key] === value) && expressions.every((one) => fits(one, have));
}

function fits(expression: unknown, labels: Readonly<Record<string, unknown>>): boolean {
  const value = labels[text(expression, "key")];
  const values = list(expression, "values");
  const listed = typeof values !== "symbol" && values.includes(value);
  switch (text(expression, "operator")) {
    case "In":
      return listed;
    case "NotIn":
      return !listed;
    case "Exists":
      return value !== undefined;
    default:
      return value === undefined;
  }
}

/** What is bound to a role talks to the API, and needs its token. */
export const granted = (view: View, name: string, graph: Graph, account?: View): boolean =>
  name !== "default" &&
  objectsOf(graph, "rbac.RoleBinding", "rbac.ClusterRoleBinding").some((binding) => {
    if (account && graph.sources(binding, "subjects").includes(account)) return true;
    const subjects = list(binding.props, "subjects");
    return (
      name !== "" &&
      typeof subjects !== "symbol" &&
      subjects.some(
        (one) =>
          text(one, "kind") === "ServiceAccount" &&
          text(one, "name") === name &&
          isIn(text(one, "namespace") || text(binding.props, "metadata.namespace"), view) !== false,
      )
    );
  });
