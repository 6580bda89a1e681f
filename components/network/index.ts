import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import { accept, choice, type Kinds, list, number, parts, text, the } from "../accept";
import type { Build } from "../build";
import type { PerCloud } from "../cloud";
import type { Keys } from "../keys";
import type { Site } from "../site";
import { checkNetwork } from "./check";

/** public: load balancers and NAT. private: compute, with a way out through NAT. data: databases and caches, with none. */
export const tiers = ["public", "private", "data"] as const;
export type Tier = (typeof tiers)[number];

export interface NetworkArgs {
  readonly site: Site;
  /** The `logs` key encrypts flow logs; on Azure the key vault gets its private endpoint here. */
  readonly keys: Keys;
  /** Address range, inside 10.0.0.0/8 (NET-13), /16 to /20. @default "10.20.0.0/16" */
  readonly cidr?: string;
  /** Zone names (`us-east-1a`, `1`, `us-central1-a`): config, never looked up, since a cloud adds zones. */
  readonly zones: readonly string[];
  /** One NAT a zone survives the loss of a zone; a single one costs less. @default "per-zone" but in dev and preview */
  readonly nat?: "per-zone" | "single";
  /** `web` lets the private tier out on 443, 80 and DNS/NTP only; `open` on every port (NET-09). @default "web" */
  readonly egress?: "open" | "web";
  /** Port that the application listens on, opened from the public to the private tier (NET-06). @default 8080 */
  readonly appPort?: number;
  /**
   * Ranges of the platform's networks in other regions. Azure: their database subnets may replicate with this one's (DB-03);
   * the other clouds replicate over networks of their own. @default none
   */
  readonly peers?: readonly string[];
  /** Days that flow logs are kept. @default standards.flowLogRetentionDays */
  readonly flowLogRetentionDays?: number;
  readonly existing?: ExistingNetwork;
}

/**
 * Bring your own: subnets made by somebody else, one list a tier. Nothing is created in them but what a component needs.
 * GCP: private services access must stand already (a servicenetworking peering), since a network has one.
 */
export interface ExistingNetwork {
  /** AWS: vpc-...; Azure: resource id of the virtual network; GCP: projects/P/global/networks/N. */
  readonly id: string;
  readonly cidr: string;
  readonly subnets: Readonly<Record<Tier, readonly string[]>>;
  /** Azure: the subnet delegated to Microsoft.DBforPostgreSQL/flexibleServers (resource id). Needed there for a database. */
  readonly databaseSubnet?: string;
  /** Azure: the subnet delegated to Microsoft.ContainerService/managedClusters, /28 or larger, which the API server stands in (resource id). Needed there for a cluster. */
  readonly clusterSubnet?: string;
  /** Google Cloud: names of the private subnet's second ranges for pods and services. Needed there for a cluster. */
  readonly secondaryRanges?: { readonly pods: string; readonly services: string };
  /** Azure: private DNS zones that are linked to the network already (resource ids); a network takes one of a name. Others are made. */
  readonly privateZones?: Readonly<Partial<Record<PrivateService, string>>>;
}

/** Services that Azure's private DNS zones are kept for. */
export const privateServices = ["postgres", "blob", "vault", "redis", "registry"] as const;
export type PrivateService = (typeof privateServices)[number];

export type NetworkNative =
  | {
      readonly cloud: "aws";
      /** Security groups of the chain internet -> edge -> app -> data (NET-06). */
      readonly securityGroups: Readonly<Record<"edge" | "app" | "data", pulumi.Output<string>>>;
    }
  | {
      readonly cloud: "azure";
      /** Subnet delegated to PostgreSQL flexible server. */
      readonly databaseSubnetId: pulumi.Output<string>;
      /** Subnet that private endpoints go into. */
      readonly endpointSubnetId: pulumi.Output<string>;
      /** Subnet delegated to the cluster's API server. */
      readonly clusterSubnetId: pulumi.Output<string>;
      /** Resource ids of the linked private DNS zones, by service. */
      readonly privateZones: Readonly<Record<PrivateService, pulumi.Output<string>>>;
      /** Links of those zones; who registers a name depends on them. */
      readonly zoneLinks: readonly pulumi.Resource[];
    }
  | {
      readonly cloud: "gcp";
      /** Names of the private subnet's second ranges, which the cluster's pods and services take their addresses from; none where an existing network named none. */
      readonly secondaryRanges?: { readonly pods: pulumi.Output<string>; readonly services: pulumi.Output<string> };
      /** The service networking peering: Cloud SQL with a private address depends on it. */
      readonly privateServices: pulumi.Resource;
    };

export interface NetworkOutputs {
  /** Id that other resources of the cloud take: vpc id, resource id, self link. */
  readonly id: pulumi.Output<string>;
  readonly cidr: pulumi.Output<string>;
  /** Subnet ids by tier, in the order of the zones: one a zone on AWS and Azure; one on GCP, where a subnet spans its region. */
  readonly subnetIds: Readonly<Record<Tier, pulumi.Output<string[]>>>;
  /** Public addresses that the private tier's traffic leaves by, what others let in; none are known of somebody else's network. */
  readonly egress: pulumi.Output<string[]>;
  readonly native: NetworkNative;
}

export type CompleteNetworkArgs = Required<Omit<NetworkArgs, "existing">> & Pick<NetworkArgs, "existing">;
export type BuildNetwork = Build<CompleteNetworkArgs, NetworkOutputs>;

// Loaded when asked for: a stack on one cloud never reads the other two (half of a preview's start, test/bench).
const builders: PerCloud<() => BuildNetwork> = {
  aws: () => (require("./aws") as typeof import("./aws")).build,
  azure: () => (require("./azure") as typeof import("./azure")).build,
  gcp: () => (require("./gcp") as typeof import("./gcp")).build,
};

const networkKinds: Kinds<NetworkArgs> = {
  site: the("site:Site"),
  keys: the("keys:Keys"),
  cidr: text.optional(),
  zones: list(text),
  nat: choice(["per-zone", "single"]).optional(),
  egress: choice(["open", "web"]).optional(),
  appPort: number.optional(),
  peers: list(text).optional(),
  flowLogRetentionDays: number.optional(),
  existing: parts({
    id: text,
    cidr: text,
    subnets: parts({ public: list(text), private: list(text), data: list(text) }),
    databaseSubnet: text.optional(),
    clusterSubnet: text.optional(),
    secondaryRanges: parts({ pods: text, services: text }).optional(),
    privateZones: parts(
      Object.fromEntries(privateServices.map((service) => [service, text.optional()] as const)),
    ).optional(),
  }).optional(),
};

/** A private network in three tiers over n zones, or an existing one under the same contract. */
export class Network extends pulumi.ComponentResource implements NetworkOutputs {
  readonly id: pulumi.Output<string>;
  readonly cidr: pulumi.Output<string>;
  readonly subnetIds: NetworkOutputs["subnetIds"];
  readonly egress: pulumi.Output<string[]>;
  readonly native: NetworkNative;

  constructor(name: string, given: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("Network", name, given, networkKinds);
    const complete: CompleteNetworkArgs = {
      cidr: "10.20.0.0/16",
      nat: args.site.frugal ? "single" : "per-zone",
      egress: "web",
      appPort: 8080,
      peers: [],
      flowLogRetentionDays: standards.flowLogRetentionDays,
      ...args,
    };
    checkNetwork(name, complete);
    super("trifold:network:Network", name, {}, { ...args.site.options, ...opts });
    const built = builders[args.site.cloud]()({ name, site: args.site, args: complete, child: { parent: this } });
    this.id = built.id;
    this.cidr = built.cidr;
    this.subnetIds = built.subnetIds;
    this.egress = built.egress;
    this.native = built.native;
    this.registerOutputs({ id: this.id, cidr: this.cidr, subnetIds: this.subnetIds });
  }
}
