// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html
import { each, fits, long, needs, oneOf, refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { flag, isKnown, list, object, text, texts } from "../values";
import { allowsService } from "./policy-document";
import { arnOf, arnPattern, arnRule, awsRow, regionOf, told } from "./row";
import { T } from "./types";

const service = "cloudtrail.amazonaws.com";

const trail = awsRow({
  type: T.trail,
  autoName: { property: "name", max: 128 },
  immutable: ["name"],
  unique: { by: ["name"], scope: "region" },
  references: [
    { path: "s3BucketName", to: [T.bucket], by: ["id", "bucket"], weak: true },
    { path: "kmsKeyId", to: [T.key], by: "arn", weak: true },
    { path: "cloudWatchLogsRoleArn", to: [T.role], by: "arn", weak: true },
    {
      path: "cloudWatchLogsGroupArn",
      to: [T.logGroup],
      by: "arn",
      within: /^(arn:[\w-]+:logs:.*:log-group:.+?)(?::\*)?$/,
      weak: true,
    },
  ],
  inputDefaults: () => ({
    enableLogFileValidation: false,
    enableLogging: true,
    includeGlobalServiceEvents: true,
    isMultiRegionTrail: false,
    isOrganizationTrail: false,
  }),
  check: ({ inputs }) => [
    ...fits(
      inputs,
      "name",
      /^(?=.{3,128}$)[a-zA-Z0-9]+([._-][a-zA-Z0-9]+)*$/,
      "3 to 128 letters and digits, parted by single . _ or -",
    ),
    ...fits(inputs, "kmsKeyId", arnPattern, arnRule),
    ...needs(inputs, "cloudWatchLogsGroupArn", undefined, "cloudWatchLogsRoleArn"),
    ...needs(inputs, "cloudWatchLogsRoleArn", undefined, "cloudWatchLogsGroupArn"),
    ...fits(
      inputs,
      "cloudWatchLogsGroupArn",
      /^arn:[\w-]+:logs:.*:log-group:.*:\*$/,
      "InvalidCloudWatchLogsLogGroupArnException: the ARN of a log group that ends in :*",
    ),
    ...oneOf(inputs, "insightSelectors.*.insightType", ["ApiCallRateInsight", "ApiErrorRateInsight"]),
    ...oneOf(inputs, "eventSelectors.*.readWriteType", ["All", "ReadOnly", "WriteOnly"]),
    ...oneOf(inputs, "advancedEventSelectors.*.fieldSelectors.*.field", fields),
    ...long(inputs, "advancedEventSelectors.*.name", 0, 1000),
    ...each(
      inputs,
      "advancedEventSelectors.*",
      (selector) => list(object(selector)["fieldSelectors"]).some((one) => object(one)["field"] === "eventCategory"),
      () => "InvalidEventSelectorsException: the field eventCategory is required in each selector",
    ),
    ...selectorRefusals(list(inputs["advancedEventSelectors"])),
    ...(inputs["isMultiRegionTrail"] === true && inputs["includeGlobalServiceEvents"] === false
      ? refuse(
          "includeGlobalServiceEvents",
          "InvalidParameterCombinationException: multi-Region trail must include global service events",
        )
      : []),
  ],
  admit: (moment) => [...storeRefusals(moment), ...keyRefusals(moment), ...quotaRefusals(moment)],
  id: (moment) => arnOf(moment, "cloudtrail", `trail/${text(moment.inputs["name"]) ?? ""}`),
  outputs: (moment) => ({
    arn: moment.id,
    homeRegion: regionOf(moment),
    isOrganizationTrail: flag(moment.inputs["isOrganizationTrail"]) ?? false,
    snsTopicArn: "",
  }),
  seconds: { create: 3, update: 2, delete: 1, source: "estimate" },
});

const fields = [
  "readOnly",
  "eventSource",
  "eventName",
  "eventCategory",
  "resources.type",
  "resources.ARN",
  "eventType",
  "sessionCredentialFromConsole",
  "userIdentity.arn",
  "errorCode",
  "vpcEndpointId",
];

/** Data events need exactly one kind of resource; management events know none. */
const selectorRefusals = (selectors: readonly Moment["inputs"][string][]): readonly Refusal[] =>
  selectors.flatMap((selector, index) => {
    const parts = list(object(selector)["fieldSelectors"]).map(object);
    const category = texts(parts.find((one) => one["field"] === "eventCategory")?.["equals"])[0];
    const kinds = parts.filter((one) => one["field"] === "resources.type");
    const wrong = (category === "Data" && kinds.length !== 1) || (category === "Management" && kinds.length > 0);
    return wrong
      ? refuse(
          `advancedEventSelectors.${index}`,
          `InvalidEventSelectorsException: resources.type is ${category === "Data" ? "required for" : "not valid with"} events of the category ${category}`,
        )
      : [];
  });

/** The bucket's policy must let CloudTrail look at its ACL and write. */
function storeRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const bucket = inputs["s3BucketName"];
  if (typeof bucket !== "string") return [];
  const policy = account.find(["aws:s3/bucketPolicy:BucketPolicy"], "bucket", bucket)?.outputs["policy"];
  const fine = ["s3:GetBucketAcl", "s3:PutObject"].every((action) => allowsService(policy ?? null, service, action));
  return fine
    ? []
    : refuse(
        "s3BucketName",
        `InsufficientS3BucketPolicyException: incorrect S3 bucket policy is detected for bucket: ${bucket}`,
      );
}

function keyRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const key = account.find([T.key], "arn", inputs["kmsKeyId"] ?? null);
  return key && isKnown(key.outputs["policy"]) && !allowsService(key.outputs["policy"], service, "kms:GenerateDataKey")
    ? refuse(
        "kmsKeyId",
        `InsufficientEncryptionPolicyException: insufficient permissions to access the KMS key ${told(key, "arn") ?? ""}`,
      )
    : [];
}

const quotaRefusals = (moment: Moment): readonly Refusal[] =>
  !moment.old && moment.account.all(T.trail).filter((one) => one.outputs["homeRegion"] === regionOf(moment)).length >= 5
    ? refuse(
        "name",
        "MaximumNumberOfTrailsExceededException: the account already has the maximum of 5 trails in this region",
      )
    : [];

export const rows: readonly Row[] = [trail];
