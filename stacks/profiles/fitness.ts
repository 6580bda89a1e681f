import type { Profile } from ".";

/** DoD Fitness App backend (S0): read replicas for speed and failover, regulated data. */
export const fitness: Profile = {
  regions: { aws: "us-east-1", azure: "eastus" },
  settings: {
    workload: { port: 8080 },
    database: { readReplicas: 1, dataClass: "regulated" },
    backup: { retentionDays: 30 },
    // S0 gives no number; as its analyst proposes.
    dr: { rtoMinutes: 60, rpoMinutes: 60 },
  },
};
