import { Database, DatabaseInstance, User } from "@pulumi/gcp/sql";
import * as pulumi from "@pulumi/pulumi";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import { keepLogs } from "../site/gcp-logs";
import { freshName, labelsOf } from "../site/gcp-names";
import type { BuildDatabase } from ".";
import { storePassword } from "./gcp-password";
import { type Place, primarySettings, replicaSettings } from "./gcp-settings";

const port = 5432;
/** Where the managed pooler listens. https://cloud.google.com/sql/docs/postgres/managed-connection-pooling */
const pooledPort = 6432;

/** Cloud SQL for PostgreSQL: private address, TLS only, customer key, backed up (DB-01 to DB-18). */
export const build: BuildDatabase = (context) => {
  const { name, site, args, child } = context;
  const { project, services } = nativeOf(site, "gcp", `Database "${name}"`);
  const { privateServices } = nativeOf(args.network, "gcp", `Database "${name}"`);
  const key = args.keys.for("database");
  const { grants } = nativeOf(key, "gcp", `Database "${name}"`);
  const { deletionProtection, disposable } = site.safeguards;
  const place = (label: string): Place => ({
    backupRegion: args.copies?.site.region ?? site.region,
    network: args.network.id,
    labels: labelsOf(site, label, args.dataClass),
    deletionProtection,
    disposable,
  });
  // An instance's name stays taken for a week after deletion, and what replaces an instance stands beside the old one
  // at first: both need a new name. https://cloud.google.com/sql/docs/postgres/delete-instance
  const named = (...parts: readonly string[]) =>
    freshName(
      [name, ...parts, "suffix"].join("-"),
      gcpNames.sqlInstance,
      [site.prefix, name, ...parts],
      { region: site.region, key: key.id },
      child,
    );
  const common = {
    project,
    region: site.region,
    databaseVersion: `POSTGRES_${args.engineVersion}`,
    encryptionKeyName: key.id,
    deletionProtection,
  };
  const instance = new DatabaseInstance(
    name,
    {
      ...common,
      name: named(),
      includeReplicasForMajorVersionUpgrade: true,
      settings: primarySettings(args, place(`${site.prefix}-${name}`)),
    },
    // An instance without the peering or the right to use its key fails after minutes and keeps its name for a week.
    { ...child, protect: deletionProtection, dependsOn: [...services, privateServices, ...grants] },
  );
  const password = storePassword(context);
  // A role that owns tables can't be dropped, nor a database that somebody is connected to: both go with the instance.
  const inside = { project, instance: instance.name, deletionPolicy: "ABANDON" };
  const user = new User(
    `${name}-admin`,
    { ...inside, name: args.user, passwordWo: password.value, passwordWoVersion: password.version },
    child,
  );
  const database = new Database(
    `${name}-database`,
    { ...inside, name: args.databaseName, charset: "UTF8", collation: "en_US.UTF8" },
    { ...child, protect: deletionProtection },
  );
  const replicas = Array.from({ length: args.readReplicas }, (_, index) => `replica-${index + 1}`).map(
    (replica) =>
      new DatabaseInstance(
        `${name}-${replica}`,
        {
          ...common,
          name: named(replica),
          masterInstanceName: instance.name,
          settings: replicaSettings(args, place(`${site.prefix}-${name}-${replica}`)),
        },
        // The primary takes one operation at a time: users and databases first. It takes its replicas along to a new
        // version (DB-10), which leaves nothing for them to change.
        {
          ...child,
          protect: deletionProtection,
          dependsOn: [user, database],
          ignoreChanges: ["databaseVersion"],
        },
      ),
  );
  keepLogs(context, {
    what: "logs",
    description: `Server and audit logs of the database of ${site.prefix} (DB-14)`,
    filter: pulumi.interpolate`resource.type="cloudsql_database" AND resource.labels.database_id="${project}:${instance.name}"`,
    retentionDays: args.logRetentionDays,
    key: args.keys.for("logs"),
  });
  return {
    host: instance.privateIpAddress,
    port: pulumi.output(port),
    databaseName: database.name,
    user: user.name,
    secretRef: password.secretId,
    secret: { id: password.secretId, native: { cloud: "gcp", secretId: password.shortId } },
    pooledHost: instance.privateIpAddress,
    pooledPort: pulumi.output(args.pooling ? pooledPort : port),
    replicaHosts: pulumi.all(replicas.map((replica) => replica.privateIpAddress)),
    native: {
      cloud: "gcp",
      instanceName: instance.name,
      connectionName: instance.connectionName,
      secretRegions: password.regions,
    },
  };
};
