// What a load balancer sends to: https://cloud.google.com/compute/docs/reference/rest/v1/backendServices
import { between, each, exclusive, fits, long, oneOf, refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { isSet, list, number, object, pick, text } from "../values";
import { policyType } from "./cloud-armor";
import {
  anyLink,
  computeId,
  computeLink,
  deletionPolicy,
  gceName,
  loweredName,
  nameOf,
  preventedBy,
  projectOf,
  since,
} from "./common";
import { checkType } from "./health-check";

const groupType = "gcp:compute/globalNetworkEndpointGroup:GlobalNetworkEndpointGroup";
const endpointType = "gcp:compute/globalNetworkEndpoint:GlobalNetworkEndpoint";
export const serviceType = "gcp:compute/backendService:BackendService";

export const endpointGroup: Row = {
  type: groupType,
  autoName: { ...loweredName },
  required: ["name"],
  immutable: ["name", "defaultPort", "description", "networkEndpointType", "project"],
  unique: { by: ["project", "name"], scope: "account" },
  check: ({ inputs }) => [...gceName(inputs), ...between(inputs, "defaultPort", 1, 65535)],
  release: preventedBy,
  id: (moment) => computeId(moment, "networkEndpointGroups"),
  outputs: (moment) => ({
    ...deletionPolicy(moment),
    project: projectOf(moment),
    selfLink: computeLink(moment.id),
  }),
  seconds: { create: 11, delete: 11, source: "typical of provider logs: 11 s" },
};

export const endpoint: Row = {
  type: endpointType,
  immutable: ["fqdn", "globalNetworkEndpointGroup", "ipAddress", "port", "project"],
  // It lies in its group and goes with it.
  references: [{ path: "globalNetworkEndpointGroup", to: [groupType], by: anyLink, inside: true }],
  unique: { by: ["project", "globalNetworkEndpointGroup", "fqdn", "ipAddress", "port"], scope: "account" },
  check: ({ inputs }) => [
    ...exclusive(inputs, "fqdn", "ipAddress"),
    ...(isSet(inputs["fqdn"]) || isSet(inputs["ipAddress"])
      ? []
      : refuse("fqdn", "one of fqdn, ip_address must be specified")),
    ...fits(
      inputs,
      "fqdn",
      /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}\.?$/i,
      "a whole host name",
    ),
    ...between(inputs, "port", 1, 65535),
  ],
  admit: ({ inputs, account, old }) => {
    const others = account
      .all(endpointType)
      .filter(
        (one) =>
          one.id !== old?.id && one.inputs["globalNetworkEndpointGroup"] === inputs["globalNetworkEndpointGroup"],
      );
    return others.length > 0
      ? refuse(
          "globalNetworkEndpointGroup",
          "an internet network endpoint group of the load balancer takes one endpoint",
        )
      : [];
  },
  release: preventedBy,
  id: (moment) =>
    `${projectOf(moment)}/${text(moment.inputs["globalNetworkEndpointGroup"]) ?? ""}/${text(moment.inputs["ipAddress"]) ?? ""}/${text(moment.inputs["fqdn"]) ?? ""}/${number(moment.inputs["port"]) ?? ""}`,
  outputs: (moment) => ({ ...deletionPolicy(moment), project: projectOf(moment) }),
  seconds: { create: 6, delete: 6, source: "estimate" },
};

/** Statuses whose caching can be told. https://cloud.google.com/cdn/docs/using-negative-caching */
const codes = [300, 301, 302, 307, 308, 404, 405, 410, 414, 421, 451, 501];

function cacheRefusals({ inputs }: Moment): readonly Refusal[] {
  const at = (property: string) => pick(inputs, `cdnPolicy.${property}`);
  const [client, usual, most] = ["clientTtl", "defaultTtl", "maxTtl"].map((property) => number(at(property)));
  return [
    ...["clientTtl", "defaultTtl", "maxTtl"].flatMap((ttl) => between(inputs, `cdnPolicy.${ttl}`, 0, 31_622_400)),
    ...between(inputs, "cdnPolicy.serveWhileStale", 0, 604_800),
    ...(usual !== undefined && most !== undefined && usual > most
      ? refuse("cdnPolicy.defaultTtl", "Invalid value: must be at most maxTtl")
      : []),
    ...(client !== undefined && most !== undefined && client > most
      ? refuse("cdnPolicy.clientTtl", "Invalid value: must be at most maxTtl")
      : []),
    ...(at("cacheMode") === "USE_ORIGIN_HEADERS"
      ? ["clientTtl", "defaultTtl", "maxTtl"].flatMap((ttl) =>
          isSet(at(ttl))
            ? refuse(`cdnPolicy.${ttl}`, "Invalid value: can't be set with cacheMode USE_ORIGIN_HEADERS")
            : [],
        )
      : []),
    ...oneOf(inputs, "cdnPolicy.negativeCachingPolicies.*.code", codes),
    ...between(inputs, "cdnPolicy.negativeCachingPolicies.*.ttl", 0, 1800),
    ...(list(at("negativeCachingPolicies")).length > 0 && at("negativeCaching") === false
      ? refuse("cdnPolicy.negativeCachingPolicies", "negativeCaching must be on")
      : []),
    ...long(inputs, "cdnPolicy.bypassCacheOnRequestHeaders", 0, 5),
    ...(list(at("cacheKeyPolicy.queryStringBlacklists")).length > 0 &&
    list(at("cacheKeyPolicy.queryStringWhitelists")).length > 0
      ? refuse("cdnPolicy.cacheKeyPolicy.queryStringWhitelists", "conflicts with queryStringBlacklists")
      : []),
  ];
}

/** https://cloud.google.com/load-balancing/docs/negs/internet-neg-concepts#restrictions */
function outsideRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const backends = list(inputs["backends"]).map(object);
  const outside = backends.some((one) =>
    anyLink.some((by) => account.find([groupType], by, one["group"] ?? null) !== undefined),
  );
  return outside
    ? [
        ...(backends.length > 1
          ? refuse(
              "backends",
              "Invalid value: a backend service with a global internet endpoint group has this one backend",
            )
          : []),
        ...(isSet(inputs["healthChecks"])
          ? refuse("healthChecks", "Invalid value: health checks aren't supported for global internet endpoint groups")
          : []),
      ]
    : [];
}

/** A policy in front of the cache isn't one behind it. */
function policyRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const typeOf = (property: string) =>
    anyLink.map((by) => account.find([policyType], by, inputs[property] ?? null)).find((one) => one !== undefined)
      ?.outputs["type"];
  return [
    ...(typeOf("securityPolicy") === "CLOUD_ARMOR_EDGE"
      ? refuse("securityPolicy", "Invalid value: expected a policy of type CLOUD_ARMOR, got CLOUD_ARMOR_EDGE")
      : []),
    ...(typeOf("edgeSecurityPolicy") === "CLOUD_ARMOR"
      ? refuse("edgeSecurityPolicy", "Invalid value: expected a policy of type CLOUD_ARMOR_EDGE, got CLOUD_ARMOR")
      : []),
  ];
}

export const backendService: Row = {
  type: serviceType,
  autoName: { ...loweredName },
  required: ["name"],
  immutable: ["name", "project"],
  unordered: ["backends", "customRequestHeaders", "customResponseHeaders"],
  unique: { by: ["project", "name"], scope: "account" },
  references: [
    { path: "backends.*.group", to: [groupType], by: ["id", "selfLink"], except: /\/(zones|regions)\// },
    { path: "healthChecks", to: [checkType], by: ["id", "selfLink"] },
    { path: "securityPolicy", to: [policyType], by: anyLink },
    { path: "edgeSecurityPolicy", to: [policyType], by: anyLink },
  ],
  secrets: ["securitySettings"],
  check: (moment) => [
    ...gceName(moment.inputs),
    ...between(moment.inputs, "logConfig.sampleRate", 0, 1),
    ...long(moment.inputs, "customRequestHeaders", 0, 16),
    ...fits(moment.inputs, "customRequestHeaders.*", /^[A-Za-z0-9-]+: ?.*$/, "a header as `name: value`"),
    ...fits(moment.inputs, "customResponseHeaders.*", /^[A-Za-z0-9-]+: ?.*$/, "a header as `name: value`"),
    ...each(
      moment.inputs,
      "securitySettings.awsV4Authentication",
      (value) => ["accessKeyId", "accessKey", "originRegion"].every((property) => isSet(object(value)[property])),
      () => "accessKeyId, accessKey and originRegion are needed together",
    ),
    ...cacheRefusals(moment),
  ],
  admit: (moment) => [...outsideRefusals(moment), ...policyRefusals(moment)],
  release: preventedBy,
  id: (moment) => computeId(moment, "backendServices"),
  outputs: (moment) => ({
    ...deletionPolicy(moment),
    ...since(moment, "creationTimestamp"),
    fingerprint: `${moment.random(`print ${moment.now}`, 10, "ABCDEFGHIJKLMNOP")}=`,
    generatedId: Number(moment.random("generated", 15, "123456789")),
    portName: moment.inputs["portName"] ?? "http",
    project: projectOf(moment),
    protocol: moment.inputs["protocol"] ?? "HTTP",
    selfLink: computeLink(moment.id),
    sessionAffinity: moment.inputs["sessionAffinity"] ?? "NONE",
    timeoutSec: moment.inputs["timeoutSec"] ?? 30,
    name: nameOf(moment),
  }),
  volatile: ["fingerprint"],
  seconds: { create: 30, update: 22, delete: 21, source: "typical of provider logs: 20 to 50 s" },
};
