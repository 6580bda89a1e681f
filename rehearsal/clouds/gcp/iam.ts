import { each, fits, long, refuse } from "../limits";
import type { Moment, Reference, Row } from "../row";
import { isSet, list, pick, text } from "../values";
import { projectOf, said } from "./common";

/** https://cloud.google.com/iam/docs/principal-identifiers */
const member =
  /^(allUsers|allAuthenticatedUsers|(user|group|serviceAccount|domain|deleted:(user|group|serviceAccount)):[^\s]+|(projectOwner|projectEditor|projectViewer):[^\s]+|principal(Set)?:\/\/[^\s]+)$/;
const role = /^(roles\/[A-Za-z0-9_.]+|(projects|organizations)\/[^/]+\/roles\/[A-Za-z0-9_.]+)$/;

interface Target {
  /** Property that names what the grant is on. */
  readonly property: string;
  readonly reference?: Reference;
  /** How the id spells the target. */
  readonly spell?: (value: string, moment: Moment) => string;
}

const targetOf = (moment: Moment, { property, spell }: Target) => {
  const value = text(moment.inputs[property]) ?? (property === "project" ? projectOf(moment) : "");
  return spell ? spell(value, moment) : value;
};

const etag = (moment: Moment) =>
  moment.old?.outputs["etag"] ??
  `BwY${moment.random("etag", 8, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")}=`;

const granted = (property: string) => (moment: Moment) => [
  ...fits(moment.inputs, "role", role, "roles/<name>, or a custom role with its project or organization"),
  ...each(
    moment.inputs,
    property,
    (value) => member.test(said(value)),
    (value) => `${value} is not a principal: write user:, group:, serviceAccount:, domain: or principal://`,
  ),
  // https://cloud.google.com/iam/docs/principals-overview: everybody is no principal of a project.
  ...(moment.type.startsWith("gcp:projects/")
    ? each(
        moment.inputs,
        property,
        (value) => !everybody.test(said(value)),
        (value) => `Error 400: ${value} can't be granted a role on a project., badRequest`,
      )
    : []),
  ...(["roles/owner"].includes(text(moment.inputs["role"]) ?? "") && moment.type.startsWith("gcp:storage/")
    ? refuse("role", "Role roles/owner is not supported for this resource.")
    : []),
];

/** One principal, one role: added to what others have; granting what is granted succeeds, hence not unique. */
export const memberRow = (type: string, target: Target): Row => ({
  type,
  immutable: [target.property, "role", "member", "condition"],
  references: target.reference ? [target.reference] : [],
  check: (moment) => [...granted("member")(moment), ...conditioned(moment)],
  admit: bucketRules,
  // A grant under a condition is another one than the same without.
  id: (moment) =>
    [
      targetOf(moment, target),
      text(moment.inputs["role"]),
      text(moment.inputs["member"]),
      ...(isSet(moment.inputs["condition"]) ? [text(pick(moment.inputs, "condition.title"))] : []),
    ].join("/"),
  outputs: (moment) => ({ etag: etag(moment), [target.property]: targetOf(moment, target) }),
  seconds: { create: 8, delete: 8, source: "estimate: read, change and write of a policy" },
});

const Bucket = "gcp:storage/bucket:Bucket";
const everybody = /^all(Authenticated)?Users$/;

/** What a bucket's own settings say of a grant on it. */
function bucketRules({ inputs, account, type }: Moment) {
  if (!type.startsWith("gcp:storage/bucket")) return [];
  const bucket = account.find([Bucket], "name", inputs["bucket"] ?? null)?.outputs;
  const property = isSet(inputs["member"]) ? "member" : "members";
  const open = [inputs["member"] ?? null, ...list(inputs["members"])].some((one) => everybody.test(said(one)));
  return [
    // https://cloud.google.com/storage/docs/public-access-prevention
    ...(open && bucket?.["publicAccessPrevention"] === "enforced"
      ? refuse(
          property,
          "Error 412: The member bindings allUsers and allAuthenticatedUsers are not allowed since public access prevention is enforced., conditionNotMet",
        )
      : []),
    // https://cloud.google.com/storage/docs/access-control/iam#conditions
    ...(isSet(inputs["condition"]) && bucket?.["uniformBucketLevelAccess"] === false
      ? refuse(
          "condition",
          "Error 412: An IAM condition can be set on a bucket with uniform bucket-level access only, conditionNotMet",
        )
      : []),
  ];
}

/** https://cloud.google.com/iam/docs/conditions-overview */
const conditioned = ({ inputs }: Moment) =>
  isSet(inputs["condition"])
    ? [
        ...long(inputs, "condition.title", 1, 100),
        ...long(inputs, "condition.description", 0, 256),
        ...(["roles/owner", "roles/editor", "roles/viewer"].includes(text(inputs["role"]) ?? "")
          ? refuse("condition", "basic roles can't be granted under a condition")
          : []),
      ]
    : [];

/** All principals of one role: takes it from everybody else, another binding of the same role included. */
export const bindingRow = (type: string, target: Target): Row => ({
  type,
  immutable: [target.property, "role", "condition"],
  unordered: ["members"],
  references: target.reference ? [target.reference] : [],
  check: (moment) => [
    ...granted("members.*")(moment),
    ...(list(moment.inputs["members"]).length === 0 && Array.isArray(moment.inputs["members"])
      ? refuse("members", "attribute members requires 1 item minimum")
      : []),
  ],
  admit: bucketRules,
  id: (moment) => [targetOf(moment, target), text(moment.inputs["role"])].join("/"),
  outputs: (moment) => ({ etag: etag(moment), [target.property]: targetOf(moment, target) }),
  volatile: ["etag"],
  seconds: { create: 8, update: 8, delete: 8, source: "estimate: read, change and write of a policy" },
});

const key: Target = {
  property: "cryptoKeyId",
  reference: { path: "cryptoKeyId", to: ["gcp:kms/cryptoKey:CryptoKey"] },
};
const ring: Target = {
  property: "keyRingId",
  reference: { path: "keyRingId", to: ["gcp:kms/keyRing:KeyRing"] },
};
const bucket: Target = {
  property: "bucket",
  reference: { path: "bucket", to: ["gcp:storage/bucket:Bucket"], by: ["name", "id"] },
  spell: (value) => (value.startsWith("b/") ? value : `b/${value}`),
};
const secret: Target = {
  property: "secretId",
  reference: { path: "secretId", to: ["gcp:secretmanager/secret:Secret"], by: ["id", "secretId"] },
  spell: (value, moment) => (value.startsWith("projects/") ? value : `projects/${projectOf(moment)}/secrets/${value}`),
};
const account: Target = {
  property: "serviceAccountId",
  reference: { path: "serviceAccountId", to: ["gcp:serviceaccount/account:Account"], by: ["name", "id"] },
};
const repository: Target = {
  property: "repository",
  reference: {
    path: "repository",
    to: ["gcp:artifactregistry/repository:Repository"],
    by: ["repositoryId", "id", "name"],
  },
  spell: (value, moment) =>
    value.startsWith("projects/")
      ? value
      : `projects/${projectOf(moment)}/locations/${text(moment.inputs["location"]) ?? moment.place.region}/repositories/${value}`,
};
const topic: Target = {
  property: "topic",
  reference: { path: "topic", to: ["gcp:pubsub/topic:Topic"], by: ["id", "name"] },
  spell: (value, moment) => (value.startsWith("projects/") ? value : `projects/${projectOf(moment)}/topics/${value}`),
};
const zone: Target = {
  property: "managedZone",
  reference: { path: "managedZone", to: ["gcp:dns/managedZone:ManagedZone"], by: ["name", "id"] },
  spell: (value, moment) =>
    value.startsWith("projects/") ? value : `projects/${projectOf(moment)}/managedZones/${value}`,
};
const project: Target = { property: "project" };

export const iamRows: readonly Row[] = [
  memberRow("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", key),
  bindingRow("gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding", key),
  memberRow("gcp:kms/keyRingIAMMember:KeyRingIAMMember", ring),
  bindingRow("gcp:kms/keyRingIAMBinding:KeyRingIAMBinding", ring),
  memberRow("gcp:storage/bucketIAMMember:BucketIAMMember", bucket),
  bindingRow("gcp:storage/bucketIAMBinding:BucketIAMBinding", bucket),
  memberRow("gcp:secretmanager/secretIamMember:SecretIamMember", secret),
  bindingRow("gcp:secretmanager/secretIamBinding:SecretIamBinding", secret),
  memberRow("gcp:artifactregistry/repositoryIamMember:RepositoryIamMember", repository),
  memberRow("gcp:pubsub/topicIAMMember:TopicIAMMember", topic),
  memberRow("gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember", zone),
  memberRow("gcp:serviceaccount/iAMMember:IAMMember", account),
  bindingRow("gcp:serviceaccount/iAMBinding:IAMBinding", account),
  memberRow("gcp:projects/iAMMember:IAMMember", project),
  bindingRow("gcp:projects/iAMBinding:IAMBinding", project),
];
