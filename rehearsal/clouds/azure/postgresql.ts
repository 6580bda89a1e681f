// PostgreSQL flexible servers.
import { between, fits, long, oneOf, refuse } from "../limits";
import type { Props, Row } from "../row";
import { isSet, object, pick, text } from "../values";
import { arm, filled, identityOutput, systemData } from "./arm";
import { userAssignedIdentity } from "./identity";
import { subnet } from "./network";
import {
  combinationRefusals,
  creationRefusals,
  disks,
  paceOutputs,
  reserved,
  strong,
  tiers,
} from "./postgresql-checks";
import {
  changeRefusals,
  keyRefusals,
  linkedRefusals,
  server,
  sourceRefusals,
  subnetRefusals,
} from "./postgresql-neighbours";
import { privateZone } from "./private-dns";

export const api = "2025-08-01";
export const namespace = "Microsoft.DBforPostgreSQL";
export const serverPath = ["flexibleServers", "serverName"] as const;

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
    ...linkedRefusals(moment),
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
      storage: { type: "", ...paceOutputs(inputs), ...object(inputs["storage"]) },
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
      network: filled(inputs, "network", {
        publicNetworkAccess: isSet(pick(inputs, "network.delegatedSubnetResourceId")) ? "Disabled" : "Enabled",
      }),
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
