// LB, TLS: balancers speak TLS to callers and to what is behind them, and only say what they must.

import { annotation, annotationsOpen, balancerOf, isInternal, isPublic, ofKind, whereFronted } from "../balancers";
import { mapOf, redirects, serverless } from "../cdn-paths";
import {
  all,
  any,
  each,
  equals,
  fail,
  filled,
  isTrue,
  matches,
  noneOf,
  notApplicable,
  oneOf,
  pass,
  unknown,
  when,
} from "../judge";
import { asText, folded, isObject, isUnknown, list, read, text } from "../read";
import { type Judge, rule, type View } from "../rule";
import { aws, awsGraph, azure, gcp, gcpGraph, kubernetes, token } from "../tokens";

const secured = ["HTTPS", "TLS"];
const protocolOf = (view: View) => text(view.props, "protocol").toUpperCase() || "HTTP";
const isPlain = (one: unknown) => text(one, "type") === "forward" || read(one, "targetGroupArn") !== undefined;

/** Everything that a plain listener does is a redirect to HTTPS, or a fixed answer; rules of its own are looked at as well. */
const redirectsAll: Judge = (view, { graph }) => {
  const path = "defaultActions";
  const expected = "HTTPS, or a redirect to it";
  const actions = list(view.props, path);
  if (typeof actions === "symbol" || actions.some(isUnknown)) return unknown(path, expected);
  const rules = graph.companions(view, [token("aws", "lb.ListenerRule")], "listenerArn").sure;
  const more = rules.flatMap(({ props }) => {
    const found = list(props, "actions");
    return typeof found === "symbol" ? [] : found;
  });
  const ends = actions.every(
    (one) =>
      text(one, "type") === "fixed-response" ||
      (text(one, "type") === "redirect" && text(one, "redirect.protocol") === "HTTPS"),
  );
  return actions.length > 0 && ends && !more.some(isPlain) ? pass(path, expected) : fail(path, expected);
};

const listener: Judge = (view, context) => {
  const protocol = read(view.props, "protocol");
  if (isUnknown(protocol)) return unknown("protocol", "HTTPS or TLS");
  const balancer = balancerOf(context.graph, view);
  if (balancer && isPublic(balancer) === false) return notApplicable("an internal balancer");
  if (secured.includes(protocolOf(view))) return pass("protocol", "HTTPS or TLS");
  if (protocolOf(view) !== "HTTP") return notApplicable("passed through: whoever is behind it ends TLS");
  return redirectsAll(view, context);
};

/** `.../httpListeners/plain` names the listener `plain`. */
const lastStep = (id: unknown) => asText(id).split("/").at(-1) ?? "";

/** Rules of a plain listener all lead to a redirect. */
const gatewayListeners: Judge = (view) => {
  const expected = "Https, or a rule with redirectConfiguration";
  const listeners = list(view.props, "httpListeners");
  const rules = list(view.props, "requestRoutingRules");
  if (typeof listeners === "symbol" || typeof rules === "symbol") return unknown("httpListeners", expected);
  const verdicts = listeners.flatMap((one, index) => {
    const path = `httpListeners.${index}.protocol`;
    if (isUnknown(one) || isUnknown(read(one, "protocol"))) return [unknown(path, expected)];
    if (folded(one, "protocol") === "https") return [];
    const own = rules.filter((each) => {
      const id = read(each, "httpListener.id");
      return isUnknown(id) || lastStep(id) === text(one, "name");
    });
    const open = own.some((each) => isUnknown(read(each, "httpListener.id")));
    const sent = own.length > 0 && own.every((each) => read(each, "redirectConfiguration") !== undefined);
    return sent ? [] : [open ? unknown(path, expected) : fail(path, expected)];
  });
  const failed = verdicts.filter(({ status }) => status === "fail");
  return failed.length > 0 ? failed : (verdicts[0] ?? pass("httpListeners", expected));
};

const proxy: Judge = (view, { graph }) => {
  const expected = "a URLMap with defaultUrlRedirect.httpsRedirect";
  if (isInternal(graph, view, "target")) return notApplicable("an internal balancer");
  const map = mapOf(graph, view);
  if (!map)
    return isUnknown(read(view.props, "urlMap"))
      ? unknown("urlMap", expected)
      : notApplicable("its map is made elsewhere");
  const sent = redirects(map);
  const routes = list(map.props, "pathMatchers");
  const whole =
    sent === true && typeof routes !== "symbol" && routes.every((one) => read(one, "defaultService") === undefined);
  if (whole) return pass("urlMap", expected);
  return sent === "unknown" ? unknown("urlMap", expected) : fail("urlMap", expected);
};

/** Certificates that an Ingress names by annotation, to the controllers of the three clouds. */
const certificates = [
  "alb.ingress.kubernetes.io/certificate-arn",
  "networking.gke.io/managed-certificates",
  "ingress.gcp.kubernetes.io/pre-shared-cert",
  "networking.gke.io/certmap",
  "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
];

export const httpsListener = rule(
  "lb-https-listener",
  awsGraph("lb.Listener", listener),
  aws("elb.LoadBalancer", (view, context) =>
    isPublic(view) === false
      ? notApplicable("an internal balancer")
      : each("listeners", (at) => noneOf(`${at}.lbProtocol`, ["http"], "fail"))(view, context),
  ),
  azure("network.ApplicationGateway", whereFronted(gatewayListeners)),
  gcpGraph("compute.TargetHttpProxy, compute.RegionTargetHttpProxy", proxy),
  kubernetes("networking.Ingress", (view, context) => {
    if (certificates.some((key) => annotation(view, key) !== "")) return pass("metadata.annotations", "a certificate");
    const own = filled("spec.tls", "a certificate")(view, context) as { status: string };
    return own.status === "fail" && annotationsOpen(view, certificates)
      ? unknown("spec.tls", "a certificate")
      : filled("spec.tls", "a certificate")(view, context);
  }),
);

/** From TLS 1.2 up; the names with 1-0 and 1-1 take older ones. */
const awsPolicies = /^ELBSecurityPolicy-(TLS13-1-[23]|TLS-1-2|FS-1-2)-/;
const oldGatewayPolicies = ["AppGwSslPolicy20150501", "AppGwSslPolicy20170401"];

/** What a gateway takes without a policy is TLS 1.2 since Azure's API of 2023. */
const gatewayPolicy = (at: string): Judge =>
  all(
    noneOf(`${at}.policyName`, oldGatewayPolicies),
    any(oneOf(`${at}.minProtocolVersion`, ["TLSv1_2", "TLSv1_3"]), (view, context) =>
      folded(view.props, `${at}.policyType`).startsWith("custom")
        ? fail(`${at}.minProtocolVersion`, "TLSv1_2")
        : oneOf(`${at}.minProtocolVersion`, ["TLSv1_2", "TLSv1_3"], "pass")(view, context),
    ),
  );

const sslPolicies = [token("gcp", "compute.SSLPolicy"), token("gcp", "compute.RegionSslPolicy")];
const modern = oneOf("minTlsVersion", ["TLS_1_2", "TLS_1_3"]);
const proxyPolicy: Judge = (view, context) => {
  const [policy] = context.graph.targets(view, "sslPolicy", sslPolicies).sure;
  if (!policy) return filled("sslPolicy", "an SSLPolicy from TLS 1.2 up")(view, context);
  return {
    ...(modern(policy, context) as { status: "pass" }),
    path: "sslPolicy",
    expected: "an SSLPolicy from TLS 1.2 up",
  };
};

const oldProtocols = /\b(SSLv2|SSLv3|TLSv1|TLSv1\.1)(\s|$)/i;
const nginxProtocols = (value: string) =>
  value === ""
    ? notApplicable("no protocols of its own")
    : oldProtocols.test(value)
      ? fail("ssl-protocols", "TLSv1.2 TLSv1.3")
      : pass("ssl-protocols");

export const tlsPolicy = rule(
  "lb-tls-policy",
  aws("lb.Listener", (view, context) =>
    when(
      ({ props }) => (isUnknown(read(props, "protocol")) ? "unknown" : secured.includes(protocolOf(view))),
      "a listener without TLS",
      matches("sslPolicy", awsPolicies, "ELBSecurityPolicy-TLS13-1-2-... or another from TLS 1.2 up"),
    )(view, context),
  ),
  azure(
    "network.ApplicationGateway",
    all(
      gatewayPolicy("sslPolicy"),
      each("sslProfiles", (at) => gatewayPolicy(`${at}.sslPolicy`)),
    ),
  ),
  gcp("compute.SSLPolicy, compute.RegionSslPolicy", modern),
  gcpGraph("compute.TargetHttpsProxy, compute.RegionTargetHttpsProxy, compute.TargetSSLProxy", proxyPolicy),
  kubernetes("networking.Ingress", (view) =>
    nginxProtocols(annotation(view, "nginx.ingress.kubernetes.io/ssl-protocols")),
  ),
  kubernetes("core.ConfigMap", (view) => {
    const data = read(view.props, "data");
    return isObject(data) ? nginxProtocols(text(data, "ssl-protocols")) : notApplicable("no protocols of its own");
  }),
);

export const invalidHeaders = rule(
  "lb-drop-invalid-headers",
  aws(
    "lb.LoadBalancer",
    ofKind(
      ["application"],
      all(isTrue("dropInvalidHeaderFields"), oneOf("desyncMitigationMode", ["defensive", "strictest"], "pass")),
    ),
  ),
);

const backend: Judge = (view, context) => {
  const protocol = folded(view.props, "protocol").toUpperCase();
  if (["TCP", "UDP", "UNSPECIFIED"].includes(protocol)) return notApplicable("passed through");
  return any(oneOf("protocol", ["HTTPS", "HTTP2", "SSL"]), serverless)(view, context);
};

export const backendEncryption = rule(
  "lb-backend-encryption",
  aws("lb.TargetGroup", (view, context) => {
    const protocol = folded(view.props, "protocol").toUpperCase();
    if (["lambda", "alb"].includes(folded(view.props, "targetType"))) return notApplicable("no protocol of its own");
    if (["TCP", "UDP", "TCP_UDP", "GENEVE", "QUIC", "TCP_QUIC"].includes(protocol))
      return notApplicable("passed through");
    return oneOf("protocol", secured)(view, context);
  }),
  azure(
    "network.ApplicationGateway",
    each(
      "backendHttpSettingsCollection",
      (at) => oneOf(`${at}.protocol`, ["Https", "Tls"]),
      notApplicable("no backend settings"),
    ),
  ),
  gcpGraph("compute.BackendService, compute.RegionBackendService", backend),
  kubernetes("istio.PeerAuthentication", equals("spec.mtls.mode", "STRICT")),
);
