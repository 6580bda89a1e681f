import { Analyzer } from "@pulumi/aws/accessanalyzer";
import { Detector, DetectorFeature } from "@pulumi/aws/guardduty";
import { Enabler } from "@pulumi/aws/inspector2";
import { Account } from "@pulumi/aws/securityhub";
import type { BuildContext } from "../build";
import { nativeOf } from "../site";
import { tagsOf } from "../site/aws-identity";
import type { CompleteAuditTrailArgs } from ".";

/**
 * What GuardDuty looks at beside the trail, DNS and flow logs. Not RUNTIME_MONITORING: its agent puts endpoints of its own
 * into the network, which no program then can take down.
 */
const features = [
  "EBS_MALWARE_PROTECTION",
  "EKS_AUDIT_LOGS",
  "LAMBDA_NETWORK_LOGS",
  "RDS_LOGIN_EVENTS",
  "S3_DATA_EVENTS",
] as const;

/** One of each an account and region: one stack may own them (SEC-14, SEC-16, SEC-19). */
export function buildDetection({ name, site, child }: BuildContext<CompleteAuditTrailArgs>): void {
  const { accountId } = nativeOf(site, "aws", `AuditTrail "${name}"`);
  const detector = new Detector(
    name,
    { enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES", tags: tagsOf(site, name) },
    child,
  );
  for (const feature of features)
    new DetectorFeature(
      `${name}-${feature.toLowerCase().replaceAll("_", "-")}`,
      { detectorId: detector.id, name: feature, status: "ENABLED" },
      child,
    );
  // Who outside the account can reach something in it.
  new Analyzer(
    name,
    { analyzerName: `${site.prefix}-${name}`, type: "ACCOUNT", tags: tagsOf(site, name) },
    { ...child, deleteBeforeReplace: true },
  );
  // Known holes in images and machines, looked for again whenever a new one is known.
  new Enabler(name, { accountIds: [accountId], resourceTypes: ["EC2", "ECR", "LAMBDA"] }, child);
  new Account(name, { enableDefaultStandards: true, controlFindingGenerator: "SECURITY_CONTROL" }, child);
}
