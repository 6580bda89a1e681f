// K8S-02, K8S-03, K8S-15: what runs in a cluster outlives a node and a zone.
import { objectsOf, selects } from "../cluster-objects";
import { fail, notApplicable, pass, unknown } from "../judge";
import { podOf, tell } from "../pods";
import { asText, isUnknown, join, list, read, text } from "../read";
import { type Context, relaxed, rule, type Verdict, type View } from "../rule";
import { kubernetes, kubernetesGraph } from "../tokens";

const autoscalers = "autoscaling.HorizontalPodAutoscaler";

/** The lower bound of the autoscaler that scales it, where there is one. */
function scaledTo(view: View, context: Context): unknown {
  const scalers = objectsOf(context.graph, autoscalers).filter(
    (one) =>
      text(one.props, "spec.scaleTargetRef.name") === text(view.props, "metadata.name") ||
      context.graph.sources(one, "spec").includes(view),
  );
  const [scaler] = scalers;
  return scaler && (read(scaler.props, "spec.minReplicas") ?? 1);
}

const twice = (view: View, context: Context): Verdict => {
  const path = "spec.replicas";
  const floor = scaledTo(view, context) ?? read(view.props, path) ?? 1;
  return tell(floor, path, "2 or more, or an autoscaler from 2", (value) => Number(value) >= 2);
};

/** A budget that lets nothing go blocks every node's upgrade. */
const budget = ({ props }: View): Verdict => {
  const least = read(props, "spec.minAvailable");
  const most = read(props, "spec.maxUnavailable");
  if (isUnknown(least) || isUnknown(most)) return unknown("spec", "a budget");
  const bad = most === undefined ? least === undefined || asText(least) === "100%" : ["0", "0%"].includes(asText(most));
  return bad ? fail("spec", "minAvailable or maxUnavailable that lets a pod go") : pass("spec");
};

const budgeted = (view: View, { graph }: Context): Verdict => {
  const expected = "a PodDisruptionBudget that selects its pods";
  const answers = objectsOf(graph, "policy.PodDisruptionBudget").map((one) =>
    selects(one, "spec.selector", view, graph),
  );
  if (answers.includes(true)) return pass("", expected);
  return answers.includes("unknown") ? unknown("", expected) : fail("", expected);
};

const spread = (view: View): Verdict => {
  const pod = podOf(view);
  const path = join(pod.at, "topologySpreadConstraints");
  const constraints = list(pod.spec, "topologySpreadConstraints");
  const apart = read(pod.spec, "affinity.podAntiAffinity");
  if (typeof constraints === "symbol" || isUnknown(apart)) return unknown(path, "set");
  return constraints.length > 0 || apart !== undefined ? pass(path, "set") : fail(path, "set, or podAntiAffinity");
};

export const replicas = rule(
  "k8s-replicas-pdb-spread",
  kubernetesGraph("apps.Deployment, apps.StatefulSet, argoproj.Rollout", (view, context) => {
    if (relaxed(context)) return notApplicable("a throw-away environment");
    if (text(view.props, "spec.replicas") === "0") return notApplicable("switched off");
    return [twice(view, context), budgeted(view, context), spread(view)];
  }),
  kubernetes("policy.PodDisruptionBudget", budget),
  kubernetes(autoscalers, (view, context) => {
    if (relaxed(context)) return notApplicable("a throw-away environment");
    const least = read(view.props, "spec.minReplicas") ?? 1;
    const most = read(view.props, "spec.maxReplicas");
    return [
      tell(least, "spec.minReplicas", "2 or more", (value) => Number(value) >= 2),
      tell(
        most,
        "spec.maxReplicas",
        "more than minReplicas",
        (value) => isUnknown(least) || Number(value) > Number(least),
      ),
    ];
  }),
);
