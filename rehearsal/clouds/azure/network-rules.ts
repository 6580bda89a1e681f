// Network security groups and their rules.
import { isIP } from "node:net";
import { parseCidr } from "../cidr";
import { between, disjoint, each, fits, refuse } from "../limits";
import type { Props, Refusal, Row, Value } from "../row";
import { HEX, uuid } from "../shapes";
import { isKnown, isSet, list, object, pickAll, text } from "../values";
import { arm, objectsAt } from "./arm";
import { api, namespace, networkName, networkSecurityGroup, provisioned } from "./network";
import { token } from "./types";

/** `*`, a range, an address, or a service tag as in `Internet`, `Storage.EastUS`. */
export const isPeer = (value: Value): boolean => {
  const peer = text(value) ?? "";
  return (
    peer === "*" || isIP(peer) > 0 || parseCidr(peer) !== undefined || /^[A-Z][A-Za-z0-9]+(\.[A-Za-z0-9]+)?$/.test(peer)
  );
};
const isPort = (value: Value): boolean => {
  const match = /^(\*|(\d{1,5})(?:-(\d{1,5}))?)$/.exec(text(value) ?? "");
  if (!match) return false;
  if (match[1] === "*") return true;
  const [low, high] = [Number(match[2]), Number(match[3] ?? match[2])];
  return low <= high && high <= 65535;
};

/** One rule, at a path (`securityRules.0`) or at the top (``). */
function ruleRefusals(inputs: Props, at: string): readonly Refusal[] {
  const dot = at === "" ? "" : `${at}.`;
  const rule = at === "" ? inputs : object(pickAll(inputs, at)[0]?.value);
  const ends = [
    ["source", "AddressPrefix", "AddressPrefixes"],
    ["destination", "AddressPrefix", "AddressPrefixes"],
    ["source", "PortRange", "PortRanges"],
    ["destination", "PortRange", "PortRanges"],
  ] as const;
  return [
    ...["access", "direction", "protocol", "priority"]
      .filter((property) => rule[property] === undefined)
      .map((property) => ({ property: `${dot}${property}`, reason: `missing required property '${dot}${property}'` })),
    ...between(inputs, `${dot}priority`, 100, 4096),
    ...fits(inputs, `${dot}description`, /^.{0,140}$/s, "a description of up to 140 characters"),
    ...ends.flatMap(([end, one, many]) => {
      const groups = `${end}ApplicationSecurityGroups`;
      const given = [`${end}${one}`, `${end}${many}`, ...(one === "AddressPrefix" ? [groups] : [])].filter(
        (property) =>
          isSet(rule[property]) &&
          !(isKnown(rule[property]) && list(rule[property]).length === 0 && Array.isArray(rule[property])),
      );
      if (given.length === 1) return [];
      return refuse(
        `${dot}${end}${one}`,
        given.length === 0
          ? `SecurityRuleInvalid: a rule needs ${end}${one} or ${end}${many}.`
          : `SecurityRuleParameterConflict: only one of ${given.join(", ")} may be specified.`,
      );
    }),
    ...["source", "destination"].flatMap((end) => [
      ...["AddressPrefix", "AddressPrefixes.*"].flatMap((property) =>
        each(
          inputs,
          `${dot}${end}${property}`,
          isPeer,
          (value) =>
            `SecurityRuleInvalidAddressPrefix: Security rule has invalid Address prefix. Value provided: ${value}`,
        ),
      ),
      ...each(
        inputs,
        `${dot}${end}AddressPrefixes.*`,
        (value) => parseCidr(text(value) ?? "") !== undefined || isIP(text(value) ?? "") > 0 || !isPeer(value),
        (value) =>
          `SecurityRuleParameterContainsUnsupportedValue: Security rule parameter ${end === "source" ? "Source" : "Destination"}AddressPrefixes cannot specify existing VIRTUALNETWORK, INTERNET, AZURELOADBALANCER, '*' or system tags. Unsupported value used: ${value}.`,
      ),
      ...disjoint(inputs, `${dot}${end}AddressPrefixes.*`),
      ...each(
        inputs,
        `${dot}${end}PortRanges.*`,
        (value) => value !== "*",
        (value) =>
          `SecurityRuleParameterContainsInvalidPortRanges: ${value} is given by ${end}PortRange, not among ${end}PortRanges.`,
      ),
      ...["PortRange", "PortRanges.*"].flatMap((property) =>
        each(
          inputs,
          `${dot}${end}${property}`,
          isPort,
          (value) =>
            `SecurityRuleInvalidPortRange: Security rule has invalid Port range. Value provided: ${value}. Value should be an integer OR integer range with '-' delimiter. Valid range 0-65535.`,
        ),
      ),
    ]),
  ];
}

/** Priorities are unique a direction, names unique altogether. */
function setRefusals(inputs: Props): readonly Refusal[] {
  const rules = objectsAt(inputs, "securityRules.*");
  const seen = new Map<string, string>();
  return rules.flatMap(({ path, value }) => {
    const rule = object(value);
    const marks = [
      [
        `priority ${text(rule["direction"]) ?? path} ${String(rule["priority"] === undefined ? path : (text(rule["priority"]) ?? (typeof rule["priority"] === "number" ? rule["priority"] : path)))}`,
        "priority",
      ],
      [`name ${(text(rule["name"]) ?? path).toLowerCase()}`, "name"],
    ] as const;
    return marks.flatMap(([mark, property]) => {
      const other = seen.get(mark);
      seen.set(mark, path);
      return other === undefined
        ? []
        : [
            {
              property: `${path}.${property}`,
              reason: `SecurityRuleConflict: Security rules ${other} and ${path} conflict. Rules cannot have the same ${property === "priority" ? "Priority and Direction" : "name"}.`,
            },
          ];
    });
  });
}

/** What Azure puts into every group. */
const defaultRules = (
  [
    ["AllowVnetInBound", 65000, "Inbound", "Allow", "VirtualNetwork", "VirtualNetwork"],
    ["AllowAzureLoadBalancerInBound", 65001, "Inbound", "Allow", "AzureLoadBalancer", "*"],
    ["DenyAllInBound", 65500, "Inbound", "Deny", "*", "*"],
    ["AllowVnetOutBound", 65000, "Outbound", "Allow", "VirtualNetwork", "VirtualNetwork"],
    ["AllowInternetOutBound", 65001, "Outbound", "Allow", "*", "Internet"],
    ["DenyAllOutBound", 65500, "Outbound", "Deny", "*", "*"],
  ] as const
).map(([name, priority, direction, access, from, to]) => ({
  name,
  priority,
  direction,
  access,
  protocol: "*",
  sourceAddressPrefix: from,
  sourcePortRange: "*",
  destinationAddressPrefix: to,
  destinationPortRange: "*",
  provisioningState: "Succeeded",
}));

const group = arm({
  name: "network:NetworkSecurityGroup",
  api,
  namespace,
  path: [["networkSecurityGroups", "networkSecurityGroupName"]],
  own: networkName(80),
  location: "refused",
  taggable: true,
  check: ({ inputs }) => [
    ...objectsAt(inputs, "securityRules.*").flatMap(({ path }) => ruleRefusals(inputs, path)),
    ...objectsAt(inputs, "securityRules.*").flatMap(({ path, value }) =>
      text(object(value)["name"]) === undefined && isKnown(object(value)["name"])
        ? refuse(`${path}.name`, "InvalidResourceName: a security rule needs a name.")
        : [],
    ),
    ...setRefusals(inputs),
  ],
  volatile: ["etag"],
  outputs: (moment) => ({
    ...provisioned(moment),
    resourceGuid: moment.old?.outputs["resourceGuid"] ?? uuid(moment.random("guid", 32, HEX)),
    defaultSecurityRules: defaultRules,
    securityRules: pickAll(moment.inputs, "securityRules.*").map(({ value }) => ({
      ...object(value),
      id: `${moment.id}/securityRules/${text(object(value)["name"]) ?? ""}`,
      provisioningState: "Succeeded",
    })),
    networkInterfaces: [],
    flowLogs: [],
  }),
  seconds: { create: 4, update: 5, delete: 6, source: "estimate" },
});

const rule = arm({
  name: "network:SecurityRule",
  api,
  namespace,
  path: [
    ["networkSecurityGroups", "networkSecurityGroupName"],
    ["securityRules", "securityRuleName"],
  ],
  parents: [networkSecurityGroup],
  inside: true,
  own: networkName(80),
  check: ({ inputs }) => ruleRefusals(inputs, ""),
  admit: ({ inputs, account, old }) => {
    const twin = account
      .all(token("network:SecurityRule"))
      .find(
        (other) =>
          other.id !== old?.id &&
          ["networkSecurityGroupName", "resourceGroupName", "direction", "priority"].every(
            (property) => other.inputs[property] === inputs[property],
          ),
      );
    return twin
      ? refuse(
          "priority",
          `SecurityRuleConflict: Security rule conflicts with ${text(twin.outputs["name"]) ?? ""}. Rules cannot have the same Priority and Direction.`,
        )
      : [];
  },
  volatile: ["etag"],
  outputs: provisioned,
  seconds: { create: 3, update: 3, delete: 3, source: "estimate" },
});

export const rows: readonly Row[] = [group, rule];
export const types = { networkSecurityGroup } as const;
