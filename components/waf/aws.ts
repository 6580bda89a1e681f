import { LogGroup } from "@pulumi/aws/cloudwatch";
import { WebAcl, WebAclLoggingConfiguration } from "@pulumi/aws/wafv2";
import { edgeLogsKey, edgeRegion } from "../keys/aws-edge";
import { physicalName } from "../naming";
import { awsNames } from "../naming/aws";
import { siteName, tagsOf } from "../site/aws-identity";
import type { BuildWaf } from ".";
import { rules } from "./aws-rules";

/** A web ACL, for CloudFront in its home region, and its log group beside it. */
export const build: BuildWaf = (context) => {
  const { name, site, args, child } = context;
  const atEdge = args.scope === "edge";
  const place = atEdge ? { region: edgeRegion } : {};
  const metric = siteName(site, awsNames.webAcl, name);
  const acl = new WebAcl(
    name,
    {
      ...place,
      name: metric,
      description: `${site.prefix}: ${name}`,
      scope: atEdge ? "CLOUDFRONT" : "REGIONAL",
      defaultAction: { allow: {} },
      rules: rules(args),
      visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: metric, sampledRequestsEnabled: true },
      tags: tagsOf(site, name),
    },
    // Its name is in a scope of the account: another one can't stand beside it.
    { ...child, deleteBeforeReplace: true },
  );
  const group = new LogGroup(
    name,
    {
      ...place,
      // The WAF writes to groups of this beginning only.
      name: physicalName(awsNames.logGroup, [`aws-waf-logs-${site.prefix}-${site.region}-${name}`]),
      retentionInDays: args.logRetentionDays,
      kmsKeyId: atEdge ? edgeLogsKey(context, args.keys) : args.keys.for("logs").id,
      tags: tagsOf(site, name),
    },
    { ...child, deleteBeforeReplace: true },
  );
  new WebAclLoggingConfiguration(
    name,
    {
      ...place,
      resourceArn: acl.arn,
      logDestinationConfigs: [group.arn],
      // Credentials of users have no business in a log.
      redactedFields: ["authorization", "cookie"].map((header) => ({ singleHeader: { name: header } })),
    },
    { ...child, deleteBeforeReplace: true },
  );
  return { id: acl.arn };
};
