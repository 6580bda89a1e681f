import { between, each, fits, oneOf, refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { flag, isList, isSet, list, number, pickAll, text, texts } from "../values";
import {
  anyLink,
  computeId,
  computeLink,
  deletionPolicy,
  fullLink,
  gceName,
  loweredName,
  nameOf,
  network,
  preventedBy,
  projectOf,
  region,
  regionOf,
  since,
} from "./common";
import { subnetworkType } from "./subnetwork";

const routerType = "gcp:compute/router:Router";

export const router: Row = {
  type: routerType,
  autoName: loweredName,
  required: ["name"],
  immutable: ["name", "network", "nccGateway", "region", "project", "encryptedInterconnectRouter"],
  unique: { by: ["project", "region", "name"], scope: "account" },
  references: [network("network")],
  check: (moment) => {
    const { inputs } = moment;
    return [
      ...gceName(inputs),
      ...region(moment),
      ...(isSet(inputs["network"]) || isSet(inputs["nccGateway"])
        ? []
        : refuse("network", "a router belongs to a network")),
      ...each(
        inputs,
        "bgp.asn",
        (value) => privateAsn(Number(value)) || value === 16550,
        (value) => `${value} is not a private ASN (RFC 6996): 64512 to 65534, 4200000000 to 4294967294`,
      ),
      ...between(inputs, "bgp.keepaliveInterval", 20, 60),
    ];
  },
  release: preventedBy,
  id: (moment) => computeId(moment, "routers", regionOf(moment)),
  outputs: (moment) => ({
    ...deletionPolicy(moment),
    ...since(moment, "creationTimestamp"),
    project: projectOf(moment),
    region: regionOf(moment),
    selfLink: computeLink(moment.id),
    ...(isSet(moment.inputs["network"]) ? { network: fullLink(moment.inputs["network"], moment, "networks") } : {}),
  }),
  seconds: { create: 12, update: 12, delete: 12, source: "typical of provider logs: 11 s" },
};

const privateAsn = (asn: number) => (asn >= 64_512 && asn <= 65_534) || (asn >= 4_200_000_000 && asn <= 4_294_967_294);
/** A NAT for every subnet of a network leaves no room for another in its region. https://cloud.google.com/compute/docs/reference/rest/v1/routers */
function secondNat(moment: Moment): readonly Refusal[] {
  const { inputs, account, old } = moment;
  const routerOf = (of: Moment["inputs"]) =>
    anyLink.map((by) => account.find([routerType], by, of["router"] ?? null)).find(Boolean)?.outputs;
  const mine = routerOf(inputs);
  if (mine === undefined || inputs["type"] === "PRIVATE") return [];
  const everything = (of: Moment["inputs"]) =>
    /^ALL_SUBNETWORKS_/.test(text(of["sourceSubnetworkIpRangesToNat"]) ?? "");
  const twin = account
    .all("gcp:compute/routerNat:RouterNat")
    .filter((item) => item.id !== old?.id && item.inputs["type"] !== "PRIVATE")
    .find((item) => {
      const other = routerOf(item.inputs);
      return (
        other?.["network"] === mine["network"] &&
        other?.["region"] === mine["region"] &&
        (everything(inputs) || everything(item.inputs))
      );
    });
  return twin
    ? refuse(
        "sourceSubnetworkIpRangesToNat",
        `Error 400: the NAT ${twin.id} translates subnets of this network in this region already; with ALL_SUBNETWORKS there can be one`,
      )
    : [];
}

/** Addresses drain that were in use before and are no longer; a new NAT has none. */
function drained({ inputs, before }: Moment): readonly Refusal[] {
  const was = new Set(texts(before?.["drainNatIps"]));
  return texts(inputs["drainNatIps"]).flatMap((ip, index) =>
    was.has(ip)
      ? []
      : !texts(before?.["natIps"]).includes(ip)
        ? refuse(`drainNatIps.${index}`, `drain_nat_ip ${ip} was not previously set in natIps`)
        : texts(inputs["natIps"]).includes(ip)
          ? refuse(`drainNatIps.${index}`, `drain_nat_ip ${ip} cannot be drained if still set in natIps`)
          : [],
  );
}

const powerOfTwo = (value: unknown) => typeof value === "number" && value > 0 && Math.log2(value) % 1 === 0;

/** https://cloud.google.com/nat/docs/ports-and-addresses */
function ports(inputs: Moment["inputs"]): Refusal[] {
  const dynamic = flag(inputs["enableDynamicPortAllocation"]) === true;
  const [least, most] = [number(inputs["minPortsPerVm"]), number(inputs["maxPortsPerVm"])];
  return [
    ...between(inputs, "minPortsPerVm", dynamic ? 32 : 2, dynamic ? 32_768 : 57_344),
    ...between(inputs, "maxPortsPerVm", 64, 65_536),
    ...(dynamic
      ? ["minPortsPerVm", "maxPortsPerVm"].flatMap((property) =>
          each(
            inputs,
            property,
            powerOfTwo,
            (value) => `must be a power of two with dynamic port allocation, got ${value}`,
          ),
        )
      : []),
    ...(!dynamic && most !== undefined ? refuse("maxPortsPerVm", "can only be set with dynamic port allocation") : []),
    ...(dynamic && flag(inputs["enableEndpointIndependentMapping"]) === true
      ? refuse("enableEndpointIndependentMapping", "can't be combined with dynamic port allocation")
      : []),
    ...(least !== undefined && most !== undefined && most <= least
      ? refuse("maxPortsPerVm", `must be greater than minPortsPerVm (${least}), got ${most}`)
      : []),
  ];
}

function addresses(inputs: Moment["inputs"]): readonly Refusal[] {
  const isPrivate = inputs["type"] === "PRIVATE";
  const option = text(inputs["natIpAllocateOption"]);
  const given = isList(inputs["natIps"]) && list(inputs["natIps"]).length > 0;
  if (isPrivate) return isSet(inputs["natIps"]) ? refuse("natIps", "a private NAT has no external addresses") : [];
  if (option === "AUTO_ONLY" && given)
    return refuse("natIps", "can only be set when natIpAllocateOption is MANUAL_ONLY");
  if (option === "MANUAL_ONLY" && !isSet(inputs["natIps"]) && !isSet(inputs["initialNatIps"]))
    return refuse("natIps", "is required when natIpAllocateOption is MANUAL_ONLY");
  return !isSet(inputs["natIpAllocateOption"]) && !isSet(inputs["natIps"])
    ? refuse("natIpAllocateOption", "is required for a public NAT: AUTO_ONLY or MANUAL_ONLY")
    : [];
}

export const routerNat: Row = {
  type: "gcp:compute/routerNat:RouterNat",
  autoName: { property: "name", max: 255 },
  required: ["name"],
  immutable: ["name", "router", "region", "project", "type", "endpointTypes", "initialNatIps"],
  unordered: ["natIps", "drainNatIps", "subnetworks", "subnetworks.*.sourceIpRangesToNats", "rules"],
  unique: { by: ["project", "region", "router", "name"], scope: "account" },
  references: [
    { path: "router", to: [routerType], by: ["name", "id", "selfLink"] },
    { path: "natIps.*", to: ["gcp:compute/address:Address"], by: anyLink },
    { path: "subnetworks.*.name", to: [subnetworkType], by: anyLink },
  ],
  check: (moment) => {
    const { inputs } = moment;
    const listed = inputs["sourceSubnetworkIpRangesToNat"] === "LIST_OF_SUBNETWORKS";
    return [
      ...fits(
        inputs,
        "name",
        /^[a-z]([-a-z0-9]{0,61}[a-z0-9])$/,
        "2 to 63 lower case letters, digits and -, beginning with a letter",
      ),
      ...region(moment),
      ...oneOf(inputs, "subnetworks.*.sourceIpRangesToNats.*", [
        "ALL_IP_RANGES",
        "PRIMARY_IP_RANGE",
        "LIST_OF_SECONDARY_IP_RANGES",
      ]),
      ...(isSet(inputs["logConfig"])
        ? ["enable", "filter"].flatMap((key) =>
            pickAll(inputs, `logConfig.${key}`).length > 0 ? [] : refuse(`logConfig.${key}`, "is required"),
          )
        : []),
      ...(listed && !isSet(inputs["subnetworks"]) ? refuse("subnetworks", "is required with LIST_OF_SUBNETWORKS") : []),
      ...(!listed && text(inputs["sourceSubnetworkIpRangesToNat"]) !== undefined && isSet(inputs["subnetworks"])
        ? refuse("subnetworks", "can only be set with LIST_OF_SUBNETWORKS")
        : []),
      ...addresses(inputs),
      ...drained(moment),
      ...ports(inputs),
    ];
  },
  admit: secondNat,
  release: preventedBy,
  id: (moment) =>
    `${projectOf(moment)}/${regionOf(moment)}/${(text(moment.inputs["router"]) ?? "").replace(/^.*\//, "")}/${nameOf(moment)}`,
  outputs: (moment) => ({
    ...deletionPolicy(moment),
    project: projectOf(moment),
    region: regionOf(moment),
    autoNetworkTier: moment.inputs["autoNetworkTier"] ?? "PREMIUM",
    drainNatIps: moment.inputs["drainNatIps"] ?? [],
    enableDynamicPortAllocation: moment.inputs["enableDynamicPortAllocation"] ?? false,
    enableEndpointIndependentMapping: moment.inputs["enableEndpointIndependentMapping"] ?? false,
    endpointTypes: moment.inputs["endpointTypes"] ?? ["ENDPOINT_TYPE_VM"],
    minPortsPerVm: moment.inputs["minPortsPerVm"] ?? 0,
    natIps: moment.inputs["natIps"] ?? [],
  }),
  seconds: { create: 12, update: 22, delete: 12, source: "typical of provider logs: 11 to 22 s" },
};
