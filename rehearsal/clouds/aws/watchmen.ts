// What looks after a whole account in a region: each exists once there.
import { fits, long, oneOf, refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { HEX } from "../shapes";
import { flag, list, text, texts } from "../values";
import { arnOf, awsRow, regionOf } from "./row";
import { T } from "./types";

/** A second one in the same account and region is refused in these words. */
const once = (moment: Moment, type: string, property: string, reason: string): readonly Refusal[] =>
  !moment.old && moment.account.all(type).some((one) => (text(one.outputs["region"]) ?? "") === regionOf(moment))
    ? refuse(property, reason)
    : [];

const detector = awsRow({
  type: T.detector,
  inputDefaults: () => ({ enable: true }),
  check: ({ inputs }) => oneOf(inputs, "findingPublishingFrequency", ["FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"]),
  admit: (moment) =>
    once(
      moment,
      T.detector,
      "enable",
      "BadRequestException: the request is rejected because a detector already exists for the current account",
    ),
  id: (moment) => moment.random("id", 32, HEX),
  outputs: (moment) => ({
    accountId: moment.place.account,
    arn: arnOf(moment, "guardduty", `detector/${moment.id}`),
    datasources: moment.inputs["datasources"] ?? {},
    findingPublishingFrequency: text(moment.inputs["findingPublishingFrequency"]) ?? "SIX_HOURS",
  }),
  seconds: { create: 2, update: 1, delete: 1, source: "estimate" },
});

const features = [
  "S3_DATA_EVENTS",
  "EKS_AUDIT_LOGS",
  "EBS_MALWARE_PROTECTION",
  "RDS_LOGIN_EVENTS",
  "EKS_RUNTIME_MONITORING",
  "LAMBDA_NETWORK_LOGS",
  "RUNTIME_MONITORING",
];

const detectorFeature = awsRow({
  type: T.detectorFeature,
  taggable: false,
  autoName: { property: "name", max: 100, random: 0, separator: "" },
  immutable: ["detectorId", "name"],
  unique: { by: ["detectorId", "name"], scope: "region" },
  references: [{ path: "detectorId", to: [T.detector], inside: true }],
  check: ({ inputs }) => [
    ...oneOf(inputs, "name", features),
    ...oneOf(inputs, "status", ["ENABLED", "DISABLED"]),
    ...oneOf(inputs, "additionalConfigurations.*.name", [
      "EKS_ADDON_MANAGEMENT",
      "ECS_FARGATE_AGENT_MANAGEMENT",
      "EC2_AGENT_MANAGEMENT",
    ]),
  ],
  id: ({ inputs }) => `${text(inputs["detectorId"]) ?? ""}/${text(inputs["name"]) ?? ""}`,
  outputs: () => ({}),
  seconds: { create: 1, update: 1, delete: 0, source: "estimate" },
});

const analyzer = awsRow({
  type: T.analyzer,
  immutable: ["analyzerName", "type"],
  unique: { by: ["analyzerName"], scope: "region" },
  inputDefaults: () => ({ type: "ACCOUNT" }),
  check: ({ inputs }) => [
    ...fits(
      inputs,
      "analyzerName",
      /^[A-Za-z][A-Za-z0-9_.-]{0,254}$/,
      "1 to 255 letters, digits and _ . -, beginning with a letter",
    ),
    ...oneOf(inputs, "type", [
      "ACCOUNT",
      "ORGANIZATION",
      "ACCOUNT_UNUSED_ACCESS",
      "ORGANIZATION_UNUSED_ACCESS",
      "ACCOUNT_INTERNAL_ACCESS",
      "ORGANIZATION_INTERNAL_ACCESS",
    ]),
  ],
  admit: (moment) =>
    moment.inputs["type"] === "ACCOUNT"
      ? once(
          moment,
          T.analyzer,
          "type",
          "ServiceQuotaExceededException: you have reached the maximum number of 1 account analyzer in this region",
        )
      : [],
  id: ({ inputs }) => text(inputs["analyzerName"]) ?? "",
  outputs: (moment) => ({ arn: arnOf(moment, "access-analyzer", `analyzer/${moment.id}`) }),
  seconds: { create: 2, update: 1, delete: 1, source: "estimate" },
});

const inspector = awsRow({
  type: T.inspector,
  taggable: false,
  unordered: ["accountIds", "resourceTypes"],
  check: ({ inputs }) => [
    ...oneOf(inputs, "resourceTypes.*", ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE", "CODE_REPOSITORY"]),
    ...long(inputs, "resourceTypes", 1, 5),
    ...fits(inputs, "accountIds.*", /^\d{12}$/, "an account id of 12 digits"),
    ...(texts(inputs["resourceTypes"]).includes("LAMBDA_CODE") && !texts(inputs["resourceTypes"]).includes("LAMBDA")
      ? refuse("resourceTypes", "LAMBDA_CODE needs LAMBDA as well")
      : []),
  ],
  immutable: ["accountIds"],
  id: ({ inputs }) =>
    `${texts(inputs["accountIds"]).join(":")}-${[...list(inputs["resourceTypes"])]
      .map((one) => text(one) ?? "")
      .sort()
      .join(":")}`,
  outputs: () => ({}),
  seconds: { create: 30, update: 30, delete: 30, source: "estimate" },
});

const securityHub = awsRow({
  type: T.securityHub,
  taggable: false,
  immutable: ["enableDefaultStandards"],
  inputDefaults: () => ({ autoEnableControls: true, enableDefaultStandards: true }),
  check: ({ inputs }) => oneOf(inputs, "controlFindingGenerator", ["SECURITY_CONTROL", "STANDARD_CONTROL"]),
  admit: (moment) =>
    once(
      moment,
      T.securityHub,
      "enableDefaultStandards",
      "ResourceConflictException: account is already subscribed to Security Hub",
    ),
  id: ({ place }) => place.account,
  outputs: (moment) => ({
    arn: arnOf(moment, "securityhub", "hub/default"),
    autoEnableControls: flag(moment.inputs["autoEnableControls"]) ?? true,
    controlFindingGenerator: text(moment.inputs["controlFindingGenerator"]) ?? "SECURITY_CONTROL",
  }),
  seconds: { create: 3, update: 1, delete: 2, source: "estimate" },
});

export const rows: readonly Row[] = [detector, detectorFeature, analyzer, inspector, securityHub];
