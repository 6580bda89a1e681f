// The same shop on Google Cloud.
import type { Extra, Made } from "../../fixtures/fixture";

const defaultLabels = {
  environment: "prod",
  owner: "shop_at_example_com",
  "cost-centre": "42",
  app: "shop",
  "managed-by": "pulumi",
};
const classed = { name: "shop", "data-class": "internal" };
const here = { providerInputs: { project: "shop-prod", region: "europe-west1", defaultLabels } };
const is = (id: string, more: Extra = {}): Extra => ({ ...here, id, ...more });
const network = "projects/shop-prod/global/networks/shop";
const key = "projects/shop-prod/locations/europe-west1/keyRings/shop/cryptoKeys/main";
const region = "europe-west1";

export const gcp: readonly Made[] = [
  [
    "kms.KeyRing",
    { name: "shop", location: region },
    is("projects/shop-prod/locations/europe-west1/keyRings/shop", { name: "shop", protect: true }),
  ],
  [
    "kms.CryptoKey",
    {
      name: "main",
      keyRing: "projects/shop-prod/locations/europe-west1/keyRings/shop",
      rotationPeriod: "7776000s",
      destroyScheduledDuration: "2592000s",
      labels: classed,
    },
    is(key, { name: "main", protect: true }),
  ],
  ["compute.Network", { name: "shop", autoCreateSubnetworks: false }, is(network, { name: "shop" })],
  [
    "compute.Subnetwork",
    {
      name: "app",
      network,
      region,
      ipCidrRange: "10.30.0.0/20",
      privateIpGoogleAccess: true,
      logConfig: { aggregationInterval: "INTERVAL_5_SEC", flowSampling: 1, metadata: "INCLUDE_ALL_METADATA" },
    },
    is("projects/shop-prod/regions/europe-west1/subnetworks/app", { name: "app" }),
  ],
  [
    "compute.Firewall",
    {
      name: "health-checks",
      network,
      description: "the load balancer's health checks",
      direction: "INGRESS",
      sourceRanges: ["35.191.0.0/16", "130.211.0.0/22"],
      targetTags: ["app"],
      allows: [{ protocol: "tcp", ports: ["8443"] }],
      logConfig: { metadata: "INCLUDE_ALL_METADATA" },
    },
    is("projects/shop-prod/global/firewalls/health-checks", { name: "health-checks" }),
  ],
  [
    "compute.Router",
    { name: "nat", network, region },
    is("projects/shop-prod/regions/europe-west1/routers/nat", { name: "nat" }),
  ],
  [
    "compute.RouterNat",
    {
      name: "nat",
      router: "nat",
      region,
      natIpAllocateOption: "AUTO_ONLY",
      sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
      logConfig: { enable: true, filter: "ALL" },
    },
    is("shop-prod/europe-west1/nat/nat", { name: "nat" }),
  ],
  [
    "compute.GlobalAddress",
    { name: "services", purpose: "VPC_PEERING", addressType: "INTERNAL", prefixLength: 16, network, labels: classed },
    is("projects/shop-prod/global/addresses/services", { name: "services" }),
  ],
  [
    "servicenetworking.Connection",
    { network, service: "servicenetworking.googleapis.com", reservedPeeringRanges: ["services"] },
    is("services", { name: "services" }),
  ],
  [
    "sql.DatabaseInstance",
    {
      name: "shop",
      databaseVersion: "POSTGRES_16",
      region,
      encryptionKeyName: key,
      deletionProtection: true,
      settings: {
        tier: "db-custom-2-8192",
        availabilityType: "REGIONAL",
        deletionProtectionEnabled: true,
        userLabels: classed,
        ipConfiguration: {
          ipv4Enabled: false,
          privateNetwork: network,
          sslMode: "TRUSTED_CLIENT_CERTIFICATE_REQUIRED",
        },
        backupConfiguration: {
          enabled: true,
          pointInTimeRecoveryEnabled: true,
          transactionLogRetentionDays: 7,
          location: "eu",
          backupRetentionSettings: { retainedBackups: 35 },
        },
        insightsConfig: { queryInsightsEnabled: true },
        maintenanceWindow: { day: 7, hour: 3, updateTrack: "stable" },
        databaseFlags: [
          { name: "cloudsql.iam_authentication", value: "on" },
          { name: "cloudsql.enable_pgaudit", value: "on" },
          { name: "log_connections", value: "on" },
          { name: "log_disconnections", value: "on" },
          { name: "log_min_duration_statement", value: "500" },
        ],
      },
    },
    is("shop", { name: "shop", protect: true }),
  ],
  [
    "redis.Instance",
    {
      name: "sessions",
      region,
      tier: "STANDARD_HA",
      memorySizeGb: 5,
      redisVersion: "REDIS_7_2",
      authEnabled: true,
      transitEncryptionMode: "SERVER_AUTHENTICATION",
      connectMode: "PRIVATE_SERVICE_ACCESS",
      authorizedNetwork: network,
      customerManagedKey: key,
      persistenceConfig: { persistenceMode: "RDB", rdbSnapshotPeriod: "TWELVE_HOURS" },
      labels: classed,
    },
    is("projects/shop-prod/locations/europe-west1/instances/sessions", { name: "sessions", protect: true }),
  ],
  [
    "storage.Bucket",
    {
      name: "shop-prod-papers",
      location: "EU",
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      versioning: { enabled: true },
      encryption: { defaultKmsKeyName: key },
      logging: { logBucket: "shop-prod-access-logs", logObjectPrefix: "papers" },
      lifecycleRules: [{ action: { type: "Delete" }, condition: { numNewerVersions: 3, withState: "ARCHIVED" } }],
      softDeletePolicy: { retentionDurationSeconds: 2592000 },
      labels: classed,
    },
    is("shop-prod-papers", { name: "papers", protect: true }),
  ],
  [
    "artifactregistry.Repository",
    {
      repositoryId: "shop",
      location: region,
      format: "DOCKER",
      kmsKeyName: key,
      dockerConfig: { immutableTags: true },
      vulnerabilityScanningConfig: { enablementConfig: "INHERITED" },
      cleanupPolicies: [{ id: "old", action: "DELETE", condition: { olderThan: "2592000s", tagState: "UNTAGGED" } }],
      labels: classed,
    },
    is("projects/shop-prod/locations/europe-west1/repositories/shop", { name: "shop" }),
  ],
];
