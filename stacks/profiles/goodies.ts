import type { Profile } from ".";

/** The Goodies platform (S1): the same application on any of the three clouds, point-in-time recovery over 7 days. */
export const goodies: Profile = {
  regions: { aws: "us-east-1", azure: "eastus", gcp: "us-central1" },
  settings: {
    workload: { port: 8080 },
    database: { name: "goodies" },
    backup: { pitrDays: 7 },
    dr: { rtoMinutes: 60, rpoMinutes: 15 },
  },
};
