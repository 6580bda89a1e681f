import { Database, Server } from "@pulumi/azure-native/dbforpostgresql";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { keep } from "../site/azure-lock";
import { globalName, tagsOf } from "../site/azure-names";
import { logsWorkspace } from "../site/azure-workspace";
import type { BuildDatabase, CompleteDatabaseArgs } from ".";
import { configure } from "./azure-configuration";
import { copyBackups } from "./azure-copies";
import { passwordOf, storePassword } from "./azure-password";
import { exportLogs, machines, placement, port } from "./azure-server";

/** PgBouncer's, on the same host. */
const poolPort = 6432;

/** Flexible server in its delegated subnet: no public side, customer key, TLS only (DB-01 to DB-18). */
export const build: BuildDatabase = (context) => {
  const { name, site, args, child } = context;
  const { resourceGroup } = nativeOf(site, "azure", "Database");
  const protect = site.safeguards.deletionProtection;
  const common = { ...placement("Database", context), sku: machines[args.size] };

  const password = passwordOf(context);
  const server = new Server(
    name,
    {
      ...common,
      ...copyBackups(context),
      serverName: globalName(site, azureNames.postgresServer, name),
      createMode: "Default",
      administratorLogin: args.user,
      administratorLoginPassword: password,
      highAvailability: { mode: args.ha ? "ZoneRedundant" : "Disabled" },
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
  const logs = exportLogs(name, server, logsWorkspace("Database", context), child);
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
    native: { cloud: "azure", serverId: server.id, serverName: server.name, password },
  };
};

/** The key's grant and the private names must stand before the first server. */
function dependencies({ args }: BuildContext<CompleteDatabaseArgs>): pulumi.Resource[] {
  const { grant } = nativeOf(args.keys.for("database"), "azure", "Database");
  const elsewhere = args.copies && nativeOf(args.copies.keys.for("database"), "azure", "Database").grant;
  return [grant, ...(elsewhere ? [elsewhere] : []), ...nativeOf(args.network, "azure", "Database").zoneLinks];
}

/** Replicas for reading (DB-03), one after another: a primary takes one new replica at a time. */
function makeReplicas(
  { name, site, args, child }: BuildContext<CompleteDatabaseArgs>,
  common: ReturnType<typeof placement> & { readonly sku: (typeof machines)[CompleteDatabaseArgs["size"]] },
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
