import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import type { Cluster } from "../cluster";
import { insideOptions } from "../cluster/inside";
import type { Database } from "../database";
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

/** The database administrator's password is replaced on a schedule, without a moment in which it could be lost (DB-17, SEC-09). */
export class Rotation extends pulumi.ComponentResource implements RotationOutputs {
  readonly schedule: string;

  constructor(name: string, args: RotationArgs, opts?: pulumi.ComponentResourceOptions) {
    const complete: CompleteRotationArgs = {
      rotationDays: standards.secretRotationDays,
      engineVersion: standards.postgresVersion,
      ...args,
    };
    refuse("Rotation", name, outside(rotationRanges, complete));
    super("trifold:rotation:Rotation", name, {}, { ...insideOptions(args.site, args.cluster), ...opts });
    this.schedule = "*/15 * * * *";
    buildRotation({ name, site: args.site, args: complete, child: { parent: this } }, this.schedule);
    this.registerOutputs({ schedule: this.schedule });
  }
}
