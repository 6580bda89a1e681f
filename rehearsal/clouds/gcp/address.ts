import { contains, address as nth, overlaps, parseCidr } from "../cidr";
import { between, fits, oneOf, refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { isSet, number, text } from "../values";
import {
  anyLink,
  computeId,
  computeLink,
  deletionPolicy,
  fullLink,
  gceName,
  kept,
  labelOutputs,
  labelSecrets,
  labels,
  network,
  preventedBy,
  projectOf,
  region,
  regionOf,
  since,
} from "./common";
import { subnetworkType } from "./subnetwork";

const ipv4 = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;
/** An address of Google's own that nobody else in the account has. */
const publicAddress = (moment: Moment) =>
  `34.${[64, 16, 256].map((most, index) => number(Number.parseInt(moment.random(`octet${index}`, 4), 16) % most)).join(".")}`;
const privateNetworks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

export const globalType = "gcp:compute/globalAddress:GlobalAddress";

function range({ inputs }: Pick<Moment, "inputs">): string | undefined {
  const [base, length] = [text(inputs["address"]), number(inputs["prefixLength"])];
  return base === undefined || length === undefined ? undefined : `${base}/${length}`;
}

/** A lent range must lie beside the network's subnets and its other lent ranges. */
function peeringCollisions(moment: Moment): Refusal[] {
  const mine = range(moment);
  if (mine === undefined || moment.inputs["purpose"] !== "VPC_PEERING") return [];
  const link = fullLink(moment.inputs["network"], moment, "networks");
  const taken = [
    ...moment.account.all(subnetworkType).map((item) => ({ item, other: text(item.outputs["ipCidrRange"]) })),
    ...moment.account
      .all(globalType)
      .map((item) => ({ item, other: `${text(item.outputs["address"])}/${number(item.outputs["prefixLength"])}` })),
  ];
  return taken
    .filter(
      ({ item, other }) =>
        item.id !== moment.old?.id && item.outputs["network"] === link && other !== undefined && overlaps(mine, other),
    )
    .map(({ item }) => ({
      property: "address",
      reason: `Invalid value for field 'resource.address': '${mine}' overlaps ${item.id}`,
    }));
}

export const globalAddress: Row = {
  type: globalType,
  autoName: { property: "name", max: 255 },
  required: ["name"],
  immutable: [
    "name",
    "address",
    "addressType",
    "description",
    "ipVersion",
    "network",
    "prefixLength",
    "purpose",
    "project",
  ],
  unique: { by: ["project", "name"], scope: "account" },
  references: [network("network")],
  secrets: labelSecrets,
  check: ({ inputs }) => {
    const purpose = text(inputs["purpose"]);
    const internal = inputs["addressType"] === "INTERNAL";
    const external = (inputs["addressType"] ?? "EXTERNAL") === "EXTERNAL";
    const length = number(inputs["prefixLength"]);
    const block = length === undefined ? undefined : parseCidr(`${text(inputs["address"]) ?? ""}/${length}`);
    return [
      ...gceName(inputs),
      ...labels(inputs),
      ...oneOf(inputs, "purpose", ["VPC_PEERING", "PRIVATE_SERVICE_CONNECT"]),
      ...between(inputs, "prefixLength", 8, 29),
      ...(internal ? fits(inputs, "address", ipv4, "an IPv4 address") : []),
      ...(purpose !== undefined && external ? refuse("purpose", `${purpose} is for addressType INTERNAL only`) : []),
      ...(internal && !isSet(inputs["network"]) ? refuse("network", "is required for addressType INTERNAL") : []),
      ...(purpose === "VPC_PEERING" && !isSet(inputs["prefixLength"])
        ? refuse("prefixLength", "is required for purpose VPC_PEERING")
        : []),
      ...(purpose === "PRIVATE_SERVICE_CONNECT" && isSet(inputs["prefixLength"])
        ? refuse("prefixLength", "isn't allowed for purpose PRIVATE_SERVICE_CONNECT")
        : []),
      ...(external && isSet(inputs["prefixLength"])
        ? refuse("prefixLength", "is for ranges of addressType INTERNAL only")
        : []),
      ...(block && !block.canonical
        ? refuse("address", `${text(inputs["address"])} is not the first address of a /${length}`)
        : []),
    ];
  },
  admit: peeringCollisions,
  release: preventedBy,
  id: (moment) => computeId(moment, "addresses"),
  outputs: (moment) => ({
    ...labelOutputs(moment),
    ...deletionPolicy(moment),
    ...since(moment, "creationTimestamp"),
    ...kept(moment, "address", () => moment.inputs["address"] ?? freeRange(moment)),
    prefixLength: moment.inputs["prefixLength"] ?? 0,
    ...(isSet(moment.inputs["network"]) ? { network: fullLink(moment.inputs["network"], moment, "networks") } : {}),
    labelFingerprint: "42WmSpB8rSM=",
    project: projectOf(moment),
    selfLink: computeLink(moment.id),
  }),
  seconds: { create: 12, update: 6, delete: 11, source: "typical of provider logs: 11 to 22 s" },
};

/** What Google picks for a range that the program leaves open: private, and free in the network. */
function freeRange(moment: Moment): string {
  const length = number(moment.inputs["prefixLength"]);
  if (moment.inputs["ipVersion"] === "IPV6") return `2600:1901:0:${moment.random("ipv6", 4)}::`;
  if (moment.inputs["addressType"] !== "INTERNAL" || length === undefined) return publicAddress(moment);
  const link = fullLink(moment.inputs["network"], moment, "networks");
  const taken = moment.account
    .all(subnetworkType)
    .filter((item) => item.outputs["network"] === link)
    .flatMap((item) => text(item.outputs["ipCidrRange"]) ?? []);
  for (let second = 128; second < 256; second++) {
    const base = `10.${second}.0.0`;
    if (!taken.some((other) => overlaps(`${base}/${length}`, other))) return base;
  }
  return "172.16.0.0";
}

export const address: Row = {
  type: "gcp:compute/address:Address",
  autoName: { property: "name", max: 255 },
  required: ["name"],
  immutable: [
    "name",
    "address",
    "addressType",
    "description",
    "ipCollection",
    "ipVersion",
    "ipv6EndpointType",
    "network",
    "networkTier",
    "prefixLength",
    "purpose",
    "project",
    "region",
    "subnetwork",
  ],
  unique: { by: ["project", "region", "name"], scope: "account" },
  references: [network("network"), { path: "subnetwork", to: [subnetworkType], by: anyLink }],
  secrets: labelSecrets,
  check: (moment) => {
    const { inputs } = moment;
    const internal = inputs["addressType"] === "INTERNAL";
    return [
      ...gceName(inputs),
      ...region(moment),
      ...labels(inputs),
      ...oneOf(inputs, "purpose", [
        "GCE_ENDPOINT",
        "SHARED_LOADBALANCER_VIP",
        "VPC_PEERING",
        "IPSEC_INTERCONNECT",
        "PRIVATE_SERVICE_CONNECT",
        "DNS_RESOLVER",
        "NAT_AUTO",
      ]),
      ...(internal && isSet(inputs["networkTier"])
        ? refuse("networkTier", "can't be set for addressType INTERNAL")
        : []),
      ...(inputs["addressType"] === "EXTERNAL" && isSet(inputs["subnetwork"])
        ? refuse("subnetwork", "is for addressType INTERNAL with purpose GCE_ENDPOINT only")
        : []),
      ...(inputs["ipVersion"] === "IPV6" ? [] : fits(inputs, "address", ipv4, "an IPv4 address")),
    ];
  },
  admit: ({ inputs, account }) => {
    const subnet =
      account.find([subnetworkType], "selfLink", inputs["subnetwork"] ?? null) ??
      account.find([subnetworkType], "id", inputs["subnetwork"] ?? null);
    const [wanted, block] = [text(inputs["address"]), text(subnet?.outputs["ipCidrRange"])];
    return wanted !== undefined && block !== undefined && !contains(block, wanted)
      ? refuse("address", `${wanted} is outside the subnetwork's range ${block}`)
      : [];
  },
  release: preventedBy,
  id: (moment) => computeId(moment, "addresses", regionOf(moment)),
  outputs: (moment) => {
    const internal = moment.inputs["addressType"] === "INTERNAL";
    return {
      ...labelOutputs(moment),
      ...deletionPolicy(moment),
      ...since(moment, "creationTimestamp"),
      ...kept(moment, "address", () => moment.inputs["address"] ?? (internal ? inside(moment) : publicAddress(moment))),
      ...kept(moment, "addressId", () => moment.random("addressId", 19, "123456789")),
      networkTier: moment.inputs["networkTier"] ?? (internal ? "" : "PREMIUM"),
      prefixLength: moment.inputs["prefixLength"] ?? 0,
      purpose: moment.inputs["purpose"] ?? (internal ? "GCE_ENDPOINT" : ""),
      subnetwork: internal ? fullLink(moment.inputs["subnetwork"], moment, "subnetworks", regionOf(moment)) : "",
      labelFingerprint: "42WmSpB8rSM=",
      project: projectOf(moment),
      region: regionOf(moment),
      selfLink: computeLink(moment.id),
      users: [],
    };
  },
  seconds: { create: 5, update: 4, delete: 6, source: "typical of provider logs: 4 to 12 s" },
};

/** An address of the subnet that isn't one of its four reserved ones. */
function inside(moment: Moment): string {
  const { inputs, account } = moment;
  const subnet = ["selfLink", "id", "name"]
    .map((by) => account.find([subnetworkType], by, inputs["subnetwork"] ?? null))
    .find(Boolean);
  const block = text(subnet?.outputs["ipCidrRange"]) ?? privateNetworks[0] ?? "";
  return nth(block, 2 + (Number.parseInt(moment.random("host", 4), 16) % 4));
}
