import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { accept, choice, input, type Kinds, made, map, parts, text, the } from "../accept";
import type { Build } from "../build";
import type { Cache } from "../cache";
import type { PerCloud } from "../cloud";
import type { Cluster } from "../cluster";
import type { Database } from "../database";
import type { KeyRef } from "../keys";
import { refuse } from "../mistake";
import type { Registry } from "../registry";
import type { SecretRef } from "../secrets";
import type { Site } from "../site";
import type { BucketRef } from "../storage";

/** One thing that a workload may do with one of our components; nothing is granted beyond that thing. */
export type Grant =
  /** read: list and read objects. write: read, and put and delete objects. add: put new objects only (backups). */
  | {
      readonly kind: "bucket";
      readonly bucket: BucketRef;
      readonly key: KeyRef;
      readonly access: "read" | "write" | "add";
    }
  /** Encrypt and decrypt. */
  | { readonly kind: "key"; readonly key: KeyRef }
  /** Connect, with what the cloud needs for it: read of the password's secret, and cloud login where the cloud makes narrow ones. */
  | { readonly kind: "database"; readonly database: Database; readonly key: KeyRef }
  | { readonly kind: "cache"; readonly cache: Cache; readonly key: KeyRef }
  /** read: the current value. rotate: read, and put a new version. */
  | { readonly kind: "secret"; readonly secret: SecretRef; readonly key: KeyRef; readonly access: "read" | "rotate" }
  /** Push images to every repository of it. */
  | { readonly kind: "registry"; readonly registry: Registry }
  /** Change records of one zone (DNS-01 challenges, external-dns). */
  | { readonly kind: "zone"; readonly zoneId: pulumi.Output<string> };

export interface WorkloadIdentityArgs {
  readonly site: Site;
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** By a stable name of one's own: it is part of the grants' logical names. */
  readonly grants: Readonly<Record<string, Grant>>;
}

export interface WorkloadIdentityOutputs {
  /** Role ARN; client id of the managed identity; address of the service account. */
  readonly identity: pulumi.Output<string>;
  /** Annotations that the Kubernetes service account has to carry. */
  readonly annotations: pulumi.Output<Readonly<Record<string, string>>>;
  /** Labels that its pods have to carry. */
  readonly podLabels: Readonly<Record<string, string>>;
  readonly native:
    | { readonly cloud: "aws"; readonly roleName: pulumi.Output<string> }
    | {
        readonly cloud: "azure";
        readonly identityId: pulumi.Output<string>;
        readonly principalId: pulumi.Output<string>;
      }
    | { readonly cloud: "gcp"; readonly email: pulumi.Output<string> };
}

export type BuildWorkloadIdentity = Build<WorkloadIdentityArgs, WorkloadIdentityOutputs>;

// Loaded when asked for: a stack on one cloud never reads the other two.
const builders: PerCloud<() => BuildWorkloadIdentity> = {
  aws: () => (require("./aws") as typeof import("./aws")).build,
  azure: () => (require("./azure") as typeof import("./azure")).build,
  gcp: () => (require("./gcp") as typeof import("./gcp")).build,
};

/** RFC 1123, what Kubernetes takes as the name of a namespace or service account. */
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const grantKinds = ["bucket", "key", "database", "cache", "secret", "registry", "zone"] as const;
const key = made('a key of a Keys, such as keys.for("database")');
const grant = z.discriminatedUnion(
  "kind",
  [
    parts({
      kind: z.literal("bucket"),
      bucket: made("a store of a Storage's buckets"),
      key,
      access: choice(["read", "write", "add"]),
    }),
    parts({ kind: z.literal("key"), key }),
    parts({ kind: z.literal("database"), database: the("database:Database"), key }),
    parts({ kind: z.literal("cache"), cache: the("cache:Cache"), key }),
    parts({
      kind: z.literal("secret"),
      secret: made("a secret of a Secrets"),
      key,
      access: choice(["read", "rotate"]),
    }),
    parts({ kind: z.literal("registry"), registry: the("registry:Registry") }),
    parts({ kind: z.literal("zone"), zoneId: input(text, "a zone's id") }),
  ],
  { error: (issue) => (issue.code === "invalid_union" ? `a kind of grant: ${grantKinds.join(", ")}` : undefined) },
);

const workloadIdentityKinds: Kinds<WorkloadIdentityArgs> = {
  site: the("site:Site"),
  cluster: the("cluster:Cluster"),
  namespace: text,
  serviceAccount: text,
  grants: map(grant),
};

/** A cloud identity of one service account, with just the roles that its grants need (CLU-07, SEC-10, SEC-11). */
export class WorkloadIdentity extends pulumi.ComponentResource implements WorkloadIdentityOutputs {
  readonly identity: pulumi.Output<string>;
  readonly annotations: WorkloadIdentityOutputs["annotations"];
  readonly podLabels: WorkloadIdentityOutputs["podLabels"];
  readonly native: WorkloadIdentityOutputs["native"];

  constructor(name: string, given: WorkloadIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("WorkloadIdentity", name, given, workloadIdentityKinds);
    const remedy = "use lower case letters, digits and -, 63 characters at most";
    refuse("WorkloadIdentity", name, [
      ...(label.test(args.namespace) ? [] : [{ field: "namespace", value: args.namespace, remedy }]),
      ...(label.test(args.serviceAccount) ? [] : [{ field: "serviceAccount", value: args.serviceAccount, remedy }]),
      ...Object.keys(args.grants)
        .filter((grant) => !label.test(grant))
        .map((value) => ({ field: "grants", value, remedy })),
    ]);
    super("trifold:identity:WorkloadIdentity", name, {}, { ...args.site.options, ...opts });
    const built = builders[args.site.cloud]()({ name, site: args.site, args, child: { parent: this } });
    this.identity = built.identity;
    this.annotations = built.annotations;
    this.podLabels = built.podLabels;
    this.native = built.native;
    this.registerOutputs({ identity: this.identity, annotations: this.annotations });
  }
}
