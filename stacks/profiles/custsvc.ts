import type { Profile } from ".";

/** customer-service (S3): a standby and a replica of the database, connections through a proxy. */
export const custsvc: Profile = {
  regions: { aws: "us-east-1" },
  settings: {
    workload: { port: 8080 },
    database: { name: "customers", readReplicas: 1, pooling: true },
    backup: { retentionDays: 30 },
    // "Recovers in under 15 minutes" (D1).
    dr: { rtoMinutes: 15, rpoMinutes: 60 },
  },
};
