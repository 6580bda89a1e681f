// Pools of workload identities and whom they trust. https://cloud.google.com/iam/docs/workload-identity-federation
import { fits, long, refuse } from "../limits";
import type { Moment, Row } from "../row";
import { isSet, list, object, pick, text } from "../values";
import { projectOf } from "./common";
import { projectNumber } from "./place";

const poolType = "gcp:iam/workloadIdentityPool:WorkloadIdentityPool";

/** Names of pools carry the project's number, since principals are written with it. */
const numberOf = (moment: Moment): string => projectNumber(projectOf(moment));

const id = (moment: Moment, property: string, least: number) => [
  ...fits(
    moment.inputs,
    property,
    new RegExp(`^[a-z0-9-]{${least},32}$`),
    `${least} to 32 characters of lower case letters, digits and -`,
  ),
  ...(text(moment.inputs[property])?.startsWith("gcp-")
    ? refuse(property, `${property} (${text(moment.inputs[property])}) can not start with "gcp-"`)
    : []),
];

/** Deleted pools and their providers can be had back for 30 days, and keep their ids so long. https://cloud.google.com/iam/docs/manage-workload-identity-pools-providers#delete-pool */
const remains: Row["remains"] = () => ({
  days: 30,
  reason: "googleapi: Error 409: Requested entity already exists: it was deleted less than 30 days ago, alreadyExists",
});

export const workloadIdentityPool: Row = {
  type: poolType,
  immutable: ["workloadIdentityPoolId", "project", "mode"],
  unique: { by: ["project", "workloadIdentityPoolId"], scope: "account" },
  check: (moment) => [
    ...id(moment, "workloadIdentityPoolId", 4),
    ...long(moment.inputs, "displayName", 0, 32),
    ...long(moment.inputs, "description", 0, 256),
  ],
  remains,
  id: (moment) =>
    `projects/${projectOf(moment)}/locations/global/workloadIdentityPools/${text(moment.inputs["workloadIdentityPoolId"])}`,
  outputs: (moment) => ({
    project: projectOf(moment),
    name: `projects/${numberOf(moment)}/locations/global/workloadIdentityPools/${text(moment.inputs["workloadIdentityPoolId"]) ?? ""}`,
    state: "ACTIVE",
    mode: moment.inputs["mode"] ?? "FEDERATION_ONLY",
    disabled: moment.inputs["disabled"] ?? false,
  }),
  seconds: { create: 12, update: 8, delete: 6, source: "estimate: a long-running operation of IAM" },
};

const sources = ["aws", "oidc", "saml", "x509"];

export const workloadIdentityPoolProvider: Row = {
  type: "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
  immutable: ["workloadIdentityPoolId", "workloadIdentityPoolProviderId", "project"],
  unique: { by: ["project", "workloadIdentityPoolId", "workloadIdentityPoolProviderId"], scope: "account" },
  references: [{ path: "workloadIdentityPoolId", to: [poolType], by: "workloadIdentityPoolId", inside: true }],
  check: (moment) => {
    const { inputs } = moment;
    const given = sources.filter((source) => isSet(inputs[source]));
    const mapping = object(inputs["attributeMapping"]);
    const issuer = text(pick(inputs, "oidc.issuerUri"));
    const silent = isSet(inputs["oidc"]) && !isSet(pick(inputs, "oidc.issuerUri"));
    return [
      ...id(moment, "workloadIdentityPoolProviderId", 4),
      ...long(inputs, "displayName", 0, 32),
      ...long(inputs, "attributeCondition", 0, 4096),
      ...(given.length === 1
        ? []
        : refuse("oidc", `only one of \`${sources.join(",")}\` can be specified, got ${given.length}`)),
      ...(isSet(inputs["oidc"]) && Object.keys(mapping).length > 0 && !isSet(mapping["google.subject"])
        ? refuse("attributeMapping", "Error 400: The mapping must contain google.subject")
        : []),
      ...(isSet(inputs["oidc"]) && !isSet(inputs["attributeMapping"])
        ? refuse("attributeMapping", "Error 400: for OIDC providers attributeMapping must map google.subject")
        : []),
      ...(silent ? refuse("oidc.issuerUri", "Missing required property 'issuerUri'") : []),
      ...(issuer !== undefined && !/^https:\/\/[^?#\s]+$/.test(issuer)
        ? refuse("oidc.issuerUri", "Error 400: issuer_uri must be an https URL without query and fragment")
        : []),
      ...(list(pick(inputs, "oidc.allowedAudiences")).length > 10
        ? refuse("oidc.allowedAudiences", "Error 400: at most 10 audiences may be configured")
        : []),
    ];
  },
  remains,
  id: (moment) =>
    `projects/${projectOf(moment)}/locations/global/workloadIdentityPools/${text(moment.inputs["workloadIdentityPoolId"])}/providers/${text(moment.inputs["workloadIdentityPoolProviderId"])}`,
  outputs: (moment) => ({
    project: projectOf(moment),
    name: `projects/${numberOf(moment)}/locations/global/workloadIdentityPools/${text(moment.inputs["workloadIdentityPoolId"]) ?? ""}/providers/${text(moment.inputs["workloadIdentityPoolProviderId"]) ?? ""}`,
    state: "ACTIVE",
    disabled: moment.inputs["disabled"] ?? false,
  }),
  seconds: { create: 12, update: 8, delete: 6, source: "estimate: a long-running operation of IAM" },
};
