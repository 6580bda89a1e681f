// LB, HA, NET: which balancers face the internet, what guards them, and what they outlive.

import {
  annotation,
  annotationsOpen,
  kindOf,
  ofKind,
  schemeIsInternal,
  unlessMeant,
  whereFronted,
  wherePublic,
} from "../balancers";
import { companion } from "../companion";
import { collected } from "../diagnostic-logs";
import { all, always, any, each, fail, filled, isTrue, notApplicable, oneOf, pass, unknown, when } from "../judge";
import { holdsMany } from "../lists";
import { guarded } from "../locks";
import { lasting } from "../primaries";
import { folded, isUnknown, list, read, text } from "../read";
import { type Judge, rule, type View } from "../rule";
import { aws, awsGraph, azure, azureGraph, gcp, kubernetes, token } from "../tokens";

/** A balancer that only gives machines a way out takes nothing in. */
const outboundOnly = ({ props }: View) =>
  ["loadBalancingRules", "inboundNatRules", "inboundNatPools"].every((path) => {
    const rules = list(props, path);
    return typeof rules !== "symbol" && rules.length === 0;
  });

const internalScheme: Judge = (view, context) => {
  // An endpoint of Private Service Connect leads out to a service; nobody comes in by it.
  if (/serviceAttachments|^(all-apis|vpc-sc)$/.test(text(view.props, "target")))
    return notApplicable("an endpoint of a service");
  return oneOf("loadBalancingScheme", ["INTERNAL", "INTERNAL_MANAGED", "INTERNAL_SELF_MANAGED"])(view, context);
};

const internalService: readonly (readonly [key: string, value: RegExp])[] = [
  ["service.beta.kubernetes.io/aws-load-balancer-internal", /^(true|0\.0\.0\.0\/0)$/],
  ["service.beta.kubernetes.io/aws-load-balancer-scheme", /^internal$/],
  ["service.beta.kubernetes.io/azure-load-balancer-internal", /^true$/],
  ["networking.gke.io/load-balancer-type", /^internal$/i],
  ["cloud.google.com/load-balancer-type", /^internal$/i],
];

export const notPublic = rule(
  "lb-not-internet-facing-by-default",
  aws("lb.LoadBalancer, elb.LoadBalancer", unlessMeant(isTrue("internal"))),
  azure(
    "network.LoadBalancer",
    unlessMeant((view, context) =>
      outboundOnly(view)
        ? notApplicable("a way out alone")
        : each("frontendIPConfigurations", (at) => (inner) => {
            const open = [`${at}.publicIPAddress`, `${at}.publicIPPrefix`].find(
              (path) => read(inner.props, path) !== undefined,
            );
            return open ? fail(open, "a private address") : pass(at, "a private address");
          })(view, context),
    ),
  ),
  gcp("compute.ForwardingRule, compute.GlobalForwardingRule", unlessMeant(internalScheme)),
  kubernetes(
    "core.Service",
    when(
      ({ props }) => (isUnknown(read(props, "spec.type")) ? "unknown" : text(props, "spec.type") === "LoadBalancer"),
      "no balancer",
      unlessMeant((view) => {
        const path = "metadata.annotations";
        const expected = "the cloud's annotation for an internal balancer";
        const scheme = "service.beta.kubernetes.io/aws-load-balancer-scheme";
        // The AWS controller's own class is internal unless the scheme says otherwise.
        const byClass =
          text(view.props, "spec.loadBalancerClass") === "service.k8s.aws/nlb" && annotation(view, scheme) === "";
        const keys = internalService.map(([key]) => key);
        if (internalService.some(([key, value]) => value.test(annotation(view, key)))) return pass(path, expected);
        if (annotationsOpen(view, keys)) return unknown(path, expected);
        return byClass ? pass(path, expected) : fail(path, expected);
      }),
    ),
  ),
);

export const accessLogging = rule(
  "lb-access-logging",
  aws("lb.LoadBalancer", ofKind(["application", "network"], isTrue("accessLogs.enabled"))),
  azureGraph("network.ApplicationGateway", collected(["ApplicationGatewayAccessLog"])),
  gcp("compute.BackendService, compute.RegionBackendService", isTrue("logConfig.enable")),
);

const prevented: Judge = (view) =>
  view.protect || text(view.props, "deletionPolicy") === "PREVENT"
    ? pass("opts.protect", "protect, or deletionPolicy PREVENT")
    : fail("opts.protect", "protect, or deletionPolicy PREVENT");

export const deletionProtection = rule(
  "lb-deletion-protection",
  aws("lb.LoadBalancer", lasting(isTrue("enableDeletionProtection"))),
  azureGraph("network.ApplicationGateway, network.LoadBalancer", lasting(guarded)),
  gcp("compute.GlobalForwardingRule, compute.ForwardingRule", lasting(prevented)),
);

const speaksHttp = ({ props }: View) =>
  ["", "http", "https", "http2", "h2c", "grpc"].includes(folded(props, "protocol"));
const listenerPolicies: Judge = (view) => {
  const listeners = list(view.props, "httpListeners");
  const covered =
    typeof listeners !== "symbol" &&
    listeners.length > 0 &&
    listeners.every((one) => read(one, "firewallPolicy") !== undefined);
  return covered ? pass("httpListeners") : fail("firewallPolicy", "a firewall policy");
};

export const wafAttached = rule(
  "lb-waf-attached",
  awsGraph("lb.LoadBalancer", (view, context) => {
    if (kindOf(view) !== "application") return notApplicable("no balancer of requests");
    return wherePublic(
      companion([token("aws", "wafv2.WebAclAssociation")], "resourceArn", filled("webAclArn", "a web ACL")),
    )(view, context);
  }),
  azure(
    "network.ApplicationGateway",
    whereFronted(
      any(
        filled("firewallPolicy", "a firewall policy"),
        isTrue("webApplicationFirewallConfiguration.enabled"),
        listenerPolicies,
      ),
    ),
  ),
  gcp("compute.BackendService, compute.RegionBackendService", (view, context) => {
    if (schemeIsInternal(view) || !speaksHttp(view)) return notApplicable("no requests from the internet");
    return filled("securityPolicy", "a security policy")(view, context);
  }),
);

const zonesOf: Judge = any(
  holdsMany("subnets", 2, "two subnets or more"),
  holdsMany("subnetMappings", 2, "two subnets or more"),
);

export const multiZone = rule(
  "lb-multi-az",
  aws("lb.LoadBalancer", (view, context) =>
    lasting(kindOf(view) === "network" ? all(zonesOf, isTrue("enableCrossZoneLoadBalancing")) : zonesOf)(view, context),
  ),
  azure("network.ApplicationGateway", lasting(holdsMany("zones", 2, "two zones or more"))),
  gcp(
    "compute.ForwardingRule, compute.GlobalForwardingRule",
    always("balancers of Google Cloud are regional or global"),
  ),
);
