import { between, each, exclusive, fits, oneOf, refuse } from "../limits";
import type { Moment, Props, Reference, Refusal, Value } from "../row";
import { flag, isKnown, isObject, isSet, list, number, object, pick, text } from "../values";
import { said, seconds } from "./common";
import { keyRefusals } from "./key-use";

/** Machine, disk, identity and taints: the same block in a cluster and in a pool. */
export const nodeConfigChecks = (inputs: Props): readonly Refusal[] => [
  ...fits(inputs, "nodeConfig.machineType", /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/, "a machine type such as e2-standard-4"),
  ...oneOf(inputs, "nodeConfig.imageType", [
    "COS_CONTAINERD",
    "UBUNTU_CONTAINERD",
    "WINDOWS_LTSC_CONTAINERD",
    "cos_containerd",
    "ubuntu_containerd",
  ]),
  ...fits(
    inputs,
    "nodeConfig.diskType",
    /^(pd-(standard|balanced|ssd)|hyperdisk-(balanced|throughput|extreme))$/,
    "pd-standard, pd-balanced, pd-ssd or a hyperdisk type",
  ),
  ...between(inputs, "nodeConfig.diskSizeGb", 10, 65_536),
  ...fits(
    inputs,
    "nodeConfig.serviceAccount",
    /^(default|[^@\s]+@[^@\s]+\.gserviceaccount\.com)$/,
    "the address of a service account, or default",
  ),
  ...fits(inputs, "nodeConfig.oauthScopes.*", /^(https:\/\/www\.googleapis\.com\/auth\/.+|[a-z-]+)$/, "an OAuth scope"),
  ...(flag(pick(inputs, "nodeConfig.spot")) === true && flag(pick(inputs, "nodeConfig.preemptible")) === true
    ? refuse("nodeConfig.spot", "spot and preemptible exclude each other")
    : []),
  // https://cloud.google.com/kubernetes-engine/docs/how-to/confidential-gke-nodes#availability
  ...(flag(pick(inputs, "nodeConfig.confidentialNodes.enabled")) === true
    ? each(
        inputs,
        "nodeConfig.machineType",
        (value) => !/^(e2|n1|n2|t2[ad]|f1|g1|c2|m1|m2)-/.test(said(value)),
        (value) => `Confidential GKE Nodes aren't supported on ${value}: use n2d, c2d, c3d, c3 or c4d`,
      )
    : []),
  ...each(
    inputs,
    "nodeConfig.tags.*",
    (value) => /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(said(value)),
    (value) => `${value} isn't a network tag`,
  ),
  ...Object.keys(object(pick(inputs, "nodeConfig.labels"))).flatMap((label) =>
    /^([a-z0-9.-]+\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/.test(label)
      ? []
      : refuse("nodeConfig.labels", `${label} isn't a label key of Kubernetes`),
  ),
];

/** What of a node's settings can't be changed in place. The rest rolls through the pool. */
export const nodeImmutables = [
  "bootDiskKmsKey",
  "enableConfidentialStorage",
  "ephemeralStorageConfig",
  "localSsdCount",
  "maxRunDuration",
  "metadata",
  "minCpuPlatform",
  "nodeGroup",
  "oauthScopes",
  "preemptible",
  "sandboxConfig",
  "serviceAccount",
  "shieldedInstanceConfig",
  "soleTenantConfig",
  "spot",
].map((property) => `nodeConfig.${property}`);

export const nodeReferences: readonly Reference[] = [
  { path: "nodeConfig.bootDiskKmsKey", to: ["gcp:kms/cryptoKey:CryptoKey"] },
  {
    path: "nodeConfig.serviceAccount",
    to: ["gcp:serviceaccount/account:Account"],
    by: "email",
    // The default account, and those of other projects.
    except: /^(default|.+@developer\.gserviceaccount\.com)$/,
  },
];

/** Compute Engine makes the disks, so its agent needs the key. https://cloud.google.com/kubernetes-engine/docs/how-to/using-cmek */
export const diskKey = (moment: Moment, region: string): readonly Refusal[] =>
  keyRefusals(moment, "nodeConfig.bootDiskKmsKey", region, "compute");

/** What the API adds to a node's settings. */
export const nodeDefaults = (config: Value | undefined): Props => ({
  machineType: "e2-medium",
  diskType: "pd-balanced",
  diskSizeGb: 100,
  imageType: "COS_CONTAINERD",
  serviceAccount: "default",
  loggingVariant: "DEFAULT",
  ...object(config),
});

const mostAtOnce = 20;

export const poolChecks = (inputs: Props): readonly Refusal[] => {
  const [least, most] = [
    number(pick(inputs, "autoscaling.totalMinNodeCount")) ?? number(pick(inputs, "autoscaling.minNodeCount")),
    number(pick(inputs, "autoscaling.totalMaxNodeCount")) ?? number(pick(inputs, "autoscaling.maxNodeCount")),
  ];
  const upgrade = "upgradeSettings";
  const [surge, missing] = [
    number(pick(inputs, `${upgrade}.maxSurge`)),
    number(pick(inputs, `${upgrade}.maxUnavailable`)),
  ];
  return [
    ...fits(
      inputs,
      "name",
      /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/,
      "40 lower case letters, digits and - at most, beginning with a letter",
    ),
    ...between(inputs, "initialNodeCount", 0, 1000),
    // Bounds are for each zone or for all together, never one of each.
    ...(["totalMinNodeCount", "totalMaxNodeCount"].some((key) => isSet(object(inputs["autoscaling"])[key]))
      ? ["minNodeCount", "maxNodeCount"].flatMap((key) =>
          isSet(object(inputs["autoscaling"])[key])
            ? refuse(`autoscaling.${key}`, "conflicts with totalMinNodeCount and totalMaxNodeCount")
            : [],
        )
      : []),
    ...each(
      inputs,
      `${upgrade}.blueGreenSettings.nodePoolSoakDuration`,
      (value) => (seconds(value) ?? -1) >= 0 && (seconds(value) ?? 0) <= 7 * 86_400,
      (value) => `expected seconds up to 604800s (7 days), got ${value}`,
    ),
    ...(least !== undefined && most !== undefined && least > most
      ? refuse("autoscaling", `the least number of nodes (${least}) is above the most (${most})`)
      : []),
    ...(isKnown(inputs["autoscaling"]) && isSet(inputs["autoscaling"]) && most === 0
      ? refuse("autoscaling", "the most nodes must be 1 or more")
      : []),
    ...(surge !== undefined && missing !== undefined && (surge + missing < 1 || surge + missing > mostAtOnce)
      ? refuse(upgrade, `maxSurge and maxUnavailable together are from 1 to ${mostAtOnce}, got ${surge + missing}`)
      : []),
    ...(text(pick(inputs, `${upgrade}.strategy`)) === "BLUE_GREEN" && (isSet(surge) || isSet(missing))
      ? refuse(upgrade, "maxSurge and maxUnavailable are for the strategy SURGE")
      : []),
    ...(isObject(inputs[upgrade]) &&
    (text(pick(inputs, `${upgrade}.strategy`)) ?? "SURGE") === "SURGE" &&
    isSet(pick(inputs, `${upgrade}.blueGreenSettings`))
      ? refuse(`${upgrade}.blueGreenSettings`, "is for the strategy BLUE_GREEN")
      : []),
    ...each(
      inputs,
      `${upgrade}.blueGreenSettings.standardRolloutPolicy.batchPercentage`,
      (value) => typeof value === "number" && value > 0 && value <= 1,
      (value) => `expected above 0 to 1, got ${value}`,
    ),
    ...(isObject(pick(inputs, `${upgrade}.blueGreenSettings.standardRolloutPolicy`))
      ? exclusive(
          inputs,
          `${upgrade}.blueGreenSettings.standardRolloutPolicy.batchPercentage`,
          `${upgrade}.blueGreenSettings.standardRolloutPolicy.batchNodeCount`,
        )
      : []),
    ...between(inputs, "maxPodsPerNode", 8, 256),
    ...nodeConfigChecks(inputs),
  ];
};

/** Zones of a pool or cluster, all in its region. */
export const zonesIn = (inputs: Props, location: string | undefined): readonly Refusal[] =>
  location === undefined
    ? []
    : list(inputs["nodeLocations"]).flatMap((zone) =>
        typeof zone !== "string" || zone.startsWith(location.replace(/-[a-z]$/, ""))
          ? []
          : refuse("nodeLocations", `zone ${zone} isn't in ${location}`),
      );
