// The lifecycle of blobs: one management policy an account.
import { each, fits, oneOf, refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { isSet, list, object, pick, pickAll, text } from "../values";
import { arm, objectsAt } from "./arm";
import { accountOf, accountPath, api, namespace, storageAccount } from "./storage";
import { blobService } from "./storage-blobs";

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

/** https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-policy-access-time-based */
function trackingRefusals(moment: Moment): readonly Refusal[] {
  const tracked = moment.account
    .all(blobService)
    .some(
      ({ inputs }) =>
        inputs["accountName"] === moment.inputs["accountName"] &&
        pick(inputs, "lastAccessTimeTrackingPolicy.enable") === true,
    );
  return tracked
    ? []
    : pickAll(moment.inputs, "policy.rules.*.definition.actions.*.*.daysAfterLastAccessTimeGreaterThan").map(
        ({ path }) => ({
          property: path,
          reason: "LastAccessTimeTrackingNotEnabled: last access time tracking is off.",
        }),
      );
}

const lifecycleRow = arm({
  name: "storage:ManagementPolicy",
  api,
  namespace,
  path: [accountPath, ["managementPolicies", "managementPolicyName"]],
  parents: [storageAccount],
  inside: true,
  autoName: { property: "managementPolicyName", max: 63, random: 0 },
  check: (moment) => [...oneOf(moment.inputs, "managementPolicyName", ["default"]), ...lifecycleRefusals(moment)],
  admit: (moment) => [...archiveRefusals(moment), ...trackingRefusals(moment)],
  volatile: ["lastModifiedTime"],
  outputs: (moment) => ({
    name: "DefaultManagementPolicy",
    lastModifiedTime: moment.now,
    ...(isSet(moment.inputs["policy"]) ? { policy: moment.inputs["policy"] ?? {} } : {}),
  }),
  seconds: { create: 3, update: 3, delete: 2, source: "estimate" },
});

export const rows: readonly Row[] = [lifecycleRow];
