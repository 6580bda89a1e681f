import type { Profile } from ".";

/** The generic document (S4). Its PostgreSQL 13 is out of support (F6), its literal user and password are refused (DB-08). */
export const generic: Profile = {
  regions: { aws: "us-west-2" },
  settings: {
    network: { egress: "open" },
    workload: { port: 80 },
    keys: { rotationDays: 30 },
    database: { slowQueryMs: 1000, maxConnections: 200 },
    backup: { schedule: "0 0 * * *", retentionDays: 30 },
    dr: { rtoMinutes: 240, rpoMinutes: 60 },
  },
};
