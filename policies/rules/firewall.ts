// NET-06 to NET-09: what firewalls let in from everyone and out to everyone.
import { coversWorld } from "../addresses";
import { fail, notApplicable, pass, unknown } from "../judge";
import { type Opening, openings } from "../openings";
import { contains, isEverything, type PortRange } from "../ports";
import { folded, isUnknown, join, list, read } from "../read";
import { type Judge, rule, type Verdict } from "../rule";
import { adminPorts, dataPorts, egressPorts, publicPorts } from "../standards";
import { aws, azure, gcp } from "../tokens";

type Answer = boolean | "unknown";
const and = (one: Answer, other: () => Answer): Answer => {
  if (one === false) return false;
  const second = other();
  return second === false ? false : one === true && second === true ? true : "unknown";
};

/** Openings to or from the whole world that a test finds bad. */
const worldwide =
  (direction: Opening["direction"], expected: string, bad: (opening: Opening) => Answer): Judge =>
  (view) => {
    const own = openings(view).filter((opening) => opening.direction === direction);
    if (own.length === 0) return notApplicable(`opens nothing ${direction === "in" ? "inwards" : "outwards"}`);
    const verdicts = own.map((opening): Verdict => {
      const answer = and(coversWorld(opening.peers), () => bad(opening));
      if (answer === true) return fail(opening.path, expected);
      return answer === "unknown" ? unknown(opening.path, expected) : pass(opening.path, expected);
    });
    return verdicts.some(({ status }) => status === "fail")
      ? verdicts.filter(({ status }) => status === "fail")
      : verdicts;
  };

const ranges =
  (test: (range: PortRange) => boolean) =>
  (opening: Opening): Answer =>
    opening.anyProtocol === true ? true : opening.ports === "unknown" ? "unknown" : opening.ports.some(test);
const holdsOneOf = (ports: readonly number[]) => ranges((range) => ports.some((port) => contains(range, port)));
const onlyOf = (ports: readonly number[]) => ranges(({ from, to }) => !ports.includes(from) || from !== to);

const inbound = "ec2.SecurityGroup, ec2.SecurityGroupRule, vpc.SecurityGroupIngressRule";
const outbound = "ec2.SecurityGroup, ec2.SecurityGroupRule, vpc.SecurityGroupEgressRule";
const nsg = "network.NetworkSecurityGroup, network.SecurityRule";
const firewalls = (id: string, awsTypes: string, judge: Judge) =>
  rule(id, aws(awsTypes, judge), azure(nsg, judge), gcp("compute.Firewall", judge));

export const noWorldAdmin = firewalls(
  "network-sg-no-world-ssh-rdp",
  inbound,
  worldwide("in", `ports ${adminPorts.join(", ")} closed to the internet`, holdsOneOf(adminPorts)),
);

export const noWorldData = firewalls(
  "network-sg-no-db-ports",
  inbound,
  worldwide("in", `ports ${dataPorts.join(", ")} closed to the internet`, holdsOneOf(dataPorts)),
);

export const noAllPorts = firewalls(
  "network-sg-no-all-ports",
  inbound,
  worldwide("in", "named ports instead of all", ranges(isEverything)),
);

/** requirements.md section 9, net-ingress-allowlist: not in policy-rules.tsv, which stops at the dangerous ports. */
export const ingressAllowList = firewalls(
  "network-ingress-allow-list",
  inbound,
  worldwide("in", `nothing but ports ${publicPorts.join(", ")} open to the internet`, onlyOf(publicPorts)),
);

export const restrictEgress = firewalls(
  "network-sg-restrict-egress",
  outbound,
  worldwide("out", `nothing but ports ${egressPorts.join(", ")} open towards the internet`, onlyOf(egressPorts)),
);

/** Databases that a firewall of their own guards; on AWS the security group is that firewall. */
const wideRange = 2 ** 24;
const number = (address: unknown) =>
  typeof address === "string" ? address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0) : Number.NaN;
const azureFirewall: Judge = (view) => {
  const expected = "a range of known addresses; 0.0.0.0 lets every Azure customer in";
  const [start, end] = [read(view.props, "startIpAddress"), read(view.props, "endIpAddress")];
  if (start === "0.0.0.0") return fail("startIpAddress", expected);
  if (isUnknown(start) || isUnknown(end)) return unknown("startIpAddress", expected);
  return number(end) - number(start) >= wideRange ? fail("endIpAddress", expected) : pass("startIpAddress", expected);
};

export const databaseFirewall = rule(
  "network-database-firewall-not-world",
  aws(inbound, worldwide("in", "database ports closed to the internet", holdsOneOf([1433, 1521, 3306, 5432, 27017]))),
  azure("sql.FirewallRule, dbforpostgresql.FirewallRule, dbformysql.FirewallRule", azureFirewall),
  gcp("sql.DatabaseInstance", (view) => {
    const path = "settings.ipConfiguration.authorizedNetworks";
    const expected = "no network that reaches the whole internet";
    const networks = list(view.props, path);
    if (typeof networks === "symbol") return unknown(path, expected);
    const world = coversWorld(networks.map((one) => read(one, "value")));
    return world === true ? fail(path, expected) : world === "unknown" ? unknown(path, expected) : pass(path, expected);
  }),
);

/** Network ACLs keep no state: TCP answers come back to ports above 1023, so such a range is no opening of 3389. */
const returnTraffic = ({ from, to }: PortRange) => from >= 1024 && to >= 60999;
const aclOpens = (entry: unknown, cidrs: readonly string[], action: string): Answer => {
  if (folded(entry, action) === "deny") return false;
  const world = coversWorld(cidrs.map((path) => read(entry, path)));
  return and(world, () => {
    const protocol = folded(entry, "protocol");
    if (["-1", "all"].includes(protocol)) return true;
    if (!["6", "17", "tcp", "udp"].includes(protocol)) return isUnknown(read(entry, "protocol")) ? "unknown" : false;
    const [from, to] = [read(entry, "fromPort"), read(entry, "toPort")];
    if (isUnknown(from) || isUnknown(to)) return "unknown";
    const range = { from: Number(from ?? 0), to: Number(to ?? 65535) };
    return !returnTraffic(range) && adminPorts.some((port) => contains(range, port));
  });
};
const acl = (path: string, opens: Answer): Verdict => {
  const expected = `ports ${adminPorts.join(", ")} closed to the internet`;
  return opens === true ? fail(path, expected) : opens === "unknown" ? unknown(path, expected) : pass(path, expected);
};

export const naclAdmin = rule(
  "network-nacl-no-world-admin-ports",
  aws("ec2.NetworkAclRule", ({ props }) =>
    folded(props, "egress") === "true"
      ? notApplicable("an outward rule")
      : acl("cidrBlock", aclOpens(props, ["cidrBlock", "ipv6CidrBlock"], "ruleAction")),
  ),
  aws("ec2.NetworkAcl", ({ props }) => {
    const entries = list(props, "ingress");
    if (typeof entries === "symbol") return unknown("ingress", "admin ports closed to the internet");
    if (entries.length === 0) return notApplicable("lets nothing in by itself");
    return entries.map((entry, index) =>
      acl(join("ingress", index), aclOpens(entry, ["cidrBlock", "ipv6CidrBlock"], "action")),
    );
  }),
);

const described: Judge = ({ props }) => {
  const value = read(props, "description");
  if (isUnknown(value)) return unknown("description", "what the rule is for");
  return value === undefined || value === "" || value === "Managed by Pulumi"
    ? fail("description", "what the rule is for")
    : pass("description");
};
const inlineDescribed =
  (...paths: readonly string[]): Judge =>
  ({ props }) => {
    const missing = paths.flatMap((path) => {
      const rules = list(props, path);
      return typeof rules === "symbol"
        ? []
        : rules.flatMap((one, index) =>
            read(one, "description") ? [] : [fail(join(path, index, "description"), "what the rule is for")],
          );
    });
    return missing.length > 0 ? missing : pass("");
  };

export const descriptions = rule(
  "network-rule-descriptions",
  aws("ec2.SecurityGroup, ec2.SecurityGroupRule, vpc.SecurityGroupIngressRule, vpc.SecurityGroupEgressRule", described),
  aws("ec2.SecurityGroup", inlineDescribed("ingress", "egress")),
  azure("network.SecurityRule", described),
  azure("network.NetworkSecurityGroup", inlineDescribed("securityRules")),
  gcp("compute.Firewall", described),
);
