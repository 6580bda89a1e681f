import type { sql } from "@pulumi/gcp/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { CompleteDatabaseArgs } from ".";
import { machineOf } from "./gcp-machine";

type Settings = sql.DatabaseInstanceSettings;
type Args = Omit<CompleteDatabaseArgs, "site" | "network" | "keys" | "copies">;

/** What settings take from the site beside the arguments. */
export interface Place {
  /** Region that backups lie in. */
  readonly backupRegion: string;
  readonly network: pulumi.Input<string>;
  readonly labels: Record<string, string>;
  readonly deletionProtection: boolean;
  readonly disposable: boolean;
}

/** Parameters of the server (DB-06, DB-12, DB-13, DB-14); CIS Google Cloud benchmark, chapter 6.2. */
export const databaseFlags = ({ slowQueryMs, maxConnections }: Pick<Args, "slowQueryMs" | "maxConnections">) =>
  Object.entries({
    "cloudsql.enable_pgaudit": "on",
    "cloudsql.iam_authentication": "on",
    log_checkpoints: "on",
    log_connections: "on",
    log_disconnections: "on",
    log_lock_waits: "on",
    log_min_duration_statement: String(slowQueryMs),
    log_min_error_statement: "error",
    log_min_messages: "warning",
    log_statement: "ddl",
    log_temp_files: "0",
    max_connections: String(maxConnections),
    "pgaudit.log": "ddl,role",
  }).map(([name, value]) => ({ name, value }));

/** What a primary and its replicas have in common. */
export function sharedSettings(args: Args, place: Place): Settings {
  return {
    ...machineOf(args),
    activationPolicy: "ALWAYS",
    diskType: "PD_SSD",
    // The provider never shrinks a disk that has grown by itself, so the size at the start may stay written here.
    diskSize: args.storageGb,
    diskAutoresize: true,
    diskAutoresizeLimit: args.maxStorageGb,
    databaseFlags: databaseFlags(args),
    ipConfiguration: {
      ipv4Enabled: false,
      privateNetwork: place.network,
      // Client certificates (TRUSTED_CLIENT_CERTIFICATE_REQUIRED) would lock out every client that has only a password;
      // the server's own certificate comes from the region's shared authority, so that clients check it with one bundle.
      sslMode: "ENCRYPTED_ONLY",
      serverCaMode: "GOOGLE_MANAGED_CAS_CA",
    },
    insightsConfig: {
      queryInsightsEnabled: true,
      queryPlansPerMinute: 5,
      queryStringLength: 1024,
      recordApplicationTags: true,
      // Addresses of clients are personal data.
      recordClientAddress: false,
    },
    ...(args.pooling ? { connectionPoolConfigs: [{ connectionPoolingEnabled: true }] } : {}),
    deletionProtectionEnabled: place.deletionProtection,
    userLabels: place.labels,
  };
}

/** Backups, standby and password rules belong to the primary alone. */
export function primarySettings(args: Args, place: Place): Settings {
  return {
    ...sharedSettings(args, place),
    availabilityType: args.ha ? "REGIONAL" : "ZONAL",
    backupConfiguration: {
      enabled: true,
      // BAK-01: start of a window of four hours (F7).
      startTime: `${String(args.backupHour).padStart(2, "0")}:00`,
      // Left out, backups go to the nearest multi-region, out of the site. There is one place for them: with a copy
      // wanted elsewhere they lie there, while the instance itself keeps what point-in-time recovery needs (BAK-06).
      location: place.backupRegion,
      pointInTimeRecoveryEnabled: true,
      transactionLogRetentionDays: args.pitrDays,
      // One backup a day: a count is a number of days (BAK-02).
      backupRetentionSettings: { retainedBackups: args.backupRetentionDays, retentionUnit: "COUNT" },
    },
    // A last backup, and those taken before, outlive the instance (DB-18).
    finalBackupConfig: place.disposable
      ? { enabled: false }
      : { enabled: true, retentionDays: args.backupRetentionDays },
    retainBackupsOnDelete: !place.disposable,
    maintenanceWindow: { day: 7, hour: (args.backupHour + 4) % 24, updateTrack: "stable" },
    passwordValidationPolicy: {
      enablePasswordPolicy: true,
      minLength: 16,
      complexity: "COMPLEXITY_DEFAULT",
      disallowUsernameSubstring: true,
      reuseInterval: 5,
    },
  };
}

/** A replica follows its primary: no standby, no backups of its own. */
export const replicaSettings = (args: Args, place: Place): Settings => ({
  ...sharedSettings(args, place),
  availabilityType: "ZONAL",
});
