// Storage accounts.
import { between, fits, oneOf, refuse } from "../limits";
import type { Moment, Props, Refusal, Row } from "../row";
import { isSet, object, pick, text } from "../values";
import { arm, filled, identityOutput, token } from "./arm";
import { userAssignedIdentity } from "./identity";
import { key, vault } from "./keyvault";
import { subnet } from "./network";

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

/** Properties that can be said at creation only. */
const once = [
  "encryption.requireInfrastructureEncryption",
  "immutableStorageWithVersioning.enabled",
  "kind",
  "dnsEndpointType",
] as const;

function changeRefusals({ inputs, old }: Moment): readonly Refusal[] {
  if (!old) return [];
  const before = old.inputs;
  const changed = once.filter((path) => (pick(before, path) ?? false) !== (pick(inputs, path) ?? false));
  const upgraded = pick(before, "kind") === "Storage" && pick(inputs, "kind") === "StorageV2";
  return changed
    .filter((path) => !(path === "kind" && upgraded))
    .map((property) => ({
      property,
      reason: `StoragePropertyCannotBeUpdated: The property '${property}' was specified in the input, but it cannot be updated.`,
    }));
}

/** Zone-redundant accounts turn into others only by a migration that is asked for. */
function skuRefusals({ inputs, old }: Moment): readonly Refusal[] {
  const zonal = (props: Props | undefined) => /ZRS$/.test(text(pick(props, "sku.name")) ?? "");
  const tier = (props: Props | undefined) => text(pick(props, "sku.name"))?.split("_")[0];
  if (!old || pick(old.inputs, "sku.name") === pick(inputs, "sku.name")) return [];
  return zonal(old.inputs) !== zonal(inputs) || tier(old.inputs) !== tier(inputs)
    ? refuse(
        "sku.name",
        `StorageAccountSkuChangeNotAllowed: an account of SKU ${text(pick(old.inputs, "sku.name")) ?? ""} can't become ${text(pick(inputs, "sku.name")) ?? ""} by an update; it takes a conversion (az storage account migration).`,
      )
    : [];
}

/** A customer key takes an identity of the account that is named, and both halves of the key's name. */
function keyRefusals(inputs: Props): readonly Refusal[] {
  const encryption = object(inputs["encryption"]);
  if (text(encryption["keySource"])?.toLowerCase() !== "microsoft.keyvault") return [];
  return [
    ...["keyName", "keyVaultUri"]
      .filter((name) => pick(encryption, `keyVaultProperties.${name}`) === undefined)
      .map((name) => ({
        property: `encryption.keyVaultProperties.${name}`,
        reason: "InvalidRequestPropertyValue: keyVaultProperties are required with keySource Microsoft.Keyvault.",
      })),
    ...(pick(inputs, "identity.type") === undefined || pick(inputs, "identity.type") === "None"
      ? refuse("identity", "the account needs an identity that may use the key")
      : []),
    ...(text(pick(inputs, "identity.type")) === "UserAssigned" &&
    pick(encryption, "encryptionIdentity.encryptionUserAssignedIdentity") === undefined
      ? refuse(
          "encryption.encryptionIdentity",
          "encryptionUserAssignedIdentity must be specified for an account with a user-assigned identity only.",
        )
      : []),
  ];
}

/** The key's vault must keep what is deleted: https://learn.microsoft.com/azure/storage/common/customer-managed-keys-overview */
function vaultRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const uri = text(pick(inputs, "encryption.keyVaultProperties.keyVaultUri"))?.replace(/\/*$/, "/");
  const name = text(pick(inputs, "encryption.keyVaultProperties.keyName"));
  if (uri === undefined || name === undefined) return [];
  const holder = account.all(vault).find((one) => pick(one.outputs, "properties.vaultUri") === uri);
  const held = account.all(key).some((one) => one.outputs["keyUri"] === `${uri}keys/${name}`);
  return [
    ...(held
      ? []
      : refuse("encryption.keyVaultProperties.keyName", `KeyVaultKeyNotFound: there is no key ${uri}keys/${name}.`)),
    ...(holder && pick(holder.outputs, "properties.enablePurgeProtection") !== true
      ? refuse(
          "encryption.keyVaultProperties.keyVaultUri",
          "KeyVaultPolicyRecoveryNotEnabled: Keyvault policy recoverable is not set; soft delete and purge protection must be on.",
        )
      : []),
  ];
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

function combinationRefusals(inputs: Props): readonly Refusal[] {
  const [kind, sku] = [text(inputs["kind"]), text(pick(inputs, "sku.name"))];
  const premiumOnly = kind === "BlockBlobStorage" || kind === "FileStorage";
  return [
    ...(kind !== undefined &&
    sku !== undefined &&
    premiumOnly !== /^Premium/.test(sku) &&
    (premiumOnly || (kind !== "StorageV2" && kind !== "Storage"))
      ? refuse("sku.name", `InvalidAccountTypeForKind: SKU ${sku} doesn't go with kind ${kind}.`)
      : []),
    ...(inputs["isSftpEnabled"] === true && inputs["isHnsEnabled"] !== true
      ? refuse("isSftpEnabled", "SFTP needs a hierarchical namespace (isHnsEnabled).")
      : []),
    ...(pick(inputs, "immutableStorageWithVersioning.enabled") === true && inputs["isHnsEnabled"] === true
      ? refuse(
          "immutableStorageWithVersioning",
          "version-level immutability isn't supported with a hierarchical namespace.",
        )
      : []),
    ...(isSet(pick(inputs, "immutableStorageWithVersioning.immutabilityPolicy")) &&
    pick(inputs, "immutableStorageWithVersioning.enabled") !== true
      ? refuse("immutableStorageWithVersioning.enabled", "must be true where there is an immutability policy.")
      : []),
  ];
}

/** A policy is made unlocked; a locked one can only grow. */
function lockRefusals({ inputs, old }: Moment): readonly Refusal[] {
  const path = "immutableStorageWithVersioning.immutabilityPolicy";
  const [before, after] = [pick(old?.inputs, `${path}.state`), pick(inputs, `${path}.state`)];
  const period = `${path}.immutabilityPeriodSinceCreationInDays`;
  const [had, has] = [pick(old?.inputs, period), pick(inputs, period)];
  return [
    ...(after === "Locked" && before !== "Unlocked" && before !== "Locked"
      ? refuse(
          `${path}.state`,
          "a policy can only be created in Disabled or Unlocked state; only an Unlocked one can be locked.",
        )
      : []),
    ...(before === "Locked" && after !== "Locked"
      ? refuse(`${path}.state`, "a Locked policy can't be unlocked, disabled or removed.")
      : []),
    ...(before === "Locked" && typeof had === "number" && typeof has === "number" && has < had
      ? refuse(period, `the period of a Locked policy can only grow (${had} days).`)
      : []),
  ];
}

export const rows: readonly Row[] = [accountRow];
