// What AKS fills in of a cluster and its pools: https://learn.microsoft.com/rest/api/aks/managed-clusters/create-or-update
import type { Moment, Props } from "../row";
import { HEX, uuid } from "../shapes";
import { isSet, object, pick, text } from "../values";
import { filled } from "./arm";
import { userAssignedIdentity } from "./identity";

const overlay = (cluster: Props): boolean => text(pick(cluster, "networkProfile.networkPluginMode")) === "overlay";

/** Only what the program leaves open. */
export function poolDefaults(pool: Props, cluster: Props): Props {
  const plugin = text(pick(cluster, "networkProfile.networkPlugin"));
  const defaults: Props = {
    mode: "User",
    osType: "Linux",
    osSKU: "Ubuntu",
    osDiskSizeGB: 128,
    osDiskType: "Managed",
    kubeletDiskType: "OS",
    maxPods: overlay(cluster) ? 250 : plugin === "azure" ? 30 : 110,
    type: "VirtualMachineScaleSets",
    enableAutoScaling: false,
    enableNodePublicIP: false,
    enableEncryptionAtHost: false,
    enableUltraSSD: false,
    enableFIPS: false,
    scaleDownMode: "Delete",
    ...(isSet(cluster["kubernetesVersion"]) ? { orchestratorVersion: cluster["kubernetesVersion"] ?? "" } : {}),
  };
  return Object.fromEntries(Object.entries(defaults).filter(([property]) => !isSet(pool[property])));
}

/** https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning */
export const networkOutputs = (cluster: Props): Props =>
  filled(cluster, "networkProfile", {
    networkPolicy: "none",
    networkDataplane: "azure",
    loadBalancerSku: "standard",
    outboundType: "loadBalancer",
    ipFamilies: ["IPv4"],
    ...(overlay(cluster) || text(pick(cluster, "networkProfile.networkPlugin")) !== "azure"
      ? { podCidr: "10.244.0.0/16" }
      : {}),
    serviceCidr: "10.0.0.0/16",
    dnsServiceIP: "10.0.0.10",
  });

/** The nodes' own identity: the one that was given, or one that AKS makes beside the nodes. */
export function kubeletOutputs(moment: Moment, nodeGroup: string): Props {
  const { inputs, account, place, random } = moment;
  const given = object(pick(inputs, "identityProfile.kubeletidentity"));
  const found = account.find([userAssignedIdentity], "id", given["resourceId"] ?? "");
  const name = `${text(inputs["resourceName"]) ?? ""}-agentpool`;
  return {
    resourceId: `/subscriptions/${place.account}/resourceGroups/${nodeGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`,
    clientId: found?.outputs["clientId"] ?? uuid(random("kubelet client", 32, HEX)),
    objectId: found?.outputs["principalId"] ?? uuid(random("kubelet principal", 32, HEX)),
    ...given,
  };
}
