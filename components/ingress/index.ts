import * as pulumi from "@pulumi/pulumi";
import { accept, flag, type Kinds, list, text, the } from "../accept";
import type { Build } from "../build";
import type { PerCloud } from "../cloud";
import { refuse } from "../mistake";
import type { Network } from "../network";
import { zoneMistakes } from "../network/check";
import type { Site } from "../site";

export interface IngressArgs {
  readonly site: Site;
  /** AWS: one address for each of its public subnets. */
  readonly network: Network;
  /** Zones of the public subnets, by name: AWS keeps one address in each. */
  readonly zones: readonly string[];
  /** Paid DDoS protection of these addresses (SEC-06): Shield Advanced, Azure's per-address protection; Google Cloud's comes with the WAF. @default false */
  readonly ddosProtection?: boolean;
}

export interface IngressOutputs {
  /** Public IPv4 addresses under which the site's ingress answers. They outlive the load balancer that uses them. */
  readonly addresses: pulumi.Output<string[]>;
  /** Annotations that a Kubernetes service of type LoadBalancer takes these addresses by. */
  readonly serviceAnnotations: pulumi.Output<Readonly<Record<string, string>>>;
}

export type CompleteIngressArgs = Required<IngressArgs>;
export type BuildIngress = Build<CompleteIngressArgs, IngressOutputs>;

// Loaded when asked for: a stack on one cloud never reads the other two.
const builders: PerCloud<() => BuildIngress> = {
  aws: () => (require("./aws") as typeof import("./aws")).build,
  azure: () => (require("./azure") as typeof import("./azure")).build,
  gcp: () => (require("./gcp") as typeof import("./gcp")).build,
};

const ingressKinds: Kinds<IngressArgs> = {
  site: the("site:Site"),
  network: the("network:Network"),
  zones: list(text),
  ddosProtection: flag.optional(),
};

/** The fixed public addresses of a site's ingress: what records and health checks point at. */
export class Ingress extends pulumi.ComponentResource implements IngressOutputs {
  readonly addresses: pulumi.Output<string[]>;
  readonly serviceAnnotations: IngressOutputs["serviceAnnotations"];
  /** How many addresses there are, known before they are. */
  readonly count: number;

  constructor(name: string, given: IngressArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("Ingress", name, given, ingressKinds);
    const complete: CompleteIngressArgs = { ddosProtection: false, ...args };
    refuse("Ingress", name, zoneMistakes(args.site.cloud, args.site.region, args.zones));
    super("trifold:ingress:Ingress", name, {}, { ...args.site.options, ...opts });
    this.count = args.site.cloud === "aws" ? args.zones.length : 1;
    const built = builders[args.site.cloud]()({ name, site: args.site, args: complete, child: { parent: this } });
    this.addresses = built.addresses;
    this.serviceAnnotations = built.serviceAnnotations;
    this.registerOutputs({ addresses: this.addresses, serviceAnnotations: this.serviceAnnotations });
  }
}
