import * as pulumi from "@pulumi/pulumi";
import { accept, type Kinds, list, number, text, the } from "../accept";
import type { Build } from "../build";
import type { PerCloud } from "../cloud";
import type { Keys } from "../keys";
import type { Site } from "../site";
import { checkZone } from "./check";

export interface ZoneArgs {
  readonly site: Site;
  /** `logs` encrypts query logs where the cloud keeps them in a store of ours. */
  readonly keys: Keys;
  /** Name of the zone, without a dot at the end: `prod.goodies.example`. */
  readonly domain: string;
  /** Zone made by somebody else (DNS-06): hosted zone id; resource id; managed zone name. Records go into it, DNSSEC and CAA are its owner's. */
  readonly existing?: string;
  /** Authorities that may sign for the domain (CAA). @default the cloud's own, and letsencrypt.org */
  readonly authorities?: readonly string[];
  /** Days that query logs are kept, where the cloud keeps them in a store of ours. @default standards.accessLogRetentionDays */
  readonly logRetentionDays?: number;
}

export type ZoneNative =
  | { readonly cloud: "aws"; readonly zoneId: pulumi.Output<string> }
  | {
      readonly cloud: "azure";
      readonly zoneName: pulumi.Output<string>;
      /** Resource group that the zone lies in. */
      readonly resourceGroup: pulumi.Output<string>;
    }
  | { readonly cloud: "gcp"; readonly zoneName: pulumi.Output<string> };

export interface ZoneOutputs {
  /** Hosted zone id; resource id; managed zone id (projects/<p>/managedZones/<name>). */
  readonly id: pulumi.Output<string>;
  readonly domain: string;
  /** Servers that the parent zone has to delegate to (DNS-06). */
  readonly nameServers: pulumi.Output<string[]>;
  /** DS record that the parent zone has to carry; empty where it has to be read from the cloud's console or the zone is somebody else's. */
  readonly dsRecord: pulumi.Output<string>;
  readonly native: ZoneNative;
}

export type CompleteZoneArgs = Required<Omit<ZoneArgs, "existing">> & Pick<ZoneArgs, "existing">;
export type BuildZone = Build<CompleteZoneArgs, ZoneOutputs>;

// Loaded when asked for: a stack on one cloud never reads the other two.
const builders: PerCloud<() => BuildZone> = {
  aws: () => (require("./aws") as typeof import("./aws")).build,
  azure: () => (require("./azure") as typeof import("./azure")).build,
  gcp: () => (require("./gcp") as typeof import("./gcp")).build,
};

/** Who signs for each cloud's managed certificates, as CAA names them. */
export const cloudAuthorities: PerCloud<string> = { aws: "amazon.com", azure: "digicert.com", gcp: "pki.goog" };

const zoneKinds: Kinds<ZoneArgs> = {
  site: the("site:Site"),
  keys: the("keys:Keys"),
  domain: text,
  existing: text.optional(),
  authorities: list(text).optional(),
  logRetentionDays: number.optional(),
};

/** A public DNS zone: signed (DNSSEC), with CAA, queries logged where the cloud can (DNS-01). */
export class Zone extends pulumi.ComponentResource implements ZoneOutputs {
  readonly id: pulumi.Output<string>;
  readonly domain: string;
  readonly nameServers: pulumi.Output<string[]>;
  readonly dsRecord: pulumi.Output<string>;
  readonly native: ZoneNative;

  constructor(name: string, given: ZoneArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("Zone", name, given, zoneKinds);
    const complete: CompleteZoneArgs = {
      authorities: [cloudAuthorities[args.site.cloud], "letsencrypt.org"],
      logRetentionDays: 90,
      ...args,
    };
    checkZone(name, complete);
    super("trifold:dns:Zone", name, {}, { ...args.site.options, ...opts });
    const built = builders[args.site.cloud]()({ name, site: args.site, args: complete, child: { parent: this } });
    this.id = built.id;
    this.domain = args.domain;
    this.nameServers = built.nameServers;
    this.dsRecord = built.dsRecord;
    this.native = built.native;
    this.registerOutputs({ id: this.id, nameServers: this.nameServers, dsRecord: this.dsRecord });
  }
}
