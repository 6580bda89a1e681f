// Settings that contradict each other.
import type { FileCase } from "./case";

const edge = { dns: { domain: "prod.goodies.example" } };

export const together: readonly FileCase[] = [
  [
    "recovery to before the oldest backup",
    { backup: { retentionDays: 7, pitrDays: 14 } },
    "backup.pitrDays",
    /retentionDays \(7\) at most/,
  ],
  [
    "a ceiling of storage below its start",
    { database: { storageGb: 200, maxStorageGb: 100 } },
    "database.maxStorageGb",
    /use 220 or more/,
  ],
  [
    "more nodes at least than at most",
    { compute: { nodes: { min: 5, max: 3 } } },
    "compute.nodes.max",
    /use 5 \(its min\) or more/,
  ],
  [
    "more spot nodes at least than at most",
    { compute: { spotPool: { enabled: true, min: 6, max: 5 } } },
    "compute.spotPool.max",
    /use 6/,
  ],
  [
    "system nodes that may be none",
    { compute: { systemNodes: { min: 0 } } },
    "compute.systemNodes.min",
    /use 1 or more/,
  ],
  [
    "a lock longer than what it locks is kept",
    { audit: { lockDays: 400 } },
    "audit.lockDays",
    /use 365 \(retentionDays\) or less/,
  ],
  [
    "records that nothing locks, in prod",
    { audit: { lockDays: 0 } },
    "audit.lockDays",
    /only where the site is disposable/,
  ],
  ["backups that nothing locks, in prod", { storage: { immutableDays: 0 } }, "storage.immutableDays", /disposable/],
  [
    "no stores at all",
    { storage: { uploads: false, assets: false, backups: false } },
    "storage.uploads",
    /one or more/,
  ],
  [
    "dumps without a store for them",
    { storage: { backups: false }, backup: { dumps: true } },
    "storage.backups",
    /set it to true/,
  ],
  ["a CDN without a name", { cdn: { enabled: true } }, "cdn.enabled", /set dns\.domain as well/],
  ["a zone without a domain", { dns: { existingZone: "Z0123456789ABCDEFGHIJ" } }, "dns.existingZone", /dns\.domain/],
  ["certificates without a domain", { tls: { issuer: "letsencrypt" } }, "tls.issuer", /dns\.domain/],
  [
    "a CDN of assets that aren't made",
    { ...edge, storage: { assets: false } },
    "storage.assets",
    /the CDN serves that store/,
  ],
  ["a CDN at the host of its own origin", { ...edge, cdn: { host: "origin" } }, "cdn.host", /use another host/],
  [
    "a password that nobody asked for",
    { databasePassword: "Correct-Horse-77" },
    "databasePassword",
    /would not be used/,
  ],
  ["a password that is missing", { database: { passwordSource: "config" } }, "databasePassword", /missing/],
  [
    "a password in plain text",
    { database: { passwordSource: "config" }, databasePassword: "Correct-Horse-77" },
    "databasePassword",
    /stands in plain text/,
  ],
];
