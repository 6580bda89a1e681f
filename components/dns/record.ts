import * as pulumi from "@pulumi/pulumi";
import type { Build } from "../build";
import type { PerCloud } from "../cloud";
import { refuse } from "../mistake";
import type { Site } from "../site";
import type { Zone } from ".";

export const recordTypes = ["A", "AAAA", "CNAME", "TXT"] as const;

export interface RecordArgs {
  readonly site: Site;
  readonly zone: Zone;
  /** Host below the zone's domain, without it: `www`; `@` is the domain itself. */
  readonly host: string;
  readonly type: (typeof recordTypes)[number];
  /** Addresses, one host name without a dot at the end, or texts without quotes. */
  readonly values: readonly pulumi.Input<string>[] | pulumi.Output<string[]>;
  /** Seconds, 30 to 86400. @default 300 */
  readonly ttl?: number;
}

export interface RecordOutputs {
  /** Full host name. */
  readonly name: pulumi.Output<string>;
}

export type CompleteRecordArgs = Required<RecordArgs>;
export type BuildRecord = Build<CompleteRecordArgs, RecordOutputs>;

// Loaded when asked for: a stack on one cloud never reads the other two.
const builders: PerCloud<() => BuildRecord> = {
  aws: () => (require("./aws-record") as typeof import("./aws-record")).build,
  azure: () => (require("./azure-record") as typeof import("./azure-record")).build,
  gcp: () => (require("./gcp-record") as typeof import("./gcp-record")).build,
};

const hostForm = /^(@|(\*|_?[a-z0-9]([a-z0-9-]*[a-z0-9])?)(\._?[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)$/;

/** One record of a zone (DNS-01). */
export class DnsRecord extends pulumi.ComponentResource implements RecordOutputs {
  readonly name: pulumi.Output<string>;

  constructor(name: string, args: RecordArgs, opts?: pulumi.ComponentResourceOptions) {
    const { host, type, ttl = 300 } = args;
    refuse("DnsRecord", name, [
      ...(hostForm.test(host)
        ? []
        : [{ field: "host", value: host, remedy: 'use a name below the zone such as "www", or "@"' }]),
      ...(host === "@" && type === "CNAME"
        ? [{ field: "type", value: type, remedy: "the domain itself takes no CNAME (RFC 1034, 3.6.2)" }]
        : []),
      ...(Number.isInteger(ttl) && ttl >= 30 && ttl <= 86400
        ? []
        : [{ field: "ttl", value: ttl, remedy: "use a whole number from 30 to 86400" }]),
    ]);
    super("trifold:dns:Record", name, {}, { ...args.site.options, ...opts });
    const built = builders[args.site.cloud]()({
      name,
      site: args.site,
      args: { ttl, ...args },
      child: { parent: this },
    });
    this.name = built.name;
    this.registerOutputs({ name: this.name });
  }
}
