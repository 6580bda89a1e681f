import { each, fits, refuse } from "../limits";
import type { Row } from "../row";
import { isSet, list, pick, text } from "../values";
import {
  deletionPolicy,
  labelOutputs,
  labelSecrets,
  labels,
  nameOf,
  preventedBy,
  projectOf,
  said,
  seconds,
} from "./common";
import { mayUse } from "./key-use";
import { regions } from "./regions";

const day = 86_400;

export const topic: Row = {
  type: "gcp:pubsub/topic:Topic",
  autoName: { property: "name", max: 255 },
  immutable: ["name", "project", "tags"],
  unordered: ["messageStoragePolicy.allowedPersistenceRegions"],
  unique: { by: ["project", "name"], scope: "account" },
  references: [{ path: "kmsKeyName", to: ["gcp:kms/cryptoKey:CryptoKey"] }],
  secrets: labelSecrets,
  check: ({ inputs }) => [
    ...fits(
      inputs,
      "name",
      /^(?!goog)[A-Za-z][A-Za-z0-9_.~+%-]{2,254}$/,
      "3 to 255 letters, digits and _.~+%-, beginning with a letter and not with goog",
    ),
    ...labels(inputs),
    ...each(
      inputs,
      "messageRetentionDuration",
      (value) => (seconds(value) ?? 0) >= 600 && (seconds(value) ?? 0) <= 31 * day,
      (value) => `must be from 600s to ${31 * day}s, got ${value}`,
    ),
    ...each(
      inputs,
      "messageStoragePolicy.allowedPersistenceRegions.*",
      (value) => Object.hasOwn(regions, said(value)),
      (value) => `${value} is not a region`,
    ),
    ...(isSet(inputs["messageStoragePolicy"]) &&
    Array.isArray(pick(inputs, "messageStoragePolicy.allowedPersistenceRegions")) &&
    list(pick(inputs, "messageStoragePolicy.allowedPersistenceRegions")).length === 0
      ? refuse("messageStoragePolicy.allowedPersistenceRegions", "at least one region is needed")
      : []),
  ],
  admit: ({ inputs, account }) => {
    const key = text(inputs["kmsKeyName"]);
    return key === undefined || mayUse(account, key, "pubsub")
      ? []
      : refuse(
          "kmsKeyName",
          `Cloud Pub/Sub did not have the necessary permissions configured to support this operation: grant roles/cloudkms.cryptoKeyEncrypterDecrypter on ${key} to service-<number>@gcp-sa-pubsub.iam.gserviceaccount.com`,
        );
  },
  release: preventedBy,
  id: (moment) => `projects/${projectOf(moment)}/topics/${nameOf(moment)}`,
  outputs: (moment) => ({
    ...labelOutputs(moment),
    ...deletionPolicy(moment),
    project: projectOf(moment),
    messageStoragePolicy: moment.inputs["messageStoragePolicy"] ?? {
      allowedPersistenceRegions: [],
      enforceInTransit: false,
    },
  }),
  seconds: { create: 3, update: 3, delete: 2, source: "estimate: one API call" },
};
