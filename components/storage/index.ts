import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import { accept, choice, input, type Kinds, list, number, parts, text, the } from "../accept";
import type { Build } from "../build";
import type { PerCloud } from "../cloud";
import type { Keys } from "../keys";
import type { Network } from "../network";
import type { Site } from "../site";
import { checkStorage } from "./check";

/** uploads: what users send (STO-01). assets: static files, the CDN's origin (STO-02). backups: write-once (STO-03). logs: access logs of the others, always made. */
export const bucketPurposes = ["uploads", "assets", "backups", "logs"] as const;
export type BucketPurpose = (typeof bucketPurposes)[number];

export interface StorageArgs {
  readonly site: Site;
  /** Azure: private endpoints of the accounts go into it. */
  readonly network: Network;
  /** `storage` for uploads and assets, `backups` for backups, `logs` for logs where the cloud's log delivery can use a key. */
  readonly keys: Keys;
  /** Stores to make; `logs` comes along. @default uploads, assets and backups */
  readonly buckets?: readonly Exclude<BucketPurpose, "logs">[];
  /** Days until uploads and backups move to the archive class (STO-09), 1 to 3650. @default 90 */
  readonly archiveAfterDays?: number;
  /** Days that a replaced or deleted version is kept, 7 to 365; GCP's soft delete stops at 90. @default standards.softDeleteDays */
  readonly softDeleteDays?: number;
  /** Days that nobody can change or delete a backup (STO-15), 1 to 365; 0 only where the site is disposable. @default standards.backupRetentionDays, 0 in dev and preview */
  readonly immutableDays?: number;
  /** Days that access logs are kept. @default standards.accessLogRetentionDays */
  readonly logRetentionDays?: number;
  /**
   * Public addresses of another cloud's network that add to the backups store (STO-12). Azure: the store's firewall opens to
   * them and to nothing else; the other clouds' stores have none, there the login alone decides. @default none: private
   */
  readonly writers?: pulumi.Output<string[]>;
  /** Data class of each store (STO-14). @default uploads sensitive, assets public, backups regulated, logs internal */
  readonly dataClass?: Readonly<Partial<Record<BucketPurpose, (typeof standards.dataClasses)[number]>>>;
}

export interface BucketRef {
  /** Name that a client of the cloud uses: bucket, or container. */
  readonly name: pulumi.Output<string>;
  /** HTTPS address of the store. */
  readonly url: pulumi.Output<string>;
  readonly native:
    | { readonly cloud: "aws"; readonly arn: pulumi.Output<string> }
    | {
        readonly cloud: "azure";
        readonly accountId: pulumi.Output<string>;
        readonly accountName: pulumi.Output<string>;
      }
    | { readonly cloud: "gcp"; readonly selfLink: pulumi.Output<string> };
}

export interface StorageOutputs {
  readonly buckets: Readonly<Partial<Record<BucketPurpose, BucketRef>>>;
}

export type CompleteStorageArgs = Required<Omit<StorageArgs, "dataClass" | "writers">> &
  Pick<StorageArgs, "writers"> & {
    readonly dataClass: Readonly<Record<BucketPurpose, (typeof standards.dataClasses)[number]>>;
  };
export type BuildStorage = Build<CompleteStorageArgs, StorageOutputs>;

// Loaded when asked for: a stack on one cloud never reads the other two (half of a preview's start, test/bench).
const builders: PerCloud<() => BuildStorage> = {
  aws: () => (require("./aws") as typeof import("./aws")).build,
  azure: () => (require("./azure") as typeof import("./azure")).build,
  gcp: () => (require("./gcp") as typeof import("./gcp")).build,
};

/** What `StorageArgs` means when left out. */
function complete(args: StorageArgs): CompleteStorageArgs {
  return {
    buckets: ["uploads", "assets", "backups"],
    archiveAfterDays: 90,
    softDeleteDays: standards.softDeleteDays,
    immutableDays: args.site.safeguards.disposable ? 0 : standards.backupRetentionDays,
    logRetentionDays: standards.accessLogRetentionDays,
    ...args,
    dataClass: { uploads: "sensitive", assets: "public", backups: "regulated", logs: "internal", ...args.dataClass },
  };
}

const storageKinds: Kinds<StorageArgs> = {
  site: the("site:Site"),
  network: the("network:Network"),
  keys: the("keys:Keys"),
  buckets: list(choice(["uploads", "assets", "backups"])).optional(),
  archiveAfterDays: number.optional(),
  softDeleteDays: number.optional(),
  immutableDays: number.optional(),
  logRetentionDays: number.optional(),
  writers: input(list(text), "a list of addresses").optional(),
  dataClass: parts(
    Object.fromEntries(bucketPurposes.map((purpose) => [purpose, choice(standards.dataClasses).optional()] as const)),
  ).optional(),
};

/** Object stores by purpose: private, HTTPS only, customer key, versioned, logged, archived; backups write-once. */
export class Storage extends pulumi.ComponentResource implements StorageOutputs {
  readonly buckets: StorageOutputs["buckets"];

  constructor(name: string, given: StorageArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("Storage", name, given, storageKinds);
    const full = complete(args);
    checkStorage(name, full);
    super("trifold:storage:Storage", name, {}, { ...args.site.options, ...opts });
    const built = builders[args.site.cloud]()({ name, site: args.site, args: full, child: { parent: this } });
    this.buckets = built.buckets;
    this.registerOutputs({
      buckets: Object.fromEntries(Object.entries(built.buckets).map(([purpose, bucket]) => [purpose, bucket.name])),
    });
  }
}
