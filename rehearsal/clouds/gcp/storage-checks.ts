import { between, each, oneOf, refuse } from "../limits";
import type { Moment, Refusal } from "../row";
import { flag, isObject, isSet, object, pick, pickAll, text } from "../values";
import { said } from "./common";

export const classes = [
  "STANDARD",
  "MULTI_REGIONAL",
  "REGIONAL",
  "NEARLINE",
  "COLDLINE",
  "ARCHIVE",
  "DURABLE_REDUCED_AVAILABILITY",
];

/** https://cloud.google.com/storage/docs/buckets#naming */
export function bucketName(inputs: Moment["inputs"]): readonly Refusal[] {
  const shape = /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/;
  const rule =
    "3 to 63 lower case letters, digits, -, _ and . (each part between dots 63, together 222), beginning and ending with a letter or digit";
  return each(
    inputs,
    "name",
    (value) => {
      const name = said(value);
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
export function lifecycle(inputs: Moment["inputs"]): Refusal[] {
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
      if (!isObject(value)) return [];
      const [type, condition] = [text(pick(value, "action.type")), object(pick(value, "condition"))];
      const given = Object.keys(condition).filter((key) => isSet(condition[key]));
      return [
        ...(!isSet(pick(value, "action.type")) ? refuse(`${path}.action`, "an action of one type is required") : []),
        ...(given.length === 0 && isObject(pick(value, "condition"))
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

/** `was`: the inputs that the bucket has. */
export function retention(inputs: Moment["inputs"], was?: Moment["before"]): Refusal[] {
  const policy = object(inputs["retentionPolicy"]);
  const before = object(was?.["retentionPolicy"]);
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
