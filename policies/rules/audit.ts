// SEC-13: who did what is recorded everywhere, can't be changed, and is kept where the account can't reach it.

import {
  auditConfigs,
  auditSinks,
  isActivityLog,
  isSensitive,
  otherTrail,
  recordsChanges,
  selects,
} from "../audit-stores";
import { collected } from "../diagnostic-logs";
import { diagnosticSetting } from "../diagnostics";
import { all, any, fail, filled, isTrue, noneOf, notApplicable, pass, unknown, when } from "../judge";
import { folded, isUnknown, list, read, text } from "../read";
import { type Judge, rule, type View } from "../rule";
import { tagOf } from "../tags";
import { aws, awsGraph, azure, azureGraph, gcp, gcpGraph } from "../tokens";

const audited = "projects.IAMAuditConfig, organizations.IamAuditConfig, folder.IamAuditConfig";

const everywhere: Judge = all(
  isTrue("isMultiRegionTrail"),
  isTrue("includeGlobalServiceEvents", "pass"),
  isTrue("enableLogging", "pass"),
  (view) => {
    const changes = recordsChanges(view);
    const expected = "management events, reads and writes";
    if (changes === "unknown") return unknown("eventSelectors", expected);
    return changes ? pass("eventSelectors", expected) : fail("eventSelectors", expected);
  },
);
const isWhole = (trail: View) =>
  text(trail.props, "isMultiRegionTrail") === "true" &&
  text(trail.props, "enableLogging") !== "false" &&
  recordsChanges(trail) === true;

const wanted = ["administrative", "security", "policy", "alert"];

/** All settings on activity logs count together. */
const activity: Judge = (view, { graph }) => {
  const expected = "enabled: Administrative, Security, Policy, Alert";
  const logs = graph
    .ofType(diagnosticSetting)
    .filter(isActivityLog)
    .map(({ props }) => list(props, "logs"));
  const on = logs
    .flatMap((one) => (typeof one === "symbol" ? [] : one))
    .filter((one) => folded(one, "enabled") === "true");
  const had = on.flatMap((one) => [folded(one, "category"), `@${folded(one, "categoryGroup")}`]);
  if (had.includes("@alllogs") || wanted.every((one) => had.includes(one))) return pass("logs", expected);
  return typeof list(view.props, "logs") === "symbol" ? unknown("logs", expected) : fail("logs", expected);
};
const onActivity = (judge: Judge) => when(isActivityLog, "not a subscription's activity log", judge);

const nobodyExempt: Judge = (view) => {
  const configs = auditConfigs(view);
  if (configs === "unknown") return unknown("auditLogConfigs", "no exemptedMembers");
  const at = configs.findIndex((one) => {
    const members = list(one, "exemptedMembers");
    return typeof members === "symbol" || members.length > 0;
  });
  if (at >= 0) return fail(`auditLogConfigs.${at}.exemptedMembers`, "not set");
  return text(view.props, "service") === "allServices"
    ? pass("auditLogConfigs", "no exemptedMembers")
    : notApplicable("the audit of one service");
};

export const allRegions = rule(
  "audit-trail-all-regions",
  awsGraph("cloudtrail.Trail", (view, context) =>
    otherTrail(context.graph, view, isWhole) && text(view.props, "isMultiRegionTrail") !== "true"
      ? notApplicable("another trail records all regions")
      : everywhere(view, context),
  ),
  azureGraph("monitor.DiagnosticSetting", onActivity(activity)),
  gcp(audited, nobodyExempt),
);

/** Google's own buckets are as Google made them. */
const isOwn = (view: View) => text(view.props, "bucketId").startsWith("_");

export const encryption = rule(
  "audit-trail-encryption",
  aws("cloudtrail.Trail, cloudtrail.EventDataStore", filled("kmsKeyId", "a customer key")),
  azure("operationalinsights.Cluster", filled("keyVaultProperties", "a key of the vault")),
  gcp("logging.ProjectBucketConfig, logging.OrganizationBucketConfig, logging.FolderBucketConfig", (view, context) =>
    isOwn(view)
      ? notApplicable("Google's own bucket")
      : filled("cmekSettings.kmsKeyName", "a Cloud KMS key")(view, context),
  ),
);

const dataEvents: Judge = (view) => {
  const expected = "a selector of data events";
  const plain = list(view.props, "eventSelectors");
  const advanced = list(view.props, "advancedEventSelectors");
  if (typeof plain === "symbol" || typeof advanced === "symbol") return unknown("eventSelectors", expected);
  const found =
    plain.some((one) => read(one, "dataResources.0") !== undefined) || advanced.some((one) => selects(one, "Data"));
  return found ? pass("eventSelectors", expected) : fail("eventSelectors", expected);
};

const holdsSensitive = (view: View) => {
  const value = tagOf(view, "data-class") ?? tagOf(view, "data-classification");
  return isUnknown(value) ? ("unknown" as const) : isSensitive(value);
};

const bothWays: Judge = (view) => {
  const expected = "DATA_READ and DATA_WRITE";
  if (
    !/^(allServices|(storage|bigquery|cloudsql|spanner|firestore)\.googleapis\.com)$/.test(text(view.props, "service"))
  )
    return notApplicable("no service of data");
  const configs = auditConfigs(view);
  if (configs === "unknown") return unknown("auditLogConfigs", expected);
  const types = configs.map((one) => text(one, "logType"));
  return ["DATA_READ", "DATA_WRITE"].every((one) => types.includes(one))
    ? pass("auditLogConfigs", expected)
    : fail("auditLogConfigs", expected);
};

export const data = rule(
  "audit-data-events",
  awsGraph("cloudtrail.Trail", (view, context) => {
    const verdict = dataEvents(view, context) as { status: string };
    const elsewhere = otherTrail(
      context.graph,
      view,
      (trail) => (dataEvents(trail, context) as { status: string }).status === "pass",
    );
    return verdict.status === "fail" && elsewhere
      ? notApplicable("another trail records data events")
      : dataEvents(view, context);
  }),
  azureGraph(
    "storage.StorageAccount",
    when(
      holdsSensitive,
      "no sensitive data, by the tag data-class",
      collected(["StorageRead"], ["StorageWrite"], ["StorageDelete"]),
    ),
  ),
  gcp(audited, bothWays),
);

const leaves: Judge = (view, context) => {
  const expected = "isOrganizationTrail, or cloudWatchLogsGroupArn";
  const own = any(isTrue("isOrganizationTrail"), filled("cloudWatchLogsGroupArn", "a log group"));
  return otherTrail(context.graph, view, ({ props }) => read(props, "cloudWatchLogsGroupArn") !== undefined)
    ? pass("cloudWatchLogsGroupArn", expected)
    : own(view, context);
};

const sunk: Judge = (view, { graph }) => {
  const expected = "a sink with an empty filter, or one of cloudaudit.googleapis.com";
  if (text(view.props, "service") !== "allServices") return notApplicable("the audit of one service");
  const sinks = auditSinks(graph).filter(({ props }) => text(props, "disabled") !== "true");
  return sinks.length > 0 ? pass("", expected) : fail("", expected);
};

export const central = rule(
  "audit-log-sink-central",
  awsGraph("cloudtrail.Trail", leaves),
  azure(
    "monitor.DiagnosticSetting",
    onActivity(any(filled("workspaceId", "a workspace"), filled("eventHubAuthorizationRuleId", "an event hub"))),
  ),
  gcpGraph("projects.IAMAuditConfig", sunk),
  gcp("logging.OrganizationSink, logging.FolderSink", all(isTrue("includeChildren"), noneOf("disabled", ["true"]))),
);
