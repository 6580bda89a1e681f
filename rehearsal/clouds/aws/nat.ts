// Ways out of a network and their addresses.
import { address } from "../cidr";
import { oneOf, refuse } from "../limits";
import type { Moment, Row } from "../row";
import { text } from "../values";
import { arnOf, awsRow, ec2Id, regionOf, told } from "./row";
import { T } from "./types";
import { networkOf } from "./vpc";

const internetGateway = awsRow({
  type: T.internetGateway,
  references: [{ path: "vpcId", to: [T.vpc, T.defaultVpc] }],
  admit: ({ inputs, account, old }) => {
    const taken = account
      .all(T.internetGateway)
      .find((one) => one.id !== old?.id && inputs["vpcId"] !== undefined && one.outputs["vpcId"] === inputs["vpcId"]);
    return taken
      ? refuse("vpcId", `Resource.AlreadyAssociated: the network already has the internet gateway ${taken.id} attached`)
      : [];
  },
  // Detaching waits for public addresses to go, and gives up.
  release: ({ account, old }) => {
    const inside = account
      .all(T.natGateway)
      .find(
        (nat) =>
          told(nat, "connectivityType") === "public" &&
          networkOf(account, told(nat, "subnetId")) === told(old, "vpcId"),
      );
    return inside
      ? `DependencyViolation: Network ${told(old, "vpcId") ?? ""} has some mapped public address(es): unmap those before detaching the gateway (${inside.id})`
      : undefined;
  },
  id: (moment) => ec2Id(moment, "igw"),
  outputs: (moment) => ({
    arn: arnOf(moment, "ec2", `internet-gateway/${moment.id}`),
    ownerId: moment.place.account,
    vpcId: text(moment.inputs["vpcId"]) ?? "",
  }),
  seconds: { create: 1, delete: 1, source: "estimate" },
});

const eip = awsRow({
  type: T.eip,
  immutable: ["address", "customerOwnedIpv4Pool", "domain", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool"],
  references: [{ path: "instance", to: [T.instance], weak: true }],
  check: ({ inputs }) => [...oneOf(inputs, "domain", ["vpc", "standard"])],
  id: (moment) => ec2Id(moment, "eipalloc"),
  outputs: (moment) => {
    const publicIp = publicAddress(moment);
    const region = regionOf(moment);
    const dashed = publicIp.replaceAll(".", "-");
    return {
      allocationId: moment.id,
      arn: arnOf(moment, "ec2", `elastic-ip/${moment.id}`),
      associationId: "",
      carrierIp: "",
      customerOwnedIp: "",
      customerOwnedIpv4Pool: moment.inputs["customerOwnedIpv4Pool"] ?? "",
      domain: "vpc",
      instance: text(moment.inputs["instance"]) ?? "",
      networkBorderGroup: text(moment.inputs["networkBorderGroup"]) ?? region,
      networkInterface: text(moment.inputs["networkInterface"]) ?? "",
      privateDns: "",
      privateIp: "",
      ptrRecord: "",
      publicDns: `ec2-${dashed}.${region === "us-east-1" ? "compute-1" : `${region}.compute`}.amazonaws.com`,
      publicIp,
      publicIpv4Pool: text(moment.inputs["publicIpv4Pool"]) ?? "amazon",
    };
  },
  seconds: { create: 1, delete: 1, source: "estimate" },
});

/** In 203.0.113.0/24 and 198.51.100.0/24, which are kept for documentation (RFC 5737). */
function publicAddress(moment: Moment): string {
  const [net, host] = [moment.random("net", 2), moment.random("host", 2)].map((hex) => Number.parseInt(hex, 16));
  return `${(net ?? 0) % 2 ? "203.0.113" : "198.51.100"}.${host ?? 0}`;
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html */
const natGateway = awsRow({
  type: T.natGateway,
  immutable: ["allocationId", "availabilityMode", "connectivityType", "privateIp", "subnetId", "vpcId"],
  references: [
    { path: "subnetId", to: [T.subnet] },
    { path: "allocationId", to: [T.eip] },
    { path: "secondaryAllocationIds.*", to: [T.eip] },
    { path: "vpcId", to: [T.vpc] },
  ],
  inputDefaults: () => ({ connectivityType: "public" }),
  check: ({ inputs }) => {
    const mode = inputs["availabilityMode"] ?? "zonal";
    const [zonal, regional] = [mode === "zonal", mode === "regional"];
    const open = inputs["connectivityType"] !== "private";
    return [
      ...oneOf(inputs, "connectivityType", ["public", "private"]),
      ...oneOf(inputs, "availabilityMode", ["zonal", "regional"]),
      ...(zonal && inputs["subnetId"] === undefined
        ? refuse("subnetId", "MissingParameter: the request must contain the parameter SubnetId")
        : []),
      ...(zonal && open && inputs["allocationId"] === undefined
        ? refuse("allocationId", "MissingParameter: the request must contain the parameter AllocationId")
        : []),
      ...(regional && inputs["vpcId"] === undefined
        ? refuse("vpcId", 'vpc_id is required with availability_mode = "regional"')
        : []),
      ...(!regional
        ? []
        : ["subnetId", "allocationId", "privateIp"]
            .filter((property) => inputs[property] !== undefined)
            .flatMap((property) => refuse(property, "is not supported with availabilityMode regional"))),
      ...(regional && !open
        ? refuse("connectivityType", "a regional NAT gateway is public: connectivityType can't be private")
        : []),
      ...(!open && inputs["allocationId"] !== undefined
        ? refuse("allocationId", 'allocation_id is not supported with connectivity_type = "private"')
        : []),
    ];
  },
  admit: ({ inputs, account, old }) => {
    const network = networkOf(account, text(inputs["subnetId"])) ?? text(inputs["vpcId"]);
    const taken = account
      .all(T.natGateway)
      .find(
        (one) =>
          one.id !== old?.id &&
          inputs["allocationId"] !== undefined &&
          one.outputs["allocationId"] === inputs["allocationId"],
      );
    const attached = account.all(T.internetGateway).some((one) => told(one, "vpcId") === network);
    return [
      ...(taken
        ? refuse(
            "allocationId",
            `Resource.AlreadyAssociated: the elastic IP address is already associated with ${taken.id}`,
          )
        : []),
      ...(inputs["connectivityType"] !== "private" && network !== undefined && !attached
        ? refuse("subnetId", `Gateway.NotAttached: network ${network} has no internet gateway attached`)
        : []),
    ];
  },
  id: (moment) => ec2Id(moment, "nat"),
  outputs: (moment) => {
    const { inputs, account } = moment;
    const inside = account.find([T.subnet], "id", inputs["subnetId"] ?? null);
    const block = told(inside, "cidrBlock");
    const open = inputs["connectivityType"] !== "private";
    return {
      associationId: open ? ec2Id(moment, "eipassoc", "association") : "",
      availabilityMode: text(inputs["availabilityMode"]) ?? "zonal",
      autoProvisionZones: "disabled",
      autoScalingIps: "disabled",
      networkInterfaceId: ec2Id(moment, "eni", "eni"),
      privateIp:
        text(inputs["privateIp"]) ??
        (block === undefined ? "" : address(block, 4 + (Number.parseInt(moment.random("host", 1), 16) % 8))),
      publicIp: told(account.find([T.eip], "id", inputs["allocationId"] ?? null), "publicIp") ?? "",
      regionalNatGatewayAddresses: [],
      regionalNatGatewayAutoMode: "",
      routeTableId: "",
      secondaryAllocationIds: inputs["secondaryAllocationIds"] ?? [],
      secondaryPrivateIpAddressCount: inputs["secondaryPrivateIpAddressCount"] ?? 0,
      secondaryPrivateIpAddresses: inputs["secondaryPrivateIpAddresses"] ?? [],
      vpcId: told(inside, "vpcId") ?? text(inputs["vpcId"]) ?? "",
    };
  },
  seconds: { create: 105, delete: 45, source: "estimate: AWS's documentation speaks of minutes; traces show 1.5 to 2" },
});

export const rows: readonly Row[] = [internetGateway, eip, natGateway];
