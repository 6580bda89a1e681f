import { LogGroup } from "@pulumi/aws/cloudwatch";
import { Role, RolePolicyAttachment } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { physicalName } from "../naming";
import { awsNames } from "../naming/aws";
import { nativeOf } from "../site";
import { tagsOf } from "../site/aws-identity";
import { assumedBy } from "../site/aws-policy";
import type { CompleteDatabaseArgs } from ".";

type Place = Pick<BuildContext<unknown>, "name" | "site" | "child">;
type Context = BuildContext<Pick<CompleteDatabaseArgs, "logRetentionDays" | "keys" | "dataClass">>;

/** Logs of PostgreSQL that RDS can export (DB-14). */
export const exportedLogs = ["postgresql", "upgrade"] as const;

/** Lets RDS write the operating system's figures every minute. */
export function buildMonitoringRole({ name, site, child }: Place): { role: Role; grant: pulumi.Resource } {
  const { accountId, partition } = nativeOf(site, "aws", `Database "${name}"`);
  const label = `${name}-monitoring`;
  const role = new Role(
    label,
    {
      description: `Enhanced monitoring of ${site.prefix}-${name}`,
      assumeRolePolicy: assumedBy("monitoring.rds", accountId),
      tags: tagsOf(site, label),
    },
    child,
  );
  const grant = new RolePolicyAttachment(
    label,
    {
      role: role.name,
      policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`,
    },
    child,
  );
  return { role, grant };
}

/** The log groups that an instance will write to, made first: those that RDS makes have neither key nor retention. */
export function buildLogGroups({ name, site, args, child }: Context, identifier: string, label = name): LogGroup[] {
  return exportedLogs.map((log) =>
    logGroup({ name, site, args, child }, `${label}-${log}`, "instance", identifier, log),
  );
}

/** `/aws/rds/<kind>/<identifier>[/<log>]`: the name is RDS's own, only the group is ours. */
export function logGroup({ site, args, child }: Context, label: string, kind: "instance" | "proxy", ...of: string[]) {
  return new LogGroup(
    label,
    {
      name: physicalName(awsNames.logGroup, [`/aws/rds/${kind}`, ...of]),
      retentionInDays: args.logRetentionDays,
      kmsKeyId: args.keys.for("logs").id,
      tags: tagsOf(site, label, args.dataClass),
    },
    child,
  );
}
