// CDN: what is between a browser and the edge, and between the edge and the origin.

import { backendsOf, fromS3, isCached, mapOf, redirects, serverless, whereCached } from "../cdn-paths";
import { isGovernment } from "../government";
import {
  all,
  any,
  each,
  equals,
  fail,
  filled,
  holds,
  isFalse,
  isTrue,
  noneOf,
  notApplicable,
  oneOf,
  pass,
  unknown,
  when,
} from "../judge";
import { holdsNone } from "../lists";
import { asText, folded, isUnknown, list, read, text } from "../read";
import { type Judge, rule } from "../rule";
import { aws, azure, azureGraph, gcp, gcpGraph, token } from "../tokens";

const distributions = "cloudfront.Distribution, cloudfront.MultitenantDistribution";
const https = (at: string) => oneOf(`${at}.viewerProtocolPolicy`, ["redirect-to-https", "https-only"]);

/** A route that takes HTTPS alone, or sends the others there. */
const secureRoute: Judge = any(equals("httpsRedirect", "Enabled"), (view) => {
  const path = "supportedProtocols";
  const had = list(view.props, path);
  if (typeof had === "symbol" || had.some(isUnknown)) return unknown(path, "Https alone");
  return had.length > 0 && had.every((one) => asText(one).toLowerCase() === "https")
    ? pass(path)
    : fail(path, "Https alone");
});

const redirectRule: Judge = (view) => {
  const path = "deliveryPolicy.rules";
  const rules = list(view.props, path);
  if (typeof rules === "symbol") return unknown(path, "a redirect to HTTPS");
  const sent = rules.some((one) => {
    const actions = list(one, "actions");
    return (
      typeof actions !== "symbol" &&
      actions.some(
        (action) =>
          text(action, "name") === "UrlRedirect" && text(action, "parameters.destinationProtocol") === "Https",
      )
    );
  });
  return sent ? pass(path) : fail(path, "a redirect to HTTPS");
};

export const httpsOnly = rule(
  "cdn-https-only",
  aws(
    distributions,
    all(https("defaultCacheBehavior"), each("orderedCacheBehaviors", https), each("cacheBehaviors", https)),
  ),
  azure("cdn.Route", secureRoute),
  azure("cdn.Endpoint", any(isFalse("isHttpAllowed"), redirectRule)),
  gcpGraph("compute.TargetHttpProxy", (view, { graph }) => {
    const expected = "a URLMap with defaultUrlRedirect.httpsRedirect";
    const map = mapOf(graph, view);
    if (!map)
      return isUnknown(read(view.props, "urlMap"))
        ? unknown("urlMap", expected)
        : notApplicable("its map is made elsewhere");
    const sent = redirects(map);
    if (sent === true) return pass("urlMap", expected);
    if (sent === "unknown") return unknown("urlMap", expected);
    return backendsOf(graph, map).some(isCached) ? fail("urlMap", expected) : notApplicable("no CDN behind it");
  }),
);

/** CloudFront's own certificate takes TLS 1.0 whatever is asked for. */
const ownCertificate = holds(
  "viewerCertificate.minimumProtocolVersion",
  "TLSv1.2_2021 or newer, with a certificate of one's own",
  (value) => /^TLSv1\.(2_20(2[1-9]|[3-9]\d)|[3-9])/.test(asText(value)),
);
const weakCipher = (value: unknown) => !/^TLS_(AES|CHACHA20|ECDHE_.*_(GCM|CHACHA20))/.test(asText(value));

export const minTls = rule(
  "cdn-min-tls",
  aws(distributions, all(ownCertificate, noneOf("viewerCertificate.cloudfrontDefaultCertificate", ["true"]))),
  // Unset is TLS 1.2 to Front Door.
  azure(
    "cdn.AFDCustomDomain",
    all(noneOf("tlsSettings.minimumTlsVersion", ["TLS10"]), noneOf("tlsSettings.cipherSuiteSetType", ["TLS10_2019"])),
  ),
  gcp(
    "compute.SSLPolicy, compute.RegionSslPolicy",
    all(
      oneOf("minTlsVersion", ["TLS_1_2", "TLS_1_3"]),
      any(
        oneOf("profile", ["MODERN", "RESTRICTED", "FIPS_202205"]),
        all(equals("profile", "CUSTOM"), holdsNone("customFeatures", weakCipher, "forward secrecy and AEAD alone")),
      ),
    ),
  ),
);

const oldTls = (value: unknown) => ["sslv3", "tlsv1", "tlsv1.1"].includes(asText(value).toLowerCase());
const toOrigin = (at: string) =>
  all(
    equals(`${at}.originProtocolPolicy`, "https-only"),
    holdsNone(`${at}.originSslProtocols`, oldTls, "TLSv1.2 or newer"),
  );

export const originTls = rule(
  "cdn-origin-tls",
  aws(
    distributions,
    each("origins", (at) => (view, context) => {
      const many = list(view.props, `${at}.customOriginConfigs`);
      if (typeof many === "symbol" || many.length > 0)
        return each(`${at}.customOriginConfigs`, toOrigin)(view, context);
      return read(view.props, `${at}.customOriginConfig`) === undefined
        ? pass(at, "S3 or a VPC origin: encrypted")
        : toOrigin(`${at}.customOriginConfig`)(view, context);
    }),
  ),
  aws(
    "cloudfront.VpcOrigin",
    all(
      equals("vpcOriginEndpointConfig.originProtocolPolicy", "https-only"),
      holdsNone("vpcOriginEndpointConfig.originSslProtocols.items", oldTls, "TLSv1.2 or newer"),
    ),
  ),
  azure(
    "cdn.Route",
    any(equals("forwardingProtocol", "HttpsOnly"), all(noneOf("forwardingProtocol", ["HttpOnly"]), secureRoute)),
  ),
  azure("cdn.AFDOrigin", isTrue("enforceCertificateNameCheck", "pass")),
  gcpGraph("compute.BackendService", whereCached(any(oneOf("protocol", ["HTTPS", "HTTP2", "GRPC"]), serverless))),
);

const headerNames =
  /^\s*(strict-transport-security|content-security-policy|x-content-type-options|x-frame-options|referrer-policy)\s*:/i;

/** Headers by policy, or by a function at the edge. */
const viewerHeaders = (at: string) =>
  any(
    filled(`${at}.responseHeadersPolicyId`, "a policy with security headers"),
    filled(`${at}.functionAssociations`, "a function that adds them"),
    filled(`${at}.lambdaFunctionAssociations`, "a function that adds them"),
  );

/** Only files have an index; a service behind the edge answers its root itself. */
const rootObject: Judge = (view, context) => {
  const origins = list(view.props, "origins");
  const files = typeof origins !== "symbol" && origins.some(fromS3);
  return files ? filled("defaultRootObject", "index.html")(view, context) : pass("defaultRootObject");
};

const headersOf: Judge = (view, { graph }) => {
  const path = "customResponseHeaders";
  const expected = "security headers (Strict-Transport-Security: ...)";
  const had = list(view.props, path);
  if (typeof had === "symbol") return unknown(path, expected);
  if (had.some((one) => headerNames.test(asText(one)))) return pass(path, expected);
  const maps = graph.ofType(token("gcp", "compute.URLMap")).filter((map) => backendsOf(graph, map).includes(view));
  const added = maps.some((map) => {
    const headers = list(map.props, "headerAction.responseHeadersToAdds");
    return typeof headers !== "symbol" && headers.some((one) => headerNames.test(`${text(one, "headerName")}:`));
  });
  return added ? pass(path, expected) : had.some(isUnknown) ? unknown(path, expected) : fail(path, expected);
};

const addsHeaders: Judge = (view, { graph }) => {
  const path = "ruleSets";
  const expected = "a RuleSet whose rules add security headers";
  const refs = list(view.props, path);
  if (typeof refs === "symbol") return unknown(path, expected);
  if (refs.length === 0) return fail(path, expected);
  const sets = refs.flatMap(
    (_, index) => graph.targets(view, `${path}.${index}.id`, [token("azure", "cdn.RuleSet")]).sure,
  );
  // Rule sets made elsewhere are taken at their word.
  if (sets.length === 0) return pass(path, expected);
  const found = sets.map((set) => graph.companions(set, [token("azure", "cdn.Rule")], "ruleSetName"));
  const adds = found
    .flatMap(({ sure }) => sure)
    .some(({ props }) => {
      const actions = list(props, "actions");
      return (
        typeof actions !== "symbol" &&
        actions.some(
          (one) =>
            text(one, "name") === "ModifyResponseHeader" && headerNames.test(`${text(one, "parameters.headerName")}:`),
        )
      );
    });
  if (adds) return pass(path, expected);
  return found.some(({ maybe }) => maybe.length > 0) ? unknown(path, expected) : fail(path, expected);
};

export const headers = rule(
  "cdn-default-root-object-and-headers",
  aws(distributions, all(rootObject, viewerHeaders("defaultCacheBehavior"))),
  azureGraph("cdn.Route", addsHeaders),
  gcpGraph("compute.BackendService, compute.BackendBucket", whereCached(headersOf)),
);

const whereLimited = (judge: Judge) =>
  when(isGovernment, "asked for where the data class is one of the US government", judge);

const geoMatch =
  (path: string): Judge =>
  (view) => {
    const rules = list(view.props, path);
    if (typeof rules === "symbol") return unknown(path, "a rule with GeoMatch");
    const found = rules.some((one) => {
      const conditions = list(one, "matchConditions");
      return (
        typeof conditions !== "symbol" && conditions.some((condition) => folded(condition, "operator") === "geomatch")
      );
    });
    return found ? pass(path) : fail(path, "a rule with GeoMatch");
  };

export const geography = rule(
  "cdn-geo-restriction",
  aws(distributions, whereLimited(oneOf("restrictions.geoRestriction.restrictionType", ["whitelist", "blacklist"]))),
  azure("network.WebApplicationFirewallPolicy", whereLimited(geoMatch("customRules"))),
  azure("frontdoor.Policy", whereLimited(geoMatch("customRules.rules"))),
  gcp(
    "compute.SecurityPolicy",
    whereLimited((view) => {
      const rules = list(view.props, "rules");
      if (typeof rules === "symbol") return unknown("rules", "a rule on origin.region_code");
      return rules.some((one) => text(one, "match.expr.expression").includes("origin.region_code"))
        ? pass("rules")
        : fail("rules", "a rule on origin.region_code");
    }),
  ),
);
