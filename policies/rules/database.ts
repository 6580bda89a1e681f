// DB, BAK, HA: databases are backed up, doubled and guarded.

import { all, any, atLeast, equals, fail, isFalse, isTrue, oneOf, pass, unknown } from "../judge";
import { guarded } from "../locks";
import { lasting, ownStorage, primary } from "../primaries";
import { list } from "../read";
import { type Context, type Judge, relaxed, rule } from "../rule";
import { backupRetentionDays, pitrDays } from "../standards";
import { aws, awsGraph, azure, azureGraph, gcp, token } from "../tokens";

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

export const deletionGuard = rule(
  "resilience-database-deletion-protection",
  aws("rds.Instance", ownStorage(lasting(isTrue("deletionProtection")))),
  aws("rds.Instance", ownStorage(primary("aws", lasting(isFalse("skipFinalSnapshot", "pass"))))),
  aws(
    "rds.Cluster, docdb.Cluster, neptune.Cluster",
    lasting(all(isTrue("deletionProtection"), isFalse("skipFinalSnapshot", "pass"))),
  ),
  aws("dynamodb.Table", lasting(isTrue("deletionProtectionEnabled"))),
  // Azure has no such switch on the server.
  azureGraph("dbforpostgresql.Server, dbformysql.Server", primary("azure", lasting(guarded))),
  gcp(
    "sql.DatabaseInstance",
    lasting(all(isTrue("deletionProtection", "pass"), isTrue("settings.deletionProtectionEnabled"))),
  ),
);
