// SEC-19, MON: threats, posture, alarms on the account itself, and who is called.

import { all, equals, fail, filled, holds, isTrue, matches, noneOf, oneOf, pass, unknown, when, where } from "../judge";
import { allHeld, held } from "../landing";
import { asText, folded, list } from "../read";
import { type Context, type Judge, rule } from "../rule";
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
