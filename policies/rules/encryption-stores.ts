// SEC-01, STO-04: objects, files and disks are encrypted with the customer's key; HTTPS only.

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
  noneOf,
  notApplicable,
  oneOf,
  when,
} from "../judge";
import { isLogSink } from "../log-sinks";
import type { Judge } from "../rule";
import { rule } from "../rule";
import { classVerdict } from "../storage-classes";
import { aws, awsGraph, azure, azureGraph, gcp, kubernetes, token } from "../tokens";

const sse = [token("aws", "s3.BucketServerSideEncryptionConfiguration")];

const byDefault = "applyServerSideEncryptionByDefault";

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
        isLogSink(view, context)
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
    isLogSink(view, context)
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
  kubernetes("storage.StorageClass", classVerdict),
);

function isTrueAny(paths: readonly string[]): Judge {
  return any(...paths.map((path) => isTrue(path)));
}
