// PostgreSQL flexible servers.
import { between, fits, long, oneOf, refuse } from "../limits";
import type { Props, Refusal, Row } from "../row";
import { isSet, object, pick, text } from "../values";
import { arm, filled, identityOutput, systemData } from "./arm";
import { userAssignedIdentity } from "./identity";
import { subnet } from "./network";
import {
  changeRefusals,
  keyRefusals,
  server,
  sourceRefusals,
  subnetRefusals,
  zoneRefusals,
} from "./postgresql-neighbours";
import { privateZone } from "./private-dns";

export const api = "2025-08-01";
export const namespace = "Microsoft.DBforPostgreSQL";
export const serverPath = ["flexibleServers", "serverName"] as const;

const copies = ["Replica", "PointInTimeRestore", "GeoRestore", "ReviveDropped"];
/** https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-storage */
const disks = [32, 64, 128, 256, 512, 1024, 2048, 4095, 4096, 8192, 16384, 32767];
const tiers: Readonly<Record<string, RegExp>> = {
  Burstable: /^Standard_B\d+m?s(_v2)?$/,
  GeneralPurpose: /^Standard_D\d+(a?d?s|ds)_v[2-6]$/,
  MemoryOptimized: /^Standard_E\d+(a?d?s|ds|is|ids)_v[2-6]$/,
};
const reserved = /^(azure_superuser|azure_pg_admin|admin|administrator|root|guest|public|pg_.*)$/i;

function combinationRefusals(inputs: Props): readonly Refusal[] {
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
    ...(vnet && !isSet(pick(inputs, "network.privateDnsZoneArmResourceId"))
      ? refuse(
          "network.privateDnsZoneArmResourceId",
          "EmptyPrivateDnsZoneArmResourceId: a private DNS zone is required for a server in a delegated subnet.",
        )
      : []),
    ...(vnet && pick(inputs, "network.publicNetworkAccess") === "Enabled"
      ? refuse(
          "network.publicNetworkAccess",
          "can't be Enabled for a server that is integrated into a virtual network.",
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
function creationRefusals(inputs: Props): readonly Refusal[] {
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
function strong(password: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  return password.length >= 8 && password.length <= 128 && kinds >= 3;
}

const serverRow = arm({
  name: "dbforpostgresql:Server",
  api,
  namespace,
  path: [serverPath],
  own: {
    pattern: /^(?=.{3,63}$)[a-z0-9]+(-+[a-z0-9]+)*$/,
    rule: "InvalidServerName: 3 to 63 lower case letters, digits and hyphens, no hyphen at either end",
  },
  unique: { by: ["serverName"], scope: "world" },
  location: "replaces",
  taggable: true,
  // x-ms-mutability of the API's specification: said at creation.
  immutable: ["administratorLogin", "pointInTimeUTC", "sourceServerResourceId"],
  writeOnly: ["administratorLoginPassword", "createMode", "pointInTimeUTC"],
  references: [
    { path: "network.delegatedSubnetResourceId", to: [subnet] },
    { path: "network.privateDnsZoneArmResourceId", to: [privateZone] },
    { path: "dataEncryption.primaryUserAssignedIdentityId", to: [userAssignedIdentity], weak: true },
    { path: "sourceServerResourceId", to: [server], weak: true },
  ],
  inputDefaults: () => ({ availabilityZone: "" }),
  check: ({ inputs }) => [
    ...fits(
      inputs,
      "sku.name",
      tiers[text(pick(inputs, "sku.tier")) ?? ""] ?? /^Standard_[A-Z]\d+\w*$/,
      "InvalidSku: a machine of the tier, as Standard_B1ms, Standard_D2ds_v5, Standard_E4ds_v5",
    ),
    ...(text(pick(inputs, "storage.type"))?.match(/^(PremiumV2|Ultra)/)
      ? between(inputs, "storage.storageSizeGB", 32, 65536)
      : oneOf(inputs, "storage.storageSizeGB", disks)),
    ...between(inputs, "backup.backupRetentionDays", 7, 35),
    ...oneOf(inputs, "identity.type", ["None", "UserAssigned", "SystemAssigned", "SystemAssigned,UserAssigned"]),
    ...oneOf(inputs, "availabilityZone", ["", "1", "2", "3"]),
    ...between(inputs, "maintenanceWindow.dayOfWeek", 0, 6),
    ...between(inputs, "maintenanceWindow.startHour", 0, 23),
    ...between(inputs, "maintenanceWindow.startMinute", 0, 59),
    ...fits(inputs, "administratorLogin", /^[a-zA-Z0-9_]{1,63}$/, "1 to 63 letters, digits and _"),
    ...(reserved.test(text(inputs["administratorLogin"]) ?? "")
      ? refuse("administratorLogin", "InvalidLoginName: the administrator's login name is reserved.")
      : []),
    ...(typeof inputs["administratorLoginPassword"] === "string" && !strong(inputs["administratorLoginPassword"])
      ? refuse(
          "administratorLoginPassword",
          "PasswordNotComplex: 8 to 128 characters of three kinds out of upper case, lower case, digits and others.",
        )
      : []),
    ...long(inputs, "sku.name", 1, 64),
    ...creationRefusals(inputs),
    ...combinationRefusals(inputs),
  ],
  admit: (moment) => [
    ...subnetRefusals(moment),
    ...zoneRefusals(moment),
    ...keyRefusals(moment),
    ...sourceRefusals(moment),
    ...changeRefusals(moment),
  ],
  outputs: (moment) => {
    const { inputs, old } = moment;
    const name = text(inputs["serverName"]) ?? "";
    const replica = inputs["createMode"] === "Replica" && pick(inputs, "replica.role") !== "Primary";
    const zone = text(inputs["availabilityZone"]) || (text(old?.outputs["availabilityZone"]) ?? "1");
    const mode = text(pick(inputs, "highAvailability.mode")) ?? "Disabled";
    const minor: Readonly<Record<string, string>> = { "14": "20", "15": "15", "16": "11", "17": "7", "18": "1" };
    return {
      fullyQualifiedDomainName: `${name}.postgres.database.azure.com`,
      state: "Ready",
      minorVersion: minor[text(inputs["version"]) ?? ""] ?? "0",
      availabilityZone: zone,
      replicationRole: replica ? "AsyncReplica" : "Primary",
      replicaCapacity: replica ? 0 : 5,
      replica: { role: replica ? "AsyncReplica" : "Primary", capacity: replica ? 0 : 5 },
      privateEndpointConnections: [],
      storage: { type: "", ...object(inputs["storage"]) },
      backup: {
        ...filled(inputs, "backup", { backupRetentionDays: 7, geoRedundantBackup: "Disabled" }),
        earliestRestoreDate: pick(old?.outputs, "backup.earliestRestoreDate") ?? moment.now,
      },
      highAvailability: {
        ...filled(inputs, "highAvailability", { mode: "Disabled" }),
        state: mode === "Disabled" ? "NotEnabled" : "Healthy",
        ...(mode === "Disabled" ? {} : { standbyAvailabilityZone: standbyZone(inputs, mode, zone) }),
      },
      maintenanceWindow: filled(inputs, "maintenanceWindow", {
        customWindow: "Disabled",
        dayOfWeek: 0,
        startHour: 0,
        startMinute: 0,
      }),
      network: filled(inputs, "network", { publicNetworkAccess: "Enabled" }),
      authConfig: filled(inputs, "authConfig", { activeDirectoryAuth: "Disabled", passwordAuth: "Enabled" }),
      dataEncryption: filled(inputs, "dataEncryption", { type: "SystemManaged" }),
      ...(inputs["identity"] === undefined
        ? {}
        : { identity: identityOutput(inputs["identity"], moment, userAssignedIdentity) }),
      systemData: old?.outputs["systemData"] ?? systemData(moment),
    };
  },
  seconds: {
    create: 420,
    update: 240,
    delete: 90,
    source:
      "estimate: 5 to 10 minutes, https://learn.microsoft.com/azure/postgresql/flexible-server/quickstart-create-server",
  },
});

function standbyZone(inputs: Props, mode: string, zone: string): string {
  const asked = text(pick(inputs, "highAvailability.standbyAvailabilityZone"));
  return asked || (mode === "SameZone" ? zone : zone === "1" ? "2" : "1");
}

export const rows: readonly Row[] = [serverRow];
