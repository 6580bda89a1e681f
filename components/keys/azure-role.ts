import { createHash } from "node:crypto";
import { RoleAssignment } from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";

/** Built-in roles: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
const roles = {
  /** Wraps and unwraps with a key, and reads what it is; no more (SEC-11). */
  "Key Vault Crypto Service Encryption User": "e147488a-f6f5-4113-8e2d-b22465e65bf6",
  /** Encrypts, decrypts, signs with a key, and reads what it is. */
  "Key Vault Crypto User": "12338af0-0e69-4776-bea7-57ae8d297424",
  /** Settings of a vault and its private endpoints; nothing of what is in it. */
  "Key Vault Contributor": "f25e0fa2-a7c8-4377-a976-54943a77a395",
  /** Reads secrets' values. */
  "Key Vault Secrets User": "4633458b-17de-408a-b874-0445c86b69e6",
  /** Reads and writes secrets. */
  "Key Vault Secrets Officer": "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
  "Storage Blob Data Reader": "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
  /** Reads, writes and deletes blobs. */
  "Storage Blob Data Contributor": "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  /** Joins subnets, and changes what is below its scope in the network. */
  "Network Contributor": "4d97b98b-1d4f-4787-a291-c67834d212e7",
  /** Gives an identity to machines. */
  "Managed Identity Operator": "f1a07417-d97a-45cb-824c-7a7467783830",
  Reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  AcrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  AcrPush: "8311e382-0749-4cb8-b61a-304f252e45ec",
  AcrDelete: "c2f4ef07-c644-48eb-af81-4b1b4947fb11",
  /** Everything inside of a cluster. */
  "Azure Kubernetes Service RBAC Cluster Admin": "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
  /** Reads where a cluster is and how to log in to it. */
  "Azure Kubernetes Service Cluster User Role": "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
  "DNS Zone Contributor": "befefa01-2a29-4197-83a8-272ff33ce314",
} as const;

interface Assignment {
  /** Object id of the identity. */
  readonly principalId: pulumi.Input<string>;
  /** Resource that the role is for. */
  readonly scope: pulumi.Input<string>;
  /** What the identity is: told apart from a user, Azure doesn't look for one that hasn't reached every directory replica yet. @default "ServicePrincipal" */
  readonly principalType?: pulumi.Input<"ServicePrincipal" | "Group" | "User">;
}

/** A built-in role. */
export interface Role extends Assignment {
  readonly role: keyof typeof roles;
  readonly subscriptionId: pulumi.Input<string>;
}

/** A role of our own, by its resource id. */
export interface OwnRole extends Assignment {
  readonly definitionId: pulumi.Input<string>;
}

/** Lets one identity do one thing to one resource. */
export function assignRole(name: string, args: Role | OwnRole, options: pulumi.CustomResourceOptions) {
  const { principalId, scope, principalType = "ServicePrincipal" } = args;
  const definition =
    "definitionId" in args
      ? args.definitionId
      : pulumi.interpolate`/subscriptions/${args.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${roles[args.role]}`;
  const part = "definitionId" in args ? args.definitionId : roles[args.role];
  return new RoleAssignment(
    name,
    {
      // Named by all three, so that an assignment of something else is another one, never an update that Azure refuses.
      roleAssignmentName: pulumi.all([scope, principalId, part]).apply((ids) => nameBasedUuid(ids.join("|"))),
      roleDefinitionId: definition,
      principalId,
      principalType,
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
