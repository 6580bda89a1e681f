import { z } from "zod";
import { clouds } from "../components/cloud";
import { databaseRanges } from "../components/database/check";
import { networkRanges } from "../components/network/check";
import { environments } from "../components/site";
import { sizes } from "../components/size";
import { storageRanges } from "../components/storage/check";
import * as standards from "../policies/standards";
import { existing } from "./existing-network";
import { block, choice, digits, fields, flag, record, text, whole } from "./fields";

// The vocabulary of a stack file: every key, what it means, what it allows. settings.ts reads by it; schema.json, the
// reference page and the report of mistakes are made from it. A key that isn't here is refused.

export const apps = ["fitness", "goodies", "dietgame", "custsvc", "generic", "custom"] as const;
export const passwordSources = ["generated", "config"] as const;

const majors = standards.postgresVersions;
const engineVersion = z.union([z.enum(majors), z.literal(majors.map(Number))]).register(fields, {
  description: "PostgreSQL major (DB-10). A change upgrades in place where the cloud can.",
  allowed: `one of ${majors.join(", ")}, the majors in community support (F6)`,
  example: standards.postgresVersion,
  words: majors,
});

const zones = z.union([z.int().min(1).max(8), z.array(z.string().min(1)).min(1).max(8)]).register(fields, {
  description:
    "Zones that the subnets lie in (NET-05): how many, or which by name. A region that Trifold doesn't know needs names. " +
    "AWS needs two, staging and production too.",
  allowed: "a whole number from 1 to 8, or a list of zone names",
  example: "3",
});

const network = block("The private network (NET).", {
  cidr: text(
    /^[\d./]+$/,
    "an IPv4 range inside 10.0.0.0/8, /16 to /20",
    "10.20.0.0/16",
    "Address range, inside 10.0.0.0/8 and no other stack's (NET-13), /16 to /20.",
  ),
  zones,
  natPerZone: flag("A NAT in each zone survives the loss of a zone; a single one costs less (NET-04)."),
  egress: choice(
    ["web", "open"],
    "Ways out of the private tier: web is 443, 80, DNS and NTP; open is every port (NET-09).",
  ),
  flowLogRetentionDays: whole(networkRanges.flowLogRetentionDays, "days", "How long flow logs are kept (NET-14).", 90),
  existing: existing.optional(),
});

const identifier = /^[a-z][a-z0-9_]{0,62}$/;
const identifierAllowed = "lower case letters, digits and _, a letter first, 63 characters at most";
const database = block("Managed PostgreSQL (DB).", {
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

const storage = block("Object stores by purpose (STO).", {
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

const days = (low: number, high: number) => [low, high] as const;
const backup = block("Backups of the database (BAK).", {
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
});

const tagsBlock = record("What every resource is tagged with (TAG-01), beside its name, application and environment.", {
  owner: text(
    /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
    "an e-mail address",
    "team@example.com",
    "Who answers for the platform, as an address (TAG-02).",
  ),
  costCentre: digits(/^[A-Za-z0-9-]{1,32}$/, "letters, digits and -", "1001", "Who pays."),
  extra: z
    .record(z.string(), z.string())
    .register(fields, {
      description: "More tags: keys in kebab-case, which each cloud's own spelling is made from (F10).",
      allowed: "a map from kebab-case keys to text",
      example: "{ team: core }",
    })
    .optional(),
});

/** A stack file's settings as they are written; everything but what names the place and its owner has a default. */
export const stackSchema = z.strictObject({
  app: choice(
    apps,
    "Application profile: sets the defaults that the system was designed with; custom sets none (ARC-08).",
    "generic",
  ),
  name: text(
    /^(?=.{1,30}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    "lower case letters, digits and single -, a letter first, 30 characters at most",
    "goodies",
    "First part of every physical name. Changing it makes everything anew.",
  ).optional(),
  environment: choice(environments, "Which environment the stack is (ENV-01); sets sizes and redundancy."),
  cloud: choice(clouds, "Cloud that the platform stands on (ARC-03)."),
  region: text(
    /^[a-z0-9-]+$/,
    "a region of the stack's cloud, by the cloud's own name",
    "us-east-1",
    "Region, by the cloud's own name.",
  ).optional(),
  account: block(
    "The account that the stack may touch: the provider refuses every other one. What is left out comes from your login.",
    {
      aws: digits(/^\d{12}$/, "an AWS account id of 12 digits", "123456789012", "AWS account id."),
      azure: text(
        /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
        "an Azure subscription id (UUID)",
        "00000000-0000-0000-0000-000000000000",
        "Azure subscription id.",
      ),
      gcp: text(
        /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
        "a Google Cloud project id",
        "my-project",
        "Google Cloud project id.",
      ),
    },
  ).optional(),
  tags: tagsBlock,
  safeguards: block("How hard it is to lose something by mistake.", {
    deletionProtection: flag("Pulumi's protect and the cloud's own deletion protection on what holds data (DB-18)."),
    disposable: flag("destroy may take buckets with their content and databases without a last snapshot."),
  }).optional(),
  network: network.optional(),
  workload: block("The application.", {
    port: whole(
      networkRanges.appPort,
      "",
      "Port that it listens on; opened from the public to the private tier (NET-06).",
      8080,
    ),
  }).optional(),
  keys: block("Customer-managed keys, one a purpose (SEC-01).", {
    rotationDays: whole(
      days(1, 2560),
      "days",
      "Days between rotations (SEC-02); raised to the cloud's floor: AWS 90, Azure 7 (F1).",
      30,
    ),
    deletionWindowDays: whole(days(7, 30), "days", "A deleted key can be saved for so long.", 30),
  }).optional(),
  database: database.optional(),
  storage: storage.optional(),
  backup: backup.optional(),
  databasePassword: z
    .string()
    .register(fields, {
      description:
        "Administrator's password where database.passwordSource is config. Secret: pulumi config set --secret.",
      allowed: "16 to 128 letters, digits and marks, three kinds of them, without space, quotes, / and @",
      example: "--secret",
    })
    .optional(),
});

export type StackFile = z.infer<typeof stackSchema>;
type Partly<T> = T extends readonly unknown[] ? T : T extends object ? { readonly [K in keyof T]?: Partly<T[K]> } : T;
/** One layer of settings: any part of a stack file. */
export type Layer = Partly<StackFile>;
