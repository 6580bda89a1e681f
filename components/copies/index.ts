import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import { accept, type Kinds, number, text, the } from "../accept";
import type { PerCloud } from "../cloud";
import type { Cluster } from "../cluster";
import { insideOptions } from "../cluster/inside";
import type { Database } from "../database";
import type { Keys } from "../keys";
import type { Network } from "../network";
import type { Site } from "../site";
import type { Storage } from "../storage";
import { type Stores, storesKind } from "../storage/replication";
import { buildCopies } from "./build";
import { checkCopies } from "./check";

export interface CopiesArgs {
  readonly site: Site;
  readonly network: Network;
  /** Where the jobs run. */
  readonly cluster: Cluster;
  readonly database: Database;
  /** Its `backups` store takes the dumps; write-once, archived, under the `backups` key. */
  readonly storage: Storage;
  /** Uses `backups` and `secrets`. */
  readonly keys: Keys;
  /** A site on another cloud whose `backups` store takes every dump too (STO-12, BAK-13). @default none */
  readonly target?: Stores;
  /** Data that may be lost, minutes: below a day's 1440 dumps are made every hour, else every day (F13). 1 or more. @default 1440 */
  readonly rpoMinutes?: number;
  /** Cron schedule of the dumps, UTC, five fields. @default "0 * * * *" or "0 0 * * *" by rpoMinutes (BAK-01) */
  readonly schedule?: string;
  /** The server's PostgreSQL major: dumps are made by the same. @default standards.postgresVersion */
  readonly engineVersion?: string;
  /** Room for one dump on its way, GiB; dumps are compressed. 1 to 4096. @default 20; 12 on Google Cloud */
  readonly workGb?: number;
}

/**
 * What a node of the default size, 50 GiB, has for pods beside the system's own. GKE keeps 6 GiB and 35 % of a boot disk for
 * itself and a tenth free, which with the image leaves some 16.
 * https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes#local_ephemeral_storage_reservation
 */
const rooms: PerCloud<number> = { aws: 20, azure: 20, gcp: 12 };

export interface CopiesOutputs {
  /** Folder of the backups store that dumps go into, on both sides. */
  readonly prefix: string;
  readonly schedule: string;
  /** Identity that writes into the target: role ARN, client id, workload principal; empty without a target. */
  readonly targetIdentity: pulumi.Output<string>;
}

export type CompleteCopiesArgs = Required<Omit<CopiesArgs, "target">> & Pick<CopiesArgs, "target">;

const copiesKinds: Kinds<CopiesArgs> = {
  site: the("site:Site"),
  network: the("network:Network"),
  cluster: the("cluster:Cluster"),
  database: the("database:Database"),
  storage: the("storage:Storage"),
  keys: the("keys:Keys"),
  target: storesKind.optional(),
  rpoMinutes: number.optional(),
  schedule: text.optional(),
  engineVersion: text.optional(),
  workGb: number.optional(),
};

/**
 * Logical dumps of the database: compressed, with a manifest of row counts and a checksum, in the site's backups store and,
 * by trust in the cluster's own tokens instead of a key, in another cloud's (BAK-01, BAK-05, BAK-07, BAK-13, STO-10, STO-12, DR-08, F7, F13).
 */
export class Copies extends pulumi.ComponentResource implements CopiesOutputs {
  readonly prefix: string;
  readonly schedule: string;
  readonly targetIdentity: pulumi.Output<string>;

  constructor(name: string, given: CopiesArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("Copies", name, given, copiesKinds);
    const rpoMinutes = args.rpoMinutes ?? 1440;
    const complete: CompleteCopiesArgs = {
      rpoMinutes,
      schedule: rpoMinutes < 1440 ? "0 * * * *" : "0 0 * * *",
      engineVersion: standards.postgresVersion,
      workGb: rooms[args.site.cloud],
      ...args,
    };
    checkCopies(name, complete);
    const { site, cluster, target } = args;
    super(
      "trifold:copies:Copies",
      name,
      {},
      { ...insideOptions(site, cluster, ...(target ? [target.site.provider] : [])), ...opts },
    );
    this.prefix = "database";
    this.schedule = complete.schedule;
    this.targetIdentity = buildCopies({ name, site: args.site, args: complete, child: { parent: this } }, this.prefix);
    this.registerOutputs({ prefix: this.prefix, schedule: this.schedule, targetIdentity: this.targetIdentity });
  }
}
