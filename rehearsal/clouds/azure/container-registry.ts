// Container registries and their copies in other regions.
import { between, oneOf, refuse } from "../limits";
import type { Moment, Props, Refusal, Row } from "../row";
import { isSet, isUnknown, pick, pickAll, text } from "../values";
import { arm, filled, identityOutput, systemData } from "./arm";
import { userAssignedIdentity } from "./identity";
import { keyUseRefusals } from "./key-use";
import { plainLocation, zoneRefusals } from "./locations";
import { token } from "./types";

export const registry = token("containerregistry:Registry");
const replication = token("containerregistry:Replication");
export const namespace = "Microsoft.ContainerRegistry";
export const registryPath = ["registries", "registryName"] as const;
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
    networkRuleSet: isSet(inputs["networkRuleSet"]),
    "policies.trustPolicy": on("policies.trustPolicy.status", "enabled"),
    // Standard has it too.
    anonymousPullEnabled: inputs["anonymousPullEnabled"] === true && tier !== "Standard",
  };
  return Object.entries(wants)
    .filter(([, wanted]) => wanted)
    .map(([property]) => ({
      property,
      reason: `SkuNotSupported: needs the Premium tier, got ${text(tier) ?? "none"}.`,
    }));
}

/** Premium holds on to what only it has: https://learn.microsoft.com/azure/container-registry/container-registry-skus#change-tiers */
function downgradeRefusals({ inputs, account, old }: Moment): readonly Refusal[] {
  if (!old || pick(old.inputs, "sku.name") !== "Premium" || pick(inputs, "sku.name") === "Premium") return [];
  const copies = account.all(replication).some((one) => one.inputs["registryName"] === inputs["registryName"]);
  const doors = account
    .all(token("network:PrivateEndpoint"))
    .some((one) =>
      pickAll(one.inputs, "privateLinkServiceConnections.*.privateLinkServiceId").some(({ value }) => value === old.id),
    );
  return copies || doors
    ? refuse(
        "sku.name",
        `SkuUpdateNotAllowed: delete the registry's ${copies ? "replications" : "private endpoints"} before it leaves the Premium tier.`,
      )
    : [];
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
    ...zoneRefusals(inputs, "zoneRedundancy", inputs["zoneRedundancy"] === "Enabled"),
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
      ...downgradeRefusals(moment),
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
  check: ({ inputs }) => zoneRefusals(inputs, "zoneRedundancy", inputs["zoneRedundancy"] === "Enabled"),
  admit: (moment) => {
    const at = home(moment);
    return [
      ...(at && pick(at.inputs, "sku.name") !== "Premium"
        ? refuse("registryName", "SkuNotSupported: geo-replication needs the Premium tier.")
        : []),
      ...(moment.account
        .all(replication)
        .some(
          (one) =>
            one.id !== moment.old?.id &&
            one.inputs["registryName"] === moment.inputs["registryName"] &&
            plainLocation(one.inputs["location"]) === plainLocation(moment.inputs["location"]),
        )
        ? refuse("location", "ReplicationAlreadyExists: the registry has a replication in that region.")
        : []),
      ...(at && plainLocation(at.inputs["location"]) === plainLocation(moment.inputs["location"])
        ? refuse("location", "ReplicationLocationInvalid: the registry itself stands in that region.")
        : []),
      ...(moment.old && moment.old.outputs["zoneRedundancy"] !== (moment.inputs["zoneRedundancy"] ?? "Disabled")
        ? refuse("zoneRedundancy", "ZoneRedundancyChangeNotAllowed: decided when the replication is made.")
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

export const rows: readonly Row[] = [registryRow, replicationRow];
