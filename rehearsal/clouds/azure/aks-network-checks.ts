// What AKS asks of a cluster's network and of the way to its API server.
import { address, contains, overlaps, parseCidr } from "../cidr";
import { each, fits, refuse } from "../limits";
import type { Props, Refusal } from "../row";
import { isSet, isUnknown, list, pick, text } from "../values";

/** Ranges that AKS keeps: https://learn.microsoft.com/azure/aks/azure-cni-overlay */
const kept = ["169.254.0.0/16", "172.30.0.0/16", "172.31.0.0/16", "192.0.2.0/24"];

export function apiRefusals(inputs: Props): readonly Refusal[] {
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
    ...zoneRefusals(inputs),
    ...fits(
      inputs,
      `${at}.privateDNSZone`,
      /^(system|none|\/subscriptions\/.+\/privateDnsZones\/([a-z0-9-]+\.)?(privatelink|private)\.[a-z0-9]+\.azmk8s\.io)$/i,
      "InvalidPrivateDNSZone: system, none, or a zone privatelink.<region>.azmk8s.io",
    ),
  ];
}

/** https://learn.microsoft.com/azure/aks/private-clusters#configure-a-private-dns-zone */
function zoneRefusals(inputs: Props): readonly Refusal[] {
  const at = "apiServerAccessProfile";
  const zone = text(pick(inputs, `${at}.privateDNSZone`));
  const own = zone?.startsWith("/subscriptions/") === true;
  const kind = text(pick(inputs, "identity.type"));
  return [
    ...(own && (kind === "SystemAssigned" || kind === "None")
      ? refuse(
          `${at}.privateDNSZone`,
          "CustomPrivateDNSZoneMissingPermissionError: a custom private DNS zone needs a user-assigned identity that may write it.",
        )
      : []),
    ...(zone === "none" && pick(inputs, `${at}.enablePrivateClusterPublicFQDN`) === false
      ? refuse(
          `${at}.enablePrivateClusterPublicFQDN`,
          "InvalidParameter: must be true where privateDNSZone is none, or nobody finds the API server.",
        )
      : []),
    ...(isSet(inputs["fqdnSubdomain"]) && !own && !isUnknown(pick(inputs, `${at}.privateDNSZone`))
      ? refuse("fqdnSubdomain", "InvalidParameter: can be set with a custom private DNS zone only.")
      : []),
  ];
}

/** https://learn.microsoft.com/azure/aks/configure-kubenet, /azure/aks/use-network-policies */
function pluginRefusals(inputs: Props): readonly Refusal[] {
  const at = "networkProfile";
  const read = (property: string) => text(pick(inputs, `${at}.${property}`));
  const plugin = read("networkPlugin");
  const refused =
    plugin === "kubenet"
      ? ([
          ["networkPolicy", "azure"],
          ["networkPolicy", "cilium"],
          ["networkDataplane", "cilium"],
        ] as const)
      : plugin === "none"
        ? ([
            ["networkPolicy", "azure"],
            ["networkPolicy", "calico"],
            ["networkPolicy", "cilium"],
          ] as const)
        : [];
  return refused
    .filter(([property, value]) => read(property) === value)
    .map(([property, value]) => ({
      property: `${at}.${property}`,
      reason: `InvalidParameter: ${property} ${value} doesn't go with networkPlugin ${plugin ?? ""}.`,
    }));
}

/** https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning: smaller than a /12, and its first address is the API server's. */
function serviceRefusals(inputs: Props): readonly Refusal[] {
  const at = "networkProfile";
  const [services, dns] = ["serviceCidr", "dnsServiceIP"].map((property) => text(pick(inputs, `${at}.${property}`)));
  const block = parseCidr(services ?? "");
  return [
    ...(services !== undefined && (block?.canonical !== true || (block.family === "ipv4" && block.prefix <= 12))
      ? refuse(`${at}.serviceCidr`, `InvalidServiceCidr: ${services} is no range smaller than a /12.`)
      : []),
    ...(services !== undefined && block?.family === "ipv4" && dns === address(services, 1)
      ? refuse(`${at}.dnsServiceIP`, `InvalidDNSServiceIP: ${dns} is the first address of ${services}, which is kept.`)
      : []),
  ];
}

export function networkRefusals(inputs: Props): readonly Refusal[] {
  const at = "networkProfile";
  const read = (property: string) => text(pick(inputs, `${at}.${property}`));
  const [plugin, mode, plane, policy] = ["networkPlugin", "networkPluginMode", "networkDataplane", "networkPolicy"].map(
    read,
  );
  const [pods, services, dns] = ["podCidr", "serviceCidr", "dnsServiceIP"].map(read);
  const ranges = { podCidr: pods, serviceCidr: services };
  return [
    ...pluginRefusals(inputs),
    ...serviceRefusals(inputs),
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
