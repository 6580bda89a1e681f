// CLU, NET: how pods are in the network, and what may talk to what.

import { opensNothing } from "../cluster-inside";
import { addon, autoMode, automatic, autopilot, charts, objects, provided } from "../clusters";
import { all, any, equals, fail, isFalse, isTrue, notApplicable, oneOf, pass, unknown, where } from "../judge";
import { privateSubnets } from "../private-subnets";
import { isUnknown, read, text } from "../read";
import { type Judge, rule, type View } from "../rule";
import { awsGraph, azure, gcp, kubernetes, token } from "../tokens";

const addonType = token("aws", "eks.Addon");

/** JSON or YAML, as the add-on takes both. */
const turnedOn = /["']?enableNetworkPolicy["']?\s*:\s*["']?true/i;

/** Engines that are no add-on of AWS. */
const engines = /^(cilium|tigera-operator|calico|antrea)$/i;

const vpcCniChart = (view: View) => text(view.props, "values.enableNetworkPolicy") === "true";

const autoModeConfig = (view: View) =>
  text(view.props, "metadata.name") === "amazon-vpc-cni" &&
  text(view.props, "data.enable-network-policy-controller") === "true";

const eksNetworkPolicy: Judge = (view, { graph }) => {
  const expected = "the add-on vpc-cni with enableNetworkPolicy, or Calico or Cilium";
  if (charts(graph, engines).length > 0 || charts(graph, /^aws-vpc-cni$/).some(vpcCniChart)) return pass("", expected);
  if (autoMode(view) === true)
    return objects(graph, /:ConfigMap$/).some(autoModeConfig)
      ? pass("", expected)
      : fail("", "a ConfigMap amazon-vpc-cni with enable-network-policy-controller");
  const { sure, maybe } = graph.companions(view, [addonType], "clusterName");
  const cni = [...sure, ...maybe].filter(({ props }) => ["vpc-cni", ""].includes(text(props, "addonName")));
  const values = cni.map(({ props }) => read(props, "configurationValues"));
  if (
    sure.some(
      ({ props }) => text(props, "addonName") === "vpc-cni" && turnedOn.test(text(props, "configurationValues")),
    )
  )
    return pass("", expected);
  if (values.some(isUnknown) || cni.some(({ props }) => isUnknown(read(props, "addonName"))) || maybe.length > 0)
    return unknown("", expected);
  if (cni.length === 0 && text(view.props, "bootstrapSelfManagedAddons") === "false")
    return notApplicable("its network plugin is installed elsewhere");
  return fail("", expected);
};

export const networkPolicy = rule(
  "cluster-network-policy",
  awsGraph("eks.Cluster", eksNetworkPolicy),
  azure(
    "containerservice.ManagedCluster",
    provided(
      automatic,
      "AKS Automatic comes with Cilium",
      oneOf("networkProfile.networkPolicy", ["calico", "cilium", "azure"]),
    ),
  ),
  gcp(
    "container.Cluster",
    provided(
      autopilot,
      "Autopilot comes with Dataplane V2",
      any(
        equals("datapathProvider", "ADVANCED_DATAPATH"),
        all(isTrue("networkPolicy.enabled"), isFalse("addonsConfig.networkPolicyConfig.disabled", "pass")),
      ),
    ),
  ),
  kubernetes("networking.NetworkPolicy", opensNothing),
);

export const networkingMode = rule(
  "cluster-private-networking-mode",
  awsGraph("eks.Cluster", privateSubnets("vpcConfig.subnetIds")),
  azure("containerservice.ManagedCluster", (view, context) =>
    where("networkProfile.networkPlugin", ["none"])(view) === true
      ? notApplicable("a network plugin of one's own")
      : provided(
          automatic,
          "AKS Automatic uses Azure CNI",
          equals("networkProfile.networkPlugin", "azure"),
        )(view, context),
  ),
  // Alias addresses are what a new cluster gets.
  gcp("container.Cluster", equals("networkingMode", "VPC_NATIVE", "pass")),
);

export const legacyAddons = rule(
  "cluster-dashboard-and-http-routing-off",
  azure("containerservice.ManagedCluster", (view, context) =>
    all(
      isFalse(`${addon(view, "httpApplicationRouting")}.enabled`, "pass"),
      isFalse(`${addon(view, "kubeDashboard")}.enabled`, "pass"),
    )(view, context),
  ),
  // HTTP load balancing is the controller of Ingress and Gateway, not a legacy add-on; these two are.
  gcp(
    "container.Cluster",
    all(isTrue("addonsConfig.cloudrunConfig.disabled", "pass"), isTrue("addonsConfig.istioConfig.disabled", "pass")),
  ),
);
