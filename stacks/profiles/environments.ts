import type { Environment } from "../../components/site";
import type { Layer } from "../vocabulary";

// What an environment changes of an application's settings. The same parts everywhere (ENV-02): only sizes, numbers
// and redundancy differ.

/** Minimal and disposable (ENV-03). Two zones, since an RDS subnet group spans two whatever the database does. */
const minimal: Layer = {
  safeguards: { deletionProtection: false, disposable: true },
  network: { zones: 2, natPerZone: false },
  database: { size: "tiny", ha: false, readReplicas: 0, pooling: false },
  backup: { retentionDays: 7, pitrDays: 7 },
  storage: { immutableDays: 0 },
  compute: { nodes: { size: "small", min: 1, max: 3 }, systemNodes: { size: "small", min: 1, max: 3 } },
  cache: { size: "tiny", ha: false, snapshots: false },
  cdn: { coverage: "near" },
  audit: { lockDays: 0 },
};

export const environmentLayers: Readonly<Record<Environment, Layer>> = {
  dev: minimal,
  preview: minimal,
  /** Production, scaled down: a small database with a replica (ENV-04). */
  staging: {
    network: { zones: 2 },
    database: { size: "small", readReplicas: 1 },
    compute: { nodes: { size: "small", min: 2, max: 5 } },
    cache: { size: "small" },
  },
  /** Full scale over three zones (ENV-05). */
  prod: { network: { zones: 3, natPerZone: true }, database: { ha: true } },
  /** A second production that waits (ENV-06). */
  dr: { network: { zones: 3, natPerZone: true }, database: { ha: true } },
};
