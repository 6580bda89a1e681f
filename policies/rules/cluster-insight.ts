// MON, CLU: what a cluster tells: its API's logs, its metrics, its flows, and what looks like an attack.

import { addon, autopilot, charts, provided } from "../clusters";
import { auditGroup, collected } from "../diagnostic-logs";
import type { Graph } from "../graph";
import { any, equals, fail, isTrue, notApplicable, oneOf, pass, unknown } from "../judge";
import { holdsAll } from "../lists";
import { asText, isUnknown, list, read, text } from "../read";
import { type Context, type Judge, rule, type View } from "../rule";
import { aws, awsGraph, azure, azureGraph, gcp, token } from "../tokens";

export const controlPlaneLogging = rule(
  "cluster-control-plane-logging",
  aws(
    "eks.Cluster",
    holdsAll("enabledClusterLogTypes", ["api", "audit", "authenticator", "controllerManager", "scheduler"]),
  ),
  azureGraph(
    "containerservice.ManagedCluster",
    collected(["kube-audit", "kube-audit-admin", auditGroup], ["kube-apiserver"]),
  ),
  gcp("container.Cluster", holdsAll("loggingConfig.enableComponents", ["SYSTEM_COMPONENTS", "APISERVER", "WORKLOADS"])),
);

/** Add-ons of AWS and its marketplace that watch a cluster, and charts that do. */
const monitors =
  /cloudwatch-observability|^adot$|prometheus|datadog|dynatrace|newrelic|new-relic|splunk|grafana|opentelemetry/i;
const clusterName = "clusterName";
const addonType = token("aws", "eks.Addon");

const monitored: Judge = (view, { graph }) => {
  const expected = "the add-on amazon-cloudwatch-observability, or another that watches the cluster";
  const addons = graph.companions(view, [addonType], clusterName);
  const scrapers = graph.companions(view, [token("aws", "amp.Scraper")], "source.eks.clusterArn");
  const watches = ({ props }: View) => monitors.test(text(props, "addonName"));
  if (scrapers.sure.length > 0 || addons.sure.some(watches) || charts(graph, monitors).length > 0)
    return pass("", expected);
  const open = [
    ...addons.maybe.filter(watches),
    ...addons.sure.filter(({ props }) => isUnknown(read(props, "addonName"))),
  ];
  return open.length > 0 || scrapers.maybe.length > 0 ? unknown("", expected) : fail("", expected);
};

export const monitoring = rule(
  "cluster-monitoring-enabled",
  awsGraph("eks.Cluster", monitored),
  azure("containerservice.ManagedCluster", (view, context) =>
    any(isTrue("azureMonitorProfile.metrics.enabled"), isTrue(`${addon(view, "omsagent")}.enabled`))(view, context),
  ),
  gcp("container.Cluster", (view, context) => {
    const service = text(view.props, "monitoringService");
    if (service === "none") return fail("monitoringService", "monitoring.googleapis.com/kubernetes");
    const path = "monitoringConfig.enableComponents";
    const none = read(view.props, path) === undefined;
    return none ? pass(path, "on unless it is switched off") : holdsAll(path, ["SYSTEM_COMPONENTS"])(view, context);
  }),
);

const threats = ["EKS_AUDIT_LOGS", "RUNTIME_MONITORING", "EKS_RUNTIME_MONITORING"];
const detectorType = token("aws", "guardduty.Detector");
const featureTypes = [
  token("aws", "guardduty.DetectorFeature"),
  token("aws", "guardduty.OrganizationConfigurationFeature"),
];

const isOn = ({ props }: View): boolean | "unknown" => {
  const name = read(props, "name");
  const status = read(props, "status") ?? read(props, "autoEnable");
  if (isUnknown(name) || isUnknown(status)) return "unknown";
  return threats.includes(asText(name)) && ["ENABLED", "ALL", "NEW"].includes(asText(status));
};

/** GuardDuty has one detector an account and region, so it is looked for only where the stack is about such things. */
const guarded: Judge = (_, { graph, settings }) => {
  const expected = `GuardDuty with ${threats.slice(0, 2).join(" or ")}`;
  const detectors = graph.ofType(detectorType);
  const features = graph.ofType(...featureTypes);
  if (detectors.length + features.length === 0 && !settings.landingZone)
    return notApplicable("GuardDuty is set up for the whole account, in another stack");
  const answers = [
    ...features.map(isOn),
    ...detectors.map((one) => read(one.props, "datasources.kubernetes.auditLogs.enable")),
  ];
  if (answers.some((one) => one === true)) return pass("", expected);
  return answers.some((one) => one === "unknown" || isUnknown(one)) ? unknown("", expected) : fail("", expected);
};

const pricingType = token("azure", "security.Pricing");
const defender = ({ graph }: Context) =>
  graph
    .ofType(pricingType)
    .some(({ props }) => text(props, "pricingName") === "Containers" && text(props, "pricingTier") === "Standard");

export const threatDetection = rule(
  "cluster-runtime-threat-detection",
  awsGraph("eks.Cluster", guarded),
  aws("guardduty.DetectorFeature", (view, context) =>
    threats.includes(text(view.props, "name"))
      ? equals("status", "ENABLED")(view, context)
      : notApplicable("a feature that doesn't watch clusters"),
  ),
  azureGraph("containerservice.ManagedCluster", (view, context) =>
    defender(context)
      ? pass("securityProfile.defender", "Defender for Containers watches the subscription")
      : isTrue("securityProfile.defender.securityMonitoring.enabled")(view, context),
  ),
  gcp("container.Cluster", oneOf("securityPostureConfig.mode", ["BASIC", "ENTERPRISE"])),
);

const subnetOf: Readonly<Record<"aws" | "azure", { subnet: string; network: string; log: string }>> = {
  aws: { subnet: token("aws", "ec2.Subnet"), network: token("aws", "ec2.Vpc"), log: token("aws", "ec2.FlowLog") },
  azure: {
    subnet: token("azure", "network.Subnet"),
    network: token("azure", "network.VirtualNetwork"),
    log: token("azure", "network.FlowLog"),
  },
};

/** Flow logs of the networks that these subnets lie in, or of the subnets themselves. */
function logged(graph: Graph, cloud: "aws" | "azure", subnets: readonly View[], path: string) {
  const expected = "a FlowLog of its network";
  const { network, log } = subnetOf[cloud];
  const [up, down, at] =
    cloud === "aws"
      ? (["vpcId", "vpcId", "subnetId"] as const)
      : (["virtualNetworkName", "targetResourceId", "targetResourceId"] as const);
  if (subnets.length === 0) return notApplicable("its network is made elsewhere");
  const found = subnets.map((subnet) => {
    const networks = graph.targets(subnet, up, [network]).sure;
    return [
      graph.companions(subnet, [log], at),
      ...networks.map((one) => graph.companions(one, [log], down)),
      ...(networks.length === 0 ? [undefined] : []),
    ];
  });
  if (found.every((some) => some.some((one) => one && one.sure.length > 0))) return pass(path, expected);
  if (found.every((some) => some.includes(undefined))) return notApplicable("its network is made elsewhere");
  return found.flat().some((one) => one && one.maybe.length > 0) ? unknown(path, expected) : fail(path, expected);
}

const azureSubnets = (view: View, graph: Graph): readonly View[] => {
  const pools = list(view.props, "agentPoolProfiles");
  const paths = typeof pools === "symbol" ? [] : pools.map((_, index) => `agentPoolProfiles.${index}.vnetSubnetID`);
  return [...new Set(paths.flatMap((path) => graph.targets(view, path, [subnetOf.azure.subnet]).sure))];
};

export const flowLogs = rule(
  "cluster-intranode-visibility-flowlogs",
  awsGraph("eks.Cluster", (view, { graph }) => {
    const path = "vpcConfig.subnetIds";
    return logged(graph, "aws", graph.targets(view, path, [subnetOf.aws.subnet]).sure, path);
  }),
  azureGraph("containerservice.ManagedCluster", (view, { graph }) =>
    logged(graph, "azure", azureSubnets(view, graph), "agentPoolProfiles"),
  ),
  gcp("container.Cluster", provided(autopilot, "Autopilot has it on", isTrue("enableIntranodeVisibility"))),
);
