// What AKS asks of a cluster's inputs by themselves.
import { contains, overlaps } from "../cidr";
import { each, fits, long, oneOf, refuse } from "../limits";
import type { Props, Refusal } from "../row";
import { isSet, isUnknown, list, pick, text, texts } from "../values";
import { poolRefusals, poolsOf, versionRefusals } from "./aks-pool-checks";
import { addonRefusals, securityRefusals } from "./aks-security-checks";

/** Ranges that AKS keeps: https://learn.microsoft.com/azure/aks/azure-cni-overlay */
const kept = ["169.254.0.0/16", "172.30.0.0/16", "172.31.0.0/16", "192.0.2.0/24"];

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

function apiRefusals(inputs: Props): readonly Refusal[] {
  const at = "apiServerAccessProfile";
  const isPrivate = pick(inputs, `${at}.enablePrivateCluster`) === true;
  const ranges = `${at}.authorizedIPRanges`;
  return [
    ...(isPrivate && list(pick(inputs, ranges)).length > 0
      ? refuse(
          ranges,
          "AuthorizedIPRangesNotAllowedOnPrivateCluster: a private cluster has no public endpoint to filter.",
        )
      : []),
    ...each(
      inputs,
      `${ranges}.*`,
      (value) => /^\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?$/.test(text(value) ?? "") && text(value) !== "0.0.0.0/0",
      (value) => `InvalidAuthorizedIPRange: ${value} is no public IPv4 range.`,
    ),
    ...(!isPrivate &&
    isSet(pick(inputs, `${at}.privateDNSZone`)) &&
    pick(inputs, `${at}.enablePrivateCluster`) === false
      ? refuse(`${at}.privateDNSZone`, "InvalidParameter: can be set for private clusters only.")
      : []),
    ...(pick(inputs, `${at}.enableVnetIntegration`) === true && !isSet(pick(inputs, `${at}.subnetId`))
      ? refuse(`${at}.subnetId`, "InvalidParameter: required with enableVnetIntegration on a network of one's own.")
      : []),
    ...fits(
      inputs,
      `${at}.privateDNSZone`,
      /^(system|none|\/subscriptions\/.+\/privateDnsZones\/([a-z0-9-]+\.)?(privatelink|private)\.[a-z0-9]+\.azmk8s\.io)$/i,
      "InvalidPrivateDNSZone: system, none, or a zone privatelink.<region>.azmk8s.io",
    ),
  ];
}

function networkRefusals(inputs: Props): readonly Refusal[] {
  const at = "networkProfile";
  const read = (property: string) => text(pick(inputs, `${at}.${property}`));
  const [plugin, mode, plane, policy] = ["networkPlugin", "networkPluginMode", "networkDataplane", "networkPolicy"].map(
    read,
  );
  const [pods, services, dns] = ["podCidr", "serviceCidr", "dnsServiceIP"].map(read);
  const ranges = { podCidr: pods, serviceCidr: services };
  return [
    ...(mode === "overlay" && plugin !== undefined && plugin !== "azure"
      ? refuse(`${at}.networkPluginMode`, "InvalidParameter: overlay needs networkPlugin azure.")
      : []),
    ...((plane === "cilium") !== (policy === "cilium") &&
    plane !== undefined &&
    policy !== undefined &&
    policy !== "none"
      ? refuse(
          `${at}.networkPolicy`,
          "InvalidParameter: networkPolicy cilium and networkDataplane cilium come together.",
        )
      : []),
    ...Object.entries(ranges).flatMap(([property, range]) =>
      range !== undefined && kept.some((one) => overlaps(one, range))
        ? refuse(
            `${at}.${property}`,
            `InvalidCidr: ${range} overlaps with what AKS keeps for itself (${kept.join(", ")}).`,
          )
        : [],
    ),
    ...(pods !== undefined && services !== undefined && overlaps(pods, services)
      ? refuse(`${at}.podCidr`, `PodCidrOverlapServiceCidr: ${pods} overlaps with ${services}.`)
      : []),
    ...(services !== undefined && dns !== undefined && !contains(services, `${dns}/32`)
      ? refuse(`${at}.dnsServiceIP`, `DNSServiceIPNotInServiceCidr: ${dns} isn't in ${services}.`)
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
    ...pools.flatMap((_, index) => poolRefusals(inputs, `agentPoolProfiles.${index}`)),
  ];
}
