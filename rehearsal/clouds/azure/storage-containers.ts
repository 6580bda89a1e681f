// Containers of a storage account and the immutability policies on them.
import { between, each, oneOf, refuse } from "../limits";
import type { Row } from "../row";
import { number, object, pick, text } from "../values";
import { arm } from "./arm";
import { accountOf, accountPath, api, namespace, storageAccount } from "./storage";
import { versionedImmutability } from "./storage-blobs";
import { token } from "./types";

export const container = token("storage:BlobContainer");
const immutabilityPolicy = token("storage:BlobContainerImmutabilityPolicy");

const containerPath = ["blobServices/default/containers", "containerName"] as const;
const containerName = /^(\$root|\$web|\$logs|(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*)$/;
const containerRow = arm({
  name: "storage:BlobContainer",
  api,
  namespace,
  path: [accountPath, containerPath],
  parents: [storageAccount],
  inside: true,
  own: {
    pattern: containerName,
    rule: "3 to 63 lower case letters, digits and single hyphens, beginning and ending with a letter or digit",
  },
  check: ({ inputs }) => [
    ...each(
      inputs,
      "metadata",
      (value) => Object.keys(object(value)).every((key) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(key)),
      () => "metadata keys are identifiers",
    ),
  ],
  admit: (moment) => {
    const open = text(moment.inputs["publicAccess"]) ?? "None";
    const lasting = "immutableStorageWithVersioning.enabled";
    // https://learn.microsoft.com/azure/storage/blobs/encryption-scope-overview: a container's scope is chosen with it.
    const scope = ["defaultEncryptionScope", "denyEncryptionScopeOverride"].find(
      (path) => moment.old && (moment.old.inputs[path] ?? null) !== (moment.inputs[path] ?? null),
    );
    if (scope !== undefined) return refuse(scope, "ContainerEncryptionScopeCannotBeUpdated: decided at creation.");
    // The SDK's own words: decided when the container is made; later only a migration turns it on.
    if (moment.old && (pick(moment.old.inputs, lasting) ?? false) !== (pick(moment.inputs, lasting) ?? false))
      return refuse(lasting, "ContainerImmutableStorageWithVersioningCannotBeUpdated: decided at creation.");
    return open !== "None" && accountOf(moment)?.outputs["allowBlobPublicAccess"] === false
      ? refuse("publicAccess", "PublicAccessNotPermitted: Public access is not permitted on this storage account.")
      : [];
  },
  volatile: ["etag", "lastModifiedTime"],
  outputs: (moment) => ({
    publicAccess: moment.inputs["publicAccess"] ?? "None",
    defaultEncryptionScope: moment.inputs["defaultEncryptionScope"] ?? "$account-encryption-key",
    denyEncryptionScopeOverride: moment.inputs["denyEncryptionScopeOverride"] ?? false,
    deleted: false,
    hasImmutabilityPolicy: false,
    hasLegalHold: false,
    leaseState: "Available",
    leaseStatus: "Unlocked",
    remainingRetentionDays: 0,
    lastModifiedTime: moment.now,
    etag: `"0x8D${moment.random(`etag ${moment.now}`, 12).toUpperCase()}"`,
    immutableStorageWithVersioning: {
      enabled: versionedImmutability(moment),
      ...object(moment.inputs["immutableStorageWithVersioning"]),
    },
    type: "Microsoft.Storage/storageAccounts/blobServices/containers",
  }),
  seconds: { create: 2, update: 2, delete: 2, source: "estimate" },
});

const immutabilityRow = arm({
  name: "storage:BlobContainerImmutabilityPolicy",
  api,
  namespace,
  path: [accountPath, containerPath, ["immutabilityPolicies", "immutabilityPolicyName"]],
  parents: [storageAccount, container],
  inside: true,
  autoName: { property: "immutabilityPolicyName", max: 63, random: 0 },
  check: ({ inputs }) => [
    ...oneOf(inputs, "immutabilityPolicyName", ["default"]),
    ...between(inputs, "immutabilityPeriodSinceCreationInDays", 1, 146_000),
    ...(inputs["allowProtectedAppendWrites"] === true && inputs["allowProtectedAppendWritesAll"] === true
      ? refuse(
          "allowProtectedAppendWritesAll",
          "allowProtectedAppendWrites and allowProtectedAppendWritesAll are mutually exclusive.",
        )
      : []),
  ],
  admit: ({ inputs, old }) => {
    const [had, has] = [
      number(old?.inputs["immutabilityPeriodSinceCreationInDays"]),
      number(inputs["immutabilityPeriodSinceCreationInDays"]),
    ];
    return old?.outputs["state"] === "Locked" && had !== undefined && has !== undefined && has < had
      ? refuse(
          "immutabilityPeriodSinceCreationInDays",
          `ContainerProtectedFromDeletion: a locked policy can only grow (${had} days).`,
        )
      : [];
  },
  release: ({ old }) =>
    old?.outputs["state"] === "Locked"
      ? "ImmutabilityPolicyDeleteNotAllowed: a locked immutability policy can't be deleted."
      : undefined,
  volatile: ["etag"],
  outputs: (moment) => ({
    state: moment.old?.outputs["state"] ?? "Unlocked",
    etag: `"8d${moment.random(`etag ${moment.now}`, 13)}"`,
    type: "Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies",
  }),
  seconds: { create: 2, update: 2, delete: 2, source: "estimate" },
});

export const rows: readonly Row[] = [containerRow, immutabilityRow];
export const types = { immutabilityPolicy } as const;
