// Vended logs, version 2: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateDelivery.html
import { fits, long, oneOf, refuse } from "../limits";
import type { Item, Moment, Refusal, Row } from "../row";
import { pick, text } from "../values";
import { policyRefusals, principalRefusals } from "./policy-document";
import { arnOf, awsRow, regionOf, told } from "./row";
import { T } from "./types";

const sourceType = "aws:cloudwatch/logDeliverySource:LogDeliverySource";
const destinationType = "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination";
const named = (inputs: Moment["inputs"]) => fits(inputs, "name", /^[\w-]{1,60}$/, "1 to 60 letters, digits, _ and -");

const source = awsRow({
  type: sourceType,
  required: ["name"],
  immutable: ["logType", "name", "resourceArn"],
  unique: { by: ["name"], scope: "region" },
  references: [{ path: "resourceArn", to: [T.distribution], by: "arn", except: /^arn:[\w-]+:(?!cloudfront:)/ }],
  check: (moment) => [
    ...named(moment.inputs),
    ...(text(moment.inputs["resourceArn"])?.includes(":cloudfront:")
      ? [
          ...oneOf(moment.inputs, "logType", ["ACCESS_LOGS", "CONNECTION_LOGS"]),
          ...(regionOf(moment) === "us-east-1"
            ? []
            : refuse("resourceArn", "ValidationException: log deliveries of CloudFront are made in us-east-1")),
        ]
      : []),
  ],
  admit: ({ inputs, account, old }) => {
    const twin = account
      .all(sourceType)
      .find(
        (one) =>
          one.id !== old?.id &&
          one.inputs["resourceArn"] === inputs["resourceArn"] &&
          one.inputs["logType"] === inputs["logType"],
      );
    return twin
      ? refuse("resourceArn", `ConflictException: the delivery source ${twin.id} has this resource already`)
      : [];
  },
  id: ({ inputs }) => text(inputs["name"]) ?? "",
  outputs: (moment) => ({
    arn: arnOf(moment, "logs", `delivery-source:${moment.id}`),
    service: text(moment.inputs["resourceArn"])?.split(":")[2] ?? "",
  }),
  seconds: { create: 2, update: 2, delete: 2, source: "estimate" },
});

const kinds: Readonly<Record<string, string>> = { s3: "S3", logs: "CWL", firehose: "FH" };

const destination = awsRow({
  type: destinationType,
  required: ["name"],
  immutable: ["name", "outputFormat"],
  unique: { by: ["name"], scope: "region" },
  references: [
    {
      path: "deliveryDestinationConfiguration.destinationResourceArn",
      to: [T.bucket, T.logGroup],
      by: "arn",
      except: /:firehose:/,
    },
  ],
  check: ({ inputs }) => [
    ...named(inputs),
    ...oneOf(inputs, "outputFormat", ["json", "plain", "w3c", "raw", "parquet"]),
    ...oneOf(inputs, "deliveryDestinationType", ["CWL", "FH", "S3", "XRAY"]),
  ],
  id: ({ inputs }) => text(inputs["name"]) ?? "",
  outputs: (moment) => {
    const arn = text(pick(moment.inputs, "deliveryDestinationConfiguration.destinationResourceArn"));
    return {
      arn: arnOf(moment, "logs", `delivery-destination:${moment.id}`),
      deliveryDestinationType: moment.inputs["deliveryDestinationType"] ?? kinds[arn?.split(":")[2] ?? ""] ?? "",
    };
  },
  seconds: { create: 2, update: 2, delete: 2, source: "estimate" },
});

/** An empty field list means CloudFront's own. */
const delivery = awsRow({
  type: "aws:cloudwatch/logDelivery:LogDelivery",
  immutable: ["deliveryDestinationArn", "deliverySourceName"],
  unique: { by: ["deliveryDestinationArn", "deliverySourceName"], scope: "region" },
  references: [
    { path: "deliverySourceName", to: [sourceType], by: "name" },
    { path: "deliveryDestinationArn", to: [destinationType], by: "arn" },
  ],
  check: ({ inputs }) => [
    ...long(inputs, "fieldDelimiter", 0, 5),
    ...long(inputs, "recordFields", 0, 128),
    ...long(inputs, "s3DeliveryConfigurations", 0, 1),
    ...long(inputs, "s3DeliveryConfigurations.*.suffixPath", 1, 256),
  ],
  admit: twinKinds,
  id: (moment) => moment.random("id", 16, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
  outputs: (moment) => ({
    arn: arnOf(moment, "logs", `delivery:${moment.id}`),
    fieldDelimiter: moment.inputs["fieldDelimiter"] ?? "",
    recordFields: moment.inputs["recordFields"] ?? [],
  }),
  seconds: { create: 3, update: 3, delete: 2, source: "estimate" },
});

/** A source has one delivery to each kind of destination. */
function twinKinds({ inputs, account, old }: Moment): readonly Refusal[] {
  const kindOf = (arn: unknown): string | undefined =>
    told(account.find([destinationType], "arn", text(arn as string) ?? null), "deliveryDestinationType");
  const mine = kindOf(inputs["deliveryDestinationArn"]);
  const same = (one: Item) =>
    one.id !== old?.id &&
    one.inputs["deliverySourceName"] === inputs["deliverySourceName"] &&
    kindOf(one.inputs["deliveryDestinationArn"]) === mine;
  return account.all("aws:cloudwatch/logDelivery:LogDelivery").some(same)
    ? refuse(
        "deliverySourceName",
        `ConflictException: the source delivers to a destination of type ${mine ?? ""} already`,
      )
    : [];
}

const resourcePolicy = awsRow({
  type: T.logResourcePolicy,
  taggable: false,
  immutable: ["policyName"],
  unique: { by: ["policyName"], scope: "region" },
  check: (moment) => [
    ...policyRefusals(moment, "policyDocument", "resource"),
    ...(typeof moment.inputs["policyDocument"] === "string" ? long(moment.inputs, "policyDocument", 1, 5120) : []),
  ],
  admit: (moment) => [
    ...principalRefusals(moment, "policyDocument"),
    ...(moment.account
      .all(T.logResourcePolicy)
      .filter((one) => one.id !== moment.old?.id && told(one, "region") === regionOf(moment)).length >= 10
      ? refuse("policyName", "LimitExceededException: resource limit exceeded: ten policies a region")
      : []),
  ],
  id: ({ inputs }) => text(inputs["policyName"]) ?? text(inputs["resourceArn"]) ?? "",
  outputs: () => ({ policyScope: "ACCOUNT", revisionId: "" }),
  seconds: { create: 1, update: 1, delete: 1, source: "estimate" },
});

export const rows: readonly Row[] = [source, destination, delivery, resourcePolicy];
