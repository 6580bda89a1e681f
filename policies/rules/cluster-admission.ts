// CLU, IMG, SEC: what a cluster lets in, and as whom its pods speak to the cloud.

import { admitted, enforcesSignatures, federatedPods } from "../cluster-inside";
import { addon, automatic, autopilot, charts, inside, objects, provided } from "../clusters";
import type { Graph } from "../graph";
import {
  all,
  any,
  equals,
  fail,
  filled,
  holds,
  isTrue,
  noneOf,
  notApplicable,
  oneOf,
  pass,
  unknown,
  when,
} from "../judge";
import { workloads } from "../pods";
import { asText, isObject, isUnknown, list, read, text } from "../read";
import { type Judge, rule, type View } from "../rule";
import { aws, awsGraph, azure, azureGraph, gcp, gcpGraph, kubernetes, kubernetesGraph, token } from "../tokens";

/** Has the stack anything inside clusters? Where it hasn't, another one installs what is looked for. */
const unlessElsewhere =
  (judge: Judge): Judge =>
  (view, context) =>
    inside(context.graph).length === 0
      ? notApplicable("what runs in the cluster is installed by another stack")
      : judge(view, context);

/** Policies of Kyverno, Sigstore and Ratify that look at signatures. */
const verifiers =
  /^kubernetes:(kyverno\.io|policies\.kyverno\.io|policy\.sigstore\.dev|config\.ratify\.deislabs\.io)\//;
const verifies = (view: View) =>
  verifiers.test(view.type) &&
  (/:(ClusterImagePolicy|ImageValidatingPolicy|Verifier)$/.test(view.type) ||
    rulesOf(view).some((one) => read(one, "verifyImages") !== undefined));
const rulesOf = (view: View): readonly unknown[] => {
  const rules = list(view.props, "spec.rules");
  return typeof rules === "symbol" ? [] : rules;
};
const verifierCharts = /^(policy-controller|connaisseur|ratify|portieris)$/i;

const admissionCharts = /^(kyverno|gatekeeper|kubewarden-controller|policy-controller|polaris)$/i;
const admissionKinds =
  /:(ValidatingAdmissionPolicyBinding|ValidatingAdmissionPolicy|ConstraintTemplate|ClusterPolicy|ValidatingPolicy)$/;

/** On EKS signatures are an admission control's to check: asked of the stack that installs one, not of each with a pod in it. */
const whereAdmissionIs =
  (judge: Judge): Judge =>
  (view, context) => {
    const { graph } = context;
    const governed =
      charts(graph, admissionCharts).length > 0 || inside(graph).some(({ type }) => admissionKinds.test(type));
    return governed ? judge(view, context) : notApplicable("this stack installs no admission control");
  };

const signedOnly: Judge = (_, { graph }) => {
  const expected = "a policy with verifyImages";
  return inside(graph).some(verifies) || charts(graph, verifierCharts).length > 0
    ? pass("", expected)
    : fail("", expected);
};

export const imageAdmission = rule(
  "cluster-image-admission",
  awsGraph("eks.Cluster", whereAdmissionIs(signedOnly)),
  azure("containerservice.ManagedCluster", (view, context) =>
    provided(
      automatic,
      "AKS Automatic has both on",
      all(isTrue(`${addon(view, "azurepolicy")}.enabled`), isTrue("securityProfile.imageCleaner.enabled")),
    )(view, context),
  ),
  gcp(
    "container.Cluster",
    any(
      oneOf("binaryAuthorization.evaluationMode", [
        "PROJECT_SINGLETON_POLICY_ENFORCE",
        "POLICY_BINDINGS_AND_PROJECT_SINGLETON_POLICY_ENFORCE",
        "POLICY_BINDINGS",
      ]),
      // The older spelling of the first.
      isTrue("binaryAuthorization.enabled"),
    ),
  ),
  // A policy that admits everything makes the switch above an empty one.
  gcp(
    "binaryauthorization.Policy",
    all(
      noneOf("defaultAdmissionRule.evaluationMode", ["ALWAYS_ALLOW"]),
      equals("defaultAdmissionRule.enforcementMode", "ENFORCED_BLOCK_AND_AUDIT_LOG"),
    ),
  ),
  kubernetes("kyverno.ClusterPolicy, kyverno.Policy", enforcesSignatures),
);

/** Pod Security Admission by a label of the namespace. */
const isLabelled = (view: View) => {
  const labels = read(view.props, "metadata.labels");
  const level = isObject(labels) ? labels["pod-security.kubernetes.io/enforce"] : undefined;
  return level === "baseline" || level === "restricted";
};
function admits(graph: Graph): boolean {
  const namespaces = objects(graph, /^kubernetes:core\/v1:Namespace$/);
  return (
    charts(graph, admissionCharts).length > 0 ||
    objects(graph, admissionKinds).length > 0 ||
    (namespaces.length > 0 && namespaces.every(isLabelled))
  );
}
const controlled: Judge = (_, { graph }) => {
  const expected = "Kyverno, Gatekeeper, a ValidatingAdmissionPolicy, or Pod Security labels on every namespace";
  return admits(graph) ? pass("", expected) : fail("", expected);
};

const membership = token("gcp", "gkehub.FeatureMembership");
const controllers = [
  holds(
    "policycontroller.policyControllerHubConfig.installSpec",
    "INSTALL_SPEC_ENABLED",
    (value) => value === "INSTALL_SPEC_ENABLED",
  ),
  isTrue("configmanagement.policyController.enabled"),
] as const;

export const policyAddon = rule(
  "cluster-policy-addon",
  awsGraph("eks.Cluster", unlessElsewhere(controlled)),
  azureGraph("containerservice.ManagedCluster", (view, context) =>
    admits(context.graph)
      ? pass("", "installed in the cluster")
      : provided(automatic, "AKS Automatic has it on", isTrue(`${addon(view, "azurepolicy")}.enabled`))(view, context),
  ),
  gcpGraph("container.Cluster", (view, context) => {
    const members = context.graph.ofType(membership);
    const verdicts = members.map((one) => any(...controllers)(one, context) as { status: string });
    if (verdicts.some(({ status }) => status === "pass")) return pass("", "Policy Controller");
    if (verdicts.some(({ status }) => status === "unknown")) return unknown("", "Policy Controller");
    return unlessElsewhere(controlled)(view, context);
  }),
  kubernetesGraph("core.Namespace", admitted(admissionCharts, admissionKinds)),
);

/** The provider's URL is the cluster's issuer: by dependency in a preview, by value afterwards. */
function federates(provider: View, cluster: View): boolean | "unknown" {
  const issuer = text(cluster.outputs, "identities.0.oidcs.0.issuer").replace(/^https:\/\//, "");
  const url = read(provider.props, "url");
  if (typeof url === "string") return issuer !== "" && url.replace(/^https:\/\//, "") === issuer;
  const sources = provider.propertyDependencies["url"] ?? [];
  return sources.includes(cluster.urn) || (sources.length === 0 && isUnknown(url) ? "unknown" : false);
}

const eksIdentity: Judge = (view, { graph }) => {
  const expected = "an OpenIdConnectProvider for its issuer, or a PodIdentityAssociation";
  const providers = graph.ofType(token("aws", "iam.OpenIdConnectProvider")).map((one) => federates(one, view));
  const pods = graph.companions(view, [token("aws", "eks.PodIdentityAssociation")], "clusterName");
  const addons = graph.companions(view, [token("aws", "eks.Addon")], "clusterName").sure;
  const agent = addons.some(({ props }) => text(props, "addonName") === "eks-pod-identity-agent");
  if (providers.includes(true) || pods.sure.length > 0 || agent) return pass("", expected);
  return providers.includes("unknown") || pods.maybe.length > 0 ? unknown("", expected) : fail("", expected);
};

export const workloadIdentity = rule(
  "cluster-workload-identity",
  awsGraph("eks.Cluster", eksIdentity),
  azure(
    "containerservice.ManagedCluster",
    provided(
      automatic,
      "AKS Automatic has both on",
      all(isTrue("securityProfile.workloadIdentity.enabled"), isTrue("oidcIssuerProfile.enabled")),
    ),
  ),
  gcp(
    "container.Cluster",
    provided(
      autopilot,
      "Autopilot has it on",
      filled("workloadIdentityConfig.workloadPool", "the project's workload pool"),
    ),
  ),
  kubernetesGraph(workloads, federatedPods),
);

const rotates = /["']?enableSecretRotation["']?\s*:\s*["']?true/i;

export const secretRotation = rule(
  "cluster-csi-secret-rotation",
  aws("eks.Addon", (view, context) =>
    when(
      ({ props }) => /secrets-store-csi/.test(text(props, "addonName")),
      "no secrets store driver",
      holds("configurationValues", "enableSecretRotation: true", (value) => rotates.test(asText(value))),
    )(view, context),
  ),
  azure("containerservice.ManagedCluster", (view, context) => {
    const at = addon(view, "azureKeyvaultSecretsProvider");
    if (text(view.props, `${at}.enabled`) !== "true" && !isUnknown(read(view.props, at)))
      return notApplicable("the add-on isn't used");
    return isTrue(`${at}.config.enableSecretRotation`)(view, context);
  }),
  gcp("container.Cluster", (view, context) => {
    const path = "secretManagerConfig.enabled";
    return text(view.props, path) !== "true" && !isUnknown(read(view.props, path))
      ? notApplicable("the add-on isn't used")
      : isTrue("secretManagerConfig.rotationConfig.enabled")(view, context);
  }),
);
