import * as pulumi from "@pulumi/pulumi";
import { accept, choice, type Kinds, text, the } from "../accept";
import type { Cluster } from "../cluster";
import { insideOptions } from "../cluster/inside";
import type { Zone } from "../dns";
import { refuse } from "../mistake";
import type { Site } from "../site";
import { type acmeServers, certificateHours } from "./acme";
import { buildIssuer } from "./build";

export interface IssuerArgs {
  readonly site: Site;
  readonly cluster: Cluster;
  /** Public zone that certificates are asked for in; the issuer proves it by records in it (DNS-01 challenge). */
  readonly zone: Zone;
  /** Where Let's Encrypt writes to about the account. @default the site's owner tag */
  readonly email?: string;
  /** @default "staging" in preview environments, else "production" */
  readonly server?: keyof typeof acmeServers;
  /** Chart of cert-manager, with the v. @default the one that this release was tried with */
  readonly chartVersion?: string;
}

export interface IssuerOutputs {
  /** Name of the ClusterIssuer, known before it is there. */
  readonly issuerName: string;
  /** Annotations that make an Ingress or Gateway ask for its certificate. */
  readonly annotations: Readonly<Record<string, string>>;
  /** What an object with those annotations depends on. */
  readonly ready: pulumi.Resource;
}

export type CompleteIssuerArgs = Required<IssuerArgs>;

const issuerKinds: Kinds<IssuerArgs> = {
  site: the("site:Site"),
  cluster: the("cluster:Cluster"),
  zone: the("dns:Zone"),
  email: text.optional(),
  server: choice(["staging", "production"]).optional(),
  chartVersion: text.optional(),
};

/** Let's Encrypt for what the cluster serves itself: cert-manager with rights on one zone (DNS-04, DNS-05, SEC-10). */
export class Issuer extends pulumi.ComponentResource implements IssuerOutputs {
  readonly issuerName: string;
  readonly annotations: IssuerOutputs["annotations"];
  readonly ready: pulumi.Resource;

  constructor(name: string, given: IssuerArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("Issuer", name, given, issuerKinds);
    const complete: CompleteIssuerArgs = {
      email: args.site.tags["owner"] ?? "",
      server: args.site.environment === "preview" ? "staging" : "production",
      chartVersion: "v1.19.1",
      ...args,
    };
    refuse("Issuer", name, [
      ...(/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(complete.email)
        ? []
        : [{ field: "email", value: complete.email, remedy: "Let's Encrypt wants an e-mail address" }]),
      ...(/^v\d+\.\d+\.\d+$/.test(complete.chartVersion)
        ? []
        : [{ field: "chartVersion", value: complete.chartVersion, remedy: 'use a release such as "v1.19.1"' }]),
    ]);
    super("trifold:issuer:Issuer", name, {}, { ...insideOptions(args.site, args.cluster), ...opts });
    this.issuerName = "letsencrypt";
    this.annotations = {
      "cert-manager.io/cluster-issuer": this.issuerName,
      "cert-manager.io/duration": `${certificateHours.duration}h`,
      "cert-manager.io/renew-before": `${certificateHours.renewBefore}h`,
    };
    this.ready = buildIssuer({ name, site: args.site, args: complete, child: { parent: this } }, this.issuerName);
    this.registerOutputs({ issuerName: this.issuerName });
  }
}
