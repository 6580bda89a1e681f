// What AKS asks of a cluster's inputs by themselves.
import { fits, long, oneOf, refuse } from "../limits";
import type { Props, Refusal } from "../row";
import { isSet, isUnknown, list, pick, text, texts } from "../values";
import { apiRefusals, networkRefusals } from "./aks-network-checks";
import { poolRefusals, poolsOf, versionRefusals } from "./aks-pool-checks";
import { addonRefusals, securityRefusals } from "./aks-security-checks";
import { zoneRefusals } from "./locations";

export function clusterRefusals(inputs: Props): readonly Refusal[] {
  return [
    ...versionRefusals(inputs, "kubernetesVersion", text(inputs["supportPlan"]) === "AKSLongTermSupport"),
    ...fits(
      inputs,
      "dnsPrefix",
      /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,52}[a-zA-Z0-9])?$/,
      "1 to 54 letters, digits and hyphens",
    ),
    ...(isSet(inputs["dnsPrefix"]) || isSet(inputs["fqdnSubdomain"])
      ? []
      : refuse("dnsPrefix", "DnsPrefix is required.")),
    ...fits(inputs, "nodeResourceGroup", /^[\w.()-]{1,80}$/, "NodeResourceGroupNameTooLong: 1 to 80 characters"),
    ...(text(inputs["supportPlan"]) === "AKSLongTermSupport" && text(pick(inputs, "sku.tier")) !== "Premium"
      ? refuse("supportPlan", "LTSRequiresPremiumTier: long-term support is available in the Premium tier only.")
      : []),
    // https://learn.microsoft.com/azure/aks/intro-aks-automatic: Automatic clusters come in the tier Standard.
    ...(text(pick(inputs, "sku.name")) === "Automatic" && (text(pick(inputs, "sku.tier")) ?? "Standard") !== "Standard"
      ? refuse("sku.tier", "InvalidParameter: the SKU Automatic needs the tier Standard.")
      : []),
    ...identityRefusals(inputs),
    ...loginRefusals(inputs),
    ...apiRefusals(inputs),
    ...networkRefusals(inputs),
    ...securityRefusals(inputs),
    ...addonRefusals(inputs),
    ...profileRefusals(inputs),
  ];
}

function identityRefusals(inputs: Props): readonly Refusal[] {
  const kind = text(pick(inputs, "identity.type"));
  return [
    ...oneOf(inputs, "identity.type", ["None", "SystemAssigned", "UserAssigned"]),
    ...(kind === "UserAssigned" ? long(inputs, "identity.userAssignedIdentities", 1, 1) : []),
    ...(isSet(pick(inputs, "identityProfile.kubeletidentity")) && kind !== undefined && kind !== "UserAssigned"
      ? refuse(
          "identityProfile.kubeletidentity",
          "CustomKubeletIdentityOnlySupportedOnUserAssignedMSICluster: the control plane needs a user-assigned identity too.",
        )
      : []),
  ];
}

function loginRefusals(inputs: Props): readonly Refusal[] {
  const managed = pick(inputs, "aadProfile.managed");
  if (managed === true || isUnknown(managed)) return [];
  return [
    ...(inputs["disableLocalAccounts"] === true
      ? refuse(
          "disableLocalAccounts",
          "BadRequest: disableLocalAccounts is supported on clusters with AKS-managed Entra integration only.",
        )
      : []),
    ...(pick(inputs, "aadProfile.enableAzureRBAC") === true
      ? refuse("aadProfile.enableAzureRBAC", "BadRequest: Azure RBAC needs AKS-managed Entra integration.")
      : []),
  ];
}

function profileRefusals(inputs: Props): readonly Refusal[] {
  const pools = poolsOf(inputs);
  const names = texts(pools.map((pool) => pool["name"] ?? ""));
  return [
    ...(pools.length > 0 && !pools.some((pool) => text(pool["mode"]) === "System")
      ? refuse("agentPoolProfiles", "BadRequest: a cluster must have at least one pool of mode System.")
      : []),
    ...(isSet(inputs["agentPoolProfiles"])
      ? []
      : refuse("agentPoolProfiles", "BadRequest: required for a new cluster.")),
    ...fits(
      inputs,
      "agentPoolProfiles.*.name",
      /^[a-z][a-z0-9]{0,11}$/,
      "1 to 12 lower case letters and digits, a letter first",
    ),
    ...(new Set(names).size < names.length
      ? refuse("agentPoolProfiles", "DuplicateAgentPoolName: names are used twice.")
      : []),
    ...pools.flatMap((pool, index) => [
      ...poolRefusals(inputs, `agentPoolProfiles.${index}`),
      ...zoneRefusals(
        inputs,
        `agentPoolProfiles.${index}.availabilityZones`,
        list(pool["availabilityZones"]).length > 0,
      ),
    ]),
  ];
}
