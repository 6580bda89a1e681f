// SEC-10, SEC-11: what policies and roles grant.
import { bindings, bindsNone, eachRule, has } from "../cluster-grants";
import { document } from "../documents";
import { allActions, covers, escalations, grants, onAll } from "../grants";
import { statements } from "../iam";
import { all, each, equals, fail, holds, pass, unknown, when } from "../judge";
import { asText, folded, isUnknown, join, list, read, text } from "../read";
import { type Judge, rule, type Verdict, type View } from "../rule";
import { aws, azure, gcp, kubernetes } from "../tokens";

const documents = "iam.Policy, iam.RolePolicy, iam.UserPolicy, iam.GroupPolicy";
const attachments =
  "iam.RolePolicyAttachment, iam.UserPolicyAttachment, iam.GroupPolicyAttachment, iam.PolicyAttachment";
const notEverything = (path: string) =>
  document(
    path,
    "no statement that allows every action on every resource",
    (one) => one.allows && allActions(one) && onAll(one),
  );
/** AWS's own policies by the end of their ARN. */
const managed = (path: string, ...banned: readonly string[]) =>
  holds(
    path,
    `not ${banned.join(" or ")}`,
    (value) => !banned.some((name) => asText(value).endsWith(`:aws:policy/${name}`)),
  );
const role = (inline: (path: string) => Judge, ...banned: readonly string[]): Judge =>
  all(
    each("inlinePolicies", (at) => inline(`${at}.policy`)),
    each("managedPolicyArns", (at) => managed(at, ...banned)),
  );

const atSubscription = /^\/($|subscriptions\/[^/]+\/?$|providers\/microsoft\.management\/managementgroups\/)/i;
/** Where a role can be used: its own scope and those that it is assignable at. */
const wideScope = ({ props }: View): boolean | "unknown" => {
  const scopes = [read(props, "scope"), ...([list(props, "assignableScopes")].flat() as readonly unknown[])];
  if (scopes.some((one) => typeof one === "string" && atSubscription.test(one))) return true;
  return scopes.some(isUnknown) ? "unknown" : false;
};
const permissions =
  (expected: string, bad: (actions: readonly string[], but: readonly string[]) => boolean): Judge =>
  ({ props }) => {
    const found = list(props, "permissions");
    if (typeof found === "symbol") return unknown("permissions", expected);
    const verdicts = found.map((one, index): Verdict => {
      const path = join("permissions", index, "actions");
      const [actions, but] = [list(one, "actions"), list(one, "notActions")];
      if (typeof actions === "symbol" || typeof but === "symbol") return unknown(path, expected);
      if (bad(actions.map(asText), but.map(asText))) return fail(path, expected);
      return actions.some(isUnknown) ? unknown(path, expected) : pass(path, expected);
    });
    return verdicts.length > 0 ? verdicts : pass("permissions", expected);
  };

const owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
/** User Access Administrator and Role Based Access Control Administrator. */
const accessAdministrators = ["18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "f58310d9-a9f6-439a-9e8d-f62e7b41a168"];
const roleIsNot = (ids: readonly string[], names: string): Judge =>
  holds("roleDefinitionId", `not ${names}`, (value) => !ids.some((id) => asText(value).toLowerCase().endsWith(id)));

const gcpMembers =
  "projects.IAMMember, projects.IAMBinding, folder.IAMMember, folder.IAMBinding, organizations.IAMMember, organizations.IAMBinding";
const gcpPolicies = "projects.IAMPolicy, folder.IAMPolicy, organizations.IAMPolicy";
/** Google's own agent for its APIs is an Editor in every project. */
const googlesOwn = (view: View) => /@cloudservices\.gserviceaccount\.com$/.test(text(view.props, "member"));
const roleNot = (banned: readonly string[]): Judge =>
  when(
    (view) => !googlesOwn(view),
    "Google's own agent",
    holds("role", `not ${banned.join(" or ")}`, (value) => !banned.includes(asText(value))),
  );
const policyNot = (banned: readonly string[]): Judge =>
  holds(
    "policyData",
    `no binding of ${banned.join(" or ")}`,
    (value) => !banned.some((name) => JSON.stringify(value).includes(name)),
  );

const basic = ["roles/owner", "roles/editor"];

export const noAdmin = rule(
  "identity-no-admin-wildcard",
  aws(documents, notEverything("policy")),
  aws("ssoadmin.PermissionSetInlinePolicy", notEverything("inlinePolicy")),
  aws(attachments, managed("policyArn", "AdministratorAccess")),
  aws("iam.Role", role(notEverything, "AdministratorAccess")),
  azure(
    "authorization.RoleDefinition",
    when(
      wideScope,
      "a role of resource groups",
      permissions("no * at a subscription", (actions) => actions.includes("*")),
    ),
  ),
  azure("authorization.RoleAssignment", roleIsNot([owner], "Owner")),
  gcp(gcpMembers, roleNot(basic)),
  gcp(gcpPolicies, policyNot(basic)),
  gcp("projects.IAMCustomRole, organizations.IAMCustomRole", (view) => {
    const found = list(view.props, "permissions");
    if (typeof found === "symbol") return unknown("permissions", "no *");
    return found.some((one) => asText(one).includes("*")) ? fail("permissions", "no *") : pass("permissions", "no *");
  }),
  kubernetes(
    "rbac.ClusterRole",
    eachRule(({ verbs }) => (has(verbs, "*") ? "verbs without *" : undefined)),
  ),
  kubernetes(bindings, bindsNone(["cluster-admin"])),
);

const noWayUp =
  (path: string): Judge =>
  (view) => {
    const expected = "no actions that together raise one's own rights";
    const found = statements(read(view.props, path));
    if (typeof found === "symbol") return unknown(path, expected);
    if (escalations.some((way) => way.every((action) => grants(found, action)))) return fail(path, expected);
    return found.some(({ open }) => open) ? unknown(path, expected) : pass(path, expected);
  };

const azureWaysUp = ["roleAssignments/write", "roleDefinitions/write", "elevateAccess/action"].map(
  (one) => `Microsoft.Authorization/${one}`,
);
const impersonation = [
  ...["roles/iam.serviceAccountTokenCreator", "roles/iam.serviceAccountUser", "roles/iam.serviceAccountKeyAdmin"],
  ...[
    "roles/iam.workloadIdentityUser",
    "roles/iam.securityAdmin",
    "roles/resourcemanager.projectIamAdmin",
    "roles/iam.roleAdmin",
  ],
];
/** A condition on which grants may be changed, or for which resource, takes the way up away. */
const conditioned = (view: View) => /modifiedGrantsByRole|resource\./.test(text(view.props, "condition.expression"));

export const noEscalation = rule(
  "identity-no-privilege-escalation",
  aws(documents, noWayUp("policy")),
  aws("ssoadmin.PermissionSetInlinePolicy", noWayUp("inlinePolicy")),
  aws(attachments, managed("policyArn", "IAMFullAccess")),
  aws("iam.Role", role(noWayUp, "IAMFullAccess")),
  azure(
    "authorization.RoleDefinition",
    permissions("no right to change role assignments", (actions, but) =>
      azureWaysUp.some((way) => actions.some((one) => covers(one, way)) && !but.some((one) => covers(one, way))),
    ),
  ),
  azure(
    "authorization.RoleAssignment",
    when(
      (view) => folded(view.props, "condition") === "",
      "a condition says which roles",
      roleIsNot(accessAdministrators, "an administrator of access"),
    ),
  ),
  gcp(
    gcpMembers,
    when((view) => !conditioned(view), "a condition says which grants", roleNot(impersonation)),
  ),
  kubernetes(
    "rbac.Role, rbac.ClusterRole",
    eachRule(({ verbs, resources, names }) => {
      if (has(verbs, "escalate", "impersonate")) return "no escalate or impersonate";
      if (has(verbs, "bind") && names.length === 0) return "bind with resourceNames alone";
      return has(resources, "serviceaccounts/token") && has(verbs, "create") && names.length === 0
        ? "tokens of named accounts alone"
        : undefined;
    }),
  ),
);

const absent =
  (what: string): Judge =>
  () =>
    fail("", what);
const roleInstead = "a role, or a group, instead of a user";

export const rolesNotUsers = rule(
  "identity-attach-to-roles-not-users",
  aws("iam.UserPolicyAttachment, iam.UserPolicy", absent(roleInstead)),
  aws("iam.PolicyAttachment", ({ props }) => {
    const users = list(props, "users");
    if (typeof users === "symbol") return unknown("users", roleInstead);
    return users.length > 0 ? fail("users", roleInstead) : pass("users", roleInstead);
  }),
  aws("iam.AccessKey", equals("status", "Inactive")),
  gcp("serviceaccount.Key", absent("workload identity instead of a key")),
);
