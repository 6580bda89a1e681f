// The edge: content delivery and web application firewalls.
import type { Texts } from ".";

export const cdn: Texts = {
  "cdn-https-only": {
    title: "The edge serves HTTPS, and sends plain HTTP there",
    severity: "high",
    phase: "stack",
    why: "What goes over HTTP can be read and changed by everybody in between.",
    remedy: {
      aws: "Set viewerProtocolPolicy of every behaviour to redirect-to-https or https-only.",
      azure: "Set httpsRedirect to Enabled on the route (classic: isHttpAllowed to false).",
      gcp: "Give the HTTP proxy a URLMap with defaultUrlRedirect.httpsRedirect.",
    },
  },
  "cdn-min-tls": {
    title: "The edge takes TLS 1.2 or newer, with a certificate of one's own",
    severity: "high",
    phase: "resource",
    why: "TLS 1.0 and 1.1 have known breaks. CloudFront's own certificate always takes them.",
    remedy: {
      aws: "Set viewerCertificate.acmCertificateArn, and minimumProtocolVersion to TLSv1.2_2021 or newer.",
      azure: "Set tlsSettings.minimumTlsVersion to TLS12.",
      gcp: "Set minTlsVersion to TLS_1_2 and profile to MODERN, RESTRICTED or FIPS_202205.",
    },
  },
  "cdn-origin-tls": {
    title: "Traffic from the edge to the origin is encrypted",
    severity: "high",
    phase: "stack",
    why: "Between edge and origin requests cross the internet, with all that they carry.",
    remedy: {
      aws: "Set originProtocolPolicy to https-only, and originSslProtocols to TLSv1.2.",
      azure: "Set forwardingProtocol to HttpsOnly, and leave enforceCertificateNameCheck on.",
      gcp: "Set protocol of the BackendService to HTTPS or HTTP2.",
    },
  },
  "cdn-origin-access-control": {
    title: "Origins that hold files answer to the edge alone",
    severity: "high",
    phase: "stack",
    why: "An origin that everybody reaches goes round the firewall, the cache and the log of the edge.",
    remedy: {
      aws: "Set originAccessControlId on S3 origins; use the bucket, not its website.",
      azure: "Set sharedPrivateLinkResource on the origin.",
      gcp: "Set edgeSecurityPolicy on the BackendBucket, and grant the bucket to the CDN's own account alone.",
    },
  },
  "cdn-waf-attached": {
    title: "A web application firewall stands at the edge",
    severity: "high",
    phase: "stack",
    why: "Known attacks are stopped where they cost nothing.",
    remedy: {
      aws: "Set webAclId.",
      azure: "Name the endpoint or domain in the associations of a cdn.SecurityPolicy.",
      gcp: "Set securityPolicy or edgeSecurityPolicy.",
    },
  },
  "cdn-access-logging": {
    title: "The edge keeps a log of requests",
    severity: "medium",
    phase: "stack",
    why: "What the cache answers is in no other log.",
    remedy: {
      aws: "Set loggingConfig.bucket, or add a LogDeliverySource for the distribution.",
      azure: "Add a DiagnosticSetting with FrontDoorAccessLog for the profile.",
      gcp: "Set logConfig.enable.",
    },
  },
  "cdn-default-root-object-and-headers": {
    title: "The edge answers its root with a page, and adds security headers",
    severity: "low",
    phase: "stack",
    why: "Without a root object S3 may list what it has; headers tell browsers what not to do.",
    remedy: {
      aws: "Set defaultRootObject (files), and responseHeadersPolicyId.",
      azure: "Give the route a RuleSet with a rule that modifies response headers.",
      gcp: "Set customResponseHeaders with Strict-Transport-Security.",
    },
  },
  "cdn-geo-restriction": {
    title: "The edge serves named countries only, where data asks for it",
    severity: "low",
    phase: "resource",
    why: "ITAR and DoD rules let data leave to few places. Judged by the tag data-class.",
    remedy: {
      aws: "Set restrictions.geoRestriction.restrictionType to whitelist, with locations.",
      azure: "Add a custom rule with the operator GeoMatch.",
      gcp: "Add a rule on origin.region_code.",
    },
  },
  "waf-managed-rules-blocking": {
    title: "Web application firewalls block by managed rules, slow floods down, and keep a log",
    severity: "high",
    phase: "stack",
    why: "A firewall without rules, or one that only counts, lets everything through.",
    remedy: {
      aws: "Add a managed rule group without count, a rate-based rule with block, and a WebAclLoggingConfiguration.",
      azure: "Set mode to Prevention; add a managed rule set and a RateLimitRule.",
      gcp: "Deny by evaluatePreconfiguredWaf, throttle, and enable layer7DdosDefenseConfig.",
    },
  },
};
