import { between, cidr, each, fits, oneOf, refuse } from "../limits";
import type { Props, Refusal, Value } from "../row";
import { flag, isSet, isUnknown, list, number, pick, pickAll, text } from "../values";
import { said } from "./common";
import { nodeConfigChecks, zonesIn } from "./container-nodes";
import { regions, zonesOf } from "./regions";

/** https://cloud.google.com/kubernetes-engine/docs/release-schedule: what the channels offer in November 2026, the extended one from 1.30. */
export const minors = { regular: [32, 36], extended: [30, 36] } as const;

const components = {
  "loggingConfig.enableComponents.*": [
    "SYSTEM_COMPONENTS",
    "WORKLOADS",
    "APISERVER",
    "CONTROLLER_MANAGER",
    "SCHEDULER",
    "KCP_CONNECTION",
    "KCP_SSHD",
    "KCP_HPA",
  ],
  "monitoringConfig.enableComponents.*": [
    "SYSTEM_COMPONENTS",
    "APISERVER",
    "SCHEDULER",
    "CONTROLLER_MANAGER",
    "STORAGE",
    "HPA",
    "POD",
    "DAEMONSET",
    "DEPLOYMENT",
    "STATEFULSET",
    "KUBELET",
    "CADVISOR",
    "DCGM",
    "JOBSET",
  ],
} as const;

/** `before`: the inputs that it has, where it stands. */
export const clusterChecks = (inputs: Props, project: string, before?: Props): readonly Refusal[] => {
  const location = text(inputs["location"]);
  return [
    ...fits(
      inputs,
      "name",
      /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/,
      "40 lower case letters, digits and - at most, beginning with a letter and ending with a letter or digit",
    ),
    ...each(
      inputs,
      "location",
      (value) =>
        Object.hasOwn(regions, said(value)) || zonesOf(said(value).replace(/-[a-z]$/, "")).includes(said(value)),
      (value) => `${value} is neither a region nor a zone`,
    ),
    ...zonesIn(inputs, location),
    ...Object.entries(components).flatMap(([path, allowed]) => oneOf(inputs, path, allowed)),
    ...version(inputs),
    ...each(
      inputs,
      "workloadIdentityConfig.workloadPool",
      (value) => value === `${project}.svc.id.goog`,
      (value) => `workloadPool must be ${project}.svc.id.goog, got ${value}`,
    ),
    ...(text(pick(inputs, "databaseEncryption.state")) === "ENCRYPTED" &&
    !isSet(pick(inputs, "databaseEncryption.keyName"))
      ? refuse("databaseEncryption.keyName", "a key is needed with state ENCRYPTED")
      : []),
    ...(flag(inputs["removeDefaultNodePool"]) === true && (number(inputs["initialNodeCount"]) ?? 0) < 1
      ? refuse("initialNodeCount", "Cluster.initial_node_count must be greater than zero")
      : []),
    ...(inputs["datapathProvider"] === "ADVANCED_DATAPATH" && flag(pick(inputs, "networkPolicy.enabled")) === true
      ? refuse(
          "networkPolicy.enabled",
          "Enabling NetworkPolicy for clusters with DatapathProvider=ADVANCED_DATAPATH is not allowed",
        )
      : []),
    ...access(inputs),
    ...dataplane(inputs),
    ...between(inputs, "defaultMaxPodsPerNode", 8, 256),
    // https://cloud.google.com/kubernetes-engine/docs/concepts/private-cluster-concept: a /28 for the control plane.
    ...cidr(inputs, "privateClusterConfig.masterIpv4CidrBlock", 28, 28),
    ...(flag(inputs["enableAutopilot"]) === true && location !== undefined && /-[a-z]$/.test(location)
      ? refuse("location", `Autopilot clusters must be regional clusters, ${location} is a zone`)
      : []),
    ...(isSet(inputs["nodeVersion"]) && flag(inputs["removeDefaultNodePool"]) === true && before === undefined
      ? refuse("nodeVersion", "node_version can only be specified if remove_default_node_pool is not true")
      : []),
    ...maintenance(inputs),
    ...nodeConfigChecks(inputs),
  ];
};

function version(inputs: Props): readonly Refusal[] {
  const [least, most] = minors[text(pick(inputs, "releaseChannel.channel")) === "EXTENDED" ? "extended" : "regular"];
  return each(
    inputs,
    "minMasterVersion",
    (value) => {
      const minor = Number(/^1\.(\d+)(\.\d+(-gke\.\d+)?)?$/.exec(said(value))?.[1]);
      return value === "latest" || value === "-" || (minor >= least && minor <= most);
    },
    (value) =>
      `Master version "${value}" is unsupported: expected 1.${least} to 1.${most}, with or without patch and -gke.N`,
  );
}

const inside = /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;

/** Who may reach the API server. https://cloud.google.com/kubernetes-engine/docs/how-to/authorized-networks */
function access(inputs: Props): readonly Refusal[] {
  const closed = flag(pick(inputs, "privateClusterConfig.enablePrivateEndpoint")) === true;
  const blocks = pickAll(inputs, "masterAuthorizedNetworksConfig.cidrBlocks.*.cidrBlock");
  return [
    ...cidr(inputs, "masterAuthorizedNetworksConfig.cidrBlocks.*.cidrBlock"),
    ...(blocks.length > 100 ? refuse("masterAuthorizedNetworksConfig.cidrBlocks", "100 ranges at most") : []),
    ...(closed && !isSet(inputs["masterAuthorizedNetworksConfig"])
      ? refuse("masterAuthorizedNetworksConfig", "master authorized networks must be enabled with a private endpoint")
      : []),
    ...(closed
      ? blocks.flatMap(({ path, value }) =>
          typeof value === "string" && !inside.test(value)
            ? refuse(path, `${value} is public: a cluster with a private endpoint takes private ranges only`)
            : [],
        )
      : []),
  ];
}

/** What only Dataplane V2 does. https://cloud.google.com/kubernetes-engine/docs/concepts/dataplane-v2 */
function dataplane(inputs: Props): readonly Refusal[] {
  if (inputs["datapathProvider"] === "ADVANCED_DATAPATH" || flag(inputs["enableAutopilot"]) === true) return [];
  if (isUnknown(inputs["datapathProvider"]) || isUnknown(inputs["enableAutopilot"])) return [];
  const wanted = [
    ["enableFqdnNetworkPolicy", true],
    ["enableCiliumClusterwideNetworkPolicy", true],
    ["inTransitEncryptionConfig", "IN_TRANSIT_ENCRYPTION_INTER_NODE_TRANSPARENT"],
  ] as const;
  return wanted.flatMap(([property, value]) =>
    inputs[property] === value ? refuse(property, "needs datapathProvider ADVANCED_DATAPATH") : [],
  );
}

const hour = 3_600_000;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** GKE refuses windows that leave it less than 48 hours in 32 days, in pieces of 4 hours or more. */
function maintenance(inputs: Props): readonly Refusal[] {
  const path = "maintenancePolicy.recurringWindow";
  const [start, end, rule] = ["startTime", "endTime", "recurrence"].map((key) => text(pick(inputs, `${path}.${key}`)));
  const hours = (Date.parse(end ?? "") - Date.parse(start ?? "")) / hour;
  const exclusions = list(pick(inputs, "maintenancePolicy.maintenanceExclusions"));
  return [
    ...fits(
      inputs,
      "maintenancePolicy.dailyMaintenanceWindow.startTime",
      /^([01]\d|2[0-3]):[0-5]\d$/,
      "must be in the format HH:mm (RFC3339)",
    ),
    ...["recurringWindow", "maintenanceExclusions.*"].flatMap((block) =>
      ["startTime", "endTime"].flatMap((key) =>
        fits(inputs, `maintenancePolicy.${block}.${key}`, instant, "a time such as 2026-11-21T03:00:00Z"),
      ),
    ),
    ...exclusions.flatMap((one, index) => exclusion(one, index)),
    ...(Number.isNaN(hours) || rule === undefined
      ? []
      : hours <= 0
        ? refuse(`${path}.endTime`, "the window's end must be after its start")
        : hours < 4 || hours * timesIn32Days(rule) < 48
          ? refuse(
              path,
              "maintenance policy would go longer than 32d without 48h maintenance availability of ≥4h contiguous duration (in time range [now, now+32d])",
            )
          : []),
    ...exclusions.flatMap((one, index) =>
      isSet(pick(one, "endTime")) || isSet(pick(one, "exclusionOptions.endTimeBehavior"))
        ? []
        : refuse(
            `maintenancePolicy.maintenanceExclusions[${index}].endTime`,
            "one of endTime, exclusionOptions.endTimeBehavior must be specified",
          ),
    ),
  ];
}

/** From its start to its end; without any upgrade for 90 days at most. https://cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions#exclusions */
function exclusion(one: Value, index: number): readonly Refusal[] {
  const at = `maintenancePolicy.maintenanceExclusions.${index}.endTime`;
  const [start, end] = ["startTime", "endTime"].map((key) => Date.parse(said(pick(one, key))));
  const days = ((end ?? Number.NaN) - (start ?? Number.NaN)) / (24 * hour);
  const every = (text(pick(one, "exclusionOptions.scope")) ?? "NO_UPGRADES") === "NO_UPGRADES";
  return [
    ...(days <= 0 ? refuse(at, "the exclusion's end must be after its start") : []),
    ...(every && days > 90 ? refuse(at, `an exclusion of scope NO_UPGRADES lasts 90 days at most, got ${days}`) : []),
  ];
}

/** A week comes round four times in 32 days for sure. */
function timesIn32Days(rule: string): number {
  const days = /BYDAY=([A-Z,]+)/.exec(rule)?.[1]?.split(",").length ?? 1;
  return /FREQ=DAILY/.test(rule) ? 32 : /FREQ=WEEKLY/.test(rule) ? 4 * days : 1;
}
