import * as standards from "../../policies/standards";
import type { Cloud, PerCloud } from "../cloud";
import { type Mistake, outside, refuse, show, workspaceRetentionMistakes } from "../mistake";
import { nameMistake } from "../naming";
import type { NamingRule } from "../naming/rule";
import { partnerOf } from "../site/azure-partner";
import { elsewhereMistakes } from "../site/check";
import type { Size } from "../size";
import type { CompleteDatabaseArgs } from ".";

/** Bounds of the numbers, inclusive; what they mean is in DatabaseArgs. */
export const databaseRanges = {
  readReplicas: [0, 5],
  storageGb: [32, 16384],
  maxStorageGb: [32, 65536],
  // Azure starts at 7; RDS and Azure stop at 35 (F8).
  backupRetentionDays: [7, 35],
  pitrDays: [1, 35],
  backupHour: [0, 23],
  slowQueryMs: [1, 600_000],
  // Azure's bounds of max_connections; the other clouds' are wider.
  maxConnections: [25, 5000],
  logRetentionDays: [1, 3653],
} as const;

const identifier: NamingRule = {
  min: 1,
  max: 63,
  alphabet: "a-z0-9_",
  first: "a-z",
  last: "a-z0-9_",
  separator: "_",
  scope: "parent",
  source: "https://www.postgresql.org/docs/current/sql-syntax-lexical.html",
};
/** Names that PostgreSQL or a cloud keeps for itself. Users: RDS, flexible server (prefixes pg_, azure_), Cloud SQL. */
const reservedUsers =
  /^(admin|administrator|root|guest|public|user|postgres|replication|rdsadmin|rds_.*|pg_.*|azure_.*|cloudsql.*)$/;
const reservedDatabases =
  /^(postgres|template[01]|rdsadmin|azure_.*|cloudsqladmin|user|table|all|default|select|create|order|group|where|from|grant)$/;

/** What of a database can be judged without its site and network: settings judge the same before anything is registered. */
export type DatabaseChoice = Omit<CompleteDatabaseArgs, "site" | "network" | "keys" | "password">;

/** Refuses, with pulumi.RunError, what the clouds would refuse later: field, value, remedy. */
export function checkDatabase(name: string, args: CompleteDatabaseArgs): void {
  refuse("Database", name, [...databaseMistakes(args.site.cloud, args), ...copiesMistakes(args)]);
}

/** Flexible server copies backups to its region's partner, and takes a key of that region only (BAK-06). */
function copiesMistakes({ site, copies }: CompleteDatabaseArgs): Mistake[] {
  const wrong = elsewhereMistakes("copies.site", site, copies?.site);
  if (site.cloud !== "azure" || !copies || wrong.length > 0) return wrong;
  const partner = partnerOf(site.region);
  if (copies.site.region === partner) return [];
  const remedy = partner
    ? `Azure copies backups of ${site.region} to ${partner} only: name a site there, or leave copies out and keep a replica`
    : `Azure has no partner region for ${site.region}: leave copies out and keep a replica`;
  return [{ field: "copies.site.region", value: copies.site.region, remedy }];
}

/** The figures that a replica takes over from its source. */
export type SourceFigures = Pick<
  DatabaseChoice,
  "engineVersion" | "storageGb" | "maxStorageGb" | "maxConnections" | "backupRetentionDays" | "pitrDays"
>;

export function figureMistakes(cloud: Cloud, figures: SourceFigures): Mistake[] {
  return [...versionMistakes(figures), ...storageMistakes(figures), ...recoveryMistakes(cloud, figures)];
}

export function databaseMistakes(cloud: Cloud, choice: DatabaseChoice): Mistake[] {
  return [
    ...outside(databaseRanges, choice),
    ...figureMistakes(cloud, choice),
    ...burstableMistakes(cloud, choice),
    ...replicaMistakes(cloud, choice),
    ...sharedCoreMistakes(cloud, choice),
    ...workspaceRetentionMistakes(cloud, "logRetentionDays", choice.logRetentionDays),
    ...identifierMistakes("databaseName", choice.databaseName, reservedDatabases),
    ...identifierMistakes("user", choice.user, reservedUsers),
  ];
}

/** A PostgreSQL major that isn't in support. */
export function versionMistakes({ engineVersion }: Pick<DatabaseChoice, "engineVersion">): Mistake[] {
  const versions: readonly string[] = standards.postgresVersions;
  if (versions.includes(engineVersion)) return [];
  const remedy = `use a PostgreSQL major in support, as text: ${versions.map(show).join(", ")} (F6)`;
  return [{ field: "engineVersion", value: engineVersion, remedy }];
}

/** RDS grows storage only where the ceiling is a tenth above the start. */
function storageMistakes({ storageGb, maxStorageGb }: Pick<DatabaseChoice, "storageGb" | "maxStorageGb">): Mistake[] {
  const least = Math.ceil((storageGb * 11) / 10);
  if (maxStorageGb >= least) return [];
  const remedy = `use ${least} or more, a tenth above storageGb (${storageGb})`;
  return [{ field: "maxStorageGb", value: maxStorageGb, remedy }];
}

/** Cloud SQL keeps write-ahead logs for 7 days on the Enterprise edition (F8). */
function recoveryMistakes(
  cloud: Cloud,
  { pitrDays, backupRetentionDays }: Pick<DatabaseChoice, "pitrDays" | "backupRetentionDays">,
): Mistake[] {
  const field = "pitrDays";
  const longer = { field, value: pitrDays, remedy: `use backupRetentionDays (${backupRetentionDays}) at most` };
  const tooLong = { field, value: pitrDays, remedy: "Cloud SQL recovers to a point in the last 7 days at most (F8)" };
  return [...(pitrDays > backupRetentionDays ? [longer] : []), ...(cloud === "gcp" && pitrDays > 7 ? [tooLong] : [])];
}

/** Classes of flexible server that have neither standby nor replicas nor PgBouncer. */
const burstable = (cloud: Cloud, size: Size) => cloud === "azure" && size === "tiny";
const burstableWords = 'Azure\'s "tiny" class is burstable and has none: use size "small" or larger';

/** https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-limits */
function burstableMistakes(cloud: Cloud, { size, ha, pooling }: DatabaseChoice): Mistake[] {
  if (!burstable(cloud, size)) return [];
  return Object.entries({ ha, pooling })
    .filter(([, value]) => value)
    .map(([field, value]) => ({ field, value, remedy: burstableWords }));
}

/**
 * Replicas that a server has at most, wherever they stand.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PostgreSQL.Replication.ReadReplicas.html
 * https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-read-replicas
 * https://cloud.google.com/sql/docs/postgres/replication
 */
const mostReplicas: PerCloud<number> = { aws: 15, azure: 5, gcp: 10 };

/**
 * What keeps a server from having its replicas.
 * @param elsewhere what has one more in another region, as a message calls it. @default nothing
 */
export function replicaMistakes(
  cloud: Cloud,
  { size, readReplicas }: Pick<DatabaseChoice, "size" | "readReplicas">,
  elsewhere?: string,
): Mistake[] {
  const also = elsewhere === undefined ? "" : `, and ${elsewhere} keeps one in another region`;
  const field = "readReplicas";
  if (burstable(cloud, size) && readReplicas > 0) return [{ field, value: readReplicas, remedy: burstableWords }];
  if (burstable(cloud, size) && elsewhere !== undefined)
    return [
      { field: "size", value: size, remedy: `Azure's burstable class has no replicas${also}: use "small" or larger` },
    ];
  const most = mostReplicas[cloud] - (elsewhere === undefined ? 0 : 1);
  if (readReplicas <= most) return [];
  const remedy = `a server has ${mostReplicas[cloud]} replicas at most on ${cloud}${also}: use ${most} or fewer`;
  return [{ field, value: readReplicas, remedy }];
}

/**
 * What Cloud SQL stores at most on a shared core, which "tiny" is without pooling.
 * https://cloud.google.com/sql/docs/postgres/quotas#storage_limits
 */
const sharedCoreGb = 3054;

function sharedCoreMistakes(cloud: Cloud, { size, pooling, storageGb }: DatabaseChoice): Mistake[] {
  if (cloud !== "gcp" || size !== "tiny" || pooling || storageGb <= sharedCoreGb) return [];
  const remedy = `Cloud SQL's "tiny" class has a shared core, which takes ${sharedCoreGb} GB at most: use less, or size "small" or larger`;
  return [{ field: "storageGb", value: storageGb, remedy }];
}

function identifierMistakes(field: string, value: string, reserved: RegExp): Mistake[] {
  const wrong = nameMistake(identifier, value) ?? (reserved.test(value) ? "it is reserved by a cloud" : undefined);
  return wrong ? [{ field, value, remedy: `${wrong}; use lower case letters, digits and _` }] : [];
}
