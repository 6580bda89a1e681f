import { address, contains, overlaps } from "../cidr";
import { between, cidr, each, fits, oneOf, refuse } from "../limits";
import type { Item, Moment, Refusal, Row } from "../row";
import { flag, isSet, list, number, object, pickAll, text } from "../values";
import {
  computeId,
  computeLink,
  deletionPolicy,
  fullLink,
  gceName,
  kept,
  loweredName,
  network as networkReference,
  preventedBy,
  projectOf,
  region,
  regionOf,
  said,
  since,
} from "./common";
import { networkType } from "./network";

export const subnetworkType = "gcp:compute/subnetwork:Subnetwork";

/** Reserved for subnets nowhere: https://cloud.google.com/vpc/docs/subnets#prohibited-ipv4 */
const prohibited = [
  "0.0.0.0/8",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "224.0.0.0/4",
  "199.36.153.4/30",
  "199.36.153.8/30",
  "255.255.255.255/32",
];

const ranges = (inputs: Item["inputs"]): { property: string; value: string }[] =>
  [...pickAll(inputs, "ipCidrRange"), ...pickAll(inputs, "secondaryIpRanges.*.ipCidrRange")].flatMap(
    ({ path, value }) => (typeof value === "string" ? [{ property: path, value }] : []),
  );

/** Subnets of one network never share an address, primary or secondary, in whatever region. */
function collisions(moment: Moment): Refusal[] {
  const mine = fullLink(moment.inputs["network"], moment, "networks");
  const others = moment.account
    .all(subnetworkType)
    .filter((item) => item.outputs["network"] === mine && item.id !== moment.old?.id);
  const peered = moment.account
    .all("gcp:compute/globalAddress:GlobalAddress")
    .filter((item) => item.inputs["purpose"] === "VPC_PEERING" && item.outputs["network"] === mine)
    .map((item) => ({ item, value: `${text(item.outputs["address"])}/${number(item.outputs["prefixLength"])}` }));
  return ranges(moment.inputs).flatMap(({ property, value }) => [
    ...others
      .filter((item) => ranges(item.inputs).some((other) => overlaps(value, other.value)))
      .map((item) => ({
        property,
        reason: `Invalid IPCidrRange: ${value} conflicts with existing subnetwork ${item.id}.`,
      })),
    ...peered
      .filter((range) => overlaps(value, range.value))
      .map(({ item }) => ({
        property,
        reason: `Invalid IPCidrRange: ${value} conflicts with the allocated range ${item.id}.`,
      })),
  ]);
}

function exclusiveNames(inputs: Item["inputs"]): Refusal[] {
  const names = pickAll(inputs, "secondaryIpRanges.*.rangeName");
  return names
    .filter(({ value }, index) => names.slice(0, index).some((other) => other.value === value))
    .map(({ path, value }) => ({ property: path, reason: `the name ${said(value)} is given to two ranges` }));
}

function overlapsItself(inputs: Item["inputs"]): Refusal[] {
  const all = ranges(inputs);
  return all.flatMap(({ property, value }, index) =>
    all
      .slice(0, index)
      .filter((other) => overlaps(value, other.value))
      .map((other) => ({ property, reason: `${value} overlaps ${other.value} of ${other.property}` })),
  );
}

/** What networks in auto mode keep for the subnets that they make. https://cloud.google.com/vpc/docs/subnets#ip-ranges */
const autoRange = "10.128.0.0/9";

const proxyPurposes = ["REGIONAL_MANAGED_PROXY", "GLOBAL_MANAGED_PROXY"];

/** One subnet for proxies is active in a network and region. https://cloud.google.com/load-balancing/docs/proxy-only-subnets */
function secondProxy(moment: Moment): readonly Refusal[] {
  const { inputs, account, old } = moment;
  if (inputs["role"] !== "ACTIVE") return [];
  const mine = fullLink(inputs["network"], moment, "networks");
  const twin = account
    .all(subnetworkType)
    .find(
      (item) =>
        item.id !== old?.id &&
        item.inputs["role"] === "ACTIVE" &&
        item.inputs["purpose"] === inputs["purpose"] &&
        item.outputs["network"] === mine &&
        item.outputs["region"] === regionOf(moment),
    );
  return twin ? refuse("role", `${twin.id} is the ACTIVE ${said(inputs["purpose"])} subnet of this network here`) : [];
}

export const subnetwork: Row = {
  type: subnetworkType,
  autoName: loweredName,
  required: ["name"],
  immutable: ["name", "network", "project", "region", "description", "reservedInternalRange", "externalIpv6Prefix"],
  // A range may grow in place (the old one inside the new one); any other change replaces.
  replaces: ({ inputs, old }) => {
    const [before, after] = [text(old.inputs["ipCidrRange"]), text(inputs["ipCidrRange"])];
    return before !== undefined && after !== undefined && before !== after && !contains(after, before)
      ? ["ipCidrRange"]
      : [];
  },
  unique: { by: ["project", "region", "name"], scope: "account" },
  references: [networkReference("network")],
  check: (moment) => {
    const { inputs } = moment;
    const purpose = text(inputs["purpose"]);
    return [
      ...gceName(inputs),
      ...region(moment),
      ...(isSet(inputs["ipCidrRange"]) ||
      isSet(inputs["reservedInternalRange"]) ||
      isSet(inputs["ipCollection"]) ||
      inputs["stackType"] === "IPV6_ONLY"
        ? []
        : refuse("ipCidrRange", "Invalid value for field 'resource.ipCidrRange': ''. IP CIDR range must be specified")),
      ...cidr(inputs, "ipCidrRange", 4, 29),
      ...each(
        inputs,
        "ipCidrRange",
        (value) => !prohibited.some((range) => overlaps(range, said(value))),
        (value) => `${value} overlaps a range that subnets may not use`,
      ),
      ...cidr(inputs, "secondaryIpRanges.*.ipCidrRange", 4, 29),
      ...fits(
        inputs,
        "secondaryIpRanges.*.rangeName",
        /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
        "a range's name is 1 to 63 lower case letters, digits and -",
      ),
      ...(list(inputs["secondaryIpRanges"]).length > 170
        ? refuse("secondaryIpRanges", "a subnet has 170 secondary ranges at most")
        : []),
      ...overlapsItself(inputs),
      ...between(inputs, "logConfig.flowSampling", 0, 1),
      ...(isSet(object(inputs["logConfig"])["metadataFields"]) &&
      object(inputs["logConfig"])["metadata"] !== "CUSTOM_METADATA"
        ? refuse("logConfig.metadataFields", "can only be set with metadata CUSTOM_METADATA")
        : []),
      ...oneOf(inputs, "purpose", [
        "PRIVATE",
        ...proxyPurposes,
        "PRIVATE_SERVICE_CONNECT",
        "PRIVATE_NAT",
        "PEER_MIGRATION",
        "INTERNAL_HTTPS_LOAD_BALANCER",
      ]),
      ...(["IPV4_IPV6", "IPV6_ONLY"].includes(text(inputs["stackType"]) ?? "") && !isSet(inputs["ipv6AccessType"])
        ? refuse("ipv6AccessType", `is required with stackType ${said(inputs["stackType"])}`)
        : []),
      ...exclusiveNames(inputs),
      ...(purpose !== undefined && proxyPurposes.includes(purpose)
        ? [
            ...(isSet(inputs["logConfig"])
              ? refuse("logConfig", `flow logs aren't supported on subnets with purpose ${purpose}`)
              : []),
            ...(flag(inputs["privateIpGoogleAccess"]) === true
              ? refuse("privateIpGoogleAccess", `isn't supported on subnets with purpose ${purpose}`)
              : []),
            ...(isSet(inputs["role"]) ? [] : refuse("role", `must be set to ACTIVE or BACKUP with purpose ${purpose}`)),
          ]
        : []),
    ];
  },
  admit: (moment) => {
    const link = fullLink(moment.inputs["network"], moment, "networks");
    const parent = moment.account.find([networkType], "selfLink", link);
    return [
      ...collisions(moment),
      ...(parent && flag(parent.inputs["autoCreateSubnetworks"]) !== false
        ? ranges(moment.inputs)
            .filter(({ value }) => overlaps(value, autoRange))
            .flatMap(({ property, value }) =>
              refuse(
                property,
                `Invalid IPCidrRange: ${value} conflicts with reserved range ${autoRange} of auto mode networks.`,
              ),
            )
        : []),
      ...(moment.inputs["ipv6AccessType"] === "INTERNAL" &&
      parent !== undefined &&
      flag(parent.inputs["enableUlaInternalIpv6"]) !== true
        ? refuse("ipv6AccessType", "INTERNAL needs a network with enableUlaInternalIpv6")
        : []),
      ...secondProxy(moment),
    ];
  },
  release: preventedBy,
  id: (moment) => computeId(moment, "subnetworks", regionOf(moment)),
  outputs: (moment) => ({
    ...deletionPolicy(moment),
    ...since(moment, "creationTimestamp"),
    ...kept(moment, "subnetworkId", () => Number(moment.random("subnetworkId", 15, "123456789"))),
    project: projectOf(moment),
    region: regionOf(moment),
    selfLink: computeLink(moment.id),
    network: fullLink(moment.inputs["network"], moment, "networks"),
    gatewayAddress:
      text(moment.inputs["ipCidrRange"]) === undefined ? "" : address(text(moment.inputs["ipCidrRange"]) ?? "", 1),
    purpose: moment.inputs["purpose"] ?? "PRIVATE",
    stackType: moment.inputs["stackType"] ?? "IPV4_ONLY",
    privateIpGoogleAccess: moment.inputs["privateIpGoogleAccess"] ?? false,
    privateIpv6GoogleAccess: moment.inputs["privateIpv6GoogleAccess"] ?? "DISABLE_GOOGLE_ACCESS",
    secondaryIpRanges: moment.inputs["secondaryIpRanges"] ?? [],
    allowSubnetCidrRoutesOverlap: moment.inputs["allowSubnetCidrRoutesOverlap"] ?? false,
    ...(isSet(moment.inputs["logConfig"])
      ? {
          logConfig: {
            aggregationInterval: "INTERVAL_5_SEC",
            flowSampling: 0.5,
            metadata: "INCLUDE_ALL_METADATA",
            filterExpr: "true",
            ...object(moment.inputs["logConfig"]),
          },
        }
      : {}),
    externalIpv6Prefix: "",
    internalIpv6Prefix: "",
    ipv6CidrRange: "",
    ipv6GceEndpoint: "",
    fingerprint: "",
    state: "",
  }),
  seconds: { create: 13, update: 13, delete: 14, source: "typical of provider logs: 11 to 24 s" },
};
