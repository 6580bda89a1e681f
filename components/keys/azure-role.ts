import { createHash } from "node:crypto";
import { RoleAssignment } from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";

/** Built-in roles: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
const roles = {
  /** Wraps and unwraps with a key, and reads what it is; no more (SEC-11). */
  "Key Vault Crypto Service Encryption User": "e147488a-f6f5-4113-8e2d-b22465e65bf6",
  /** Reads, writes and deletes blobs. */
  "Storage Blob Data Contributor": "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
} as const;

export interface Role {
  readonly role: keyof typeof roles;
  readonly subscriptionId: pulumi.Input<string>;
  /** Object id of the identity. */
  readonly principalId: pulumi.Input<string>;
  /** Resource that the role is for. */
  readonly scope: pulumi.Input<string>;
}

/** Lets one identity do one thing to one resource. */
export function assignRole(
  name: string,
  { role, subscriptionId, principalId, scope }: Role,
  options: pulumi.CustomResourceOptions,
) {
  return new RoleAssignment(
    name,
    {
      // Named by all three, so that an assignment of something else is another one, never an update that Azure refuses.
      roleAssignmentName: pulumi
        .all([scope, principalId])
        .apply((ids) => nameBasedUuid([...ids, roles[role]].join("|"))),
      roleDefinitionId: pulumi.interpolate`/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${roles[role]}`,
      principalId,
      // Told apart from a user, Azure doesn't look for an identity that hasn't reached every directory replica yet.
      principalType: "ServicePrincipal",
      scope,
    },
    options,
  );
}

/** UUID version 5 (RFC 9562, section 5.5) of a text in the URL namespace: the same text, the same name. */
export function nameBasedUuid(text: string): string {
  const namespace = Buffer.from("6ba7b8119dad11d180b400c04fd430c8", "hex");
  const bytes = createHash("sha1").update(namespace).update(text).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
