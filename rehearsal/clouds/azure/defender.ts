// Plans of Defender for Cloud: a subscription has each one from the start, on or off.
import { oneOf, refuse } from "../limits";
import type { Row } from "../row";
import { azureChild } from "../shapes";
import { isSet, pick, text } from "../values";
import { token } from "./types";

/** https://learn.microsoft.com/rest/api/defenderforcloud/pricings/update */
const plans: Readonly<Record<string, readonly string[]>> = {
  VirtualMachines: ["P1", "P2"],
  SqlServers: [],
  AppServices: [],
  StorageAccounts: ["PerStorageAccount", "PerTransaction", "DefenderForStorageV2"],
  SqlServerVirtualMachines: [],
  KeyVaults: ["PerTransaction", "PerKeyVault"],
  Dns: [],
  Arm: ["PerApiCall", "PerSubscription"],
  OpenSourceRelationalDatabases: [],
  CosmosDbs: [],
  Containers: [],
  CloudPosture: [],
  Api: ["P1", "P2", "P3", "P4", "P5"],
  AI: [],
};

const pricing: Row = {
  type: token("security:Pricing"),
  immutable: ["scopeId", "pricingName"],
  writeOnly: ["scopeId", "pricingName"],
  unique: { by: ["scopeId", "pricingName"], scope: "account" },
  autoName: { property: "pricingName", max: 100, random: 0 },
  inputDefaults: () => ({ azureApiVersion: "2024-01-01" }),
  check: ({ inputs }) => {
    const subPlans = plans[text(inputs["pricingName"]) ?? ""];
    return [
      ...oneOf(inputs, "pricingName", Object.keys(plans)),
      ...(subPlans && isSet(inputs["subPlan"]) ? oneOf(inputs, "subPlan", subPlans) : []),
      ...(/^\/?subscriptions\/[^/]+/.test(text(inputs["scopeId"]) ?? "subscriptions/unknown")
        ? []
        : refuse("scopeId", "InvalidScope: a subscription, or a resource in one.")),
    ];
  },
  // Only a resource's own settings can be deleted; a subscription's can be set to Free.
  release: ({ old }) =>
    /\/providers\/.*\/providers\/Microsoft\.Security/i.test(old?.id ?? "")
      ? undefined
      : "OperationNotSupported: pricings can be deleted at the scope of a resource only.",
  id: ({ inputs }) =>
    azureChild(
      `/${(text(inputs["scopeId"]) ?? "").replace(/^\//, "")}`,
      "Microsoft.Security",
      "pricings",
      text(inputs["pricingName"]) ?? "",
    ),
  outputs: (moment) => ({
    name: moment.inputs["pricingName"] ?? "",
    type: "Microsoft.Security/pricings",
    azureApiVersion: "2024-01-01",
    enablementTime: moment.old?.outputs["enablementTime"] ?? moment.now,
    freeTrialRemainingTime: "PT0S",
    inherited: "False",
    inheritedFrom: "",
    deprecated: false,
    replacedBy: [],
    resourcesCoverageStatus: "FullyCovered",
    ...(pick(moment.inputs, "enforce") === undefined ? { enforce: "False" } : {}),
  }),
  seconds: { create: 4, update: 4, delete: 2, source: "estimate" },
};

export const rows: readonly Row[] = [pricing];
