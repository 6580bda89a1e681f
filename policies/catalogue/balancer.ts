// Load balancers and API gateways.
import type { Texts } from ".";

export const balancer: Texts = {
  "lb-https-listener": {
    title: "Public listeners speak TLS; plain HTTP only redirects",
    severity: "high",
    phase: "stack",
    why: "What goes over HTTP can be read and changed by everybody in between.",
    remedy: {
      aws: "Set protocol to HTTPS or TLS; let a listener on 80 redirect to HTTPS.",
      azure: "Set protocol of each listener to Https, or give its rule a redirectConfiguration.",
      gcp: "Give the HTTP proxy a URLMap with defaultUrlRedirect.httpsRedirect.",
      kubernetes: "Set spec.tls of the Ingress.",
    },
  },
  "lb-tls-policy": {
    title: "Balancers take TLS 1.2 or newer",
    severity: "high",
    phase: "stack",
    why: "TLS 1.0 and 1.1 have known breaks, and are what unset policies still take.",
    remedy: {
      aws: "Set sslPolicy to ELBSecurityPolicy-TLS13-1-2-Res-2021-06 or newer.",
      azure: "Set sslPolicy.minProtocolVersion to TLSv1_2.",
      gcp: "Give the proxy an SSLPolicy with minTlsVersion TLS_1_2.",
      kubernetes: "Set ssl-protocols to TLSv1.2 TLSv1.3.",
    },
  },
  "lb-not-internet-facing-by-default": {
    title: "Balancers face the internet only where they are meant to",
    severity: "high",
    phase: "resource",
    why: "A balancer is public by default; what should be internal is found by everybody. Meant: the tag exposure or tier is public, or the setting publicBalancers names it.",
    remedy: {
      aws: "Set internal to true, or tag it exposure: public.",
      azure: "Give the front a subnet instead of a public address, or tag it exposure: public.",
      gcp: "Set loadBalancingScheme to INTERNAL or INTERNAL_MANAGED, or label it exposure: public.",
      kubernetes: "Set the cloud's annotation for an internal balancer, or name it in publicBalancers.",
    },
  },
  "lb-access-logging": {
    title: "Balancers keep a log of requests",
    severity: "medium",
    phase: "stack",
    why: "Who called what, and what was answered, is needed after every incident.",
    remedy: {
      aws: "Set accessLogs.enabled with a bucket.",
      azure: "Add a DiagnosticSetting with ApplicationGatewayAccessLog.",
      gcp: "Set logConfig.enable.",
    },
  },
  "lb-deletion-protection": {
    title: "Balancers outside dev can't be deleted by mistake",
    severity: "low",
    phase: "stack",
    why: "With the balancer goes the address that names point to.",
    remedy: {
      aws: "Set enableDeletionProtection.",
      azure: "Add a CanNotDelete lock on it or its resource group, or protect it.",
      gcp: "Set protect, or deletionPolicy to PREVENT.",
    },
  },
  "lb-drop-invalid-headers": {
    title: "Balancers drop malformed requests",
    severity: "medium",
    phase: "resource",
    why: "What balancer and server read differently is how requests are smuggled.",
    remedy: { aws: "Set dropInvalidHeaderFields, and leave desyncMitigationMode at defensive." },
  },
  "lb-waf-attached": {
    title: "Public balancers of requests have a web application firewall",
    severity: "high",
    phase: "stack",
    why: "Known attacks are stopped before they reach the application.",
    remedy: {
      aws: "Add a wafv2.WebAclAssociation with the balancer's ARN.",
      azure: "Set firewallPolicy.",
      gcp: "Set securityPolicy of the backend service.",
    },
  },
  "lb-multi-az": {
    title: "Balancers outside dev span two zones",
    severity: "low",
    phase: "resource",
    why: "A balancer in one zone is down as long as its zone is.",
    remedy: {
      aws: "Set two subnets or more; network balancers: enableCrossZoneLoadBalancing.",
      azure: "Set zones.",
      gcp: "Nothing to do: balancers are regional or global.",
    },
  },
  "lb-backend-encryption": {
    title: "Traffic from balancers to what is behind them is encrypted",
    severity: "medium",
    phase: "stack",
    why: "Behind the balancer requests cross machines and zones with all that they carry.",
    remedy: {
      aws: "Set protocol of the target group to HTTPS or TLS.",
      azure: "Set protocol of backendHttpSettingsCollection to Https.",
      gcp: "Set protocol of the backend service to HTTPS or HTTP2.",
      kubernetes: "Set spec.mtls.mode of the PeerAuthentication to STRICT.",
    },
  },
};
