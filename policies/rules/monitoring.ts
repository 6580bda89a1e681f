// SEC-19, MON: threats, posture, alarms on the account itself, and who is called.

import { all, equals, fail, filled, holds, isTrue, matches, noneOf, oneOf, pass, unknown, when, where } from "../judge";
import { allHeld, held } from "../landing";
import { asText, folded, isUnknown, list, read, text } from "../read";
import { type Context, type Judge, rule, type View } from "../rule";
import { aws, awsGraph, azure, azureGraph, gcp, gcpGraph, token } from "../tokens";

const standard = equals("pricingTier", "Standard");
const sccTypes = [
  "securitycenter.NotificationConfig, securitycenter.ProjectNotificationConfig, securitycenter.FolderNotificationConfig",
  "securitycenter.V2OrganizationNotificationConfig, securitycenter.V2ProjectNotificationConfig, securitycenter.V2FolderNotificationConfig",
].join(", ");
const tokens = (types: string) => types.split(",").map((one) => token("gcp", one.trim()));

export const threats = rule(
  "monitoring-threat-detection",
  aws("guardduty.Detector", isTrue("enable", "pass")),
  aws("guardduty.DetectorFeature", equals("status", "ENABLED")),
  awsGraph(
    "provider",
    held({
      types: [token("aws", "guardduty.Detector")],
      expected: "a GuardDuty detector in the region",
      fits: isTrue("enable", "pass"),
      regional: true,
    }),
  ),
  azure(
    "security.Pricing",
    when(
      ({ props }) => folded(props, "pricingName") !== "cloudposture",
      "monitoring-posture-service judges it",
      standard,
    ),
  ),
  azureGraph(
    "provider",
    held({
      types: [token("azure", "security.Pricing")],
      expected: "a Defender plan of the tier Standard",
      fits: standard,
    }),
  ),
  gcp(sccTypes, filled("streamingConfig.filter", "findings that are told")),
  gcpGraph("provider", held({ types: tokens(sccTypes), expected: "a Security Command Center notification" })),
);

const posture = where("pricingName", ["CloudPosture"]);
const recorder = all(
  noneOf("recordingGroup.allSupported", ["false"]),
  noneOf("recordingGroup.includeGlobalResourceTypes", ["false"]),
);

export const postureService = rule(
  "monitoring-posture-service",
  aws("cfg.Recorder", recorder),
  aws("cfg.RecorderStatus", isTrue("isEnabled")),
  aws("inspector2.Enabler", filled("resourceTypes", "EC2, ECR or LAMBDA")),
  awsGraph(
    "provider",
    allHeld(
      {
        types: [token("aws", "securityhub.Account")],
        expected: "a Security Hub account in the region",
        regional: true,
      },
      {
        types: [token("aws", "cfg.Recorder")],
        expected: "a Config recorder in the region",
        fits: recorder,
        regional: true,
      },
    ),
  ),
  azure("security.Pricing", when(posture, "another plan", standard)),
  azureGraph(
    "provider",
    held({
      types: [token("azure", "security.Pricing")],
      expected: "the plan CloudPosture of the tier Standard",
      fits: all(equals("pricingName", "CloudPosture"), standard),
    }),
  ),
);

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

const analyzers = ["ACCOUNT", "ORGANIZATION"];
export const accessAnalyzer = rule(
  "monitoring-access-analyzer",
  aws(
    "accessanalyzer.Analyzer",
    holds(
      "type",
      "ACCOUNT or ORGANIZATION, or one on unused access",
      (value) => /^(ACCOUNT|ORGANIZATION)/.test(asText(value)),
      "pass",
    ),
  ),
  awsGraph(
    "provider",
    held({
      types: [token("aws", "accessanalyzer.Analyzer")],
      expected: "an external access analyzer in the region",
      fits: oneOf("type", analyzers, "pass"),
      regional: true,
    }),
  ),
  azure("authorization.AccessReviewScheduleDefinitionById", filled("reviewers", "reviewers")),
  azureGraph(
    "provider",
    held({ types: [token("azure", "authorization.AccessReviewScheduleDefinitionById")], expected: "an access review" }),
  ),
);

const told: Judge = ({ props }) => {
  const path = "notificationCategorySubscriptions";
  const kinds = list(props, path);
  if (typeof kinds === "symbol") return unknown(path, "SECURITY or ALL");
  return kinds.includes("SECURITY") || kinds.includes("ALL") ? pass(path) : fail(path, "SECURITY or ALL");
};
export const securityContact = rule(
  "monitoring-security-contact",
  aws(
    "account.AlternativeContact",
    when(where("alternateContactType", ["SECURITY"]), "another contact", matches("emailAddress", /@/, "an address")),
  ),
  awsGraph(
    "provider",
    held({
      types: [token("aws", "account.AlternativeContact")],
      expected: "an AlternativeContact for SECURITY",
      fits: equals("alternateContactType", "SECURITY"),
    }),
  ),
  azure("security.SecurityContact", all(filled("emails", "an address"), isTrue("isEnabled", "pass"))),
  azureGraph(
    "provider",
    held({
      types: [token("azure", "security.SecurityContact")],
      expected: "a SecurityContact with an address",
      fits: filled("emails"),
    }),
  ),
  gcp(
    "essentialcontacts.Contact",
    when((_view, { settings }: Context) => settings.landingZone, "contacts of other kinds are welcome", told),
  ),
  gcpGraph(
    "provider",
    held({
      types: [token("gcp", "essentialcontacts.Contact")],
      expected: "an essential contact for SECURITY or ALL",
      fits: told,
    }),
  ),
);
