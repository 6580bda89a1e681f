import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { accept, choice, type Kinds, list, the } from "../../accept";
import type { Build } from "../../build";
import type { PerCloud } from "../../cloud";
import type { Keys } from "../../keys";
import { refuse } from "../../mistake";
import type { Site } from "../../site";
import type { BucketPurpose, Storage } from "..";

/** Stores of one site. */
export interface Stores {
  readonly site: Site;
  readonly storage: Storage;
  readonly keys: Keys;
}

export interface ReplicationArgs {
  readonly source: Stores;
  /** Same cloud, another region. */
  readonly target: Stores;
  /** Stores to copy, made on both sides. @default uploads and backups (STO-07) */
  readonly purposes?: readonly Exclude<BucketPurpose, "logs">[];
}

export interface ReplicationOutputs {
  /** Names of the target stores, by purpose. */
  readonly targets: Readonly<Record<string, pulumi.Output<string>>>;
}

export type CompleteReplicationArgs = Required<ReplicationArgs>;
export type BuildReplication = Build<CompleteReplicationArgs, ReplicationOutputs>;

// Loaded when asked for: a stack on one cloud never reads the other two.
const builders: PerCloud<() => BuildReplication> = {
  aws: () => (require("./aws") as typeof import("./aws")).build,
  azure: () => (require("./azure") as typeof import("./azure")).build,
  gcp: () => (require("./gcp") as typeof import("./gcp")).build,
};

/** Looser than the rest: a whole platform may be spread into it. */
export const storesKind = z.looseObject({
  site: the("site:Site"),
  storage: the("storage:Storage"),
  keys: the("keys:Keys"),
});

const replicationKinds: Kinds<ReplicationArgs> = {
  source: storesKind,
  target: storesKind,
  purposes: list(choice(["uploads", "assets", "backups"])).optional(),
};

/** New objects of a site's stores are copied to another region as they come (STO-07, BAK-06, BAK-11). */
export class Replication extends pulumi.ComponentResource implements ReplicationOutputs {
  readonly targets: ReplicationOutputs["targets"];

  constructor(name: string, given: ReplicationArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("Replication", name, given, replicationKinds);
    const complete: CompleteReplicationArgs = { purposes: ["uploads", "backups"], ...args };
    const { source, target, purposes } = complete;
    refuse("Replication", name, [
      ...(source.site.cloud === target.site.cloud
        ? []
        : [
            {
              field: "target.site.cloud",
              value: target.site.cloud,
              remedy: `use a site on ${source.site.cloud}; copies between clouds are Copies' work (F13)`,
            },
          ]),
      ...(source.site.region === target.site.region
        ? [{ field: "target.site.region", value: target.site.region, remedy: "use another region than the source's" }]
        : []),
      ...purposes
        .filter((purpose) => !source.storage.buckets[purpose] || !target.storage.buckets[purpose])
        .map((value) => ({ field: "purposes", value, remedy: "name stores that both sites have" })),
    ]);
    super("trifold:storage:Replication", name, {}, { ...source.site.options, ...opts });
    const built = builders[source.site.cloud]()({ name, site: source.site, args: complete, child: { parent: this } });
    this.targets = built.targets;
    this.registerOutputs({ targets: this.targets });
  }
}
