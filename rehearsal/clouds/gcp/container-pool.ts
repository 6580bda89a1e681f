import { refuse } from "../limits";
import type { Moment, Props, Refusal, Row } from "../row";
import { DIGITS } from "../shapes";
import { flag, isSet, list, pick, text } from "../values";
import { deletionPolicy, preventedBy, projectOf } from "./common";
import { clusterType, locationOf, regionOfLocation } from "./container";
import { diskKey, nodeDefaults, nodeImmutables, nodeReferences, poolChecks, zonesIn } from "./container-nodes";
import { zonesOf } from "./regions";

const poolType = "gcp:container/nodePool:NodePool";

/** A pool names its cluster by id, or by name and location. */
const parentOf = (moment: Pick<Moment, "inputs" | "account" | "place">) => {
  const given = text(moment.inputs["cluster"]) ?? "";
  return given.startsWith("projects/")
    ? moment.account.find([clusterType], "id", given)
    : moment.account.find([clusterType], "name", given);
};

/** A pool with a prefix only is named by terraform-plugin-sdk's helper/id: 26 characters of the time behind it. */
const poolName = ({ inputs, old, random }: Moment): string =>
  text(inputs["name"]) ??
  text(old?.outputs["name"]) ??
  `${text(inputs["namePrefix"]) ?? ""}20${random("prefixed", 16, DIGITS)}00000001`;

const minorOf = (version: string | undefined) => Number(/^1\.(\d+)/.exec(version ?? "")?.[1]);

/** What a pool can't be in this cluster. */
function underParent(inputs: Props, parent: Props, masterVersion: string | undefined): readonly Refusal[] {
  const channel = text(pick(parent, "releaseChannel.channel"));
  return [
    ...(flag(parent["enableAutopilot"]) === true
      ? refuse("cluster", "Error 400: Autopilot clusters do not support mutating node pools")
      : []),
    // https://cloud.google.com/kubernetes-engine/docs/how-to/node-auto-upgrades
    ...(channel !== undefined && channel !== "UNSPECIFIED" && flag(pick(inputs, "management.autoUpgrade")) === false
      ? refuse("management.autoUpgrade", `Error 400: Auto_upgrade must be true when release_channel ${channel} is set.`)
      : []),
    // https://kubernetes.io/releases/version-skew-policy: nodes are never newer than their control plane.
    ...(minorOf(text(inputs["version"])) > minorOf(masterVersion)
      ? refuse(
          "version",
          `Error 400: Node version ${text(inputs["version"])} must not be above the master's ${masterVersion}`,
        )
      : []),
  ];
}

export const nodePool: Row = {
  type: poolType,
  autoName: { property: "name", max: 40 },
  immutable: [
    "name",
    "project",
    "location",
    "cluster",
    "initialNodeCount",
    "maxPodsPerNode",
    "placementPolicy",
    "networkConfig.createPodRange",
    "networkConfig.podRange",
    "networkConfig.podIpv4CidrBlock",
    ...nodeImmutables,
  ],
  unordered: ["nodeLocations", "nodeConfig.oauthScopes"],
  unique: { by: ["cluster", "name"], scope: "account" },
  references: [{ path: "cluster", to: [clusterType], by: ["id", "name"], inside: true }, ...nodeReferences],
  check: (moment) => [...poolChecks(moment.inputs), ...zonesIn(moment.inputs, text(moment.inputs["location"]))],
  admit: (moment) => {
    const parent = parentOf(moment);
    const metadata = text(pick(moment.inputs, "nodeConfig.workloadMetadataConfig.mode"));
    return [
      ...(moment.old ? [] : diskKey(moment, regionOfLocation(locationOf(moment)))),
      ...(parent ? underParent(moment.inputs, parent.inputs, text(parent.outputs["masterVersion"])) : []),
      ...(parent && metadata === "GKE_METADATA" && !isSet(pick(parent.inputs, "workloadIdentityConfig.workloadPool"))
        ? refuse(
            "nodeConfig.workloadMetadataConfig.mode",
            "GKE_METADATA needs Workload Identity Federation enabled on the cluster",
          )
        : []),
    ];
  },
  release: preventedBy,
  id: (moment) => {
    const given = text(moment.inputs["cluster"]) ?? "";
    const parent = given.startsWith("projects/")
      ? given
      : `projects/${projectOf(moment)}/locations/${locationOf(moment)}/clusters/${given}`;
    return `${parent}/nodePools/${poolName(moment)}`;
  },
  outputs: (moment) => {
    const { inputs } = moment;
    const parent = parentOf(moment);
    const location = locationOf(moment);
    const zones = list(inputs["nodeLocations"] ?? zonesOf(regionOfLocation(location)).slice(0, 3));
    const suffix = moment.random("group", 8, "0123456789abcdef");
    const groups = zones.map(
      (zone) =>
        `https://www.googleapis.com/compute/v1/projects/${projectOf(moment)}/zones/${text(zone)}/instanceGroupManagers/gke-${poolName(moment)}-${suffix}-grp`,
    );
    return {
      ...deletionPolicy(moment),
      project: projectOf(moment),
      location,
      nodeLocations: zones,
      nodeCount: inputs["nodeCount"] ?? inputs["initialNodeCount"] ?? 0,
      initialNodeCount: inputs["initialNodeCount"] ?? 0,
      maxPodsPerNode: inputs["maxPodsPerNode"] ?? 110,
      version: inputs["version"] ?? parent?.outputs["masterVersion"] ?? "",
      management: inputs["management"] ?? { autoRepair: true, autoUpgrade: true },
      nodeConfig: nodeDefaults(inputs["nodeConfig"]),
      instanceGroupUrls: groups,
      managedInstanceGroupUrls: groups.map((url) => url.replace("instanceGroupManagers", "instanceGroups")),
      name: poolName(moment),
      namePrefix: text(inputs["namePrefix"]) ?? "",
      operation: "",
    };
  },
  seconds: {
    create: 110,
    update: 300,
    delete: 160,
    source: "typical of provider logs; an update rolls through the nodes",
  },
};
