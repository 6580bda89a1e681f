// Managed Kubernetes: clusters, their pools, their maintenance windows.
import { fits, oneOf, refuse } from "../limits";
import type { Moment, Props, Row, Value } from "../row";
import { HEX, uuid } from "../shapes";
import { isSet, list, object, pick, text } from "../values";
import { clusterRefusals } from "./aks-checks";
import { kubeletOutputs, networkOutputs, poolDefaults } from "./aks-defaults";
import { clusterChangeRefusals, landRefusals, rightsRefusals } from "./aks-neighbours";
import { changedRefusals, homeRefusals, minorOf, poolRefusals, poolsOf, versionRefusals } from "./aks-pool-checks";
import { arm, etag, identityOutput, named } from "./arm";
import { userAssignedIdentity } from "./identity";
import { vault } from "./keyvault";
import { plainLocation, zoneRefusals } from "./locations";
import { subnet } from "./network";
import { tenantOf } from "./place";
import { token } from "./types";

export const managedCluster = token("containerservice:ManagedCluster");
const api = "2025-09-01";
const namespace = "Microsoft.ContainerService";
const clusterPath = ["managedClusters", "resourceName"] as const;
const patches: Readonly<Record<string, string>> = { "1.33": "6", "1.34": "4", "1.35": "1", "1.36": "0" };

const patched = (version: Value | undefined): string => {
  const given = text(version) ?? "1.35";
  return /^1\.\d+$/.test(given) ? `${given}.${patches[given] ?? "14"}` : given;
};

const nodeImage = (moment: Moment) => moment.old?.outputs["nodeImageVersion"] ?? "AKSAzureLinux-V3gen2-202611.05.0";

const clusterRow = arm({
  name: "containerservice:ManagedCluster",
  api,
  namespace,
  path: [clusterPath],
  own: {
    pattern: /^[a-zA-Z0-9]([\w-]{0,61}[a-zA-Z0-9])?$/,
    rule: "1 to 63 letters, digits, - and _, beginning and ending with a letter or digit",
  },
  location: "replaces",
  taggable: true,
  // provider/pkg/gen/replacement.go of pulumi-azure-native.
  immutable: [
    "diskEncryptionSetID",
    "dnsPrefix",
    "fqdnSubdomain",
    "linuxProfile",
    "nodeResourceGroup",
    "windowsProfile",
    "networkProfile.serviceCidr",
    "networkProfile.serviceCidrs",
    "networkProfile.dnsServiceIP",
    "networkProfile.networkMode",
    "networkProfile.networkPlugin",
    "networkProfile.networkPluginMode",
    "networkProfile.podCidr",
    "networkProfile.networkDataplane",
    "networkProfile.networkPolicy",
    "networkProfile.outboundType",
    "agentPoolProfiles.*.networkProfile.nodePublicIPTags",
  ],
  references: [
    { path: "identity.userAssignedIdentities.*", to: [userAssignedIdentity], weak: true },
    { path: "identityProfile.*.resourceId", to: [userAssignedIdentity], weak: true },
    { path: "apiServerAccessProfile.subnetId", to: [subnet] },
    { path: "agentPoolProfiles.*.vnetSubnetID", to: [subnet] },
    { path: "diskEncryptionSetID", to: [token("compute:DiskEncryptionSet")] },
    { path: "securityProfile.azureKeyVaultKms.keyVaultResourceId", to: [vault], weak: true },
    {
      path: "securityProfile.defender.logAnalyticsWorkspaceResourceId",
      to: [token("operationalinsights:Workspace")],
      weak: true,
    },
  ],
  check: ({ inputs }) => clusterRefusals(inputs),
  admit: (moment) => [...rightsRefusals(moment), ...landRefusals(moment), ...clusterChangeRefusals(moment)],
  volatile: ["eTag"],
  outputs: (moment) => clusterOutputs(moment),
  seconds: {
    create: 300,
    update: 120,
    delete: 240,
    source: "estimate: 4 to 6 minutes for a private cluster, from deployments' logs",
  },
});

function clusterOutputs(moment: Moment): Props {
  const { inputs, old, random, place } = moment;
  const region = plainLocation(inputs["location"]);
  const mark = `${text(inputs["dnsPrefix"]) ?? text(inputs["fqdnSubdomain"]) ?? ""}-${random("mark", 8, "abcdefghijklmnopqrstuvwxyz0123456789")}`;
  const isPrivate = pick(inputs, "apiServerAccessProfile.enablePrivateCluster") === true;
  const issuer = `https://${region}.oic.prod-aks.azure.com/${tenantOf(place)}/${uuid(random("issuer", 32, HEX))}/`;
  // https://learn.microsoft.com/azure/aks/faq: MC_<group>_<cluster>_<region>, cut at 80 characters.
  const nodeGroup =
    text(inputs["nodeResourceGroup"]) ??
    `MC_${text(inputs["resourceGroupName"]) ?? ""}_${text(inputs["resourceName"]) ?? ""}_${region}`.slice(0, 80);
  const outside = isPrivate && pick(inputs, "apiServerAccessProfile.enablePrivateClusterPublicFQDN") === false;
  return {
    provisioningState: "Succeeded",
    powerState: { code: "Running" },
    currentKubernetesVersion: patched(inputs["kubernetesVersion"]),
    kubernetesVersion: inputs["kubernetesVersion"] ?? "1.34",
    fqdn: outside ? "" : `${mark}.hcp.${region}.azmk8s.io`,
    azurePortalFQDN: `${mark}.portal.hcp.${region}.azmk8s.io`,
    privateFQDN: isPrivate ? `${mark}.${uuid(random("zone", 32, HEX))}.privatelink.${region}.azmk8s.io` : "",
    nodeResourceGroup: nodeGroup,
    networkProfile: networkOutputs(inputs),
    identityProfile: { kubeletidentity: kubeletOutputs(moment, nodeGroup) },
    maxAgentPools: 100,
    resourceUID: old?.outputs["resourceUID"] ?? random("uid", 24, HEX),
    oidcIssuerProfile: {
      ...object(inputs["oidcIssuerProfile"]),
      ...(pick(inputs, "oidcIssuerProfile.enabled") === true ? { issuerURL: issuer } : {}),
    },
    agentPoolProfiles: poolsOf(inputs).map((pool) => ({
      ...poolDefaults(pool, inputs),
      ...pool,
      currentOrchestratorVersion: patched(pool["orchestratorVersion"] ?? inputs["kubernetesVersion"]),
      nodeImageVersion: nodeImage(moment),
      provisioningState: "Succeeded",
      powerState: { code: "Running" },
    })),
    ...(isSet(inputs["identity"])
      ? { identity: identityOutput(inputs["identity"], moment, userAssignedIdentity) }
      : {}),
    eTag: etag(moment),
  };
}

const poolRow = arm({
  name: "containerservice:AgentPool",
  api,
  namespace,
  path: [clusterPath, ["agentPools", "agentPoolName"]],
  parents: [managedCluster],
  inside: true,
  own: {
    pattern: /^[a-z][a-z0-9]{0,11}$/,
    rule: "InvalidAgentPoolName: 1 to 12 lower case letters and digits, a letter first",
  },
  // provider/pkg/gen/replacement.go of pulumi-azure-native.
  immutable: ["gpuInstanceProfile", "vmSize", "networkProfile.nodePublicIPTags"],
  references: [{ path: "vnetSubnetID", to: [subnet] }],
  check: ({ inputs }) => [...poolRefusals(inputs, ""), ...versionRefusals(inputs, "orchestratorVersion", true)],
  admit: (moment) => {
    const { inputs, old } = moment;
    const cluster = named(moment, managedCluster, { namespace, path: [clusterPath] });
    const [own, its] = [minorOf(inputs["orchestratorVersion"]), minorOf(cluster?.inputs["kubernetesVersion"])];
    const first = poolsOf(cluster?.inputs ?? {})[0]?.["vnetSubnetID"];
    const network = (id: Value | undefined) => (text(id) ?? "").replace(/\/subnets\/.*$/, "").toLowerCase();
    return [
      ...(own > its
        ? refuse(
            "orchestratorVersion",
            `NodePoolMcVersionIncompatible: version 1.${own} is newer than the control plane's 1.${its}.`,
          )
        : []),
      // https://learn.microsoft.com/azure/aks/supported-kubernetes-versions: three minors of difference at most.
      ...(own < its - 3
        ? refuse(
            "orchestratorVersion",
            `NodePoolMcVersionIncompatible: Node pool version 1.${own} and control plane version 1.${its} are incompatible. Minor version of node pool cannot be more than 3 versions less than control plane's version.`,
          )
        : []),
      ...zoneRefusals(
        { location: cluster?.inputs["location"] ?? "" },
        "availabilityZones",
        list(inputs["availabilityZones"]).length > 0,
      ),
      ...(cluster && poolsOf(cluster.inputs).some((pool) => pool["name"] === inputs["agentPoolName"])
        ? refuse("agentPoolName", `BadRequest: pool ${text(inputs["agentPoolName"]) ?? ""} is the cluster's own.`)
        : []),
      ...(isSet(first) && isSet(inputs["vnetSubnetID"]) && network(first) !== network(inputs["vnetSubnetID"])
        ? refuse("vnetSubnetID", "VnetMismatch: all pools of a cluster lie in one virtual network.")
        : []),
      ...homeRefusals(moment, inputs, "", text(pick(cluster?.inputs, "networkProfile.outboundType"))),
      ...(old ? changedRefusals(old.inputs, inputs, "") : []),
    ];
  },
  volatile: ["eTag"],
  outputs: (moment) => ({
    ...poolDefaults(moment.inputs, named(moment, managedCluster, { namespace, path: [clusterPath] })?.inputs ?? {}),
    provisioningState: "Succeeded",
    powerState: { code: "Running" },
    currentOrchestratorVersion: patched(moment.inputs["orchestratorVersion"]),
    nodeImageVersion: nodeImage(moment),
    eTag: etag(moment),
  }),
  seconds: { create: 150, update: 60, delete: 150, source: "estimate: 2 to 3 minutes, from deployments' logs" },
});

const schedules = ["aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule"];

const maintenanceRow = arm({
  name: "containerservice:MaintenanceConfiguration",
  api,
  namespace,
  path: [clusterPath, ["maintenanceConfigurations", "configName"]],
  parents: [managedCluster],
  inside: true,
  own: {
    pattern: /^(default|aksManagedAutoUpgradeSchedule|aksManagedNodeOSUpgradeSchedule)$/,
    rule: "InvalidMaintenanceConfigurationName: default, aksManagedAutoUpgradeSchedule or aksManagedNodeOSUpgradeSchedule",
  },
  check: ({ inputs }) => {
    const name = text(inputs["configName"]) ?? "";
    const hours = pick(inputs, "maintenanceWindow.durationHours");
    const kinds = Object.keys(object(pick(inputs, "maintenanceWindow.schedule"))).length;
    return [
      ...(schedules.includes(name) && !isSet(inputs["maintenanceWindow"])
        ? refuse("maintenanceWindow", "InvalidParameter: required for this configuration.")
        : []),
      ...(name === "default" && isSet(inputs["maintenanceWindow"])
        ? refuse("maintenanceWindow", "InvalidParameter: default takes timeInWeek and notAllowedTime only.")
        : []),
      ...(typeof hours === "number" && (hours < 4 || hours > 24)
        ? refuse("maintenanceWindow.durationHours", `InvalidParameter: expected 4 to 24, got ${hours}.`)
        : []),
      ...(isSet(inputs["maintenanceWindow"]) && kinds !== 1
        ? refuse("maintenanceWindow.schedule", "InvalidParameter: exactly one schedule must be specified.")
        : []),
      ...fits(inputs, "maintenanceWindow.startTime", /^([01]\d|2[0-3]):[0-5]\d$/, "a time from 00:00 to 23:59"),
      ...fits(inputs, "maintenanceWindow.utcOffset", /^[+-]\d\d:\d\d$/, "an offset as +05:30"),
      ...oneOf(
        inputs,
        "timeInWeek.*.hourSlots.*",
        Array.from({ length: 24 }, (_, hour) => hour),
      ),
    ];
  },
  seconds: { create: 4, update: 4, delete: 3, source: "estimate" },
});

export const rows: readonly Row[] = [clusterRow, poolRow, maintenanceRow];
