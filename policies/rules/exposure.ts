// NET, TLS: what a cluster shows to the outside.
import { fail, notApplicable, pass, unknown } from "../judge";
import { annotation, tell } from "../pods";
import { asText, folded, isUnknown, join, list, read, text } from "../read";
import { type Judge, rule, type Verdict, type View } from "../rule";
import { kubernetes } from "../tokens";

/** Certificates that a cloud's controller takes from its own store. */
const certificates = [
  "alb.ingress.kubernetes.io/certificate-arn",
  "networking.gke.io/managed-certificates",
  "networking.gke.io/certmap",
  "ingress.gcp.kubernetes.io/pre-shared-cert",
  "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
];

const ingress: Judge = (view) => {
  const tls = list(view.props, "spec.tls");
  const expected = "a tls entry, or the controller's certificate annotation";
  if (certificates.some((key) => annotation(view, key) !== undefined)) return pass("spec.tls", expected);
  if (typeof tls === "symbol") return unknown("spec.tls", expected);
  return tls.length > 0 ? pass("spec.tls", expected) : fail("spec.tls", expected);
};

/** A listener in clear is for redirects: there is one with TLS beside it. */
const gateway: Judge = ({ props }) => {
  const listeners = list(props, "spec.listeners");
  const expected = "a listener of HTTPS or TLS";
  if (typeof listeners === "symbol") return unknown("spec.listeners", expected);
  const protocols = listeners.map((one) => text(one, "protocol"));
  if (protocols.some((one) => one === "HTTPS" || one === "TLS")) return pass("spec.listeners", expected);
  if (listeners.some((one) => isUnknown(one) || isUnknown(read(one, "protocol"))))
    return unknown("spec.listeners", expected);
  return protocols.includes("HTTP") ? fail("spec.listeners", expected) : notApplicable("neither HTTP nor TLS");
};

/** How each cloud's controller is told to stay inside. */
const inside: readonly (readonly [key: string, values: readonly string[]])[] = [
  ["service.beta.kubernetes.io/aws-load-balancer-internal", ["true", "0.0.0.0/0"]],
  ["service.beta.kubernetes.io/aws-load-balancer-scheme", ["internal"]],
  ["service.beta.kubernetes.io/azure-load-balancer-internal", ["true"]],
  ["networking.gke.io/load-balancer-type", ["internal"]],
  ["cloud.google.com/load-balancer-type", ["internal"]],
];
/** Those that narrow who may come in from outside. */
const narrowed = [
  "service.beta.kubernetes.io/load-balancer-source-ranges",
  "service.beta.kubernetes.io/azure-allowed-ip-ranges",
];
const world = ["0.0.0.0/0", "::/0"];

function balancer(view: View): Verdict {
  const path = "spec.loadBalancerSourceRanges";
  const expected = "an internal load balancer, or source ranges that aren't the world";
  const told = inside.map(([key, values]) => ({ value: annotation(view, key), values }));
  if (told.some(({ value, values }) => values.includes(asText(value).toLowerCase()))) return pass(path, expected);
  // The AWS controller's own class is internal unless the scheme says otherwise.
  const scheme = annotation(view, "service.beta.kubernetes.io/aws-load-balancer-scheme");
  if (text(view.props, "spec.loadBalancerClass") === "service.k8s.aws/nlb" && scheme === undefined)
    return pass(path, expected);
  const ranges = list(view.props, path);
  const noted = narrowed.map((key) => annotation(view, key));
  if (typeof ranges === "symbol" || noted.some(isUnknown) || told.some(({ value }) => isUnknown(value)))
    return unknown(path, expected);
  const all = [...ranges, ...noted.flatMap((one) => asText(one).split(",")).filter((one) => one !== "")].map((one) =>
    asText(one).trim(),
  );
  return all.length > 0 && !all.some((one) => world.includes(one)) ? pass(path, expected) : fail(path, expected);
}

const service: Judge = (view) => {
  const type = read(view.props, "spec.type");
  const verdicts = [
    tell(type, "spec.type", "not NodePort", (value) => asText(value).toLowerCase() !== "nodeport", "pass"),
  ];
  const external = list(view.props, "spec.externalIPs");
  const path = join("spec", "externalIPs");
  if (typeof external === "symbol") verdicts.push(unknown(path, "not set"));
  else if (external.length > 0) verdicts.push(fail(path, "not set"));
  return folded(view.props, "spec.type") === "loadbalancer" ? [...verdicts, balancer(view)] : verdicts;
};

export const tlsAndExposure = rule(
  "k8s-ingress-tls-and-exposure",
  kubernetes("networking.Ingress", ingress),
  kubernetes("gateway.Gateway", gateway),
  kubernetes("core.Service", service),
);
