import { Database, Server } from "@pulumi/azure-native/dbforpostgresql";
import { DiagnosticSetting } from "@pulumi/azure-native/monitor";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { keep } from "../site/azure-lock";
import { globalName, tagsOf } from "../site/azure-names";
import { logsWorkspace } from "../site/azure-workspace";
import type { Size } from "../size";
import type { BuildDatabase, CompleteDatabaseArgs } from ".";
import { configure } from "./azure-configuration";
import { passwordOf, storePassword } from "./azure-password";

/** https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-compute; burstable has no standby, replicas, pool. */
const machines: Readonly<Record<Size, { readonly name: string; readonly tier: "Burstable" | "GeneralPurpose" }>> = {
  tiny: { name: "Standard_B1ms", tier: "Burstable" },
  small: { name: "Standard_D2ds_v5", tier: "GeneralPurpose" },
  medium: { name: "Standard_D4ds_v5", tier: "GeneralPurpose" },
  large: { name: "Standard_D8ds_v5", tier: "GeneralPurpose" },
  xlarge: { name: "Standard_D16ds_v5", tier: "GeneralPurpose" },
};
/** Sizes that a server's disk comes in, GiB; the next one up is taken. */
const disks = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32767] as const;
const port = 5432;
/** PgBouncer's, on the same host. */
const poolPort = 6432;

/** Flexible server in its delegated subnet: no public side, customer key, TLS only (DB-01 to DB-18). */
export const build: BuildDatabase = (context) => {
  const { name, site, args, child } = context;
  const { resourceGroup } = nativeOf(site, "azure", "Database");
  const protect = site.safeguards.deletionProtection;
  const common = serverArgs(context);

  const password = passwordOf(context);
  const server = new Server(
    name,
    {
      ...common,
      serverName: globalName(site, azureNames.postgresServer, name),
      createMode: "Default",
      administratorLogin: args.user,
      administratorLoginPassword: password,
      highAvailability: { mode: args.ha ? "ZoneRedundant" : "Disabled" },
      // Point-in-time recovery reaches as far back as backups do (BAK-02, BAK-03). A geo-redundant copy under a customer
      // key needs a second key in the partner region, so it comes with the other regions.
      backup: { backupRetentionDays: args.backupRetentionDays, geoRedundantBackup: "Disabled" },
      // Sunday, 03:00 UTC; Azure's choice of day otherwise.
      maintenanceWindow: { customWindow: "Enabled", dayOfWeek: 0, startHour: 3, startMinute: 0 },
      tags: tagsOf(site, `${site.prefix}-${name}`, { "data-class": args.dataClass }),
    },
    {
      ...child,
      protect,
      dependsOn: dependencies(context),
      additionalSecretOutputs: ["administratorLoginPassword"],
      // After a failover the standby is the primary: which zone that is, is Azure's to say.
      ignoreChanges: ["availabilityZone"],
    },
  );
  const settings = configure(context, server);
  const last = settings.at(-1) ?? server;
  const database = new Database(
    name,
    {
      databaseName: args.databaseName,
      serverName: server.name,
      resourceGroupName: resourceGroup,
      charset: "UTF8",
      collation: "en_US.utf8",
    },
    { ...child, protect, dependsOn: [last] },
  );
  const logs = new DiagnosticSetting(
    `${name}-logs`,
    {
      name: "to-workspace",
      resourceUri: server.id,
      workspaceId: logsWorkspace("Database", context),
      logs: ["PostgreSQLLogs", "PostgreSQLFlexSessions"].map((category) => ({ category, enabled: true })),
      metrics: [{ category: "AllMetrics", enabled: true }],
    },
    child,
  );
  const replicas = makeReplicas(context, common, server, database);
  keep(name, site, server.id, [...settings, database, logs, ...replicas], child);

  const stored = storePassword(context, password, server);
  const host = server.fullyQualifiedDomainName;
  return {
    host,
    port: pulumi.output(port),
    databaseName: database.name,
    user: pulumi.output(args.user),
    secretRef: stored.id,
    secret: stored.ref,
    pooledHost: host,
    pooledPort: pulumi.output(args.pooling ? poolPort : port),
    replicaHosts: pulumi.all(replicas.map((replica) => replica.fullyQualifiedDomainName)),
    native: { cloud: "azure", serverId: server.id, serverName: server.name },
  };
};

/** What a primary and its replicas have in common. */
function serverArgs({ site, args }: BuildContext<CompleteDatabaseArgs>) {
  const { resourceGroup, tenantId } = nativeOf(site, "azure", "Database");
  const { databaseSubnetId, privateZones } = nativeOf(args.network, "azure", "Database");
  const key = args.keys.for("database");
  const { identityId } = nativeOf(key, "azure", "Database");
  return {
    resourceGroupName: resourceGroup,
    location: site.region,
    version: args.engineVersion,
    sku: machines[args.size],
    storage: {
      storageSizeGB: disks.find((size) => size >= args.storageGb) ?? args.storageGb,
      autoGrow: "Enabled",
    },
    network: {
      delegatedSubnetResourceId: databaseSubnetId.apply(delegated),
      privateDnsZoneArmResourceId: privateZones.postgres,
      publicNetworkAccess: "Disabled",
    },
    authConfig: { activeDirectoryAuth: "Enabled", passwordAuth: "Enabled", tenantId },
    identity: { type: "UserAssigned", userAssignedIdentities: identityId.apply((id) => ({ [id]: {} })) },
    // The key without its version: the server follows the rotation (SEC-02).
    dataEncryption: { type: "AzureKeyVault", primaryKeyURI: key.id, primaryUserAssignedIdentityId: identityId },
  };
}

/** An existing network has a subnet for databases only when its owner delegated one. */
function delegated(subnetId: string): string {
  if (subnetId) return subnetId;
  throw new pulumi.RunError(
    'A database on Azure needs a subnet delegated to "Microsoft.DBforPostgreSQL/flexibleServers": name it in network.existing.databaseSubnet.',
  );
}

/** The key's grant and the private names must stand before the first server. */
function dependencies({ args }: BuildContext<CompleteDatabaseArgs>): pulumi.Resource[] {
  const { grant } = nativeOf(args.keys.for("database"), "azure", "Database");
  return [grant, ...nativeOf(args.network, "azure", "Database").zoneLinks];
}

/** Replicas for reading (DB-03), one after another: a primary takes one new replica at a time. */
function makeReplicas(
  { name, site, args, child }: BuildContext<CompleteDatabaseArgs>,
  common: ReturnType<typeof serverArgs>,
  primary: Server,
  after: pulumi.Resource,
): Server[] {
  const made: Server[] = [];
  for (let number = 1; number <= args.readReplicas; number++) {
    const key = `replica-${number}`;
    made.push(
      new Server(
        `${name}-${key}`,
        {
          ...common,
          serverName: globalName(site, azureNames.postgresServer, name, key),
          createMode: "Replica",
          sourceServerResourceId: primary.id,
          tags: tagsOf(site, `${site.prefix}-${name}-${key}`, { "data-class": args.dataClass }),
        },
        {
          ...child,
          dependsOn: [made.at(-1) ?? after],
          ignoreChanges: ["availabilityZone"],
        },
      ),
    );
  }
  return made;
}
