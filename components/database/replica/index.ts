import * as pulumi from "@pulumi/pulumi";
import { accept, choice, flag, type Kinds, number, text, the } from "../../accept";
import type { Build } from "../../build";
import type { PerCloud } from "../../cloud";
import type { Keys } from "../../keys";
import { outside, refuse } from "../../mistake";
import type { Network } from "../../network";
import type { Site } from "../../site";
import { type Size, sizes } from "../../size";
import type { Database } from "..";
import { databaseRanges, figureMistakes, replicaMistakes } from "../check";

export interface ReplicaArgs {
  /** Where the replica stands: another region of the source's cloud. */
  readonly site: Site;
  readonly network: Network;
  readonly keys: Keys;
  /** Where the source stands. */
  readonly sourceSite: Site;
  /** Azure: joined with the replica's, since replication runs between the two; each names the other in its `peers`. */
  readonly sourceNetwork: Network;
  /** AWS: has this site in `copies`, which brings its login over here. */
  readonly source: Database;
  /** Machine class; at least the source's on Azure and Google Cloud. @default as the source's */
  readonly size?: Size;
  /** Detached from its source and writable (DR-04, step 3). Going back to false is refused: a promoted database has a history of its own (DR-11). @default false */
  readonly promoted?: boolean;
  /** The source's figures, which a replica has to keep to. */
  readonly engineVersion: string;
  readonly storageGb: number;
  readonly maxStorageGb: number;
  readonly maxConnections: number;
  readonly backupRetentionDays: number;
  readonly pitrDays: number;
}

export interface ReplicaOutputs {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  /** Where the administrator's password lives in the replica's region, readable with the source's region gone. */
  readonly secretRef: pulumi.Output<string>;
  readonly native:
    | { readonly cloud: "aws"; readonly identifier: pulumi.Output<string>; readonly instanceArn: pulumi.Output<string> }
    | { readonly cloud: "azure"; readonly serverId: pulumi.Output<string> }
    | { readonly cloud: "gcp"; readonly instanceName: pulumi.Output<string> };
}

export type CompleteReplicaArgs = Required<ReplicaArgs>;
export type BuildReplica = Build<CompleteReplicaArgs, ReplicaOutputs>;

// Loaded when asked for: a stack on one cloud never reads the other two.
const builders: PerCloud<() => BuildReplica> = {
  aws: () => (require("./aws") as typeof import("./aws")).build,
  azure: () => (require("./azure") as typeof import("./azure")).build,
  gcp: () => (require("./gcp") as typeof import("./gcp")).build,
};

const replicaKinds: Kinds<ReplicaArgs> = {
  site: the("site:Site"),
  network: the("network:Network"),
  keys: the("keys:Keys"),
  sourceSite: the("site:Site"),
  sourceNetwork: the("network:Network"),
  source: the("database:Database"),
  size: choice(sizes).optional(),
  promoted: flag.optional(),
  engineVersion: text,
  storageGb: number,
  maxStorageGb: number,
  maxConnections: number,
  backupRetentionDays: number,
  pitrDays: number,
};

/** A replica of a database in another region, which can be promoted when the first region is lost (DB-03, DR-04). */
export class Replica extends pulumi.ComponentResource implements ReplicaOutputs {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly secretRef: pulumi.Output<string>;
  readonly native: ReplicaOutputs["native"];

  constructor(name: string, given: ReplicaArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("Replica", name, given, replicaKinds);
    const { site, sourceSite } = args;
    const complete: CompleteReplicaArgs = {
      size: site.frugal ? "tiny" : site.environment === "staging" ? "small" : "medium",
      promoted: false,
      ...args,
    };
    refuse("Replica", name, [
      ...(site.cloud === sourceSite.cloud
        ? []
        : [
            {
              field: "site.cloud",
              value: site.cloud,
              remedy: `a replica stays on its source's cloud, ${sourceSite.cloud} (F13)`,
            },
          ]),
      ...(site.region === sourceSite.region
        ? [
            {
              field: "site.region",
              value: site.region,
              remedy: "use another region than the source's; readReplicas are for the same one",
            },
          ]
        : []),
      ...outside(databaseRanges, args),
      ...figureMistakes(site.cloud, args),
      ...replicaMistakes(site.cloud, { size: complete.size, readReplicas: 0 }, "this component"),
    ]);
    super("trifold:database:Replica", name, {}, { ...site.options, ...opts });
    const built = builders[site.cloud]()({ name, site, args: complete, child: { parent: this } });
    this.host = built.host;
    this.port = built.port;
    this.secretRef = built.secretRef;
    this.native = built.native;
    this.registerOutputs({ host: this.host, port: this.port, secretRef: this.secretRef });
  }
}
