// https://cloud.google.com/compute/docs/reference/rest/v1/securityPolicies
import { isIP } from "node:net";
import { parseCidr } from "../cidr";
import { between, each, fits, long, oneOf, refuse } from "../limits";
import type { Moment, Props, Refusal, Row } from "../row";
import { isKnown, isList, isObject, isSet, list, object, pick, pickAll, text } from "../values";
import {
  computeId,
  computeLink,
  deletionPolicy,
  gceName,
  labelOutputs,
  labelSecrets,
  labels,
  loweredName,
  preventedBy,
  projectOf,
  region,
  regionOf,
} from "./common";

export const policyType = "gcp:compute/securityPolicy:SecurityPolicy";
const regionPolicyType = "gcp:compute/regionSecurityPolicy:RegionSecurityPolicy";

/** https://cloud.google.com/armor/docs/waf-rules: `<set>-(v33-|v422-|)(stable|canary)`. */
const sets =
  "sqli|xss|lfi|rfi|rce|methodenforcement|scannerdetection|protocolattack|php|sessionfixation|java|nodejs|generic";
const expressionSets = new RegExp(`^((${sets})-((v33|v422)-)?(stable|canary)|cve-canary|json-sqli-canary)$`);
/** https://cloud.google.com/armor/docs/rate-limiting-overview */
const intervals = [10, 30, 60, 120, 180, 240, 270, 300, 600, 900, 1200, 1800, 2700, 3600];

function expressionRefusals({ inputs }: Moment): readonly Refusal[] {
  return pickAll(inputs, "rules.*.match.expr.expression").flatMap(({ path, value }) => {
    const expression = text(value);
    if (expression === undefined) return [];
    const named = [...expression.matchAll(/evaluatePreconfigured(?:Waf|Expr)\('([^']+)'/g)].map(
      ([, name]) => name ?? "",
    );
    const strange = named.find((name) => !expressionSets.test(name));
    return [
      ...(expression.length > 2048
        ? refuse(path, `the expression has ${expression.length} characters, at most 2048 are allowed`)
        : []),
      ...(strange === undefined ? [] : refuse(path, `Invalid value: unknown preconfigured rule set '${strange}'`)),
      ...(expression.split(/\|\||&&/).length > 5
        ? refuse(path, "Invalid value: the expression has more than 5 subexpressions")
        : []),
    ];
  });
}

/** Priorities are unique; the last rule is said by who says any; a limit has what it needs. */
function ruleRefusals(moment: Moment): readonly Refusal[] {
  const { inputs } = moment;
  const rules = list(inputs["rules"]).map(object);
  const priorities = rules.map((rule) => rule["priority"]);
  const known = priorities.every((priority) => typeof priority === "number");
  return [
    ...(rules.length > 0 && known && !priorities.includes(last)
      ? refuse("rules", 'a policy needs a default rule, of priority 2147483647 and for everybody ("*")')
      : []),
    ...rules.flatMap((rule, index) => [...ruleParts(rule, `rules.${index}`), ...rateLimit(rule, `rules.${index}`)]),
    ...priorities.flatMap((priority, index) =>
      isSet(priority) && priorities.indexOf(priority) < index
        ? refuse(`rules.${index}.priority`, `Invalid value: rules can't share the priority ${JSON.stringify(priority)}`)
        : [],
    ),
    ...rules.flatMap((rule, index) =>
      ["throttle", "rate_based_ban"].includes(text(rule["action"]) ?? "") && !isSet(rule["rateLimitOptions"])
        ? refuse(`rules.${index}.rateLimitOptions`, `is required for the action ${text(rule["action"])}`)
        : [],
    ),
    ...fits(
      inputs,
      "rules.*.action",
      /^(allow|deny(\((403|404|429|502)\))?|redirect|throttle|rate_based_ban)$/,
      "allow, deny(403), deny(404), deny(429), deny(502), redirect, throttle or rate_based_ban",
    ),
    ...oneOf(inputs, "rules.*.rateLimitOptions.rateLimitThreshold.intervalSec", intervals),
    ...between(inputs, "rules.*.rateLimitOptions.rateLimitThreshold.count", 1, 1_000_000),
    ...each(
      inputs,
      "rules.*.match.config.srcIpRanges",
      (ranges) => list(ranges).length <= 10,
      () => "a rule takes at most 10 ranges",
    ),
    ...expressionRefusals(moment),
  ];
}

const last = 2_147_483_647;

/** Whom a rule is for and what it does with them. https://cloud.google.com/armor/docs/rules-language-reference, .../security-policy-overview */
function ruleParts(rule: Props, at: string): readonly Refusal[] {
  const ranges = pick(rule, "match.config.srcIpRanges");
  const everybody = isList(ranges) && ranges.length === 1 && ranges[0] === "*";
  const [byRange, byExpression] = ["versionedExpr", "expr"].map((key) => isSet(pick(rule, `match.${key}`)));
  const redirect = object(rule["redirectOptions"]);
  return [
    ...between(rule, "priority", 0, last).map(({ reason }) => ({ property: `${at}.priority`, reason })),
    ...(rule["priority"] === last && isKnown(ranges) && isObject(rule["match"]) && !everybody
      ? refuse(`${at}.match`, 'the rule of priority 2147483647 is the default one: it matches "*" and nothing else')
      : []),
    ...(byRange && byExpression ? refuse(`${at}.match.expr`, "conflicts with versionedExpr") : []),
    ...(byRange && !isSet(pick(rule, "match.config"))
      ? refuse(`${at}.match.config`, "is required with versionedExpr")
      : []),
    ...(isObject(rule["match"]) && !byRange && !byExpression && isSet(pick(rule, "match.config"))
      ? refuse(`${at}.match.versionedExpr`, "is required with config: SRC_IPS_V1")
      : []),
    ...each(
      rule,
      "match.config.srcIpRanges.*",
      (value) => value === "*" || (typeof value === "string" && (parseCidr(value)?.canonical ?? isIP(value) > 0)),
      (value) => `${value} is not an address, a CIDR range without host bits, or "*"`,
    ).map(({ property, reason }) => ({ property: `${at}.${property}`, reason })),
    ...(rule["action"] === "redirect" && !isSet(rule["redirectOptions"])
      ? refuse(`${at}.redirectOptions`, "is required for the action redirect")
      : []),
    ...(redirect["type"] === "EXTERNAL_302" && !isSet(redirect["target"])
      ? refuse(`${at}.redirectOptions.target`, "is required for the type EXTERNAL_302")
      : []),
  ];
}

/** https://cloud.google.com/armor/docs/rate-limiting-overview */
function rateLimit(rule: Props, at: string): readonly Refusal[] {
  const options = rule["rateLimitOptions"];
  if (!isObject(options)) return [];
  const [action, path] = [text(rule["action"]), `${at}.rateLimitOptions`];
  const keyed = ["HTTP_HEADER", "HTTP_COOKIE"].includes(text(options["enforceOnKey"]) ?? "");
  return [
    ...(action !== undefined && !["throttle", "rate_based_ban"].includes(action)
      ? refuse(path, `is for the actions throttle and rate_based_ban, not for ${action}`)
      : []),
    ...(action === "rate_based_ban" && !isSet(options["banDurationSec"])
      ? refuse(`${path}.banDurationSec`, "is required for the action rate_based_ban")
      : []),
    ...["banDurationSec", "banThreshold"].flatMap((key) =>
      action === "throttle" && isSet(options[key]) ? refuse(`${path}.${key}`, "is for the action rate_based_ban") : [],
    ),
    ...(keyed && !isSet(options["enforceOnKeyName"])
      ? refuse(`${path}.enforceOnKeyName`, `is required with enforceOnKey ${text(options["enforceOnKey"])}`)
      : []),
    ...(list(options["enforceOnKeyConfigs"]).length > 3
      ? refuse(`${path}.enforceOnKeyConfigs`, "a rule counts by 3 keys at most")
      : []),
    ...(list(options["enforceOnKeyConfigs"]).length > 0 && (text(options["enforceOnKey"]) ?? "") !== ""
      ? refuse(`${path}.enforceOnKey`, "must be empty with enforceOnKeyConfigs")
      : []),
  ];
}

const shared = {
  ...(({ property, max }) => ({ autoName: { property, max, lower: true } }))(loweredName),
  required: ["name"],
  // The service keeps its rules by priority.
  unordered: ["rules"],
} as const;

export const securityPolicy: Row = {
  ...shared,
  type: policyType,
  immutable: ["name", "project", "type"],
  unique: { by: ["project", "name"], scope: "account" },
  secrets: labelSecrets,
  check: (moment) => [
    ...gceName(moment.inputs),
    ...labels(moment.inputs),
    ...long(moment.inputs, "description", 0, 2048),
    ...(moment.inputs["type"] === "CLOUD_ARMOR_EDGE" ? edgeRefusals(moment) : []),
    ...ruleRefusals(moment),
  ],
  release: preventedBy,
  id: (moment) => computeId(moment, "securityPolicies"),
  outputs: (moment) => ({
    ...labelOutputs(moment),
    ...deletionPolicy(moment),
    fingerprint: `${moment.random(`print ${moment.now}`, 10, "ABCDEFGHIJKLMNOP")}=`,
    labelFingerprint: "42WmSpB8rSM=",
    project: projectOf(moment),
    selfLink: computeLink(moment.id),
    // A policy without rules lets everybody in.
    ...(isSet(moment.inputs["rules"])
      ? {}
      : {
          rules: [
            {
              action: "allow",
              description: "default rule",
              match: { config: { srcIpRanges: ["*"] }, versionedExpr: "SRC_IPS_V1" },
              preview: false,
              priority: last,
            },
          ],
        }),
    type: moment.inputs["type"] ?? "CLOUD_ARMOR",
  }),
  volatile: ["fingerprint"],
  seconds: { create: 12, update: 12, delete: 11, source: "estimate: an operation of compute" },
};

/** In front of a cache it looks at addresses, countries and headers, and can't count. */
function edgeRefusals({ inputs }: Moment): readonly Refusal[] {
  const counting = list(inputs["rules"]).some((rule) => isSet(object(rule)["rateLimitOptions"]));
  return [
    ...(counting ? refuse("rules", "rate limits aren't supported by policies of type CLOUD_ARMOR_EDGE") : []),
    ...(isSet(inputs["adaptiveProtectionConfig"])
      ? refuse("adaptiveProtectionConfig", "isn't supported by policies of type CLOUD_ARMOR_EDGE")
      : []),
    ...each(
      inputs,
      "rules.*.match.expr.expression",
      (value) => typeof value !== "string" || !value.includes("evaluatePreconfigured"),
      () => "preconfigured WAF rules aren't supported by policies of type CLOUD_ARMOR_EDGE",
    ),
  ];
}

export const regionSecurityPolicy: Row = {
  ...shared,
  type: regionPolicyType,
  immutable: ["name", "project", "region", "type"],
  unique: { by: ["project", "region", "name"], scope: "account" },
  check: (moment) => [
    ...gceName(moment.inputs),
    ...region(moment),
    ...long(moment.inputs, "description", 0, 2048),
    ...ruleRefusals(moment),
  ],
  release: preventedBy,
  id: (moment) => computeId(moment, "securityPolicies", regionOf(moment)),
  outputs: (moment) => ({
    ...deletionPolicy(moment),
    fingerprint: `${moment.random(`print ${moment.now}`, 10, "ABCDEFGHIJKLMNOP")}=`,
    policyId: moment.random("policyId", 19, "123456789"),
    project: projectOf(moment),
    region: regionOf(moment),
    selfLink: computeLink(moment.id),
    selfLinkWithPolicyId: computeLink(moment.id),
  }),
  volatile: ["fingerprint"],
  seconds: { create: 12, update: 12, delete: 11, source: "estimate: an operation of compute" },
};
