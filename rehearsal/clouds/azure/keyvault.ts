import { between, each, fits, long, oneOf, refuse } from "../limits";
import type { Moment, Refusal, Row, Value } from "../row";
import { isSet, object, pick, text } from "../values";
import { arm, filled, systemData, uuidPattern } from "./arm";
import { token } from "./types";

export const vault = token("keyvault:Vault");
export const key = token("keyvault:Key");

const vaultUri = (name: Value | undefined) => `https://${text(name) ?? ""}.vault.azure.net/`;

/** What can't be taken back once it was said. */
function vaultChanges({ inputs, old }: Moment): readonly Refusal[] {
  const [before, after] = [old?.inputs ?? {}, inputs];
  const changed = (path: string) => isSet(pick(before, path)) && pick(before, path) !== pick(after, path);
  return [
    ...(changed("properties.softDeleteRetentionInDays")
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

const vaultRow = arm({
  name: "keyvault:Vault",
  api: "2024-11-01",
  namespace: "Microsoft.KeyVault",
  path: [["vaults", "vaultName"]],
  own: {
    pattern: /^(?!.*--)[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/,
    rule: "VaultNameNotValid: 3 to 24 letters, digits and hyphens, beginning with a letter, ending with a letter or digit, no two hyphens in a row",
  },
  location: "refused",
  taggable: true,
  required: ["properties"],
  unique: { by: ["vaultName"], scope: "world" },
  check: ({ inputs }) => [
    ...["sku", "tenantId"].flatMap((property) =>
      isSet(inputs["properties"]) && pick(inputs, `properties.${property}`) === undefined
        ? refuse(`properties.${property}`, `missing required property 'properties.${property}'`)
        : [],
    ),
    ...fits(inputs, "properties.tenantId", uuidPattern, "a tenant id is a GUID"),
    ...oneOf(inputs, "properties.sku.family", ["A"]),
    ...oneOf(inputs, "properties.sku.name", ["standard", "premium"]),
    ...between(inputs, "properties.softDeleteRetentionInDays", 7, 90),
    ...oneOf(inputs, "properties.enableSoftDelete", [true]),
    ...oneOf(inputs, "properties.enablePurgeProtection", [true]),
    ...oneOf(inputs, "properties.publicNetworkAccess", ["Enabled", "Disabled", "enabled", "disabled"]),
    ...oneOf(inputs, "properties.networkAcls.bypass", ["AzureServices", "None"]),
    ...oneOf(inputs, "properties.networkAcls.defaultAction", ["Allow", "Deny"]),
    ...long(inputs, "properties.accessPolicies", 0, 1024),
    ...(isSet(inputs["properties"]) &&
    pick(inputs, "properties.enableRbacAuthorization") !== true &&
    pick(inputs, "properties.accessPolicies") === undefined
      ? refuse("properties.accessPolicies", "BadRequest: The parameter accessPolicies is not specified.")
      : []),
  ],
  admit: vaultChanges,
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

/** Keys and secrets are deleted over the vault's own address, which a closed vault answers to nobody outside. */
function closedVault({ account, old }: Moment): string | undefined {
  const holder = account.find([vault], "name", old?.inputs["vaultName"] ?? "");
  return holder && text(pick(holder.outputs, "properties.publicNetworkAccess"))?.toLowerCase() === "disabled"
    ? "Forbidden: Public network access is disabled and request is not from a trusted service nor via an approved private link."
    : undefined;
}

const days = (value: Value | undefined): number | undefined => {
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/.exec(text(value) ?? "");
  return match ? Number(match[1] ?? 0) * 365 + Number(match[2] ?? 0) * 30 + Number(match[3] ?? 0) : undefined;
};

/** https://learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation */
function rotationRefusals({ inputs }: Moment): readonly Refusal[] {
  const policy = "properties.rotationPolicy";
  const expiry = days(pick(inputs, `${policy}.attributes.expiryTime`));
  const period = (path: string, good: (count: number) => boolean, rule: string) =>
    each(
      inputs,
      path,
      (value) => {
        const count = days(value);
        return count !== undefined && good(count);
      },
      (value) => `${value} is not valid: ${rule}`,
    );
  return [
    ...period(`${policy}.attributes.expiryTime`, (count) => count >= 28, "an ISO 8601 period of at least 28 days"),
    ...period(
      `${policy}.lifetimeActions.*.trigger.timeAfterCreate`,
      (count) => count >= 7 && (expiry === undefined || count <= expiry - 7),
      "an ISO 8601 period, 7 days or more after creation and 7 days or more before the expiry",
    ),
    ...period(
      `${policy}.lifetimeActions.*.trigger.timeBeforeExpiry`,
      (count) => count >= 7 && (expiry === undefined || count <= expiry - 7),
      "an ISO 8601 period, 7 days or more before the expiry",
    ),
    ...oneOf(inputs, `${policy}.lifetimeActions.*.action.type`, ["rotate", "notify"]),
  ];
}

const keyRow = arm({
  name: "keyvault:Key",
  api: "2024-11-01",
  namespace: "Microsoft.KeyVault",
  path: [
    ["vaults", "vaultName"],
    ["keys", "keyName"],
  ],
  parents: [vault],
  inside: true,
  own: { pattern: /^[a-zA-Z0-9-]{1,127}$/, rule: "1 to 127 letters, digits and hyphens" },
  taggable: true,
  required: ["properties"],
  immutable: ["properties.kty", "properties.keySize", "properties.curveName"],
  writeOnly: ["properties"],
  check: (moment) => [
    ...oneOf(moment.inputs, "properties.kty", ["EC", "EC-HSM", "RSA", "RSA-HSM"]),
    ...oneOf(moment.inputs, "properties.keySize", [2048, 3072, 4096]),
    ...oneOf(moment.inputs, "properties.curveName", ["P-256", "P-384", "P-521", "P-256K"]),
    ...oneOf(moment.inputs, "properties.keyOps.*", [
      "encrypt",
      "decrypt",
      "sign",
      "verify",
      "wrapKey",
      "unwrapKey",
      "import",
      "release",
    ]),
    ...rotationRefusals(moment),
  ],
  admit: ({ inputs, account }) => {
    const holder = account.find([vault], "name", inputs["vaultName"] ?? "");
    return text(pick(inputs, "properties.kty"))?.endsWith("-HSM") &&
      text(pick(holder?.outputs, "properties.sku.name")) === "standard"
      ? refuse("properties.kty", "BadParameter: HSM-protected keys need a vault of the premium SKU.")
      : [];
  },
  release: closedVault,
  outputs: (moment) => {
    const uri = `${vaultUri(moment.inputs["vaultName"])}keys/${text(moment.inputs["keyName"]) ?? ""}`;
    const version = moment.old?.outputs["keyUriWithVersion"] ?? `${uri}/${moment.random("version", 32)}`;
    const created = moment.old
      ? (pick(moment.old.outputs, "attributes.created") ?? 0)
      : Math.floor(Date.parse(moment.now) / 1000);
    const given = object(moment.inputs["properties"]);
    return {
      kty: given["kty"] ?? "RSA",
      keySize: given["keySize"] ?? 2048,
      keyOps: given["keyOps"] ?? ["encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey"],
      ...(isSet(given["curveName"]) ? { curveName: given["curveName"] ?? "" } : {}),
      ...(isSet(given["rotationPolicy"]) ? { rotationPolicy: given["rotationPolicy"] ?? {} } : {}),
      ...(isSet(given["releasePolicy"]) ? { releasePolicy: given["releasePolicy"] ?? {} } : {}),
      attributes: {
        ...filled(moment.inputs, "properties.attributes", { enabled: true }),
        created,
        updated: created,
        recoveryLevel: "Recoverable",
      },
      keyUri: uri,
      keyUriWithVersion: version,
      location: account(moment),
    };
  },
  seconds: { create: 5, update: 3, delete: 5, source: "estimate" },
});

/** Keys and secrets tell their vault's location. */
const account = (moment: Moment): Value =>
  moment.account.find([vault], "name", moment.inputs["vaultName"] ?? "")?.outputs["location"] ?? "";

const secretRow = arm({
  name: "keyvault:Secret",
  api: "2024-11-01",
  namespace: "Microsoft.KeyVault",
  path: [
    ["vaults", "vaultName"],
    ["secrets", "secretName"],
  ],
  parents: [vault],
  inside: true,
  own: { pattern: /^[a-zA-Z0-9-]{1,127}$/, rule: "1 to 127 letters, digits and hyphens" },
  taggable: true,
  required: ["properties"],
  check: ({ inputs }) => [
    ...long(inputs, "properties.value", 0, 25 * 1024),
    ...long(inputs, "properties.contentType", 0, 255),
  ],
  release: closedVault,
  outputs: (moment) => {
    const { value: _, ...told } = object(moment.inputs["properties"]);
    const uri = `${vaultUri(moment.inputs["vaultName"])}secrets/${text(moment.inputs["secretName"]) ?? ""}`;
    const created = moment.old
      ? (pick(moment.old.outputs, "properties.attributes.created") ?? 0)
      : Math.floor(Date.parse(moment.now) / 1000);
    return {
      properties: {
        ...told,
        attributes: { ...filled(moment.inputs, "properties.attributes", { enabled: true }), created, updated: created },
        secretUri: uri,
        secretUriWithVersion: `${uri}/${moment.random(`version ${moment.old ? moment.now : ""}`, 32)}`,
      },
      location: account(moment),
    };
  },
  volatile: ["properties.secretUriWithVersion"],
  seconds: { create: 4, update: 3, delete: 5, source: "estimate" },
});

export const rows: readonly Row[] = [vaultRow, keyRow, secretRow];
