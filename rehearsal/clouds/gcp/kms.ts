import { each, fits, oneOf } from "../limits";
import type { Row } from "../row";
import { text } from "../values";
import {
  deletionPolicy,
  labelOutputs,
  labelSecrets,
  labels,
  named,
  nameOf,
  preventedBy,
  projectOf,
  said,
  seconds,
} from "./common";
import { dualRegions, multiRegions, regions } from "./regions";

const day = 86_400;
const longest = 876_000 * 3600;
const nameShape = /^[a-zA-Z0-9_-]{1,63}$/;
const nameRule = "1 to 63 letters, digits, _ and -";
/** https://cloud.google.com/kms/docs/locations */
const locations = ["global", "europe", ...multiRegions, ...dualRegions, ...Object.keys(regions)];

export const keyRing: Row = {
  type: "gcp:kms/keyRing:KeyRing",
  autoName: named,
  required: ["name"],
  immutable: ["location", "name", "project"],
  unique: { by: ["location", "name"], scope: "account" },
  check: ({ inputs }) => [...fits(inputs, "name", nameShape, nameRule), ...oneOf(inputs, "location", locations)],
  // The provider only forgets it. https://cloud.google.com/kms/docs/object-hierarchy#lifetime
  remains: ({ old }) => ({ reason: `googleapi: Error 409: KeyRing ${old?.id} already exists., alreadyExists` }),
  id: (moment) =>
    `projects/${projectOf(moment)}/locations/${text(moment.inputs["location"])}/keyRings/${nameOf(moment)}`,
  outputs: (moment) => ({ project: projectOf(moment) }),
  seconds: { create: 2, delete: 1, source: "estimate: one API call without an operation" },
};

/** https://cloud.google.com/kms/docs/reference/rest/v1/CryptoKeyVersionAlgorithm: which algorithm goes with which purpose. */
const algorithms: Readonly<Record<string, RegExp>> = {
  ENCRYPT_DECRYPT: /^(GOOGLE_SYMMETRIC_ENCRYPTION|EXTERNAL_SYMMETRIC_ENCRYPTION)$/,
  ASYMMETRIC_SIGN: /^(RSA_SIGN_|EC_SIGN_|PQ_SIGN_)/,
  ASYMMETRIC_DECRYPT: /^RSA_DECRYPT_/,
  RAW_ENCRYPT_DECRYPT: /^AES_/,
  MAC: /^HMAC_/,
  KEY_ENCAPSULATION: /^(ML_KEM_|KEM_)/,
};

export const cryptoKey: Row = {
  type: "gcp:kms/cryptoKey:CryptoKey",
  autoName: named,
  required: ["name"],
  immutable: [
    "keyRing",
    "name",
    "purpose",
    "destroyScheduledDuration",
    "importOnly",
    "cryptoKeyBackend",
    "versionTemplate.protectionLevel",
  ],
  unique: { by: ["keyRing", "name"], scope: "account" },
  references: [{ path: "keyRing", to: ["gcp:kms/keyRing:KeyRing"] }],
  secrets: labelSecrets,
  check: ({ inputs }) => {
    const purpose = text(inputs["purpose"]) ?? "ENCRYPT_DECRYPT";
    const symmetric = purpose === "ENCRYPT_DECRYPT";
    return [
      ...fits(inputs, "name", nameShape, nameRule),
      ...oneOf(inputs, "purpose", Object.keys(algorithms)),
      ...each(
        inputs,
        "rotationPeriod",
        (value) => (seconds(value) ?? 0) >= day && (seconds(value) ?? 0) <= longest,
        (value) => `Rotation period must be at least one day and 876000 hours at most, written "86400s", got ${value}`,
      ),
      ...each(
        inputs,
        "rotationPeriod",
        () => symmetric,
        () => `only ENCRYPT_DECRYPT keys rotate by themselves, this one is for ${purpose}`,
      ),
      ...each(
        inputs,
        "destroyScheduledDuration",
        (value) => (seconds(value) ?? 0) >= day && (seconds(value) ?? 0) <= 120 * day,
        (value) => `must be from 86400s (24 hours) to 10368000s (120 days), got ${value}`,
      ),
      ...oneOf(inputs, "versionTemplate.protectionLevel", [
        "SOFTWARE",
        "HSM",
        "EXTERNAL",
        "EXTERNAL_VPC",
        "HSM_SINGLE_TENANT",
      ]),
      ...each(
        inputs,
        "versionTemplate.algorithm",
        (value) => (algorithms[purpose] ?? /./).test(said(value)),
        (value) => `${value} isn't an algorithm for purpose ${purpose}`,
      ),
      ...labels(inputs),
    ];
  },
  release: preventedBy,
  // Its versions are destroyed; it stays, without any that could be used.
  remains: ({ old }) => ({ reason: `googleapi: Error 409: CryptoKey ${old?.id} already exists., alreadyExists` }),
  id: (moment) => `${text(moment.inputs["keyRing"])}/cryptoKeys/${nameOf(moment)}`,
  outputs: (moment) => ({
    ...labelOutputs(moment),
    ...deletionPolicy(moment),
    destroyScheduledDuration: moment.inputs["destroyScheduledDuration"] ?? `${30 * day}s`,
    importOnly: moment.inputs["importOnly"] ?? false,
    cryptoKeyBackend: moment.inputs["cryptoKeyBackend"] ?? "",
    versionTemplate: moment.inputs["versionTemplate"] ?? {
      algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION",
      protectionLevel: "SOFTWARE",
    },
    primaries:
      (moment.inputs["purpose"] ?? "ENCRYPT_DECRYPT") === "ENCRYPT_DECRYPT"
        ? [{ name: `${moment.id}/cryptoKeyVersions/1`, state: "ENABLED" }]
        : [],
  }),
  seconds: { create: 3, update: 2, delete: 2, source: "estimate: one API call without an operation" },
};
