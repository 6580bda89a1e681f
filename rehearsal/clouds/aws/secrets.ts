// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
import { each, exclusive, fits, long, refuse } from "../limits";
import type { Moment, Props, Refusal, Row } from "../row";
import { HEX, uuid } from "../shapes";
import { isSet, list, object, text } from "../values";
import { policyRefusals } from "./policy-document";
import { arnOf, awsRow, regionOf } from "./row";
import { T } from "./types";

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

const secret = awsRow({
  type: T.secret,
  autoName: { property: "name", max: 512 },
  immutable: ["name", "namePrefix", "type"],
  unique: { by: ["name"], scope: "region" },
  references: [
    { path: "kmsKeyId", to: [T.key], by: ["arn", "id"], except: /alias\//, weak: true },
    { path: "replicas.*.kmsKeyId", to: [T.key], by: ["arn", "id"], except: /alias\//, weak: true },
  ],
  unordered: ["replicas"],
  inputDefaults: () => ({ forceOverwriteReplicaSecret: false, recoveryWindowInDays: 30 }),
  check: (moment) => [
    ...fits(moment.inputs, "name", /^[\w/+=.@-]{1,512}$/, "1 to 512 letters, digits and /_+=.@- only"),
    ...each(
      moment.inputs,
      "recoveryWindowInDays",
      (days) => days === 0 || (typeof days === "number" && days >= 7 && days <= 30),
      (days) => `expected 0 or a number from 7 to 30, got ${days}`,
    ),
    ...long(moment.inputs, "description", 0, 2048),
    ...policyRefusals(moment, "policy", "resource"),
    ...list(moment.inputs["replicas"]).flatMap((one, index) =>
      replicaRefusals(moment, object(one), `replicas.${index}`),
    ),
  ],
  id: (moment) =>
    arnOf(
      moment,
      "secretsmanager",
      `secret:${text(moment.inputs["name"]) ?? ""}-${moment.random("suffix", 6, letters)}`,
    ),
  outputs: (moment) => ({
    arn: moment.id,
    namePrefix: "",
    policy: moment.inputs["policy"] ?? "",
    replicas: list(moment.inputs["replicas"]).map((one) => ({
      kmsKeyId: "",
      lastAccessedDate: "",
      status: "InSync",
      statusMessage: "Replication succeeded",
      ...object(one),
    })),
    type: moment.inputs["type"] ?? "",
  }),
  seconds: { create: 2, update: 1, delete: 2, source: "estimate" },
});

/** A copy lies in another region, under a key of that region. */
function replicaRefusals(moment: Moment, replica: Props, at: string): readonly Refusal[] {
  const region = text(replica["region"]);
  const key = text(replica["kmsKeyId"])?.split(":")[3];
  if (region === undefined) return [];
  return [
    ...(region === regionOf(moment)
      ? refuse(`${at}.region`, "InvalidParameterException: you can't replicate a secret to its own region")
      : []),
    ...(key !== undefined && key !== region
      ? refuse(`${at}.kmsKeyId`, `InvalidParameterException: the KMS key must be in the region ${region}`)
      : []),
  ];
}

const secretVersion = awsRow({
  type: T.secretVersion,
  taggable: false,
  immutable: ["secretBinary", "secretId", "secretString", "secretStringWoVersion"],
  references: [{ path: "secretId", to: [T.secret], by: ["id", "name"], weak: true }],
  secrets: ["secretBinary", "secretString", "secretStringWo"],
  writeOnly: ["secretStringWo"],
  check: ({ inputs }) => [
    ...exclusive(inputs, "secretString", "secretBinary", "secretStringWo"),
    ...(["secretString", "secretBinary", "secretStringWo"].some((name) => isSet(inputs[name]))
      ? []
      : refuse("secretString", "one of secretString, secretBinary, secretStringWo must be specified")),
    ...long(inputs, "secretString", 1, 65536),
  ],
  id: (moment) => `${text(moment.inputs["secretId"]) ?? ""}|${uuid(moment.random("version", 32, HEX))}`,
  outputs: (moment) => ({
    arn: text(moment.inputs["secretId"]) ?? "",
    secretArn: text(moment.inputs["secretId"]) ?? "",
    hasSecretStringWo: isSet(moment.inputs["secretStringWo"]),
    versionId: moment.id.split("|")[1] ?? "",
    versionStages: moment.inputs["versionStages"] ?? ["AWSCURRENT"],
  }),
  seconds: { create: 1, delete: 1, source: "estimate" },
});

export const rows: readonly Row[] = [secret, secretVersion];
