// Balancers, certificates, firewalls of the edge: a good example, and what Google Cloud would refuse of it.
import { UNKNOWN } from "../row";
import type { Example } from "../testing/sample";

const everybody = { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges: ["*"] } };
const last = { action: "allow", priority: 2_147_483_647, match: everybody };
const limit = (count: number, intervalSec: number) => ({
  action: "throttle",
  priority: 10,
  match: everybody,
  rateLimitOptions: {
    conformAction: "allow",
    exceedAction: "deny(429)",
    enforceOnKey: "IP",
    rateLimitThreshold: { count, intervalSec },
  },
});
const expression = (text: string) => ({ action: "deny(403)", priority: 20, match: { expr: { expression: text } } });
const sqli = expression("evaluatePreconfiguredWaf('sqli-v33-stable', {'sensitivity': 1})");
const countries = (count: number) =>
  expression(Array.from({ length: count }, () => "origin.region_code == 'KP'").join(" || "));

const armor: Example["bad"] = [
  [{ name: "Shop_Waf" }, "name"],
  [{ type: "CLOUD_ARMOUR" }, "type"],
  [{ rules: [sqli] }, "rules", /default rule/],
  [{ rules: [sqli, sqli, last] }, "rules[1].priority", /share/],
  [{ rules: [limit(100, 61), last] }, "rules[0].rateLimitOptions.rateLimitThreshold.intervalSec"],
  [{ rules: [{ action: "throttle", priority: 1, match: everybody }, last] }, "rules[0].rateLimitOptions"],
  [{ rules: [{ ...sqli, action: "deny(500)" }, last] }, "rules[0].action"],
  [
    { rules: [expression("evaluatePreconfiguredWaf('sqli-v99-stable')"), last] },
    "rules[0].match.expr.expression",
    /unknown/,
  ],
  [{ rules: [countries(6), last] }, "rules[0].match.expr.expression", /5 subexpressions/],
];

export const edgeExamples: readonly Example[] = [
  {
    type: "gcp:compute/securityPolicy:SecurityPolicy",
    good: {
      name: "shop-waf",
      type: "CLOUD_ARMOR",
      rules: [{ ...countries(5), priority: 5 }, sqli, limit(2000, 300), last],
    },
    bad: [
      ...armor,
      [{ type: "CLOUD_ARMOR_EDGE" }, "rules", /rate limits/],
      [{ type: "CLOUD_ARMOR_EDGE", rules: [sqli, last] }, "rules[0].match.expr.expression", /preconfigured/],
    ],
  },
  {
    type: "gcp:compute/regionSecurityPolicy:RegionSecurityPolicy",
    good: { name: "shop-waf", region: "us-central1", type: "CLOUD_ARMOR", rules: [sqli, limit(2000, 300), last] },
    bad: [
      [{ region: "us-central9" }, "region"],
      [{ rules: [sqli] }, "rules", /default rule/],
    ],
  },
  {
    type: "gcp:compute/healthCheck:HealthCheck",
    good: {
      name: "shop",
      checkIntervalSec: 30,
      sourceRegions: ["us-east4", "europe-west1", "asia-southeast1"],
      httpsHealthCheck: { port: 443, requestPath: "/health" },
    },
    bad: [
      [{ sourceRegions: ["us-east4"] }, "sourceRegions", /exactly 3/],
      [{ sourceRegions: ["us-east4", "europe-west1", "mars"] }, "sourceRegions[2]"],
      [{ checkIntervalSec: 10 }, "checkIntervalSec", /at least 30/],
      [{ timeoutSec: 60 }, "timeoutSec"],
      [{ httpsHealthCheck: undefined }, "httpHealthCheck"],
      [{ httpsHealthCheck: undefined, sslHealthCheck: { port: 443 } }, "sslHealthCheck"],
    ],
  },
  {
    type: "gcp:compute/globalNetworkEndpointGroup:GlobalNetworkEndpointGroup",
    good: { name: "shop-api", networkEndpointType: "INTERNET_FQDN_PORT", defaultPort: 443 },
    bad: [
      [{ networkEndpointType: "FQDN" }, "networkEndpointType"],
      [{ defaultPort: 70_000 }, "defaultPort"],
    ],
  },
  {
    type: "gcp:compute/globalNetworkEndpoint:GlobalNetworkEndpoint",
    good: { globalNetworkEndpointGroup: "shop-api", fqdn: "api.shop.example", port: 443 },
    bad: [
      [{ fqdn: "https://api.shop.example" }, "fqdn"],
      [{ fqdn: undefined }, "fqdn", /must be specified/],
      [{ ipAddress: "203.0.113[7]" }, "ipAddress"],
      [{ port: 0 }, "port"],
    ],
  },
  {
    type: "gcp:compute/backendService:BackendService",
    good: {
      name: "shop-assets",
      loadBalancingScheme: "EXTERNAL_MANAGED",
      protocol: "HTTPS",
      enableCdn: true,
      cdnPolicy: { cacheMode: "CACHE_ALL_STATIC", defaultTtl: 3600, clientTtl: 3600, maxTtl: 86_400 },
      customRequestHeaders: ["host: shop.storage.googleapis.com"],
      securitySettings: { awsV4Authentication: { accessKeyId: "GOOG1E", accessKey: UNKNOWN, originRegion: "us" } },
      logConfig: { enable: true, sampleRate: 1 },
    },
    bad: [
      [{ loadBalancingScheme: "PUBLIC" }, "loadBalancingScheme"],
      [{ protocol: "HTTP3" }, "protocol"],
      [{ cdnPolicy: { defaultTtl: 100, maxTtl: 10 } }, "cdnPolicy.defaultTtl"],
      [{ cdnPolicy: { serveWhileStale: 604_801 } }, "cdnPolicy.serveWhileStale"],
      [{ customRequestHeaders: ["no header"] }, "customRequestHeaders[0]"],
      [
        { securitySettings: { awsV4Authentication: { accessKeyId: "GOOG1E" } } },
        "securitySettings.awsV4Authentication",
      ],
      [{ logConfig: { enable: true, sampleRate: 2 } }, "logConfig.sampleRate"],
    ],
  },
  {
    type: "gcp:compute/uRLMap:URLMap",
    good: {
      name: "shop",
      defaultService: UNKNOWN,
      hostRules: [{ hosts: ["www.shop.example"], pathMatcher: "site" }],
      pathMatchers: [
        {
          name: "site",
          defaultService: UNKNOWN,
          routeRules: [{ priority: 1, matchRules: [{ prefixMatch: "/api/" }], service: UNKNOWN }],
        },
      ],
    },
    bad: [
      [{ defaultService: undefined }, "defaultService"],
      [{ defaultUrlRedirect: { httpsRedirect: true } }, "defaultUrlRedirect"],
      [{ hostRules: [{ hosts: ["a.example"], pathMatcher: "other" }] }, "hostRules[0].pathMatcher"],
      [
        {
          pathMatchers: [
            { name: "site", routeRules: [{ priority: 1, matchRules: [{ prefixMatch: "api" }], service: "s" }] },
          ],
        },
        "pathMatchers[0].routeRules[0].matchRules[0].prefixMatch",
      ],
      [{ pathMatchers: [{ name: "site", routeRules: [{ priority: 1 }] }] }, "pathMatchers[0].routeRules[0]"],
    ],
  },
  {
    type: "gcp:compute/sSLPolicy:SSLPolicy",
    good: { name: "shop", profile: "RESTRICTED", minTlsVersion: "TLS_1_3" },
    bad: [
      [{ profile: "MODERN" }, "minTlsVersion", /RESTRICTED/],
      [{ minTlsVersion: "1[3]" }, "minTlsVersion"],
      [{ profile: "CUSTOM", minTlsVersion: "TLS_1_2" }, "customFeatures"],
    ],
  },
  {
    type: "gcp:compute/targetHttpsProxy:TargetHttpsProxy",
    good: { name: "shop", urlMap: UNKNOWN, certificateMap: UNKNOWN, quicOverride: "ENABLE", tlsEarlyData: "DISABLED" },
    bad: [
      [{ certificateMap: undefined }, "sslCertificates"],
      [{ certificateMap: "shop" }, "certificateMap"],
      [{ quicOverride: "ON" }, "quicOverride"],
      [{ urlMap: undefined }, "urlMap"],
    ],
  },
  {
    type: "gcp:compute/targetHttpProxy:TargetHttpProxy",
    good: { name: "shop-redirect", urlMap: UNKNOWN },
    bad: [[{ name: "Shop" }, "name"]],
  },
  {
    type: "gcp:compute/globalForwardingRule:GlobalForwardingRule",
    good: {
      name: "shop",
      target: UNKNOWN,
      ipAddress: UNKNOWN,
      loadBalancingScheme: "EXTERNAL_MANAGED",
      ipProtocol: "TCP",
      portRange: "443",
    },
    bad: [
      [{ target: undefined }, "target"],
      [{ portRange: "https" }, "portRange"],
      [{ loadBalancingScheme: "EXTERN" }, "loadBalancingScheme"],
    ],
  },
  {
    type: "gcp:certificatemanager/dnsAuthorization:DnsAuthorization",
    good: { name: "shop", domain: "www.shop.example" },
    bad: [
      [{ domain: "www.shop.example." }, "domain"],
      [{ type: "ANY" }, "type"],
    ],
  },
  {
    type: "gcp:certificatemanager/certificate:Certificate",
    good: { name: "shop", managed: { domains: ["www.shop.example"], dnsAuthorizations: [UNKNOWN] } },
    bad: [
      [{ managed: undefined }, "managed"],
      [{ scope: "GLOBAL" }, "scope"],
      [{ managed: { domains: ["shop"] } }, "managed.domains[0]"],
    ],
  },
  {
    type: "gcp:certificatemanager/certificateMap:CertificateMap",
    good: { name: "shop" },
    bad: [[{ name: "shop.map" }, "name"]],
  },
  {
    type: "gcp:certificatemanager/certificateMapEntry:CertificateMapEntry",
    good: { name: "shop", map: "shop", hostname: "www.shop.example", certificates: [UNKNOWN] },
    bad: [
      [{ matcher: "PRIMARY" }, "hostname", /one of/],
      [{ certificates: [] }, "certificates"],
    ],
  },
  {
    type: "gcp:storage/hmacKey:HmacKey",
    good: { serviceAccountEmail: UNKNOWN },
    bad: [
      [{ serviceAccountEmail: "me@shop.example" }, "serviceAccountEmail"],
      [{ state: "ON" }, "state"],
    ],
  },
];
