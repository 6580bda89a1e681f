// https://docs.aws.amazon.com/Route53/latest/APIReference/Welcome.html: zones and what is signed and logged of them.
import { fits, long, oneOf, refuse } from "../limits";
import type { Item, Moment, Refusal, Row, Value } from "../row";
import { arn, DIGITS, UPPER } from "../shapes";
import { flag, text } from "../values";
import { allowsService } from "./policy-document";
import { awsRow, told } from "./row";
import { T } from "./types";

const upperId = (moment: Moment, length: number) => moment.random("id", length, UPPER + DIGITS);

/** Names end in a dot for Route 53, and in none for the provider. */
export const plainName = (value: Value | undefined): string => (text(value) ?? "").toLowerCase().replace(/\.$/, "");

const zone = awsRow({
  type: T.zone,
  global: true,
  required: ["name"],
  immutable: ["delegationSetId", "name"],
  references: [{ path: "vpcs.*.vpcId", to: [T.vpc, T.defaultVpc] }],
  inputDefaults: () => ({ comment: "Managed by Pulumi", forceDestroy: false }),
  check: ({ inputs }) => [
    ...fits(
      inputs,
      "name",
      /^(?=.{1,255}$)([a-zA-Z0-9_-]{1,63}\.)*[a-zA-Z0-9_-]{1,63}\.?$/,
      "labels of 1 to 63 letters, digits, - and _, parted by dots",
    ),
    ...long(inputs, "comment", 0, 256),
  ],
  release: ({ account, old }) => {
    const records = account.all(T.record).filter(({ outputs }) => outputs["zoneId"] === old?.id);
    return records.length > 0 && flag(old?.outputs["forceDestroy"]) !== true
      ? "HostedZoneNotEmpty: the specified hosted zone contains non-required resource record sets and so cannot be deleted"
      : undefined;
  },
  id: (moment) => `Z${upperId(moment, 20)}`,
  outputs: (moment) => {
    const servers = ["com", "net", "org", "co.uk"].map((end, index) => {
      const number = Number.parseInt(moment.random(`server ${index}`, 3), 16) % 512;
      return `ns-${number + index * 512}.awsdns-${String(number % 64).padStart(2, "0")}.${end}`;
    });
    return {
      arn: arn({ service: "route53", resource: `hostedzone/${moment.id}` }),
      zoneId: moment.id,
      name: plainName(moment.inputs["name"]),
      nameServers: [...servers].sort(),
      primaryNameServer: servers[0] ?? "",
      enableAcceleratedRecovery: flag(moment.inputs["enableAcceleratedRecovery"]) ?? false,
    };
  },
  seconds: { create: 45, update: 5, delete: 30, source: "estimate: 30 to 60 s until the change is INSYNC" },
});

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec-cmk-requirements.html */
function signingKeyRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const key = account.find([T.key], "arn", inputs["keyManagementServiceArn"] ?? null);
  if (!key) return [];
  const fitting =
    told(key, "customerMasterKeySpec") === "ECC_NIST_P256" &&
    told(key, "keyUsage") === "SIGN_VERIFY" &&
    allowsService(key.outputs["policy"] ?? null, "dnssec-route53.amazonaws.com", "kms:Sign");
  return fitting
    ? []
    : refuse(
        "keyManagementServiceArn",
        "InvalidKMSArn: the customer managed key must be an ECC_NIST_P256 key with usage SIGN_VERIFY that dnssec-route53.amazonaws.com may sign with",
      );
}

const signingKey = awsRow({
  type: T.signingKey,
  global: true,
  taggable: false,
  autoName: { property: "name", max: 128 },
  immutable: ["hostedZoneId", "keyManagementServiceArn", "name"],
  unique: { by: ["hostedZoneId", "name"], scope: "account" },
  references: [
    { path: "hostedZoneId", to: [T.zone] },
    { path: "keyManagementServiceArn", to: [T.key], by: "arn" },
  ],
  inputDefaults: () => ({ status: "ACTIVE" }),
  check: ({ inputs }) => [
    ...fits(inputs, "name", /^[a-zA-Z0-9_]{3,128}$/, "must contain 3 to 128 letters, digits and underscores"),
    ...oneOf(inputs, "status", ["ACTIVE", "INACTIVE"]),
    ...fits(
      inputs,
      "keyManagementServiceArn",
      /^arn:aws[\w-]*:kms:us-east-1:\d{12}:key\//,
      "the key must be in the us-east-1 region",
    ),
  ],
  admit: signingKeyRefusals,
  release: ({ account, old }) =>
    account.all(T.zoneSigning).some(({ outputs }) => outputs["hostedZoneId"] === old?.outputs["hostedZoneId"])
      ? "KeySigningKeyInUse: the key-signing key that you specified can't be deleted because it's the only one of a zone that signs"
      : undefined,
  id: ({ inputs }) => `${text(inputs["hostedZoneId"])},${text(inputs["name"])}`,
  outputs: (moment) => {
    const keyTag = Number.parseInt(moment.random("tag", 4), 16);
    const digestValue = moment.random("digest", 64).toUpperCase();
    const publicKey = `${moment.random("public", 86, UPPER)}==`;
    return {
      digestAlgorithmMnemonic: "SHA-256",
      digestAlgorithmType: 2,
      digestValue,
      dnskeyRecord: `257 3 13 ${publicKey}`,
      dsRecord: `${keyTag} 13 2 ${digestValue}`,
      flag: 257,
      keyTag,
      publicKey,
      signingAlgorithmMnemonic: "ECDSAP256SHA256",
      signingAlgorithmType: 13,
    };
  },
  seconds: { create: 35, update: 35, delete: 35, source: "estimate: until the change is INSYNC" },
});

const zoneSigning = awsRow({
  type: T.zoneSigning,
  global: true,
  taggable: false,
  immutable: ["hostedZoneId"],
  unique: { by: ["hostedZoneId"], scope: "account" },
  references: [{ path: "hostedZoneId", to: [T.zone] }],
  inputDefaults: () => ({ signingStatus: "SIGNING" }),
  check: ({ inputs }) => oneOf(inputs, "signingStatus", ["SIGNING", "NOT_SIGNING"]),
  admit: ({ inputs, account }) => {
    const active = (key: Item) =>
      key.outputs["hostedZoneId"] === inputs["hostedZoneId"] && key.outputs["status"] === "ACTIVE";
    return inputs["signingStatus"] === "NOT_SIGNING" || account.all(T.signingKey).some(active)
      ? []
      : refuse("hostedZoneId", "KeySigningKeyWithActiveStatusNotFound: the hosted zone has no active key-signing key");
  },
  id: ({ inputs }) => text(inputs["hostedZoneId"]) ?? "",
  outputs: () => ({}),
  seconds: { create: 40, update: 40, delete: 40, source: "estimate: until the change is INSYNC" },
});

const queryLog = awsRow({
  type: "aws:route53/queryLog:QueryLog",
  global: true,
  taggable: false,
  immutable: ["cloudwatchLogGroupArn", "zoneId"],
  unique: { by: ["zoneId"], scope: "account" },
  references: [
    { path: "zoneId", to: [T.zone] },
    { path: "cloudwatchLogGroupArn", to: [T.logGroup], by: "arn" },
  ],
  check: ({ inputs }) =>
    fits(
      inputs,
      "cloudwatchLogGroupArn",
      /^arn:aws[\w-]*:logs:us-east-1:\d{12}:log-group:/,
      "the log group must be in the us-east-1 region",
    ),
  admit: ({ inputs, account }) => {
    const group = text(inputs["cloudwatchLogGroupArn"]);
    if (group === undefined) return [];
    const allowed = account
      .all(T.logResourcePolicy)
      .some(({ outputs }) =>
        allowsService(outputs["policyDocument"] ?? null, "route53.amazonaws.com", "logs:PutLogEvents"),
      );
    return allowed
      ? []
      : refuse(
          "cloudwatchLogGroupArn",
          `InsufficientCloudWatchLogsResourcePolicy: no resource policy lets route53.amazonaws.com write to ${group}`,
        );
  },
  id: (moment) => {
    const hex = moment.random("id", 32);
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  },
  outputs: (moment) => ({ arn: arn({ service: "route53", resource: `queryloggingconfig/${moment.id}` }) }),
  seconds: { create: 2, delete: 2, source: "estimate" },
});

export const rows: readonly Row[] = [zone, signingKey, zoneSigning, queryLog];
