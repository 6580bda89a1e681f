import { isIPv4, isIPv6 } from "node:net";
import * as pulumi from "@pulumi/pulumi";
import { accept, choice, input, type Kinds, list, number, text, the } from "../accept";
import type { Build } from "../build";
import type { PerCloud } from "../cloud";
import { type Mistake, refuse } from "../mistake";
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

/** A name below a zone, or the zone's own (`@`). */
export const hostForm = /^(@|(\*|_?[a-z0-9]([a-z0-9-]*[a-z0-9])?)(\._?[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)$/;

/** A host name without a dot at the end. */
const targetForm = /^(?=.{1,253}$)(_?[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?)(\._?[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?)*$/i;
const valueForms: Readonly<Record<RecordArgs["type"], { fits: (value: string) => boolean; words: string }>> = {
  A: { fits: isIPv4, words: 'use IPv4 addresses such as "203.0.113.7"' },
  AAAA: { fits: isIPv6, words: 'use IPv6 addresses such as "2001:db8::7"' },
  CNAME: { fits: (value) => targetForm.test(value), words: "use one host name without a dot at the end" },
  TXT: { fits: (value) => value !== "" && !/\p{Cc}/u.test(value), words: "use text on one line" },
};

/** What is known already of the values; the rest is the cloud's to judge. */
function valueMistakes(type: RecordArgs["type"], values: readonly unknown[]): Mistake[] {
  const { fits, words } = valueForms[type];
  const few = values.length === 0 || (type === "CNAME" && values.length > 1);
  return [
    ...(few ? [{ field: "values", value: values, remedy: type === "CNAME" ? words : "give one value or more" }] : []),
    ...values.flatMap((value, index) =>
      typeof value === "string" && !fits(value) ? [{ field: `values[${index}]`, value, remedy: words }] : [],
    ),
  ];
}

const recordKinds: Kinds<RecordArgs> = {
  site: the("site:Site"),
  zone: the("dns:Zone"),
  host: text,
  type: choice(recordTypes),
  values: input(list(input(text, "text")), "a list of text"),
  ttl: number.optional(),
};

/** One record of a zone (DNS-01). */
export class DnsRecord extends pulumi.ComponentResource implements RecordOutputs {
  readonly name: pulumi.Output<string>;

  constructor(name: string, given: RecordArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("DnsRecord", name, given, recordKinds);
    const { host, type, values, ttl = 300 } = args;
    refuse("DnsRecord", name, [
      ...(hostForm.test(host)
        ? []
        : [{ field: "host", value: host, remedy: 'use a name below the zone such as "www", or "@"' }]),
      ...(host === "@" && type === "CNAME"
        ? [{ field: "type", value: type, remedy: "the domain itself takes no CNAME (RFC 1034, 3.6.2)" }]
        : []),
      ...(Array.isArray(values) ? valueMistakes(type, values) : []),
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
