import { overlaps } from "../cidr";
import { refuse } from "../limits";
import type { CloudFunction, Moment, Props, Refusal, Row, Value } from "../row";
import { flag, list, object, pick, pickAll, text } from "../values";
import {
  anyLink,
  deletionPolicy,
  fullLink,
  kept,
  labelOutputs,
  labelSecrets,
  labels,
  nameOf,
  network,
  preventedBy,
  projectOf,
  said,
} from "./common";
import { filledIn } from "./container-answers";
import { clusterChecks } from "./container-checks";
import { diskKey, nodeDefaults, nodeImmutables, nodeReferences } from "./container-nodes";
import { keyRefusals } from "./key-use";
import { zonesOf } from "./regions";
import { lentHost, publicAddress } from "./sql-answers";

export const clusterType = "gcp:container/cluster:Cluster";
const subnetType = "gcp:compute/subnetwork:Subnetwork";

export const locationOf = ({ inputs, place }: Pick<Moment, "inputs" | "place">) =>
  text(inputs["location"]) ?? place.region;
export const regionOfLocation = (location: string) => location.replace(/-[a-z]$/, "");

/** Second ranges that a cluster names, of the subnet that it names. */
function ranges({ inputs, account }: Moment): readonly Refusal[] {
  const subnet = account.find([subnetType], "id", inputs["subnetwork"] ?? null);
  if (!subnet) return [];
  const names = list(subnet.inputs["secondaryIpRanges"]).map((range) => pick(range, "rangeName"));
  return ["clusterSecondaryRangeName", "servicesSecondaryRangeName"].flatMap((property) => {
    const path = `ipAllocationPolicy.${property}`;
    const wanted = text(pick(inputs, path));
    return wanted === undefined || names.includes(wanted)
      ? []
      : refuse(path, `Pod/services secondary range "${wanted}" was not found in subnetwork ${subnet.id}`);
  });
}

/** The control plane's own range lies beside every subnet of its network. */
function masterRange({ inputs, account }: Moment): readonly Refusal[] {
  const path = "privateClusterConfig.masterIpv4CidrBlock";
  const wanted = text(pick(inputs, path));
  const home = account.find([subnetType], "id", inputs["subnetwork"] ?? null)?.outputs["network"];
  if (wanted === undefined || home === undefined) return [];
  return account
    .all(subnetType)
    .filter((item) => item.outputs["network"] === home)
    .flatMap((item) =>
      ["ipCidrRange", "secondaryIpRanges.*.ipCidrRange"]
        .flatMap((at) => pickAll(item.inputs, at))
        .filter(({ value }) => overlaps(wanted, said(value)))
        .flatMap(({ value }) =>
          refuse(path, `The given master CIDR block ${wanted} overlaps ${said(value)} of ${item.id}`),
        ),
    );
}

const certificate = (moment: Moment) =>
  Buffer.from(
    `-----BEGIN CERTIFICATE-----\n${moment.random("ca", 64, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")}\n-----END CERTIFICATE-----\n`,
  ).toString("base64");

/** The patch that a minor stands for today. */
const patchOf = (version: string | undefined) =>
  version === undefined ? "1.34.4-gke.1047000" : /^1\.\d+$/.test(version) ? `${version}.2-gke.1184000` : version;

/** A control plane never goes back: the provider leaves it where it is above what is asked for. */
function newest(was: string | undefined, wanted: string): string {
  const parts = (version: string) => version.split(/\D+/).map(Number);
  const [a, b] = [parts(was ?? "0"), parts(wanted)];
  const at = b.findIndex((part, index) => part !== (a[index] ?? 0));
  return was === undefined || (a[at] ?? 0) < (b[at] ?? 0) ? wanted : was;
}

export const cluster: Row = {
  type: clusterType,
  autoName: { property: "name", max: 40 },
  required: ["name"],
  immutable: [
    "name",
    "project",
    "location",
    "network",
    "subnetwork",
    "description",
    "clusterIpv4Cidr",
    "datapathProvider",
    "defaultMaxPodsPerNode",
    "enableAutopilot",
    "enableKubernetesAlpha",
    "enableTpu",
    "initialNodeCount",
    "ipAllocationPolicy.clusterSecondaryRangeName",
    "ipAllocationPolicy.servicesSecondaryRangeName",
    "ipAllocationPolicy.clusterIpv4CidrBlock",
    "ipAllocationPolicy.servicesIpv4CidrBlock",
    "masterAuth",
    "networkingMode",
    "privateClusterConfig.masterIpv4CidrBlock",
    "privateClusterConfig.privateEndpointSubnetwork",
    ...nodeImmutables,
    "nodeConfig.diskSizeGb",
    "nodeConfig.diskType",
    "nodeConfig.machineType",
    "nodeConfig.labels",
    "nodeConfig.taints",
  ],
  unordered: [
    "nodeLocations",
    "masterAuthorizedNetworksConfig.cidrBlocks",
    "maintenancePolicy.maintenanceExclusions",
    "nodeConfig.oauthScopes",
  ],
  unique: { by: ["project", "location", "name"], scope: "account" },
  references: [
    // A project's own first network, which nobody made, is called default.
    { ...network("network"), except: /^default$/ },
    { path: "subnetwork", to: [subnetType], by: anyLink },
    { path: "databaseEncryption.keyName", to: ["gcp:kms/cryptoKey:CryptoKey"] },
    // Of the first pool, which is gone.
    ...nodeReferences.map((one) => ({ ...one, weak: true })),
  ],
  secrets: [...labelSecrets, "masterAuth"],
  check: (moment) => [
    ...clusterChecks(moment.inputs, projectOf(moment), moment.before),
    ...labels(moment.inputs, "resourceLabels"),
  ],
  admit: (moment) => {
    const region = regionOfLocation(locationOf(moment));
    return [
      ...(moment.old ? [] : [...ranges(moment), ...masterRange(moment)]),
      ...keyRefusals(moment, "databaseEncryption.keyName", region, "container"),
      ...(moment.old ? [] : diskKey(moment, region)),
    ];
  },
  release: (moment) =>
    preventedBy(moment) ??
    (flag(moment.inputs["deletionProtection"]) !== false
      ? "Cannot destroy cluster because deletion_protection is set to true. Set it to false to proceed with cluster deletion."
      : undefined),
  id: (moment) => `projects/${projectOf(moment)}/locations/${locationOf(moment)}/clusters/${nameOf(moment)}`,
  outputs: (moment) => {
    const { inputs, account } = moment;
    const subnet = account.find([subnetType], "id", inputs["subnetwork"] ?? null);
    const range = (name: Value | undefined) =>
      text(
        pick(
          list(subnet?.inputs["secondaryIpRanges"]).find((one) => pick(one, "rangeName") === name),
          "ipCidrRange",
        ),
      );
    const closed = flag(pick(inputs, "privateClusterConfig.enablePrivateEndpoint")) === true;
    const location = locationOf(moment);
    const own = { ...object(inputs["privateClusterConfig"]) };
    const addresses = endpoints(moment, text(subnet?.inputs["ipCidrRange"]) ?? "10.128.0.0/20");
    return {
      ...filledIn(inputs),
      ...labelOutputs(moment, "resourceLabels"),
      ...deletionPolicy(moment),
      project: projectOf(moment),
      location,
      network: fullLink(inputs["network"] ?? "default", moment, "networks"),
      nodeLocations: inputs["nodeLocations"] ?? zonesOf(regionOfLocation(location)).slice(0, 3),
      selfLink: `https://container.googleapis.com/v1/${moment.id}`,
      endpoint: closed ? addresses.inner : addresses.outer,
      privateClusterConfig: { ...own, privateEndpoint: addresses.inner, publicEndpoint: addresses.outer },
      masterVersion: newest(text(moment.old?.outputs["masterVersion"]), patchOf(text(inputs["minMasterVersion"]))),
      nodeVersion: newest(text(moment.old?.outputs["nodeVersion"]), patchOf(text(inputs["minMasterVersion"]))),
      masterAuth: {
        ...object(inputs["masterAuth"]),
        clientCertificate: "",
        clientKey: "",
        clusterCaCertificate:
          moment.old?.outputs["masterAuth"] === undefined
            ? certificate(moment)
            : (pick(moment.old.outputs["masterAuth"], "clusterCaCertificate") ?? certificate(moment)),
      },
      clusterIpv4Cidr: range(pick(inputs, "ipAllocationPolicy.clusterSecondaryRangeName")) ?? "10.96.0.0/14",
      servicesIpv4Cidr: range(pick(inputs, "ipAllocationPolicy.servicesSecondaryRangeName")) ?? "34.118.224.0/20",
      defaultMaxPodsPerNode: inputs["defaultMaxPodsPerNode"] ?? 110,
      nodeConfig: nodeDefaults(inputs["nodeConfig"]),
      databaseEncryption: inputs["databaseEncryption"] ?? { state: "DECRYPTED", keyName: "" },
      emulatedVersion: "",
      tpuIpv4CidrBlock: "",
      operation: "",
      ...kept(moment, "labelFingerprint", () => moment.random("labelFingerprint", 8)),
    };
  },
  volatile: ["masterVersion", "nodeVersion"],
  seconds: {
    create: 540,
    update: 180,
    delete: 240,
    source:
      "typical of provider logs: 6 to 12 minutes for a regional control plane, and the first pool's removal on top",
  },
};

/** Addresses of the API server: one of the subnet's, and one of Google's. */
function endpoints(moment: Moment, range: string): { readonly inner: string; readonly outer: string } {
  const was = (key: string) => text(pick(moment.old?.outputs["privateClusterConfig"], key));
  return {
    inner: was("privateEndpoint") ?? lentHost(moment, range),
    outer: was("publicEndpoint") ?? publicAddress(moment),
  };
}

/** Clusters that stand in the account. */
export const getCluster: CloudFunction = {
  token: "gcp:container/getCluster:getCluster",
  secrets: ["masterAuths"],
  call: (args, { account, place }) => {
    const project = text(args["project"]) ?? place.account;
    const id = `projects/${project}/locations/${text(args["location"]) ?? place.region}/clusters/${text(args["name"])}`;
    const found = account.find([clusterType], "id", id);
    if (!found) return refuse("name", `${id} not found`);
    const one = (property: string): Props => object(found.outputs[property]);
    return {
      ...found.outputs,
      id,
      masterAuths: [one("masterAuth")],
      nodeConfigs: [one("nodeConfig")],
      workloadIdentityConfigs: [one("workloadIdentityConfig")],
      ipAllocationPolicies: [one("ipAllocationPolicy")],
      privateClusterConfigs: [one("privateClusterConfig")],
    };
  },
};
