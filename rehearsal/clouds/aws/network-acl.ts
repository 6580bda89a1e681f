import { between, cidr, each, exclusive, oneOf, refuse } from "../limits";
import type { Moment, Props, Refusal, Row } from "../row";
import { list, number, object, text } from "../values";
import { crc32, one } from "./routing";
import { arnOf, awsRow, ec2Id, plain } from "./row";
import { T } from "./types";
import { networkOf } from "./vpc";

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

export const rows: readonly Row[] = [networkAcl, networkAclRule];
