// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
import { fits, oneOf, refuse } from "../limits";
import type { Row } from "../row";
import { flag, text } from "../values";
import { allowsService } from "./policy-document";
import { arnOf, arnPattern, arnRule, awsRow, regionOf, told } from "./row";
import { T } from "./types";

/** PutRetentionPolicy's list; 0 keeps logs for ever. */
const retention = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const logGroup = awsRow({
  type: T.logGroup,
  autoName: { property: "name", max: 512 },
  immutable: ["logGroupClass", "name", "namePrefix"],
  unique: { by: ["name"], scope: "region" },
  references: [{ path: "kmsKeyId", to: [T.key], by: "arn", weak: true }],
  inputDefaults: () => ({ retentionInDays: 0, skipDestroy: false }),
  check: ({ inputs }) => [
    ...fits(
      inputs,
      "name",
      /^(?!aws\/)[.\-_/#A-Za-z0-9]{1,512}$/,
      "1 to 512 characters from a-z, A-Z, 0-9, _ - / . #, not beginning with aws/",
    ),
    ...oneOf(inputs, "retentionInDays", retention),
    ...oneOf(inputs, "logGroupClass", ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"]),
    ...fits(inputs, "kmsKeyId", arnPattern, arnRule),
  ],
  admit: (moment) => {
    const key = moment.account.find([T.key], "arn", moment.inputs["kmsKeyId"] ?? null);
    const service = `logs.${regionOf(moment)}.amazonaws.com`;
    return key && !allowsService(key.outputs["policy"] ?? null, service, "kms:Encrypt")
      ? refuse(
          "kmsKeyId",
          `AccessDeniedException: the specified KMS key does not exist or is not allowed to be used with this log group: the policy of ${told(key, "arn") ?? ""} does not let ${service} in`,
        )
      : [];
  },
  release: ({ old }) =>
    old?.outputs["deletionProtectionEnabled"] === true
      ? "OperationAbortedException: deletion protection is enabled on the log group"
      : undefined,
  id: ({ inputs }) => text(inputs["name"]) ?? "",
  outputs: (moment) => ({
    arn: arnOf(moment, "logs", `log-group:${moment.id}`),
    deletionProtectionEnabled: flag(moment.inputs["deletionProtectionEnabled"]) ?? false,
    kmsKeyId: text(moment.inputs["kmsKeyId"]) ?? "",
    logGroupClass: text(moment.inputs["logGroupClass"]) ?? "STANDARD",
    namePrefix: "",
  }),
  seconds: { create: 1, update: 1, delete: 1, source: "estimate" },
});

export const rows: readonly Row[] = [logGroup];
