// What holds a stack, an account and its data within bounds. Settings say which.
import type { Texts } from ".";

const settled = "Set allowedRegions in the pack's settings, and place the resource in one of them.";

export const governance: Texts = {
  "governance-protect-critical": {
    title: "What holds data can't be deleted by a mistake of the program",
    severity: "medium",
    phase: "resource",
    why: "A renamed resource is a deleted one. Asked in production alone.",
    remedy: {
      aws: "Set protect: true in the resource's options, or the service's deletionProtection.",
      azure: "Set protect: true in the resource's options.",
      gcp: "Set protect: true in the resource's options, or the service's deletion protection.",
    },
  },
  "governance-provider-pinned-account": {
    title: "Providers name the account that they touch",
    severity: "high",
    phase: "resource",
    why: "A default provider works on whatever the shell is logged in to. Asked for by the setting pinnedAccounts.",
    remedy: {
      aws: "Pass an aws.Provider with allowedAccountIds.",
      azure: "Pass an azure-native Provider with subscriptionId.",
      gcp: "Pass a gcp.Provider with project.",
      kubernetes: "Pass a kubernetes.Provider with the cluster's kubeconfig.",
    },
  },
  "governance-no-ignore-changes-on-security-props": {
    title: "Changes of security properties aren't ignored",
    severity: "medium",
    phase: "resource",
    why: "What is ignored drifts, and no preview tells.",
    remedy: {
      aws: "Remove the property from ignoreChanges.",
      azure: "Remove the property from ignoreChanges.",
      gcp: "Remove the property from ignoreChanges.",
      kubernetes: "Remove the property from ignoreChanges.",
    },
  },
  "governance-no-preview-or-deprecated-api": {
    title: "Only stable types are used",
    severity: "low",
    phase: "resource",
    why: "A preview may change or end, and has no promise of service.",
    remedy: {
      aws: "Use the type that took its place: s3.Bucket instead of s3.BucketV2.",
      azure: "Import the module without a version, or a version that isn't a preview.",
      gcp: "Use a type that is generally available; leave launchStage at GA.",
      kubernetes: "Use the stable version of the API: networking/v1, apps/v1.",
    },
  },
  "governance-org-guardrails": {
    title: "Guardrails of the organisation are in force",
    severity: "medium",
    phase: "stack",
    why: "What no account may do is stopped above the accounts. With the setting landingZone one is asked for.",
    remedy: {
      aws: "Attach the service control policy to its target.",
      azure: "Set enforcementMode to Default.",
      gcp: "Give spec.rules of the orgpolicy.Policy a rule that enforces it.",
    },
  },
  "governance-budget-and-anomaly": {
    title: "Somebody is told of unusual cost",
    severity: "low",
    phase: "stack",
    why: "Stolen credentials show in the bill first. With the setting landingZone a budget is asked for.",
    remedy: {
      aws: "Add notifications with subscribers to the budget, or a subscription to the anomaly monitor.",
      azure: "Add notifications to the budget.",
      gcp: "Add thresholdRules to the budget.",
    },
  },
  "residency-allowed-regions": {
    title: "Everything is in an allowed region",
    severity: "critical",
    phase: "resource",
    why: "Law and contracts say where data may be. Silent until the setting allowedRegions is given; services that a cloud has in one region only (certificates for CloudFront) need it in the list.",
    remedy: { aws: settled, azure: settled, gcp: settled },
  },
  "residency-allowed-services": {
    title: "Only allowed services are used",
    severity: "high",
    phase: "resource",
    why: "A regime authorises services one by one. Silent for a cloud until the setting allowedServices names types of it.",
    remedy: {
      aws: "Use a service of allowedServices, or add the type: aws:sqs/*.",
      azure: "Use a service of allowedServices, or add the type: azure-native:keyvault:*.",
      gcp: "Use a service of allowedServices, or add the type: gcp:pubsub/*.",
    },
  },
  "residency-replication-stays-in-boundary": {
    title: "Copies stay in allowed regions",
    severity: "high",
    phase: "stack",
    why: "A replica leaves the boundary as surely as the original. Silent until the setting allowedRegions is given.",
    remedy: {
      aws: "Replicate to a region of allowedRegions.",
      azure: "Use zone-redundant storage, or a region whose pair is in allowedRegions.",
      gcp: "Use a region, or a pair of regions, of allowedRegions.",
    },
  },
  "fips-endpoints": {
    title: "Calls go to endpoints with validated cryptography",
    severity: "high",
    phase: "resource",
    why: "Federal baselines take FIPS 140 modules only. Asked for by the setting fips.",
    remedy: {
      aws: "Set useFipsEndpoint to true on the provider.",
      azure: "Set environment to usgovernment on the provider.",
    },
  },
  "privacy-sensitive-data-discovery": {
    title: "Stores of personal data are searched for more of it",
    severity: "medium",
    phase: "stack",
    why: "Personal data turns up where nobody put it on purpose. Asked of stores tagged pii, phi or personal, where the stack has such a service or is a landing zone.",
    remedy: {
      aws: "Add macie2.Account with status ENABLED.",
      azure: "Set sensitiveDataDiscovery.isEnabled to true on the account's DefenderForStorage.",
      gcp: "Add a PreventionDiscoveryConfig with status RUNNING.",
    },
  },
  "privacy-retention-limits": {
    title: "Personal data has an end",
    severity: "medium",
    phase: "stack",
    why: "It may be kept as long as it is needed, and no longer. Asked of stores tagged pii, phi or personal.",
    remedy: {
      aws: "Add a lifecycle rule with an expiration (DynamoDB: ttl).",
      azure: "Add a management policy rule that deletes base blobs.",
      gcp: "Add a lifecycle rule that deletes by age (BigQuery: defaultTableExpirationMs).",
    },
  },
};
