// Who may do what, as whom, and who may become whom.
import type { Texts } from ".";

export const identity: Texts = {
  "identity-no-admin-wildcard": {
    title: "Nothing grants everything",
    severity: "critical",
    phase: "resource",
    why: "Whoever holds such a role by mistake or by theft holds the account.",
    remedy: {
      aws: "Name actions and resources; attach a policy of the job instead of AdministratorAccess.",
      azure: "Name actions in the role, and assign a role of the job instead of Owner.",
      gcp: "Grant a role of the job instead of roles/owner and roles/editor.",
      kubernetes: "Name verbs, and bind a role of the job instead of cluster-admin.",
    },
  },
  "identity-no-privilege-escalation": {
    title: "No grant lets its holder raise its own rights",
    severity: "high",
    phase: "resource",
    why: "Changing policies, passing roles or impersonating accounts leads to every right there is.",
    remedy: {
      aws: "Name the roles in Resource, or add a condition on iam:PassedToService or iam:PermissionsBoundary.",
      azure: "Leave Microsoft.Authorization writes out of the role, or add a condition to the assignment.",
      gcp: "Grant the role on the one service account instead of the project.",
      kubernetes: "Leave escalate, impersonate, bind and serviceaccounts/token out, or name resourceNames.",
    },
  },
  "identity-attach-to-roles-not-users": {
    title: "Rights belong to roles; no long-lived keys",
    severity: "medium",
    phase: "resource",
    why: "A key that never expires is found in some repository one day.",
    remedy: {
      aws: "Use a role (or a group) instead of a user's policy, and OIDC or an instance profile instead of an access key.",
      gcp: "Use workload identity federation or impersonation instead of serviceaccount.Key.",
    },
  },
  "identity-trust-policy-scoped": {
    title: "Roles are trusted to named parties",
    severity: "critical",
    phase: "resource",
    why: "A trust that doesn't say who comes lets everybody of the same provider come.",
    remedy: {
      aws: "Name principals; ask other accounts for sts:ExternalId and OIDC tokens for their subject.",
      azure: "Set subject to the one workload, without *.",
      gcp: "Set attributeCondition on the provider, and grant to a subject of the pool instead of all of it.",
    },
  },
  "identity-permissions-boundary": {
    title: "Roles that a stack makes have a boundary",
    severity: "medium",
    phase: "resource",
    why: "A pipeline that makes roles must not make one above its own. Asked for by the setting permissionsBoundary.",
    remedy: {
      aws: "Set permissionsBoundary on the role.",
      azure: "Set condition on assignments of roles that hand on rights.",
      gcp: "Add an iam.DenyPolicy to the stack.",
    },
  },
  "identity-password-policy": {
    title: "The account's password policy asks for 14 characters and remembers 24",
    severity: "medium",
    phase: "stack",
    why: "Passwords that are short or used again are guessed. Judged in the stack that holds the policy.",
    remedy: { aws: "Set minimumPasswordLength to 14 and passwordReusePrevention to 24." },
  },
  "identity-no-default-service-account": {
    title: "Workloads run under identities of their own",
    severity: "high",
    phase: "stack",
    why: "A shared or default identity holds the rights of all its users.",
    remedy: {
      aws: "Give each function a role of its own, and instances an iamInstanceProfile.",
      azure: "Set identity.type to UserAssigned or SystemAssigned.",
      gcp: "Set the service account to one made for the workload.",
      kubernetes: "Set serviceAccountName, or automountServiceAccountToken to false.",
    },
  },
  "identity-os-login-mfa": {
    title: "People log in to machines by name, not by shared keys",
    severity: "medium",
    phase: "resource",
    why: "A key pair has no owner, no second factor and no end.",
    remedy: {
      aws: "Remove keyName; use Systems Manager Session Manager.",
      azure: "Set linuxConfiguration.disablePasswordAuthentication to true.",
      gcp: "Set the metadata enable-oslogin to TRUE, and remove ssh-keys.",
    },
  },
  "identity-public-iam-members": {
    title: "No grant and no function is for anonymous callers",
    severity: "critical",
    phase: "resource",
    why: "What everybody may call, everybody calls.",
    remedy: {
      aws: "Name the principal or sourceArn of a permission; set a function URL's authorizationType to AWS_IAM.",
      azure: "Set publicNetworkAccess to Disabled, deny by default, or require authentication on a function app.",
      gcp: "Name members instead of allUsers and allAuthenticatedUsers.",
      kubernetes: "Remove system:anonymous and system:unauthenticated from subjects.",
    },
  },
};
