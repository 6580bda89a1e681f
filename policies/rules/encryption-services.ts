// Caches, search and brokers: encrypted at rest and on the way.

import { deniesPlainHttp, statements } from "../iam";
import { all, always, any, equals, filled, holds, isTrue, matches, noneOf, oneOf } from "../judge";
import { rule } from "../rule";
import { aws, azure, gcp } from "../tokens";

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
