import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import { accept, choice, flag, type Kinds, number, parts, secret, text, the } from "../accept";
import type { Build } from "../build";
import type { PerCloud } from "../cloud";
import type { Keys } from "../keys";
import type { Network } from "../network";
import type { SecretRef } from "../secrets";
import type { Site } from "../site";
import { type Size, sizes } from "../size";
import { checkDatabase } from "./check";

export interface DatabaseArgs {
  readonly site: Site;
  readonly network: Network;
  /** Uses the `database` key, and `secrets` for the stored password. */
  readonly keys: Keys;
  /** PostgreSQL major (DB-10). A change upgrades in place where the cloud can. @default standards.postgresVersion */
  readonly engineVersion?: string;
  /** Machine class. @default "tiny" in dev and preview, "small" in staging, "medium" else */
  readonly size?: Size;
  /** A standby in another zone with automatic failover (DB-02). @default false in dev and preview, else true */
  readonly ha?: boolean;
  /** Replicas for reading, in the same region (DB-03). 0 to 5. @default 0 */
  readonly readReplicas?: number;
  /** Connection pooling by the cloud's own means (DB-11): RDS Proxy, PgBouncer of flexible server, Cloud SQL managed pooling. @default false */
  readonly pooling?: boolean;
  /** Storage at the start, GiB; 32 to 16384. @default 32 */
  readonly storageGb?: number;
  /** Storage grows by itself up to here, GiB (DB-16). Azure: grows without a ceiling of ours. @default 4 x storageGb */
  readonly maxStorageGb?: number;
  /** Days that daily backups are kept (BAK-02), 7 to 35. @default standards.backupRetentionDays, 7 in dev and preview */
  readonly backupRetentionDays?: number;
  /** Days of point-in-time recovery (BAK-03), 1 to 35, at most backupRetentionDays. GCP: at most 7 (F8). @default standards.pitrDays */
  readonly pitrDays?: number;
  /** Start of the daily backup, UTC hour 0 to 23; Azure chooses its own (F7). @default 0 */
  readonly backupHour?: number;
  /** Database and administrator that are made (DB-08). @default "app", "appadmin" */
  readonly databaseName?: string;
  readonly user?: string;
  /** Administrator's password, for moving a database in; it still lands in the secret store. @default generated, 32 characters */
  readonly password?: pulumi.Output<string>;
  /** Statements slower than this are logged, milliseconds (DB-12). @default 1000 */
  readonly slowQueryMs?: number;
  /** Explicit ceiling of connections (DB-13), 25 to 5000. @default 200 */
  readonly maxConnections?: number;
  /** Days that exported logs are kept. @default standards.accessLogRetentionDays */
  readonly logRetentionDays?: number;
  /**
   * Site in another region of the same cloud that backups are copied to (BAK-06), with the keys made there; on Google Cloud
   * the password's secret as well. Azure: decided when the server is made, so adding it later asks for a new server. Google
   * Cloud: so is the secret. @default none
   */
  readonly copies?: { readonly site: Site; readonly keys: Keys };
  /** Data class of the content (TAG-04). @default "sensitive" */
  readonly dataClass?: (typeof standards.dataClasses)[number];
}

export interface DatabaseOutputs {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly databaseName: pulumi.Output<string>;
  readonly user: pulumi.Output<string>;
  /** Where the password lives: secret ARN, Key Vault secret id, Secret Manager secret id. The password itself is never an output. */
  readonly secretRef: pulumi.Output<string>;
  /** The same secret, as grants name it. */
  readonly secret: SecretRef;
  /** Pooled endpoint's host where pooling is on, else the same as host. */
  readonly pooledHost: pulumi.Output<string>;
  readonly pooledPort: pulumi.Output<number>;
  readonly replicaHosts: pulumi.Output<string[]>;
  readonly native: DatabaseNative;
}

/** What backup, replication and monitoring of the same cloud need: the instance's ids. */
export type DatabaseNative =
  | { readonly cloud: "aws"; readonly instanceArn: pulumi.Output<string>; readonly identifier: pulumi.Output<string> }
  | {
      readonly cloud: "azure";
      readonly serverId: pulumi.Output<string>;
      readonly serverName: pulumi.Output<string>;
      /** Secret. The administrator's, for a replica's own vault; never an output of a component. */
      readonly password: pulumi.Output<string>;
    }
  | {
      readonly cloud: "gcp";
      readonly instanceName: pulumi.Output<string>;
      readonly connectionName: pulumi.Output<string>;
      /** Regions that the password's secret can be read in: the site's, and that of `copies`. */
      readonly secretRegions: readonly string[];
    };

export type CompleteDatabaseArgs = Required<Omit<DatabaseArgs, "password" | "copies">> &
  Pick<DatabaseArgs, "password" | "copies">;
export type BuildDatabase = Build<CompleteDatabaseArgs, DatabaseOutputs>;

// Loaded when asked for: a stack on one cloud never reads the other two (half of a preview's start, test/bench).
const builders: PerCloud<() => BuildDatabase> = {
  aws: () => (require("./aws") as typeof import("./aws")).build,
  azure: () => (require("./azure") as typeof import("./azure")).build,
  gcp: () => (require("./gcp") as typeof import("./gcp")).build,
};

/** What `DatabaseArgs` means when left out. */
function complete(args: DatabaseArgs): CompleteDatabaseArgs {
  const { environment, frugal } = args.site;
  const storageGb = args.storageGb ?? 32;
  return {
    engineVersion: standards.postgresVersion,
    size: frugal ? "tiny" : environment === "staging" ? "small" : "medium",
    ha: !frugal,
    readReplicas: 0,
    pooling: false,
    storageGb,
    maxStorageGb: 4 * storageGb,
    backupRetentionDays: frugal ? 7 : standards.backupRetentionDays,
    pitrDays: standards.pitrDays,
    backupHour: 0,
    databaseName: "app",
    user: "appadmin",
    slowQueryMs: 1000,
    maxConnections: 200,
    logRetentionDays: standards.accessLogRetentionDays,
    dataClass: "sensitive",
    ...args,
  };
}

const databaseKinds: Kinds<DatabaseArgs> = {
  site: the("site:Site"),
  network: the("network:Network"),
  keys: the("keys:Keys"),
  engineVersion: text.optional(),
  size: choice(sizes).optional(),
  ha: flag.optional(),
  readReplicas: number.optional(),
  pooling: flag.optional(),
  storageGb: number.optional(),
  maxStorageGb: number.optional(),
  backupRetentionDays: number.optional(),
  pitrDays: number.optional(),
  backupHour: number.optional(),
  databaseName: text.optional(),
  user: text.optional(),
  password: secret.optional(),
  slowQueryMs: number.optional(),
  maxConnections: number.optional(),
  logRetentionDays: number.optional(),
  copies: parts({ site: the("site:Site"), keys: the("keys:Keys") }).optional(),
  dataClass: choice(standards.dataClasses).optional(),
};

/** Managed PostgreSQL: private, TLS only, customer key, backed up, password made here and kept in the cloud's secret store. */
export class Database extends pulumi.ComponentResource implements DatabaseOutputs {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly databaseName: pulumi.Output<string>;
  readonly user: pulumi.Output<string>;
  readonly secretRef: pulumi.Output<string>;
  readonly secret: SecretRef;
  readonly pooledHost: pulumi.Output<string>;
  readonly pooledPort: pulumi.Output<number>;
  readonly replicaHosts: pulumi.Output<string[]>;
  readonly native: DatabaseNative;

  constructor(name: string, given: DatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("Database", name, given, databaseKinds);
    const full = complete(args);
    checkDatabase(name, full);
    super("trifold:database:Database", name, {}, { ...args.site.options, ...opts });
    const built = builders[args.site.cloud]()({ name, site: args.site, args: full, child: { parent: this } });
    this.host = built.host;
    this.port = built.port;
    this.databaseName = built.databaseName;
    this.user = built.user;
    this.secretRef = built.secretRef;
    this.secret = built.secret;
    this.pooledHost = built.pooledHost;
    this.pooledPort = built.pooledPort;
    this.replicaHosts = built.replicaHosts;
    this.native = built.native;
    const { native: _, secret: __, ...outputs } = built;
    this.registerOutputs(outputs);
  }
}
