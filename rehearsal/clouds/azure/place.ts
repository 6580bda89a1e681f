import type { Package, Place, Refusal } from "../row";
import { uuid } from "../shapes";
import { pick, text } from "../values";
import { uuidPattern } from "./arm";

/** Stand-ins for what credentials would tell. */
export const standIns = { subscription: uuid(`${"0".repeat(31)}1`), tenant: uuid("7e9a".repeat(8)) } as const;

export const tenantOf = (place: Place): string => text(pick(place.config, "tenantId")) ?? standIns.tenant;

/** A provider instance: its configuration, then the environment, then a stand-in. */
export const place: Package["place"] = (config, environment = {}): Place | readonly Refusal[] => {
  const given = (property: string, variable: string) => config[property] ?? environment[variable];
  const subscription = given("subscriptionId", "ARM_SUBSCRIPTION_ID");
  const tenant = given("tenantId", "ARM_TENANT_ID");
  const wrong = (
    [
      ["subscriptionId", subscription],
      ["tenantId", tenant],
    ] as const
  ).filter(([, value]) => typeof value === "string" && !uuidPattern.test(value));
  if (wrong.length > 0) return wrong.map(([property]) => ({ property, reason: "is not a UUID" }));
  return {
    cloud: "azure",
    account: text(subscription) ?? standIns.subscription,
    region: "",
    config: { ...config, ...(typeof tenant === "string" ? { tenantId: tenant } : {}) },
  };
};
