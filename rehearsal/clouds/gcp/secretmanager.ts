import { each, exclusive, fits, long, needs, refuse } from "../limits";
import type { Moment, Row } from "../row";
import { flag, isObject, isSet, list, pick, pickAll, text } from "../values";
import {
  deletionPolicy,
  labelOutputs,
  labelSecrets,
  labels,
  preventedBy,
  projectOf,
  said,
  seconds,
  since,
} from "./common";
import { mayUse } from "./key-use";
import { projectNumber } from "./place";
import { regions } from "./regions";

export const secretType = "gcp:secretmanager/secret:Secret";
const versionType = "gcp:secretmanager/secretVersion:SecretVersion";
const keyPaths = [
  "replication.auto.customerManagedEncryption.kmsKeyName",
  "replication.userManaged.replicas.*.customerManagedEncryption.kmsKeyName",
];
const day = 86_400;

export const secret: Row = {
  type: secretType,
  required: ["secretId"],
  immutable: ["secretId", "project", "tags", "replication.userManaged.replicas.*.location"],
  replaces: ({ inputs, old }) =>
    isSet(pick(inputs, "replication.auto")) !== isSet(pick(old.inputs, "replication.auto")) ||
    list(pick(inputs, "replication.userManaged.replicas")).length !==
      list(pick(old.inputs, "replication.userManaged.replicas")).length
      ? ["replication"]
      : [],
  unique: { by: ["project", "secretId"], scope: "account" },
  references: [
    ...keyPaths.map((path) => ({ path, to: ["gcp:kms/cryptoKey:CryptoKey"] })),
    { path: "topics.*.name", to: ["gcp:pubsub/topic:Topic"], weak: true },
  ],
  secrets: labelSecrets,
  check: ({ inputs }) => [
    ...fits(inputs, "secretId", /^[A-Za-z0-9_-]{1,255}$/, "1 to 255 letters, digits, _ and -"),
    ...labels(inputs),
    ...(isObject(inputs["replication"]) ? exclusive(inputs, "replication.auto", "replication.userManaged") : []),
    ...(isObject(inputs["replication"]) && Object.keys(inputs["replication"]).length === 0
      ? refuse("replication", "one of auto, userManaged must be specified")
      : []),
    ...(isSet(pick(inputs, "replication.userManaged")) &&
    list(pick(inputs, "replication.userManaged.replicas")).length === 0 &&
    Array.isArray(pick(inputs, "replication.userManaged.replicas"))
      ? refuse("replication.userManaged.replicas", "at least one replica is needed")
      : []),
    ...each(
      inputs,
      "replication.userManaged.replicas.*.location",
      (value) => Object.hasOwn(regions, said(value)),
      (value) => `${value} is not a location`,
    ),
    ...pickAll(inputs, "replication.userManaged.replicas.*").flatMap(({ path, value }) => {
      // A key of a replica lies in the replica's own location.
      const [location, key] = [
        text(pick(value, "location")),
        text(pick(value, "customerManagedEncryption.kmsKeyName")),
      ];
      return location !== undefined && key !== undefined && !key.includes(`/locations/${location}/`)
        ? refuse(`${path}.customerManagedEncryption.kmsKeyName`, `the key must be in ${location}`)
        : [];
    }),
    ...twice(inputs),
    ...long(inputs, "topics", 0, 10),
    ...each(
      inputs,
      "versionDestroyTtl",
      (value) => (seconds(value) ?? 0) >= day && (seconds(value) ?? 0) <= 1000 * day,
      (value) => `must be from 86400s (24 hours) to 86400000s (1000 days), got ${value}`,
    ),
    ...each(
      inputs,
      "ttl",
      (value) => seconds(value) !== undefined,
      (value) => `${value} is not a duration such as "3600s"`,
    ),
    ...exclusive(inputs, "ttl", "expireTime"),
    ...each(
      inputs,
      "rotation.rotationPeriod",
      (value) => (seconds(value) ?? 0) >= 3600,
      (value) => `must be at least 3600s (1 hour), got ${value}`,
    ),
    ...needs(inputs, "rotation.rotationPeriod", undefined, "rotation.nextRotationTime"),
    ...(isSet(inputs["rotation"]) && list(inputs["topics"]).length === 0 && !isSet(inputs["topics"])
      ? refuse("topics", "at least one topic is needed with rotation")
      : []),
    ...fits(inputs, "topics.*.name", /^projects\/[^/]+\/topics\/[^/]+$/, "projects/P/topics/T"),
  ],
  admit: (moment) => [...grantMissing(moment), ...mayNotCall(moment)],
  release: (moment) =>
    preventedBy(moment) ??
    (flag(moment.inputs["deletionProtection"]) === true
      ? "cannot destroy secret manager secret without setting deletion_protection=false and running `pulumi up`"
      : undefined),
  id: (moment) => `projects/${projectOf(moment)}/secrets/${text(moment.inputs["secretId"])}`,
  outputs: (moment) => ({
    ...labelOutputs(moment),
    ...deletionPolicy(moment),
    ...since(moment, "createTime"),
    name: `projects/${projectNumber(projectOf(moment))}/secrets/${text(moment.inputs["secretId"])}`,
    project: projectOf(moment),
    effectiveAnnotations: moment.inputs["annotations"] ?? {},
    annotations: moment.inputs["annotations"] ?? {},
    expireTime: moment.inputs["expireTime"] ?? "",
    versionAliases: moment.inputs["versionAliases"] ?? {},
  }),
  seconds: { create: 2, update: 2, delete: 2, source: "estimate: one API call" },
};

/** A place holds one copy. */
const twice = (inputs: Moment["inputs"]) => {
  const places = pickAll(inputs, "replication.userManaged.replicas.*.location");
  return places
    .filter(({ value }, index) => places.slice(0, index).some((other) => other.value === value))
    .flatMap(({ path, value }) => refuse(path, `the location ${said(value)} is given twice`));
};

/** A key that the agent may not use is refused at once. https://cloud.google.com/secret-manager/docs/cmek */
const grantMissing = ({ inputs, account }: Moment) =>
  keyPaths.flatMap((pattern) =>
    pickAll(inputs, pattern).flatMap(({ path, value }) =>
      mayUse(account, said(value), "secretmanager")
        ? []
        : refuse(
            path,
            "Cloud KMS key is not accessible: the agent service-<number>@gcp-sa-secretmanager.iam.gserviceaccount.com needs roles/cloudkms.cryptoKeyEncrypterDecrypter on it",
          ),
    ),
  );

/** Topics are tried when they are named. https://cloud.google.com/secret-manager/docs/event-notifications */
const mayNotCall = ({ inputs, account }: Moment) =>
  pickAll(inputs, "topics.*.name").flatMap(({ path, value }) => {
    if (account.find(["gcp:pubsub/topic:Topic"], "id", value) === undefined) return [];
    const may = account
      .all("gcp:pubsub/topicIAMMember:TopicIAMMember")
      .some(
        (item) =>
          item.inputs["topic"] === value &&
          /^roles\/pubsub\.(publisher|editor|admin)$/.test(said(item.inputs["role"])) &&
          said(item.inputs["member"]).endsWith("@gcp-sa-secretmanager.iam.gserviceaccount.com"),
      );
    return may
      ? []
      : refuse(
          path,
          `the agent service-<number>@gcp-sa-secretmanager.iam.gserviceaccount.com needs roles/pubsub.publisher on ${said(value)}`,
        );
  });

export const secretVersion: Row = {
  type: versionType,
  immutable: ["secret", "secretData", "secretDataWoVersion", "isSecretDataBase64", "project"],
  references: [{ path: "secret", to: [secretType], by: ["id", "name"], inside: true }],
  secrets: ["secretData", "secretDataWo"],
  writeOnly: ["secretDataWo"],
  check: ({ inputs }) => [
    ...(isSet(inputs["secretData"]) || isSet(inputs["secretDataWo"])
      ? []
      : refuse("secretData", "one of secret_data, secret_data_wo must be specified")),
    ...needs(inputs, "secretDataWo", undefined, "secretDataWoVersion"),
    ...needs(inputs, "secretDataWoVersion", undefined, "secretDataWo"),
    ...each(
      inputs,
      "secretData",
      (value) => Buffer.byteLength(said(value)) <= 65_536,
      () => "a version holds 64 KiB at most",
    ),
    ...each(
      inputs,
      "secretDataWo",
      (value) => Buffer.byteLength(said(value)) <= 65_536,
      () => "a version holds 64 KiB at most",
    ),
  ],
  release: preventedBy,
  id: (moment) => `${secretName(moment)}/versions/${versionNumber(moment)}`,
  outputs: (moment) => ({
    ...deletionPolicy(moment),
    ...since(moment, "createTime"),
    name: moment.id,
    version: /[^/]+$/.exec(moment.id)?.[0] ?? "1",
    destroyTime: "",
    project: projectOf(moment),
  }),
  seconds: { create: 2, update: 2, delete: 2, source: "estimate: one API call" },
};

const secretName = (moment: Moment) =>
  (text(moment.inputs["secret"]) ?? "").replace(/^projects\/[^/]+/, `projects/${projectNumber(projectOf(moment))}`);

/** Versions count up from 1; a destroyed one's number isn't given again, but the account forgets it with the secret. */
function versionNumber(moment: Moment): number {
  if (moment.old) return Number(moment.old.outputs["version"]);
  const taken = moment.account
    .all(versionType)
    .filter((item) => item.inputs["secret"] === moment.inputs["secret"])
    .map((item) => Number(item.outputs["version"]));
  return Math.max(0, ...taken) + 1;
}
