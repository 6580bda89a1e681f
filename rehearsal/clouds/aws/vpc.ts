import { address, contains, overlaps } from "../cidr";
import { cidr, each, exclusive, oneOf, refuse, someOf } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { flag, text } from "../values";
import { zoneId, zonesIn } from "./regions";
import { arnOf, awsRow, ec2Id, regionOf, told } from "./row";
import { T } from "./types";

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const vpc = awsRow({
  type: T.vpc,
  immutable: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
  // A dedicated network can become a shared one in place, not the other way round.
  replaces: ({ inputs, old }) =>
    inputs["instanceTenancy"] === "dedicated" && old.inputs["instanceTenancy"] !== "dedicated"
      ? ["instanceTenancy"]
      : [],
  inputDefaults: () => ({ enableDnsSupport: true, instanceTenancy: "default" }),
  check: ({ inputs }) => [
    ...someOf(inputs, "cidrBlock", "ipv4IpamPoolId"),
    ...exclusive(inputs, "cidrBlock", "ipv4NetmaskLength"),
    ...exclusive(inputs, "ipv6CidrBlock", "assignGeneratedIpv6CidrBlock"),
    ...cidr(inputs, "cidrBlock", 16, 28),
    ...oneOf(inputs, "instanceTenancy", ["default", "dedicated"]),
    // The API leaves host names off in silence; the console says why.
    ...(inputs["enableDnsHostnames"] === true && inputs["enableDnsSupport"] === false
      ? refuse("enableDnsHostnames", "DNS hostnames need DNS support: set enableDnsSupport to true")
      : []),
  ],
  id: (moment) => ec2Id(moment, "vpc"),
  outputs: (moment) => ({
    arn: arnOf(moment, "ec2", `vpc/${moment.id}`),
    ownerId: moment.place.account,
    defaultNetworkAclId: ec2Id(moment, "acl", "acl"),
    defaultRouteTableId: ec2Id(moment, "rtb", "rtb"),
    mainRouteTableId: ec2Id(moment, "rtb", "rtb"),
    defaultSecurityGroupId: ec2Id(moment, "sg", "sg"),
    dhcpOptionsId: ec2Id({ ...moment, random: (_, length) => "5d0c1a".repeat(3).slice(0, length) }, "dopt"),
    enableDnsHostnames: flag(moment.inputs["enableDnsHostnames"]) ?? false,
    enableNetworkAddressUsageMetrics: flag(moment.inputs["enableNetworkAddressUsageMetrics"]) ?? false,
    assignGeneratedIpv6CidrBlock: flag(moment.inputs["assignGeneratedIpv6CidrBlock"]) ?? false,
    ipv6AssociationId: "",
    ipv6CidrBlock: text(moment.inputs["ipv6CidrBlock"]) ?? "",
    ipv6CidrBlockNetworkBorderGroup: "",
    ipv6NetmaskLength: 0,
  }),
  seconds: { create: 12, delete: 2, source: "estimate: enabling DNS host names waits 10 s" },
});

/** https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const subnet = awsRow({
  type: T.subnet,
  required: ["vpcId"],
  immutable: ["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "ipv6Native", "outpostArn"],
  references: [{ path: "vpcId", to: [T.vpc, T.defaultVpc] }],
  inputDefaults: () => ({
    assignIpv6AddressOnCreation: false,
    enableDns64: false,
    enableResourceNameDnsARecordOnLaunch: false,
    enableResourceNameDnsAaaaRecordOnLaunch: false,
    ipv6Native: false,
    mapPublicIpOnLaunch: false,
  }),
  check: (moment) => {
    const { inputs } = moment;
    const zones = zonesIn(regionOf(moment));
    return [
      ...someOf(inputs, "cidrBlock", "ipv4IpamPoolId", "ipv6CidrBlock", "ipv6IpamPoolId"),
      ...cidr(inputs, "cidrBlock", 16, 28),
      ...exclusive(inputs, "availabilityZone", "availabilityZoneId"),
      ...each(
        inputs,
        "availabilityZone",
        (zone) => zones.includes(String(zone)),
        (zone) =>
          `InvalidParameterValue: value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${zones.join(", ")}`,
      ),
      ...oneOf(inputs, "privateDnsHostnameTypeOnLaunch", ["ip-name", "resource-name"]),
    ];
  },
  admit: subnetRoom,
  id: (moment) => ec2Id(moment, "subnet"),
  outputs: (moment) => {
    const zones = zonesIn(regionOf(moment));
    const zone =
      text(moment.inputs["availabilityZone"]) ??
      zones.find((one) => zoneId(one) === moment.inputs["availabilityZoneId"]) ??
      zones[Number.parseInt(moment.random("zone", 4), 16) % zones.length] ??
      "";
    return {
      arn: arnOf(moment, "ec2", `subnet/${moment.id}`),
      ownerId: moment.place.account,
      availabilityZone: zone,
      availabilityZoneId: zoneId(zone),
      privateDnsHostnameTypeOnLaunch: text(moment.inputs["privateDnsHostnameTypeOnLaunch"]) ?? "ip-name",
      ipv6CidrBlockAssociationId: "",
      ipv6CidrBlock: text(moment.inputs["ipv6CidrBlock"]) ?? "",
      customerOwnedIpv4Pool: "",
      enableLniAtDeviceIndex: 0,
      mapCustomerOwnedIpOnLaunch: false,
      outpostArn: "",
    };
  },
  seconds: { create: 2, delete: 2, source: "estimate; 12 with mapPublicIpOnLaunch" },
});

/** A subnet lies inside its network and beside the others. */
function subnetRoom({ inputs, account, old }: Moment): readonly Refusal[] {
  const block = text(inputs["cidrBlock"]);
  const network = account.find([T.vpc, T.defaultVpc], "id", inputs["vpcId"] ?? null);
  if (block === undefined || network === undefined) return [];
  const range = told(network, "cidrBlock") ?? "";
  if (!contains(range, block))
    return refuse(
      "cidrBlock",
      `InvalidSubnet.Range: the CIDR '${block}' is invalid: it lies outside ${range} of ${network.id}`,
    );
  const other = account
    .all(T.subnet)
    .find(
      (one) =>
        one.outputs["vpcId"] === network.id && one.id !== old?.id && overlaps(told(one, "cidrBlock") ?? "", block),
    );
  return other
    ? refuse("cidrBlock", `InvalidSubnet.Conflict: the CIDR '${block}' conflicts with another subnet (${other.id})`)
    : [];
}

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

export const networkOf = (account: Moment["account"], subnetId: string | undefined): string | undefined =>
  subnetId === undefined ? undefined : told(account.find([T.subnet], "id", subnetId), "vpcId");

const eip = awsRow({
  type: T.eip,
  immutable: ["address", "customerOwnedIpv4Pool", "domain", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool"],
  references: [{ path: "instance", to: [T.instance], weak: true }],
  check: ({ inputs }) => [
    ...oneOf(inputs, "domain", ["vpc", "standard"]),
    ...exclusive(inputs, "instance", "networkInterface"),
  ],
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
      customerOwnedIpv4Pool: "",
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
    const zonal = inputs["availabilityMode"] !== "regional";
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
      secondaryPrivateIpAddressCount: 0,
      secondaryPrivateIpAddresses: inputs["secondaryPrivateIpAddresses"] ?? [],
      vpcId: told(inside, "vpcId") ?? text(inputs["vpcId"]) ?? "",
    };
  },
  seconds: { create: 105, delete: 45, source: "estimate: AWS's documentation speaks of minutes; traces show 1.5 to 2" },
});

export const rows: readonly Row[] = [vpc, subnet, internetGateway, eip, natGateway];
