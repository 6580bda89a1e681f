// What lies in a storage account: the blob service's settings, containers, their immutability, lifecycle.
import { between, each, fits, oneOf, refuse, someOf } from "../limits";
import type { Moment, Props, Refusal, Row } from "../row";
import { isSet, list, number, object, pick, pickAll, text } from "../values";
import { arm, filled, objectsAt, token } from "./arm";
import { accountPath, api, namespace, storageAccount } from "./storage";

export const blobService = token("storage:BlobServiceProperties");
export const container = token("storage:BlobContainer");
const immutabilityPolicy = token("storage:BlobContainerImmutabilityPolicy");

const accountOf = ({ account, inputs }: Moment) => account.find([storageAccount], "name", inputs["accountName"] ?? "");
const versionedImmutability = (moment: Moment) =>
  pick(accountOf(moment)?.outputs, "immutableStorageWithVersioning.enabled") === true;

function recoveryRefusals(inputs: Props): readonly Refusal[] {
  const on = pick(inputs, "restorePolicy.enabled") === true;
  if (!on) return [];
  const days = number(pick(inputs, "restorePolicy.days"));
  const kept = number(pick(inputs, "deleteRetentionPolicy.days"));
  return [
    ...(pick(inputs, "isVersioningEnabled") === false || inputs["isVersioningEnabled"] === undefined
      ? refuse("isVersioningEnabled", "point-in-time restore needs versioning.")
      : []),
    ...(pick(inputs, "changeFeed.enabled") === false || pick(inputs, "changeFeed.enabled") === undefined
      ? refuse("changeFeed.enabled", "point-in-time restore needs the change feed.")
      : []),
    ...(pick(inputs, "deleteRetentionPolicy.enabled") === false || pick(inputs, "deleteRetentionPolicy") === undefined
      ? refuse("deleteRetentionPolicy.enabled", "point-in-time restore needs soft delete for blobs.")
      : []),
    ...(days !== undefined && kept !== undefined && (days < 1 || days >= kept)
      ? refuse(
          "restorePolicy.days",
          `must be greater than zero and less than deleteRetentionPolicy.days (${kept}), got ${days}.`,
        )
      : []),
    ...(pick(inputs, "deleteRetentionPolicy.allowPermanentDelete") === true
      ? refuse("deleteRetentionPolicy.allowPermanentDelete", "cannot be used with a blob restore policy.")
      : []),
  ];
}

const blobServiceRow = arm({
  name: "storage:BlobServiceProperties",
  api,
  namespace,
  path: [accountPath, ["blobServices", "blobServicesName"]],
  parents: [storageAccount],
  inside: true,
  autoName: { property: "blobServicesName", max: 63, random: 0 },
  required: ["blobServicesName"],
  check: ({ inputs }) => [
    ...oneOf(inputs, "blobServicesName", ["default"]),
    ...["deleteRetentionPolicy", "containerDeleteRetentionPolicy"].flatMap((policy) => [
      ...between(inputs, `${policy}.days`, 1, 365),
      ...(pick(inputs, `${policy}.enabled`) === true ? someOf(inputs, `${policy}.days`) : []),
    ]),
    ...between(inputs, "changeFeed.retentionInDays", 1, 146_000),
    ...recoveryRefusals(inputs),
  ],
  admit: (moment) =>
    versionedImmutability(moment)
      ? [
          ...(moment.inputs["isVersioningEnabled"] === false
            ? refuse(
                "isVersioningEnabled",
                "versioning can't be turned off in an account with version-level immutability.",
              )
            : []),
          ...(pick(moment.inputs, "restorePolicy.enabled") === true
            ? refuse("restorePolicy.enabled", "point-in-time restore isn't supported with version-level immutability.")
            : []),
        ]
      : [],
  outputs: (moment) => ({
    sku: object(accountOf(moment)?.outputs["sku"]),
    cors: filled(moment.inputs, "cors", { corsRules: [] }),
    deleteRetentionPolicy: filled(moment.inputs, "deleteRetentionPolicy", {
      enabled: false,
      allowPermanentDelete: false,
    }),
    ...(pick(moment.inputs, "restorePolicy.enabled") === true
      ? {
          restorePolicy: {
            ...object(moment.inputs["restorePolicy"]),
            lastEnabledTime: pick(moment.old?.outputs, "restorePolicy.lastEnabledTime") ?? moment.now,
            minRestoreTime: pick(moment.old?.outputs, "restorePolicy.minRestoreTime") ?? moment.now,
          },
        }
      : {}),
  }),
  seconds: { create: 4, update: 4, delete: 1, source: "estimate; there is nothing to delete" },
});

const containerName = /^(\$root|\$web|\$logs|(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*)$/;
const containerRow = arm({
  name: "storage:BlobContainer",
  api,
  namespace,
  path: [accountPath, ["containers", "containerName"]],
  parents: [storageAccount],
  inside: true,
  own: {
    pattern: containerName,
    rule: "3 to 63 lower case letters, digits and single hyphens, beginning and ending with a letter or digit",
  },
  check: ({ inputs }) => [
    ...oneOf(inputs, "publicAccess", ["None", "Container", "Blob"]),
    ...each(
      inputs,
      "metadata",
      (value) => Object.keys(object(value)).every((key) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(key)),
      () => "metadata keys are identifiers",
    ),
  ],
  admit: (moment) => {
    const open = text(moment.inputs["publicAccess"]) ?? "None";
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

/** Containers lie under the blob service, which the path of `arm` doesn't name. */
const underBlobService = (row: Row): Row => ({
  ...row,
  id: (moment) => row.id(moment).replace(/\/containers\//, "/blobServices/default/containers/"),
});

const immutabilityRow = arm({
  name: "storage:BlobContainerImmutabilityPolicy",
  api,
  namespace,
  path: [accountPath, ["containers", "containerName"], ["immutabilityPolicies", "immutabilityPolicyName"]],
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

const actions = ["tierToCool", "tierToCold", "tierToArchive", "tierToHot", "delete"];

function lifecycleRefusals({ inputs }: Moment): readonly Refusal[] {
  const rules = objectsAt(inputs, "policy.rules.*");
  const names = rules.map(({ value }) => text(object(value)["name"]));
  return [
    ...(inputs["policy"] !== undefined &&
    list(pick(inputs, "policy.rules")).length === 0 &&
    Array.isArray(pick(inputs, "policy.rules"))
      ? refuse("policy.rules", "InvalidRequestPropertyValue: a policy needs at least one rule.")
      : []),
    ...(rules.length > 100 ? refuse("policy.rules", "a policy holds up to 100 rules.") : []),
    ...rules.flatMap(({ path, value }, index) => {
      const rule = object(value);
      const definition = object(rule["definition"]);
      const types = list(pick(definition, "filters.blobTypes"));
      const given = pickAll(definition, "actions.*.*");
      const moves = given.filter(({ path: at }) => /tierTo|enableAutoTier/.test(at));
      return [
        ...(names.indexOf(names[index]) < index && names[index] !== undefined
          ? refuse(`${path}.name`, `rule names are unique in a policy: ${names[index] ?? ""}`)
          : []),
        ...fits(inputs, `${path}.name`, /^[A-Za-z0-9_-]{1,256}$/, "letters, digits, - and _"),
        ...oneOf(inputs, `${path}.type`, ["Lifecycle"]),
        ...oneOf(inputs, `${path}.definition.filters.blobTypes.*`, ["blockBlob", "appendBlob"]),
        ...(pick(definition, "filters.blobTypes") === undefined && pick(definition, "filters") !== undefined
          ? refuse(`${path}.definition.filters.blobTypes`, "missing required property 'blobTypes'")
          : []),
        ...(given.length === 0 ? refuse(`${path}.definition.actions`, "a rule needs at least one action.") : []),
        ...given
          .filter(
            ({ path: at }) =>
              !actions.includes(at.split(".").at(-1) ?? "") && !at.endsWith("enableAutoTierToHotFromCool"),
          )
          .map(({ path: at }) => ({ property: `${path}.definition.${at}`, reason: "is no lifecycle action" })),
        ...(types.includes("appendBlob") && moves.length > 0
          ? refuse(`${path}.definition.actions`, "only delete actions are supported for appendBlob.")
          : []),
      ];
    }),
    ...each(
      inputs,
      "policy.rules.*.definition.actions.*.*.*",
      (value) => typeof value !== "number" || (value >= 0 && Number.isInteger(value)),
      (value) => `a number of days is a whole number from 0, got ${value}`,
    ),
  ];
}

/** https://learn.microsoft.com/azure/storage/blobs/access-tiers-overview: ZRS, GZRS and RA-GZRS have no archive tier. */
function archiveRefusals(moment: Moment): readonly Refusal[] {
  const sku = text(pick(accountOf(moment)?.outputs, "sku.name")) ?? "";
  return /ZRS$|^Premium/.test(sku)
    ? pickAll(moment.inputs, "policy.rules.*.definition.actions.*.tierToArchive").map(({ path }) => ({
        property: path,
        reason: `the archive tier isn't supported in accounts of SKU ${sku}.`,
      }))
    : [];
}

const lifecycleRow = arm({
  name: "storage:ManagementPolicy",
  api,
  namespace,
  path: [accountPath, ["managementPolicies", "managementPolicyName"]],
  parents: [storageAccount],
  inside: true,
  autoName: { property: "managementPolicyName", max: 63, random: 0 },
  required: ["policy"],
  check: (moment) => [...oneOf(moment.inputs, "managementPolicyName", ["default"]), ...lifecycleRefusals(moment)],
  admit: archiveRefusals,
  volatile: ["lastModifiedTime"],
  outputs: (moment) => ({
    name: "DefaultManagementPolicy",
    lastModifiedTime: moment.now,
    ...(isSet(moment.inputs["policy"]) ? { policy: moment.inputs["policy"] ?? {} } : {}),
  }),
  seconds: { create: 3, update: 3, delete: 2, source: "estimate" },
});

export const rows: readonly Row[] = [
  blobServiceRow,
  underBlobService(containerRow),
  underBlobService(immutabilityRow),
  lifecycleRow,
];
export const types = { immutabilityPolicy } as const;
