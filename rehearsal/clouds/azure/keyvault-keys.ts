// Keys and secrets of a vault.
import { each, long, oneOf, refuse } from "../limits";
import type { Item, Moment, Refusal, Row, Value } from "../row";
import { isSet, object, pick, text } from "../values";
import { arm, filled } from "./arm";
import { keptDays, vault, vaultUri } from "./keyvault";

const holderOf = ({ account, inputs }: Moment): Item | undefined =>
  account.find([vault], "name", inputs["vaultName"] ?? "");

/** https://learn.microsoft.com/rest/api/keyvault/keys/create-key/create-key#deletionrecoverylevel */
function recoveryLevel(moment: Moment): string {
  const at = holderOf(moment);
  const purged = pick(at?.outputs, "properties.enablePurgeProtection") === true ? "" : "+Purgeable";
  return `${keptDays(at) < 90 ? "Customized" : ""}Recoverable${purged}`;
}

/** Keys and secrets are deleted over the vault's own address, which a closed vault answers to nobody outside. */
function closedVault(moment: Moment): string | undefined {
  const holder = holderOf(moment);
  return holder && text(pick(holder.outputs, "properties.publicNetworkAccess"))?.toLowerCase() === "disabled"
    ? "Forbidden: Public network access is disabled and request is not from a trusted service nor via an approved private link."
    : undefined;
}

/**
 * A deleted key's or secret's name stays its own until the vault forgets it. azure-native recovers what has the name before it
 * writes (provider/pkg/resources/customresources/custom_keyvault.go), unless the vault is closed to it.
 */
const remains = (kind: "Key" | "Secret", property: string) => (moment: Moment) =>
  closedVault(moment) === undefined
    ? undefined
    : {
        days: keptDays(holderOf(moment)),
        reason: `ConflictError: ${kind} ${text(moment.inputs[property]) ?? ""} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the ${kind.toLowerCase()} can only be recovered or purged.`,
      };

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
  writeOnly: ["properties"],
  lockable: false,
  remains: remains("Key", "keyName"),
  check: (moment) => [...oneOf(moment.inputs, "properties.keySize", [2048, 3072, 4096]), ...rotationRefusals(moment)],
  admit: (moment) => {
    const { inputs } = moment;
    const holder = holderOf(moment);
    return text(pick(inputs, "properties.kty"))?.endsWith("-HSM") &&
      text(pick(holder?.outputs, "properties.sku.name")) === "standard"
      ? refuse("properties.kty", "BadParameter: HSM-protected keys need a vault of the premium SKU.")
      : [];
  },
  release: closedVault,
  outputs: (moment) => {
    // Keys_CreateIfNotExist of the API's specification: a key that exists is returned as it is, nothing of it is written.
    if (moment.old) return moment.old.outputs;
    const uri = `${vaultUri(moment.inputs["vaultName"])}keys/${text(moment.inputs["keyName"]) ?? ""}`;
    const created = Math.floor(Date.parse(moment.now) / 1000);
    const given = object(moment.inputs["properties"]);
    const kty = text(given["kty"]) ?? "RSA";
    return {
      kty,
      ...(kty.startsWith("RSA") ? { keySize: given["keySize"] ?? 2048 } : {}),
      keyOps: given["keyOps"] ?? ["encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey"],
      ...(isSet(given["curveName"]) ? { curveName: given["curveName"] ?? "" } : {}),
      ...(isSet(given["rotationPolicy"]) ? { rotationPolicy: given["rotationPolicy"] ?? {} } : {}),
      ...(isSet(given["releasePolicy"]) ? { releasePolicy: given["releasePolicy"] ?? {} } : {}),
      attributes: {
        ...filled(moment.inputs, "properties.attributes", { enabled: true }),
        created,
        updated: created,
        recoveryLevel: recoveryLevel(moment),
      },
      keyUri: uri,
      keyUriWithVersion: `${uri}/${moment.random("version", 32)}`,
      location: account(moment),
    };
  },
  seconds: { create: 5, update: 3, delete: 5, source: "estimate" },
});

/** Keys and secrets tell their vault's location. */
const account = (moment: Moment): Value => holderOf(moment)?.outputs["location"] ?? "";

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
  lockable: false,
  remains: remains("Secret", "secretName"),
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

export const rows: readonly Row[] = [keyRow, secretRow];
