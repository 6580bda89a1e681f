import * as pulumi from "@pulumi/pulumi";
import { accept, choice, flag, input, type Kinds, made, number, parts, text, the } from "../accept";
import type { Build } from "../build";
import type { PerCloud } from "../cloud";
import type { Zone } from "../dns";
import type { Keys } from "../keys";
import type { Network } from "../network";
import type { Site } from "../site";
import type { BucketRef, Storage } from "../storage";
import type { Waf } from "../waf";
import { checkCdn } from "./check";

export const minTlsVersions = ["1.2", "1.3"] as const;
/** all: every location of the cloud's edge. near: the cheaper ones of Europe and North America, where the cloud sells them apart (CDN-07). */
export const coverages = ["all", "near"] as const;

/** Static files from a store that stays private (CDN-02, CDN-05). */
export interface AssetOrigin {
  readonly bucket: BucketRef;
  /**
   * A copy of the store in another region, asked when the first fails (CDN-10). A load balancer of Google Cloud can't
   * fail over between origins outside of it, as a private bucket is: there the edge goes on serving what it has for a
   * week, and `failedOver` turns to the copy.
   */
  readonly failover?: BucketRef;
  /** Asks the copy first, whatever the checks say (DR-04, step 2). @default false */
  readonly failedOver?: boolean;
}

/**
 * The application behind its load balancer, by the host name that its certificate is for. Let a Failover hold that name
 * where there is a standby (CDN-10): CloudFront repeats no write at another origin, and Google Cloud nothing at all.
 */
export interface ApiOrigin {
  readonly host: pulumi.Input<string>;
  /** Path that answers 200 while it is healthy: Front Door asks it, the other two have no checks of their own for such an origin. @default "/health" */
  readonly healthPath?: string;
}

export interface CdnArgs {
  readonly site: Site;
  readonly network: Network;
  readonly keys: Keys;
  /** Access logs go to its `logs` store where the cloud delivers them to stores. */
  readonly storage: Storage;
  /** Its certificate is proved, and its records made, in this zone. */
  readonly zone: Zone;
  /** Host below the zone's domain that clients use. @default "www" */
  readonly host?: string;
  readonly waf: Waf;
  /** At least one of the two. Both: /api/* goes to the API, the rest to the assets. */
  readonly assets?: AssetOrigin;
  readonly api?: ApiOrigin;
  /** Lowest TLS version that a client may speak (CDN-04, F5). @default "1.3" */
  readonly minTls?: (typeof minTlsVersions)[number];
  /** @default "all", "near" in dev and preview */
  readonly coverage?: (typeof coverages)[number];
  /** Seconds that assets are kept at the edge when they don't say themselves, 0 to 31536000. @default 86400 */
  readonly assetTtl?: number;
  /** Days that access logs are kept, where not a store's own figure decides. @default 90 */
  readonly logRetentionDays?: number;
}

export interface CdnOutputs {
  /** https://<host>.<domain> */
  readonly url: pulumi.Output<string>;
  /** Distribution id; profile's resource id; URL map id: what a purge names (CDN-08). */
  readonly id: pulumi.Output<string>;
  /** The cloud's own name or address of it, which the record points at. */
  readonly target: pulumi.Output<string>;
}

export type CompleteCdnArgs = Required<Omit<CdnArgs, "assets" | "api">> & Pick<CdnArgs, "assets" | "api">;
export type BuildCdn = Build<CompleteCdnArgs, CdnOutputs>;

// Loaded when asked for: a stack on one cloud never reads the other two.
const builders: PerCloud<() => BuildCdn> = {
  aws: () => (require("./aws") as typeof import("./aws")).build,
  azure: () => (require("./azure") as typeof import("./azure")).build,
  gcp: () => (require("./gcp") as typeof import("./gcp")).build,
};

const cdnKinds: Kinds<CdnArgs> = {
  site: the("site:Site"),
  network: the("network:Network"),
  keys: the("keys:Keys"),
  storage: the("storage:Storage"),
  zone: the("dns:Zone"),
  host: text.optional(),
  waf: the("waf:Waf"),
  assets: parts({
    bucket: made("a store of a Storage's buckets"),
    failover: made("a store of a Storage's buckets").optional(),
    failedOver: flag.optional(),
  }).optional(),
  api: parts({ host: input(text, "a host name"), healthPath: text.optional() }).optional(),
  minTls: choice(minTlsVersions).optional(),
  coverage: choice(coverages).optional(),
  assetTtl: number.optional(),
  logRetentionDays: number.optional(),
};

/** A CDN under its own name and certificate: HTTPS only, private origins, WAF, logged (CDN-01 to CDN-10). */
export class Cdn extends pulumi.ComponentResource implements CdnOutputs {
  readonly url: pulumi.Output<string>;
  readonly id: pulumi.Output<string>;
  readonly target: pulumi.Output<string>;

  constructor(name: string, given: CdnArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("Cdn", name, given, cdnKinds);
    const complete: CompleteCdnArgs = {
      host: "www",
      minTls: "1.3",
      coverage: args.site.frugal ? "near" : "all",
      assetTtl: 86400,
      logRetentionDays: 90,
      ...args,
    };
    checkCdn(name, complete);
    super("trifold:cdn:Cdn", name, {}, { ...args.site.options, ...opts });
    const built = builders[args.site.cloud]()({ name, site: args.site, args: complete, child: { parent: this } });
    this.url = built.url;
    this.id = built.id;
    this.target = built.target;
    this.registerOutputs({ url: this.url, id: this.id, target: this.target });
  }
}
