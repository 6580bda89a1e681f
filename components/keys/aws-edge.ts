import { Alias, Key } from "@pulumi/aws/kms";
import type * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import type { BuildContext } from "../build";
import { awsNames } from "../naming/aws";
import { siteName, tagsOf } from "../site/aws-identity";
import type { Keys } from ".";
import { keyPolicy } from "./aws-policy";

/** Where CloudFront has its certificates, WAFs and log deliveries, and Route 53 its signing keys and query logs. */
export const edgeRegion = "us-east-1";

/** ARN of a key for log groups in the edge's region: keys stay in their region, so a site elsewhere gets one more there. */
export function edgeLogsKey(
  { name, site, child }: Pick<BuildContext<unknown>, "name" | "site" | "child">,
  keys: Keys,
): pulumi.Output<string> {
  if (site.region === edgeRegion) return keys.for("logs").id;
  const key = new Key(
    `${name}-edge-logs`,
    {
      region: edgeRegion,
      description: `${site.prefix}: logs of ${name} at the edge`,
      enableKeyRotation: true,
      rotationPeriodInDays: Math.max(standards.keyRotationFloorDays.aws, standards.keyRotationDays),
      deletionWindowInDays: standards.keyDeletionWindowDays,
      policy: keyPolicy(site, "logs", edgeRegion),
      tags: tagsOf(site, `${name}-edge-logs`),
    },
    { ...child, protect: site.safeguards.deletionProtection },
  );
  new Alias(
    `${name}-edge-logs`,
    {
      region: edgeRegion,
      // The site's region is part of it: two sites of one stack may share the edge.
      name: `alias/${siteName(site, awsNames.keyAlias, site.region, name, "edge-logs")}`,
      targetKeyId: key.keyId,
    },
    child,
  );
  return key.arn;
}
