// STO: objects come back, are on record, and stay where they must.

import { companion } from "../companion";
import { diagnosticsOf, logsCategory } from "../diagnostics";
import { tierOne } from "../first-tier";
import { heldForDays } from "../immutability";
import {
  all,
  any,
  atLeast,
  each,
  equals,
  fail,
  filled,
  holds,
  isTrue,
  notApplicable,
  oneOf,
  pass,
  when,
} from "../judge";
import { isLogSink, unlessSink } from "../log-sinks";
import { asText, list, text } from "../read";
import { type Context, type Judge, relaxed, rule, type View } from "../rule";
import { awsGraph, azure, azureGraph, gcp, gcpGraph, token } from "../tokens";

/** Accounts for files, queues and tables alone have no blobs to keep. */
const holdsBlobs =
  (judge: Judge): Judge =>
  (view, context) =>
    text(view.props, "kind") === "FileStorage" ? notApplicable("no blobs") : judge(view, context);

const week = 7;

const blobService = [token("azure", "storage.BlobServiceProperties")];

export const versioning = rule(
  "storage-versioning",
  awsGraph(
    "s3.Bucket",
    unlessSink(
      companion([token("aws", "s3.BucketVersioning")], "bucket", equals("versioningConfiguration.status", "Enabled")),
    ),
  ),
  azureGraph(
    "storage.StorageAccount",
    holdsBlobs((view, context) =>
      companion(
        blobService,
        "accountName",
        all(
          ...(isLogSink(view, context) ? [] : [isTrue("isVersioningEnabled")]),
          atLeast("deleteRetentionPolicy.days", week),
          atLeast("containerDeleteRetentionPolicy.days", week),
        ),
      )(view, context),
    ),
  ),
  gcpGraph(
    "storage.Bucket",
    all(
      unlessSink(any(isTrue("versioning.enabled"), filled("retentionPolicy.retentionPeriod", "write-once instead"))),
      atLeast("softDeletePolicy.retentionDurationSeconds", week * 86400, "pass"),
    ),
  ),
);

export const accessLogging = rule(
  "storage-access-logging",
  awsGraph("s3.Bucket", unlessSink(companion([token("aws", "s3.BucketLogging")], "bucket", filled("targetBucket")))),
  azureGraph(
    "storage.StorageAccount",
    holdsBlobs(unlessSink(diagnosticsOf(logsCategory(["StorageRead", "StorageWrite", "StorageDelete"])))),
  ),
  gcpGraph("storage.Bucket", unlessSink(any(filled("logging.logBucket", "a bucket for access logs"), auditedStorage))),
);

/** Data access audit logs of the project do the same. */
function auditedStorage(_: View, { graph }: Context) {
  const on = graph.ofType(token("gcp", "projects.IAMAuditConfig")).some((config) => {
    const configs = list(config.props, "auditLogConfigs");
    const covers = ["allServices", "storage.googleapis.com"].includes(text(config.props, "service"));
    return covers && typeof configs !== "symbol" && configs.some((one) => text(one, "logType") === "DATA_READ");
  });
  return on ? pass("logging") : fail("logging.logBucket", "access logs, or data access audit logs of the project");
}

/**
 * Stores of backups and audit records, by the word in their name; a data class alone doesn't make one, since personal data
 * must be erasable (GDPR 17). Throw-away environments lock nothing.
 */
function mustBeWriteOnce(view: View, context: Context): boolean {
  // The access logs of a backup site are no backups.
  const isLogs = /(^|[-_])(access-?)?logs?$/i.test(view.name) && !/audit/i.test(view.name);
  const named = /(^|[-_])(backups?|audit|archive)([-_]|$)/i.test(view.name) && !isLogs;
  return !relaxed(context) && named;
}

const writeOnce = (judge: Judge) =>
  when(mustBeWriteOnce, "no store of backups or audit records, or a throw-away one", judge);

export const objectLock = rule(
  "storage-object-lock-audit-buckets",
  awsGraph(
    "s3.Bucket",
    writeOnce(
      companion(
        [token("aws", "s3.BucketObjectLockConfiguration")],
        "bucket",
        all(
          equals("rule.defaultRetention.mode", "COMPLIANCE"),
          any(atLeast("rule.defaultRetention.days", 1), atLeast("rule.defaultRetention.years", 1)),
        ),
      ),
    ),
  ),
  azureGraph("storage.StorageAccount", writeOnce(heldForDays)),
  gcp("storage.Bucket", writeOnce(atLeast("retentionPolicy.retentionPeriod", 1))),
);

export const lifecycle = rule(
  "storage-lifecycle",
  awsGraph("s3.Bucket", companion([token("aws", "s3.BucketLifecycleConfiguration")], "bucket", filled("rules"))),
  azureGraph(
    "storage.StorageAccount",
    holdsBlobs(companion([token("azure", "storage.ManagementPolicy")], "accountName", filled("policy.rules"))),
  ),
  gcp("storage.Bucket", filled("lifecycleRules", "a rule")),
);

export const replication = rule(
  "storage-replication",
  awsGraph(
    "s3.Bucket",
    tierOne(
      companion(
        [token("aws", "s3.BucketReplicationConfig")],
        "bucket",
        each("rules", (at) => equals(`${at}.status`, "Enabled"), fail("rules", "a rule")),
      ),
    ),
  ),
  azure(
    "storage.StorageAccount",
    tierOne(oneOf("sku.name", ["Standard_GRS", "Standard_RAGRS", "Standard_GZRS", "Standard_RAGZRS"])),
  ),
  gcp(
    "storage.Bucket",
    tierOne(
      any(
        holds("location", "a dual or multi-region", (value) => !asText(value).includes("-")),
        equals("rpo", "ASYNC_TURBO"),
      ),
    ),
  ),
);
