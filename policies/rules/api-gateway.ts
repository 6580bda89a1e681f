// API: gateways ask who is there, take TLS 1.2, and keep a log.

import { collected } from "../diagnostic-logs";
import { all, any, equals, fail, filled, isTrue, matches, noneOf, notApplicable, oneOf, pass, unknown } from "../judge";
import { holdsNone } from "../lists";
import { asText, folded, isObject, isUnknown, list, read, text } from "../read";
import { type Judge, rule } from "../rule";
import { aws, awsGraph, azure, azureGraph, gcp, gcpGraph, token } from "../tokens";

const modern = matches("securityPolicy", /^(TLS_1_2|SecurityPolicy_TLS1[23]_)/, "TLS_1_2 or newer");

/** A browser asks by OPTIONS before it may send credentials. A socket is let in once, when it connects. */
const routeAuth: Judge = (view, context) => {
  const key = text(view.props, "routeKey");
  const [api] = context.graph.targets(view, "apiId", [token("aws", "apigatewayv2.Api")]).sure;
  const isSocket = api ? text(api.props, "protocolType") === "WEBSOCKET" : key === "$disconnect";
  if (key.startsWith("OPTIONS ") || (isSocket && key !== "$connect"))
    return notApplicable("no request with credentials");
  return noneOf("authorizationType", ["NONE"], "fail")(view, context);
};

const oldProtocol = /\.Security\.(Backend\.)?Protocols\.(Tls10|Tls11|Ssl30)$/;
const cipher = /TripleDes168$/;
/** Keys hold dots, so they are no path. What isn't named is off. */
const noOldTls: Judge = (view) => {
  const path = "customProperties";
  const expected = "TLS 1.0, TLS 1.1, SSL 3.0 and 3DES off";
  const found = read(view.props, path);
  if (isUnknown(found)) return unknown(path, expected);
  const entries = isObject(found)
    ? Object.entries(found).filter(([key]) => oldProtocol.test(key) || cipher.test(key))
    : [];
  if (entries.some(([, value]) => asText(value).toLowerCase() === "true")) return fail(path, expected);
  return entries.some(([, value]) => isUnknown(value)) ? unknown(path, expected) : pass(path, expected);
};

const apiAuth: Judge = all(
  holdsNone("protocols", (value) => ["http", "ws"].includes(asText(value).toLowerCase()), "https alone"),
  any(
    noneOf("subscriptionRequired", ["false"]),
    filled("authenticationSettings.oAuth2", "OAuth 2"),
    filled("authenticationSettings.oAuth2AuthenticationSettings", "OAuth 2"),
    filled("authenticationSettings.openid", "OpenID Connect"),
    filled("authenticationSettings.openidAuthenticationSettings", "OpenID Connect"),
  ),
);

const everyone = ["allUsers", "allAuthenticatedUsers"];
const invokers = ["ServiceIamMember", "ServiceIamBinding"].map((one) => token("gcp", `cloudrunv2.${one}`));

/** IAM asks every caller, unless everybody may invoke it. */
const asksCallers: Judge = (view, { graph }) => {
  const expected = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER, or callers with an identity";
  if (text(view.props, "invokerIamDisabled") === "true") return fail("ingress", expected);
  const grants = graph.companions(view, invokers, "name");
  const open = [...grants.sure, ...grants.maybe].filter(({ props }) => {
    const members = list(props, "members");
    return (
      everyone.includes(text(props, "member")) ||
      (typeof members !== "symbol" && members.some((one) => everyone.includes(asText(one))))
    );
  });
  if (open.some((one) => grants.sure.includes(one))) return fail("ingress", expected);
  return open.length > 0 ? unknown("ingress", expected) : pass("ingress", expected);
};

/** The document is OpenAPI in base64; without `security` every path is open. */
const documented: Judge = (view) => {
  const expected = "documents with security";
  const documents = list(view.props, "openapiDocuments");
  if (typeof documents === "symbol") return unknown("openapiDocuments", expected);
  if (documents.length === 0) return notApplicable("no OpenAPI documents");
  const contents = documents.map((one) => read(one, "document.contents"));
  const bare = contents.some(
    (one) =>
      typeof one === "string" &&
      !/["']?security["']?\s*:/.test(`${one}\n${Buffer.from(one, "base64").toString("utf8")}`),
  );
  if (bare) return fail("openapiDocuments", expected);
  return contents.some((one) => typeof one !== "string")
    ? unknown("openapiDocuments", expected)
    : pass("openapiDocuments", expected);
};

export const gateway = rule(
  "apigw-tls-auth-logging",
  aws("apigatewayv2.Stage", filled("accessLogSettings.destinationArn", "a log group")),
  aws("apigateway.Stage", all(filled("accessLogSettings.destinationArn", "a log group"), isTrue("xrayTracingEnabled"))),
  aws("apigateway.DomainName", modern),
  aws("apigatewayv2.DomainName", equals("domainNameConfiguration.securityPolicy", "TLS_1_2")),
  aws("apigateway.Method", (view, context) =>
    folded(view.props, "httpMethod") === "options"
      ? notApplicable("no request with credentials")
      : noneOf("authorization", ["NONE"], "fail")(view, context),
  ),
  awsGraph("apigatewayv2.Route", routeAuth),
  azure(
    "apimanagement.ApiManagementService",
    all(
      any(oneOf("virtualNetworkType", ["Internal", "External"]), equals("publicNetworkAccess", "Disabled")),
      noOldTls,
    ),
  ),
  azureGraph("apimanagement.ApiManagementService", collected(["GatewayLogs"])),
  azure("apimanagement.Api", apiAuth),
  gcp("apigateway.ApiConfig", documented),
  gcpGraph(
    "cloudrunv2.Service",
    any(
      oneOf("ingress", ["INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER", "INGRESS_TRAFFIC_INTERNAL_ONLY"]),
      isTrue("iapEnabled"),
      asksCallers,
    ),
  ),
);
