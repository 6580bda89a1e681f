import * as standards from "../policies/standards";
import type { Layer } from "./vocabulary";

/** What holds when neither profile, environment nor stack file says anything: the safe side of every choice. */
export const defaults = {
  safeguards: { deletionProtection: true, disposable: false },
  network: {
    cidr: "10.20.0.0/16",
    zones: 3,
    natPerZone: true,
    egress: "web",
    flowLogRetentionDays: standards.flowLogRetentionDays,
  },
  workload: { port: 8080 },
  keys: { rotationDays: standards.keyRotationDays, deletionWindowDays: standards.keyDeletionWindowDays },
  database: {
    engineVersion: standards.postgresVersion,
    size: "medium",
    ha: true,
    readReplicas: 0,
    pooling: false,
    storageGb: 32,
    slowQueryMs: 1000,
    maxConnections: 200,
    name: "app",
    user: "appadmin",
    passwordSource: "generated",
    logRetentionDays: standards.accessLogRetentionDays,
    dataClass: "sensitive",
  },
  storage: {
    uploads: true,
    assets: true,
    backups: true,
    archiveAfterDays: 90,
    softDeleteDays: standards.softDeleteDays,
    immutableDays: standards.backupRetentionDays,
    logRetentionDays: standards.accessLogRetentionDays,
  },
  backup: {
    schedule: "0 0 * * *",
    retentionDays: standards.backupRetentionDays,
    pitrDays: standards.pitrDays,
  },
} as const satisfies Layer;
