import { LogGroup } from "@pulumi/aws/cloudwatch";
import { FlowLog } from "@pulumi/aws/ec2";
import { Role, RolePolicy } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { physicalName } from "../naming";
import { awsNames } from "../naming/aws";
import { nativeOf } from "../site";
import { tagsOf } from "../site/aws-identity";
import { assumedBy, policyText } from "../site/aws-policy";
import type { CompleteNetworkArgs } from ".";

/** Everything that crosses the network's borders, accepted or not, to an encrypted log group (NET-14). */
export function buildFlowLog(
  { name, site, args, child }: BuildContext<CompleteNetworkArgs>,
  vpcId: pulumi.Output<string>,
) {
  const { accountId } = nativeOf(site, "aws", `Network "${name}"`);
  const label = `${name}-flow-logs`;
  const tags = tagsOf(site, label);
  const group = new LogGroup(
    label,
    {
      name: physicalName(awsNames.logGroup, ["/aws/vpc-flow-logs", `${site.prefix}-${name}`]),
      retentionInDays: args.flowLogRetentionDays,
      kmsKeyId: args.keys.for("logs").id,
      tags,
    },
    child,
  );
  const role = new Role(
    label,
    { description: `Writes ${label}`, assumeRolePolicy: assumedBy("vpc-flow-logs", accountId), tags },
    child,
  );
  // Less than AWS's own example: the group is made here, so the role creates none.
  const grant = new RolePolicy(
    label,
    {
      role: role.name,
      policy: policyText({
        Sid: "WriteFlowLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: [group.arn, pulumi.interpolate`${group.arn}:*`],
      }),
    },
    child,
  );
  new FlowLog(
    name,
    {
      vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 600,
      tags: tagsOf(site, name),
    },
    { ...child, dependsOn: grant },
  );
}
