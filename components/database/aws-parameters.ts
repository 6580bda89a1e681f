import { ParameterGroup } from "@pulumi/aws/rds";
import type { BuildContext } from "../build";
import { awsNames } from "../naming/aws";
import { siteName, tagsOf } from "../site/aws-identity";
import type { CompleteDatabaseArgs } from ".";

type Choice = Pick<CompleteDatabaseArgs, "engineVersion" | "slowQueryMs" | "maxConnections">;

/** How a setting takes effect: static ones wait for a restart. */
const immediate = "immediate";
const pending = "pending-reboot";

/** The server's settings, by parameter. */
export const parameters = ({ slowQueryMs, maxConnections }: Omit<Choice, "engineVersion">) => [
  // DB-06, SEC-04: clients without TLS are turned away; 1.2 is the floor of data services (F5).
  { name: "rds.force_ssl", value: "1", applyMethod: immediate },
  { name: "ssl_min_protocol_version", value: "TLSv1.2", applyMethod: immediate },
  // DB-12: slow statements.
  { name: "log_min_duration_statement", value: String(slowQueryMs), applyMethod: immediate },
  // DB-13
  { name: "max_connections", value: String(maxConnections), applyMethod: pending },
  // DB-14: who came and went, what waited, what changed the schema.
  { name: "log_connections", value: "1", applyMethod: immediate },
  { name: "log_disconnections", value: "1", applyMethod: immediate },
  { name: "log_lock_waits", value: "1", applyMethod: immediate },
  { name: "log_statement", value: "ddl", applyMethod: immediate },
];

/** Named by Pulumi: the family is fixed, so a major upgrade needs the next group beside the one still in use. */
export function buildParameterGroup({ name, site, args, child }: BuildContext<Choice>): ParameterGroup {
  return new ParameterGroup(
    name,
    {
      family: `postgres${args.engineVersion}`,
      description: `Settings of ${siteName(site, awsNames.databaseInstance, name)}`,
      parameters: parameters(args),
      tags: tagsOf(site, name),
    },
    child,
  );
}
