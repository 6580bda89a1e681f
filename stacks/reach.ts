import type { Cloud } from "../components/cloud";

/** DR-10; `hot` (both sites serving) is not offered: one writable PostgreSQL is in one place. */
export const recoveryModes = ["backup-restore", "pilot-light", "warm-standby"] as const;
export type RecoveryMode = (typeof recoveryModes)[number];

/** What a mechanism can honestly keep after the loss of a region, minutes: the slow end of each estimate. */
export interface Reach {
  readonly rtoMinutes: number;
  readonly rpoMinutes: number;
  /** By what, for the message that refuses a promise. */
  readonly by: string;
}

// requirements.md section 2, "Recovery mechanisms and what they can honestly reach". Estimates, until drills replace them.
const restored: Readonly<Record<Cloud, number>> = {
  // Transaction logs follow every few minutes, snapshots as they are made.
  aws: 60,
  // https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-backup-restore: an hour behind at most.
  azure: 60,
  // Cloud SQL keeps transaction logs in the instance's region alone: another one has the daily backups.
  gcp: 1440,
};

const promoted = { "pilot-light": 60, "warm-standby": 15 } as const;

/** Copies go to another cloud as dumps, every hour (F13): they are restored, whatever else runs there already. */
const acrossClouds: Readonly<Record<RecoveryMode, number>> = {
  "backup-restore": 360,
  "pilot-light": 300,
  "warm-standby": 240,
};

export interface Means {
  /** Copies and standby are on another cloud. */
  readonly across: boolean;
  /** Hourly dumps are copied to the other region as well. */
  readonly dumps: boolean;
  /** The cloud copies the database's backups to the other region. */
  readonly copied: boolean;
}

export function reachOf(cloud: Cloud, mode: RecoveryMode, { across, dumps, copied }: Means): Reach {
  if (across) return { rtoMinutes: acrossClouds[mode], rpoMinutes: 60, by: "an hourly copy of dumps on another cloud" };
  if (mode === "backup-restore") {
    // With neither, nothing of the database gets there.
    const rpoMinutes = Math.min(dumps ? 60 : Infinity, copied ? restored[cloud] : Infinity);
    return { rtoMinutes: 240, rpoMinutes, by: "backups that are copied to another region and restored there" };
  }
  return { rtoMinutes: promoted[mode], rpoMinutes: 5, by: `a replica in another region, promoted (${mode})` };
}

/** DR-10: the cheapest mode that keeps the promise. */
export const modeFor = (rtoMinutes: number): RecoveryMode =>
  rtoMinutes >= 240 ? "backup-restore" : rtoMinutes >= 60 ? "pilot-light" : "warm-standby";
