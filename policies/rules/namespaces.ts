// K8S-18, K8S-20, NET: namespaces have a standard, a closed network and a budget of their own.
import { inNamespace } from "../cluster-objects";
import { fail, notApplicable, pass, unknown } from "../judge";
import { mapped, tell, workloads } from "../pods";
import { asText, isObject, isUnknown, list, read } from "../read";
import { type Judge, relaxed, rule, type View } from "../rule";
import { kubernetes, kubernetesGraph } from "../tokens";

/** The provider's own namespace stands in where an object names none. */
const namespaceOf = (view: View): unknown => read(view.props, "metadata.namespace") ?? read(view.provider, "namespace");
const notDefault: Judge = (view) =>
  tell(
    namespaceOf(view),
    "metadata.namespace",
    "a namespace other than default",
    (value) => !["", "default"].includes(asText(value)),
  );
const enforce = "pod-security.kubernetes.io/enforce";

export const namespaceLabel = rule(
  "k8s-namespace-psa-label",
  kubernetes("core.Namespace", (view) =>
    tell(mapped(view, "metadata.labels", enforce), "metadata.labels", `${enforce} baseline or restricted`, (value) =>
      ["baseline", "restricted"].includes(asText(value)),
    ),
  ),
  kubernetes(workloads, notDefault),
);

/** A rule that names neither peers nor ports lets everything through. */
const isOpen = (rule: unknown, peers: "from" | "to") => {
  const empty = (path: string) => {
    const found = list(rule, path);
    return typeof found !== "symbol" && found.length === 0;
  };
  return isObject(rule) && empty(peers) && empty("ports");
};

/** Does a policy close one direction for every pod of its namespace, but for what it names? */
function closes(policy: View, direction: "Ingress" | "Egress"): boolean | "unknown" {
  const selector = read(policy.props, "spec.podSelector");
  const types = list(policy.props, "spec.policyTypes");
  const rules = list(policy.props, `spec.${direction.toLowerCase()}`);
  if (isUnknown(selector) || typeof types === "symbol" || typeof rules === "symbol") return "unknown";
  const all =
    isObject(selector) &&
    Object.values(selector).every((value) =>
      isObject(value) || Array.isArray(value) ? Object.keys(value).length === 0 : value === undefined,
    );
  // Types that aren't given are worked out: Ingress always, Egress where the policy has a rule for it.
  const typed = types.length > 0 ? types.includes(direction) : direction === "Ingress" || rules.length > 0;
  return all && typed && !rules.some((one) => isOpen(one, direction === "Ingress" ? "from" : "to"));
}

/** Network policies of a CNI's own kinds, or of the whole cluster, can't be read off here. */
const otherPolicies =
  /:(Cilium(Clusterwide)?NetworkPolicy|GlobalNetworkPolicy|(Baseline)?AdminNetworkPolicy|ClusterNetworkPolicy)$/;

export const defaultDeny = rule(
  "k8s-default-deny-network-policy",
  kubernetesGraph("core.Namespace", (view, { graph }) => {
    if (graph.views.some(({ type }) => otherPolicies.test(type)))
      return notApplicable("policies of the network plugin's own kinds");
    const { sure, maybe } = inNamespace(view, graph, "networking.NetworkPolicy");
    return (["Ingress", "Egress"] as const).map((direction) => {
      const expected = `a NetworkPolicy that selects every pod and denies ${direction}`;
      const answers = sure.map((policy) => closes(policy, direction));
      if (answers.includes(true)) return pass("", expected);
      return maybe.length > 0 || answers.includes("unknown") ? unknown("", expected) : fail("", expected);
    });
  }),
);

const bound =
  (kind: string, path: string, filled: (value: unknown) => boolean): Judge =>
  (view, { graph }) => {
    const { sure, maybe } = inNamespace(view, graph, kind);
    const expected = `a ${kind.slice(kind.indexOf(".") + 1)} in it`;
    const values = sure.map((one) => read(one.props, path));
    if (values.some((value) => value !== undefined && !isUnknown(value) && filled(value))) return pass("", expected);
    return maybe.length > 0 || values.some(isUnknown) ? unknown("", expected) : fail("", expected);
  };
const quota = bound("core.ResourceQuota", "spec.hard", (value) => Object.keys(value as object).length > 0);
const range = bound("core.LimitRange", "spec.limits", (value) => Array.isArray(value) && value.length > 0);

/** What one namespace may take from the others is a matter of availability and cost. */
export const quotas = rule(
  "k8s-quota-limitrange",
  kubernetesGraph("core.Namespace", (view, context) =>
    relaxed(context)
      ? notApplicable("a throw-away environment")
      : [quota, range].flatMap((judge) => judge(view, context)),
  ),
);
