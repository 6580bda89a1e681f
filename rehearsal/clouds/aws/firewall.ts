// Security groups and their rules. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
import { cidr, each, exclusive, fits, long, refuse } from "../limits";
import type { Item, Moment, Props, Refusal, Row } from "../row";
import { isKnown, isSet, list, number, object, pick, text } from "../values";
import { arnOf, awsRow, ec2Id } from "./row";
import { T } from "./types";

const groups = [T.securityGroup, T.defaultSecurityGroup];
/** A network's own default group, which is there without a resource of ours. */
const builtIn = { to: [T.vpc], by: "defaultSecurityGroupId" } as const;
const descriptionRule = "up to 255 characters from a-z, A-Z, 0-9, spaces, and ._-:/()#,@[]+=&;{}!$*";
const descriptionText = /^[0-9A-Za-z_ .:/()#,@[\]+=&;{}!$*-]{0,255}$/;
const protocols = /^(-1|all|tcp|udp|icmp|icmpv6|\d{1,3})$/i;

/** From and to of a rule, by its protocol. */
function portRefusals(rule: Props, at: string, whole: "no" | "zero"): readonly Refusal[] {
  const { fromPort, toPort } = rule;
  const protocol = text(rule["ipProtocol"] ?? rule["protocol"])?.toLowerCase();
  const path = (name: string) => (at ? `${at}.${name}` : name);
  if (protocol === undefined || !isKnown(fromPort) || !isKnown(toPort)) return [];
  if (!protocols.test(protocol))
    return refuse(path("protocol"), `invalid value for IP protocol: unknown protocol ${protocol}`);
  const all = protocol === "-1" || protocol === "all";
  if (all && whole === "no")
    return isSet(fromPort) || isSet(toPort)
      ? refuse(path("fromPort"), "with protocol -1 no ports may be given: the rule is for all")
      : [];
  if (all)
    return (fromPort ?? 0) !== 0 || (toPort ?? 0) !== 0
      ? refuse(path("fromPort"), 'from_port and to_port must both be 0 to use the "all" "-1" protocol')
      : [];
  if (!isSet(fromPort) || !isSet(toPort))
    return refuse(path("fromPort"), `MissingParameter: protocol ${protocol} needs fromPort and toPort`);
  const [from, to] = [number(fromPort) ?? 0, number(toPort) ?? 0];
  if (protocol.startsWith("icmp")) return [];
  if (from < 0 || to > 65535) return refuse(path("fromPort"), `expected ports from 0 to 65535, got ${from} to ${to}`);
  return from > to ? refuse(path("fromPort"), `InvalidParameterValue: invalid TCP/UDP port range (${from}:${to})`) : [];
}

function inlineRefusals(inputs: Props): readonly Refusal[] {
  return ["ingress", "egress"].flatMap((side) => [
    ...long(inputs, side, 0, RULES),
    ...list(inputs[side]).flatMap((rule, index) => portRefusals(object(rule), `${side}.${index}`, "zero")),
    ...cidr(inputs, `${side}.*.cidrBlocks.*`),
    ...fits(inputs, `${side}.*.description`, descriptionText, descriptionRule),
  ]);
}

const securityGroup = awsRow({
  type: T.securityGroup,
  autoName: { property: "name", max: 255 },
  immutable: ["description", "name", "namePrefix", "vpcId"],
  unordered: ["ingress", "egress", "ingress.*.cidrBlocks", "egress.*.cidrBlocks"],
  unique: { by: ["vpcId", "name"], scope: "region" },
  references: [
    { path: "vpcId", to: [T.vpc, T.defaultVpc] },
    { path: "ingress.*.securityGroups.*", to: groups },
    { path: "ingress.*.securityGroups.*", ...builtIn },
    { path: "egress.*.securityGroups.*", to: groups },
    { path: "egress.*.securityGroups.*", ...builtIn },
  ],
  inputDefaults: () => ({ description: "Managed by Pulumi", revokeRulesOnDelete: false }),
  check: ({ inputs }) => [
    ...fits(inputs, "name", /^(?!sg-).{1,255}$/i, "1 to 255 characters that don't begin with sg-"),
    ...fits(inputs, "name", descriptionText, descriptionRule),
    ...fits(inputs, "description", descriptionText, descriptionRule),
    ...(inputs["description"] === "" ? refuse("description", "a security group needs a description") : []),
    ...inlineRefusals(inputs),
  ],
  id: (moment) => ec2Id(moment, "sg"),
  outputs: (moment) => ({
    arn: arnOf(moment, "ec2", `security-group/${moment.id}`),
    ownerId: moment.place.account,
    ingress: moment.inputs["ingress"] ?? [],
    egress: moment.inputs["egress"] ?? [],
    namePrefix: text(moment.inputs["namePrefix"]) ?? "",
  }),
  seconds: { create: 3, delete: 2, source: "estimate" },
});

const defaultSecurityGroup = awsRow({
  type: T.defaultSecurityGroup,
  immutable: ["vpcId"],
  references: [{ path: "vpcId", to: [T.vpc, T.defaultVpc], weak: true }],
  unordered: ["ingress", "egress"],
  unique: { by: ["vpcId"], scope: "region" },
  inputDefaults: () => ({ revokeRulesOnDelete: false }),
  check: ({ inputs }) => inlineRefusals(inputs),
  // Not made but adopted: it has been there since its network.
  id: (moment) =>
    text(moment.account.find([T.vpc], "id", moment.inputs["vpcId"] ?? null)?.outputs["defaultSecurityGroupId"]) ??
    ec2Id(moment, "sg"),
  outputs: (moment) => ({
    arn: arnOf(moment, "ec2", `security-group/${moment.id}`),
    ownerId: moment.place.account,
    description: "default VPC security group",
    name: "default",
    namePrefix: "",
    ingress: moment.inputs["ingress"] ?? [],
    egress: moment.inputs["egress"] ?? [],
  }),
  seconds: { create: 2, delete: 0, source: "estimate" },
});

const sources = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"] as const;

const single = (type: string) =>
  awsRow({
    type,
    immutable: ["securityGroupId"],
    references: [
      { path: "securityGroupId", to: groups, weak: true },
      { path: "securityGroupId", ...builtIn, weak: true },
      // A group that another group's rule names can't go.
      { path: "referencedSecurityGroupId", to: groups, except: /^\d{12}\/sg-/ },
      { path: "referencedSecurityGroupId", ...builtIn },
      // EKS makes a group for each cluster.
      { path: "referencedSecurityGroupId", to: [T.cluster], by: "vpcConfig.clusterSecurityGroupId" },
    ],
    check: ({ inputs }) => [
      ...exclusive(inputs, ...sources),
      ...(sources.some((source) => isSet(inputs[source]))
        ? []
        : refuse("cidrIpv4", `exactly one of ${sources.join(", ")} must be specified`)),
      ...cidr(inputs, "cidrIpv4"),
      ...fits(inputs, "description", descriptionText, descriptionRule),
      ...portRefusals(inputs, "", "no"),
    ],
    admit: (moment) => [...duplicate(moment), ...roomRefusals(moment)],
    id: (moment) => ec2Id(moment, "sgr"),
    outputs: (moment) => ({
      arn: arnOf(moment, "ec2", `security-group-rule/${moment.id}`),
      securityGroupRuleId: moment.id,
    }),
    seconds: { create: 1, delete: 1, source: "estimate" },
  });

const face = ["securityGroupId", "ipProtocol", "fromPort", "toPort", ...sources] as const;

/** The same rule can't be there twice. */
function duplicate({ inputs, account, type, old }: Moment): readonly Refusal[] {
  const same = (other: Item) => face.every((name) => (other.inputs[name] ?? null) === (inputs[name] ?? null));
  const twin = account.all(type).find((other) => other.id !== old?.id && same(other));
  return twin
    ? refuse("securityGroupId", `InvalidPermission.Duplicate: the specified rule already exists (${twin.id})`)
    : [];
}

/** The older form of a rule, which programs still use. */
const securityGroupRule = awsRow({
  type: T.securityGroupRule,
  taggable: false,
  immutable:
    "cidrBlocks fromPort ipv6CidrBlocks prefixListIds protocol securityGroupId self sourceSecurityGroupId toPort type".split(
      " ",
    ),
  references: [
    { path: "securityGroupId", to: groups, weak: true },
    { path: "securityGroupId", ...builtIn, weak: true },
    { path: "sourceSecurityGroupId", to: groups },
    { path: "sourceSecurityGroupId", ...builtIn },
  ],
  inputDefaults: () => ({ self: false }),
  check: ({ inputs }) => [
    ...each(
      inputs,
      "type",
      (value) => value === "ingress" || value === "egress",
      (value) => `expected ingress or egress, got ${value}`,
    ),
    ...cidr(inputs, "cidrBlocks.*"),
    ...long(inputs, "cidrBlocks", 1, 1000),
    ...fits(inputs, "description", descriptionText, descriptionRule),
    ...portRefusals(inputs, "", "zero"),
    ...(["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "sourceSecurityGroupId"].some((path) =>
      isSet(pick(inputs, path)),
    ) || inputs["self"] === true
      ? []
      : refuse(
          "cidrBlocks",
          "one of cidr_blocks, ipv6_cidr_blocks, prefix_list_ids, source_security_group_id or self must be set",
        )),
  ],
  id: (moment) => `sgrule-${Number.parseInt(moment.random("id", 8), 16)}`,
  outputs: (moment) => ({ securityGroupRuleId: ec2Id(moment, "sgr", "rule") }),
  seconds: { create: 1, delete: 1, source: "estimate" },
});

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html: inbound and outbound rules of a group. */
const RULES = 60;

function roomRefusals({ type, inputs, account, old }: Moment): readonly Refusal[] {
  const has = account
    .all(type)
    .filter((one) => one.id !== old?.id && one.outputs["securityGroupId"] === inputs["securityGroupId"]).length;
  return has >= RULES
    ? refuse(
        "securityGroupId",
        `RulesPerSecurityGroupLimitExceeded: the maximum number of rules per security group (${RULES}) has been reached`,
      )
    : [];
}

export const rows: readonly Row[] = [
  securityGroup,
  defaultSecurityGroup,
  single(T.ingressRule),
  single(T.egressRule),
  securityGroupRule,
];
