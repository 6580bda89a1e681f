import { contains, overlaps } from "../cidr";
import { cidr, each, oneOf, refuse, someOf } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { flag, text } from "../values";
import { zoneId, zonesIn } from "./regions";
import { arnOf, awsRow, ec2Id, plain, regionOf, told } from "./row";
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
    ipv6CidrBlockNetworkBorderGroup: moment.inputs["ipv6CidrBlockNetworkBorderGroup"] ?? "",
    ipv6NetmaskLength: moment.inputs["ipv6NetmaskLength"] ?? 0,
  }),
  seconds: { create: 12, delete: 2, source: "estimate: enabling DNS host names waits 10 s" },
});

/** https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const subnet = awsRow({
  type: T.subnet,
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
      ...each(
        inputs,
        "availabilityZone",
        (zone) => zones.includes(plain(zone)),
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
      customerOwnedIpv4Pool: moment.inputs["customerOwnedIpv4Pool"] ?? "",
      enableLniAtDeviceIndex: moment.inputs["enableLniAtDeviceIndex"] ?? 0,
      mapCustomerOwnedIpOnLaunch: moment.inputs["mapCustomerOwnedIpOnLaunch"] ?? false,
      outpostArn: moment.inputs["outpostArn"] ?? "",
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

export const networkOf = (account: Moment["account"], subnetId: string | undefined): string | undefined =>
  subnetId === undefined ? undefined : told(account.find([T.subnet], "id", subnetId), "vpcId");

export const rows: readonly Row[] = [vpc, subnet];
