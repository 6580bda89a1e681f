import { UNKNOWN } from "../row";
import type { Example } from "../testing/sample";

const key = "projects/shop-prod/locations/us-central1/keyRings/shop/cryptoKeys/data";

export const projectExamples: readonly Example[] = [
  {
    type: "gcp:projects/service:Service",
    good: { service: "sqladmin.googleapis.com", disableOnDestroy: false },
    bad: [
      [{ service: undefined }, "service"],
      [{ service: "sqladmin" }, "service", /domain/],
      [{ service: "source.googleapis.com" }, "service", /can't be switched/],
    ],
  },
  {
    type: "gcp:projects/iAMAuditConfig:IAMAuditConfig",
    good: { project: "shop-prod", service: "cloudkms.googleapis.com", auditLogConfigs: [{ logType: "DATA_READ" }] },
    bad: [
      [{ auditLogConfigs: [{ logType: "READ" }] }, "auditLogConfigs[0].logType"],
      [{ service: "cloudkms" }, "service"],
    ],
  },
  {
    type: "gcp:kms/keyRing:KeyRing",
    good: { name: "shop-1a2b3c", location: "us-central1" },
    bad: [
      [{ location: undefined }, "location"],
      [{ location: "us-central9" }, "location"],
      [{ name: "shop.keys" }, "name", /letters, digits/],
      [{ name: "x".repeat(64) }, "name"],
    ],
  },
  {
    type: "gcp:kms/cryptoKey:CryptoKey",
    good: {
      keyRing: UNKNOWN,
      rotationPeriod: "2592000s",
      destroyScheduledDuration: "2592000s",
      labels: { app: "shop" },
    },
    bad: [
      [{ keyRing: undefined }, "keyRing"],
      [{ rotationPeriod: "3600s" }, "rotationPeriod", /at least one day/],
      [{ rotationPeriod: "30d" }, "rotationPeriod"],
      [{ purpose: "MAC" }, "rotationPeriod", /only ENCRYPT_DECRYPT/],
      [{ destroyScheduledDuration: "60s" }, "destroyScheduledDuration"],
      [{ destroyScheduledDuration: "99999999s" }, "destroyScheduledDuration", /120 days/],
      [{ versionTemplate: { algorithm: "EC_SIGN_P256_SHA256" } }, "versionTemplate.algorithm"],
      [
        { versionTemplate: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel: "TPM" } },
        "versionTemplate.protectionLevel",
      ],
      [{ labels: { App: "shop" } }, "labels.App"],
      [{ labels: { app: "Shop" } }, "labels.app"],
    ],
  },
  {
    type: "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
    good: {
      cryptoKeyId: key,
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: "serviceAccount:a@b.iam.gserviceaccount.com",
    },
    bad: [
      [{ member: "a@b.com" }, "member", /principal/],
      [{ role: "cloudkms.admin" }, "role"],
      [{ cryptoKeyId: undefined }, "cryptoKeyId"],
    ],
  },
  {
    type: "gcp:logging/projectBucketConfig:ProjectBucketConfig",
    good: { project: "shop-prod", location: "us-central1", bucketId: "flows", retentionDays: 90 },
    bad: [
      [{ retentionDays: 4000 }, "retentionDays"],
      [{ location: "mars" }, "location"],
      [{ bucketId: "flow logs" }, "bucketId"],
      [{ location: "global", cmekSettings: { kmsKeyName: UNKNOWN } }, "cmekSettings"],
    ],
  },
  {
    type: "gcp:logging/projectSink:ProjectSink",
    good: { name: "flows", destination: "logging.googleapis.com/projects/shop-prod/locations/global/buckets/_Default" },
    bad: [
      [{ destination: "gs://flows" }, "destination"],
      [{ name: "_Default" }, "name"],
    ],
  },
  {
    type: "gcp:logging/projectExclusion:ProjectExclusion",
    good: { name: "flows", filter: "severity<ERROR" },
    bad: [[{ filter: undefined }, "filter"]],
  },
  {
    type: "gcp:serviceaccount/account:Account",
    good: { accountId: "shop-api", displayName: "API of the shop" },
    bad: [
      [{ accountId: "api" }, "accountId", /6 to 30/],
      [{ accountId: "Shop-API" }, "accountId"],
      [{ description: "x".repeat(257) }, "description"],
    ],
  },
];
