import { between, cidr, each, exclusive, long, oneOf, refuse } from "../limits";
import type { Moment, Props, Refusal, Row } from "../row";
import { isSet, list, number, object, text } from "../values";
import { arnOf, awsRow, ec2Id, plain, told } from "./row";
import { T } from "./types";
import { networkOf } from "./vpc";

const destinations = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"] as const;
const targets = [
  "carrierGatewayId",
  "coreNetworkArn",
  "egressOnlyGatewayId",
  "gatewayId",
  "localGatewayId",
  "natGatewayId",
  "networkInterfaceId",
  "odbNetworkArn",
  "transitGatewayId",
  "vpcEndpointId",
  "vpcPeeringConnectionId",
] as const;
const gatewayKinds = [T.internetGateway, "aws:ec2/vpnGateway:VpnGateway"];

const one = (inputs: Props, names: readonly string[], what: string): readonly Refusal[] => {
  const given = names.filter((name) => isSet(inputs[name]));
  return given.length === 1
    ? []
    : refuse(
        given[1] ?? names[0] ?? "",
        `exactly one ${what} is allowed: one of ${names.join(", ")}; got ${given.join(", ") || "none"}`,
      );
};

const routeTable = awsRow({
  type: T.routeTable,
  immutable: ["vpcId"],
  unordered: ["routes", "propagatingVgws"],
  references: [
    { path: "vpcId", to: [T.vpc, T.defaultVpc] },
    { path: "routes.*.gatewayId", to: gatewayKinds, except: /^local$/ },
    { path: "routes.*.natGatewayId", to: [T.natGateway] },
  ],
  check: ({ inputs }) => cidr(inputs, "routes.*.cidrBlock"),
  id: (moment) => ec2Id(moment, "rtb"),
  outputs: (moment) => ({
    arn: arnOf(moment, "ec2", `route-table/${moment.id}`),
    ownerId: moment.place.account,
    propagatingVgws: moment.inputs["propagatingVgws"] ?? [],
    routes: moment.inputs["routes"] ?? [],
  }),
  seconds: { create: 1, delete: 1, source: "estimate" },
});

const route = awsRow({
  type: T.route,
  taggable: false,
  immutable: ["routeTableId", ...destinations],
  references: [
    { path: "routeTableId", to: [T.routeTable, "aws:ec2/defaultRouteTable:DefaultRouteTable"], weak: true },
    { path: "gatewayId", to: gatewayKinds, except: /^(local|vpce-.*)$/ },
    { path: "natGatewayId", to: [T.natGateway], weak: true },
  ],
  unique: {
    by: ["routeTableId", "destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"],
    scope: "region",
  },
  check: ({ inputs }) => [
    ...one(inputs, destinations, "destination"),
    ...one(inputs, targets, "target"),
    ...cidr(inputs, "destinationCidrBlock"),
  ],
  admit: ({ inputs, account }) => {
    const table = account.find([T.routeTable], "id", inputs["routeTableId"] ?? null);
    const gateway = account.find([T.internetGateway], "id", inputs["gatewayId"] ?? null);
    const network = account.find([T.vpc], "id", told(table, "vpcId") ?? "");
    return [
      ...(gateway && table && told(gateway, "vpcId") !== told(table, "vpcId")
        ? refuse(
            "gatewayId",
            `InvalidParameterValue: route table ${table.id} and network gateway ${gateway.id} belong to different networks`,
          )
        : []),
      ...(network && told(network, "cidrBlock") === inputs["destinationCidrBlock"]
        ? refuse(
            "destinationCidrBlock",
            "RouteAlreadyExists: the route to the network's own range is local and stays so",
          )
        : []),
    ];
  },
  // The provider makes the id of the table's and a checksum of the destination.
  id: ({ inputs }) => {
    const destination = destinations.map((name) => text(inputs[name])).find((value) => value !== undefined) ?? "";
    return `r-${text(inputs["routeTableId"]) ?? ""}${crc32(destination)}`;
  },
  outputs: () => ({ instanceId: "", instanceOwnerId: "", origin: "CreateRoute", state: "active" }),
  seconds: { create: 1, delete: 1, source: "estimate" },
});

/** CRC-32 (IEEE), as Terraform's hash of a text. */
function crc32(value: string): number {
  let crc = 0xffffffff;
  for (const byte of Buffer.from(value)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

const routeTableAssociation = awsRow({
  type: T.routeTableAssociation,
  taggable: false,
  immutable: ["subnetId", "gatewayId"],
  references: [
    { path: "routeTableId", to: [T.routeTable, "aws:ec2/defaultRouteTable:DefaultRouteTable"] },
    { path: "subnetId", to: [T.subnet] },
    { path: "gatewayId", to: gatewayKinds },
  ],
  unique: { by: ["subnetId", "gatewayId"], scope: "region" },
  check: ({ inputs }) => one(inputs, ["subnetId", "gatewayId"], "side of the association"),
  admit: ({ inputs, account }) => {
    const table = told(account.find([T.routeTable], "id", inputs["routeTableId"] ?? null), "vpcId");
    const network = networkOf(account, text(inputs["subnetId"]));
    return table !== undefined && network !== undefined && table !== network
      ? refuse("subnetId", "InvalidParameterValue: the route table and the subnet belong to different networks")
      : [];
  },
  id: (moment) => ec2Id(moment, "rtbassoc"),
  outputs: () => ({}),
  seconds: { create: 1, delete: 1, source: "estimate" },
});

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html */
const networkAcl = awsRow({
  type: T.networkAcl,
  immutable: ["vpcId"],
  unordered: ["ingress", "egress", "subnetIds"],
  references: [
    { path: "vpcId", to: [T.vpc, T.defaultVpc] },
    { path: "subnetIds.*", to: [T.subnet], weak: true },
  ],
  check: ({ inputs }) => [...aclRefusals(inputs, "ingress"), ...aclRefusals(inputs, "egress")],
  admit: ({ inputs, account }: Moment) =>
    list(inputs["subnetIds"]).flatMap((id, index) => {
      const network = networkOf(account, text(id));
      return network !== undefined && network !== inputs["vpcId"]
        ? refuse(
            `subnetIds.${index}`,
            `InvalidParameterValue: the subnet and the network ACL belong to different networks`,
          )
        : [];
    }),
  id: (moment) => ec2Id(moment, "acl"),
  outputs: (moment) => ({
    arn: arnOf(moment, "ec2", `network-acl/${moment.id}`),
    ownerId: moment.place.account,
    ingress: moment.inputs["ingress"] ?? [],
    egress: moment.inputs["egress"] ?? [],
    subnetIds: moment.inputs["subnetIds"] ?? [],
  }),
  seconds: { create: 2, delete: 1, source: "estimate" },
});

function aclRefusals(inputs: Props, side: "ingress" | "egress"): readonly Refusal[] {
  const numbers = list(inputs[side]).map((rule) => object(rule)["ruleNo"]);
  const twice = numbers.find((number, index) => typeof number === "number" && numbers.indexOf(number) !== index);
  return [
    ...each(
      inputs,
      `${side}.*.ruleNo`,
      (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 32766,
      (value) => `expected a rule number from 1 to 32766, got ${value}`,
    ),
    ...(twice === undefined
      ? []
      : refuse(
          side,
          `NetworkAclEntryAlreadyExists: the network acl entry identified by ${plain(twice)} already exists`,
        )),
    ...each(
      inputs,
      `${side}.*.action`,
      (value) => /^(allow|deny)$/i.test(plain(value)),
      (value) => `expected allow or deny, got ${value}`,
    ),
    ...cidr(inputs, `${side}.*.cidrBlock`),
    ...list(inputs[side]).flatMap((rule, index) => {
      const { protocol, fromPort, toPort } = object(rule);
      const all = protocol === "-1" || protocol === "all";
      return all && ((fromPort ?? 0) !== 0 || (toPort ?? 0) !== 0)
        ? refuse(`${side}.${index}`, "to_port and from_port must both be 0 to use the 'all' \"-1\" protocol")
        : [];
    }),
  ];
}

/** Neighbours: the table and the network list that come with a network. */
const defaultRouteTable = awsRow({
  type: "aws:ec2/defaultRouteTable:DefaultRouteTable",
  immutable: ["defaultRouteTableId"],
  references: [{ path: "defaultRouteTableId", to: [T.vpc], by: "defaultRouteTableId", weak: true }],
  check: ({ inputs }) => [...cidr(inputs, "routes.*.cidrBlock"), ...long(inputs, "defaultRouteTableId", 1, 64)],
  id: ({ inputs }) => text(inputs["defaultRouteTableId"]) ?? "",
  outputs: (moment) => ({
    arn: arnOf(moment, "ec2", `route-table/${moment.id}`),
    ownerId: moment.place.account,
    vpcId: moment.account.find([T.vpc], "defaultRouteTableId", moment.id)?.id ?? "",
    routes: moment.inputs["routes"] ?? [],
  }),
  seconds: { create: 1, delete: 1, source: "estimate" },
});

const networkAclRule = awsRow({
  type: "aws:ec2/networkAclRule:NetworkAclRule",
  taggable: false,
  immutable:
    "cidrBlock egress fromPort icmpCode icmpType ipv6CidrBlock networkAclId protocol ruleAction ruleNumber toPort".split(
      " ",
    ),
  references: [{ path: "networkAclId", to: [T.networkAcl], weak: true }],
  unique: { by: ["networkAclId", "egress", "ruleNumber"], scope: "region" },
  inputDefaults: () => ({ egress: false }),
  check: ({ inputs }) => [
    ...oneOf(inputs, "ruleAction", ["allow", "deny"]),
    ...cidr(inputs, "cidrBlock"),
    ...exclusive(inputs, "cidrBlock", "ipv6CidrBlock"),
    ...one(inputs, ["cidrBlock", "ipv6CidrBlock"], "range"),
    ...between(inputs, "ruleNumber", 1, 32766),
    ...entryRefusals(inputs),
  ],
  id: ({ inputs }) =>
    `nacl-${crc32(`${text(inputs["networkAclId"]) ?? ""}-${plain(inputs["ruleNumber"])}-${plain(inputs["egress"])}-${plain(inputs["protocol"])}`)}`,
  outputs: () => ({}),
  seconds: { create: 1, delete: 1, source: "estimate" },
});

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html: by protocol, ports or ICMP's type. */
function entryRefusals(inputs: Props): readonly Refusal[] {
  const protocol = text(inputs["protocol"])?.toLowerCase();
  const lacks = (name: string) => inputs[name] === undefined;
  if (protocol === undefined) return [];
  if (!/^(-1|all|\d{1,3}|tcp|udp|icmp|icmpv6|ipv6-icmp)$/.test(protocol))
    return refuse("protocol", `invalid value for IP protocol: unknown protocol ${protocol}`);
  if (["tcp", "udp", "6", "17"].includes(protocol)) {
    if (lacks("fromPort") || lacks("toPort"))
      return refuse("fromPort", `MissingParameter: protocol ${protocol} needs fromPort and toPort`);
    const [from, to] = [number(inputs["fromPort"]), number(inputs["toPort"])];
    return from !== undefined && to !== undefined && (from > to || from < 0 || to > 65535)
      ? refuse("fromPort", `InvalidParameterValue: invalid TCP/UDP port range (${from}:${to})`)
      : [];
  }
  return ["icmp", "1"].includes(protocol) && (lacks("icmpType") || lacks("icmpCode"))
    ? refuse("icmpType", "MissingParameter: ICMP needs icmpType and icmpCode; -1 is any")
    : [];
}

export const rows: readonly Row[] = [
  routeTable,
  route,
  routeTableAssociation,
  networkAcl,
  defaultRouteTable,
  networkAclRule,
];
