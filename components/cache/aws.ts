import { LogGroup } from "@pulumi/aws/cloudwatch";
import { ParameterGroup, ReplicationGroup, SubnetGroup } from "@pulumi/aws/elasticache";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { physicalName } from "../naming";
import { awsNames } from "../naming/aws";
import { nativeOf } from "../site";
import { siteName, tagsOf } from "../site/aws-identity";
import type { Size } from "../size";
import type { BuildCache, CompleteCacheArgs } from ".";
import { buildSecret, buildUser } from "./aws-login";
import { windows } from "./aws-windows";

type Context = BuildContext<CompleteCacheArgs>;

/** Graviton: 0.5 and 1.4 GiB on two burstable vCPUs; then 6.4, 13 and 26 GiB (CACHE-10). */
const machines: Readonly<Record<Size, string>> = {
  tiny: "cache.t4g.micro",
  small: "cache.t4g.small",
  medium: "cache.m7g.large",
  large: "cache.r7g.large",
  xlarge: "cache.r7g.xlarge",
};

const engine = { name: "valkey", version: "8.1", family: "valkey8" } as const;
const port = 6379;
/** As many days as ElastiCache keeps at no extra charge a day's copy of: BAK-03's week. */
const snapshotDays = 7;

/** ElastiCache for Valkey in the data tier: TLS and a login or nothing. */
export const build: BuildCache = (context) => {
  const { name, site, args, child } = context;
  const { disposable, deletionProtection } = site.safeguards;
  const { data } = nativeOf(args.network, "aws", `Cache "${name}"`).securityGroups;
  const id = siteName(site, awsNames.cacheGroup, name);
  const sharded = args.mode === "sharded";
  const subnets = new SubnetGroup(
    name,
    { description: `${id}: data tier`, subnetIds: args.network.subnetIds.data, tags: tagsOf(site, name) },
    child,
  );
  const login = buildUser(context);
  const time = windows(args.maintenanceDay, args.maintenanceHour);
  const group = new ReplicationGroup(
    name,
    {
      replicationGroupId: id,
      description: `Cache of ${site.prefix}`,
      engine: engine.name,
      engineVersion: engine.version,
      autoMinorVersionUpgrade: true,
      nodeType: machines[args.size],
      port,
      clusterMode: sharded ? "enabled" : "disabled",
      ...(sharded
        ? { numNodeGroups: args.shards, replicasPerNodeGroup: args.ha ? 1 : 0 }
        : { numCacheClusters: args.ha ? 2 : 1 }),
      // Shards need it even where each has one node alone (CACHE-08).
      automaticFailoverEnabled: args.ha || sharded,
      multiAzEnabled: args.ha,
      parameterGroupName: buildParameters(context).name,
      subnetGroupName: subnets.name,
      securityGroupIds: [data],
      atRestEncryptionEnabled: true,
      kmsKeyId: args.keys.for("cache").id,
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      userGroupIds: [login.groupId],
      snapshotRetentionLimit: args.snapshots ? snapshotDays : 0,
      snapshotWindow: time.snapshot,
      maintenanceWindow: time.maintenance,
      ...(!disposable && { finalSnapshotIdentifier: siteName(site, awsNames.cacheSnapshot, name, "final") }),
      logDeliveryConfigurations: logKinds.map((kind) => ({
        logType: kind,
        logFormat: "json",
        destinationType: "cloudwatch-logs",
        destination: buildLogs(context, kind).name,
      })),
      applyImmediately: disposable,
      tags: tagsOf(site, name, args.dataClass),
    },
    // The id is the address that clients know, so what must be replaced goes first; `protect` stands before it.
    { ...child, protect: deletionProtection, deleteBeforeReplace: true },
  );
  const host = sharded ? group.configurationEndpointAddress : group.primaryEndpointAddress;
  const secret = buildSecret(context, { ...login, host, port });
  return {
    host,
    port: pulumi.output(port),
    tls: pulumi.output(true),
    // Amazon's own authority, which every client's system trusts.
    ca: pulumi.output(""),
    auth: pulumi.output("password" as const),
    user: login.user,
    secretRef: secret.arn,
    native: { cloud: "aws", replicationGroupId: group.replicationGroupId, arn: group.arn },
  };
};

const logKinds = ["slow-log", "engine-log"] as const;

/** What goes when memory is full (CACHE-09); shards, where there are some. */
function buildParameters({ name, site, args, child }: Context): ParameterGroup {
  // Named by Pulumi: the family is fixed, so the next major needs its group beside the one still in use.
  return new ParameterGroup(
    name,
    {
      family: engine.family,
      description: `Settings of ${site.prefix}-${name}`,
      parameters: [
        { name: "maxmemory-policy", value: args.eviction },
        ...(args.mode === "sharded" ? [{ name: "cluster-enabled", value: "yes" }] : []),
      ],
      tags: tagsOf(site, name),
    },
    child,
  );
}

function buildLogs({ name, site, args, child }: Context, kind: (typeof logKinds)[number]): LogGroup {
  const label = `${name}-${kind}`;
  return new LogGroup(
    label,
    {
      name: physicalName(awsNames.logGroup, ["/aws/elasticache", siteName(site, awsNames.cacheGroup, name), kind]),
      retentionInDays: args.logRetentionDays,
      kmsKeyId: args.keys.for("logs").id,
      tags: tagsOf(site, label, args.dataClass),
    },
    child,
  );
}
