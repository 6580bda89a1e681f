import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import { accept, choice, flag, type Kinds, number, the } from "../accept";
import type { Build } from "../build";
import type { PerCloud } from "../cloud";
import type { Keys } from "../keys";
import type { Network } from "../network";
import type { Site } from "../site";
import { type Size, sizes } from "../size";
import { checkCache } from "./check";

/** replicated: one primary and its replicas behind one address. sharded: keys over several shards, for clients that speak the cluster protocol (CACHE-03). */
export const cacheModes = ["replicated", "sharded"] as const;
/** What goes when memory is full (CACHE-09): sessions want noeviction or volatile-*, a cache of data allkeys-*. */
export const evictions = [
  "noeviction",
  "volatile-lru",
  "volatile-ttl",
  "volatile-random",
  "allkeys-lru",
  "allkeys-random",
] as const;
export const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

export interface CacheArgs {
  readonly site: Site;
  readonly network: Network;
  /** Uses the `cache` key, `secrets` for the stored password, `logs` for its logs. */
  readonly keys: Keys;
  /** Node class (CACHE-10). @default "tiny" in dev and preview, "small" in staging, "medium" else */
  readonly size?: Size;
  /** @default "replicated" */
  readonly mode?: (typeof cacheModes)[number];
  /** Shards in sharded mode, 2 to 20. Azure: the node class has its own number. @default 3 */
  readonly shards?: number;
  /** A replica in another zone with automatic failover (CACHE-08). @default false in dev and preview, else true */
  readonly ha?: boolean;
  /** @default "volatile-lru" */
  readonly eviction?: (typeof evictions)[number];
  /** A snapshot a day; Azure: two. @default false in dev and preview, else true */
  readonly snapshots?: boolean;
  /** Start of the weekly maintenance window, UTC; Azure Managed Redis chooses its own. @default sunday, 3 */
  readonly maintenanceDay?: (typeof weekdays)[number];
  readonly maintenanceHour?: number;
  /** Days that exported logs are kept. @default standards.accessLogRetentionDays */
  readonly logRetentionDays?: number;
  /** @default "sensitive" */
  readonly dataClass?: (typeof standards.dataClasses)[number];
}

export type CacheNative =
  | { readonly cloud: "aws"; readonly replicationGroupId: pulumi.Output<string>; readonly arn: pulumi.Output<string> }
  | { readonly cloud: "azure"; readonly clusterId: pulumi.Output<string> }
  | {
      readonly cloud: "gcp";
      readonly instanceId: pulumi.Output<string>;
      /** As `auth`, known before the instance is: grants differ by it. */
      readonly login: "password" | "iam";
    };

export interface CacheOutputs {
  readonly host: pulumi.Output<string>;
  /** 6379 on AWS, 10000 on Azure, 6378 on Google Cloud, sharded 6379 (F4). */
  readonly port: pulumi.Output<number>;
  /** Always true: a client that speaks no TLS is refused (CACHE-05). */
  readonly tls: pulumi.Output<boolean>;
  /** PEM of the authority that signed the server's certificate, where it is not a public one; else empty. */
  readonly ca: pulumi.Output<string>;
  /** password: the secret below (CACHE-04). iam: a token of the workload's cloud identity (Google Cloud, sharded). */
  readonly auth: pulumi.Output<"password" | "iam">;
  /** User that the password belongs to. */
  readonly user: pulumi.Output<string>;
  /** Where the password lives, as in DatabaseOutputs; empty where auth is iam. */
  readonly secretRef: pulumi.Output<string>;
  readonly native: CacheNative;
}

export type CompleteCacheArgs = Required<CacheArgs>;
export type BuildCache = Build<CompleteCacheArgs, CacheOutputs>;

// Loaded when asked for: a stack on one cloud never reads the other two.
const builders: PerCloud<() => BuildCache> = {
  aws: () => (require("./aws") as typeof import("./aws")).build,
  azure: () => (require("./azure") as typeof import("./azure")).build,
  gcp: () => (require("./gcp") as typeof import("./gcp")).build,
};

/** What `CacheArgs` means when left out. */
function complete(args: CacheArgs): CompleteCacheArgs {
  const { environment, frugal } = args.site;
  return {
    size: frugal ? "tiny" : environment === "staging" ? "small" : "medium",
    mode: "replicated",
    shards: 3,
    ha: !frugal,
    eviction: "volatile-lru",
    snapshots: !frugal,
    maintenanceDay: "sunday",
    maintenanceHour: 3,
    logRetentionDays: standards.accessLogRetentionDays,
    dataClass: "sensitive",
    ...args,
  };
}

const cacheKinds: Kinds<CacheArgs> = {
  site: the("site:Site"),
  network: the("network:Network"),
  keys: the("keys:Keys"),
  size: choice(sizes).optional(),
  mode: choice(cacheModes).optional(),
  shards: number.optional(),
  ha: flag.optional(),
  eviction: choice(evictions).optional(),
  snapshots: flag.optional(),
  maintenanceDay: choice(weekdays).optional(),
  maintenanceHour: number.optional(),
  logRetentionDays: number.optional(),
  dataClass: choice(standards.dataClasses).optional(),
};

/** Managed Redis or Valkey: private, TLS only, authenticated, customer key (CACHE-01 to CACHE-10). */
export class Cache extends pulumi.ComponentResource implements CacheOutputs {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly tls: pulumi.Output<boolean>;
  readonly ca: pulumi.Output<string>;
  readonly auth: pulumi.Output<"password" | "iam">;
  readonly user: pulumi.Output<string>;
  readonly secretRef: pulumi.Output<string>;
  readonly native: CacheNative;

  constructor(name: string, given: CacheArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("Cache", name, given, cacheKinds);
    const full = complete(args);
    checkCache(name, full);
    super("trifold:cache:Cache", name, {}, { ...args.site.options, ...opts });
    const built = builders[args.site.cloud]()({ name, site: args.site, args: full, child: { parent: this } });
    this.host = built.host;
    this.port = built.port;
    this.tls = built.tls;
    this.ca = built.ca;
    this.auth = built.auth;
    this.user = built.user;
    this.secretRef = built.secretRef;
    this.native = built.native;
    const { native: _, ...outputs } = built;
    this.registerOutputs(outputs);
  }
}
