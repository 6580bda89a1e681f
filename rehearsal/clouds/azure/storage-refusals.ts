// What Azure refuses of a storage account beyond one property: combinations, keys, and changes after its making.
import { refuse } from "../limits";
import type { Moment, Props, Refusal } from "../row";
import { isSet, object, pick, text } from "../values";
import { key, vault } from "./keyvault";
import { lacksPartner, lacksZones, plainLocation } from "./locations";

/** Properties that can be said at creation only. */
const once = [
  "encryption.requireInfrastructureEncryption",
  "immutableStorageWithVersioning.enabled",
  "kind",
  "dnsEndpointType",
  "enableNfsV3",
] as const;

export function changeRefusals({ inputs, old }: Moment): readonly Refusal[] {
  if (!old) return [];
  const before = old.inputs;
  if (before["largeFileSharesState"] === "Enabled" && inputs["largeFileSharesState"] === "Disabled")
    return refuse(
      "largeFileSharesState",
      "StoragePropertyCannotBeUpdated: large file shares can't be disabled once they are enabled.",
    );
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
export function skuRefusals({ inputs, old }: Moment): readonly Refusal[] {
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
export function keyRefusals(inputs: Props): readonly Refusal[] {
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
export function vaultRefusals({ inputs, account }: Moment): readonly Refusal[] {
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

/** https://learn.microsoft.com/azure/storage/common/storage-account-overview#types-of-storage-accounts */
const skusOf: Readonly<Record<string, RegExp>> = {
  Storage: /^(Standard|Premium)_/,
  StorageV2: /^(Standard|Premium)_/,
  BlobStorage: /^Standard_(LRS|GRS|RAGRS)$/,
  BlockBlobStorage: /^Premium_/,
  FileStorage: /^(Premium|PremiumV2|StandardV2)_/,
};

/** Copies in other zones or another region, where the region has them. */
export function redundancyRefusals(inputs: Props): readonly Refusal[] {
  const [kind, sku] = [text(inputs["kind"]) ?? "", text(pick(inputs, "sku.name")) ?? ""];
  const missing =
    (/ZRS$/.test(sku) && lacksZones(inputs["location"])) ||
    (/GRS$|GZRS$/.test(sku) && lacksPartner(inputs["location"]));
  return missing
    ? refuse(
        "sku.name",
        `RedundancyConfigurationNotAvailableInRegion: The storage account failed to create due to redundancy configuration - Sku: ${sku}, Kind: ${kind} - not available in selected Region - ${plainLocation(inputs["location"])}.`,
      )
    : [];
}

export function combinationRefusals(inputs: Props): readonly Refusal[] {
  const [kind, sku] = [text(inputs["kind"]), text(pick(inputs, "sku.name"))];
  const goes = skusOf[kind ?? ""];
  return [
    ...(goes && sku !== undefined && !goes.test(sku)
      ? refuse("sku.name", `InvalidAccountTypeForKind: SKU ${sku} doesn't go with kind ${kind ?? ""}.`)
      : []),
    ...(inputs["isNfsV3Enabled"] === true && inputs["isHnsEnabled"] !== true
      ? refuse("isNfsV3Enabled", "NFS 3.0 needs a hierarchical namespace (isHnsEnabled).")
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
export function lockRefusals({ inputs, old }: Moment): readonly Refusal[] {
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
