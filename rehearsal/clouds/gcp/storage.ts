import { between, each, exclusive, fits, oneOf, refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { flag, isSet, list, number, object, pick, pickAll, text } from "../values";
import { deletionPolicy, labelOutputs, labelSecrets, labels, nameOf, preventedBy, projectOf, since } from "./common";
import { projectNumber } from "./place";
import { dualRegions, multiRegions, regions } from "./regions";

export const bucketType = "gcp:storage/bucket:Bucket";
const classes = [
  "STANDARD",
  "MULTI_REGIONAL",
  "REGIONAL",
  "NEARLINE",
  "COLDLINE",
  "ARCHIVE",
  "DURABLE_REDUCED_AVAILABILITY",
];
const locations = [...multiRegions, ...dualRegions, ...Object.keys(regions)];
const day = 86_400;

/** https://cloud.google.com/storage/docs/buckets#naming */
function bucketName(inputs: Moment["inputs"]): readonly Refusal[] {
  const shape = /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/;
  const rule =
    "3 to 63 lower case letters, digits, -, _ and . (each part between dots 63, together 222), beginning and ending with a letter or digit";
  return each(
    inputs,
    "name",
    (value) => {
      const name = String(value);
      const most = name.includes(".") ? 222 : 63;
      return (
        shape.test(name) &&
        name.length >= 3 &&
        name.length <= most &&
        name.split(".").every((part) => part.length <= 63 && part.length > 0) &&
        !/^\d{1,3}(\.\d{1,3}){3}$/.test(name) &&
        !name.startsWith("goog") &&
        !/g[o0]{2}gle/.test(name)
      );
    },
    (value) =>
      `Invalid bucket name: ${value}. Allowed: ${rule}; not an IP address, not "goog" in front, nothing like "google"`,
  );
}

/** Actions and conditions of lifecycle rules. https://cloud.google.com/storage/docs/lifecycle */
function lifecycle(inputs: Moment["inputs"]): Refusal[] {
  const rules = pickAll(inputs, "lifecycleRules.*");
  return [
    ...(rules.length > 100 ? refuse("lifecycleRules", `${rules.length} rules; a bucket has 100 at most`) : []),
    ...oneOf(inputs, "lifecycleRules.*.action.type", ["Delete", "SetStorageClass", "AbortIncompleteMultipartUpload"]),
    ...oneOf(inputs, "lifecycleRules.*.action.storageClass", classes),
    ...oneOf(inputs, "lifecycleRules.*.condition.withState", ["LIVE", "ARCHIVED", "ANY", ""]),
    ...oneOf(inputs, "lifecycleRules.*.condition.matchesStorageClasses.*", classes),
    ...between(inputs, "lifecycleRules.*.condition.age", 0, 36_500),
    ...between(inputs, "lifecycleRules.*.condition.daysSinceNoncurrentTime", 0, 36_500),
    ...rules.flatMap(({ path, value }) => {
      const [type, condition] = [text(pick(value, "action.type")), object(pick(value, "condition"))];
      const given = Object.keys(condition).filter((key) => isSet(condition[key]));
      return [
        ...(type === undefined ? refuse(`${path}.action`, "an action of one type is required") : []),
        ...(given.length === 0 && isSet(pick(value, "condition"))
          ? refuse(`${path}.condition`, "at least one condition is required")
          : []),
        ...(isSet(pick(value, "condition")) ? [] : refuse(`${path}.condition`, "is required")),
        ...(type === "SetStorageClass" && !isSet(pick(value, "action.storageClass"))
          ? refuse(`${path}.action.storageClass`, "is required for SetStorageClass")
          : []),
        ...(type !== undefined && type !== "SetStorageClass" && isSet(pick(value, "action.storageClass"))
          ? refuse(`${path}.action.storageClass`, `isn't allowed for ${type}`)
          : []),
        ...(type === "AbortIncompleteMultipartUpload"
          ? given
              .filter((key) => !["age", "matchesPrefixes", "matchesSuffixes"].includes(key))
              .flatMap((key) =>
                refuse(
                  `${path}.condition.${key}`,
                  "AbortIncompleteMultipartUpload goes by age, prefix and suffix only",
                ),
              )
          : []),
      ];
    }),
  ];
}

function retention(inputs: Moment["inputs"], old?: Moment["old"]): Refusal[] {
  const policy = object(inputs["retentionPolicy"]);
  const before = object(old?.inputs["retentionPolicy"]);
  const period = Number(policy["retentionPeriod"]);
  return [
    ...each(
      inputs,
      "retentionPolicy.retentionPeriod",
      (value) => Number.isInteger(Number(value)) && Number(value) >= 1 && Number(value) < 3_155_760_000,
      (value) => `must be seconds, from 1 to less than 3155760000, got ${value}`,
    ),
    ...(isSet(inputs["retentionPolicy"]) && !isSet(policy["retentionPeriod"])
      ? refuse("retentionPolicy.retentionPeriod", "is required")
      : []),
    ...(isSet(inputs["retentionPolicy"]) && flag(pick(inputs, "versioning.enabled")) === true
      ? refuse("versioning", "Object Versioning and a retention policy exclude each other on one bucket")
      : []),
    ...(flag(before["isLocked"]) === true &&
    isSet(policy["retentionPeriod"]) &&
    period < Number(before["retentionPeriod"])
      ? refuse(
          "retentionPolicy.retentionPeriod",
          `Cannot reduce retention duration of a locked Retention Policy for bucket '${text(inputs["name"])}'.`,
        )
      : []),
    ...(flag(before["isLocked"]) === true && !isSet(inputs["retentionPolicy"])
      ? refuse("retentionPolicy", `Cannot remove a locked Retention Policy from bucket '${text(inputs["name"])}'.`)
      : []),
  ];
}

/** A default key in the bucket's own place, usable by the project's Cloud Storage agent: both are tried at once. */
function keyUse({ inputs, account, place }: Moment): Refusal[] {
  const key = text(pick(inputs, "encryption.defaultKmsKeyName"));
  if (key === undefined) return [];
  const property = "encryption.defaultKmsKeyName";
  const [where, location] = [
    /\/locations\/([^/]+)\//.exec(key)?.[1] ?? "",
    (text(inputs["location"]) ?? "").toLowerCase(),
  ];
  const agent = storageAgent(text(inputs["project"]) ?? place.account);
  const may = (item: { inputs: Moment["inputs"] }) =>
    item.inputs["cryptoKeyId"] === key &&
    /cryptoKeyEncrypterDecrypter|roles\/cloudkms\.admin$|^roles\/owner$/.test(text(item.inputs["role"]) ?? "");
  const granted =
    account
      .all("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember")
      .some((item) => may(item) && item.inputs["member"] === `serviceAccount:${agent}`) ||
    account
      .all("gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding")
      .some((item) => may(item) && list(item.inputs["members"]).includes(`serviceAccount:${agent}`)) ||
    account.find(["gcp:kms/cryptoKey:CryptoKey"], "id", key) === undefined;
  return [
    ...(where.toLowerCase() !== location
      ? refuse(
          property,
          `the key is in ${where}, the bucket in ${location}: a default key must be in the bucket's location`,
        )
      : []),
    ...(granted
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
  required: ["location", "name"],
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
  inputDefaults: () => ({ forceDestroy: false, storageClass: "STANDARD" }),
  check: ({ inputs, old }) => [
    ...bucketName(inputs),
    ...labels(inputs),
    ...each(
      inputs,
      "location",
      (value) => locations.includes(String(value).toLowerCase()),
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
    ...exclusive(inputs, "hierarchicalNamespace.enabled", "versioning.enabled"),
    ...(isSet(inputs["logging"]) && !isSet(pick(inputs, "logging.logBucket"))
      ? refuse("logging.logBucket", "is required")
      : []),
    ...(isSet(inputs["website"]) &&
    !isSet(pick(inputs, "website.mainPageSuffix")) &&
    !isSet(pick(inputs, "website.notFoundPage"))
      ? refuse("website", "one of mainPageSuffix, notFoundPage must be specified")
      : []),
    ...lifecycle(inputs),
    ...retention(inputs, old),
  ],
  admit: keyUse,
  release: (moment) => {
    const objects = moment.account.all(objectType).filter((item) => item.inputs["bucket"] === moment.inputs["name"]);
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

export const objectType = "gcp:storage/bucketObject:BucketObject";

/** Not the content: only that there is something, which keeps its bucket from being deleted. */
export const bucketObject: Row = {
  type: objectType,
  autoName: { property: "name", max: 255 },
  required: ["bucket", "name"],
  immutable: [
    "bucket",
    "name",
    "cacheControl",
    "contentDisposition",
    "contentEncoding",
    "contentLanguage",
    "contentType",
    "kmsKeyName",
    "storageClass",
  ],
  unique: { by: ["bucket", "name"], scope: "world" },
  references: [
    { path: "bucket", to: [bucketType], by: ["name", "id"], weak: true },
    { path: "kmsKeyName", to: ["gcp:kms/cryptoKey:CryptoKey"] },
  ],
  check: ({ inputs }) => [
    ...exclusive(inputs, "content", "source"),
    ...(isSet(inputs["content"]) || isSet(inputs["source"])
      ? []
      : refuse("source", "one of content, source must be specified")),
    ...fits(inputs, "name", /^[^\r\n]{1,1024}$/, "1 to 1024 bytes without line breaks"),
    ...oneOf(inputs, "storageClass", classes),
  ],
  release: ({ inputs, account, now, old }) => {
    const parent = account.find([bucketType], "name", inputs["bucket"] ?? null);
    const period = Number(pick(parent?.inputs, "retentionPolicy.retentionPeriod"));
    const age = (Date.parse(now) - Date.parse(text(old?.outputs["timeCreated"]) ?? now)) / 1000;
    return period > age
      ? `Error 403: Object '${text(inputs["bucket"])}/${text(inputs["name"])}' is subject to bucket's retention policy or object retention and cannot be deleted or overwritten until ${new Date(Date.parse(now) + (period - age) * 1000).toISOString()}, retentionPolicyNotMet`
      : undefined;
  },
  id: ({ inputs }) => `${text(inputs["bucket"])}-${text(inputs["name"])}`,
  outputs: (moment) => ({
    ...since(moment, "timeCreated"),
    crc32c: `${moment.random("crc32c", 6, "ABCDEFGHIJKLMNOP")}==`,
    md5hash: `${moment.random("md5", 22, "ABCDEFGHIJKLMNOP")}==`,
    generation: Number(moment.random("generation", 15, "123456789")),
    kmsKeyName: moment.inputs["kmsKeyName"] ?? "",
    storageClass: moment.inputs["storageClass"] ?? "STANDARD",
    contentType: moment.inputs["contentType"] ?? "text/plain; charset=utf-8",
    outputName: text(moment.inputs["name"]) ?? "",
    selfLink: `https://www.googleapis.com/storage/v1/b/${text(moment.inputs["bucket"])}/o/${encodeURIComponent(text(moment.inputs["name"]) ?? "")}`,
    mediaLink: `https://storage.googleapis.com/download/storage/v1/b/${text(moment.inputs["bucket"])}/o/${encodeURIComponent(text(moment.inputs["name"]) ?? "")}?alt=media`,
  }),
  seconds: { create: 1, update: 1, delete: 1, source: "estimate: one small upload" },
};
