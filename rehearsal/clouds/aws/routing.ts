import { cidr, long, refuse } from "../limits";
import type { Props, Refusal, Row } from "../row";
import { isSet, text } from "../values";
import { arnOf, awsRow, ec2Id, told } from "./row";
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

export const one = (inputs: Props, names: readonly string[], what: string): readonly Refusal[] => {
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
export function crc32(value: string): number {
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

export const rows: readonly Row[] = [routeTable, route, routeTableAssociation, defaultRouteTable];
