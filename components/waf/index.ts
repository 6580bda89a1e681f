import * as pulumi from "@pulumi/pulumi";
import { accept, choice, type Kinds, list, number, text, the } from "../accept";
import type { Build } from "../build";
import type { Cloud, PerCloud } from "../cloud";
import type { Keys } from "../keys";
import { logRetentionMistakes, type Mistake, outside, refuse } from "../mistake";
import type { Site } from "../site";
import { countries } from "./countries";

/** edge: for the CDN. regional: for a load balancer in the site's region. */
export const wafScopes = ["edge", "regional"] as const;

export interface WafArgs {
  readonly site: Site;
  /** `logs` encrypts the WAF's logs. */
  readonly keys: Keys;
  readonly scope: (typeof wafScopes)[number];
  /** Requests that one address may send in five minutes, 100 to 100000; more are refused. @default 2000 */
  readonly rateLimit?: number;
  /** block: refuse what the managed rules match. observe: let it pass and log it, to try rules out; the pack refuses it in prod. @default "block" */
  readonly mode?: "block" | "observe";
  /** Countries that get no answer, ISO 3166-1 alpha-2; a CDN behind this WAF refuses them before its cache as well. @default none */
  readonly blockedCountries?: readonly string[];
  /** Days that logs are kept; Azure keeps them with the CDN's or the load balancer's own. @default 90 */
  readonly logRetentionDays?: number;
}

export const wafRanges = { rateLimit: [100, 100_000], logRetentionDays: [1, 3653] } as const;

export interface WafOutputs {
  /** Web ACL ARN; policy's resource id; security policy's self link: what an ingress controller's annotation or a CDN takes. */
  readonly id: pulumi.Output<string>;
}

export type CompleteWafArgs = Required<WafArgs>;
export type BuildWaf = Build<CompleteWafArgs, WafOutputs>;

// Loaded when asked for: a stack on one cloud never reads the other two.
const builders: PerCloud<() => BuildWaf> = {
  aws: () => (require("./aws") as typeof import("./aws")).build,
  azure: () => (require("./azure") as typeof import("./azure")).build,
  gcp: () => (require("./gcp") as typeof import("./gcp")).build,
};

/** What of a WAF can be judged without its site: settings judge the same before anything is registered. */
export function wafMistakes(
  cloud: Cloud,
  choice: Pick<CompleteWafArgs, "blockedCountries" | keyof typeof wafRanges>,
): Mistake[] {
  const list = choice.blockedCountries;
  const strange = list.filter((country) => !countries.has(country));
  const twice = [...new Set(list.filter((country, index) => list.indexOf(country) !== index))];
  return [
    ...outside(wafRanges, choice),
    ...logRetentionMistakes(cloud, "logRetentionDays", choice.logRetentionDays),
    ...strange.map((value) => ({ field: "blockedCountries", value, remedy: 'use codes of ISO 3166-1 such as "KP"' })),
    ...twice.map((value) => ({ field: "blockedCountries", value, remedy: "it stands there twice: name it once" })),
  ];
}

const wafKinds: Kinds<WafArgs> = {
  site: the("site:Site"),
  keys: the("keys:Keys"),
  scope: choice(wafScopes),
  rateLimit: number.optional(),
  mode: choice(["block", "observe"]).optional(),
  blockedCountries: list(text).optional(),
  logRetentionDays: number.optional(),
};

/** A web application firewall with the cloud's managed rules and a rate limit, blocking, logged (SEC-05, CDN-06). */
export class Waf extends pulumi.ComponentResource implements WafOutputs {
  readonly scope: (typeof wafScopes)[number];
  readonly blockedCountries: readonly string[];
  readonly id: pulumi.Output<string>;

  constructor(name: string, given: WafArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("Waf", name, given, wafKinds);
    const complete: CompleteWafArgs = {
      rateLimit: 2000,
      mode: "block",
      blockedCountries: [],
      logRetentionDays: 90,
      ...args,
    };
    refuse("Waf", name, wafMistakes(args.site.cloud, complete));
    super("trifold:waf:Waf", name, {}, { ...args.site.options, ...opts });
    const built = builders[args.site.cloud]()({ name, site: args.site, args: complete, child: { parent: this } });
    this.scope = args.scope;
    this.blockedCountries = complete.blockedCountries;
    this.id = built.id;
    this.registerOutputs({ id: this.id });
  }
}
