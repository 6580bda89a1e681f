// Where Front Door takes answers from, and what it does with them.
import { between, fits, long, oneOf, refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { isSet, list, pick, text, texts } from "../values";
import { cdnProfile, customDomain, deployed, edgeEndpoint, hyphened, inProfile } from "./front-door";
import { token } from "./types";

const originGroup = token("cdn:AFDOriginGroup");
const origin = token("cdn:AFDOrigin");
const ruleSet = token("cdn:RuleSet");
const route = token("cdn:Route");
const lettered = {
  pattern: /^[a-zA-Z][a-zA-Z0-9]{0,259}$/,
  rule: "1 to 260 letters and digits, beginning with a letter",
};

const group = inProfile({
  name: "cdn:AFDOriginGroup",
  path: [
    ["profiles", "profileName"],
    ["originGroups", "originGroupName"],
  ],
  own: hyphened(260),
  check: ({ inputs }) => [
    ...between(inputs, "loadBalancingSettings.sampleSize", 0, 255),
    ...between(inputs, "loadBalancingSettings.successfulSamplesRequired", 0, 255),
    ...between(inputs, "loadBalancingSettings.additionalLatencyInMilliseconds", 0, 1000),
    ...between(inputs, "healthProbeSettings.probeIntervalInSeconds", 1, 255),
    ...fits(inputs, "healthProbeSettings.probePath", /^\//, "a path that begins with /"),
    ...(isSet(inputs["loadBalancingSettings"])
      ? []
      : refuse("loadBalancingSettings", "BadRequest: load balancing settings are required.")),
  ],
  outputs: (moment) => ({ ...deployed(moment), profileName: moment.inputs["profileName"] ?? "" }),
  seconds: { create: 15, update: 15, delete: 20, source: "estimate" },
});

/** https://learn.microsoft.com/azure/frontdoor/private-link */
function privateRefusals({ inputs, account }: Moment): readonly Refusal[] {
  if (!isSet(inputs["sharedPrivateLinkResource"])) return [];
  const sku = text(pick(account.find([cdnProfile], "name", inputs["profileName"] ?? null)?.inputs, "sku.name"));
  const its = account
    .all(originGroup)
    .find(
      (one) => one.outputs["name"] === inputs["originGroupName"] && one.inputs["profileName"] === inputs["profileName"],
    );
  return [
    ...(sku !== undefined && sku !== "Premium_AzureFrontDoor"
      ? refuse("sharedPrivateLinkResource", "BadRequest: Private Link origins need the SKU Premium_AzureFrontDoor.")
      : []),
    ...(isSet(its?.inputs["authentication"])
      ? refuse(
          "sharedPrivateLinkResource",
          "BadRequest: origin authentication isn't supported for origins with Private Link enabled.",
        )
      : []),
  ];
}

const originRow = inProfile({
  name: "cdn:AFDOrigin",
  path: [
    ["profiles", "profileName"],
    ["originGroups", "originGroupName"],
    ["origins", "originName"],
  ],
  parents: [originGroup],
  own: hyphened(260),
  required: ["hostName"],
  references: [
    {
      path: "sharedPrivateLinkResource.privateLink.id",
      to: [token("storage:StorageAccount")],
      except: /\/(privateLinkServices|sites|applicationGateways|managedEnvironments)\/[^/]+$/i,
    },
  ],
  check: ({ inputs }) => [
    ...fits(inputs, "hostName", /^(?!https?:)[a-zA-Z0-9.-]{1,253}$/, "a host name without protocol or path"),
    ...between(inputs, "priority", 1, 5),
    ...between(inputs, "weight", 1, 1000),
    ...between(inputs, "httpPort", 1, 65535),
    ...between(inputs, "httpsPort", 1, 65535),
    ...long(inputs, "sharedPrivateLinkResource.requestMessage", 1, 140),
    ...(text(pick(inputs, "sharedPrivateLinkResource.privateLink.id"))?.includes("/storageAccounts/")
      ? oneOf(inputs, "sharedPrivateLinkResource.groupId", ["blob", "blob_secondary", "web", "web_secondary"])
      : []),
    ...(isSet(inputs["sharedPrivateLinkResource"]) && inputs["enforceCertificateNameCheck"] === false
      ? refuse(
          "enforceCertificateNameCheck",
          "BadRequest: the certificate's name is always checked at an origin with Private Link enabled.",
        )
      : []),
    ...(isSet(inputs["sharedPrivateLinkResource"]) &&
    !isSet(pick(inputs, "sharedPrivateLinkResource.privateLinkLocation"))
      ? refuse("sharedPrivateLinkResource.privateLinkLocation", "BadRequest: is required.")
      : []),
  ],
  admit: privateRefusals,
  outputs: (moment) => ({
    ...deployed(moment),
    originGroupName: moment.inputs["originGroupName"] ?? "",
    enabledState: moment.inputs["enabledState"] ?? "Enabled",
    enforceCertificateNameCheck: moment.inputs["enforceCertificateNameCheck"] ?? true,
  }),
  seconds: { create: 20, update: 20, delete: 25, source: "estimate: more where a private endpoint is made" },
});

/** A group without origins answers nothing, and a path of one name leads to one route. */
function routeRefusals({ inputs, account, old }: Moment): readonly Refusal[] {
  const target = account.find([originGroup], "id", pick(inputs, "originGroup.id") ?? null);
  const filled = account
    .all(origin)
    .some(
      (one) =>
        one.inputs["originGroupName"] === target?.outputs["name"] &&
        one.inputs["profileName"] === inputs["profileName"],
    );
  const others = account
    .all(route)
    .filter((one) => one.id !== old?.id && one.inputs["endpointName"] === inputs["endpointName"]);
  const twin = texts(inputs["patternsToMatch"]).find((pattern) =>
    others.some((one) => texts(one.inputs["patternsToMatch"]).includes(pattern)),
  );
  return [
    ...(target && !filled
      ? refuse("originGroup.id", "BadRequest: the origin group has no enabled origins, so no route can lead to it.")
      : []),
    ...(twin === undefined
      ? []
      : refuse("patternsToMatch", `Conflict: a route of the endpoint matches ${twin} already.`)),
  ];
}

const routeRow = inProfile({
  name: "cdn:Route",
  path: [
    ["profiles", "profileName"],
    ["afdEndpoints", "endpointName"],
    ["routes", "routeName"],
  ],
  parents: [edgeEndpoint],
  own: hyphened(260),
  references: [
    { path: "originGroup.id", to: [originGroup] },
    { path: "customDomains.*.id", to: [customDomain] },
    { path: "ruleSets.*.id", to: [ruleSet] },
  ],
  check: ({ inputs }) => [
    ...long(inputs, "patternsToMatch", 1, 25),
    ...fits(inputs, "patternsToMatch.*", /^\/([^*]*|[^*]*\*)$/, "a path that begins with / and has * at its end only"),
    ...(inputs["httpsRedirect"] === "Enabled" && list(inputs["supportedProtocols"]).length === 1
      ? refuse("supportedProtocols", "BadRequest: a redirect to HTTPS needs both Http and Https.")
      : []),
    ...(inputs["linkToDefaultDomain"] === "Disabled" &&
    list(inputs["customDomains"]).length === 0 &&
    !isSet(inputs["customDomains"])
      ? refuse("customDomains", "BadRequest: a route needs a domain: the endpoint's own or a custom one.")
      : []),
  ],
  admit: routeRefusals,
  outputs: (moment) => ({
    ...deployed(moment),
    endpointName: moment.inputs["endpointName"] ?? "",
    enabledState: moment.inputs["enabledState"] ?? "Enabled",
  }),
  seconds: { create: 25, update: 25, delete: 25, source: "estimate; locations have it minutes later" },
});

const sets = inProfile({
  name: "cdn:RuleSet",
  path: [
    ["profiles", "profileName"],
    ["ruleSets", "ruleSetName"],
  ],
  own: lettered,
  outputs: (moment) => ({ ...deployed(moment), profileName: moment.inputs["profileName"] ?? "" }),
  seconds: { create: 10, delete: 15, source: "estimate" },
});

const rule = inProfile({
  name: "cdn:Rule",
  path: [
    ["profiles", "profileName"],
    ["ruleSets", "ruleSetName"],
    ["rules", "ruleName"],
  ],
  parents: [ruleSet],
  own: lettered,
  required: ["actions", "order"],
  check: ({ inputs }) => [
    ...long(inputs, "actions", 1, 5),
    ...long(inputs, "conditions", 0, 10),
    ...between(inputs, "order", 0, 100),
    ...oneOf(inputs, "actions.*.name", [
      "CacheExpiration",
      "CacheKeyQueryString",
      "ModifyRequestHeader",
      "ModifyResponseHeader",
      "OriginGroupOverride",
      "RouteConfigurationOverride",
      "UrlRedirect",
      "UrlRewrite",
      "UrlSigning",
    ]),
    ...oneOf(inputs, "actions.*.parameters.headerAction", ["Append", "Delete", "Overwrite"]),
    ...oneOf(inputs, "actions.*.parameters.cacheConfiguration.cacheBehavior", [
      "HonorOrigin",
      "OverrideAlways",
      "OverrideIfOriginMissing",
    ]),
    ...fits(
      inputs,
      "actions.*.parameters.cacheConfiguration.cacheDuration",
      /^((36[0-6]|3[0-5]\d|[12]?\d?\d)\.)?([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/,
      "a time as [d.]hh:mm:ss, 366 days at most",
    ),
  ],
  outputs: (moment) => ({ ...deployed(moment), ruleSetName: moment.inputs["ruleSetName"] ?? "" }),
  seconds: { create: 10, update: 10, delete: 15, source: "estimate" },
});

export const rows: readonly Row[] = [group, originRow, routeRow, sets, rule];
