// SEC-01, SEC-03, DB-05, STO-04: encrypted at rest with the customer's key, encrypted on the way.

import { companion } from "../companion";
import { deniesPlainHttp, statements } from "../iam";
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
  noneOf,
  notApplicable,
  oneOf,
  when,
  where,
} from "../judge";
import { folded, list, read, text } from "../read";
import type { Context, Judge, View } from "../rule";
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

export const cacheAtRest = rule(
  "encryption-cache-at-rest",
  aws(
    "elasticache.ReplicationGroup",
    all(
      isTrue("atRestEncryptionEnabled"),
      any(filled("kmsKeyId", "a customer key"), filled("globalReplicationGroupId")),
    ),
  ),
  aws("memorydb.Cluster", filled("kmsKeyArn", "a customer key")),
  aws("elasticache.ServerlessCache", filled("kmsKeyId", "a customer key")),
  azure("redis.Redis", always("service-managed encryption can't be switched off")),
  azure("redisenterprise.RedisEnterprise", filled("encryption.customerManagedKeyEncryption", "a customer key")),
  gcp("redis.Instance", filled("customerManagedKey", "a Cloud KMS key")),
  gcp("memorystore.Instance, redis.Cluster", filled("kmsKey", "a Cloud KMS key")),
);

export const cacheInTransit = rule(
  "encryption-cache-in-transit",
  aws(
    "elasticache.ReplicationGroup",
    all(isTrue("transitEncryptionEnabled"), equals("transitEncryptionMode", "required", "pass")),
  ),
  aws("memorydb.Cluster", isTrue("tlsEnabled", "pass")),
  azure("redis.Redis", all(noneOf("enableNonSslPort", ["true"]), oneOf("minimumTlsVersion", ["1.2", "1.3"]))),
  azure("redisenterprise.Database", equals("clientProtocol", "Encrypted", "pass")),
  azure("redisenterprise.RedisEnterprise", oneOf("minimumTlsVersion", ["1.2", "1.3"], "pass")),
  gcp("redis.Instance, memorystore.Instance", equals("transitEncryptionMode", "SERVER_AUTHENTICATION")),
  gcp("redis.Cluster", equals("transitEncryptionMode", "TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION")),
);

export const searchDomain = rule(
  "encryption-search-domain",
  aws(
    "opensearch.Domain",
    all(
      isTrue("encryptAtRest.enabled"),
      isTrue("nodeToNodeEncryption.enabled"),
      isTrue("domainEndpointOptions.enforceHttps"),
      matches("domainEndpointOptions.tlsSecurityPolicy", /TLS-1-[23]-/, "a policy from TLS 1.2 up"),
    ),
  ),
  azure(
    "search.Service",
    all(equals("encryptionWithCmk.enforcement", "Enabled"), equals("publicNetworkAccess", "disabled")),
  ),
);

export const messagingAtRest = rule(
  "encryption-messaging-at-rest",
  aws("sns.Topic", filled("kmsMasterKeyId", "a KMS key")),
  aws("sqs.Queue", any(filled("kmsMasterKeyId", "a KMS key"), isTrue("sqsManagedSseEnabled"))),
  aws("kinesis.Stream", equals("encryptionType", "KMS")),
  aws("msk.Cluster", filled("encryptionInfo.encryptionAtRestKmsKeyArn", "a customer key")),
  azure("servicebus.Namespace, eventhub.Namespace", equals("encryption.keySource", "Microsoft.KeyVault")),
  gcp("pubsub.Topic", filled("kmsKeyName", "a Cloud KMS key")),
);

export const messagingInTransit = rule(
  "encryption-messaging-in-transit",
  aws("msk.Cluster", equals("encryptionInfo.encryptionInTransit.clientBroker", "TLS", "pass")),
  aws("sns.TopicPolicy", (view, context) =>
    holds("policy", "a statement that denies aws:SecureTransport = false", (document) => {
      const found = statements(document);
      return typeof found !== "symbol" && deniesPlainHttp(found, ["sns:*", "sns:Publish"]);
    })(view, context),
  ),
  azure("servicebus.Namespace, eventhub.Namespace", oneOf("minimumTlsVersion", ["1.2", "1.3"])),
  gcp("pubsub.Topic", always("Pub/Sub takes TLS only")),
);

const sse = [token("aws", "s3.BucketServerSideEncryptionConfiguration")];
const byDefault = "applyServerSideEncryptionByDefault";

/** Buckets that S3 delivers server access logs to: they take SSE-S3 only (docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html). */
const logSink = (view: View, context: Context): boolean =>
  context.graph.companions(view, [token("aws", "s3.BucketLogging")], "targetBucket").sure.length > 0;

const rulesOf =
  (judge: (at: string) => Judge): Judge =>
  (view, context) =>
    each("rules", judge, { status: "fail", path: "rules", expected: "a default encryption rule" })(view, context);

export const objectStorageAtRest = rule(
  "encryption-object-storage-at-rest",
  awsGraph("s3.Bucket", (view, context) =>
    companion(
      sse,
      "bucket",
      rulesOf((at) =>
        logSink(view, context)
          ? oneOf(`${at}.${byDefault}.sseAlgorithm`, ["AES256", "aws:kms"])
          : oneOf(`${at}.${byDefault}.sseAlgorithm`, ["aws:kms", "aws:kms:dsse"]),
      ),
    )(view, context),
  ),
  azure(
    "storage.StorageAccount",
    all(noneOf("encryption.services.blob.enabled", ["false"]), isTrue("encryption.requireInfrastructureEncryption")),
  ),
  gcp("storage.Bucket", filled("encryption.defaultKmsKeyName", "a Cloud KMS key")),
);

export const objectStorageCmk = rule(
  "encryption-object-storage-cmk",
  awsGraph("s3.Bucket", (view, context) =>
    logSink(view, context)
      ? notApplicable("S3 can't deliver access logs to a bucket with SSE-KMS")
      : companion(
          sse,
          "bucket",
          rulesOf((at) => filled(`${at}.${byDefault}.kmsMasterKeyId`, "a customer key")),
        )(view, context),
  ),
  azure(
    "storage.StorageAccount",
    all(
      equals("encryption.keySource", "Microsoft.Keyvault"),
      filled("encryption.keyVaultProperties", "a key of the vault"),
    ),
  ),
  gcp("storage.Bucket", filled("encryption.defaultKmsKeyName", "a Cloud KMS key")),
);

export const objectStorageTls = rule(
  "encryption-object-storage-tls-only",
  awsGraph(
    "s3.Bucket",
    companion([token("aws", "s3.BucketPolicy")], "bucket", (view, context) =>
      holds("policy", "a statement that denies aws:SecureTransport = false", (document) => {
        const found = statements(document);
        return typeof found !== "symbol" && deniesPlainHttp(found, ["s3:*"]);
      })(view, context),
    ),
  ),
  azure(
    "storage.StorageAccount",
    all(isTrue("enableHttpsTrafficOnly", "pass"), oneOf("minimumTlsVersion", ["TLS1_2", "TLS1_3"])),
  ),
  gcp("storage.Bucket", always("Cloud Storage takes TLS only")),
);

export const fileShare = rule(
  "encryption-file-share",
  aws("efs.FileSystem", all(isTrue("encrypted"), filled("kmsKeyId", "a customer key"))),
  awsGraph(
    "efs.FileSystem",
    companion([token("aws", "efs.BackupPolicy")], "fileSystemId", equals("backupPolicy.status", "ENABLED")),
  ),
  aws(
    "fsx.OntapFileSystem, fsx.OpenZfsFileSystem, fsx.WindowsFileSystem, fsx.LustreFileSystem",
    filled("kmsKeyId", "a customer key"),
  ),
  azure("netapp.Account", equals("encryption.keySource", "Microsoft.KeyVault")),
  azureGraph("storage.FileShare", (view, context) => {
    const [account] = context.graph.targets(view, "accountName", [token("azure", "storage.StorageAccount")]).sure;
    return account
      ? isTrue("enableHttpsTrafficOnly", "pass")(account, context)
      : { status: "unknown", path: "accountName", expected: "an account that takes HTTPS only" };
  }),
  gcp("filestore.Instance", filled("kmsKeyName", "a Cloud KMS key")),
);

export const diskVolume = rule(
  "encryption-disk-volume",
  aws("ebs.Volume, ebs.SnapshotCopy", isTrue("encrypted")),
  aws("ebs.EncryptionByDefault", isTrue("enabled", "pass")),
  aws(
    "ec2.Instance",
    all(
      isTrue("rootBlockDevice.encrypted"),
      each("ebsBlockDevices", (at) => isTrue(`${at}.encrypted`)),
    ),
  ),
  aws(
    "ec2.LaunchTemplate",
    each("blockDeviceMappings", (at) => when(isSet(`${at}.ebs`), "no EBS volume", isTrue(`${at}.ebs.encrypted`))),
  ),
  azure("compute.Disk", filled("encryption.diskEncryptionSetId", "a disk encryption set")),
  azure(
    "compute.VirtualMachine, compute.VirtualMachineScaleSet",
    isTrueAny(["securityProfile.encryptionAtHost", "virtualMachineProfile.securityProfile.encryptionAtHost"]),
  ),
  gcp("compute.Disk, compute.RegionDisk", filled("diskEncryptionKey.kmsKeySelfLink", "a Cloud KMS key")),
  gcp("compute.Instance", any(filled("bootDisk.kmsKeySelfLink", "a Cloud KMS key"), filled("bootDisk.source"))),
);

function isTrueAny(paths: readonly string[]): Judge {
  return any(...paths.map((path) => isTrue(path)));
}
