// What a flexible server's inputs must be by themselves.
import { refuse } from "../limits";
import type { Props, Refusal, Value } from "../row";
import { isSet, pick, text } from "../values";
import { lacksPartner, plainLocation, zoneRefusals } from "./locations";

export const copies = ["Replica", "PointInTimeRestore", "GeoRestore", "ReviveDropped"];
/** https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-storage */
export const disks = [32, 64, 128, 256, 512, 1024, 2048, 4095, 4096, 8192, 16384, 32767];
export const tiers: Readonly<Record<string, RegExp>> = {
  Burstable: /^Standard_B\d+m?s(_v2)?$/,
  GeneralPurpose: /^Standard_DC?\d+a?d?s_v[2-6]$/,
  MemoryOptimized: /^Standard_EC?\d+i?a?d?s_v[2-6]$/,
};
export const reserved = /^(azure_superuser|azure_pg_admin|admin|administrator|root|guest|public|pg_.*)$/i;

/** A disk's own tier, and the best that it can be given: https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-storage-premium-ssd#performance-tier */
const paces: readonly (readonly [size: number, tier: string, iops: number])[] = [
  [32, "P4", 120],
  [64, "P6", 240],
  [128, "P10", 500],
  [256, "P15", 1100],
  [512, "P20", 2300],
  [1024, "P30", 5000],
  [2048, "P40", 7500],
  [4096, "P50", 7500],
  [8192, "P60", 16000],
  [16384, "P70", 18000],
  [32767, "P80", 20000],
];
const paceOf = (size: Value | undefined) => paces.find(([least]) => typeof size === "number" && size <= least);

function paceRefusals(inputs: Props): readonly Refusal[] {
  const own = paceOf(pick(inputs, "storage.storageSizeGB"));
  const given = paces.findIndex(([, tier]) => tier === pick(inputs, "storage.tier"));
  if (!own || given < 0) return [];
  const least = paces.indexOf(own);
  const most = own[0] <= 4096 ? 7 : 10;
  return given >= least && given <= most
    ? []
    : refuse(
        "storage.tier",
        `InvalidStorageTier: a disk of ${own[0]} GiB takes ${paces
          .slice(least, most + 1)
          .map(([, tier]) => tier)
          .join(", ")}.`,
      );
}

export function combinationRefusals(inputs: Props): readonly Refusal[] {
  const tier = text(pick(inputs, "sku.tier"));
  const ha = text(pick(inputs, "highAvailability.mode"));
  const burstable = tier === "Burstable";
  const vnet = isSet(pick(inputs, "network.delegatedSubnetResourceId"));
  return [
    ...(burstable && (ha === "ZoneRedundant" || ha === "SameZone")
      ? refuse(
          "highAvailability.mode",
          "HANotSupportedForBurstableTier: High availability is not supported for the Burstable pricing tier.",
        )
      : []),
    ...(ha === "ZoneRedundant" &&
    // The SDK writes "" for both where the program says nothing.
    text(pick(inputs, "highAvailability.standbyAvailabilityZone")) &&
    pick(inputs, "highAvailability.standbyAvailabilityZone") === inputs["availabilityZone"]
      ? refuse("highAvailability.standbyAvailabilityZone", "must differ from availabilityZone with mode ZoneRedundant.")
      : []),
    ...zoneRefusals(inputs, "highAvailability.mode", ha === "ZoneRedundant"),
    ...zoneRefusals(inputs, "availabilityZone", (text(inputs["availabilityZone"]) ?? "") !== ""),
    ...(pick(inputs, "backup.geoRedundantBackup") === "Enabled" && lacksPartner(inputs["location"])
      ? refuse(
          "backup.geoRedundantBackup",
          `GeoRedundantBackupNotSupported: the region ${plainLocation(inputs["location"])} has no paired region.`,
        )
      : []),
    ...paceRefusals(inputs),
    ...(vnet && !isSet(pick(inputs, "network.privateDnsZoneArmResourceId"))
      ? refuse(
          "network.privateDnsZoneArmResourceId",
          "EmptyPrivateDnsZoneArmResourceId: a private DNS zone is required for a server in a delegated subnet.",
        )
      : []),
    ...(vnet && pick(inputs, "network.publicNetworkAccess") === "Enabled"
      ? refuse(
          "network.publicNetworkAccess",
          "ConflictingPublicNetworkAccessAndVirtualNetworkConfiguration: Conflicting configuration is detected between Public Network Access and Virtual Network arguments. Public Network Access is not supported along with Virtual Network feature.",
        )
      : []),
    ...(pick(inputs, "authConfig.activeDirectoryAuth") === "Disabled" &&
    pick(inputs, "authConfig.passwordAuth") === "Disabled"
      ? refuse("authConfig", "at least one kind of authentication must be enabled.")
      : []),
    ...(pick(inputs, "dataEncryption.type") === "AzureKeyVault"
      ? [
          ...(isSet(pick(inputs, "dataEncryption.primaryKeyURI"))
            ? []
            : refuse("dataEncryption.primaryKeyURI", "is required with dataEncryption.type AzureKeyVault.")),
          ...(isSet(pick(inputs, "dataEncryption.primaryUserAssignedIdentityId"))
            ? []
            : refuse(
                "dataEncryption.primaryUserAssignedIdentityId",
                "is required with dataEncryption.type AzureKeyVault.",
              )),
          ...(pick(inputs, "backup.geoRedundantBackup") === "Enabled" &&
          !isSet(pick(inputs, "dataEncryption.geoBackupKeyURI"))
            ? refuse(
                "dataEncryption.geoBackupKeyURI",
                "GeoBackupKeyRequired: geo-redundant backup of a server with a customer key needs a key in the paired region.",
              )
            : []),
        ]
      : []),
  ];
}

/** What creating from nothing asks for, and what copies must not say. */
export function creationRefusals(inputs: Props): readonly Refusal[] {
  const mode = text(inputs["createMode"]) ?? "Default";
  if (copies.includes(mode))
    return isSet(inputs["sourceServerResourceId"])
      ? []
      : refuse("sourceServerResourceId", `is required when createMode is ${mode}`);
  if (mode === "Update") return [];
  const password = pick(inputs, "authConfig.passwordAuth") !== "Disabled";
  return ["sku", "storage", "version", ...(password ? ["administratorLogin", "administratorLoginPassword"] : [])]
    .filter((property) => inputs[property] === undefined)
    .map((property) => ({ property, reason: `MissingRequiredParameter: ${property} is required to create a server.` }));
}

/** https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-security: three of four kinds of characters. */
export function strong(password: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  return password.length >= 8 && password.length <= 128 && kinds >= 3;
}

export function paceOutputs(inputs: Props): Props {
  const [, tier, iops] = paceOf(pick(inputs, "storage.storageSizeGB")) ?? [];
  return tier === undefined || iops === undefined ? {} : { tier, iops };
}
