import { between, each, fits, oneOf, refuse } from "../limits";
import type { Row } from "../row";
import { flag, isSet, object, pick, text } from "../values";
import { deletionPolicy, nameOf, preventedBy, projectOf } from "./common";
import { keyLocation, mayUse } from "./key-use";
import { projectNumber } from "./place";
import { regions } from "./regions";

const bucketType = "gcp:logging/projectBucketConfig:ProjectBucketConfig";
const automatic = ["_Default", "_Required"];
/** https://cloud.google.com/logging/docs/region-support */
const locations = ["global", "eu", "us", ...Object.keys(regions)];
const nameShape = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/;
const nameRule = "1 to 100 letters, digits, _, - and ., beginning with a letter or digit";

export const logBucket: Row = {
  type: bucketType,
  immutable: ["project", "location", "bucketId"],
  unique: { by: ["project", "location", "bucketId"], scope: "account" },
  // Cloud KMS destroys the versions of a key whoever uses it. https://cloud.google.com/kms/docs/destroy-restore
  references: [{ path: "cmekSettings.kmsKeyName", to: ["gcp:kms/cryptoKey:CryptoKey"], weak: true }],
  check: ({ inputs, before }) => [
    ...fits(inputs, "bucketId", /^_?[A-Za-z0-9][A-Za-z0-9_.-]{0,98}$/, nameRule),
    ...oneOf(inputs, "location", locations),
    ...between(inputs, "retentionDays", 1, 3650),
    ...(isSet(inputs["cmekSettings"]) && inputs["location"] === "global"
      ? refuse("cmekSettings", "log buckets in location global can't use a customer-managed key")
      : []),
    // https://cloud.google.com/logging/docs/buckets#upgrade-bucket
    ...(flag(before?.["enableAnalytics"]) === true && flag(inputs["enableAnalytics"]) !== true
      ? refuse("enableAnalytics", "Log Analytics can't be switched off on a bucket once it is on")
      : []),
    ...(before && isSet(before["cmekSettings"]) && !isSet(inputs["cmekSettings"])
      ? refuse("cmekSettings", "CMEK settings can't be disabled once the bucket has them")
      : []),
    ...(before && flag(before["locked"]) === true
      ? [
          ...(flag(inputs["locked"]) === true ? [] : refuse("locked", "a locked bucket can't be unlocked")),
          ...each(
            inputs,
            "retentionDays",
            (value) => value === before["retentionDays"],
            () => "the retention of a locked bucket can't be changed",
          ),
        ]
      : []),
  ],
  admit: ({ inputs, account, old }) => {
    const property = "cmekSettings.kmsKeyName";
    const key = text(pick(inputs, property));
    if (old || key === undefined) return [];
    const [where, location] = [keyLocation(key), text(inputs["location"])];
    return [
      ...(where === location
        ? []
        : refuse(property, `the key is in ${where}, the bucket in ${location}: they must be in one place`)),
      ...(mayUse(account, key, "logging")
        ? []
        : refuse(
            property,
            `Cloud Logging's service account needs roles/cloudkms.cryptoKeyEncrypterDecrypter on ${key}`,
          )),
    ];
  },
  // A locked bucket with entries that must stay can't be deleted; every log bucket has some.
  release: (moment) =>
    preventedBy(moment) ??
    (flag(moment.inputs["locked"]) === true
      ? `Error 400: Bucket ${text(moment.inputs["bucketId"])} is locked and can't be deleted before its log entries have reached their retention period (${Number(moment.inputs["retentionDays"])} days)`
      : undefined),
  // https://cloud.google.com/logging/docs/buckets#delete-bucket. The provider finds it and tries to change it.
  remains: () => ({
    days: 7,
    reason: "googleapi: Error 400: Buckets must be in an ACTIVE state to be modified, failedPrecondition",
  }),
  id: (moment) =>
    `projects/${projectOf(moment)}/locations/${text(moment.inputs["location"])}/buckets/${text(moment.inputs["bucketId"])}`,
  outputs: (moment) => ({
    ...deletionPolicy(moment),
    name: moment.id,
    lifecycleState: "ACTIVE",
    description: moment.inputs["description"] ?? "",
    ...(isSet(moment.inputs["cmekSettings"])
      ? {
          cmekSettings: {
            ...object(moment.inputs["cmekSettings"]),
            kmsKeyVersionName: "",
            name: `${moment.id}/cmekSettings`,
            serviceAccountId: loggingAgent(projectOf(moment)),
          },
        }
      : {}),
  }),
  seconds: { create: 8, update: 6, delete: 3, source: "estimate: an operation with a customer-managed key" },
};

export const loggingAgent = (project: string) =>
  `cmek-p${projectNumber(project)}@gcp-sa-logging.iam.gserviceaccount.com`;

/** https://cloud.google.com/logging/docs/reference/v2/rest/v2/projects.sinks */
const destination =
  /^(storage\.googleapis\.com\/[^/]+|bigquery\.googleapis\.com\/projects\/[^/]+\/datasets\/[^/]+|pubsub\.googleapis\.com\/projects\/[^/]+\/topics\/[^/]+|logging\.googleapis\.com\/projects\/[^/]+(\/locations\/[^/]+\/buckets\/[^/]+)?)$/;

export const sink: Row = {
  type: "gcp:logging/projectSink:ProjectSink",
  autoName: { property: "name", max: 255 },
  required: ["name"],
  immutable: ["name", "project"],
  // A sink with an identity of its own never goes back to the shared one.
  replaces: ({ inputs, old }) =>
    flag(old.inputs["uniqueWriterIdentity"]) !== false && flag(inputs["uniqueWriterIdentity"]) === false
      ? ["uniqueWriterIdentity"]
      : [],
  unique: { by: ["project", "name"], scope: "account" },
  references: [
    {
      path: "destination",
      to: [bucketType],
      within: /^logging\.googleapis\.com\/(projects\/.+\/buckets\/.+)$/,
      except: /\/buckets\/_(Default|Required)$/,
    },
    { path: "destination", to: ["gcp:storage/bucket:Bucket"], by: "name", within: /^storage\.googleapis\.com\/(.+)$/ },
  ],
  check: ({ inputs }) => [
    ...fits(inputs, "name", nameShape, nameRule),
    ...fits(
      inputs,
      "destination",
      destination,
      "a log bucket, Cloud Storage bucket, BigQuery dataset, Pub/Sub topic or project, with its service in front",
    ),
    ...(automatic.includes(text(inputs["name"]) ?? "") ? refuse("name", "is one of Google's own sinks") : []),
    ...((text(inputs["filter"]) ?? "").length > 20_000 ? refuse("filter", "has 20000 characters at most") : []),
  ],
  release: preventedBy,
  id: (moment) => `projects/${projectOf(moment)}/sinks/${nameOf(moment)}`,
  outputs: (moment) => {
    const own = `projects/${projectOf(moment)}/`;
    // A log bucket of the same project needs no identity to be written to.
    const inside = (text(moment.inputs["destination"]) ?? "").startsWith(`logging.googleapis.com/${own}`);
    return {
      ...deletionPolicy(moment),
      project: projectOf(moment),
      writerIdentity: inside
        ? ""
        : `serviceAccount:service-${projectNumber(projectOf(moment))}@gcp-sa-logging.iam.gserviceaccount.com`,
    };
  },
  seconds: { create: 2, update: 2, delete: 2, source: "estimate: one API call" },
};

export const exclusion: Row = {
  type: "gcp:logging/projectExclusion:ProjectExclusion",
  autoName: { property: "name", max: 255 },
  required: ["name"],
  immutable: ["name", "project"],
  unique: { by: ["project", "name"], scope: "account" },
  check: ({ inputs }) => fits(inputs, "name", nameShape, nameRule),
  id: (moment) => `projects/${projectOf(moment)}/exclusions/${nameOf(moment)}`,
  outputs: (moment) => ({ project: projectOf(moment) }),
  seconds: { create: 2, update: 2, delete: 2, source: "estimate: one API call" },
};
