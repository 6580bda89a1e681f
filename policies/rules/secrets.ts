// SEC-07, DB-08: passwords are made, kept and shared by secret stores.
import { document } from "../documents";
import { letsAnyoneIn } from "../iam";
import { all, always, any, each, fail, filled, isTrue, notApplicable, pass, unknown, when, where } from "../judge";
import { publicMembers } from "../members";
import { isUnknown, read } from "../read";
import { type Judge, rule, type Verdict, type View } from "../rule";
import { aws, azure, gcp } from "../tokens";

const sourced = "a generated secret, never a literal";

/**
 * A property that holds a password is computed, or a Pulumi secret. A literal is always known, so an unknown value is
 * none. Where the view can't tell secrets apart, nothing is claimed.
 */
const secret =
  (path: string): Judge =>
  ({ props, secrets }: View): Verdict => {
    const value = read(props, path);
    if (value === undefined || isUnknown(value)) return pass(path, sourced);
    if (secrets === undefined) return unknown(path, sourced);
    return secrets.includes(path) ? pass(path, sourced) : fail(path, sourced);
  };
const present = (path: string) => (view: View) => read(view.props, path) !== undefined;

export const managedPassword = rule(
  "secrets-database-managed-password",
  aws("rds.Instance", (view, context) =>
    // Without an engine RDS makes nothing new: it is a replica that was promoted, and goes on with its source's login.
    ["replicateSourceDb", "clusterIdentifier", "snapshotIdentifier"].some((path) => present(path)(view)) ||
    !(present("engine")(view) || present("password")(view))
      ? notApplicable("its source's password")
      : own(view, context),
  ),
  aws("rds.Cluster, docdb.Cluster", (view, context) =>
    ["replicationSourceIdentifier", "snapshotIdentifier", "globalClusterIdentifier"].some((path) => present(path)(view))
      ? notApplicable("its source's password")
      : own(view, context),
  ),
  azure("dbforpostgresql.Server, dbformysql.Server, sql.Server", secret("administratorLoginPassword")),
  gcp(
    "sql.User",
    when(
      where("type", ["BUILT_IN"], true),
      "a cloud identity",
      any(filled("passwordWo", sourced), all(filled("password", sourced), secret("password"))),
    ),
  ),
  gcp("sql.DatabaseInstance", secret("rootPassword")),
);
/** RDS: kept by RDS itself, written and never read back, or a secret of the program. */
const own: Judge = (view, context) => {
  if (read(view.props, "manageMasterUserPassword") === true) return pass("manageMasterUserPassword", sourced);
  const written = ["passwordWo", "masterPasswordWo"].find((path) => present(path)(view));
  if (written) return pass(written, sourced);
  const path = present("masterPassword")(view) ? "masterPassword" : "password";
  return present(path)(view) ? secret(path)(view, context) : fail("manageMasterUserPassword", "true");
};

export const storeKey = rule(
  "secrets-store-cmk",
  aws("secretsmanager.Secret", filled("kmsKeyId", "a customer key")),
  aws("ssm.Parameter", when(where("type", ["SecureString"]), "no secret", filled("keyId", "a customer key"))),
  azure("keyvault.Vault", always("Key Vault keeps its content under keys in its own hardware modules")),
  gcp(
    "secretmanager.Secret",
    any(
      filled("replication.auto.customerManagedEncryption.kmsKeyName", "a Cloud KMS key"),
      all(
        filled("replication.userManaged.replicas", "replicas"),
        each("replication.userManaged.replicas", (at) =>
          filled(`${at}.customerManagedEncryption.kmsKeyName`, "a Cloud KMS key"),
        ),
      ),
    ),
  ),
  gcp("secretmanager.RegionalSecret", filled("customerManagedEncryption.kmsKeyName", "a Cloud KMS key")),
);

export const notPublic = rule(
  "secrets-policy-not-public",
  aws(
    "secretsmanager.SecretPolicy",
    all(isTrue("blockPublicPolicy"), document("policy", "no statement that lets anyone in", letsAnyoneIn)),
  ),
  azure("keyvault.Vault", isTrue("properties.enableRbacAuthorization")),
  gcp("secretmanager.SecretIamMember, secretmanager.SecretIamBinding", publicMembers),
);
