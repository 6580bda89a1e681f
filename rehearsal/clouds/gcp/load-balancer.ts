// URL maps, proxies and what leads to them: https://cloud.google.com/load-balancing/docs/https
import { exclusive, fits, refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { isObject, isSet, list, object, pick, pickAll, text } from "../values";
import { serviceType } from "./backend";
import { mapType } from "./certificate-manager";
import {
  anyLink,
  computeId,
  computeLink,
  deletionPolicy,
  gceName,
  loweredName,
  preventedBy,
  projectOf,
  since,
} from "./common";

export const urlMapType = "gcp:compute/uRLMap:URLMap";
const sslPolicyType = "gcp:compute/sSLPolicy:SSLPolicy";
export const httpsType = "gcp:compute/targetHttpsProxy:TargetHttpsProxy";
export const httpType = "gcp:compute/targetHttpProxy:TargetHttpProxy";
const service = (path: string) => ({ path, to: [serviceType], by: ["id", "selfLink"], except: /backendBuckets/ });

const compute = (moment: Moment & { readonly id: string }) => ({
  ...deletionPolicy(moment),
  ...since(moment, "creationTimestamp"),
  project: projectOf(moment),
  selfLink: computeLink(moment.id),
});
const print = (moment: Moment) => ({ fingerprint: `${moment.random(`print ${moment.now}`, 10, "ABCDEFGHIJKLMNOP")}=` });

/** A rule leads to one place. */
function ruleRefusals({ inputs }: Moment): readonly Refusal[] {
  return pickAll(inputs, "pathMatchers.*.routeRules.*").flatMap(({ path, value }) => {
    if (!isObject(value)) return [];
    const rule = object(value);
    const targets = [rule["service"], rule["urlRedirect"], pick(rule, "routeAction.weightedBackendServices")];
    return [
      ...(targets.filter(isSet).length === 1
        ? []
        : refuse(
            path,
            "Invalid value: exactly one of service, urlRedirect, routeAction.weightedBackendServices must be set",
          )),
      ...(list(rule["matchRules"]).length > 0 || !isSet(rule["matchRules"])
        ? []
        : refuse(`${path}.matchRules`, "Invalid value: at least one is needed")),
    ];
  });
}

export const urlMap: Row = {
  type: urlMapType,
  autoName: { ...loweredName },
  required: ["name"],
  immutable: ["name", "project"],
  unordered: ["hostRules"],
  unique: { by: ["project", "name"], scope: "account" },
  references: [
    service("defaultService"),
    service("pathMatchers.*.defaultService"),
    service("pathMatchers.*.routeRules.*.service"),
    service("pathMatchers.*.pathRules.*.service"),
  ],
  check: (moment) => {
    const { inputs } = moment;
    const matchers = pickAll(inputs, "pathMatchers.*.name").map(({ value }) => value);
    return [
      ...gceName(inputs),
      ...exclusive(inputs, "defaultService", "defaultUrlRedirect", "defaultRouteAction.weightedBackendServices"),
      ...(isSet(inputs["defaultService"]) || isSet(inputs["defaultUrlRedirect"]) || isSet(inputs["defaultRouteAction"])
        ? []
        : refuse(
            "defaultService",
            "one of default_service, default_url_redirect, default_route_action must be specified",
          )),
      ...pickAll(inputs, "hostRules.*.pathMatcher").flatMap(({ path, value }) =>
        typeof value === "string" && !matchers.includes(value)
          ? refuse(path, `Invalid value: there is no path matcher ${value}`)
          : [],
      ),
      ...fits(inputs, "pathMatchers.*.routeRules.*.matchRules.*.prefixMatch", /^\//, "a path that begins with /"),
      ...pickAll(inputs, "pathMatchers.*").flatMap(({ path, value }) =>
        isSet(object(value)["pathRules"]) && isSet(object(value)["routeRules"])
          ? refuse(`${path}.routeRules`, "conflicts with pathRules")
          : [],
      ),
      ...ruleRefusals(moment),
    ];
  },
  release: preventedBy,
  id: (moment) => computeId(moment, "urlMaps"),
  outputs: (moment) => ({
    ...compute(moment),
    ...print(moment),
    mapId: Number(moment.random("mapId", 15, "123456789")),
  }),
  volatile: ["fingerprint"],
  seconds: { create: 12, update: 12, delete: 12, source: "typical of provider logs: 11 s" },
};

/** https://cloud.google.com/load-balancing/docs/ssl-policies-concepts */
export const sslPolicy: Row = {
  type: sslPolicyType,
  autoName: { ...loweredName },
  required: ["name"],
  immutable: ["name", "description", "project"],
  unique: { by: ["project", "name"], scope: "account" },
  check: ({ inputs }) => [
    ...gceName(inputs),
    ...(inputs["minTlsVersion"] === "TLS_1_3" &&
    text(inputs["profile"]) !== undefined &&
    inputs["profile"] !== "RESTRICTED"
      ? refuse("minTlsVersion", "Invalid value: TLS_1_3 takes the profile RESTRICTED")
      : []),
    ...(inputs["profile"] === "CUSTOM" && list(inputs["customFeatures"]).length === 0
      ? refuse("customFeatures", "the profile is set to CUSTOM but no custom_features are set")
      : []),
    ...(text(inputs["profile"]) !== undefined &&
    inputs["profile"] !== "CUSTOM" &&
    list(inputs["customFeatures"]).length > 0
      ? refuse("customFeatures", "using custom_features requires the profile to be CUSTOM")
      : []),
  ],
  release: preventedBy,
  id: (moment) => computeId(moment, "sslPolicies"),
  outputs: (moment) => ({
    ...compute(moment),
    ...print(moment),
    enabledFeatures:
      moment.inputs["minTlsVersion"] === "TLS_1_3"
        ? ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"]
        : ["TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"],
  }),
  volatile: ["fingerprint"],
  seconds: { create: 11, update: 11, delete: 11, source: "typical of provider logs: 11 s" },
};

export const httpsProxy: Row = {
  type: httpsType,
  autoName: { ...loweredName },
  required: ["name"],
  immutable: ["name", "description", "httpKeepAliveTimeoutSec", "project", "proxyBind"],
  unique: { by: ["project", "name"], scope: "account" },
  references: [
    { path: "urlMap", to: [urlMapType], by: anyLink },
    { path: "sslPolicy", to: [sslPolicyType], by: anyLink },
    { path: "certificateMap", to: [mapType], within: /^\/\/certificatemanager\.googleapis\.com\/(.+)$/ },
  ],
  check: ({ inputs }) => [
    ...gceName(inputs),
    ...fits(
      inputs,
      "certificateMap",
      /^\/\/certificatemanager\.googleapis\.com\/projects\/[^/]+\/locations\/global\/certificateMaps\/[^/]+$/,
      "//certificatemanager.googleapis.com/projects/{project}/locations/{location}/certificateMaps/{name}",
    ),
    ...(["certificateManagerCertificates", "certificateMap", "sslCertificates"].some((one) => isSet(inputs[one]))
      ? []
      : refuse(
          "sslCertificates",
          "one of ssl_certificates, certificate_map, certificate_manager_certificates must be specified",
        )),
  ],
  release: preventedBy,
  id: (moment) => computeId(moment, "targetHttpsProxies"),
  outputs: (moment) => ({
    ...compute(moment),
    ...print(moment),
    proxyBind: false,
    proxyId: Number(moment.random("proxyId", 15, "123456789")),
    tlsEarlyData: moment.inputs["tlsEarlyData"] ?? "DISABLED",
  }),
  volatile: ["fingerprint"],
  seconds: { create: 12, update: 12, delete: 12, source: "typical of provider logs: 11 s" },
};

export const httpProxy: Row = {
  type: httpType,
  autoName: { ...loweredName },
  required: ["name"],
  immutable: ["name", "description", "httpKeepAliveTimeoutSec", "project", "proxyBind"],
  unique: { by: ["project", "name"], scope: "account" },
  references: [{ path: "urlMap", to: [urlMapType], by: anyLink }],
  check: ({ inputs }) => gceName(inputs),
  release: preventedBy,
  id: (moment) => computeId(moment, "targetHttpProxies"),
  outputs: (moment) => ({
    ...compute(moment),
    ...print(moment),
    proxyBind: false,
    proxyId: Number(moment.random("proxyId", 15, "123456789")),
  }),
  volatile: ["fingerprint"],
  seconds: { create: 12, update: 12, delete: 12, source: "typical of provider logs: 11 s" },
};
