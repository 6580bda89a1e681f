import { type Props, UNKNOWN } from "../row";
import type { Example } from "../testing/sample";

const network = "projects/shop-prod/global/networks/shop";
const key = "projects/shop-prod/locations/us-central1/keyRings/shop/cryptoKeys/data";
const settings = (more: Props): Props => ({
  tier: "db-custom-1-3840",
  edition: "ENTERPRISE",
  ipConfiguration: { ipv4Enabled: false, privateNetwork: network, sslMode: "ENCRYPTED_ONLY" },
  backupConfiguration: { enabled: true, pointInTimeRecoveryEnabled: true, startTime: "00:00" },
  ...more,
});
const flag = (name: string, value: string) => settings({ databaseFlags: [{ name, value }] });
const rule = (action: Props, condition: Props) => ({ lifecycleRules: [{ action, condition }] });

export const dataExamples: readonly Example[] = [
  {
    type: "gcp:secretmanager/secret:Secret",
    good: {
      secretId: "password",
      replication: {
        userManaged: { replicas: [{ location: "us-central1", customerManagedEncryption: { kmsKeyName: key } }] },
      },
      versionDestroyTtl: "2592000s",
    },
    bad: [
      [{ secretId: "pass/word" }, "secretId"],
      [{ replication: {} }, "replication"],
      [{ replication: { userManaged: { replicas: [] } } }, "replication.userManaged.replicas"],
      [
        {
          replication: {
            userManaged: { replicas: [{ location: "us-east1", customerManagedEncryption: { kmsKeyName: key } }] },
          },
        },
        "replication.userManaged.replicas[0].customerManagedEncryption.kmsKeyName",
      ],
      [{ versionDestroyTtl: "3600s" }, "versionDestroyTtl"],
      [{ rotation: { rotationPeriod: "60s", nextRotationTime: "2027-01-01T00:00:00Z" } }, "rotation.rotationPeriod"],
      [{ rotation: { rotationPeriod: "86400s" } }, "rotation.nextRotationTime"],
    ],
  },
  {
    type: "gcp:secretmanager/secretVersion:SecretVersion",
    good: { secret: UNKNOWN, secretDataWo: "x", secretDataWoVersion: 1 },
    bad: [
      [{ secretDataWoVersion: undefined }, "secretDataWoVersion"],
      [{ secretDataWo: undefined, secretDataWoVersion: undefined }, "secretData"],
      [{ secretData: "y" }, "secretDataWo", /conflicts/],
    ],
  },
  {
    type: "gcp:sql/databaseInstance:DatabaseInstance",
    good: { name: "shop", databaseVersion: "POSTGRES_16", settings: settings({}) },
    bad: [
      [{ databaseVersion: "POSTGRES_99" }, "databaseVersion"],
      [{ name: "Shop" }, "name"],
      [{ name: "x".repeat(95) }, "name", /98/],
      [{ settings: undefined }, "settings"],
      [{ settings: settings({ tier: "db-n9-huge" }) }, "settings.tier", /no such/],
      [{ settings: settings({ tier: "db-perf-optimized-N-2" }) }, "settings.tier", /Edition/],
      [{ settings: settings({ edition: "ENTERPRISE_PLUS" }) }, "settings.tier", /Edition/],
      [{ settings: settings({ tier: "db-custom-3-7680" }) }, "settings.tier", /even number/],
      [{ settings: settings({ tier: "db-custom-2-5000" }) }, "settings.tier", /multiple of 256/],
      [{ settings: settings({ tier: "db-custom-1-16384" }) }, "settings.tier", /6.5 GiB/],
      [
        { settings: settings({ ipConfiguration: { ipv4Enabled: false } }) },
        "settings.ipConfiguration",
        /must be enabled/,
      ],
      [
        { settings: settings({ ipConfiguration: { privateNetwork: "shop" } }) },
        "settings.ipConfiguration.privateNetwork",
      ],
      [
        { settings: settings({ ipConfiguration: { authorizedNetworks: [{ value: "10.0.0.0/8" }] } }) },
        "settings.ipConfiguration.authorizedNetworks[0].value",
      ],
      [{ settings: settings({ ipConfiguration: { sslMode: "TLS" } }) }, "settings.ipConfiguration.sslMode"],
      [
        { settings: settings({ availabilityType: "REGIONAL", backupConfiguration: { enabled: false } }) },
        "settings.backupConfiguration.enabled",
        /REGIONAL/,
      ],
      [
        { settings: settings({ backupConfiguration: { enabled: true, transactionLogRetentionDays: 8 } }) },
        "settings.backupConfiguration.transactionLogRetentionDays",
      ],
      [
        { settings: settings({ backupConfiguration: { enabled: true, binaryLogEnabled: true } }) },
        "settings.backupConfiguration.binaryLogEnabled",
        /MySQL/,
      ],
      [
        { settings: settings({ backupConfiguration: { pointInTimeRecoveryEnabled: true } }) },
        "settings.backupConfiguration.enabled",
      ],
      [
        { settings: settings({ backupConfiguration: { enabled: true, startTime: "24:00" } }) },
        "settings.backupConfiguration.startTime",
      ],
      [{ settings: settings({ diskSize: 5 }) }, "settings.diskSize"],
      [{ settings: settings({ diskSize: 100, diskAutoresizeLimit: 50 }) }, "settings.diskAutoresizeLimit"],
      [
        { settings: settings({ connectionPoolConfigs: [{ connectionPoolingEnabled: true }] }) },
        "settings.connectionPoolConfigs",
        /ENTERPRISE_PLUS/,
      ],
      [{ settings: flag("max_connections", "5") }, "settings.databaseFlags[0].value"],
      [{ settings: flag("log_connections", "true") }, "settings.databaseFlags[0].value"],
      [{ settings: flag("port", "5433") }, "settings.databaseFlags[0].name"],
      [{ settings: settings({ userLabels: { Owner: "x" } }) }, "settings.userLabels.Owner"],
      [{ rootPasswordWo: "x" }, "rootPasswordWoVersion"],
    ],
  },
  {
    type: "gcp:sql/database:Database",
    good: { instance: "shop", name: "app" },
    bad: [[{ instance: undefined }, "instance"]],
  },
  {
    type: "gcp:sql/user:User",
    good: { instance: "shop", name: "appadmin", passwordWo: "x", passwordWoVersion: 1 },
    bad: [
      [{ passwordWoVersion: undefined }, "passwordWoVersion"],
      [{ password: "y" }, "passwordWo", /conflicts/],
      [{ type: "LDAP" }, "type"],
      [{ type: "CLOUD_IAM_USER" }, "password", /IAM user/],
    ],
  },
  {
    type: "gcp:storage/bucket:Bucket",
    good: {
      name: "shop-prod-uploads",
      location: "US-CENTRAL1",
      versioning: { enabled: true },
      ...rule({ type: "Delete" }, { age: 30 }),
    },
    bad: [
      [{ name: "Shop" }, "name"],
      [{ name: "ab" }, "name"],
      [{ name: "google-shop" }, "name"],
      [{ name: "192.168.1.1" }, "name"],
      [{ location: "us-middle1" }, "location"],
      [{ storageClass: "FROZEN" }, "storageClass"],
      [{ publicAccessPrevention: "on" }, "publicAccessPrevention"],
      [{ softDeletePolicy: { retentionDurationSeconds: 3600 } }, "softDeletePolicy.retentionDurationSeconds", /7 days/],
      [{ retentionPolicy: { retentionPeriod: "2592000" } }, "versioning", /exclude/],
      [{ retentionPolicy: { retentionPeriod: "-1" } }, "retentionPolicy.retentionPeriod"],
      [rule({ type: "Archive" }, { age: 1 }), "lifecycleRules[0].action.type"],
      [rule({ type: "SetStorageClass" }, { age: 1 }), "lifecycleRules[0].action.storageClass"],
      [rule({ type: "Delete" }, {}), "lifecycleRules[0].condition"],
      [
        rule({ type: "AbortIncompleteMultipartUpload" }, { age: 7, withState: "LIVE" }),
        "lifecycleRules[0].condition.withState",
      ],
      [{ rpo: "ASYNC_TURBO" }, "rpo", /dual/],
    ],
  },
  {
    type: "gcp:storage/bucketObject:BucketObject",
    good: { bucket: "shop", name: "hello.txt", content: "hello" },
    bad: [[{ content: undefined }, "source"]],
  },
  {
    type: "gcp:sql/sslCert:SslCert",
    good: { instance: "shop", commonName: "app" },
    bad: [
      [{ commonName: "" }, "commonName"],
      [{ instance: undefined }, "instance"],
    ],
  },
];
