import { between, each, fits, oneOf, refuse } from "../limits";
import type { Moment, Row } from "../row";
import { isSet, list, pick, text } from "../values";
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
import { keyRefusals } from "./key-use";
import { multiRegions, regions } from "./regions";

export const repositoryType = "gcp:artifactregistry/repository:Repository";
const locationOf = ({ inputs, place }: Pick<Moment, "inputs" | "place">) => text(inputs["location"]) ?? place.region;
/** Multi-regions of the registry: `europe` where others say `eu`. https://cloud.google.com/artifact-registry/docs/repositories/repo-locations */
const locations = ["asia", "europe", "us", ...Object.keys(regions)];

export const repository: Row = {
  type: repositoryType,
  immutable: ["repositoryId", "project", "location", "format", "kmsKeyName", "mode", "remoteRepositoryConfig"],
  unordered: ["cleanupPolicies"],
  unique: { by: ["project", "location", "repositoryId"], scope: "account" },
  references: [{ path: "kmsKeyName", to: ["gcp:kms/cryptoKey:CryptoKey"] }],
  secrets: labelSecrets,
  check: ({ inputs }) => [
    ...fits(
      inputs,
      "repositoryId",
      /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
      "1 to 63 lower case letters, digits and -, beginning with a letter and ending with a letter or digit",
    ),
    ...oneOf(inputs, "location", locations),
    ...(multiRegions.includes(said(inputs["location"]) as never) && inputs["location"] === "eu"
      ? refuse("location", "the multi-region is called europe here")
      : []),
    ...oneOf(inputs, "format", ["DOCKER", "MAVEN", "NPM", "PYTHON", "APT", "YUM", "KFP", "GO", "GENERIC", "RUBY"]),
    ...(isSet(inputs["dockerConfig"]) && text(inputs["format"]) !== undefined && inputs["format"] !== "DOCKER"
      ? refuse("dockerConfig", "is for format DOCKER")
      : []),
    ...between(inputs, "cleanupPolicies.*.mostRecentVersions.keepCount", 1, 1_000_000),
    ...each(
      inputs,
      "cleanupPolicies.*.condition.olderThan",
      (value) => seconds(value) !== undefined || /^\d+[dhms]$/.test(said(value)),
      (value) => `${value} is not a duration such as 604800s or 7d`,
    ),
    ...(inputs["mode"] === "REMOTE_REPOSITORY" && !isSet(inputs["remoteRepositoryConfig"])
      ? refuse("remoteRepositoryConfig", "is required with mode REMOTE_REPOSITORY")
      : []),
    ...list(inputs["cleanupPolicies"]).flatMap((policy, index) =>
      text(pick(policy, "id")) !== undefined &&
      list(inputs["cleanupPolicies"]).findIndex((other) => pick(other, "id") === pick(policy, "id")) < index
        ? refuse(`cleanupPolicies[${index}].id`, `${text(pick(policy, "id"))} is given twice`)
        : [],
    ),
    ...(list(inputs["cleanupPolicies"]).length > 10 ? refuse("cleanupPolicies", "10 policies at most") : []),
    ...list(inputs["cleanupPolicies"]).flatMap((policy, index) =>
      isSet(pick(policy, "condition")) && isSet(pick(policy, "mostRecentVersions"))
        ? refuse(`cleanupPolicies[${index}]`, "condition and mostRecentVersions exclude each other")
        : pick(policy, "action") === "DELETE" && isSet(pick(policy, "mostRecentVersions"))
          ? refuse(`cleanupPolicies[${index}]`, "mostRecentVersions is for KEEP policies")
          : [],
    ),
    ...labels(inputs),
  ],
  admit: (moment) => (moment.old ? [] : keyRefusals(moment, "kmsKeyName", locationOf(moment), "artifactregistry")),
  release: preventedBy,
  id: (moment) =>
    `projects/${projectOf(moment)}/locations/${locationOf(moment)}/repositories/${text(moment.inputs["repositoryId"])}`,
  outputs: (moment) => ({
    ...labelOutputs(moment),
    ...deletionPolicy(moment),
    ...since(moment, "createTime"),
    project: projectOf(moment),
    location: locationOf(moment),
    name: text(moment.inputs["repositoryId"]) ?? "",
    registryUri: `${locationOf(moment)}-docker.pkg.dev/${projectOf(moment)}/${text(moment.inputs["repositoryId"])}`,
    ...(isSet(moment.inputs["vulnerabilityScanningConfig"])
      ? {
          vulnerabilityScanningConfig: {
            enablementConfig: pick(moment.inputs, "vulnerabilityScanningConfig.enablementConfig") ?? "INHERITED",
            enablementState: "SCANNING_ACTIVE",
            enablementStateReason: "",
          },
        }
      : {}),
    updateTime: "",
  }),
  seconds: { create: 12, update: 4, delete: 12, source: "typical of provider logs: about 10 s" },
};
