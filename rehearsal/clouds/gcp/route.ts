import { between, cidr, exclusive, fits, refuse } from "../limits";
import type { Row } from "../row";
import { isSet } from "../values";
import {
  computeId,
  computeLink,
  deletionPolicy,
  fullLink,
  gceName,
  network as networkReference,
  preventedBy,
  projectOf,
  since,
} from "./common";

const gateway = /^(projects\/[^/]+\/global\/gateways\/|global\/gateways\/|https:.*\/)?default-internet-gateway$/;
const hops = ["nextHopGateway", "nextHopIlb", "nextHopInstance", "nextHopIp", "nextHopVpnTunnel"];

export const route: Row = {
  type: "gcp:compute/route:Route",
  autoName: { property: "name", max: 255 },
  required: ["name"],
  immutable: [
    "name",
    "network",
    "destRange",
    "priority",
    "tags",
    "description",
    "project",
    "nextHopInstanceZone",
    ...hops,
  ],
  unordered: ["tags"],
  unique: { by: ["project", "name"], scope: "account" },
  references: [networkReference("network")],
  check: ({ inputs }) => [
    ...gceName(inputs),
    ...cidr(inputs, "destRange", 0, 32),
    ...between(inputs, "priority", 0, 65_535),
    ...fits(
      inputs,
      "tags.*",
      /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
      "a network tag is 1 to 63 lower case letters, digits and -",
    ),
    ...fits(inputs, "nextHopGateway", gateway, "the only gateway is default-internet-gateway"),
    ...exclusive(inputs, ...hops),
    ...(hops.some((hop) => isSet(inputs[hop]))
      ? []
      : refuse("nextHopGateway", `one of ${hops.join(", ")} must be specified`)),
  ],
  release: preventedBy,
  id: (moment) => computeId(moment, "routes"),
  outputs: (moment) => ({
    ...deletionPolicy(moment),
    ...since(moment, "creationTimestamp"),
    project: projectOf(moment),
    selfLink: computeLink(moment.id),
    network: fullLink(moment.inputs["network"], moment, "networks"),
    ...(isSet(moment.inputs["nextHopGateway"])
      ? { nextHopGateway: computeLink(`projects/${projectOf(moment)}/global/gateways/default-internet-gateway`) }
      : {}),
    nextHopIp: moment.inputs["nextHopIp"] ?? "",
    nextHopNetwork: "",
    nextHopPeering: "",
    nextHopHub: "",
    nextHopInterRegionCost: "",
    nextHopMed: "",
    nextHopOrigin: "",
    nextHopInstanceZone: moment.inputs["nextHopInstanceZone"] ?? "",
    routeStatus: "",
    routeType: "STATIC",
    asPaths: [],
    warnings: [],
  }),
  seconds: { create: 12, delete: 12, source: "typical of provider logs: 11 to 22 s" },
};
