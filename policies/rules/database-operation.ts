// DB, MON: what databases tell, who logs in how, and how they are kept current.

import { diagnosticsOf } from "../diagnostics";
import {
  all,
  any,
  atLeast,
  equals,
  fail,
  filled,
  holds,
  isTrue,
  matches,
  noneOf,
  pass,
  unknown,
  when,
  where,
} from "../judge";
import { ownStorage, primary } from "../primaries";
import { asText, folded, isUnknown, list, read, text } from "../read";
import { type Judge, rule, type View } from "../rule";
import { postgresVersions } from "../standards";
import { aws, azure, azureGraph, gcp } from "../tokens";

/** The log that each engine exports, by its own name. */
const engineLogs: Readonly<Record<string, readonly string[]>> = {
  postgres: ["postgresql"],
  "aurora-postgresql": ["postgresql"],
  mysql: ["error"],
  mariadb: ["error"],
  "aurora-mysql": ["error", "audit"],
};

const exported: Judge = (view) => {
  const path = "enabledCloudwatchLogsExports";
  const logs = list(view.props, path);
  const wanted = engineLogs[folded(view.props, "engine")];
  const expected = wanted ? `one of ${wanted.join(", ")}` : "a log of the engine";
  if (typeof logs === "symbol") return unknown(path, expected);
  return (wanted ? wanted.some((name) => logs.includes(name)) : logs.length > 0)
    ? pass(path, expected)
    : fail(path, expected);
};

const logged = ["log_connections", "log_disconnections", "log_checkpoints"];

const off = (value: unknown) => /^(off|0|false|no|none)?$/i.test(asText(value).trim());

/** Flags of a Cloud SQL instance by name. */
const flags =
  (wanted: readonly string[]): Judge =>
  ({ props }) => {
    const path = "settings.databaseFlags";
    const expected = `${wanted.join(", ")} on`;
    const found = list(props, path);
    if (typeof found === "symbol") return unknown(path, expected);
    const states = wanted.map((name) => found.find((one) => text(one, "name") === name));
    if (states.some((one) => one === undefined || (!isUnknown(read(one, "value")) && off(read(one, "value")))))
      return fail(path, expected);
    return states.some((one) => isUnknown(read(one, "value"))) ? unknown(path, expected) : pass(path, expected);
  };

const engine = (name: "POSTGRES" | "MYSQL" | "SQLSERVER") => (view: View) => {
  const version = read(view.props, "databaseVersion");
  return isUnknown(version) ? ("unknown" as const) : asText(version).startsWith(name);
};

export const logs = rule(
  "logging-database-logs",
  aws("rds.Instance", ownStorage(exported)),
  aws("rds.Cluster, docdb.Cluster, neptune.Cluster", exported),
  azure(
    "dbforpostgresql.Configuration",
    when(
      where("configurationName", logged),
      "another parameter",
      holds("value", "on", (value) => !off(value)),
    ),
  ),
  azure(
    "dbformysql.Configuration",
    when(where("configurationName", ["audit_log_enabled"]), "another parameter", equals("value", "ON")),
  ),
  azure("sql.ServerBlobAuditingPolicy", equals("state", "Enabled")),
  gcp(
    "sql.DatabaseInstance",
    when(
      engine("POSTGRES"),
      "another engine",
      flags(["log_connections", "log_disconnections", "cloudsql.enable_pgaudit"]),
    ),
  ),
);

export const identityLogin = rule(
  "identity-database-iam-auth",
  aws("rds.Instance", ownStorage(isTrue("iamDatabaseAuthenticationEnabled"))),
  aws("rds.Cluster", isTrue("iamDatabaseAuthenticationEnabled")),
  azure("dbforpostgresql.Server", equals("authConfig.activeDirectoryAuth", "Enabled")),
  azure("sql.Server", isTrue("administrators.azureADOnlyAuthentication")),
  azure("cosmosdb.DatabaseAccount", isTrue("disableLocalAuth")),
  gcp(
    "sql.DatabaseInstance",
    when(
      (view) => (engine("SQLSERVER")(view) === "unknown" ? "unknown" : !engine("SQLSERVER")(view)),
      "SQL Server has no such login",
      any(flags(["cloudsql.iam_authentication"]), flags(["cloudsql_iam_authentication"])),
    ),
  ),
);

export const minorUpgrades = rule(
  "patching-database-minor-upgrades",
  aws("rds.Instance, rds.ClusterInstance", isTrue("autoMinorVersionUpgrade", "pass")),
  azure(
    "dbforpostgresql.Server, dbformysql.Server",
    primary("azure", equals("maintenanceWindow.customWindow", "Enabled")),
  ),
  gcp("sql.DatabaseInstance", primary("gcp", filled("settings.maintenanceWindow", "a window"))),
);

const supportedPostgres = (value: unknown) => {
  const major = /(\d+)/.exec(asText(value))?.[1] ?? "";
  return (postgresVersions as readonly string[]).includes(major);
};

const majors = `PostgreSQL ${postgresVersions[0]} or newer`;

export const supported = rule(
  "hardening-database-engine-supported",
  aws(
    "rds.Instance, rds.Cluster",
    when(
      (view) => /postgres/.test(folded(view.props, "engine")) && read(view.props, "engineVersion") !== undefined,
      "another engine, or the newest version",
      holds("engineVersion", majors, supportedPostgres),
    ),
  ),
  aws("rds.Instance, rds.ClusterInstance", noneOf("caCertIdentifier", ["rds-ca-2015", "rds-ca-2019"])),
  azure("dbforpostgresql.Server", primary("azure", holds("version", majors, supportedPostgres, "pass"))),
  gcp(
    "sql.DatabaseInstance",
    any(
      matches("databaseVersion", /^(MYSQL_8_|SQLSERVER_20(19|22|25))/, "MySQL 8, SQL Server 2019 or newer"),
      holds("databaseVersion", majors, (value) => asText(value).startsWith("POSTGRES") && supportedPostgres(value)),
    ),
  ),
);

export const threats = rule(
  "monitoring-database-threat-detection",
  aws(
    "guardduty.DetectorFeature",
    when(where("name", ["RDS_LOGIN_EVENTS"]), "another feature", equals("status", "ENABLED")),
  ),
  azure("sql.ServerSecurityAlertPolicy", equals("state", "Enabled")),
  azure("sql.ServerVulnerabilityAssessment", isTrue("recurringScans.isEnabled")),
  gcp(
    "securitycenter.NotificationConfig, securitycenter.V2OrganizationNotificationConfig",
    filled("streamingConfig.filter", "what is told"),
  ),
);

const dangerous = [
  "cross db ownership chaining",
  "contained database authentication",
  "external scripts enabled",
  "local_infile",
];

export const flagsOff = rule(
  "hardening-database-mssql-flags",
  gcp("sql.DatabaseInstance", ({ props }) => {
    const path = "settings.databaseFlags";
    const found = list(props, path);
    if (typeof found === "symbol") return unknown(path, `${dangerous.join(", ")} off`);
    const on = found.filter((one) => dangerous.includes(text(one, "name")) && !off(read(one, "value")));
    return on.length > 0 ? on.map((one) => fail(path, `${text(one, "name")} off`)) : pass(path);
  }),
);

export const insights = rule(
  "monitoring-database-performance-insights",
  aws("rds.Instance", all(isTrue("performanceInsightsEnabled"), atLeast("monitoringInterval", 1))),
  azureGraph(
    "dbforpostgresql.Server, dbformysql.Server",
    primary("azure", (view, context) => diagnosticsOf(any(filled("logs"), filled("metrics")))(view, context)),
  ),
  gcp("sql.DatabaseInstance", isTrue("settings.insightsConfig.queryInsightsEnabled")),
);
