// Who runs keys does not use them, and their use is on record.

import { diagnosticsOf, logsCategory } from "../diagnostics";
import { type Statement, statements } from "../iam";
import { fail, notApplicable, pass, unknown } from "../judge";
import { folded, isUnknown, list, read, text } from "../read";
import { type Judge, rule } from "../rule";
import { aws, azureGraph, gcp, gcpGraph, token } from "../tokens";

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
