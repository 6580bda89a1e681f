// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
import { each, fits, long, oneOf, refuse } from "../limits";
import type { Reference, Refusal, Row, Value } from "../row";
import { isObject, isSet, list, number, object, pick, text } from "../values";
import { arnOf, arnPattern, arnRule, awsRow, plain, regionOf } from "./row";
import { T } from "./types";

const repository = awsRow({
  type: T.repository,
  autoName: { property: "name", max: 256, lower: true },
  immutable: ["encryptionConfigurations", "name"],
  unique: { by: ["name"], scope: "region" },
  references: [{ path: "encryptionConfigurations.*.kmsKey", to: [T.key], by: ["arn", "id"], weak: true }],
  inputDefaults: () => ({ imageTagMutability: "MUTABLE" }),
  check: ({ inputs }) => [
    ...fits(
      inputs,
      "name",
      /^(?=.{2,256}$)[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/,
      "2 to 256 lower case letters and digits, parted by . _ - or /",
    ),
    ...oneOf(inputs, "imageTagMutability", [
      "MUTABLE",
      "IMMUTABLE",
      "MUTABLE_WITH_EXCLUSION",
      "IMMUTABLE_WITH_EXCLUSION",
    ]),
    ...oneOf(inputs, "encryptionConfigurations.*.encryptionType", ["AES256", "KMS", "KMS_DSSE"]),
    ...fits(inputs, "encryptionConfigurations.*.kmsKey", arnPattern, arnRule),
    ...list(inputs["encryptionConfigurations"]).flatMap((one, index) =>
      object(one)["encryptionType"] !== "KMS" &&
      object(one)["encryptionType"] !== "KMS_DSSE" &&
      isSet(object(one)["kmsKey"]) &&
      typeof object(one)["encryptionType"] === "string"
        ? refuse(
            `encryptionConfigurations.${index}.kmsKey`,
            "InvalidParameterException: a KMS key is for the encryption type KMS",
          )
        : [],
    ),
  ],
  id: ({ inputs }) => text(inputs["name"]) ?? "",
  outputs: (moment) => ({
    arn: arnOf(moment, "ecr", `repository/${moment.id}`),
    encryptionConfigurations: moment.inputs["encryptionConfigurations"] ?? [{ encryptionType: "AES256", kmsKey: "" }],
    imageScanningConfiguration: moment.inputs["imageScanningConfiguration"] ?? { scanOnPush: false },
    registryId: moment.place.account,
    repositoryUrl: `${moment.place.account}.dkr.ecr.${regionOf(moment)}.amazonaws.com/${moment.id}`,
  }),
  seconds: { create: 1, update: 1, delete: 1, source: "estimate" },
});

const ofRepository: Reference = { path: "repository", to: [T.repository], by: ["name", "id"], inside: true };

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
const lifecyclePolicy = awsRow({
  type: T.lifecyclePolicy,
  taggable: false,
  immutable: ["repository"],
  unique: { by: ["repository"], scope: "region" },
  references: [ofRepository],
  check: ({ inputs }) => rulesRefusals(inputs["policy"]),
  id: ({ inputs }) => text(inputs["repository"]) ?? "",
  outputs: (moment) => ({ registryId: moment.place.account }),
  seconds: { create: 1, update: 1, delete: 1, source: "estimate" },
});

function rulesRefusals(policy: Value | undefined): readonly Refusal[] {
  const bad = (reason: string) =>
    refuse("policy", `InvalidParameterException: invalid parameter at 'LifecyclePolicyText': ${reason}`);
  if (typeof policy !== "string") return [];
  let rules: readonly Value[];
  try {
    rules = list(object(JSON.parse(policy) as Value)["rules"]);
  } catch {
    return bad("not a JSON text");
  }
  const priorities = rules.map((rule) => number(pick(rule, "rulePriority")));
  const anyTags = rules.filter((rule) => pick(rule, "selection.tagStatus") === "any");
  const last = Math.max(...priorities.map((one) => one ?? 0));
  if (rules.length === 0) return bad("there is no rule");
  if (priorities.some((one) => one === undefined || one < 1)) return bad("each rule needs a rulePriority of 1 or more");
  if (new Set(priorities).size < rules.length) return bad("rule priorities must be unique");
  if (anyTags.some((rule) => number(pick(rule, "rulePriority")) !== last))
    return bad("a rule for any tags must have the lowest priority, the highest number");
  return rules.flatMap((rule) => {
    const selection = object(pick(rule, "selection"));
    const count = number(selection["countNumber"]) ?? 0;
    if (!isObject(rule) || pick(rule, "action.type") !== "expire") return bad("the action of a rule is expire");
    if (!["tagged", "untagged", "any"].includes(plain(selection["tagStatus"])))
      return bad("tagStatus is tagged, untagged or any");
    if (!["imageCountMoreThan", "sinceImagePushed"].includes(plain(selection["countType"])))
      return bad("countType is imageCountMoreThan or sinceImagePushed");
    if (selection["countType"] === "sinceImagePushed" && selection["countUnit"] !== "days")
      return bad("countUnit is required with sinceImagePushed");
    if (
      selection["tagStatus"] === "tagged" &&
      !isSet(selection["tagPrefixList"]) &&
      !isSet(selection["tagPatternList"])
    )
      return bad("a rule for tagged images needs tagPrefixList or tagPatternList");
    return count < 1 ? bad("countNumber is 1 or more") : [];
  });
}

/** One a region of an account: a second would overwrite the first. */
const replication = awsRow({
  type: T.registryReplication,
  taggable: false,
  immutable: [],
  check: ({ inputs }) => [
    ...long(inputs, "replicationConfiguration.rules", 1, 10),
    ...long(inputs, "replicationConfiguration.rules.*.destinations", 1, 25),
    ...oneOf(inputs, "replicationConfiguration.rules.*.repositoryFilters.*.filterType", ["PREFIX_MATCH"]),
    ...fits(
      inputs,
      "replicationConfiguration.rules.*.destinations.*.registryId",
      /^\d{12}$/,
      "an account id of 12 digits",
    ),
  ],
  admit: (moment) => [
    ...each(
      moment.inputs,
      "replicationConfiguration.rules.*.destinations.*.region",
      (region) => region !== regionOf(moment),
      (region) => `InvalidParameterException: a registry can't replicate to its own region ${region}`,
    ),
    ...(moment.account
      .all(T.registryReplication)
      .some((one) => one.outputs["region"] === regionOf(moment) && one.id === moment.place.account && !moment.old)
      ? refuse(
          "replicationConfiguration",
          "the registry of this account and region has a replication configuration, which this one would overwrite",
        )
      : []),
  ],
  id: ({ place }) => place.account,
  outputs: ({ place }) => ({ registryId: place.account }),
  seconds: { create: 1, update: 1, delete: 1, source: "estimate" },
});

export const rows: readonly Row[] = [repository, lifecyclePolicy, replication];
