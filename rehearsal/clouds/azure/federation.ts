// Trust in somebody else's tokens, and roles of one's own.
import { fits, long, oneOf, refuse } from "../limits";
import type { Row } from "../row";
import { isSet, list, pick, text, texts } from "../values";
import { arm, extension, uuidPattern } from "./arm";
import { userAssignedIdentity } from "./identity";
import { token } from "./types";

const credential = token("managedidentity:FederatedIdentityCredential");
const credentialRow = arm({
  name: "managedidentity:FederatedIdentityCredential",
  api: "2023-01-31",
  namespace: "Microsoft.ManagedIdentity",
  path: [
    ["userAssignedIdentities", "resourceName"],
    ["federatedIdentityCredentials", "federatedIdentityCredentialResourceName"],
  ],
  parents: [userAssignedIdentity],
  inside: true,
  own: {
    pattern: /^[a-zA-Z0-9][\w-]{2,119}$/,
    rule: "3 to 120 letters, digits, - and _, beginning with a letter or digit",
  },
  check: ({ inputs }) => [
    ...fits(inputs, "issuer", /^https:\/\/[^\s]+$/, "BadRequest: the issuer is an https address"),
    ...long(inputs, "audiences", 1, 1),
    ...long(inputs, "subject", 1, 600),
  ],
  admit: ({ inputs, account, old }) => {
    const others = account
      .all(credential)
      .filter((other) => other.id !== old?.id && other.inputs["resourceName"] === inputs["resourceName"]);
    const twin = others.some(
      (other) => other.inputs["issuer"] === inputs["issuer"] && other.inputs["subject"] === inputs["subject"],
    );
    return [
      ...(others.length >= 20
        ? refuse("resourceName", "BadRequest: an identity has 20 federated credentials at most.")
        : []),
      ...(twin
        ? refuse("subject", "BadRequest: issuer and subject combination already exists for this managed identity.")
        : []),
    ];
  },
  seconds: { create: 3, update: 3, delete: 3, source: "estimate" },
});

const definition = extension({
  name: "authorization:RoleDefinition",
  writeOnly: ["scope"],
  api: "2022-05-01-preview",
  namespace: "Microsoft.Authorization",
  kind: "roleDefinitions",
  scope: "scope",
  property: "roleDefinitionId",
  autoName: { property: "roleDefinitionId", max: 36, random: 0 },
  check: ({ inputs }) => [
    ...fits(inputs, "roleDefinitionId", uuidPattern, "InvalidRoleDefinitionId: a GUID"),
    ...long(inputs, "roleName", 1, 512),
    ...long(inputs, "description", 0, 2048),
    ...oneOf(inputs, "roleType", ["CustomRole"]),
    ...(isSet(inputs["permissions"])
      ? []
      : refuse("permissions", "RoleDefinitionPermissionsRequired: at least one permission.")),
    ...(isSet(inputs["assignableScopes"])
      ? []
      : refuse("assignableScopes", "RoleDefinitionScopesRequired: at least one assignable scope.")),
    ...(texts(inputs["assignableScopes"]).some((scope) => scope === "/")
      ? refuse("assignableScopes", "LinkedAuthorizationFailed: a custom role isn't assignable at the root.")
      : []),
    ...list(inputs["permissions"]).flatMap((one, index) =>
      ["actions", "dataActions"].flatMap((kind) =>
        texts(pick(one, kind)).flatMap((action) =>
          /^(\*|[A-Za-z]+(\.[A-Za-z]+)+\/.+|\*\/.+)$/.test(action)
            ? []
            : refuse(
                `permissions.${index}.${kind}`,
                `InvalidActionOrNotAction: '${action}' does not match any of the actions supported by the providers.`,
              ),
        ),
      ),
    ),
  ],
  admit: ({ inputs, account, old }) =>
    account
      .all(token("authorization:RoleDefinition"))
      .some((other) => other.id !== old?.id && text(other.inputs["roleName"]) === text(inputs["roleName"]))
      ? refuse(
          "roleName",
          "RoleDefinitionWithSameNameExists: a custom role with the same name already exists in this directory.",
        )
      : [],
  volatile: ["updatedOn"],
  outputs: ({ now, old, place }) => ({
    createdOn: old?.outputs["createdOn"] ?? now,
    updatedOn: now,
    createdBy: place.account,
    updatedBy: place.account,
  }),
  release: ({ account, old }) =>
    account.all(token("authorization:RoleAssignment")).some(({ inputs }) => inputs["roleDefinitionId"] === old?.id)
      ? "RoleDefinitionHasAssignments: There are existing role assignments referencing role."
      : undefined,
  seconds: { create: 5, update: 5, delete: 4, source: "estimate: directory replication included" },
});

export const rows: readonly Row[] = [credentialRow, definition];
