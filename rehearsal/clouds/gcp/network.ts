import { between, cidr, refuse } from "../limits";
import type { Row } from "../row";
import { flag, isSet } from "../values";
import { computeId, computeLink, deletionPolicy, gceName, kept, loweredName, preventedBy, projectOf } from "./common";

export const networkType = "gcp:compute/network:Network";

export const network: Row = {
  type: networkType,
  autoName: loweredName,
  required: ["name"],
  immutable: ["name", "project", "description", "autoCreateSubnetworks", "internalIpv6Range", "networkProfile"],
  unique: { by: ["project", "name"], scope: "account" },
  check: ({ inputs }) => [
    ...gceName(inputs),
    ...between(inputs, "mtu", 1300, 8896),
    ...cidr(inputs, "internalIpv6Range", 48, 48),
    ...(isSet(inputs["internalIpv6Range"]) && flag(inputs["enableUlaInternalIpv6"]) !== true
      ? refuse("internalIpv6Range", "needs enableUlaInternalIpv6")
      : []),
  ],
  release: preventedBy,
  id: (moment) => computeId(moment, "networks"),
  outputs: (moment) => ({
    ...deletionPolicy(moment),
    ...kept(moment, "networkId", () => moment.random("networkId", 19, "123456789")),
    numericId: moment.old?.outputs["networkId"] ?? moment.random("networkId", 19, "123456789"),
    project: projectOf(moment),
    selfLink: computeLink(moment.id),
    mtu: moment.inputs["mtu"] ?? 1460,
    routingMode: moment.inputs["routingMode"] ?? "REGIONAL",
    networkFirewallPolicyEnforcementOrder:
      moment.inputs["networkFirewallPolicyEnforcementOrder"] ?? "AFTER_CLASSIC_FIREWALL",
    bgpBestPathSelectionMode: moment.inputs["bgpBestPathSelectionMode"] ?? "LEGACY",
    bgpAlwaysCompareMed: moment.inputs["bgpAlwaysCompareMed"] ?? false,
    bgpInterRegionCost: moment.inputs["bgpInterRegionCost"] ?? "",
    gatewayIpv4: "",
    internalIpv6Range: moment.inputs["internalIpv6Range"] ?? "",
  }),
  seconds: {
    create: 12,
    update: 12,
    delete: 22,
    source: "typical of provider logs: 11 to 22 s, twice as long with default routes removed",
  },
};
