// What a firewall lets through, in one form for every way to write it: security groups (inline, SecurityGroupRule,
// vpc.SecurityGroup{In,E}gressRule), network security groups (inline, SecurityRule), VPC firewalls.
import { allPorts, type PortRange, portRange } from "./ports";
import { folded, isObject, isUnknown, join, list, read, text } from "./read";
import type { View } from "./rule";
import { token } from "./tokens";

export interface Opening {
  /** Path of the rule within its resource. */
  readonly path: string;
  readonly direction: "in" | "out";
  /** Address ranges, service tags; elements may be unknown. Groups and prefix lists of one's own are left out: they are no address. */
  readonly peers: readonly unknown[];
  readonly ports: readonly PortRange[] | "unknown";
  /** Every protocol. */
  readonly anyProtocol: boolean | "unknown";
}

const sgTypes = {
  group: token("aws", "ec2.SecurityGroup"),
  rule: token("aws", "ec2.SecurityGroupRule"),
  ingress: token("aws", "vpc.SecurityGroupIngressRule"),
  egress: token("aws", "vpc.SecurityGroupEgressRule"),
};
const nsgTypes = {
  group: token("azure", "network.NetworkSecurityGroup"),
  rule: token("azure", "network.SecurityRule"),
};
const firewall = token("gcp", "compute.Firewall");

const texts = (props: unknown, ...paths: readonly string[]): readonly unknown[] =>
  paths.flatMap((path) => {
    const values = list(props, path);
    return typeof values === "symbol" ? [values] : values;
  });

/** AWS: -1 is every protocol and then every port; ICMP has types, not ports. */
function awsOpening(props: unknown, path: string, direction: "in" | "out", names: AwsNames): Opening {
  const protocol = read(props, names.protocol);
  const [from, to] = [read(props, "fromPort"), read(props, "toPort")];
  const any = isUnknown(protocol) ? ("unknown" as const) : String(protocol) === "-1" || protocol === "all";
  const ports =
    any === true
      ? [allPorts]
      : isUnknown(from) || isUnknown(to)
        ? ("unknown" as const)
        : /^(icmp|icmpv6|1|58)$/.test(String(protocol))
          ? []
          : [{ from: Number(from ?? 0), to: Number(to ?? 65535) }];
  return { path, direction, peers: texts(props, ...names.peers), ports, anyProtocol: any };
}
interface AwsNames {
  readonly protocol: string;
  readonly peers: readonly string[];
}
const inlineNames: AwsNames = { protocol: "protocol", peers: ["cidrBlocks", "ipv6CidrBlocks"] };
const standaloneNames: AwsNames = { protocol: "ipProtocol", peers: ["cidrIpv4", "cidrIpv6"] };

/** Azure: Deny rules open nothing; ports and prefixes come in a singular and a plural field. */
function azureOpening(props: unknown, path: string): readonly Opening[] {
  if (folded(props, "access") === "deny") return [];
  const direction = folded(props, "direction") === "outbound" ? "out" : "in";
  const peer = direction === "in" ? "source" : "destination";
  const ranges = texts(props, "destinationPortRange", "destinationPortRanges");
  const protocol = read(props, "protocol");
  return [
    {
      path,
      direction,
      peers: texts(props, `${peer}AddressPrefix`, `${peer}AddressPrefixes`),
      ports: ranges.some(isUnknown) ? "unknown" : ranges.flatMap((range) => portRange(range) ?? []),
      anyProtocol: isUnknown(protocol) ? "unknown" : protocol === "*",
    },
  ];
}

/** GCP: `allows` only; no `ports` means every port of the protocol; no source means everyone unless tags or accounts narrow it. */
function gcpOpenings({ props }: View): readonly Opening[] {
  if (read(props, "disabled") === true) return [];
  const direction = text(props, "direction") === "EGRESS" ? "out" : "in";
  const narrowed = ["sourceTags", "sourceServiceAccounts"].some((key) => read(props, key) !== undefined);
  const named = texts(props, direction === "in" ? "sourceRanges" : "destinationRanges");
  const peers = named.length === 0 && !(direction === "in" && narrowed) ? ["0.0.0.0/0"] : named;
  const allows = list(props, "allows");
  if (typeof allows === "symbol")
    return [{ path: "allows", direction, peers, ports: "unknown", anyProtocol: "unknown" }];
  return allows.map((allow, index) => {
    const protocol = folded(allow, "protocol");
    const ranges = texts(allow, "ports");
    const portless = /^(icmp|esp|ah|ipip|1|50|51|58)$/.test(protocol);
    return {
      path: join("allows", index),
      direction,
      peers,
      ports: portless
        ? []
        : ranges.some(isUnknown)
          ? "unknown"
          : ranges.length === 0
            ? [allPorts]
            : ranges.flatMap((range) => portRange(range) ?? []),
      anyProtocol: isUnknown(read(allow, "protocol")) ? "unknown" : protocol === "all",
    };
  });
}

/** An inline list; a list that isn't known yet is one opening of which nothing is known. */
function inline(
  props: unknown,
  path: string,
  direction: "in" | "out",
  open: (rule: unknown, path: string) => readonly Opening[],
) {
  const rules = list(props, path);
  if (typeof rules === "symbol")
    return [{ path, direction, peers: [rules], ports: "unknown" as const, anyProtocol: "unknown" as const }];
  return rules.flatMap((rule, index) => (isObject(rule) ? open(rule, join(path, index)) : []));
}

/** Everything that one resource lets through. */
export function openings(view: View): readonly Opening[] {
  const { props, type } = view;
  switch (type) {
    case sgTypes.group:
      return (["in", "out"] as const).flatMap((direction) =>
        inline(props, direction === "in" ? "ingress" : "egress", direction, (rule, path) => [
          awsOpening(rule, path, direction, inlineNames),
        ]),
      );
    case sgTypes.rule:
      return [awsOpening(props, "", read(props, "type") === "egress" ? "out" : "in", inlineNames)];
    case sgTypes.ingress:
      return [awsOpening(props, "", "in", standaloneNames)];
    case sgTypes.egress:
      return [awsOpening(props, "", "out", standaloneNames)];
    case nsgTypes.group:
      return inline(props, "securityRules", "in", azureOpening);
    case nsgTypes.rule:
      return azureOpening(props, "");
    case firewall:
      return gcpOpenings(view);
    default:
      return [];
  }
}
