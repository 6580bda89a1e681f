import { each, fits, oneOf, refuse } from "../limits";
import type { Refusal, Row } from "../row";
import { isObject, isSet, list, pick, pickAll, text } from "../values";
import { deletionPolicy, labels, nameOf, preventedBy, projectOf, said, seconds } from "./common";

export const logMetricType = "gcp:logging/metric:Metric";

export const logMetric: Row = {
  type: logMetricType,
  autoName: { property: "name", max: 100 },
  immutable: ["name", "project"],
  unique: { by: ["project", "name"], scope: "account" },
  references: [{ path: "bucketName", to: ["gcp:logging/projectBucketConfig:ProjectBucketConfig"] }],
  check: ({ inputs }) => [
    ...fits(inputs, "name", /^[A-Za-z0-9_.,+!*'()%/-]{1,100}$/, "1 to 100 letters, digits and marks"),
    ...each(
      inputs,
      "filter",
      (value) => said(value).length <= 20_000,
      () => "has 20000 characters at most",
    ),
    ...(text(pick(inputs, "metricDescriptor.valueType")) === "DISTRIBUTION" && !isSet(inputs["valueExtractor"])
      ? refuse("valueExtractor", "is needed with value type DISTRIBUTION")
      : []),
  ],
  release: preventedBy,
  id: ({ inputs }) => text(inputs["name"]) ?? "",
  outputs: (moment) => ({
    ...deletionPolicy(moment),
    project: projectOf(moment),
    name: nameOf(moment),
    metricDescriptor: moment.inputs["metricDescriptor"] ?? { metricKind: "DELTA", valueType: "INT64", unit: "1" },
  }),
  seconds: { create: 3, update: 3, delete: 2, source: "estimate: one API call" },
};

/** What each kind of channel needs to know. https://cloud.google.com/monitoring/support/notification-options */
const channelLabels: Readonly<Record<string, readonly string[]>> = {
  email: ["email_address"],
  pubsub: ["topic"],
  slack: ["channel_name"],
  sms: ["number"],
  webhook_tokenauth: ["url"],
  webhook_basicauth: ["url"],
  pagerduty: [],
};

export const notificationChannel: Row = {
  type: "gcp:monitoring/notificationChannel:NotificationChannel",
  immutable: ["type", "project"],
  references: [{ path: "labels.topic", to: ["gcp:pubsub/topic:Topic"] }],
  secrets: ["sensitiveLabels"],
  check: ({ inputs }) => {
    const type = text(inputs["type"]);
    const needed = type === undefined ? [] : channelLabels[type];
    return [
      ...oneOf(inputs, "type", Object.keys(channelLabels)),
      ...(needed ?? []).flatMap((label) =>
        isSet(pick(inputs, `labels.${label}`)) ? [] : refuse(`labels.${label}`, `is needed for type ${type}`),
      ),
      ...fits(inputs, "labels.email_address", /^[^@\s]+@[^@\s]+\.[^@\s]+$/, "an e-mail address"),
      ...labels(inputs, "userLabels"),
    ];
  },
  release: (moment) => {
    const user = moment.account
      .all(alertPolicyType)
      .find((item) => list(item.inputs["notificationChannels"]).includes(moment.old?.id ?? ""));
    return (
      preventedBy(moment) ??
      (user && moment.inputs["forceDelete"] !== true
        ? `Error 400: Cannot delete notification channel ${moment.old?.id}: it is used by ${user.id}`
        : undefined)
    );
  },
  id: (moment) =>
    moment.old?.id ?? `projects/${projectOf(moment)}/notificationChannels/${moment.random("id", 19, "123456789")}`,
  outputs: (moment) => ({
    ...deletionPolicy(moment),
    project: projectOf(moment),
    name: moment.id,
    verificationStatus: "",
  }),
  seconds: { create: 2, update: 2, delete: 2, source: "estimate: one API call" },
};

const alertPolicyType = "gcp:monitoring/alertPolicy:AlertPolicy";

const kinds = [
  "conditionAbsent",
  "conditionMatchedLog",
  "conditionMonitoringQueryLanguage",
  "conditionPrometheusQueryLanguage",
  "conditionSql",
  "conditionThreshold",
];

/** https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies */
export const alertPolicy: Row = {
  type: alertPolicyType,
  immutable: ["project"],
  references: [
    {
      path: "conditions.*.conditionThreshold.filter",
      to: [logMetricType],
      by: "name",
      within: /metric\.type\s*=\s*"logging\.googleapis\.com\/user\/([^"]+)"/,
    },
    { path: "notificationChannels.*", to: ["gcp:monitoring/notificationChannel:NotificationChannel"] },
  ],
  check: ({ inputs }) => [
    ...labels(inputs, "userLabels"),
    ...each(
      inputs,
      "displayName",
      (value) => said(value).length <= 512,
      () => "has 512 characters at most",
    ),
    ...(Array.isArray(inputs["conditions"]) &&
    (list(inputs["conditions"]).length < 1 || list(inputs["conditions"]).length > 6)
      ? refuse("conditions", `a policy has 1 to 6 conditions, got ${list(inputs["conditions"]).length}`)
      : []),
    ...list(inputs["conditions"]).flatMap((one, index) => condition(one, index)),
    ...(pickAll(inputs, "conditions.*.conditionMatchedLog").some(({ value }) => isObject(value)) &&
    !isSet(pick(inputs, "alertStrategy.notificationRateLimit"))
      ? refuse("alertStrategy.notificationRateLimit", "is required for a policy that watches log entries")
      : []),
    ...each(
      inputs,
      "alertStrategy.autoClose",
      (value) => (seconds(value) ?? 0) >= 1800,
      (value) => `at least 1800s, got ${value}`,
    ),
  ],
  release: preventedBy,
  id: (moment) =>
    moment.old?.id ?? `projects/${projectOf(moment)}/alertPolicies/${moment.random("id", 19, "123456789")}`,
  outputs: (moment) => ({
    ...deletionPolicy(moment),
    project: projectOf(moment),
    name: moment.id,
    enabled: moment.inputs["enabled"] ?? true,
    creationRecords: moment.old?.outputs["creationRecords"] ?? [{ mutateTime: moment.now, mutatedBy: "" }],
  }),
  seconds: { create: 4, update: 4, delete: 2, source: "estimate: one API call" },
};

function condition(one: Parameters<typeof pick>[0], index: number): readonly Refusal[] {
  const at = `conditions[${index}]`;
  const given = kinds.filter((kind) => isSet(pick(one, kind)));
  const filter = text(pick(one, "conditionThreshold.filter"));
  const duration = seconds(pick(one, "conditionThreshold.duration"));
  const period = seconds(pick(one, "conditionThreshold.aggregations.0.alignmentPeriod"));
  const aligner = text(pick(one, "conditionThreshold.aggregations.0.perSeriesAligner"));
  return [
    ...(isSet(pick(one, "displayName")) ? [] : refuse(`${at}.displayName`, "is needed")),
    ...(given.length === 1 ? [] : refuse(at, `a condition is of one kind, got ${given.join(", ") || "none"}`)),
    ...(filter !== undefined && !/metric\.type\s*=/.test(filter)
      ? refuse(`${at}.conditionThreshold.filter`, 'must name a metric type: metric.type = "..."')
      : []),
    ...(filter !== undefined && !/resource\.type\s*=/.test(filter)
      ? refuse(`${at}.conditionThreshold.filter`, 'must name a resource type: resource.type = "..."')
      : []),
    // https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies#MetricThreshold
    ...(duration === undefined || duration % 60 === 0
      ? []
      : refuse(`${at}.conditionThreshold.duration`, `must be a multiple of 60s, got ${duration}s`)),
    ...(period === undefined || period >= 60
      ? []
      : refuse(`${at}.conditionThreshold.aggregations`, `an alignment period is 60s at least, got ${period}s`)),
    ...(aligner !== undefined && !/^ALIGN_[A-Z0-9_]+$/.test(aligner)
      ? refuse(`${at}.conditionThreshold.aggregations`, `${aligner} is not an aligner`)
      : []),
  ];
}
