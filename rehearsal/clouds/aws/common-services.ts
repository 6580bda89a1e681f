// What programs use beside a platform most: topics, queues, tables.
import { between, each, fits, oneOf, refuse } from "../limits";
import type { Row } from "../row";
import { flag, isObject, isSet, list, number, text } from "../values";
import { policyRefusals } from "./policy-document";
import { arnOf, awsRow, regionOf } from "./row";
import { T } from "./types";

/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
const topic = awsRow({
  type: "aws:sns/topic:Topic",
  autoName: { property: "name", max: 256 },
  immutable: ["fifoTopic", "name", "namePrefix"],
  unique: { by: ["name"], scope: "region" },
  references: [{ path: "kmsMasterKeyId", to: [T.key], by: ["arn", "id"], except: /alias\//, weak: true }],
  inputDefaults: () => ({ contentBasedDeduplication: false, fifoTopic: false }),
  check: (moment) => [
    ...fits(
      moment.inputs,
      "name",
      /^[a-zA-Z0-9_-]{1,256}(\.fifo)?$/,
      "1 to 256 letters, digits, _ and -, .fifo at its end for FIFO topics",
    ),
    ...policyRefusals(moment, "policy", "resource"),
  ],
  id: (moment) => arnOf(moment, "sns", text(moment.inputs["name"]) ?? ""),
  outputs: (moment) => ({
    arn: moment.id,
    owner: moment.place.account,
    policy: moment.inputs["policy"] ?? "",
    namePrefix: "",
    signatureVersion: number(moment.inputs["signatureVersion"]) ?? 0,
    tracingConfig: text(moment.inputs["tracingConfig"]) ?? "",
  }),
  seconds: { create: 1, update: 1, delete: 1, source: "estimate" },
});

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const queue = awsRow({
  type: "aws:sqs/queue:Queue",
  autoName: { property: "name", max: 80 },
  immutable: ["fifoQueue", "name", "namePrefix"],
  unique: { by: ["name"], scope: "region" },
  references: [{ path: "kmsMasterKeyId", to: [T.key], by: ["arn", "id"], except: /alias\//, weak: true }],
  inputDefaults: () => ({
    contentBasedDeduplication: false,
    delaySeconds: 0,
    fifoQueue: false,
    maxMessageSize: 262144,
    messageRetentionSeconds: 345600,
    receiveWaitTimeSeconds: 0,
    visibilityTimeoutSeconds: 30,
  }),
  check: (moment) => [
    ...fits(
      moment.inputs,
      "name",
      /^[a-zA-Z0-9_-]{1,80}$|^[a-zA-Z0-9_-]{1,75}\.fifo$/,
      "1 to 80 letters, digits, _ and -, .fifo at its end for FIFO queues",
    ),
    ...between(moment.inputs, "delaySeconds", 0, 900),
    ...between(moment.inputs, "maxMessageSize", 1024, 1048576),
    ...between(moment.inputs, "messageRetentionSeconds", 60, 1209600),
    ...between(moment.inputs, "receiveWaitTimeSeconds", 0, 20),
    ...between(moment.inputs, "visibilityTimeoutSeconds", 0, 43200),
    ...policyRefusals(moment, "policy", "resource"),
  ],
  id: ({ inputs, place }) =>
    `https://sqs.${text(inputs["region"]) ?? place.region}.amazonaws.com/${place.account}/${text(inputs["name"]) ?? ""}`,
  outputs: (moment) => ({
    arn: arnOf(moment, "sqs", text(moment.inputs["name"]) ?? ""),
    url: moment.id,
    namePrefix: "",
    policy: moment.inputs["policy"] ?? "",
    kmsDataKeyReusePeriodSeconds: number(moment.inputs["kmsDataKeyReusePeriodSeconds"]) ?? 300,
    sqsManagedSseEnabled: flag(moment.inputs["sqsManagedSseEnabled"]) ?? !isSet(moment.inputs["kmsMasterKeyId"]),
  }),
  // The provider waits until the attributes read back the same.
  seconds: { create: 26, update: 5, delete: 3, source: "estimate" },
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html */
const table = awsRow({
  type: "aws:dynamodb/table:Table",
  autoName: { property: "name", max: 255 },
  immutable: ["hashKey", "localSecondaryIndexes", "name", "rangeKey"],
  unordered: ["attributes", "globalSecondaryIndexes", "localSecondaryIndexes", "replicas"],
  unique: { by: ["name"], scope: "region" },
  inputDefaults: () => ({ billingMode: "PROVISIONED" }),
  check: ({ inputs }) => {
    const names = list(inputs["attributes"]).map((one) => (isObject(one) ? one["name"] : undefined));
    const unknown = !names.every((name) => typeof name === "string");
    const missing = [inputs["hashKey"], inputs["rangeKey"]].find(
      (key) => typeof key === "string" && !names.includes(key),
    );
    return [
      ...fits(inputs, "name", /^[a-zA-Z0-9_.-]{3,255}$/, "3 to 255 letters, digits, _ - and ."),
      ...oneOf(inputs, "billingMode", ["PROVISIONED", "PAY_PER_REQUEST"]),
      ...oneOf(inputs, "attributes.*.type", ["S", "N", "B"]),
      ...(!unknown && typeof missing === "string"
        ? refuse("attributes", `all indexes must match a defined attribute: ${missing} is not defined`)
        : []),
      ...(inputs["billingMode"] === "PROVISIONED"
        ? ["readCapacity", "writeCapacity"].flatMap((name) =>
            isSet(inputs[name]) ? [] : refuse(name, 'must be at least 1 when billingMode is "PROVISIONED"'),
          )
        : []),
      ...each(
        inputs,
        "streamViewType",
        (kind) => ["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", ""].includes(text(kind) ?? ""),
        (kind) => `expected KEYS_ONLY, NEW_IMAGE, OLD_IMAGE or NEW_AND_OLD_IMAGES, got ${kind}`,
      ),
    ];
  },
  release: ({ old }) =>
    old?.outputs["deletionProtectionEnabled"] === true
      ? "ValidationException: resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first"
      : undefined,
  id: ({ inputs }) => text(inputs["name"]) ?? "",
  outputs: (moment) => {
    const stream = moment.inputs["streamEnabled"] === true;
    const label = stream ? (text(moment.old?.outputs["streamLabel"] ?? null) ?? moment.now.replace("Z", "")) : "";
    return {
      arn: arnOf(moment, "dynamodb", `table/${moment.id}`),
      region: regionOf(moment),
      readCapacity: number(moment.inputs["readCapacity"]) ?? 0,
      writeCapacity: number(moment.inputs["writeCapacity"]) ?? 0,
      serverSideEncryption: moment.inputs["serverSideEncryption"] ?? { enabled: false, kmsKeyArn: "" },
      streamLabel: label,
      streamArn: stream ? arnOf(moment, "dynamodb", `table/${moment.id}/stream/${label}`) : "",
      streamViewType: text(moment.inputs["streamViewType"]) ?? "",
      tableClass: text(moment.inputs["tableClass"]) ?? "STANDARD",
    };
  },
  seconds: { create: 12, update: 10, delete: 5, source: "estimate" },
});

export const rows: readonly Row[] = [topic, queue, table];
