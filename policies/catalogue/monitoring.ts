// What watches the account. What an account has once is looked for only where the setting landingZone says so.
import type { Texts } from ".";

export const monitoring: Texts = {
  "monitoring-threat-detection": {
    title: "Threat detection is on",
    severity: "high",
    phase: "stack",
    why: "Somebody has to look. With the setting landingZone one is asked for in every region that a provider names.",
    remedy: {
      aws: "Set enable to true on a guardduty.Detector in the region, and status to ENABLED on its features.",
      azure: "Set pricingTier to Standard.",
      gcp: "Add a securitycenter notification with a filter.",
    },
  },
  "monitoring-posture-service": {
    title: "The account's posture is watched",
    severity: "medium",
    phase: "stack",
    why: "Settings drift, by hand most of all. With the setting landingZone the services are asked for.",
    remedy: {
      aws: "Add securityhub.Account and a cfg.Recorder of all types in the region.",
      azure: "Add the plan CloudPosture with pricingTier Standard.",
    },
  },
  "monitoring-cis-alarms": {
    title: "Changes to identities, keys, networks and logs raise an alarm",
    severity: "medium",
    phase: "stack",
    why: "An intruder changes these first. With the setting landingZone each kind of event is asked for.",
    remedy: {
      aws: "Add a MetricAlarm with alarmActions on the filter's metric.",
      azure: "Add an action group to the ActivityLogAlert.",
      gcp: "Add an AlertPolicy with notificationChannels on the metric.",
    },
  },
  "monitoring-access-analyzer": {
    title: "Access from outside is analysed",
    severity: "medium",
    phase: "stack",
    why: "What is shared with strangers should be known. With the setting landingZone an analyzer is asked for.",
    remedy: {
      aws: "Add an accessanalyzer.Analyzer of type ACCOUNT or ORGANIZATION in the region.",
      azure: "Add an access review with reviewers.",
    },
  },
  "monitoring-security-contact": {
    title: "The cloud knows whom to call",
    severity: "low",
    phase: "stack",
    why: "Notices of abuse go to an address that nobody reads otherwise. With the setting landingZone one is asked for.",
    remedy: {
      aws: "Add an AlternativeContact of type SECURITY.",
      azure: "Set emails on a SecurityContact.",
      gcp: "Add an essentialcontacts.Contact with SECURITY.",
    },
  },
};
