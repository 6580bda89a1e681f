// Who may do what: identities, role assignments, locks, and who is asking.
import { fits, refuse } from "../limits";
import type { CloudFunction, Moment, Refusal, Row } from "../row";
import { HEX, uuid } from "../shapes";
import { pick, text } from "../values";
import { arm, extension, systemData, uuidPattern } from "./arm";
import { tenantOf } from "./place";
import { token } from "./types";

export const userAssignedIdentity = token("managedidentity:UserAssignedIdentity");
const roleAssignment = token("authorization:RoleAssignment");

const identity = arm({
  name: "managedidentity:UserAssignedIdentity",
  api: "2023-01-31",
  namespace: "Microsoft.ManagedIdentity",
  path: [["userAssignedIdentities", "resourceName"]],
  own: {
    pattern: /^[a-zA-Z0-9][\w-]{2,127}$/,
    rule: "3 to 128 letters, digits, - and _, beginning with a letter or digit",
  },
  location: "replaces",
  taggable: true,
  outputs: (moment) => ({
    principalId: moment.old?.outputs["principalId"] ?? uuid(moment.random("principal", 32, HEX)),
    clientId: moment.old?.outputs["clientId"] ?? uuid(moment.random("client", 32, HEX)),
    tenantId: tenantOf(moment.place),
    systemData: moment.old?.outputs["systemData"] ?? systemData(moment),
  }),
  seconds: { create: 4, update: 3, delete: 3, source: "estimate" },
});

const assignment = extension({
  name: "authorization:RoleAssignment",
  api: "2022-04-01",
  namespace: "Microsoft.Authorization",
  kind: "roleAssignments",
  scope: "scope",
  property: "roleAssignmentName",
  // provider/pkg/gen/replacement.go of pulumi-azure-native.
  immutable: ["principalId"],
  autoName: { property: "roleAssignmentName", max: 36, random: 0 },
  inputDefaults: ({ inputs, old, random, name }) => ({
    principalType: "User",
    // The machine's automatic name is the logical one; the provider draws a UUID.
    ...(inputs["roleAssignmentName"] === undefined || inputs["roleAssignmentName"] === name
      ? { roleAssignmentName: old?.inputs["roleAssignmentName"] ?? uuid(random("name", 32, HEX)) }
      : {}),
  }),
  check: ({ inputs }) => [
    ...fits(
      inputs,
      "roleAssignmentName",
      uuidPattern,
      "InvalidRoleAssignmentId: The role assignment ID must be a GUID",
    ),
    ...fits(inputs, "principalId", uuidPattern, "InvalidPrincipalId: a principal's object id is a GUID"),
    ...fits(
      inputs,
      "roleDefinitionId",
      /\/providers\/Microsoft\.Authorization\/roleDefinitions\/[0-9a-f-]{36}$/i,
      "InvalidRoleDefinitionId: the id of a role definition ends in /providers/Microsoft.Authorization/roleDefinitions/<GUID>",
    ),
  ],
  admit: (moment) => [
    ...twinRefusals(moment),
    ...changedRefusals(moment),
    ...scopeRefusals(moment),
    ...kindRefusals(moment),
  ],
  volatile: ["updatedOn"],
  outputs: ({ now, old, place }) => ({
    createdOn: old?.outputs["createdOn"] ?? now,
    updatedOn: now,
    createdBy: place.account,
    updatedBy: place.account,
  }),
  seconds: { create: 5, update: 5, delete: 3, source: "estimate: directory replication included" },
});

function twinRefusals({ inputs, account, old }: Moment): readonly Refusal[] {
  const same = account
    .all(roleAssignment)
    .some(
      (other) =>
        other.id !== old?.id &&
        ["scope", "principalId", "roleDefinitionId"].every((key) => other.inputs[key] === inputs[key]) &&
        other.inputs["roleAssignmentName"] !== inputs["roleAssignmentName"],
    );
  const reused = account
    .all(roleAssignment)
    .some(
      (other) =>
        other.id !== old?.id &&
        other.inputs["roleAssignmentName"] === inputs["roleAssignmentName"] &&
        other.inputs["scope"] !== inputs["scope"],
    );
  // https://learn.microsoft.com/azure/role-based-access-control/troubleshooting: a GUID names one assignment.
  if (reused)
    return refuse(
      "roleAssignmentName",
      "RoleAssignmentUpdateNotPermitted: Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
    );
  return same ? refuse("roleAssignmentName", "RoleAssignmentExists: The role assignment already exists.") : [];
}

/** An identity is a service principal, whatever the provider's default says: https://learn.microsoft.com/azure/role-based-access-control/troubleshooting */
function kindRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const principal = inputs["principalId"];
  const own = account.all(userAssignedIdentity).some(({ outputs }) => outputs["principalId"] === principal);
  const given = text(inputs["principalType"]);
  return own && given !== undefined && given !== "ServicePrincipal"
    ? refuse(
        "principalType",
        `UnmatchedPrincipalType: The PrincipalId '${(text(principal) ?? "").replaceAll("-", "")}' has type 'ServicePrincipal' , which is different from specified PrinciaplType '${given}'.`,
      )
    : [];
}

const changedRefusals = ({ inputs, old }: Moment): readonly Refusal[] =>
  old && old.inputs["roleDefinitionId"] !== inputs["roleDefinitionId"]
    ? refuse(
        "roleDefinitionId",
        "RoleAssignmentUpdateNotPermitted: Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
      )
    : [];

/** A scope inside of this subscription must exist; one elsewhere can't be seen from here. */
function scopeRefusals({ inputs, account, place }: Moment): readonly Refusal[] {
  const scope = text(inputs["scope"]) ?? "";
  const inGroup = new RegExp(`^/subscriptions/${place.account}/resourceGroups/([^/]+)`, "i").exec(scope);
  if (!inGroup) return [];
  const group = account.find([token("resources:ResourceGroup")], "name", inGroup[1] ?? "");
  return group
    ? []
    : refuse("scope", `ResourceGroupNotFound: Resource group '${inGroup[1] ?? ""}' could not be found.`);
}

const lock = extension({
  name: "authorization:ManagementLockByScope",
  api: "2020-05-01",
  writeOnly: ["scope"],
  namespace: "Microsoft.Authorization",
  kind: "locks",
  scope: "scope",
  property: "lockName",
  lockable: false,
  check: ({ inputs }) => [
    ...fits(inputs, "lockName", /^[^<>%&\\?/]{1,260}$/, "1 to 260 characters without <>%&\\?/"),
    ...fits(inputs, "notes", /^.{0,512}$/s, "notes of up to 512 characters"),
  ],
  admit: scopeRefusals,
  outputs: (moment) => ({ systemData: moment.old?.outputs["systemData"] ?? systemData(moment) }),
  seconds: { create: 3, update: 3, delete: 3, source: "estimate" },
});

export const rows: readonly Row[] = [identity, assignment, lock];

export const functions: readonly CloudFunction[] = [
  {
    token: token("authorization:getClientConfig"),
    call: (_, { place }) => ({
      clientId: text(pick(place.config, "clientId")) ?? uuid("c11e".repeat(8)),
      objectId: uuid("0b1ec7ed".repeat(4)),
      subscriptionId: place.account,
      tenantId: tenantOf(place),
    }),
  },
];
