// K8S-14: a pod holds a token of the cluster's API only where it needs one.
import { granted, objectsOf } from "../cluster-objects";
import { fail, pass, unknown } from "../judge";
import { at, pods, tell, workloads } from "../pods";
import { asText, isUnknown, read, text } from "../read";
import { rule } from "../rule";
import { kubernetesGraph } from "../tokens";

export const accountToken = rule(
  "k8s-service-account-token",
  kubernetesGraph(
    workloads,
    pods((pod, { graph }) => {
      const { value, path } = at(pod.spec, pod.at, "automountServiceAccountToken");
      const expected = "false, unless its account is granted something here";
      if (value !== undefined) {
        const verdict = tell(value, path, expected, (one) => asText(one) === "false");
        return [
          verdict.status === "fail" && granted(pod.view, text(pod.spec, "serviceAccountName"), graph)
            ? pass(path, expected)
            : verdict,
        ];
      }
      const name = read(pod.spec, "serviceAccountName");
      const account = objectsOf(graph, "core.ServiceAccount").find(
        (one) => text(one.props, "metadata.name") === asText(name) || graph.sources(pod.view, "spec").includes(one),
      );
      if (account && text(account.props, "automountServiceAccountToken") === "false") return [pass(path, expected)];
      if (granted(pod.view, asText(name), graph)) return [pass(path, expected)];
      return [isUnknown(name) && !account ? unknown(path, expected) : fail(path, expected)];
    }),
  ),
  kubernetesGraph("core.ServiceAccount", (view, { graph }) => {
    const path = "automountServiceAccountToken";
    const expected = "false, unless it is granted something here";
    if (granted(view, text(view.props, "metadata.name"), graph, view)) return pass(path, expected);
    return tell(read(view.props, path), path, expected, (value) => asText(value) === "false");
  }),
);
