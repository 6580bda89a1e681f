// What is encrypted, at rest and on the way.
import type { Texts } from ".";

export const encryption: Texts = {
  "encryption-database-at-rest": {
    title: "Database storage is encrypted",
    severity: "critical",
    phase: "resource",
    why: "A disk, snapshot or replica that leaves the provider's hands must be unreadable.",
    remedy: {
      aws: "Set storageEncrypted (Redshift: encrypted) at creation; it can't be switched on later.",
      azure: "Add a TransparentDataEncryption with state Enabled for each SQL database.",
      gcp: "Nothing to do: Cloud SQL encrypts every instance.",
    },
  },
  "encryption-database-cmk": {
    title: "Databases are encrypted with a customer-managed key",
    severity: "high",
    phase: "resource",
    why: "With a key of your own you decide who reads the data, and can end all access at once.",
    remedy: {
      aws: "Set kmsKeyId, and performanceInsightsKmsKeyId where Performance Insights is on.",
      azure: 'Set dataEncryption { type: "AzureKeyVault", primaryKeyURI, primaryUserAssignedIdentityId }.',
      gcp: "Set encryptionKeyName (AlloyDB, Spanner: encryptionConfig.kmsKeyName) to a Cloud KMS key.",
    },
  },
  "encryption-database-in-transit": {
    title: "Database servers take TLS connections only",
    severity: "high",
    phase: "resource",
    why: "Passwords and rows cross the network readable when clients may connect without TLS.",
    remedy: {
      aws: "Bind a parameter group with rds.force_ssl = 1 (MySQL: require_secure_transport = 1).",
      azure: "Set the server parameter require_secure_transport to on and ssl_min_protocol_version to TLSv1.2.",
      gcp: "Set settings.ipConfiguration.sslMode to ENCRYPTED_ONLY.",
    },
  },
  "encryption-nosql-at-rest": {
    title: "Key-value and document stores are encrypted with a customer-managed key",
    severity: "high",
    phase: "resource",
    why: "Tables hold the same personal data as databases do and need a key of your own as well.",
    remedy: {
      aws: "Set serverSideEncryption { enabled: true, kmsKeyArn }.",
      azure: "Set keyVaultKeyUri to a key of your vault.",
      gcp: "Name a Cloud KMS key: defaultEncryptionConfiguration, clusters[].kmsKeyName or cmekConfig.",
    },
  },
  "encryption-cache-at-rest": {
    title: "Caches are encrypted with a customer-managed key",
    severity: "high",
    phase: "resource",
    why: "A cache's disk and snapshots hold sessions and copies of records.",
    remedy: {
      aws: "Set atRestEncryptionEnabled and kmsKeyId (MemoryDB: kmsKeyArn).",
      azure: "Set encryption.customerManagedKeyEncryption on the Managed Redis cluster.",
      gcp: "Set customerManagedKey (Memorystore: kmsKey) to a Cloud KMS key.",
    },
  },
  "encryption-cache-in-transit": {
    title: "Caches take TLS connections only",
    severity: "high",
    phase: "resource",
    why: "Sessions and tokens cross the network readable when clients may connect without TLS.",
    remedy: {
      aws: "Set transitEncryptionEnabled, and transitEncryptionMode to required.",
      azure: "Set clientProtocol to Encrypted and minimumTlsVersion to 1.2; leave enableNonSslPort off.",
      gcp: "Set transitEncryptionMode to SERVER_AUTHENTICATION.",
    },
  },
  "encryption-search-domain": {
    title: "Search services are encrypted on disk, between nodes and towards clients",
    severity: "high",
    phase: "resource",
    why: "An index repeats the documents that it searches, on its disks and between its nodes.",
    remedy: {
      aws: "Turn on encryptAtRest, nodeToNodeEncryption and enforceHttps with a TLS 1.2 policy.",
      azure: "Set encryptionWithCmk.enforcement to Enabled and publicNetworkAccess to disabled.",
    },
  },
  "encryption-messaging-at-rest": {
    title: "Queues, topics and streams are encrypted",
    severity: "high",
    phase: "resource",
    why: "Messages wait on disks and carry the same data as the stores they come from.",
    remedy: {
      aws: "Set kmsMasterKeyId (SQS: or sqsManagedSseEnabled), encryptionType KMS, encryptionAtRestKmsKeyArn.",
      azure: "Set encryption.keySource to Microsoft.KeyVault with a key of your vault.",
      gcp: "Set kmsKeyName to a Cloud KMS key.",
    },
  },
  "encryption-messaging-in-transit": {
    title: "Brokers take TLS connections only",
    severity: "high",
    phase: "resource",
    why: "Messages cross the network readable when a broker takes plain connections.",
    remedy: {
      aws: "Set clientBroker to TLS; deny aws:SecureTransport = false in the topic's policy.",
      azure: "Set minimumTlsVersion to 1.2.",
      gcp: "Nothing to do: Pub/Sub takes TLS only.",
    },
  },
  "encryption-object-storage-at-rest": {
    title: "Object stores encrypt everything by default",
    severity: "high",
    phase: "stack",
    why: "Objects must be unreadable on a disk that leaves the provider's hands.",
    remedy: {
      aws: "Add a BucketServerSideEncryptionConfiguration with sseAlgorithm aws:kms.",
      azure: "Set encryption.requireInfrastructureEncryption at creation and keep services.blob enabled.",
      gcp: "Set encryption.defaultKmsKeyName to a Cloud KMS key.",
    },
  },
  "encryption-object-storage-cmk": {
    title: "Object stores are encrypted with a customer-managed key",
    severity: "high",
    phase: "stack",
    why: "With a key of your own you decide who reads the objects, and can end all access at once.",
    remedy: {
      aws: "Set kmsMasterKeyId in the bucket's default encryption rule.",
      azure: "Set encryption.keySource to Microsoft.Keyvault and name the key in keyVaultProperties.",
      gcp: "Set encryption.defaultKmsKeyName to a Cloud KMS key.",
    },
  },
  "encryption-object-storage-tls-only": {
    title: "Object stores take HTTPS only, from TLS 1.2 up",
    severity: "high",
    phase: "stack",
    why: "Signed links and objects cross the network readable over plain HTTP.",
    remedy: {
      aws: "Add a BucketPolicy that denies s3:* to everyone where aws:SecureTransport is false.",
      azure: "Set enableHttpsTrafficOnly, and minimumTlsVersion to TLS1_2.",
      gcp: "Nothing to do: Cloud Storage takes TLS only.",
    },
  },
  "encryption-file-share": {
    title: "File systems are encrypted and backed up",
    severity: "high",
    phase: "resource",
    why: "Shared files are copied to disks and backups like any database.",
    remedy: {
      aws: "Set encrypted and kmsKeyId; add a BackupPolicy with status ENABLED.",
      azure: "Set encryption.keySource to Microsoft.KeyVault; keep the account on HTTPS only.",
      gcp: "Set kmsKeyName to a Cloud KMS key.",
    },
  },
  "encryption-disk-volume": {
    title: "Disks, snapshots and machine images are encrypted",
    severity: "high",
    phase: "resource",
    why: "Disks, snapshots and images are the easiest thing to copy out of an account.",
    remedy: {
      aws: "Set encrypted on volumes, rootBlockDevice and every block device mapping.",
      azure: "Set encryption.diskEncryptionSetId, and securityProfile.encryptionAtHost on machines.",
      gcp: "Set diskEncryptionKey.kmsKeySelfLink, or bootDisk.kmsKeySelfLink on machines.",
      kubernetes: 'Set parameters.encrypted to "true" on the StorageClass.',
    },
  },
};
