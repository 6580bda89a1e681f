import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import { accept, type Kinds, number, text, the } from "../accept";
import type { Cluster } from "../cluster";
import { insideOptions } from "../cluster/inside";
import type { Database } from "../database";
import { versionMistakes } from "../database/check";
import type { Keys } from "../keys";
import { outside, refuse } from "../mistake";
import type { Network } from "../network";
import type { Site } from "../site";
import { buildRotation } from "./build";

/** Bounds, inclusive: Secret stores and auditors stop at a year. */
export const rotationRanges = { rotationDays: [1, 365] } as const;

export interface RotationArgs {
  readonly site: Site;
  readonly network: Network;
  /** Where the job runs. */
  readonly cluster: Cluster;
  /** Uses `secrets`. */
  readonly keys: Keys;
  /** Its administrator's password is rotated. */
  readonly database: Database;
  /** Age at which a password is replaced, days, 1 to 365. @default standards.secretRotationDays (30) */
  readonly rotationDays?: number;
  /** The server's PostgreSQL major: the client is of the same. @default standards.postgresVersion */
  readonly engineVersion?: string;
}

export interface RotationOutputs {
  /** Cron schedule of the job, UTC: it looks every quarter of an hour, and replaces only what is old enough. */
  readonly schedule: string;
}

export type CompleteRotationArgs = Required<RotationArgs>;

const rotationKinds: Kinds<RotationArgs> = {
  site: the("site:Site"),
  network: the("network:Network"),
  cluster: the("cluster:Cluster"),
  keys: the("keys:Keys"),
  database: the("database:Database"),
  rotationDays: number.optional(),
  engineVersion: text.optional(),
};

/** The database administrator's password is replaced on a schedule, without a moment in which it could be lost (DB-17, SEC-09). */
export class Rotation extends pulumi.ComponentResource implements RotationOutputs {
  readonly schedule: string;

  constructor(name: string, given: RotationArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("Rotation", name, given, rotationKinds);
    const complete: CompleteRotationArgs = {
      rotationDays: standards.secretRotationDays,
      engineVersion: standards.postgresVersion,
      ...args,
    };
    refuse("Rotation", name, [...outside(rotationRanges, complete), ...versionMistakes(complete)]);
    super("trifold:rotation:Rotation", name, {}, { ...insideOptions(args.site, args.cluster), ...opts });
    this.schedule = "*/15 * * * *";
    buildRotation({ name, site: args.site, args: complete, child: { parent: this } }, this.schedule);
    this.registerOutputs({ schedule: this.schedule });
  }
}
