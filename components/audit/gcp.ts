import { Metric } from "@pulumi/gcp/logging";
import { AlertPolicy, NotificationChannel } from "@pulumi/gcp/monitoring";
import { IAMAuditConfig } from "@pulumi/gcp/projects";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import { keepLogs } from "../site/gcp-logs";
import { labelsOf } from "../site/gcp-names";
import type { BuildAuditTrail, CompleteAuditTrailArgs } from ".";
import { type Detector, detectors } from "./gcp-detectors";

/** Cloud Logging stops at ten years of 365 days. */
const longestDays = 3650;

/**
 * Every call to every service of the project, reads included, in a log bucket under our key that is locked. A lock lasts
 * as long as the retention: Google has no shorter one, so any lockDays but 0 lock the whole of it.
 */
export const build: BuildAuditTrail = (context) => {
  const { name, site, args, child } = context;
  const { project, services } = nativeOf(site, "gcp", `AuditTrail "${name}"`);
  // Changes are always written; reads only when asked for. One setting a project, for all services.
  new IAMAuditConfig(
    `${name}-all-services`,
    {
      project,
      service: "allServices",
      auditLogConfigs: ["ADMIN_READ", "DATA_READ", "DATA_WRITE"].map((logType) => ({ logType })),
    },
    { ...child, dependsOn: [...services] },
  );
  const { bucket, sink } = keepLogs(context, {
    what: "trail",
    description: `Audit logs of the project of ${site.prefix} (SEC-13)`,
    filter: pulumi.interpolate`log_id("cloudaudit.googleapis.com/activity") OR log_id("cloudaudit.googleapis.com/data_access") OR log_id("cloudaudit.googleapis.com/system_event") OR log_id("cloudaudit.googleapis.com/policy")`,
    retentionDays: Math.min(longestDays, args.retentionDays),
    key: args.keys.for("logs"),
    locked: args.lockDays > 0,
  });
  if (args.threatDetection) {
    const told = tell(context);
    for (const [key, detector] of Object.entries(detectors)) detect(context, key, detector, told);
  }
  return { store: bucket.id, id: sink.id };
};

/** Incidents go to whoever answers for the platform: the owner in its tags (TAG-01). */
function tell({ name, site, child }: BuildContext<CompleteAuditTrailArgs>): NotificationChannel[] {
  const { project, services } = nativeOf(site, "gcp", `AuditTrail "${name}"`);
  const { owner } = site.tags;
  if (owner === undefined) return [];
  const label = `${site.prefix}-${name}-owner`;
  return [
    new NotificationChannel(
      `${name}-owner`,
      {
        project,
        type: "email",
        displayName: label,
        labels: { email_address: owner },
        userLabels: labelsOf(site, label),
      },
      { ...child, dependsOn: [...services] },
    ),
  ];
}

/** Counts what a filter finds in the logs, and raises an incident for the first one (SEC-19, SEC-20; CIS Google Cloud benchmark, 2.4 to 2.11). */
function detect(
  { name, site, child }: BuildContext<CompleteAuditTrailArgs>,
  key: string,
  detector: Detector,
  told: readonly NotificationChannel[],
): void {
  const { project, services } = nativeOf(site, "gcp", `AuditTrail "${name}"`);
  const metric = new Metric(
    `${name}-${key}`,
    {
      project,
      name: physicalName(gcpNames.logMetric, [site.prefix, name, key]),
      description: detector.what,
      filter: detector.filter,
      metricDescriptor: { metricKind: "DELTA", valueType: "INT64", unit: "1", displayName: detector.what },
    },
    { ...child, deleteBeforeReplace: true, dependsOn: [...services] },
  );
  const label = `${site.prefix}-${name}-${key}`;
  new AlertPolicy(
    `${name}-${key}`,
    {
      project,
      displayName: label,
      combiner: "OR",
      severity: detector.severity,
      conditions: [
        {
          displayName: detector.what,
          conditionThreshold: {
            filter: pulumi.interpolate`metric.type="logging.googleapis.com/user/${metric.name}" AND resource.type="${detector.resource}"`,
            comparison: "COMPARISON_GT",
            thresholdValue: 0,
            duration: "0s",
            aggregations: [
              { alignmentPeriod: "300s", perSeriesAligner: "ALIGN_DELTA", crossSeriesReducer: "REDUCE_SUM" },
            ],
          },
        },
      ],
      documentation: { mimeType: "text/markdown", subject: detector.what, content: detector.remedy },
      alertStrategy: { autoClose: "86400s" },
      notificationChannels: told.map((channel) => channel.id),
      userLabels: labelsOf(site, label),
    },
    child,
  );
}
