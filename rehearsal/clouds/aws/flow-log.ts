import { each, fits, oneOf, refuse } from "../limits";
import type { Item, Row } from "../row";
import { isSet, text } from "../values";
import { allowsService } from "./policy-document";
import { arnOf, arnPattern, arnRule, awsRow, ec2Id, plain } from "./row";
import { T } from "./types";

/** `${version} ${account-id} ...`: the fields of version 2. */
const defaultFormat =
  "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status"
    .split(" ")
    .map((field) => `\${${field}}`)
    .join(" ");

const sources = [
  "vpcId",
  "subnetId",
  "eniId",
  "transitGatewayId",
  "transitGatewayAttachmentId",
  "regionalNatGatewayId",
];

/** https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html */
const flowLog = awsRow({
  type: T.flowLog,
  immutable: [
    "deliverCrossAccountRole",
    "destinationOptions",
    "iamRoleArn",
    "logDestination",
    "logDestinationType",
    "logFormat",
    "maxAggregationInterval",
    "trafficType",
    ...sources,
  ],
  references: [
    { path: "vpcId", to: [T.vpc, T.defaultVpc], weak: true },
    { path: "subnetId", to: [T.subnet], weak: true },
    { path: "iamRoleArn", to: [T.role], by: "arn", weak: true },
    {
      path: "logDestination",
      to: [T.logGroup],
      by: "arn",
      within: /^(arn:[\w-]+:logs:.*:log-group:.+?)(?::\*)?$/,
      weak: true,
    },
    { path: "logDestination", to: [T.bucket], by: "arn", within: /^(arn:[\w-]+:s3:::[^/]+)/, weak: true },
  ],
  inputDefaults: () => ({ logDestinationType: "cloud-watch-logs", maxAggregationInterval: 600 }),
  check: ({ inputs }) => {
    const target = text(inputs["logDestinationType"]) ?? "cloud-watch-logs";
    const given = sources.filter((source) => isSet(inputs[source]));
    return [
      ...(given.length === 1 ? [] : refuse("vpcId", `exactly one of ${sources.join(", ")} must be specified`)),
      ...oneOf(inputs, "logDestinationType", ["cloud-watch-logs", "s3", "kinesis-data-firehose"]),
      ...oneOf(inputs, "trafficType", ["ACCEPT", "REJECT", "ALL"]),
      ...oneOf(inputs, "maxAggregationInterval", [60, 600]),
      ...(!isSet(inputs["trafficType"]) && given.some((source) => ["vpcId", "subnetId", "eniId"].includes(source))
        ? refuse("trafficType", "MissingParameter: the request must contain the parameter TrafficType")
        : []),
      ...(isSet(inputs["logDestination"])
        ? []
        : refuse("logDestination", "MissingParameter: the request must contain the parameter LogDestination")),
      ...fits(inputs, "logDestination", arnPattern, arnRule),
      ...fits(inputs, "iamRoleArn", arnPattern, arnRule),
      ...(target === "cloud-watch-logs" && !isSet(inputs["iamRoleArn"])
        ? refuse(
            "iamRoleArn",
            "InvalidParameter: DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs",
          )
        : []),
      ...(target === "s3" && isSet(inputs["iamRoleArn"])
        ? refuse("iamRoleArn", "InvalidParameter: DeliverLogsPermissionArn is not applicable for s3 delivery")
        : []),
      ...each(
        inputs,
        "logDestination",
        (value) => target !== "s3" || /:s3:::/.test(plain(value)),
        (value) => `${value} is not the ARN of a bucket`,
      ),
    ];
  },
  admit: ({ inputs, account, old }) => {
    const role = account.find([T.role], "arn", inputs["iamRoleArn"] ?? null);
    const same = (one: Item) =>
      ["trafficType", "logDestination", ...sources].every(
        (name) => (one.inputs[name] ?? null) === (inputs[name] ?? null),
      );
    const twin = account.all(T.flowLog).find((one) => one.id !== old?.id && same(one));
    return [
      ...(twin
        ? refuse(
            "logDestination",
            "FlowLogAlreadyExists: there is an existing flow log with the same configuration and log destination",
          )
        : []),
      ...(role &&
      !allowsService(role.outputs["assumeRolePolicy"] ?? null, "vpc-flow-logs.amazonaws.com", "sts:AssumeRole")
        ? refuse(
            "iamRoleArn",
            `InvalidParameter: unable to assume given IAM role ${text(inputs["iamRoleArn"]) ?? ""}: it does not trust vpc-flow-logs.amazonaws.com`,
          )
        : []),
    ];
  },
  id: (moment) => ec2Id(moment, "fl"),
  outputs: (moment) => ({
    arn: arnOf(moment, "ec2", `vpc-flow-log/${moment.id}`),
    logFormat: text(moment.inputs["logFormat"]) ?? defaultFormat,
  }),
  seconds: { create: 2, delete: 2, source: "estimate" },
});

export const rows: readonly Row[] = [flowLog];
