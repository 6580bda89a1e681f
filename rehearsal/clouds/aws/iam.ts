// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
import { between, fits, long } from "../limits";
import type { Moment, Reference, Row } from "../row";
import { arn, UPPER } from "../shapes";
import { text } from "../values";
import { policyRefusals, principalRefusals } from "./policy-document";
import { awsRow } from "./row";
import { T } from "./types";

const nameRule = "letters, digits and _+=,.@- only";
const pathText = /^\/([\x21-\x7e]+\/)?$/;
const roleName: Reference = { path: "role", to: [T.role], by: ["id", "name"] };
/** AWS's own policies belong to no account. */
const awsPolicies = /^arn:aws[\w-]*:iam::aws:policy\//;

const iamArn = (moment: Moment, resource: string): string =>
  arn({ service: "iam", resource, account: moment.place.account, partition: partitionOf(moment) });
const partitionOf = ({ place }: Moment): string =>
  arn({ service: "", resource: "", region: place.region }).split(":")[1] ?? "aws";
const pathOf = ({ inputs }: Moment): string => text(inputs["path"]) ?? "/";
/** `AROA` and 17 more: unique ids of principals. */
const uniqueId = (moment: Moment, prefix: string): string =>
  `${prefix}${moment.random("unique", 17, `${UPPER}234567`)}`;

const role = awsRow({
  type: T.role,
  global: true,
  autoName: { property: "name", max: 64 },
  immutable: ["name", "namePrefix", "path"],
  unique: { by: ["name"], scope: "account" },
  references: [
    { path: "managedPolicyArns.*", to: [T.policy], by: "arn", except: awsPolicies },
    { path: "permissionsBoundary", to: [T.policy], by: "arn", except: awsPolicies },
  ],
  inputDefaults: () => ({ forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" }),
  check: (moment) => [
    ...fits(moment.inputs, "name", /^[\w+=,.@-]{1,64}$/, `1 to 64 ${nameRule}`),
    ...fits(moment.inputs, "path", pathText, "it must begin and end with /"),
    ...long(moment.inputs, "description", 0, 1000),
    ...between(moment.inputs, "maxSessionDuration", 3600, 43200),
    ...policyRefusals(moment, "assumeRolePolicy", "trust"),
    ...policyRefusals(moment, "inlinePolicies.0.policy", "identity"),
  ],
  admit: (moment) => principalRefusals(moment, "assumeRolePolicy"),
  id: ({ inputs }) => text(inputs["name"]) ?? "",
  outputs: (moment) => ({
    arn: iamArn(moment, `role${pathOf(moment)}${moment.id}`),
    createDate: text(moment.old?.outputs["createDate"]) ?? moment.now,
    inlinePolicies: moment.inputs["inlinePolicies"] ?? [],
    managedPolicyArns: moment.inputs["managedPolicyArns"] ?? [],
    namePrefix: "",
    uniqueId: uniqueId(moment, "AROA"),
  }),
  seconds: {
    create: 10,
    update: 2,
    delete: 2,
    source: "estimate: the provider waits for the role to be seen everywhere",
  },
});

const policy = awsRow({
  type: T.policy,
  global: true,
  autoName: { property: "name", max: 128 },
  immutable: ["description", "name", "namePrefix", "path"],
  unique: { by: ["name"], scope: "account" },
  inputDefaults: () => ({ path: "/" }),
  check: (moment) => [
    ...fits(moment.inputs, "name", /^[\w+=,.@-]{1,128}$/, `1 to 128 ${nameRule}`),
    ...fits(moment.inputs, "path", pathText, "it must begin and end with /"),
    ...policyRefusals(moment, "policy", "identity"),
  ],
  id: (moment) => iamArn(moment, `policy${pathOf(moment)}${text(moment.inputs["name"]) ?? ""}`),
  outputs: (moment) => ({
    arn: moment.id,
    attachmentCount: 0,
    namePrefix: "",
    policyId: uniqueId(moment, "ANPA"),
  }),
  seconds: { create: 1, update: 1, delete: 1, source: "estimate" },
});

const rolePolicy = awsRow({
  type: T.rolePolicy,
  global: true,
  taggable: false,
  autoName: { property: "name", max: 128 },
  immutable: ["name", "namePrefix", "role"],
  unique: { by: ["role", "name"], scope: "account" },
  references: [roleName],
  check: (moment) => [
    ...fits(moment.inputs, "name", /^[\w+=,.@-]{1,128}$/, `1 to 128 ${nameRule}`),
    ...policyRefusals(moment, "policy", "identity"),
  ],
  id: ({ inputs }) => `${text(inputs["role"]) ?? ""}:${text(inputs["name"]) ?? ""}`,
  outputs: () => ({ namePrefix: "" }),
  seconds: { create: 1, update: 1, delete: 1, source: "estimate" },
});

const rolePolicyAttachment = awsRow({
  type: T.rolePolicyAttachment,
  global: true,
  taggable: false,
  immutable: ["policyArn", "role"],
  // So the real provider: a new attachment made first would be the one that the deletion takes away.
  deleteBeforeReplace: true,
  references: [roleName, { path: "policyArn", to: [T.policy], by: "arn", except: awsPolicies }],
  check: ({ inputs }) =>
    fits(inputs, "policyArn", /^arn:[\w-]+:iam::(\d{12}|aws):policy\/.+$/, "it must be the ARN of a policy"),
  id: ({ inputs }) => `${text(inputs["role"]) ?? ""}/${text(inputs["policyArn"]) ?? ""}`,
  outputs: () => ({}),
  seconds: { create: 1, delete: 1, source: "estimate" },
});

const instanceProfile = awsRow({
  type: T.instanceProfile,
  global: true,
  autoName: { property: "name", max: 128 },
  immutable: ["name", "namePrefix", "path"],
  unique: { by: ["name"], scope: "account" },
  references: [roleName],
  inputDefaults: () => ({ path: "/" }),
  check: ({ inputs }) => fits(inputs, "name", /^[\w+=,.@-]{1,128}$/, `1 to 128 ${nameRule}`),
  id: ({ inputs }) => text(inputs["name"]) ?? "",
  outputs: (moment) => ({
    arn: iamArn(moment, `instance-profile${pathOf(moment)}${moment.id}`),
    createDate: text(moment.old?.outputs["createDate"]) ?? moment.now,
    namePrefix: "",
    uniqueId: uniqueId(moment, "AIPA"),
  }),
  seconds: { create: 8, delete: 1, source: "estimate" },
});

export const rows: readonly Row[] = [role, policy, rolePolicy, rolePolicyAttachment, instanceProfile];
