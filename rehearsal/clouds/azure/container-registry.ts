// Container registries, their copies in other regions, and what they do on a schedule.
import { between, each, fits, oneOf, refuse } from "../limits";
import type { Moment, Props, Refusal, Row } from "../row";
import { HEX, uuid } from "../shapes";
import { isSet, isUnknown, object, pick, text } from "../values";
import { arm, filled, identityOutput, systemData } from "./arm";
import { userAssignedIdentity } from "./identity";
import { keyUseRefusals } from "./key-use";
import { plainLocation } from "./locations";
import { tenantOf } from "./place";
import { token } from "./types";

export const registry = token("containerregistry:Registry");
const namespace = "Microsoft.ContainerRegistry";
const registryPath = ["registries", "registryName"] as const;
const status = ["enabled", "disabled"];

/** What only the Premium tier has: https://learn.microsoft.com/azure/container-registry/container-registry-skus */
function tierRefusals(inputs: Props): readonly Refusal[] {
  const tier = pick(inputs, "sku.name");
  if (tier === "Premium" || isUnknown(tier)) return [];
  const on = (path: string, value: string) => pick(inputs, path) === value;
  const wants = {
    "encryption.status": on("encryption.status", "enabled"),
    publicNetworkAccess: on("publicNetworkAccess", "Disabled"),
    zoneRedundancy: on("zoneRedundancy", "Enabled"),
    "policies.retentionPolicy": on("policies.retentionPolicy.status", "enabled"),
    "policies.exportPolicy": on("policies.exportPolicy.status", "disabled"),
    dataEndpointEnabled: inputs["dataEndpointEnabled"] === true,
  };
  return Object.entries(wants)
    .filter(([, wanted]) => wanted)
    .map(([property]) => ({
      property,
      reason: `SkuNotSupported: needs the Premium tier, got ${text(tier) ?? "none"}.`,
    }));
}

const registryRow = arm({
  name: "containerregistry:Registry",
  api: "2023-01-01-preview",
  namespace,
  path: [registryPath],
  own: { pattern: /^[a-zA-Z0-9]{5,50}$/, rule: "RegistryNameInvalid: 5 to 50 letters and digits" },
  unique: { by: ["registryName"], scope: "world" },
  location: "replaces",
  taggable: true,
  references: [{ path: "identity.userAssignedIdentities.*", to: [userAssignedIdentity], weak: true }],
  check: ({ inputs }) => [
    ...oneOf(inputs, "sku.name", ["Basic", "Standard", "Premium"]),
    ...[
      "quarantinePolicy",
      "trustPolicy",
      "retentionPolicy",
      "exportPolicy",
      "softDeletePolicy",
      "azureADAuthenticationAsArmPolicy",
    ].flatMap((policy) => oneOf(inputs, `policies.${policy}.status`, status)),
    ...between(inputs, "policies.retentionPolicy.days", 0, 365),
    ...between(inputs, "policies.softDeletePolicy.retentionDays", 1, 90),
    ...(pick(inputs, "policies.retentionPolicy.status") === "enabled" &&
    pick(inputs, "policies.softDeletePolicy.status") === "enabled"
      ? refuse(
          "policies.softDeletePolicy.status",
          "SoftDeletePolicyNotAllowed: a registry has either the retention or the soft delete policy.",
        )
      : []),
    ...(pick(inputs, "policies.exportPolicy.status") === "disabled" && inputs["publicNetworkAccess"] === "Enabled"
      ? refuse(
          "policies.exportPolicy.status",
          "ExportPolicyInvalid: exports can be disabled only where public access is.",
        )
      : []),
    ...(pick(inputs, "encryption.status") === "enabled"
      ? ["keyIdentifier", "identity"].flatMap((part) =>
          isSet(pick(inputs, `encryption.keyVaultProperties.${part}`))
            ? []
            : refuse(
                `encryption.keyVaultProperties.${part}`,
                "EncryptionPropertiesInvalid: required with a customer key.",
              ),
        )
      : []),
    ...tierRefusals(inputs),
  ],
  admit: (moment) => {
    const { inputs, old } = moment;
    const on = pick(inputs, "encryption.status") === "enabled";
    return [
      ...(on
        ? keyUseRefusals(
            moment,
            "encryption.keyVaultProperties.keyIdentifier",
            pick(inputs, "encryption.keyVaultProperties.keyIdentifier"),
            { by: "clientId", value: pick(inputs, "encryption.keyVaultProperties.identity") },
          )
        : []),
      ...(old &&
      (pick(old.inputs, "encryption.status") ?? "disabled") !== (pick(inputs, "encryption.status") ?? "disabled")
        ? refuse(
            "encryption.status",
            "EncryptionChangeNotAllowed: a customer key is decided when the registry is made.",
          )
        : []),
      ...(old && (pick(old.inputs, "zoneRedundancy") ?? "Disabled") !== (inputs["zoneRedundancy"] ?? "Disabled")
        ? refuse("zoneRedundancy", "ZoneRedundancyChangeNotAllowed: decided when the registry is made.")
        : []),
    ];
  },
  outputs: (moment) => ({
    loginServer: `${(text(moment.inputs["registryName"]) ?? "").toLowerCase()}.azurecr.io`,
    provisioningState: "Succeeded",
    creationDate: moment.old?.outputs["creationDate"] ?? moment.now,
    privateEndpointConnections: [],
    dataEndpointHostNames: [],
    publicNetworkAccess: moment.inputs["publicNetworkAccess"] ?? "Enabled",
    networkRuleBypassOptions: moment.inputs["networkRuleBypassOptions"] ?? "AzureServices",
    zoneRedundancy: moment.inputs["zoneRedundancy"] ?? "Disabled",
    policies: filled(moment.inputs, "policies", {
      quarantinePolicy: { status: "disabled" },
      trustPolicy: { type: "Notary", status: "disabled" },
      retentionPolicy: { days: 7, status: "disabled" },
      exportPolicy: { status: "enabled" },
      softDeletePolicy: { retentionDays: 7, status: "disabled" },
      azureADAuthenticationAsArmPolicy: { status: "enabled" },
    }),
    ...(isSet(moment.inputs["identity"])
      ? { identity: identityOutput(moment.inputs["identity"], moment, userAssignedIdentity) }
      : {}),
    systemData: moment.old?.outputs["systemData"] ?? systemData(moment),
  }),
  seconds: { create: 20, update: 10, delete: 10, source: "estimate" },
});

const home = ({ account, inputs }: Moment) => account.find([registry], "name", inputs["registryName"] ?? "");

const replicationRow = arm({
  name: "containerregistry:Replication",
  api: "2024-11-01-preview",
  namespace,
  path: [registryPath, ["replications", "replicationName"]],
  parents: [registry],
  inside: true,
  own: { pattern: /^[a-zA-Z0-9]{5,50}$/, rule: "5 to 50 letters and digits" },
  location: "replaces",
  taggable: true,
  check: ({ inputs }) => oneOf(inputs, "zoneRedundancy", ["Enabled", "Disabled"]),
  admit: (moment) => {
    const at = home(moment);
    return [
      ...(at && pick(at.inputs, "sku.name") !== "Premium"
        ? refuse("registryName", "SkuNotSupported: geo-replication needs the Premium tier.")
        : []),
      ...(at && plainLocation(at.inputs["location"]) === plainLocation(moment.inputs["location"])
        ? refuse("location", "ReplicationLocationInvalid: the registry itself stands in that region.")
        : []),
    ];
  },
  outputs: (moment) => ({
    provisioningState: "Succeeded",
    status: {
      displayStatus: "Ready",
      timestamp: moment.old ? (pick(moment.old.outputs, "status.timestamp") ?? moment.now) : moment.now,
    },
    regionEndpointEnabled: moment.inputs["regionEndpointEnabled"] ?? true,
    zoneRedundancy: moment.inputs["zoneRedundancy"] ?? "Disabled",
    systemData: moment.old?.outputs["systemData"] ?? systemData(moment),
  }),
  seconds: { create: 60, update: 10, delete: 30, source: "estimate" },
});

/** Five fields; seconds aren't known: https://learn.microsoft.com/azure/container-registry/container-registry-tasks-scheduled */
const cron = /^(\S+\s+){4}\S+$/;

const taskRow = arm({
  name: "containerregistry:Task",
  api: "2019-06-01-preview",
  namespace,
  path: [registryPath, ["tasks", "taskName"]],
  parents: [registry],
  inside: true,
  own: { pattern: /^[a-zA-Z0-9-_]{5,50}$/, rule: "TaskNameInvalid: 5 to 50 letters, digits, - and _" },
  location: "replaces",
  taggable: true,
  check: ({ inputs }) => [
    ...oneOf(inputs, "identity.type", ["SystemAssigned", "UserAssigned", "SystemAssigned, UserAssigned", "None"]),
    ...oneOf(inputs, "step.type", ["Docker", "FileTask", "EncodedTask"]),
    ...between(inputs, "timeout", 300, 28800),
    ...fits(inputs, "trigger.timerTriggers.*.schedule", cron, "InvalidCronExpression: five fields, minutes first"),
    ...(isSet(inputs["platform"]) ? [] : refuse("platform", "InvalidParameter: platform is required.")),
    ...(isSet(inputs["step"]) ? [] : refuse("step", "InvalidParameter: step is required.")),
    ...each(
      inputs,
      "step.encodedTaskContent",
      (value) => /version:|"version"/.test(Buffer.from(text(value) ?? "", "base64").toString("utf8")),
      () => "InvalidTaskContent: not a task file in base64.",
    ),
  ],
  outputs: (moment) => ({
    provisioningState: "Succeeded",
    creationDate: moment.old?.outputs["creationDate"] ?? moment.now,
    status: moment.inputs["status"] ?? "Enabled",
    ...(isSet(moment.inputs["identity"])
      ? {
          identity: {
            ...object(moment.inputs["identity"]),
            ...(/SystemAssigned/.test(text(pick(moment.inputs, "identity.type")) ?? "")
              ? {
                  principalId:
                    pick(moment.old?.outputs, "identity.principalId") ?? uuid(moment.random("principal", 32, HEX)),
                  tenantId: tenantOf(moment.place),
                }
              : {}),
          },
        }
      : {}),
    systemData: moment.old?.outputs["systemData"] ?? systemData(moment),
  }),
  seconds: { create: 6, update: 5, delete: 4, source: "estimate" },
});

export const rows: readonly Row[] = [registryRow, replicationRow, taskRow];
