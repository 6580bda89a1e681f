// DB-05, DB-06: databases are encrypted at rest with the customer's key, and on the way.

import { companion } from "../companion";
import {
  all,
  always,
  any,
  each,
  equals,
  filled,
  holds,
  isSet,
  isTrue,
  matches,
  notApplicable,
  oneOf,
  when,
  where,
} from "../judge";
import { folded, list, read, text } from "../read";
import type { Judge, View } from "../rule";
import { rule } from "../rule";
import { aws, awsGraph, azure, azureGraph, gcp, token } from "../tokens";

const unlessReplica =
  (property: string, judge: Judge): Judge =>
  (view, context) =>
    isSet(property)(view) ? notApplicable("a replica in the region has its source's key") : judge(view, context);

export const databaseAtRest = rule(
  "encryption-database-at-rest",
  aws(
    "rds.Instance",
    any(isTrue("storageEncrypted"), filled("clusterIdentifier", "set: storage is the cluster's"), sameRegionReplica()),
  ),
  aws(
    "rds.Cluster, rds.GlobalCluster, docdb.Cluster, neptune.Cluster",
    any(isTrue("storageEncrypted"), filled("replicationSourceIdentifier")),
  ),
  aws("redshift.Cluster", isTrue("encrypted")),
  azure("dbforpostgresql.Server, dbformysql.Server", always("service-managed encryption can't be switched off")),
  azureGraph(
    "sql.Database",
    companion([token("azure", "sql.TransparentDataEncryption")], "databaseName", equals("state", "Enabled"), "pass"),
  ),
  gcp("sql.DatabaseInstance", always("Google Cloud encrypts every instance")),
);

/** RDS: a replica in the same region names its source by identifier, one from another region by ARN and has its own key. */
function sameRegionReplica(): Judge {
  return matches("replicateSourceDb", /^(?!arn:)/, "a replica in its source's region");
}

export const databaseCmk = rule(
  "encryption-database-cmk",
  aws("rds.Instance", any(filled("kmsKeyId", "a customer key"), sameRegionReplica())),
  aws(
    "rds.Instance",
    when(
      where("performanceInsightsEnabled", [true]),
      "Performance Insights is off",
      filled("performanceInsightsKmsKeyId", "a customer key"),
    ),
  ),
  aws("rds.Cluster, docdb.Cluster", filled("kmsKeyId", "a customer key")),
  azure("dbforpostgresql.Server", unlessAzureReplica(equals("dataEncryption.type", "AzureKeyVault"))),
  azure("dbformysql.Server", unlessAzureReplica(equals("dataEncryption.type", "AzureKeyVault"))),
  azure("sql.EncryptionProtector", equals("serverKeyType", "AzureKeyVault")),
  gcp("sql.DatabaseInstance", unlessReplica("masterInstanceName", filled("encryptionKeyName", "a Cloud KMS key"))),
  gcp("alloydb.Cluster", filled("encryptionConfig.kmsKeyName", "a Cloud KMS key")),
  gcp(
    "spanner.Database",
    any(filled("encryptionConfig.kmsKeyName", "a Cloud KMS key"), filled("encryptionConfig.kmsKeyNames")),
  ),
);

/** Azure gives a replica its own encryption block; one that leaves it out has its source's only where the service says so. */
function unlessAzureReplica(judge: Judge): Judge {
  return any(judge, (view, context) => equals("createMode", "Replica")(view, context));
}

const pgParameters = (path: string, names: Readonly<Record<string, readonly string[]>>) => (view: View) => {
  const parameters = list(view.props, path);
  return typeof parameters === "symbol" ? parameters : parameters.find((one) => text(one, "name") in names);
};

/** A parameter group that sets one of these names to one of its values. */
function parameter(path: string, wanted: Readonly<Record<string, readonly string[]>>): Judge {
  const expected = Object.entries(wanted)
    .map(([name, values]) => `${name} = ${values[0] ?? ""}`)
    .join(" or ");
  return (view, context) =>
    holds(path, expected, () => {
      const found = pgParameters(path, wanted)(view);
      const value = folded(found, "value");
      return (wanted[text(found, "name")] ?? []).includes(value);
    })(view, context);
}

const tlsParameters = { "rds.force_ssl": ["1"], require_secure_transport: ["1", "on"] };

export const databaseInTransit = rule(
  "encryption-database-in-transit",
  awsGraph("rds.Instance", (view, context) => {
    if (read(view.props, "clusterIdentifier") !== undefined)
      return notApplicable("the cluster's parameter group decides");
    return tlsByGroup("parameterGroupName", "rds.ParameterGroup")(view, context);
  }),
  awsGraph("rds.Cluster", tlsByGroup("dbClusterParameterGroupName", "rds.ClusterParameterGroup")),
  aws("docdb.ClusterParameterGroup", parameter("parameters", { tls: ["enabled", "tls1.2+", "tls1.3+", "fips-140-3"] })),
  azure(
    "dbforpostgresql.Configuration, dbformysql.Configuration",
    when(where("configurationName", ["require_secure_transport"]), "another parameter", equals("value", "on")),
  ),
  azure(
    "dbforpostgresql.Configuration",
    when(
      where("configurationName", ["ssl_min_protocol_version"]),
      "another parameter",
      oneOf("value", ["TLSv1.2", "TLSv1.3"]),
    ),
  ),
  azure("sql.Server", oneOf("minimalTlsVersion", ["1.2", "1.3"])),
  gcp(
    "sql.DatabaseInstance",
    oneOf("settings.ipConfiguration.sslMode", ["ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"]),
  ),
);

/** The bound parameter group forces TLS. PostgreSQL 15 and newer do so without one; a group made elsewhere can't be read. */
function tlsByGroup(property: string, type: string): Judge {
  return (view, context) => {
    const groups = context.graph.targets(view, property, [token("aws", type)]).sure;
    const [group] = groups;
    if (group) return parameter("parameters", tlsParameters)(group, context);
    const engine = text(view.props, "engine");
    const major = Number.parseInt(text(view.props, "engineVersion"), 10);
    if (read(view.props, property) === undefined)
      return engine === "postgres" && major >= 15
        ? always("rds.force_ssl is on by default from PostgreSQL 15")(view, context)
        : { status: "fail", path: property, expected: "a parameter group that forces TLS" };
    return { status: "unknown", path: property, expected: "a parameter group that forces TLS" };
  };
}

export const nosqlAtRest = rule(
  "encryption-nosql-at-rest",
  aws(
    "dynamodb.Table",
    all(isTrue("serverSideEncryption.enabled"), filled("serverSideEncryption.kmsKeyArn", "a customer key")),
  ),
  aws("dax.Cluster", isTrue("serverSideEncryption.enabled")),
  azure("cosmosdb.DatabaseAccount", filled("keyVaultKeyUri", "a customer key")),
  gcp("bigquery.Dataset", filled("defaultEncryptionConfiguration.kmsKeyName", "a Cloud KMS key")),
  gcp(
    "bigtable.Instance",
    each("clusters", (at) => filled(`${at}.kmsKeyName`, "a Cloud KMS key")),
  ),
  gcp("firestore.Database", filled("cmekConfig.kmsKeyName", "a Cloud KMS key")),
);
