import { between, oneOf } from "../limits";
import type { Moment, Props, Row } from "../row";
import { HEX, uuid } from "../shapes";
import { isSet, object, pick, text } from "../values";
import { arm, filled, identityOutput } from "./arm";
import { userAssignedIdentity } from "./identity";
import { token } from "./types";

export const workspace = token("operationalinsights:Workspace");

const workspaceRow = arm({
  name: "operationalinsights:Workspace",
  api: "2023-09-01",
  namespace: "Microsoft.OperationalInsights",
  path: [["workspaces", "workspaceName"]],
  own: {
    pattern: /^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/,
    rule: "4 to 63 letters, digits and hyphens, with a letter or digit at both ends",
  },
  location: "replaces",
  taggable: true,
  check: ({ inputs }) => [
    ...(text(pick(inputs, "sku.name")) === "Free"
      ? oneOf(inputs, "retentionInDays", [7])
      : between(inputs, "retentionInDays", 30, 730)),
    ...["publicNetworkAccessForIngestion", "publicNetworkAccessForQuery"].flatMap((property) =>
      oneOf(inputs, property, ["Enabled", "Disabled", "SecuredByPerimeter"]),
    ),
  ],
  volatile: ["modifiedDate", "etag"],
  outputs: (moment) => ({
    ...(isSet(moment.inputs["identity"])
      ? { identity: identityOutput(moment.inputs["identity"], moment, userAssignedIdentity) }
      : {}),
    customerId: moment.old?.outputs["customerId"] ?? uuid(moment.random("customer", 32, HEX)),
    provisioningState: "Succeeded",
    createdDate: moment.old?.outputs["createdDate"] ?? moment.now,
    modifiedDate: moment.now,
    etag: `"${uuid(moment.random(`etag ${moment.now}`, 32, HEX))}"`,
    privateLinkScopedResources: [],
    sku: skuOutput(moment),
    retentionInDays: moment.inputs["retentionInDays"] ?? 30,
    features: filled(moment.inputs, "features", {
      enableLogAccessUsingOnlyResourcePermissions: true,
      disableLocalAuth: false,
    }),
    workspaceCapping: {
      ...filled(moment.inputs, "workspaceCapping", { dailyQuotaGb: -1 }),
      dataIngestionStatus: "RespectQuota",
      quotaNextResetTime: "",
    },
    publicNetworkAccessForIngestion: moment.inputs["publicNetworkAccessForIngestion"] ?? "Enabled",
    publicNetworkAccessForQuery: moment.inputs["publicNetworkAccessForQuery"] ?? "Enabled",
  }),
  seconds: { create: 25, update: 10, delete: 10, source: "estimate" },
});

/** The time stays that the SKU was chosen at. */
function skuOutput({ inputs, old, now }: Moment): Props {
  const sku = filled(inputs, "sku", { name: "PerGB2018" });
  const before = object(old?.outputs["sku"]);
  return { ...sku, lastSkuUpdate: before["name"] === sku["name"] ? (before["lastSkuUpdate"] ?? now) : now };
}

export const rows: readonly Row[] = [workspaceRow];
