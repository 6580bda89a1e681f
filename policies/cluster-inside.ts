// What rules on clusters ask of the objects inside them.
import { charts, objects } from "./clusters";
import type { Graph } from "./graph";
import { fail, notApplicable, pass, unknown } from "./judge";
import { containersOf, pods } from "./pods";
import { asText, isObject, isUnknown, join, list, read, text } from "./read";
import type { Judge, Verdict, View } from "./rule";
import { targetsStand } from "./takeover";

/** A policy for every pod, with a rule that names nobody: it opens what it seems to close. */
export const opensNothing: Judge = (view) => {
  const expected = "rules that name peers or ports";
  const selector = read(view.props, "spec.podSelector");
  if (isUnknown(selector)) return unknown("spec.podSelector", expected);
  if (isObject(selector) && Object.keys(selector).length > 0) return notApplicable("a policy for some pods");
  for (const direction of ["ingress", "egress"]) {
    const path = `spec.${direction}`;
    const rules = list(view.props, path);
    if (typeof rules === "symbol" || rules.some(isUnknown)) return unknown(path, expected);
    const at = rules.findIndex((one) => isObject(one) && Object.keys(one).length === 0);
    if (at >= 0) return fail(join(path, at), expected);
  }
  return pass("spec", expected);
};

/** Environment variables by which libraries of the three clouds take keys that don't end. */
const staticKeys =
  /^(AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|AZURE_CLIENT_SECRET|AZURE_CLIENT_CERTIFICATE_PATH|GOOGLE_APPLICATION_CREDENTIALS|GOOGLE_CREDENTIALS)$/;
const federation = [
  "eks.amazonaws.com/role-arn",
  "azure.workload.identity/client-id",
  "iam.gke.io/gcp-service-account",
];

const annotationOf = (view: View, key: string): unknown => {
  const found = read(view.props, "metadata.annotations");
  return isObject(found) ? found[key] : undefined;
};

/** The service account of a pod, when the stack makes it with a cloud identity. */
function isFederated(graph: Graph, spec: unknown): boolean {
  const name = text(spec, "serviceAccountName");
  return objects(graph, /^kubernetes:core\/v1:ServiceAccount$/).some(
    (account) =>
      name !== "" &&
      [text(account.props, "metadata.name"), account.name].includes(name) &&
      federation.some((key) => annotationOf(account, key) !== undefined),
  );
}

export const federatedPods: Judge = (view, context) =>
  pods((pod, { graph }) => {
    const expected = "an identity by the service account's annotation instead of keys";
    const found = containersOf(pod).flatMap((one): readonly Verdict[] => {
      if ("status" in one) return [{ ...one, expected }];
      const env = list(one.props, "env");
      if (typeof env === "symbol") return [unknown(join(one.at, "env"), expected)];
      const at = env.findIndex((variable) => staticKeys.test(text(variable, "name")));
      return at < 0 ? [] : [fail(join(one.at, "env", at), expected)];
    });
    if (found.length > 0) return found;
    return isFederated(graph, pod.spec) ? [pass("spec.serviceAccountName", expected)] : [];
  })(view, context);

/** Kyverno only tells unless it is told to enforce. */
export const enforcesSignatures: Judge = (view) => {
  const expected = "Enforce";
  const rules = list(view.props, "spec.rules");
  if (typeof rules === "symbol") return unknown("spec.rules", "rules with verifyImages");
  const verify = rules.filter((one) => read(one, "verifyImages") !== undefined);
  if (verify.length === 0) return notApplicable("a policy about something else");
  const whole = read(view.props, "spec.validationFailureAction");
  const actions = verify.flatMap((one) => {
    const images = list(one, "verifyImages");
    const own = typeof images === "symbol" ? [images] : images.map((image) => read(image, "failureAction"));
    return own.map((action) => action ?? whole);
  });
  const path = "spec.validationFailureAction";
  if (actions.some((action) => !isUnknown(action) && (asText(action) || "Audit").toLowerCase() !== "enforce"))
    return fail(path, expected);
  return actions.some(isUnknown) ? unknown(path, expected) : pass(path, expected);
};

/** Namespaces under an admission control: of the whole cluster, or by a Pod Security label of their own. */
export const admitted =
  (admissionCharts: RegExp, admissionKinds: RegExp): Judge =>
  (view, { graph }) => {
    const path = "metadata.labels";
    const expected = "pod-security.kubernetes.io/enforce, or an admission control in the cluster";
    if (/^kube-/.test(text(view.props, "metadata.name"))) return notApplicable("the cluster's own");
    if (charts(graph, admissionCharts).length + objects(graph, admissionKinds).length > 0) return pass(path, expected);
    const labels = read(view.props, path);
    const level = isObject(labels) ? labels["pod-security.kubernetes.io/enforce"] : labels;
    if (isUnknown(level)) return unknown(path, expected);
    return level === "baseline" || level === "restricted" ? pass(path, expected) : fail(path, expected);
  };

/** Names that objects inside a cluster give to hosts outside it. */
export const outsideNames: Judge = (view, context) => {
  const external = read(view.props, "spec.externalName");
  if (external !== undefined)
    return targetsStand({ ...view, propertyDependencies: {} }, context, "spec.externalName", [external]);
  const target = annotationOf(view, "external-dns.alpha.kubernetes.io/target");
  if (target === undefined) return notApplicable("no name of a host outside");
  const names = isUnknown(target) ? [target] : asText(target).split(",");
  return targetsStand({ ...view, propertyDependencies: {} }, context, "metadata.annotations", names);
};

/** cert-manager makes RSA keys of 2048 bits unless told otherwise. */
export const strongKey: Judge = (view) => {
  const path = "spec.privateKey";
  const expected = "RSA from 2048 bits up, ECDSA or Ed25519";
  const size = read(view.props, `${path}.size`);
  const algorithm = read(view.props, `${path}.algorithm`);
  if (isUnknown(size) || isUnknown(algorithm)) return unknown(path, expected);
  const isRsa = algorithm === undefined || algorithm === "RSA";
  return isRsa && size !== undefined && Number(asText(size)) < 2048
    ? fail(`${path}.size`, expected)
    : pass(path, expected);
};
