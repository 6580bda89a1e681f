import type { Profile } from ".";

/** Diet Game (S2): ten thousand users at once, read replicas and pooling, backups for 30 days. */
export const dietgame: Profile = {
  regions: { aws: "us-east-1", gcp: "us-central1" },
  settings: {
    workload: { port: 8080 },
    database: { readReplicas: 1, pooling: true, maxConnections: 500 },
    backup: { retentionDays: 30 },
    // Its five minutes are for the loss of an instance or zone, which the zones keep (DR-07); this is for that of a region.
    dr: { rtoMinutes: 15, rpoMinutes: 60 },
  },
};
