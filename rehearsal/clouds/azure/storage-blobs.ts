// The blob service's settings of a storage account.
import { between, oneOf, refuse, someOf } from "../limits";
import type { Moment, Props, Refusal, Row, Value } from "../row";
import { number, object, pick } from "../values";
import { arm, filled } from "./arm";
import { accountOf, accountPath, api, namespace, storageAccount } from "./storage";
import { token } from "./types";

export const blobService = token("storage:BlobServiceProperties");

/** Immutability of versions, chosen for the whole account. */
export const versionedImmutability = (moment: Moment) =>
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

/** https://learn.microsoft.com/azure/storage/blobs/storage-feature-support-in-storage-accounts */
function hierarchyRefusals(moment: Moment): readonly Refusal[] {
  if (accountOf(moment)?.inputs["isHnsEnabled"] !== true) return [];
  return ["isVersioningEnabled", "restorePolicy.enabled"]
    .filter((property) => pick(moment.inputs, property) === true)
    .flatMap((property) =>
      refuse(property, "FeatureNotSupportedForAccount: the account has a hierarchical namespace."),
    );
}

/** A policy of copies needs what it was made on: https://learn.microsoft.com/azure/storage/blobs/object-replication-overview */
function copiedRefusals(moment: Moment): readonly Refusal[] {
  const at = accountOf(moment);
  const part = (value: Value | undefined) => value !== undefined && (value === at?.id || value === at?.outputs["name"]);
  const policies = moment.account.all(token("storage:ObjectReplicationPolicy")).map(({ inputs }) => inputs);
  const source = policies.some((one) => part(one["sourceAccount"]));
  const target = policies.some((one) => part(one["destinationAccount"]));
  const off = (path: string) => moment.old !== undefined && pick(moment.inputs, path) !== true;
  return [
    ...((source || target) && off("isVersioningEnabled")
      ? refuse("isVersioningEnabled", "Conflict: versioning can't be disabled while object replication uses it.")
      : []),
    ...(source && off("changeFeed.enabled")
      ? refuse("changeFeed.enabled", "Conflict: the change feed can't be disabled while object replication uses it.")
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
  admit: (moment) => [
    ...hierarchyRefusals(moment),
    ...copiedRefusals(moment),
    ...(versionedImmutability(moment)
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
      : []),
  ],
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

export const rows: readonly Row[] = [blobServiceRow];
