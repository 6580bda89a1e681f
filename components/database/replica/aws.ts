import { Instance, SubnetGroup } from "@pulumi/aws/rds";
import * as standards from "../../../policies/standards";
import { awsNames } from "../../naming/aws";
import { nativeOf } from "../../site";
import { siteName, tagsOf } from "../../site/aws-identity";
import { instanceSettings } from "../aws-instance";
import { buildLogGroups, buildMonitoringRole } from "../aws-monitoring";
import { buildParameterGroup } from "../aws-parameters";
import { windows } from "../aws-windows";
import type { BuildReplica } from ".";
import { promotionOf } from "./promotion";

/** What a replica's contract leaves to it, as Database's defaults have it. */
const rest = {
  slowQueryMs: 1000,
  logRetentionDays: standards.accessLogRetentionDays,
  dataClass: "sensitive",
  backupHour: 0,
} as const;

/**
 * A replica of RDS in another region, under that region's key (DB-03). Promoting it is the same instance without its
 * source (DR-04): RDS detaches it in place, and its own backups begin. The login is the source's, which that side keeps
 * a copy of for us: its Database has this site in `copies`.
 */
export const build: BuildReplica = (context) => {
  const { name, site, args, child } = context;
  const { disposable, deletionProtection } = site.safeguards;
  const own = { ...context, args: { ...args, ...rest } };
  const identifier = siteName(site, awsNames.databaseInstance, name);
  const tags = tagsOf(site, name, rest.dataClass);
  const subnets = new SubnetGroup(
    name,
    { description: `${identifier}: data tier`, subnetIds: args.network.subnetIds.data, tags },
    child,
  );
  const monitoring = buildMonitoringRole(context);
  const logs = buildLogGroups(own, identifier);
  const time = windows(rest.backupHour);
  const replica = new Instance(
    name,
    {
      ...instanceSettings({
        size: args.size,
        maxStorageGb: args.maxStorageGb,
        safeguards: site.safeguards,
        kmsKeyId: args.keys.for("database").id,
        parameters: buildParameterGroup(own),
        monitoringRoleArn: monitoring.role.arn,
        group: nativeOf(args.network, "aws", `Replica "${name}"`).securityGroups.data,
        maintenanceWindow: time.maintenance,
      }),
      identifier,
      dbSubnetGroupName: subnets.name,
      ...(args.promoted
        ? {
            multiAz: !site.frugal,
            backupRetentionPeriod: args.backupRetentionDays,
            backupWindow: time.backup,
            deleteAutomatedBackups: disposable,
            skipFinalSnapshot: disposable,
            ...(!disposable && { finalSnapshotIdentifier: siteName(site, awsNames.databaseSnapshot, name, "final") }),
          }
        : {
            replicateSourceDb: nativeOf(args.source, "aws", `Replica "${name}"`).instanceArn,
            // What it holds its source holds too, and RDS takes no last snapshot of a replica.
            skipFinalSnapshot: true,
          }),
      tags,
    },
    // The identifier is the address that clients know, so what must be replaced goes first; `protect` stands before it.
    {
      ...child,
      ...promotionOf(name, args.promoted),
      protect: deletionProtection,
      deleteBeforeReplace: true,
      dependsOn: [monitoring.grant, ...logs],
    },
  );
  return {
    host: replica.address,
    port: replica.port,
    // The store keeps a copy's ARN but for the region.
    secretRef: args.source.secretRef.apply((arn) => arn.replace(`:${args.sourceSite.region}:`, `:${site.region}:`)),
    native: { cloud: "aws", identifier: replica.identifier, instanceArn: replica.arn },
  };
};
