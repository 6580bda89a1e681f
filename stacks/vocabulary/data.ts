import { cacheModes, evictions, weekdays } from "../../components/cache";
import { cacheRanges } from "../../components/cache/check";
import { databaseRanges } from "../../components/database/check";
import { sizes } from "../../components/size";
import { storageRanges } from "../../components/storage/check";
import * as standards from "../../policies/standards";
import { block, choice, flag, text, version, whole } from "../fields";

// What holds data: database, cache, stores, backups.

export const passwordSources = ["generated", "config"] as const;

const engineVersion = version(
  standards.postgresVersions,
  standards.postgresVersion,
  "PostgreSQL major (DB-10). A change upgrades in place where the cloud can.",
  ", the majors in community support (F6)",
);

const identifier = /^[a-z][a-z0-9_]{0,62}$/;
const identifierAllowed = "lower case letters, digits and _, a letter first, 63 characters at most";
export const database = block("Managed PostgreSQL (DB).", {
  engineVersion,
  size: choice(sizes, "Machine class; each cloud's file maps it to a real one (DB-16).", "medium"),
  ha: flag("A standby in another zone with automatic failover (DB-02)."),
  readReplicas: whole(databaseRanges.readReplicas, "", "Replicas for reading, in the same region (DB-03)."),
  pooling: flag(
    "Connection pooling by the cloud's own means (DB-11): RDS Proxy, PgBouncer, Cloud SQL's managed pools.",
  ),
  storageGb: whole(databaseRanges.storageGb, "GiB", "Storage at the start."),
  maxStorageGb: whole(databaseRanges.maxStorageGb, "GiB", "Storage grows by itself up to here (DB-16).", 128),
  slowQueryMs: whole(databaseRanges.slowQueryMs, "ms", "Statements slower than this are logged (DB-12).", 1000),
  maxConnections: whole(databaseRanges.maxConnections, "", "Ceiling of connections (DB-13).", 200),
  name: text(identifier, identifierAllowed, "app", "Database that is made (DB-08)."),
  user: text(identifier, identifierAllowed, "appadmin", "Administrator that is made (DB-08)."),
  passwordSource: choice(
    passwordSources,
    "Where the administrator's password comes from: made here, or the secret setting databasePassword (to move a database in). " +
      "Either way it lives in the cloud's secret store.",
  ),
  logRetentionDays: whole(databaseRanges.logRetentionDays, "days", "How long exported logs are kept (DB-14).", 90),
  dataClass: choice(standards.dataClasses, "Data class of the content (TAG-04).", "sensitive"),
});

export const storage = block("Object stores by purpose (STO).", {
  uploads: flag("Make a store for what users send (STO-01)."),
  assets: flag("Make a store for static files (STO-02)."),
  backups: flag("Make a write-once store for backups (STO-03, STO-15)."),
  archiveAfterDays: whole(
    storageRanges.archiveAfterDays,
    "days",
    "Uploads and backups move to the archive class (STO-09).",
    90,
  ),
  softDeleteDays: whole(
    storageRanges.softDeleteDays,
    "days",
    "Replaced and deleted versions are kept; Google Cloud: 90 at most.",
    30,
  ),
  immutableDays: whole(
    storageRanges.immutableDays,
    "days",
    "Nobody can change or delete a backup for so long (STO-15); 0 only where safeguards.disposable is true.",
    30,
  ),
  logRetentionDays: whole(storageRanges.logRetentionDays, "days", "How long access logs are kept (STO-13).", 90),
});

export const backup = block("Backups of the database (BAK).", {
  schedule: text(
    /^0 ([01]?\d|2[0-3]) \* \* \*$/,
    'once a day on the hour, as cron in UTC: "0 0 * * *"',
    "'0 0 * * *'",
    "When the daily backup starts, UTC (BAK-01). Azure chooses its own time (F7).",
  ),
  retentionDays: whole(databaseRanges.backupRetentionDays, "days", "How long daily backups are kept (BAK-02).", 30),
  pitrDays: whole(
    databaseRanges.pitrDays,
    "days",
    "Recovery to any point in the last so many days (BAK-03); at most retentionDays, on Google Cloud at most 7 (F8).",
    7,
  ),
  offRegion: flag(
    "The cloud copies backups of the database to dr.region (BAK-06). Azure only copies to a region's partner, and decides it when " +
      "the server is made.",
  ),
  dumps: flag(
    "Logical dumps beside the cloud's own backups, by a job in the cluster (BAK-01, BAK-05, F7); true where Pulumi reaches " +
      "the API server (compute.deployFrom, compute.apiAllowList).",
  ),
});

export const cache = block("Managed Redis or Valkey (CACHE).", {
  enabled: flag("Make a cache (CACHE-02)."),
  mode: choice(
    cacheModes,
    "replicated: one primary and its replicas behind one address. sharded: keys over several shards (CACHE-03). A change " +
      "makes a new cache.",
  ),
  shards: whole(cacheRanges.shards, "", "Shards in sharded mode (CACHE-03).", 3),
  size: choice(sizes, "Node class; each cloud's file maps it to a real one (CACHE-10).", "medium"),
  ha: flag("A replica in another zone with automatic failover (CACHE-08)."),
  eviction: choice(evictions, "What goes when memory is full (CACHE-09).", "volatile-lru"),
  snapshots: flag("A snapshot a day."),
  maintenanceDay: choice(weekdays, "Day of the maintenance window.", "sunday"),
  maintenanceHour: whole(cacheRanges.maintenanceHour, "UTC", "Hour that the maintenance window starts at.", 3),
  logRetentionDays: whole(cacheRanges.logRetentionDays, "days", "How long exported logs are kept.", 90),
  dataClass: choice(standards.dataClasses, "Data class of the content (TAG-04).", "sensitive"),
});
