// DB, BAK, HA: databases are backed up, doubled, guarded, logged, patched.
import { diagnosticsOf } from "../diagnostics";
import {
  all,
  any,
  atLeast,
  equals,
  fail,
  filled,
  holds,
  isFalse,
  isTrue,
  matches,
  noneOf,
  notApplicable,
  oneOf,
  pass,
  unknown,
  when,
  where,
} from "../judge";
import { asText, folded, isUnknown, list, read, text } from "../read";
import { type Context, type Judge, relaxed, rule, type View } from "../rule";
import { backupRetentionDays, pitrDays, postgresVersions } from "../standards";
import { aws, awsGraph, azure, azureGraph, gcp, token } from "../tokens";

const replicaOf: Readonly<Record<string, (view: View) => boolean | "unknown">> = {
  aws: ({ props }) => read(props, "replicateSourceDb") !== undefined,
  azure: where("createMode", ["Replica", "GeoRestore", "ReviveDropped"]),
  gcp: ({ props }) => read(props, "masterInstanceName") !== undefined,
};
const not = (condition: (view: View) => boolean | "unknown") => (view: View) => {
  const answer = condition(view);
  return answer === "unknown" ? answer : !answer;
};
/** Backups, standby and deletion guard are the primary's. */
const primary = (cloud: "aws" | "azure" | "gcp", judge: Judge) =>
  when(not(replicaOf[cloud] as (view: View) => boolean), "a replica: its primary decides", judge);
/** An Aurora instance has its cluster's storage, backups and parameters. */
const ownStorage = (judge: Judge) =>
  when(({ props }) => read(props, "clusterIdentifier") === undefined, "its cluster decides", judge);
const lasting =
  (judge: Judge): Judge =>
  (view, context) =>
    relaxed(context) ? notApplicable("a throw-away environment") : judge(view, context);

/** BAK-02; a throw-away environment keeps a week. */
const retention = (context: Context) => (relaxed(context) ? 7 : backupRetentionDays);
const kept =
  (path: string): Judge =>
  (view, context) =>
    atLeast(path, retention(context))(view, context);

export const backups = rule(
  "backup-database-retention",
  aws("rds.Instance", ownStorage(primary("aws", kept("backupRetentionPeriod")))),
  aws("rds.Cluster, docdb.Cluster, neptune.Cluster", kept("backupRetentionPeriod")),
  azure("dbforpostgresql.Server, dbformysql.Server", primary("azure", kept("backup.backupRetentionDays"))),
  azure("sql.BackupShortTermRetentionPolicy", kept("retentionDays")),
  gcp(
    "sql.DatabaseInstance",
    primary(
      "gcp",
      all(
        isTrue("settings.backupConfiguration.enabled"),
        kept("settings.backupConfiguration.backupRetentionSettings.retainedBackups"),
      ),
    ),
  ),
);

/** A geo-redundant copy under a customer key needs a second key in the partner region; the tag tier-1 asks for it. */
export const pitr = rule(
  "backup-database-pitr-geo",
  aws("dynamodb.Table", isTrue("pointInTimeRecovery.enabled")),
  aws("rds.Instance", ownStorage(primary("aws", atLeast("backupRetentionPeriod", pitrDays)))),
  azure("dbforpostgresql.Server, dbformysql.Server", primary("azure", atLeast("backup.backupRetentionDays", pitrDays))),
  gcp(
    "sql.DatabaseInstance",
    primary(
      "gcp",
      all(
        any(
          isTrue("settings.backupConfiguration.pointInTimeRecoveryEnabled"),
          isTrue("settings.backupConfiguration.binaryLogEnabled"),
        ),
        atLeast("settings.backupConfiguration.transactionLogRetentionDays", pitrDays, "pass"),
      ),
    ),
  ),
);

export const multiZone = rule(
  "resilience-database-multi-az",
  aws("rds.Instance", ownStorage(primary("aws", lasting(isTrue("multiAz"))))),
  awsGraph(
    "rds.Cluster",
    lasting((view, { graph }) => {
      const zones = list(view.props, "availabilityZones");
      const instances = graph.companions(view, [token("aws", "rds.ClusterInstance")], "clusterIdentifier");
      if ((typeof zones !== "symbol" && zones.length >= 2 && instances.sure.length === 0) || instances.sure.length >= 2)
        return pass("");
      return instances.maybe.length > 0 ? unknown("", "two instances or more") : fail("", "two instances or more");
    }),
  ),
  azure(
    "dbforpostgresql.Server, dbformysql.Server",
    primary("azure", lasting(oneOf("highAvailability.mode", ["ZoneRedundant"]))),
  ),
  azure("sql.Database", lasting(isTrue("zoneRedundant"))),
  gcp("sql.DatabaseInstance", primary("gcp", lasting(equals("settings.availabilityType", "REGIONAL")))),
);

/** Azure has no such switch on the server: a lock over it, or Pulumi's own protection. */
const guarded: Judge = (view, { graph }) => {
  if (view.protect) return pass("opts.protect");
  const types = [token("azure", "authorization.ManagementLockByScope"), token("azure", "authorization.ManagementLock")];
  const { sure, maybe } = graph.companions(view, types, "scope");
  const expected = "a CanNotDelete lock, or protect";
  if (sure.length > 0) return pass("opts.protect", expected);
  return maybe.length > 0 ? unknown("opts.protect", expected) : fail("opts.protect", expected);
};

export const deletionGuard = rule(
  "resilience-database-deletion-protection",
  aws("rds.Instance", ownStorage(lasting(isTrue("deletionProtection")))),
  aws("rds.Instance", ownStorage(primary("aws", lasting(isFalse("skipFinalSnapshot", "pass"))))),
  aws(
    "rds.Cluster, docdb.Cluster, neptune.Cluster",
    lasting(all(isTrue("deletionProtection"), isFalse("skipFinalSnapshot", "pass"))),
  ),
  aws("dynamodb.Table", lasting(isTrue("deletionProtectionEnabled"))),
  azureGraph("dbforpostgresql.Server, dbformysql.Server", primary("azure", lasting(guarded))),
  gcp(
    "sql.DatabaseInstance",
    lasting(all(isTrue("deletionProtection", "pass"), isTrue("settings.deletionProtectionEnabled"))),
  ),
);

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
