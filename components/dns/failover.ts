import * as pulumi from "@pulumi/pulumi";
import { accept, flag, type Kinds, number, text, the } from "../accept";
import type { Build } from "../build";
import type { PerCloud } from "../cloud";
import type { Ingress } from "../ingress";
import { outside, refuse } from "../mistake";
import type { Site } from "../site";
import type { Zone } from ".";
import { hostForm } from "./record";

export interface FailoverArgs {
  /** The site that the zone belongs to: its cloud answers for the name. */
  readonly site: Site;
  readonly zone: Zone;
  /** Host below the zone's domain that clients use: `api`. */
  readonly host: string;
  /** Where it leads while healthy, and where else; may stand on another cloud. */
  readonly primary: Ingress;
  readonly standby: Ingress;
  /** Path that answers 200 over HTTPS while the site is healthy. @default "/health" */
  readonly healthPath?: string;
  /** Seconds that an answer is kept, 30 to 300. @default 60 (DNS-02) */
  readonly ttl?: number;
  /** Sends everybody to the standby whatever the checks say (DR-04, step 2). @default false */
  readonly active?: boolean;
}

export interface FailoverOutputs {
  readonly name: pulumi.Output<string>;
}

export type CompleteFailoverArgs = Required<FailoverArgs>;
export type BuildFailover = Build<CompleteFailoverArgs, FailoverOutputs>;

// Loaded when asked for: a stack on one cloud never reads the other two.
const builders: PerCloud<() => BuildFailover> = {
  aws: () => (require("./aws-failover") as typeof import("./aws-failover")).build,
  azure: () => (require("./azure-failover") as typeof import("./azure-failover")).build,
  gcp: () => (require("./gcp-failover") as typeof import("./gcp-failover")).build,
};

const failoverKinds: Kinds<FailoverArgs> = {
  site: the("site:Site"),
  zone: the("dns:Zone"),
  host: text,
  primary: the("ingress:Ingress"),
  standby: the("ingress:Ingress"),
  healthPath: text.optional(),
  ttl: number.optional(),
  active: flag.optional(),
};

/** A name that leads to the primary site while it is healthy and to the standby else (DNS-02, DR-04). */
export class Failover extends pulumi.ComponentResource implements FailoverOutputs {
  readonly name: pulumi.Output<string>;

  constructor(name: string, given: FailoverArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("Failover", name, given, failoverKinds);
    const complete: CompleteFailoverArgs = { healthPath: "/health", ttl: 60, active: false, ...args };
    refuse("Failover", name, [
      ...outside({ ttl: [30, 300] }, complete),
      ...(hostForm.test(complete.host)
        ? []
        : [{ field: "host", value: complete.host, remedy: 'use a name below the zone such as "api", or "@"' }]),
      ...(complete.healthPath.startsWith("/")
        ? []
        : [{ field: "healthPath", value: complete.healthPath, remedy: 'use a path such as "/health"' }]),
    ]);
    super("trifold:dns:Failover", name, {}, { ...args.site.options, ...opts });
    const built = builders[args.site.cloud]()({ name, site: args.site, args: complete, child: { parent: this } });
    this.name = built.name;
    this.registerOutputs({ name: this.name });
  }
}
