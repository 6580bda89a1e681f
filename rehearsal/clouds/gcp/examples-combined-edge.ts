import type { Props } from "../row";
import type { Example } from "../testing/sample";

const everybody: Props = {
  action: "allow",
  priority: 2_147_483_647,
  match: { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges: ["*"] } },
};
const limit = (more: Props): Props => ({
  conformAction: "allow",
  exceedAction: "deny(429)",
  enforceOnKey: "IP",
  rateLimitThreshold: { count: 100, intervalSec: 60 },
  ...more,
});
const rule = (more: Props): Props => ({
  rules: [
    everybody,
    { action: "throttle", priority: 10, match: { expr: { expression: "true" } }, rateLimitOptions: limit({}), ...more },
  ],
});
const ranges = (...srcIpRanges: readonly string[]) => ({ versionedExpr: "SRC_IPS_V1", config: { srcIpRanges } });
const cdn = (more: Props): Props => ({ enableCdn: true, cdnPolicy: { cacheMode: "CACHE_ALL_STATIC", ...more } });
const watch = (more: Props): Props => ({
  conditions: [
    {
      displayName: "busy",
      conditionThreshold: {
        filter: 'metric.type="compute.googleapis.com/instance/cpu/utilization" AND resource.type="gce_instance"',
        comparison: "COMPARISON_GT",
        duration: "300s",
        ...more,
      },
    },
  ],
});

/** Arguments that are right one by one, and wrong together: the edge, names, secrets, grants, logs, alerts. */
export const combinedEdgeExamples: readonly Example[] = [
  {
    type: "gcp:compute/securityPolicy:SecurityPolicy",
    good: { name: "edge", ...rule({}) },
    bad: [
      [{ rules: [{ ...everybody, match: ranges("10.0.0.0/8") }] }, "rules[0].match", /default one/],
      [rule({ match: ranges("10.0.0.1/8") }), "rules[1].match.config.srcIpRanges[0]", /host bits/],
      [rule({ match: { config: { srcIpRanges: ["*"] } } }), "rules[1].match.versionedExpr", /required with config/],
      [
        rule({ match: { ...ranges("*"), expr: { expression: "true" } } }),
        "rules[1].match.expr",
        /conflicts with versionedExpr/,
      ],
      [rule({ action: "deny(403)" }), "rules[1].rateLimitOptions", /not for deny/],
      [rule({ action: "rate_based_ban" }), "rules[1].rateLimitOptions.banDurationSec", /required/],
      [
        rule({ rateLimitOptions: limit({ banDurationSec: 600 }) }),
        "rules[1].rateLimitOptions.banDurationSec",
        /is for/,
      ],
      [
        rule({ rateLimitOptions: limit({ enforceOnKey: "HTTP_HEADER" }) }),
        "rules[1].rateLimitOptions.enforceOnKeyName",
        /required/,
      ],
      [
        rule({ rateLimitOptions: limit({ enforceOnKeyConfigs: [{ enforceOnKeyType: "IP" }] }) }),
        "rules[1].rateLimitOptions.enforceOnKey",
        /must be empty/,
      ],
      [rule({ rateLimitOptions: limit({ exceedAction: "deny(500)" }) }), "rules[1].rateLimitOptions.exceedAction"],
      [rule({ priority: -1 }), "rules[1].priority", /from 0/],
      [rule({ action: "redirect", rateLimitOptions: null }), "rules[1].redirectOptions", /required/],
      [
        rule({ action: "redirect", rateLimitOptions: null, redirectOptions: { type: "EXTERNAL_302" } }),
        "rules[1].redirectOptions.target",
        /required/,
      ],
    ],
  },
  {
    type: "gcp:compute/backendService:BackendService",
    good: { name: "web", ...cdn({ negativeCaching: true, negativeCachingPolicies: [{ code: 404, ttl: 60 }] }) },
    bad: [
      [cdn({ cacheMode: "USE_ORIGIN_HEADERS", maxTtl: 60 }), "cdnPolicy.maxTtl", /USE_ORIGIN_HEADERS/],
      [cdn({ negativeCachingPolicies: [{ code: 500, ttl: 60 }] }), "cdnPolicy.negativeCachingPolicies[0].code"],
      [cdn({ negativeCachingPolicies: [{ code: 404, ttl: 3600 }] }), "cdnPolicy.negativeCachingPolicies[0].ttl"],
      [
        cdn({ negativeCaching: false, negativeCachingPolicies: [{ code: 404, ttl: 60 }] }),
        "cdnPolicy.negativeCachingPolicies",
        /must be on/,
      ],
      [
        cdn({ cacheKeyPolicy: { queryStringWhitelists: ["a"], queryStringBlacklists: ["b"] } }),
        "cdnPolicy.cacheKeyPolicy.queryStringWhitelists",
        /conflicts/,
      ],
      [
        cdn({ bypassCacheOnRequestHeaders: Array.from({ length: 6 }, (_, n) => ({ headerName: `x-${n}` })) }),
        "cdnPolicy.bypassCacheOnRequestHeaders",
      ],
      [{ sessionAffinity: "ALWAYS" }, "sessionAffinity"],
    ],
  },
  {
    type: "gcp:compute/sSLPolicy:SSLPolicy",
    good: { name: "modern", profile: "CUSTOM", customFeatures: ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"] },
    bad: [
      [{ profile: "MODERN" }, "customFeatures", /requires the profile to be CUSTOM/],
      [{ customFeatures: undefined }, "customFeatures", /no custom_features/],
    ],
  },
  {
    type: "gcp:certificatemanager/certificate:Certificate",
    good: {
      name: "web",
      managed: { domains: ["*.example.com"], dnsAuthorizations: ["projects/p/locations/global/dnsAuthorizations/a"] },
    },
    bad: [[{ managed: { domains: ["*.example.com"] } }, "managed.domains[0]", /wildcard/]],
  },
  {
    type: "gcp:dns/managedZone:ManagedZone",
    good: { name: "shop", dnsName: "example.com.", dnssecConfig: { state: "on", nonExistence: "nsec3" } },
    bad: [
      [{ peeringConfig: { targetNetwork: { networkUrl: "a" } } }, "peeringConfig", /private only/],
      [{ dnssecConfig: { state: "yes" } }, "dnssecConfig.state"],
      [{ visibility: "private" }, "dnssecConfig", /public zones only/],
    ],
  },
  {
    type: "gcp:dns/recordSet:RecordSet",
    good: { managedZone: "shop", name: "example.com.", type: "CAA", ttl: 300, rrdatas: ['0 issue "letsencrypt.org"'] },
    bad: [
      [{ rrdatas: ["letsencrypt.org"] }, "rrdatas[0]", /CAA/],
      [{ type: "MX", rrdatas: ["mail.example.com."] }, "rrdatas[0]", /MX/],
      [{ type: "MX", rrdatas: ["10 mail.example.com"] }, "rrdatas[0]", /MX/],
      [{ type: "NS", rrdatas: ["ns1.example.com"] }, "rrdatas[0]", /dot/],
      [{ type: "SRV", rrdatas: ["5060 sip.example.com."] }, "rrdatas[0]", /SRV/],
      [{ routingPolicy: { wrrs: [{ weight: 1, rrdatas: ["1"] }] } }, "rrdatas", /only one of/],
    ],
  },
  {
    type: "gcp:storage/bucket:Bucket",
    good: {
      name: "shop-prod-lake",
      location: "US",
      hierarchicalNamespace: { enabled: true },
      uniformBucketLevelAccess: true,
      versioning: { enabled: false },
      customPlacementConfig: { dataLocations: ["US-EAST1", "US-WEST1"] },
    },
    bad: [
      [{ versioning: { enabled: true } }, "versioning.enabled", /hierarchical/],
      [{ uniformBucketLevelAccess: false }, "hierarchicalNamespace", /uniform/],
      [{ customPlacementConfig: { dataLocations: ["US-EAST1"] } }, "customPlacementConfig.dataLocations", /2 to 2/],
      [{ website: {} }, "website.mainPageSuffix", /must be specified/],
    ],
  },
  {
    type: "gcp:secretmanager/secret:Secret",
    good: { secretId: "password", replication: { userManaged: { replicas: [{ location: "us-central1" }] } } },
    bad: [
      [
        { replication: { userManaged: { replicas: [{ location: "us-central1" }, { location: "us-central1" }] } } },
        "replication.userManaged.replicas[1].location",
        /twice/,
      ],
      [{ replication: { auto: {}, userManaged: { replicas: [{ location: "us-east1" }] } } }, "replication.userManaged"],
      [{ rotation: { rotationPeriod: "86400s", nextRotationTime: "2027-01-01T00:00:00Z" } }, "topics", /required/],
    ],
  },
  {
    type: "gcp:artifactregistry/repository:Repository",
    good: { repositoryId: "app", format: "DOCKER", location: "us-central1", mode: "STANDARD_REPOSITORY" },
    bad: [
      [{ mode: "REMOTE_REPOSITORY" }, "remoteRepositoryConfig", /required/],
      [
        {
          cleanupPolicies: [
            { id: "old", action: "DELETE", condition: { olderThan: "30d" } },
            { id: "old", action: "KEEP", mostRecentVersions: { keepCount: 5 } },
          ],
        },
        "cleanupPolicies[1].id",
        /twice/,
      ],
    ],
  },
  {
    type: "gcp:kms/cryptoKey:CryptoKey",
    good: { keyRing: "projects/p/locations/us-central1/keyRings/r", rotationPeriod: "7776000s" },
    bad: [[{ rotationPeriod: "9999999999s" }, "rotationPeriod", /876000 hours/]],
  },
  {
    type: "gcp:monitoring/alertPolicy:AlertPolicy",
    good: { displayName: "busy", combiner: "OR", ...watch({}) },
    bad: [
      [watch({ duration: "90s" }), "conditions[0].conditionThreshold.duration", /multiple of 60s/],
      [watch({ comparison: "ABOVE" }), "conditions[0].conditionThreshold.comparison"],
      [
        watch({ aggregations: [{ alignmentPeriod: "30s", perSeriesAligner: "ALIGN_MEAN" }] }),
        "conditions[0].conditionThreshold.aggregations",
        /60s at least/,
      ],
      [
        { conditions: [{ displayName: "seen", conditionMatchedLog: { filter: "severity>=ERROR" } }] },
        "alertStrategy.notificationRateLimit",
        /required/,
      ],
    ],
  },
  {
    type: "gcp:projects/iAMMember:IAMMember",
    good: { project: "shop-prod", role: "roles/viewer", member: "group:ops@example.com" },
    bad: [
      [{ member: "allUsers" }, "member", /can't be granted/],
      [{ member: undefined }, "member", /Missing required/],
      [{ condition: { title: "x" } }, "condition.expression", /Missing required/],
    ],
  },
];
