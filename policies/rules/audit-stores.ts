// SEC-13, MON-38: what was recorded can't be changed, isn't public, and is kept long enough.

import { auditSinks, holdsAudit, isActivityLog } from "../audit-stores";
import { companion } from "../companion";
import type { Graph } from "../graph";
import { heldForDays } from "../immutability";
import { all, any, atLeast, equals, filled, isFalse, isTrue, notApplicable, pass, unknown, when } from "../judge";
import { lasting } from "../primaries";
import { asText, isUnknown, read, text } from "../read";
import { type Context, type Judge, relaxed, rule, type View } from "../rule";
import { accessLogRetentionDays, auditLogRetentionDays } from "../standards";
import { aws, awsGraph, azureGraph, gcpGraph, token } from "../tokens";

const onActivity = (judge: Judge) => when(isActivityLog, "not a subscription's activity log", judge);
const accountOf = (graph: Graph, setting: View): View | undefined =>
  graph.targets(setting, "storageAccountId", [token("azure", "storage.StorageAccount")]).sure[0];

/** Judges the account that an activity log is archived to. */
const archive =
  (judge: Judge): Judge =>
  (view, context) => {
    const account = accountOf(context.graph, view);
    if (account) return prefixed("storageAccountId", judge)(account, context);
    return read(view.props, "storageAccountId") === undefined
      ? notApplicable("no archive: a workspace keeps it")
      : notApplicable("the account is made elsewhere");
  };

/** Verdicts on another resource, told at the property that names it. */
const prefixed =
  (path: string, judge: Judge): Judge =>
  (view, context) => {
    const found = judge(view, context);
    const verdicts = (Array.isArray(found) ? found : [found]) as readonly {
      status: "pass";
      path: string;
      expected: string;
    }[];
    return verdicts.map((one) => ({ ...one, path, expected: `${one.path} ${one.expected}`.trim() }));
  };

const ofAccount = (type: string, judge: Judge) => companion([token("azure", type)], "accountName", judge);
const writeOnce = any(heldForDays, ofAccount("storage.BlobContainerLegalHold", filled("tags")));

/** Locks are for environments that are meant to last: what is locked can't be thrown away. */
export const integrity = rule(
  "audit-trail-integrity",
  aws("cloudtrail.Trail", isTrue("enableLogFileValidation")),
  azureGraph("monitor.DiagnosticSetting", onActivity(lasting(archive(writeOnce)))),
  gcpGraph("logging.ProjectBucketConfig", when(holdsAudit, "no bucket of audit logs", lasting(isTrue("locked")))),
);

const bucketOf = (type: string, judge: Judge) => companion([token("aws", `s3.${type}`)], "bucket", judge);
const blocked = bucketOf(
  "BucketPublicAccessBlock",
  all(
    ...["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].map((one) => isTrue(one)),
  ),
);
const versioned = bucketOf("BucketVersioning", equals("versioningConfiguration.status", "Enabled"));
const logged = bucketOf("BucketLogging", filled("targetBucket"));
const lockedObjects = any(
  bucketOf("BucketObjectLockConfiguration", filled("rule.defaultRetention", "a default retention")),
  bucketOf("BucketVersioning", equals("versioningConfiguration.mfaDelete", "Enabled")),
);
const trailBucket: Judge = (view, context) =>
  (relaxed(context) ? all(blocked, versioned) : all(blocked, versioned, logged, lockedObjects))(view, context);

const closedAccount = all(
  isFalse("allowBlobPublicAccess"),
  any(equals("publicNetworkAccess", "Disabled"), equals("networkRuleSet.defaultAction", "Deny")),
  ofAccount("storage.BlobServiceProperties", isTrue("deleteRetentionPolicy.enabled")),
);

const closedBucket: Judge = all(
  isTrue("uniformBucketLevelAccess"),
  equals("publicAccessPrevention", "enforced"),
  any(isTrue("versioning.enabled"), filled("retentionPolicy.retentionPeriod", "write-once instead")),
);

/** `storage.googleapis.com/<bucket>`: by dependency in a preview, by name afterwards. */
function sinkBucket(graph: Graph, sink: View): View | undefined {
  const [, name] = /^storage\.googleapis\.com\/(.+)$/.exec(text(sink.props, "destination")) ?? [];
  const buckets = graph.ofType(token("gcp", "storage.Bucket"));
  const named = buckets.find(
    ({ props, outputs }) => name !== undefined && [text(props, "name"), text(outputs, "name")].includes(name),
  );
  return named ?? graph.targets(sink, "destination", [token("gcp", "storage.Bucket")]).sure[0];
}
const sinkTarget: Judge = (view, context) => {
  if (!auditSinks(context.graph).includes(view)) return notApplicable("no audit logs");
  const bucket = sinkBucket(context.graph, view);
  if (bucket) return prefixed("destination", closedBucket)(bucket, context);
  const destination = text(view.props, "destination");
  const buckets = ["ProjectBucketConfig", "OrganizationBucketConfig", "FolderBucketConfig"].map((one) =>
    token("gcp", `logging.${one}`),
  );
  if (
    destination.startsWith("logging.googleapis.com/") ||
    context.graph.targets(view, "destination", buckets).sure.length > 0
  )
    return pass("destination", "a log bucket, which is private and append-only");
  return isUnknown(read(view.props, "destination"))
    ? unknown("destination", "a log bucket, or a bucket that is private and versioned")
    : notApplicable("what it leads to is made elsewhere");
};

export const storeProtected = rule(
  "audit-trail-bucket-protected",
  awsGraph("cloudtrail.Trail", (view, context) => {
    const path = "s3BucketName";
    const [bucket] = context.graph.targets(view, path, [token("aws", "s3.Bucket")]).sure;
    if (bucket) return prefixed(path, trailBucket)(bucket, context);
    return isUnknown(read(view.props, path))
      ? unknown(path, "a bucket that is private, versioned, logged and write-once")
      : notApplicable("the bucket is made elsewhere");
  }),
  azureGraph("monitor.DiagnosticSetting", onActivity(archive(closedAccount))),
  gcpGraph("logging.ProjectSink, logging.OrganizationSink, logging.FolderSink", sinkTarget),
);

const floorOf = (view: View, context: Context): number =>
  context.settings.logRetentionDays || (holdsAudit(view, context) ? auditLogRetentionDays : accessLogRetentionDays);

/** `never`: what keeps logs for good, 0 or unset to CloudWatch. */
const kept =
  (path: string, never: boolean): Judge =>
  (view, context) => {
    const floor = floorOf(view, context);
    const days = read(view.props, path);
    if (relaxed(context)) return pass(path, "any time, in a throw-away environment");
    if (never && (days === undefined || asText(days) === "0")) return pass(path, "for good");
    return atLeast(path, floor)(view, context);
  };

export const retention = rule(
  "logging-retention",
  awsGraph("cloudwatch.LogGroup", all(kept("retentionInDays", true), filled("kmsKeyId", "a customer key"))),
  azureGraph("operationalinsights.Workspace", all(kept("retentionInDays", false), isTrue("features.disableLocalAuth"))),
  gcpGraph(
    "logging.ProjectBucketConfig, logging.OrganizationBucketConfig, logging.FolderBucketConfig",
    (view, context) =>
      text(view.props, "bucketId") === "_Required"
        ? notApplicable("Google keeps it for 400 days")
        : kept("retentionDays", false)(view, context),
  ),
);
