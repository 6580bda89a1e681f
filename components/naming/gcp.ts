import type { NamingRule } from "./rule";

const compute = "https://cloud.google.com/compute/docs/naming-resources";
/** RFC 1035: what every Compute Engine name is. */
const rfc1035 = (scope: NamingRule["scope"], source = compute): NamingRule => ({
  max: 63,
  alphabet: "a-z0-9-",
  first: "a-z",
  last: "a-z0-9",
  scope,
  source,
});

const kms: NamingRule = {
  max: 63,
  alphabet: "a-zA-Z0-9_-",
  scope: "region",
  source: "https://cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings/create",
};

const logging: NamingRule = {
  max: 100,
  alphabet: "a-zA-Z0-9_.-",
  first: "a-zA-Z0-9",
  scope: "account",
  source: "https://cloud.google.com/logging/docs/reference/v2/rest/v2/projects.sinks",
};

/** One row a named type of Google Cloud. */
export const gcpNames = {
  network: rfc1035("account"),
  subnetwork: rfc1035("region"),
  firewall: rfc1035("account"),
  route: rfc1035("account"),
  router: rfc1035("region"),
  nat: rfc1035("parent"),
  address: rfc1035("region"),
  globalAddress: rfc1035("account"),
  healthCheck: rfc1035("account"),
  securityPolicy: rfc1035("account"),
  backendService: rfc1035("account"),
  endpointGroup: rfc1035("account"),
  urlMap: rfc1035("account"),
  targetProxy: rfc1035("account"),
  forwardingRule: rfc1035("account"),
  sslPolicy: rfc1035("account"),
  certificate: rfc1035(
    "region",
    "https://cloud.google.com/certificate-manager/docs/reference/certificate-manager/rest/v1/projects.locations.certificates",
  ),
  dnsZone: rfc1035("account", "https://cloud.google.com/dns/docs/reference/rest/v1/managedZones"),
  /** https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters */
  cluster: {
    ...rfc1035(
      "region",
      "https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters",
    ),
    max: 40,
  },
  serviceAccount: {
    ...rfc1035("account", "https://cloud.google.com/iam/docs/service-accounts-create"),
    min: 6,
    max: 30,
  },
  repository: rfc1035("region", "https://cloud.google.com/artifact-registry/docs/repositories/create-repos"),
  redisInstance: {
    ...rfc1035(
      "region",
      "https://cloud.google.com/memorystore/docs/redis/reference/rest/v1/projects.locations.instances/create",
    ),
    max: 40,
  },
  memorystoreInstance: {
    ...rfc1035(
      "region",
      "https://cloud.google.com/memorystore/docs/valkey/reference/rest/v1/projects.locations.instances/create",
    ),
    min: 4,
  },
  serviceConnectionPolicy: rfc1035(
    "region",
    "https://cloud.google.com/network-connectivity/docs/reference/networkconnectivity/rest/v1/projects.locations.serviceConnectionPolicies",
  ),
  topic: {
    min: 3,
    max: 255,
    alphabet: "a-zA-Z0-9_.~+%-",
    first: "a-zA-Z",
    scope: "account",
    source: "https://cloud.google.com/pubsub/docs/pubsub-basics#resource_names",
  },
  logMetric: {
    ...logging,
    alphabet: "a-zA-Z0-9_.-",
    source: "https://cloud.google.com/logging/docs/reference/v2/rest/v2/projects.metrics",
  },
  transferJob: {
    max: 128,
    alphabet: "a-zA-Z0-9._-",
    scope: "account",
    source: "https://cloud.google.com/storage-transfer/docs/reference/rest/v1/transferJobs#TransferJob",
  },
  keyRing: kms,
  cryptoKey: { ...kms, scope: "parent" },
  secret: {
    max: 255,
    alphabet: "a-zA-Z0-9_-",
    scope: "account",
    source: "https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create",
  },
  logBucket: { ...logging, scope: "region" },
  logSink: logging,
  logExclusion: logging,
  /** `project:instance` may have 98 characters, and a project id has 30 at most. */
  sqlInstance: {
    max: 67,
    alphabet: "a-z0-9-",
    first: "a-z",
    scope: "account",
    source: "https://cloud.google.com/sql/docs/postgres/instance-settings#instance-id-2ndgen",
  },
  /** Dots would ask for proof that the domain is ours, and underscores break virtual-hosted addresses. */
  bucket: {
    min: 3,
    max: 63,
    alphabet: "a-z0-9-",
    scope: "global",
    source: "https://cloud.google.com/storage/docs/buckets#naming",
  },
} satisfies Record<string, NamingRule>;
