// Firewall policies: of Front Door (Microsoft.Network/FrontDoorWebApplicationFirewallPolicies) and of application gateways.
import { between, each, fits, long, oneOf, refuse } from "../limits";
import type { Moment, Props, Refusal, Row } from "../row";
import { isSet, list, object, pick, pickAll, text } from "../values";
import { arm, etag, filled } from "./arm";
import { namespace } from "./network";
import { token } from "./types";

export const edgePolicy = token("frontdoor:Policy");

/** https://learn.microsoft.com/azure/web-application-firewall/afds/waf-front-door-drs */
const sets: Readonly<Record<string, readonly string[]>> = {
  Microsoft_DefaultRuleSet: ["1.1", "2.0", "2.1", "2.2"],
  Microsoft_BotManagerRuleSet: ["1.0", "1.1"],
  Microsoft_HTTPDDoSRuleSet: ["1.0"],
  DefaultRuleSet: ["1.0"],
};
const regionalSets: Readonly<Record<string, readonly string[]>> = {
  OWASP: ["3.0", "3.1", "3.2"],
  Microsoft_DefaultRuleSet: ["2.1", "2.2"],
  Microsoft_BotManagerRuleSet: ["0.1", "1.0", "1.1"],
  Microsoft_HTTPDDoSRuleSet: ["1.0"],
};

function setRefusals(inputs: Props, known: Readonly<Record<string, readonly string[]>>): readonly Refusal[] {
  return pickAll(inputs, "managedRules.managedRuleSets.*").flatMap(({ path, value }) => {
    const { ruleSetType, ruleSetVersion } = object(value);
    const versions = known[text(ruleSetType) ?? ""];
    if (text(ruleSetType) === undefined) return [];
    if (!versions)
      return refuse(`${path}.ruleSetType`, `BadRequest: there is no managed rule set ${text(ruleSetType)}.`);
    return text(ruleSetVersion) === undefined || versions.includes(text(ruleSetVersion) ?? "")
      ? []
      : refuse(`${path}.ruleSetVersion`, `BadRequest: ${text(ruleSetType)} has versions ${versions.join(", ")}.`);
  });
}

function priorityRefusals(inputs: Props, path: string): readonly Refusal[] {
  const rules = pickAll(inputs, `${path}.*`);
  const twin = (property: "priority" | "name") =>
    rules.flatMap(({ path: at, value }, index) => {
      const mine = object(value)[property];
      return isSet(mine) && rules.findIndex((other) => object(other.value)[property] === mine) < index
        ? refuse(`${at}.${property}`, `BadRequest: custom rules can't share a ${property}.`)
        : [];
    });
  return [...twin("priority"), ...twin("name"), ...between(inputs, `${path}.*.priority`, 1, 100)];
}

const edge = arm({
  name: "frontdoor:Policy",
  api: "2025-11-01",
  namespace,
  path: [["FrontDoorWebApplicationFirewallPolicies", "policyName"]],
  own: { pattern: /^[a-zA-Z][a-zA-Z0-9]{0,127}$/, rule: "1 to 128 letters and digits, beginning with a letter" },
  location: "replaces",
  taggable: true,
  check: ({ inputs }) => [
    ...oneOf(inputs, "location", ["Global", "global"]),
    ...oneOf(inputs, "sku.name", ["Standard_AzureFrontDoor", "Premium_AzureFrontDoor"]),
    ...(text(pick(inputs, "sku.name")) === "Standard_AzureFrontDoor" &&
    list(pick(inputs, "managedRules.managedRuleSets")).length > 0
      ? refuse("managedRules", "BadRequest: managed rules need the SKU Premium_AzureFrontDoor.")
      : []),
    ...setRefusals(inputs, sets),
    ...priorityRefusals(inputs, "customRules.rules"),
    ...oneOf(inputs, "customRules.rules.*.action", ["Allow", "Block", "CAPTCHA", "JSChallenge", "Log", "Redirect"]),
    ...oneOf(inputs, "customRules.rules.*.rateLimitDurationInMinutes", [1, 5]),
    ...between(inputs, "customRules.rules.*.rateLimitThreshold", 0, 5_000_000),
    ...long(inputs, "customRules.rules.*.matchConditions", 1, 10),
    ...fits(inputs, "customRules.rules.*.name", /^[a-zA-Z][a-zA-Z0-9]{0,127}$/, "letters and digits"),
    ...pickAll(inputs, "customRules.rules.*").flatMap(({ path, value }) =>
      object(value)["ruleType"] === "RateLimitRule" && !isSet(object(value)["rateLimitThreshold"])
        ? refuse(`${path}.rateLimitThreshold`, "BadRequest: a rate limit rule needs a threshold.")
        : [],
    ),
  ],
  // https://learn.microsoft.com/azure/frontdoor/tier-upgrade: a policy of another tier is another policy.
  admit: ({ inputs, old }) =>
    old && pick(old.inputs, "sku.name") !== pick(inputs, "sku.name")
      ? refuse("sku.name", "BadRequest: the SKU of a web application firewall policy can't be changed.")
      : [],
  volatile: ["etag"],
  outputs: (moment) => ({
    etag: etag(moment),
    provisioningState: "Succeeded",
    resourceState: "Enabled",
    frontendEndpointLinks: [],
    routingRuleLinks: [],
    securityPolicyLinks: [],
    policySettings: filled(moment.inputs, "policySettings", {
      enabledState: "Enabled",
      mode: "Detection",
      requestBodyCheck: "Enabled",
    }),
  }),
  seconds: { create: 12, update: 12, delete: 8, source: "estimate" },
});

const regional = arm({
  name: "network:WebApplicationFirewallPolicy",
  api: "2024-05-01",
  namespace,
  path: [["ApplicationGatewayWebApplicationFirewallPolicies", "policyName"]],
  own: { pattern: /^[a-zA-Z0-9]([\w.-]{0,126}[a-zA-Z0-9_])?$/, rule: "1 to 128 letters, digits, _ . and -" },
  location: "replaces",
  taggable: true,
  check: ({ inputs }) => [
    ...between(inputs, "policySettings.maxRequestBodySizeInKb", 8, 2000),
    ...between(inputs, "policySettings.fileUploadLimitInMb", 1, 4000),
    ...long(inputs, "managedRules.managedRuleSets", 1, 3),
    ...setRefusals(inputs, regionalSets),
    ...priorityRefusals(inputs, "customRules"),
    ...rateRefusals({ inputs }),
    ...each(
      inputs,
      "customRules.*.name",
      (value) => typeof value === "string" && /^[a-zA-Z]\w{0,127}$/.test(value),
      (value) => `${value} is not valid: letters, digits and _`,
    ),
  ],
  volatile: ["etag"],
  outputs: (moment) => ({
    etag: etag(moment),
    provisioningState: "Succeeded",
    resourceState: "Enabled",
    applicationGateways: [],
    httpListeners: [],
    pathBasedRules: [],
  }),
  seconds: { create: 8, update: 8, delete: 6, source: "estimate" },
});

/** What an application gateway counts by has to be said. */
const rateRefusals = ({ inputs }: Pick<Moment, "inputs">): readonly Refusal[] =>
  pickAll(inputs, "customRules.*").flatMap(({ path, value }) => {
    const rule = object(value);
    if (rule["ruleType"] !== "RateLimitRule") return [];
    return ["groupByUserSession", "rateLimitDuration", "rateLimitThreshold"]
      .filter((property) => !isSet(rule[property]))
      .flatMap((property) => refuse(`${path}.${property}`, `BadRequest: a rate limit rule needs ${property}.`));
  });

export const rows: readonly Row[] = [edge, regional];
