// Storage accounts.
import { between, fits, long, oneOf, refuse } from "../limits";
import type { Moment, Props, Row } from "../row";
import { isSet, object, pick, text } from "../values";
import { arm, filled, identityOutput } from "./arm";
import { userAssignedIdentity } from "./identity";
import { partnerOf } from "./locations";
import { subnet } from "./network";
import { addressRefusals, endpointRefusals } from "./network-acls";
import {
  changeRefusals,
  combinationRefusals,
  keyRefusals,
  lockRefusals,
  redundancyRefusals,
  skuRefusals,
  vaultRefusals,
} from "./storage-refusals";
import { token } from "./types";

export const storageAccount = token("storage:StorageAccount");
export const api = "2024-01-01";
export const namespace = "Microsoft.Storage";
export const accountPath = ["storageAccounts", "accountName"] as const;

/** The storage account that the inputs name. */
export const accountOf = ({ account, inputs }: Moment) =>
  account.find([storageAccount], "name", inputs["accountName"] ?? "");

/** What the kinds of accounts answer at; there is no copy of files that can be read. */
function endpoints(name: string, kind: string | undefined, mark: "" | "-secondary"): Props {
  const services: Readonly<Record<string, readonly string[]>> = {
    FileStorage: ["file"],
    BlockBlobStorage: ["blob", "dfs", "web"],
    BlobStorage: ["blob", "dfs", "table"],
  };
  const its = services[kind ?? ""] ?? ["blob", "dfs", "file", "queue", "table", "web"];
  const at = (service: string) => `https://${name}${mark}.${service === "web" ? "z13.web" : service}.core.windows.net/`;
  return Object.fromEntries(its.filter((one) => mark === "" || one !== "file").map((one) => [one, at(one)]));
}

const accountRow = arm({
  name: "storage:StorageAccount",
  api,
  namespace,
  path: [accountPath],
  own: { pattern: /^[a-z0-9]{3,24}$/, rule: "AccountNameInvalid: 3 to 24 lower case letters and digits" },
  unique: { by: ["accountName"], scope: "world" },
  location: "replaces",
  taggable: true,
  tagKey: 128,
  // provider/pkg/gen/replacement.go of pulumi-azure-native.
  immutable: ["isHnsEnabled"],
  references: [
    { path: "identity.userAssignedIdentities.*", to: [userAssignedIdentity], weak: true },
    { path: "encryption.encryptionIdentity.encryptionUserAssignedIdentity", to: [userAssignedIdentity], weak: true },
    { path: "networkRuleSet.virtualNetworkRules.*.virtualNetworkResourceId", to: [subnet] },
  ],
  check: ({ inputs }) => [
    ...(text(inputs["kind"]) === "BlobStorage" && inputs["accessTier"] === undefined
      ? refuse("accessTier", "AccessTierRequired: required for accounts of kind BlobStorage")
      : []),
    ...fits(
      inputs,
      "networkRuleSet.bypass",
      /^(None|(Logging|Metrics|AzureServices)(, ?(Logging|Metrics|AzureServices))*)$/,
      "None, or a list of Logging, Metrics, AzureServices",
    ),
    ...oneOf(inputs, "encryption.services.*.keyType", ["Account", "Service"]),
    ...oneOf(inputs, "identity.type", ["None", "SystemAssigned", "UserAssigned", "SystemAssigned,UserAssigned"]),
    ...between(
      inputs,
      "immutableStorageWithVersioning.immutabilityPolicy.immutabilityPeriodSinceCreationInDays",
      1,
      146_000,
    ),
    ...between(inputs, "keyPolicy.keyExpirationPeriodInDays", 1, 146_000),
    ...fits(inputs, "sasPolicy.sasExpirationPeriod", /^\d{1,5}\.\d{2}:\d{2}:\d{2}$/, "a period as DD.HH:MM:SS"),
    ...addressRefusals(inputs, "networkRuleSet.ipRules.*.iPAddressOrRange", 30),
    ...long(inputs, "networkRuleSet.ipRules", 0, 400),
    ...long(inputs, "networkRuleSet.virtualNetworkRules", 0, 400),
    ...combinationRefusals(inputs),
    ...redundancyRefusals(inputs),
    ...keyRefusals(inputs),
  ],
  admit: (moment) => [
    ...endpointRefusals(moment, "networkRuleSet.virtualNetworkRules.*.virtualNetworkResourceId", "Microsoft.Storage"),
    ...changeRefusals(moment),
    ...skuRefusals(moment),
    ...vaultRefusals(moment),
    ...lockRefusals(moment),
  ],
  secrets: [],
  outputs: (moment) => {
    const { inputs } = moment;
    const name = text(inputs["accountName"]) ?? "";
    const sku = text(pick(inputs, "sku.name")) ?? "";
    const premium = sku.startsWith("Premium");
    const location = inputs["location"] ?? "";
    return {
      provisioningState: "Succeeded",
      creationTime: moment.old?.outputs["creationTime"] ?? moment.now,
      primaryLocation: location,
      statusOfPrimary: "available",
      primaryEndpoints: endpoints(name, text(inputs["kind"]), ""),
      privateEndpointConnections: [],
      sku: { ...object(inputs["sku"]), tier: premium ? "Premium" : "Standard" },
      accessTier: inputs["accessTier"] ?? (premium ? "Premium" : "Hot"),
      enableHttpsTrafficOnly: inputs["enableHttpsTrafficOnly"] ?? true,
      minimumTlsVersion: inputs["minimumTlsVersion"] ?? "TLS1_0",
      allowBlobPublicAccess: inputs["allowBlobPublicAccess"] ?? false,
      allowCrossTenantReplication: inputs["allowCrossTenantReplication"] ?? false,
      networkRuleSet: filled(inputs, "networkRuleSet", {
        bypass: "AzureServices",
        defaultAction: "Allow",
        ipRules: [],
        virtualNetworkRules: [],
      }),
      encryption: {
        keySource: "Microsoft.Storage",
        services: { blob: { enabled: true, keyType: "Account" }, file: { enabled: true, keyType: "Account" } },
        ...object(inputs["encryption"]),
        ...(isSet(pick(inputs, "encryption.keyVaultProperties"))
          ? {
              keyVaultProperties: {
                ...object(pick(inputs, "encryption.keyVaultProperties")),
                lastKeyRotationTimestamp:
                  pick(moment.old?.outputs, "encryption.keyVaultProperties.lastKeyRotationTimestamp") ?? moment.now,
              },
            }
          : {}),
      },
      keyCreationTime: moment.old?.outputs["keyCreationTime"] ?? { key1: moment.now, key2: moment.now },
      ...(inputs["identity"] === undefined
        ? {}
        : { identity: identityOutput(inputs["identity"], moment, userAssignedIdentity) }),
      ...(/GRS$|GZRS$/.test(sku)
        ? { statusOfSecondary: "available", secondaryLocation: partnerOf(location) ?? location }
        : {}),
      ...(/_RAG/.test(sku) ? { secondaryEndpoints: endpoints(name, text(inputs["kind"]), "-secondary") } : {}),
    };
  },
  seconds: { create: 25, update: 10, delete: 5, source: "estimate: 20 to 30 s from deployments' logs" },
});

export const rows: readonly Row[] = [accountRow];
