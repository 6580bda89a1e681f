// Storage accounts.
import { between, fits, oneOf, refuse } from "../limits";
import type { Moment, Row } from "../row";
import { isSet, object, pick, text } from "../values";
import { arm, filled, identityOutput } from "./arm";
import { userAssignedIdentity } from "./identity";
import { subnet } from "./network";
import {
  changeRefusals,
  combinationRefusals,
  keyRefusals,
  lockRefusals,
  skuRefusals,
  vaultRefusals,
} from "./storage-refusals";
import { token } from "./types";

export const storageAccount = token("storage:StorageAccount");
export const api = "2024-01-01";
export const namespace = "Microsoft.Storage";
export const accountPath = ["storageAccounts", "accountName"] as const;

const replications = ["LRS", "GRS", "RAGRS", "ZRS", "GZRS", "RAGZRS"];
const skus = [
  ...replications.map((kind) => `Standard_${kind}`),
  "Premium_LRS",
  "Premium_ZRS",
  ...["LRS", "GRS", "ZRS", "GZRS"].map((kind) => `StandardV2_${kind}`),
  "PremiumV2_LRS",
  "PremiumV2_ZRS",
];
const kinds = ["Storage", "StorageV2", "BlobStorage", "FileStorage", "BlockBlobStorage"];

/** The storage account that the inputs name. */
export const accountOf = ({ account, inputs }: Moment) =>
  account.find([storageAccount], "name", inputs["accountName"] ?? "");

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
  required: ["kind", "sku"],
  // provider/pkg/gen/replacement.go of pulumi-azure-native.
  immutable: ["isHnsEnabled"],
  references: [
    { path: "identity.userAssignedIdentities.*", to: [userAssignedIdentity], weak: true },
    { path: "encryption.encryptionIdentity.encryptionUserAssignedIdentity", to: [userAssignedIdentity], weak: true },
    { path: "networkRuleSet.virtualNetworkRules.*.virtualNetworkResourceId", to: [subnet] },
  ],
  check: ({ inputs }) => [
    ...oneOf(inputs, "sku.name", skus),
    ...oneOf(inputs, "kind", kinds),
    ...oneOf(inputs, "accessTier", ["Hot", "Cool", "Cold", "Premium"]),
    ...(text(inputs["kind"]) === "BlobStorage" && inputs["accessTier"] === undefined
      ? refuse("accessTier", "AccessTierRequired: required for accounts of kind BlobStorage")
      : []),
    ...oneOf(inputs, "minimumTlsVersion", ["TLS1_0", "TLS1_1", "TLS1_2", "TLS1_3"]),
    ...oneOf(inputs, "publicNetworkAccess", ["Enabled", "Disabled", "SecuredByPerimeter"]),
    ...oneOf(inputs, "allowedCopyScope", ["AAD", "PrivateLink"]),
    ...oneOf(inputs, "dnsEndpointType", ["Standard", "AzureDnsZone"]),
    ...oneOf(inputs, "networkRuleSet.defaultAction", ["Allow", "Deny"]),
    ...fits(
      inputs,
      "networkRuleSet.bypass",
      /^(None|(Logging|Metrics|AzureServices)(, ?(Logging|Metrics|AzureServices))*)$/,
      "None, or a list of Logging, Metrics, AzureServices",
    ),
    ...oneOf(inputs, "encryption.keySource", ["Microsoft.Storage", "Microsoft.Keyvault"]),
    ...oneOf(inputs, "encryption.services.*.keyType", ["Account", "Service"]),
    ...oneOf(inputs, "identity.type", ["None", "SystemAssigned", "UserAssigned", "SystemAssigned,UserAssigned"]),
    ...oneOf(inputs, "immutableStorageWithVersioning.immutabilityPolicy.state", ["Unlocked", "Locked", "Disabled"]),
    ...between(
      inputs,
      "immutableStorageWithVersioning.immutabilityPolicy.immutabilityPeriodSinceCreationInDays",
      1,
      146_000,
    ),
    ...between(inputs, "keyPolicy.keyExpirationPeriodInDays", 1, 146_000),
    ...oneOf(inputs, "sasPolicy.expirationAction", ["Log", "Block"]),
    ...fits(inputs, "sasPolicy.sasExpirationPeriod", /^\d{1,5}\.\d{2}:\d{2}:\d{2}$/, "a period as DD.HH:MM:SS"),
    ...combinationRefusals(inputs),
    ...keyRefusals(inputs),
  ],
  admit: (moment) => [
    ...changeRefusals(moment),
    ...skuRefusals(moment),
    ...vaultRefusals(moment),
    ...lockRefusals(moment),
  ],
  secrets: [],
  outputs: (moment) => {
    const { inputs } = moment;
    const name = text(inputs["accountName"]) ?? "";
    const at = (service: string) => `https://${name}.${service}.core.windows.net/`;
    const premium = text(pick(inputs, "sku.name"))?.startsWith("Premium");
    const location = inputs["location"] ?? "";
    return {
      provisioningState: "Succeeded",
      creationTime: moment.old?.outputs["creationTime"] ?? moment.now,
      primaryLocation: location,
      statusOfPrimary: "available",
      primaryEndpoints: {
        blob: at("blob"),
        dfs: at("dfs"),
        file: at("file"),
        queue: at("queue"),
        table: at("table"),
        web: at("z13.web"),
      },
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
      ...(/GRS$|GZRS$/.test(text(pick(inputs, "sku.name")) ?? "")
        ? {
            statusOfSecondary: "available",
            secondaryLocation: moment.old?.outputs["secondaryLocation"] ?? `${text(location) ?? ""}-pair`,
          }
        : {}),
    };
  },
  seconds: { create: 25, update: 10, delete: 5, source: "estimate: 20 to 30 s from deployments' logs" },
});

export const rows: readonly Row[] = [accountRow];
