// SEC-01, SEC-02: customer-managed keys rotate, are slow to delete, and are used by few.

import { document } from "../documents";
import { isNarrowed, letsAnyoneIn, type Statement } from "../iam";
import {
  all,
  always,
  any,
  atLeast,
  equals,
  fail,
  filled,
  holds,
  isTrue,
  oneOf,
  pass,
  unknown,
  when,
  where,
} from "../judge";
import { publicMembers } from "../members";
import { perimeter } from "../perimeter";
import { asText, folded, isUnknown, list, read } from "../read";
import { rule, type View } from "../rule";
import { keyDeletionWindowDays } from "../standards";
import { tagOf } from "../tags";
import { aws, azure, gcp } from "../tokens";

const seconds = (value: unknown) => Number.parseInt(asText(value), 10);

const rotationCeiling = { aws: 365, gcp: 90 * 86400 } as const;

const symmetric = (view: View): boolean =>
  where("customerMasterKeySpec", ["SYMMETRIC_DEFAULT"], true)(view) !== false &&
  where("keyUsage", ["ENCRYPT_DECRYPT"], true)(view) !== false;

export const rotation = rule(
  "kms-rotation",
  aws(
    "kms.Key",
    when(
      symmetric,
      "only symmetric encryption keys rotate by themselves",
      all(
        isTrue("enableKeyRotation"),
        holds(
          "rotationPeriodInDays",
          `at most ${rotationCeiling.aws}`,
          (days) => Number(days) <= rotationCeiling.aws,
          "pass",
        ),
      ),
    ),
  ),
  azure("keyvault.Key", (view) => {
    const path = "properties.rotationPolicy.lifetimeActions";
    const actions = list(view.props, path);
    if (typeof actions === "symbol") return unknown(path, "an action that rotates");
    const rotates = actions.some((action) => folded(action, "action.type") === "rotate");
    return rotates ? pass(path) : fail(path, "an action that rotates");
  }),
  gcp(
    "kms.CryptoKey",
    when(
      where("purpose", ["ENCRYPT_DECRYPT"], true),
      "only symmetric keys rotate by themselves",
      holds("rotationPeriod", `at most ${rotationCeiling.gcp}s`, (period) => seconds(period) <= rotationCeiling.gcp),
    ),
  ),
);

/** Clouds' own defaults are the longest window (AWS 30 days, Azure 90, GCP 30), so an unset one passes. */
export const deletionWindow = rule(
  "kms-deletion-window",
  aws("kms.Key, kms.ReplicaKey, kms.ExternalKey", atLeast("deletionWindowInDays", keyDeletionWindowDays, "pass")),
  azure(
    "keyvault.Vault",
    all(
      isTrue("properties.enablePurgeProtection"),
      isTrue("properties.enableSoftDelete", "pass"),
      atLeast("properties.softDeleteRetentionInDays", keyDeletionWindowDays, "pass"),
    ),
  ),
  gcp(
    "kms.CryptoKey",
    holds(
      "destroyScheduledDuration",
      `at least ${keyDeletionWindowDays * 86400}s`,
      (period) => seconds(period) >= keyDeletionWindowDays * 86400,
      "pass",
    ),
  ),
);

const decryptsAll = (one: Statement) =>
  one.allows &&
  one.resources.includes("*") &&
  one.actions.some((action) => ["*", "kms:*", "kms:decrypt", "kms:re*"].includes(action.toLowerCase())) &&
  !isNarrowed(one);

export const policyNotPublic = rule(
  "kms-policy-not-public",
  aws(
    "kms.Key, kms.KeyPolicy, kms.ReplicaKey, kms.ExternalKey",
    document("policy", "no statement that lets anyone in", letsAnyoneIn),
  ),
  aws(
    "iam.Policy, iam.RolePolicy, iam.UserPolicy, iam.GroupPolicy",
    document("policy", "kms:Decrypt on named keys", decryptsAll),
  ),
  azure("keyvault.Vault", isTrue("properties.enableRbacAuthorization")),
  gcp("kms.CryptoKeyIAMMember, kms.CryptoKeyIAMBinding, kms.KeyRingIAMMember, kms.KeyRingIAMBinding", publicMembers),
);

/** Data under DoD IL5 or PCI rules, by the tag of the key. */
const hsmClasses = ["pci", "cui", "il5"];

const needsHsm = (view: View) => {
  const value = tagOf(view, "data-class") ?? tagOf(view, "data-classification");
  return isUnknown(value) ? ("unknown" as const) : hsmClasses.includes(asText(value).toLowerCase());
};

const elsewhere = "asked for where the data class is pci, cui or il5";

export const hsm = rule(
  "kms-hsm-protection",
  aws("kms.Key", when(needsHsm, elsewhere, always("KMS keeps keys in FIPS 140-3 level 3 modules"))),
  azure("keyvault.Vault", when(needsHsm, elsewhere, equals("properties.sku.name", "premium"))),
  azure("keyvault.Key", when(needsHsm, elsewhere, oneOf("properties.kty", ["RSA-HSM", "EC-HSM", "oct-HSM"]))),
  gcp(
    "kms.CryptoKey",
    when(needsHsm, elsewhere, oneOf("versionTemplate.protectionLevel", ["HSM", "EXTERNAL", "EXTERNAL_VPC"])),
  ),
);

export const vaultNetwork = rule(
  "kms-vault-network",
  aws(
    "ec2.VpcEndpoint",
    when(
      (view) => {
        const service = read(view.props, "serviceName");
        return isUnknown(service) ? "unknown" : /\.kms(-fips)?$/.test(asText(service));
      },
      "another service's endpoint",
      all(isTrue("privateDnsEnabled"), filled("securityGroupIds")),
    ),
  ),
  azure(
    "keyvault.Vault",
    any(equals("properties.networkAcls.defaultAction", "Deny"), equals("properties.publicNetworkAccess", "Disabled")),
  ),
  gcp("accesscontextmanager.ServicePerimeter", perimeter("cloudkms.googleapis.com")),
);

/** A key that rotates gets its expiry from the rotation policy; one that expires without rotating takes its data along. */
export const expiry = rule(
  "kms-key-expiry",
  azure(
    "keyvault.Key",
    any(
      filled("properties.attributes.expires", "an expiry"),
      filled("properties.rotationPolicy.attributes.expiryTime", "an expiry"),
    ),
  ),
  azure("keyvault.Secret", all(filled("properties.attributes.expires", "an expiry"), filled("properties.contentType"))),
);
