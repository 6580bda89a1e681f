// MON: alarms on what an intruder changes first.
import { all, fail, filled, isTrue, pass, unknown, when } from "../judge";
import { allHeld } from "../landing";
import { asText, isUnknown, list, read, text } from "../read";
import { type Judge, rule, type View } from "../rule";
import { awsGraph, azure, azureGraph, gcpGraph, token } from "../tokens";

/** What CIS asks to be told of, by what a filter for it must mention. */
const awsEvents: Readonly<Record<string, RegExp>> = {
  "the root user": /userIdentity\.type\s*=\s*"?Root/,
  "IAM policies": /PutRolePolicy|AttachRolePolicy/,
  CloudTrail: /StopLogging/,
  "KMS keys": /DisableKey|ScheduleKeyDeletion/,
  "bucket policies": /PutBucketPolicy/,
  "security groups": /AuthorizeSecurityGroupIngress/,
  "network ACLs": /CreateNetworkAcl/,
  routes: /CreateRoute\b/,
};
const azureEvents: Readonly<Record<string, RegExp>> = {
  "policy assignments": /policyassignments\/write/i,
  "network security groups": /networksecuritygroups\/write/i,
  "security solutions": /securitysolutions\/write/i,
  "SQL firewall rules": /servers\/firewallrules\/write/i,
  "public addresses": /publicipaddresses\/write/i,
};
const gcpEvents: Readonly<Record<string, RegExp>> = {
  ownership: /roles\/owner/,
  "audit configuration": /auditConfigDeltas/,
  "custom roles": /CreateRole/i,
  "firewall rules": /gce_firewall_rule|firewalls\.(insert|patch)/i,
  routes: /gce_route|routes\.insert/i,
  networks: /gce_network|networks\.insert/i,
  "bucket grants": /storage\.setIamPermissions/,
  "SQL instances": /cloudsql\.instances\.update/,
};

/** A filter on the audit log is there for an alarm; others feed dashboards. */
const isAudit = ({ props }: View) => {
  const pattern = read(props, "pattern");
  return isUnknown(pattern) ? "unknown" : /\$\.(eventName|eventSource|userIdentity|errorCode)/.test(asText(pattern));
};
const metricAlarm = token("aws", "cloudwatch.MetricAlarm");
const alarmed: Judge = (view, { graph }) => {
  const path = "metricTransformation.name";
  const expected = "a MetricAlarm on its metric, with alarmActions";
  const name = read(view.props, path);
  const acts = (alarm: View) => {
    const actions = list(alarm.props, "alarmActions");
    return typeof actions === "symbol" || actions.length > 0;
  };
  const alarms = graph.ofType(metricAlarm).filter(acts);
  if (
    alarms.some(
      (one) =>
        (!isUnknown(name) && text(one.props, "metricName") === name) || graph.sources(one, "metricName").includes(view),
    )
  )
    return pass(path, expected);
  return isUnknown(name) ? unknown(path, expected) : fail(path, expected);
};
const logMetric = token("gcp", "logging.Metric");
const gcpAlarmed: Judge = (view, { graph }) => {
  const expected = "an AlertPolicy on it, with notificationChannels";
  const policies = graph.ofType(token("gcp", "monitoring.AlertPolicy")).filter((one) => {
    const channels = list(one.props, "notificationChannels");
    return typeof channels === "symbol" || channels.length > 0;
  });
  const name = asText(read(view.props, "name")) || text(view.outputs, "name");
  const has = (one: View) =>
    graph.sources(one, "conditions").includes(view) ||
    (name !== "" && (JSON.stringify(one.props["conditions"]) ?? "").includes(`/user/${name}`));
  const found = policies.filter(has);
  if (found.length > 0) return pass("", expected);
  return policies.some((one) => isUnknown(read(one.props, "conditions"))) ? unknown("", expected) : fail("", expected);
};
const isAuditMetric = ({ props }: View) => {
  const filter = read(props, "filter");
  return isUnknown(filter) ? "unknown" : /protoPayload|activity/.test(asText(filter));
};

/** In a landing zone, one that mentions each kind of event. */
const events = (type: string, property: string, kinds: Readonly<Record<string, RegExp>>): Judge =>
  allHeld(
    ...Object.entries(kinds).map(([what, pattern]) => ({
      types: [type],
      expected: `an alarm on changes of ${what}`,
      fits: ({ props }: View) => {
        const value = read(props, property);
        if (isUnknown(value)) return unknown(property, what);
        return pattern.test(typeof value === "string" ? value : (JSON.stringify(value) ?? ""))
          ? pass(property)
          : fail(property, what);
      },
    })),
  );

export const cisAlarms = rule(
  "monitoring-cis-alarms",
  awsGraph("cloudwatch.LogMetricFilter", when(isAudit, "not on the audit log", alarmed)),
  awsGraph("provider", events(token("aws", "cloudwatch.LogMetricFilter"), "pattern", awsEvents)),
  azure("monitor.ActivityLogAlert", all(isTrue("enabled", "pass"), filled("actions.actionGroups", "an action group"))),
  azureGraph("provider", events(token("azure", "monitor.ActivityLogAlert"), "condition", azureEvents)),
  gcpGraph("logging.Metric", when(isAuditMetric, "not on the audit log", gcpAlarmed)),
  gcpGraph("provider", events(logMetric, "filter", gcpEvents)),
);
