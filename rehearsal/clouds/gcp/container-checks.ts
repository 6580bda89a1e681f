import { cidr, each, fits, oneOf, refuse } from "../limits";
import type { Props, Refusal } from "../row";
import { flag, isSet, list, number, pick, pickAll, text } from "../values";
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

export const clusterChecks = (inputs: Props, project: string): readonly Refusal[] => {
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
    ...(closed && flag(pick(inputs, "privateClusterConfig.enablePrivateNodes")) === false
      ? refuse("privateClusterConfig.enablePrivateEndpoint", "a private endpoint needs private nodes")
      : []),
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

const hour = 3_600_000;

/** GKE refuses windows that leave it less than 48 hours in 32 days, in pieces of 4 hours or more. */
function maintenance(inputs: Props): readonly Refusal[] {
  const path = "maintenancePolicy.recurringWindow";
  const [start, end, rule] = ["startTime", "endTime", "recurrence"].map((key) => text(pick(inputs, `${path}.${key}`)));
  const hours = (Date.parse(end ?? "") - Date.parse(start ?? "")) / hour;
  const exclusions = list(pick(inputs, "maintenancePolicy.maintenanceExclusions"));
  return [
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
    ...(exclusions.length > 20 ? refuse("maintenancePolicy.maintenanceExclusions", "20 at most") : []),
  ];
}

/** A week comes round four times in 32 days for sure. */
function timesIn32Days(rule: string): number {
  const days = /BYDAY=([A-Z,]+)/.exec(rule)?.[1]?.split(",").length ?? 1;
  return /FREQ=DAILY/.test(rule) ? 32 : /FREQ=WEEKLY/.test(rule) ? 4 * days : 1;
}
