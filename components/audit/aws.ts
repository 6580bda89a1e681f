import { Trail } from "@pulumi/aws/cloudtrail";
import { LogGroup } from "@pulumi/aws/cloudwatch";
import { Role, RolePolicy } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { cloudWatchDays } from "../mistake";
import { physicalName } from "../naming";
import { awsNames } from "../naming/aws";
import { nativeOf } from "../site";
import { siteName, tagsOf } from "../site/aws-identity";
import { assumedBy, policyText } from "../site/aws-policy";
import type { BuildAuditTrail, CompleteAuditTrailArgs } from ".";
import { buildDetection } from "./aws-detection";
import { buildStore } from "./aws-store";

type Context = BuildContext<CompleteAuditTrailArgs>;

/** CloudTrail of every region into a locked bucket and a log group, and the account's watchmen (SEC-13, SEC-19). */
export const build: BuildAuditTrail = (context) => {
  const { name, site, args, child } = context;
  const { accountId, partition } = nativeOf(site, "aws", `AuditTrail "${name}"`);
  const trailName = siteName(site, awsNames.trail, name);
  const trailArn = pulumi.interpolate`arn:${partition}:cloudtrail:${site.region}:${accountId}:trail/${trailName}`;
  const store = buildStore(context, trailArn);
  const { logs, role, grant } = buildLogs(context);
  const trail = new Trail(
    name,
    {
      // The store's policy names the trail, so its name is fixed.
      name: trailName,
      s3BucketName: store.bucket.bucket,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogging: true,
      enableLogFileValidation: true,
      kmsKeyId: args.keys.for("logs").id,
      cloudWatchLogsGroupArn: pulumi.interpolate`${logs.arn}:*`,
      cloudWatchLogsRoleArn: role.arn,
      advancedEventSelectors: eventsOf(context, partition, store.bucket.arn),
      tags: tagsOf(site, name),
    },
    {
      ...child,
      protect: site.safeguards.deletionProtection,
      deleteBeforeReplace: true,
      dependsOn: [store.policy, grant],
    },
  );
  if (args.threatDetection) buildDetection(context);
  return { store: store.bucket.bucket, id: trail.arn };
};

/**
 * Everything that changes something, of every service; and who touched objects in the site's own buckets. Not in the
 * trail's: what it writes would be written down again.
 */
function eventsOf({ site }: Context, partition: pulumi.Output<string>, own: pulumi.Output<string>) {
  const is = (field: string, ...equals: string[]) => ({ field, equals });
  return [
    { name: "Management", fieldSelectors: [is("eventCategory", "Management")] },
    {
      name: "Objects",
      fieldSelectors: [
        is("eventCategory", "Data"),
        is("resources.type", "AWS::S3::Object"),
        {
          field: "resources.ARN",
          startsWiths: [pulumi.interpolate`arn:${partition}:s3:::${site.prefix}-`],
          notStartsWiths: [pulumi.interpolate`${own}/`],
        },
      ],
    },
  ];
}

/** Where alarms look. */
function buildLogs({ name, site, args, child }: Context) {
  const { accountId } = nativeOf(site, "aws", `AuditTrail "${name}"`);
  const tags = tagsOf(site, name);
  const logs = new LogGroup(
    name,
    {
      name: physicalName(awsNames.logGroup, ["/aws/cloudtrail", siteName(site, awsNames.trail, name)]),
      retentionInDays: periodFor(args.retentionDays),
      kmsKeyId: args.keys.for("logs").id,
      tags,
    },
    child,
  );
  const role = new Role(
    name,
    {
      description: `Writes the trail ${site.prefix}-${name}`,
      assumeRolePolicy: assumedBy("cloudtrail", accountId),
      tags,
    },
    child,
  );
  const grant = new RolePolicy(
    name,
    {
      role: role.name,
      policy: policyText({
        Sid: "WriteTrail",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: pulumi.interpolate`${logs.arn}:log-stream:*`,
      }),
    },
    child,
  );
  return { logs, role, grant };
}

/** The bucket keeps records to the day; CloudWatch Logs knows periods only, so there it is the next longer one. */
const periodFor = (days: number): number => cloudWatchDays.find((period) => period >= days) ?? 3653;
