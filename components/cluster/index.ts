import type { Provider as KubernetesProvider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import { accept, choice, type Kinds, list, map, number, parts, text, the } from "../accept";
import type { Build } from "../build";
import { weekdays } from "../cache";
import type { PerCloud } from "../cloud";
import type { Keys } from "../keys";
import type { Network } from "../network";
import type { Registry } from "../registry";
import type { Site } from "../site";
import { checkCluster } from "./check";
import { completePools } from "./complete";
import { type CompletePool, type NodePool, poolKinds } from "./pools";

export type { CompletePool, NodePool, Taint } from "./pools";

/** regular: patches by themselves, minors when `version` says so. extended: the cloud's paid long-term support of a minor. */
export const channels = ["regular", "extended"] as const;

export interface ClusterArgs {
  readonly site: Site;
  readonly network: Network;
  /** Zones of the nodes: the network's, by name. */
  readonly zones: readonly string[];
  /** Uses `cluster` for the secrets in etcd and for node disks, `logs` for the control plane's logs. */
  readonly keys: Keys;
  /** Nodes may pull from it. */
  readonly registry?: Registry;
  /** Kubernetes minor, "1.35". Config, never looked up. @default standards.kubernetesVersion */
  readonly version?: string;
  /** @default "regular" */
  readonly channel?: (typeof channels)[number];
  /** Nodes for what the cluster itself needs; one small pool. @default min 1, max 3; 2 and 5 outside dev and preview */
  readonly system?: Pick<NodePool, "size" | "min" | "max">;
  /** Worker pools by name: lower case letters and digits, a letter first, 12 characters at most (AKS). @default { workers: {} } */
  readonly pools?: Readonly<Record<string, NodePool>>;
  /**
   * Public ranges that may reach the API server (CLU-05), as CIDR, never 0.0.0.0/0 or ::/0. Empty: the endpoint is private.
   * @default none
   */
  readonly apiAllowList?: readonly string[];
  /** Who administers the cluster by cloud login: IAM role ARNs; Entra group object ids; addresses of Google groups, others as `user:<address>`. @default none: whoever deploys */
  readonly admins?: readonly string[];
  /** Start of the weekly maintenance window, UTC, four hours long; twelve on Google Cloud, the least that GKE takes. EKS has none: it changes when `version` does. @default sunday, 3 */
  readonly maintenanceDay?: (typeof weekdays)[number];
  readonly maintenanceHour?: number;
  /** Days that control-plane and audit logs are kept. @default standards.accessLogRetentionDays */
  readonly logRetentionDays?: number;
  readonly existing?: ExistingCluster;
}

/** A cluster made by somebody else: read, never changed. Its version, pools and logs are its owner's. */
export interface ExistingCluster {
  readonly name: string;
  /** Azure: resource group. @default the site's */
  readonly resourceGroup?: string;
  /** Google Cloud: region or zone. @default the site's region */
  readonly location?: string;
}

export type ClusterNative =
  | {
      readonly cloud: "aws";
      readonly clusterName: pulumi.Output<string>;
      /** Issuer as an identity provider of the account. */
      readonly oidcProviderArn: pulumi.Output<string>;
    }
  | { readonly cloud: "azure"; readonly clusterId: pulumi.Output<string> }
  | {
      readonly cloud: "gcp";
      readonly clusterId: pulumi.Output<string>;
      /** `<project>.svc.id.goog` */
      readonly workloadPool: pulumi.Output<string>;
    };

export interface ClusterOutputs {
  readonly name: pulumi.Output<string>;
  /** https://... of the API server. */
  readonly endpoint: pulumi.Output<string>;
  /** Its certificate authority, PEM in base64. */
  readonly ca: pulumi.Output<string>;
  /** https://... that signs the tokens of service accounts; other clouds trust it too. */
  readonly oidcIssuer: pulumi.Output<string>;
  /** Identity that nodes run as: role ARN, client id of the kubelet identity, service account address. */
  readonly nodeIdentity: pulumi.Output<string>;
  /** Secret. Logs in through the cloud's own CLI (exec plugin); holds no token. */
  readonly kubeconfig: pulumi.Output<string>;
  /** For everything inside the cluster. */
  readonly provider: KubernetesProvider;
  readonly native: ClusterNative;
}

/** What a cloud builds; the shell makes kubeconfig's provider from it. */
export type BuiltCluster = Omit<ClusterOutputs, "provider"> & {
  /** Access entries, system nodes, add-ons: what the cluster's inside must wait for, and outlive it. */
  readonly ready: readonly pulumi.Resource[];
};

export type CompleteClusterArgs = Required<Omit<ClusterArgs, "registry" | "existing" | "pools" | "system">> &
  Pick<ClusterArgs, "registry" | "existing"> & {
    readonly system: CompletePool;
    readonly pools: Readonly<Record<string, CompletePool>>;
  };
export type BuildCluster = Build<CompleteClusterArgs, BuiltCluster>;

// Loaded when asked for: a stack on one cloud never reads the other two.
const builders: PerCloud<() => BuildCluster> = {
  aws: () => (require("./aws") as typeof import("./aws")).build,
  azure: () => (require("./azure") as typeof import("./azure")).build,
  gcp: () => (require("./gcp") as typeof import("./gcp")).build,
};

const clusterKinds: Kinds<ClusterArgs> = {
  site: the("site:Site"),
  network: the("network:Network"),
  zones: list(text),
  keys: the("keys:Keys"),
  registry: the("registry:Registry").optional(),
  version: text.optional(),
  channel: choice(channels).optional(),
  system: parts({ size: poolKinds.size, min: poolKinds.min, max: poolKinds.max }).optional(),
  pools: map(parts(poolKinds)).optional(),
  apiAllowList: list(text).optional(),
  admins: list(text).optional(),
  maintenanceDay: choice(weekdays).optional(),
  maintenanceHour: number.optional(),
  logRetentionDays: number.optional(),
  existing: parts({ name: text, resourceGroup: text.optional(), location: text.optional() }).optional(),
};

/** Managed Kubernetes: private, secrets under a customer key, cloud login only, every log exported (CLU-01 to CLU-10). */
export class Cluster extends pulumi.ComponentResource implements ClusterOutputs {
  readonly name: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  readonly ca: pulumi.Output<string>;
  readonly oidcIssuer: pulumi.Output<string>;
  readonly nodeIdentity: pulumi.Output<string>;
  readonly kubeconfig: pulumi.Output<string>;
  readonly provider: KubernetesProvider;
  readonly native: ClusterNative;

  constructor(name: string, given: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("Cluster", name, given, clusterKinds);
    const full: CompleteClusterArgs = {
      version: standards.kubernetesVersion,
      channel: "regular",
      apiAllowList: [],
      admins: [],
      maintenanceDay: "sunday",
      maintenanceHour: 3,
      logRetentionDays: standards.accessLogRetentionDays,
      ...args,
      ...completePools(args),
    };
    checkCluster(name, full);
    super("trifold:cluster:Cluster", name, {}, { ...args.site.options, ...opts });
    const built = builders[args.site.cloud]()({ name, site: args.site, args: full, child: { parent: this } });
    this.name = built.name;
    this.endpoint = built.endpoint;
    this.ca = built.ca;
    this.oidcIssuer = built.oidcIssuer;
    this.nodeIdentity = built.nodeIdentity;
    this.kubeconfig = pulumi.secret(built.kubeconfig);
    this.native = built.native;
    const { Provider } = require("@pulumi/kubernetes/provider") as typeof import("@pulumi/kubernetes/provider");
    this.provider = new Provider(
      name,
      {
        kubeconfig: this.kubeconfig,
        enableServerSideApply: true,
        // Without it a preview that can't know the kubeconfig (its cluster changes) replaces everything inside.
        clusterIdentifier: [args.site.cloud, args.site.region, args.site.prefix, name].join("/"),
      },
      { parent: this, dependsOn: [...built.ready] },
    );
    this.registerOutputs({
      name: this.name,
      endpoint: this.endpoint,
      ca: this.ca,
      oidcIssuer: this.oidcIssuer,
      nodeIdentity: this.nodeIdentity,
      kubeconfig: this.kubeconfig,
    });
  }
}
