// Who did what: trails, and how long logs are kept. API gateways as well.
import type { Texts } from ".";

export const audit: Texts = {
  "audit-trail-all-regions": {
    title: "An audit trail records every change in every region",
    severity: "critical",
    phase: "stack",
    why: "An intruder works where nobody looks: in another region, in a service left out, as a member exempted.",
    remedy: {
      aws: "Set isMultiRegionTrail; leave global events, logging and management events on.",
      azure: "Enable Administrative, Security, Policy and Alert in the subscription's DiagnosticSetting.",
      gcp: "Leave exemptedMembers out of auditLogConfigs.",
    },
  },
  "audit-trail-integrity": {
    title: "What the trail wrote can be proved unchanged",
    severity: "high",
    phase: "stack",
    why: "Who covers tracks starts with the log. Throw-away environments lock nothing.",
    remedy: {
      aws: "Set enableLogFileValidation.",
      azure: "Make the archive account's container immutable.",
      gcp: "Set locked on the bucket of audit logs.",
    },
  },
  "audit-trail-encryption": {
    title: "Audit logs are encrypted under a customer key",
    severity: "high",
    phase: "resource",
    why: "They name people, addresses and secrets' names; the key is the last word on who reads them.",
    remedy: {
      aws: "Set kmsKeyId.",
      azure: "Set keyVaultProperties.",
      gcp: "Set cmekSettings.kmsKeyName.",
    },
  },
  "audit-trail-bucket-protected": {
    title: "Where audit logs lie is private, versioned, logged and write-once",
    severity: "critical",
    phase: "stack",
    why: "Whoever can write there can rewrite what happened. Throw-away environments lock nothing.",
    remedy: {
      aws: "Give the trail's bucket an access block, versioning, logging and object lock.",
      azure:
        "Set allowBlobPublicAccess to false, publicNetworkAccess to Disabled and soft delete on the archive account.",
      gcp: "Lead the sink to a log bucket, or to one with uniform access, publicAccessPrevention enforced and versioning.",
    },
  },
  "audit-data-events": {
    title: "Reads and writes of sensitive data are recorded",
    severity: "medium",
    phase: "stack",
    why: "Which records left can only be told where reads were recorded. On Azure judged by the tag data-class.",
    remedy: {
      aws: "Add advancedEventSelectors of the category Data.",
      azure: "Add a DiagnosticSetting with StorageRead, StorageWrite and StorageDelete.",
      gcp: "Add DATA_READ and DATA_WRITE to auditLogConfigs.",
    },
  },
  "audit-log-sink-central": {
    title: "Audit logs also go where the account's own users can't reach them",
    severity: "medium",
    phase: "stack",
    why: "A log that lies with what it watches goes with it.",
    remedy: {
      aws: "Set isOrganizationTrail, or cloudWatchLogsGroupArn.",
      azure: "Set workspaceId or eventHubAuthorizationRuleId.",
      gcp: "Add a sink with an empty filter or one of cloudaudit.googleapis.com; organisation sinks: includeChildren.",
    },
  },
  "logging-retention": {
    title: "Logs are kept long enough, and encrypted",
    severity: "medium",
    phase: "stack",
    why: "Intrusions are found months later. Audit logs: a year; others: 90 days; the setting logRetentionDays goes before both.",
    remedy: {
      aws: "Set retentionInDays (or leave it out: for good), and kmsKeyId.",
      azure: "Set retentionInDays, and features.disableLocalAuth.",
      gcp: "Set retentionDays.",
    },
  },
  "apigw-tls-auth-logging": {
    title: "API gateways ask who is there, take TLS 1.2, and keep a log",
    severity: "high",
    phase: "stack",
    why: "An open route of a gateway is an open door to what is behind it.",
    remedy: {
      aws: "Set accessLogSettings, securityPolicy TLS_1_2 and an authorizer on every route.",
      azure: "Set virtualNetworkType, leave old protocols off, require subscriptions or OAuth, collect GatewayLogs.",
      gcp: "Write security into the OpenAPI document; Cloud Run: ingress from the balancer alone, or callers with an identity.",
    },
  },
};
