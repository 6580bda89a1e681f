import { Instance, SubnetGroup } from "@pulumi/aws/rds";
import * as pulumi from "@pulumi/pulumi";
import { awsNames } from "../naming/aws";
import { nativeOf } from "../site";
import { siteName, tagsOf } from "../site/aws-identity";
import type { BuildDatabase } from ".";
import { buildCopies } from "./aws-copies";
import { instanceSettings } from "./aws-instance";
import { buildLogGroups, buildMonitoringRole } from "./aws-monitoring";
import { buildParameterGroup } from "./aws-parameters";
import { buildPassword, buildSecret } from "./aws-password";
import { buildProxy } from "./aws-proxy";
import { windows } from "./aws-windows";

const port = 5432;

/** RDS for PostgreSQL in the data tier, its replicas and, where wanted, its proxy. */
export const build: BuildDatabase = (context) => {
  const { name, site, args, child } = context;
  const { disposable, deletionProtection } = site.safeguards;
  const groups = nativeOf(args.network, "aws", `Database "${name}"`).securityGroups;
  const identifier = siteName(site, awsNames.databaseInstance, name);
  const tags = tagsOf(site, name, args.dataClass);

  const subnets = new SubnetGroup(
    name,
    { description: `${identifier}: data tier`, subnetIds: args.network.subnetIds.data, tags },
    child,
  );
  const parameters = buildParameterGroup(context);
  const monitoring = buildMonitoringRole(context);
  const logs = buildLogGroups(context, identifier);
  const password = buildPassword(context);

  const common = instanceSettings({
    size: args.size,
    maxStorageGb: args.maxStorageGb,
    safeguards: site.safeguards,
    kmsKeyId: args.keys.for("database").id,
    parameters,
    monitoringRoleArn: monitoring.role.arn,
    group: groups.data,
    maintenanceWindow: windows(args.backupHour).maintenance,
  });
  // The identifier is the address that clients know, so what must be replaced goes first; `protect` stands before it.
  // RDS refuses a monitoring role without its policy, and would make log groups of its own without key and retention.
  const options = {
    ...child,
    protect: deletionProtection,
    deleteBeforeReplace: true,
    dependsOn: [monitoring.grant, ...logs],
  };
  const primary = new Instance(
    name,
    {
      ...common,
      identifier,
      engine: "postgres",
      engineVersion: args.engineVersion,
      allowMajorVersionUpgrade: true,
      dbName: args.databaseName,
      username: args.user,
      // Not manageMasterUserPassword: RDS makes no read replica of an instance that manages its own.
      // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
      password,
      port,
      dbSubnetGroupName: subnets.name,
      multiAz: args.ha,
      allocatedStorage: args.storageGb,
      // One figure is both: RDS recovers to any second of the days for which it keeps backups, so pitrDays, which is
      // never longer, is met by it (BAK-02, BAK-03).
      backupRetentionPeriod: args.backupRetentionDays,
      backupWindow: windows(args.backupHour).backup,
      deleteAutomatedBackups: disposable,
      skipFinalSnapshot: disposable,
      ...(!disposable && { finalSnapshotIdentifier: siteName(site, awsNames.databaseSnapshot, name, "final") }),
      tags,
    },
    { ...options, additionalSecretOutputs: ["password"] },
  );
  const replicas = Array.from({ length: args.readReplicas }, (_, index) => {
    const label = `${name}-replica-${index + 1}`;
    const own = siteName(site, awsNames.databaseInstance, label);
    return new Instance(
      label,
      {
        ...common,
        identifier: own,
        replicateSourceDb: primary.identifier,
        // RDS takes neither backups nor a last snapshot of a replica: the primary's are its own.
        skipFinalSnapshot: true,
        tags: tagsOf(site, label, args.dataClass),
      },
      { ...options, dependsOn: [monitoring.grant, ...buildLogGroups(context, own, label)] },
    );
  });
  if (args.copies) buildCopies(context, primary, args.copies);
  const secret = buildSecret(context, { password, primary });
  const proxy = args.pooling
    ? buildProxy(context, { primary, secret, dataGroup: groups.data, appGroup: groups.app })
    : undefined;
  return {
    host: primary.address,
    port: primary.port,
    databaseName: primary.dbName,
    user: primary.username,
    secretRef: secret.arn,
    secret: { id: secret.arn, native: { cloud: "aws", keyArn: args.keys.for("secrets").id } },
    pooledHost: proxy?.endpoint ?? primary.address,
    pooledPort: primary.port,
    replicaHosts: pulumi.all(replicas.map((replica) => replica.address)),
    native: { cloud: "aws", instanceArn: primary.arn, identifier: primary.identifier },
  };
};
