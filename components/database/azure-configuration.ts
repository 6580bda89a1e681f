import { Configuration, type Server } from "@pulumi/azure-native/dbforpostgresql";
import * as standards from "../../policies/standards";
import type { BuildContext } from "../build";
import { nativeOf } from "../site";
import type { CompleteDatabaseArgs } from ".";

type Choice = Pick<CompleteDatabaseArgs, "slowQueryMs" | "maxConnections" | "pooling" | "size">;

/**
 * Server parameters by name. `shared_preload_libraries` and `max_connections` take effect at the server's next restart:
 * https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-server-parameters
 */
export function parameters({ slowQueryMs, maxConnections, pooling, size }: Choice): Readonly<Record<string, string>> {
  return {
    require_secure_transport: "on",
    ssl_min_protocol_version: `TLSv${standards.dataMinTls}`,
    log_connections: "on",
    log_disconnections: "on",
    log_checkpoints: "on",
    log_min_duration_statement: String(slowQueryMs),
    max_connections: String(maxConnections),
    "connection_throttle.enable": "on",
    "azure.extensions": "PGAUDIT,PG_STAT_STATEMENTS",
    shared_preload_libraries: "pgaudit,pg_stat_statements",
    // Changes of schema and of rights; statements that read or write data would put that data into the log.
    "pgaudit.log": "ddl,role",
    // Burstable servers don't know the parameter at all.
    ...(size !== "tiny" && { "pgbouncer.enabled": String(pooling) }),
  };
}

/** DB-06, DB-11, DB-12, DB-13, DB-14: one after another, since a server refuses a change while another one runs. */
export function configure(
  { name, site, args, child }: BuildContext<CompleteDatabaseArgs>,
  server: Server,
): Configuration[] {
  const { resourceGroup } = nativeOf(site, "azure", "Database");
  const made: Configuration[] = [];
  for (const [parameter, value] of Object.entries(parameters(args))) {
    const last = made.at(-1);
    made.push(
      new Configuration(
        `${name}-${parameter.replaceAll(/[._]/g, "-")}`,
        {
          configurationName: parameter,
          serverName: server.name,
          resourceGroupName: resourceGroup,
          source: "user-override",
          value,
        },
        { ...child, dependsOn: last ? [last] : [] },
      ),
    );
  }
  return made;
}
