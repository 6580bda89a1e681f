// SEC-01, SEC-02: customer-managed keys rotate, are slow to delete, and are used and run by few.

import { diagnosticsOf, logsCategory } from "../diagnostics";
import { document } from "../documents";
import { isNarrowed, letsAnyoneIn, type Statement, statements } from "../iam";
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
  notApplicable,
  oneOf,
  pass,
  unknown,
  when,
  where,
} from "../judge";
import { publicMembers } from "../members";
import { perimeter } from "../perimeter";
import { asText, folded, isUnknown, list, read, text } from "../read";
import { type Judge, rule, type View } from "../rule";
import { keyDeletionWindowDays } from "../standards";
import { tagOf } from "../tags";
import { aws, azure, azureGraph, gcp, gcpGraph, token } from "../tokens";

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

const manages = /^(kms:\*|kms:(create|put|enable|disable|schedule|cancel|update|revoke|delete))/i;
const uses = /^(kms:\*|kms:(encrypt|decrypt|reencrypt|generatedatakey))/i;
/** The account's root stands for IAM policies of the account, not for a person. */
const people = (one: Statement) =>
  one.principals.filter(
    (principal): principal is string => typeof principal === "string" && !/:root$|^\d{12}$|^\*$/.test(principal),
  );

const administrators: Readonly<Record<string, "manage" | "use">> = {
  "14b46e9e-c2b7-41b4-b07b-48a6ebf60603": "manage",
  "12338af0-0e69-4776-bea7-57ae8d297424": "use",
  "e147488a-f6f5-4113-8e2d-b22465e65bf6": "use",
  "roles/cloudkms.admin": "manage",
  "roles/cloudkms.cryptokeyencrypterdecrypter": "use",
  "roles/cloudkms.cryptokeydecrypter": "use",
  "roles/cloudkms.cryptokeyencrypter": "use",
};
const duty = (value: string) => administrators[value.toLowerCase().split("/roledefinitions/").at(-1) ?? ""];

/** The same member holds the other duty elsewhere in the stack. */
const notBoth =
  (types: readonly string[], role: string, member: string): Judge =>
  (view, { graph }) => {
    const own = duty(text(view.props, role));
    if (own === undefined) return notApplicable("no duty on keys");
    const expected = "a member that doesn't also hold the other duty";
    const who = read(view.props, member);
    const rivals = graph.ofType(...types).filter((other) => {
      const theirs = duty(text(other.props, role));
      return theirs !== undefined && theirs !== own;
    });
    if (rivals.length === 0) return pass(member, expected);
    if (isUnknown(who)) {
      const sources = graph.sources(view, member);
      return rivals.some((other) => graph.sources(other, member).some((source) => sources.includes(source)))
        ? unknown(member, expected)
        : pass(member, expected);
    }
    return rivals.some((other) => read(other.props, member) === who) ? fail(member, expected) : pass(member, expected);
  };

const assignment = token("azure", "authorization.RoleAssignment");
const grants = [token("gcp", "kms.CryptoKeyIAMMember"), token("gcp", "kms.KeyRingIAMMember")];

export const duties = rule(
  "kms-separation-of-duties",
  aws("kms.Key, kms.KeyPolicy", (view) => {
    const expected = "principals that administer the key and principals that use it apart";
    const found = statements(read(view.props, "policy"));
    if (typeof found === "symbol") return unknown("policy", expected);
    const holders = (pattern: RegExp) =>
      found.filter((one) => one.allows && one.actions.some((action) => pattern.test(action))).flatMap(people);
    const users = new Set(holders(uses));
    return holders(manages).some((one) => users.has(one)) ? fail("policy", expected) : pass("policy", expected);
  }),
  azureGraph("authorization.RoleAssignment", notBoth([assignment], "roleDefinitionId", "principalId")),
  gcpGraph("kms.CryptoKeyIAMMember, kms.KeyRingIAMMember", notBoth(grants, "role", "member")),
);

export const vaultLogging = rule(
  "kms-vault-logging",
  aws("cloudtrail.Trail", (view) => {
    const path = "advancedEventSelectors";
    if (folded(view.props, "enableLogging") === "false") return fail("enableLogging", "true");
    const selectors = list(view.props, "eventSelectors");
    if (typeof selectors === "symbol") return unknown("eventSelectors", "management events of KMS");
    const left = selectors.some(
      (one) =>
        folded(one, "includeManagementEvents") === "false" ||
        (list(one, "excludeManagementEventSources") as readonly unknown[]).includes("kms.amazonaws.com"),
    );
    return left ? fail("eventSelectors", "management events of KMS") : pass(path);
  }),
  azureGraph("keyvault.Vault", diagnosticsOf(logsCategory(["AuditEvent"]))),
  gcp("projects.IAMAuditConfig", (view) => {
    const service = text(view.props, "service");
    if (!["allServices", "cloudkms.googleapis.com"].includes(service)) return notApplicable("another service");
    const configs = list(view.props, "auditLogConfigs");
    if (typeof configs === "symbol") return unknown("auditLogConfigs", "DATA_READ");
    return configs.some((one) => text(one, "logType") === "DATA_READ")
      ? pass("auditLogConfigs")
      : fail("auditLogConfigs", "DATA_READ");
  }),
);
