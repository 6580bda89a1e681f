import * as pulumi from "@pulumi/pulumi";
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
  /** A copy of the store in another region, asked when the first fails (CDN-10). */
  readonly failover?: BucketRef;
}

/** The application behind its load balancer, by the host name that its certificate is for. */
export interface ApiOrigin {
  readonly host: pulumi.Input<string>;
  readonly failoverHost?: pulumi.Input<string>;
  /** Path that answers 200 while it is healthy. @default "/health" */
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
  /** Countries that get no answer, ISO 3166-1 alpha-2. @default none */
  readonly blockedCountries?: readonly string[];
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

/** A CDN under its own name and certificate: HTTPS only, private origins, WAF, logged (CDN-01 to CDN-10). */
export class Cdn extends pulumi.ComponentResource implements CdnOutputs {
  readonly url: pulumi.Output<string>;
  readonly id: pulumi.Output<string>;
  readonly target: pulumi.Output<string>;

  constructor(name: string, args: CdnArgs, opts?: pulumi.ComponentResourceOptions) {
    const complete: CompleteCdnArgs = {
      host: "www",
      minTls: "1.3",
      coverage: args.site.frugal ? "near" : "all",
      assetTtl: 86400,
      blockedCountries: [],
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
