import { between, fits, long, oneOf, refuse } from "../limits";
import type { Item, Moment, Refusal, Row, Value } from "../row";
import { isSet, number, object, pick, text } from "../values";
import { arm, systemData, uuidPattern } from "./arm";
import { subnet } from "./network";
import { addressRefusals, endpointRefusals } from "./network-acls";
import { token } from "./types";

export const vault = token("keyvault:Vault");
export const key = token("keyvault:Key");

export const vaultUri = (name: Value | undefined) => `https://${text(name) ?? ""}.vault.azure.net/`;

/** What can't be taken back once it was said. */
function vaultChanges({ inputs, old }: Moment): readonly Refusal[] {
  const [before, after] = [old?.inputs ?? {}, inputs];
  const days = "properties.softDeleteRetentionInDays";
  // Unsaid at creation, it was set to 90 by Azure itself.
  const had = pick(old?.outputs, days) ?? pick(before, days);
  return [
    ...(isSet(had) && isSet(pick(after, days)) && had !== pick(after, days)
      ? refuse(
          "properties.softDeleteRetentionInDays",
          'BadRequest: The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.',
        )
      : []),
    ...(pick(before, "properties.enablePurgeProtection") === true &&
    pick(after, "properties.enablePurgeProtection") !== true
      ? refuse(
          "properties.enablePurgeProtection",
          'BadRequest: The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.',
        )
      : []),
  ];
}

/** How long a vault keeps what is deleted, itself too. */
export const keptDays = (holder: Item | undefined): number =>
  number(pick(holder?.outputs, "properties.softDeleteRetentionInDays")) ?? 90;

const vaultRow = arm({
  name: "keyvault:Vault",
  // How it is made is asked once and never told.
  writeOnly: ["properties.createMode"],
  api: "2024-11-01",
  namespace: "Microsoft.KeyVault",
  path: [["vaults", "vaultName"]],
  own: {
    pattern: /^(?!.*--)[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/,
    rule: "VaultNameNotValid: 3 to 24 letters, digits and hyphens, beginning with a letter, ending with a letter or digit, no two hyphens in a row",
  },
  location: "refused",
  taggable: true,
  unique: { by: ["vaultName"], scope: "world" },
  // https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
  remains: (moment) => ({
    days: keptDays(moment.old),
    reason:
      "ConflictError: A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.",
  }),
  references: [{ path: "properties.networkAcls.virtualNetworkRules.*.id", to: [subnet], weak: true }],
  check: ({ inputs }) => [
    ...["sku", "tenantId"].flatMap((property) =>
      isSet(inputs["properties"]) && pick(inputs, `properties.${property}`) === undefined
        ? refuse(`properties.${property}`, `missing required property 'properties.${property}'`)
        : [],
    ),
    ...fits(inputs, "properties.tenantId", uuidPattern, "a tenant id is a GUID"),
    ...between(inputs, "properties.softDeleteRetentionInDays", 7, 90),
    ...oneOf(inputs, "properties.enableSoftDelete", [true]),
    ...oneOf(inputs, "properties.enablePurgeProtection", [true]),
    ...oneOf(inputs, "properties.publicNetworkAccess", ["Enabled", "Disabled", "enabled", "disabled"]),
    ...long(inputs, "properties.accessPolicies", 0, 1024),
    ...long(inputs, "properties.networkAcls.ipRules", 0, 1000),
    ...long(inputs, "properties.networkAcls.virtualNetworkRules", 0, 200),
    ...addressRefusals(inputs, "properties.networkAcls.ipRules.*.value", 32),
    ...(isSet(inputs["properties"]) &&
    pick(inputs, "properties.enableRbacAuthorization") !== true &&
    pick(inputs, "properties.accessPolicies") === undefined
      ? refuse("properties.accessPolicies", "BadRequest: The parameter accessPolicies is not specified.")
      : []),
  ],
  admit: (moment) => [
    ...vaultChanges(moment),
    ...endpointRefusals(moment, "properties.networkAcls.virtualNetworkRules.*.id", "Microsoft.KeyVault").filter(
      ({ property }) => pick(moment.inputs, property.replace(/id$/, "ignoreMissingVnetServiceEndpoint")) !== true,
    ),
  ],
  outputs: (moment) => ({
    properties: {
      enabledForDeployment: false,
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
      enableRbacAuthorization: false,
      accessPolicies: [],
      publicNetworkAccess: "Enabled",
      ...object(moment.inputs["properties"]),
      vaultUri: vaultUri(moment.inputs["vaultName"]),
      provisioningState: "Succeeded",
      hsmPoolResourceId: "",
    },
    systemData: moment.old?.outputs["systemData"] ?? systemData(moment),
  }),
  seconds: { create: 35, update: 10, delete: 10, source: "estimate: 30 to 40 s from deployments' logs" },
});

export const rows: readonly Row[] = [vaultRow];
