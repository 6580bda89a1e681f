// How long a bucket keeps what it holds. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
import { between, fits, long, oneOf, refuse } from "../limits";
import type { Props, Refusal, Row } from "../row";
import { isObject, isSet, list, number, object, pickAll, text } from "../values";
import { setting } from "./bucket-settings";

const storageClasses = ["GLACIER", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR"];
/** Transitions go this way, 30 days apart behind an infrequent-access class. */
const infrequentClass = /_IA$/;
const ruleActions = [
  "abortIncompleteMultipartUpload",
  "expiration",
  "noncurrentVersionExpiration",
  "noncurrentVersionTransitions",
  "transitions",
];

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html */
const lifecycle = setting({
  type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  check: ({ inputs }) => {
    const ids = pickAll(inputs, "rules.*.id").map(({ value }) => value);
    return [
      ...long(inputs, "rules", 1, 1000),
      ...(isSet(inputs["rules"]) ? [] : refuse("rules", "at least one rule is required")),
      ...(new Set(ids).size < ids.length ? refuse("rules", "InvalidArgument: rule ID must be unique") : []),
      ...fits(inputs, "rules.*.id", /^.{1,255}$/, "1 to 255 characters"),
      ...oneOf(inputs, "rules.*.status", ["Enabled", "Disabled"]),
      ...oneOf(inputs, "rules.*.transitions.*.storageClass", storageClasses),
      ...oneOf(inputs, "rules.*.noncurrentVersionTransitions.*.storageClass", storageClasses),
      ...between(inputs, "rules.*.abortIncompleteMultipartUpload.daysAfterInitiation", 1, 2147483647),
      ...between(inputs, "rules.*.noncurrentVersionExpiration.noncurrentDays", 1, 2147483647),
      ...between(inputs, "rules.*.expiration.days", 1, 2147483647),
      ...between(inputs, "rules.*.noncurrentVersionExpiration.newerNoncurrentVersions", 1, 100),
      ...between(inputs, "rules.*.noncurrentVersionTransitions.*.newerNoncurrentVersions", 1, 100),
      ...["rules.*.expiration.date", "rules.*.transitions.*.date"].flatMap((path) =>
        fits(inputs, path, /^\d{4}-\d\d-\d\d(T00:00:00(\.0+)?Z)?$/, "'Date' must be at midnight GMT: 2026-12-31"),
      ),
      ...oneOf(inputs, "transitionDefaultMinimumObjectSize", ["all_storage_classes_128K", "varies_by_storage_class"]),
      ...list(inputs["rules"]).flatMap((rule, index) => (isObject(rule) ? ruleRefusals(rule, `rules.${index}`) : [])),
    ];
  },
  outputs: ({ inputs }) => ({
    transitionDefaultMinimumObjectSize:
      text(inputs["transitionDefaultMinimumObjectSize"]) ?? "all_storage_classes_128K",
  }),
});

function ruleRefusals(rule: Props, at: string): readonly Refusal[] {
  const expiration = object(rule["expiration"]);
  const expires = number(expiration["days"]);
  const transitions = list(rule["transitions"]).map(object);
  const kinds = ["days", "date", "expiredObjectDeleteMarker"].filter(
    (name) => isSet(expiration[name]) && expiration[name] !== false && expiration[name] !== 0,
  );
  return [
    ...filterRefusals(rule, at),
    ...pathRefusals(transitions, expires, "days", `${at}.transitions`),
    ...pathRefusals(
      list(rule["noncurrentVersionTransitions"]).map(object),
      number(object(rule["noncurrentVersionExpiration"])["noncurrentDays"]),
      "noncurrentDays",
      `${at}.noncurrentVersionTransitions`,
    ),
    ...(ruleActions.some((action) => isSet(rule[action]))
      ? []
      : refuse(at, `InvalidRequest: at least one action needs to be specified in a rule: ${ruleActions.join(", ")}`)),
    ...(kinds.length > 1
      ? refuse(
          `${at}.expiration`,
          `MalformedXML: only one of days, date, expiredObjectDeleteMarker may be given, got ${kinds.join(" and ")}`,
        )
      : []),
  ];
}

/** What a rule is for: one condition, or several under `and`. */
function filterRefusals(rule: Props, at: string): readonly Refusal[] {
  const filter = object(rule["filter"]);
  const conditions = ["prefix", "tag", "and", "objectSizeGreaterThan", "objectSizeLessThan"].filter((name) =>
    isSet(filter[name]),
  );
  const tagged = isSet(filter["tag"]) || Object.keys(object(object(filter["and"])["tags"])).length > 0;
  const not = (action: string) => `InvalidRequest: ${action} cannot be specified with tags`;
  return [
    ...(conditions.length > 1
      ? refuse(`${at}.filter`, `MalformedXML: only one of ${conditions.join(", ")} may stand alone; put them under and`)
      : []),
    ...(conditions.length > 0 && typeof rule["prefix"] === "string" && rule["prefix"] !== ""
      ? refuse(`${at}.prefix`, `conflicts with ${at}.filter`)
      : []),
    ...(tagged && isSet(rule["abortIncompleteMultipartUpload"])
      ? refuse(`${at}.abortIncompleteMultipartUpload`, not("AbortIncompleteMultipartUpload"))
      : []),
    ...(tagged && object(rule["expiration"])["expiredObjectDeleteMarker"] === true
      ? refuse(`${at}.expiration.expiredObjectDeleteMarker`, not("ExpiredObjectDeleteMarker"))
      : []),
  ];
}

/** From class to class and to the end: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
function pathRefusals(steps: readonly Props[], end: number | undefined, days: string, at: string): readonly Refusal[] {
  const classes = steps.map((step) => text(step["storageClass"]));
  return steps.flatMap((step, index) => {
    const [after, to] = [number(step[days]), classes[index] ?? ""];
    if (isSet(step["date"]) && isSet(step["days"]))
      return refuse(`${at}.${index}.date`, `conflicts with ${at}.${index}.days`);
    if (classes.indexOf(to) < index)
      return refuse(
        `${at}.${index}.storageClass`,
        "InvalidArgument: 'StorageClass' must be different for 'Transition' actions in same 'Rule'",
      );
    if (after === undefined) return [];
    const from = steps.find(
      (one, other) =>
        other !== index &&
        infrequentClass.test(classes[other] ?? "") &&
        !infrequentClass.test(to) &&
        after < (number(one[days]) ?? 0) + 30 &&
        after >= (number(one[days]) ?? 0),
    );
    if (infrequentClass.test(to) && after < 30)
      return refuse(
        `${at}.${index}.${days}`,
        "InvalidArgument: 'Days' in Transition action must be greater than or equal to 30 for storageClass 'STANDARD_IA' and 'ONEZONE_IA'",
      );
    if (from !== undefined)
      return refuse(
        `${at}.${index}.${days}`,
        `InvalidArgument: 'Days' in the 'Transition' action for StorageClass '${to}' must be 30 days more than in that for StorageClass '${text(from["storageClass"]) ?? ""}'`,
      );
    return end !== undefined && after >= end
      ? refuse(
          `${at}.${index}.${days}`,
          "InvalidArgument: 'Days' in the Expiration action must be greater than 'Days' in the Transition action",
        )
      : [];
  });
}

export const rows: readonly Row[] = [lifecycle];
