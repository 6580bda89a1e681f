import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import type { Cluster } from "../cluster";
import type { Database } from "../database";
import { type Grant, WorkloadIdentity } from "../identity";
import { ClosedNamespace } from "../namespace/closed";

/** Where a component's jobs run: a namespace that opens to the web, the cloud's login and PostgreSQL, and who they are there. */
export function jobPlace(
  { name, site, args, child }: BuildContext<{ readonly cluster: Cluster }>,
  namespace: string,
  grants: Readonly<Record<string, Grant>>,
): { readonly identity: WorkloadIdentity; readonly ready: readonly pulumi.Resource[] } {
  const { cluster } = args;
  const identity = new WorkloadIdentity(
    `${name}-job`,
    { site, cluster, namespace, serviceAccount: namespace, grants },
    child,
  );
  const space = new ClosedNamespace(
    name,
    {
      namespace,
      app: namespace,
      openings: { web: true, identity: site.cloud, ports: [5432] },
      serviceAccounts: { [namespace]: identity.annotations },
    },
    child,
  );
  return { identity, ready: [identity, ...space.ready] };
}

/** What libpq is told, all but the password. https://www.postgresql.org/docs/current/libpq-envars.html */
export const postgresEnv = (
  database: Pick<Database, "host" | "port" | "user" | "databaseName">,
): Readonly<Record<string, pulumi.Input<string>>> => ({
  PGHOST: database.host,
  PGPORT: pulumi.interpolate`${database.port}`,
  PGUSER: database.user,
  PGDATABASE: database.databaseName,
  PGSSLMODE: "require",
  PGCONNECT_TIMEOUT: "10",
});
