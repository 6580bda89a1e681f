import { each, long, oneOf, refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { flag, isSet, number, object, pick, pickAll, text } from "../values";
import {
  deletionPolicy,
  labelOutputs,
  labelSecrets,
  labels,
  nameOf,
  preventedBy,
  projectOf,
  said,
  since,
} from "./common";
import { keyLocation, mayUse } from "./key-use";
import { projectNumber } from "./place";
import { dualRegions, multiRegions, regions } from "./regions";
import { bucketName, classes, lifecycle, retention } from "./storage-checks";

export const bucketType = "gcp:storage/bucket:Bucket";
const locations = [...multiRegions, ...dualRegions, ...Object.keys(regions)];
const day = 86_400;

/** A default key in the bucket's own place, usable by the project's Cloud Storage agent: both are tried at once. */
function keyUse({ inputs, account, place }: Moment): Refusal[] {
  const property = "encryption.defaultKmsKeyName";
  const key = text(pick(inputs, property));
  if (key === undefined) return [];
  const [where, location] = [keyLocation(key).toLowerCase(), (text(inputs["location"]) ?? "").toLowerCase()];
  const agent = storageAgent(text(inputs["project"]) ?? place.account);
  return [
    ...(where === location
      ? []
      : refuse(
          property,
          `the key is in ${where}, the bucket in ${location}: a default key must be in the bucket's location`,
        )),
    ...(mayUse(account, key, "storage")
      ? []
      : refuse(
          property,
          `Permission denied on Cloud KMS key. Please ensure that your Cloud Storage service account ${agent} has been authorized to use this key.`,
        )),
  ];
}

export const storageAgent = (project: string) =>
  `service-${projectNumber(project)}@gs-project-accounts.iam.gserviceaccount.com`;

export const bucket: Row = {
  type: bucketType,
  autoName: { property: "name", max: 222 },
  required: ["name"],
  immutable: [
    "name",
    "location",
    "project",
    "enableObjectRetention",
    "customPlacementConfig.dataLocations",
    "hierarchicalNamespace",
  ],
  replaces: ({ inputs, old }) =>
    flag(pick(old.inputs, "retentionPolicy.isLocked")) === true &&
    isSet(inputs["retentionPolicy"]) &&
    flag(pick(inputs, "retentionPolicy.isLocked")) !== true
      ? ["retentionPolicy.isLocked"]
      : [],
  unordered: ["customPlacementConfig.dataLocations"],
  unique: { by: ["name"], scope: "world" },
  references: [
    { path: "encryption.defaultKmsKeyName", to: ["gcp:kms/cryptoKey:CryptoKey"] },
    { path: "logging.logBucket", to: [bucketType], by: "name", weak: true },
  ],
  secrets: labelSecrets,
  check: ({ inputs, before }) => [
    ...bucketName(inputs),
    ...labels(inputs),
    ...each(
      inputs,
      "location",
      (value) => locations.includes(said(value).toLowerCase()),
      (value) => `The specified location constraint is not valid: ${value}`,
    ),
    ...oneOf(inputs, "storageClass", classes),
    ...oneOf(inputs, "publicAccessPrevention", ["enforced", "inherited"]),
    ...oneOf(inputs, "rpo", ["DEFAULT", "ASYNC_TURBO"]),
    ...(inputs["rpo"] === "ASYNC_TURBO" &&
    !isSet(inputs["customPlacementConfig"]) &&
    !(dualRegions as readonly string[]).includes((text(inputs["location"]) ?? "").toLowerCase())
      ? refuse("rpo", "Turbo replication is for dual-regions only")
      : []),
    ...each(
      inputs,
      "softDeletePolicy.retentionDurationSeconds",
      (value) => value === 0 || (typeof value === "number" && value >= 7 * day && value <= 90 * day),
      (value) => `must be 0, or from 604800 (7 days) to 7776000 (90 days), got ${value}`,
    ),
    ...(isSet(inputs["autoclass"]) &&
    flag(pick(inputs, "autoclass.enabled")) === true &&
    pickAll(inputs, "lifecycleRules.*.action.type").some(({ value }) => value === "SetStorageClass")
      ? refuse("autoclass", "a bucket with Autoclass can't have rules that set the storage class")
      : []),
    ...(flag(pick(inputs, "hierarchicalNamespace.enabled")) === true &&
    flag(inputs["uniformBucketLevelAccess"]) !== true
      ? refuse("hierarchicalNamespace", "needs uniform bucket-level access")
      : []),
    ...(flag(pick(inputs, "hierarchicalNamespace.enabled")) === true &&
    flag(pick(inputs, "versioning.enabled")) === true
      ? refuse("versioning.enabled", "isn't supported on buckets with a hierarchical namespace")
      : []),
    ...long(inputs, "customPlacementConfig.dataLocations", 2, 2),
    ...(isSet(inputs["logging"]) && !isSet(pick(inputs, "logging.logBucket"))
      ? refuse("logging.logBucket", "is required")
      : []),
    ...(isSet(inputs["website"]) &&
    !isSet(pick(inputs, "website.mainPageSuffix")) &&
    !isSet(pick(inputs, "website.notFoundPage"))
      ? refuse("website", "one of mainPageSuffix, notFoundPage must be specified")
      : []),
    ...lifecycle(inputs),
    ...retention(inputs, before),
  ],
  admit: keyUse,
  release: (moment) => {
    const objects = moment.account
      .all("gcp:storage/bucketObject:BucketObject")
      .filter((item) => item.inputs["bucket"] === moment.inputs["name"]);
    return (
      preventedBy(moment) ??
      (objects.length > 0 && flag(moment.inputs["forceDestroy"]) !== true
        ? `Error trying to delete bucket ${nameOf(moment)} containing objects without \`force_destroy\` set to true`
        : undefined)
    );
  },
  id: (moment) => nameOf(moment),
  outputs: (moment) => {
    const { inputs } = moment;
    const softDelete = number(pick(inputs, "softDeletePolicy.retentionDurationSeconds")) ?? 7 * day;
    const effective = text(pick(moment.old?.outputs, "softDeletePolicy.effectiveTime")) ?? moment.now;
    return {
      ...labelOutputs(moment),
      ...deletionPolicy(moment),
      ...since(moment, "timeCreated"),
      updated: moment.now,
      location: (text(inputs["location"]) ?? "").toUpperCase(),
      project: projectOf(moment),
      projectNumber: Number(projectNumber(projectOf(moment))),
      selfLink: `https://www.googleapis.com/storage/v1/b/${nameOf(moment)}`,
      url: `gs://${nameOf(moment)}`,
      publicAccessPrevention: inputs["publicAccessPrevention"] ?? "inherited",
      uniformBucketLevelAccess: inputs["uniformBucketLevelAccess"] ?? false,
      rpo: inputs["rpo"] ?? "",
      versioning: inputs["versioning"] ?? { enabled: false },
      softDeletePolicy: { effectiveTime: effective, retentionDurationSeconds: softDelete },
      ...(isSet(inputs["logging"])
        ? { logging: { logObjectPrefix: nameOf(moment), ...object(inputs["logging"]) } }
        : {}),
      ...(isSet(inputs["retentionPolicy"])
        ? { retentionPolicy: { isLocked: false, ...object(inputs["retentionPolicy"]) } }
        : {}),
    };
  },
  volatile: ["updated"],
  seconds: { create: 3, update: 2, delete: 3, source: "typical of provider logs: 1 to 5 s" },
};
