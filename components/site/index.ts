import * as pulumi from "@pulumi/pulumi";
import { Provider as RandomProvider } from "@pulumi/random/provider";
import { accept, choice, flag, type Kinds, map, parts, text } from "../accept";
import { type Cloud, clouds, type PerCloud } from "../cloud";
import type { Tags } from "../tags";
import { withoutVersionedAliases } from "./azure-aliases";
import { checkSite } from "./check";

export const environments = ["dev", "staging", "prod", "dr", "preview"] as const;
export type Environment = (typeof environments)[number];

const frugalEnvironments: readonly Environment[] = ["dev", "preview"];

/** What a site is for: `primary` serves, `standby` can take over, `backup` only keeps copies. */
export type Role = "primary" | "standby" | "backup";

/** How hard it is to lose something by mistake. */
export interface Safeguards {
  /** Pulumi `protect` and the cloud's own deletion protection on everything that holds data. @default true but in dev and preview */
  readonly deletionProtection: boolean;
  /** Buckets may be destroyed with their content, databases without a last snapshot. @default false but in dev and preview */
  readonly disposable: boolean;
}

/** The account that a site lives in; what is left out comes from the provider's own environment (AWS_PROFILE, ARM_SUBSCRIPTION_ID, GOOGLE_PROJECT, ...). */
export interface Account {
  /** AWS account id (12 digits). The provider refuses every other one. */
  readonly aws?: string;
  /** Azure subscription id (UUID). */
  readonly azure?: string;
  /** Google Cloud project id. */
  readonly gcp?: string;
}

export interface SiteArgs {
  /** Application name, the first part of every physical name: lower case letters, digits and `-`. */
  readonly app: string;
  readonly environment: Environment;
  readonly cloud: Cloud;
  /** The cloud's own name of the region: `us-east-1`, `eastus`, `us-central1`. */
  readonly region: string;
  readonly role?: Role;
  readonly tags: Tags;
  readonly account?: Account;
  readonly safeguards?: Partial<Safeguards>;
}

/** What the builders of one cloud need to know of the place, beyond the contract. */
export type SiteNative =
  | {
      readonly cloud: "aws";
      readonly accountId: pulumi.Output<string>;
      /** `aws`, `aws-us-gov` or `aws-cn`: the second part of every ARN. */
      readonly partition: pulumi.Output<string>;
    }
  | {
      readonly cloud: "azure";
      readonly subscriptionId: pulumi.Output<string>;
      readonly tenantId: pulumi.Output<string>;
      /** Name of the one resource group that holds the site. */
      readonly resourceGroup: pulumi.Output<string>;
      readonly resourceGroupId: pulumi.Output<string>;
      /** Log Analytics workspace that diagnostic settings and flow logs write to (resource id). */
      readonly workspaceId: pulumi.Output<string>;
      /** The same workspace's customer id (a UUID), which Traffic Analytics asks for as well. */
      readonly workspaceCustomerId: pulumi.Output<string>;
    }
  | {
      readonly cloud: "gcp";
      readonly project: pulumi.Output<string>;
      readonly projectNumber: pulumi.Output<string>;
      /** The services (APIs) that have been switched on; what needs one depends on it. */
      readonly services: readonly pulumi.Resource[];
    };

export interface SiteOutputs {
  readonly provider: pulumi.ProviderResource;
  /** What makes global names ours: account id, subscription id or project id. */
  readonly accountKey: pulumi.Output<string>;
  readonly native: SiteNative;
}

export interface SiteContext {
  readonly name: string;
  readonly args: SiteArgs;
  readonly parent: pulumi.ComponentResource;
}

// Loaded when asked for: a stack on one cloud never reads the other two.
const builders: PerCloud<() => (context: SiteContext) => SiteOutputs> = {
  aws: () => (require("./aws") as typeof import("./aws")).buildAws,
  azure: () => (require("./azure") as typeof import("./azure")).buildAzure,
  gcp: () => (require("./gcp") as typeof import("./gcp")).buildGcp,
};

const siteKinds: Kinds<SiteArgs> = {
  app: text,
  environment: choice(environments),
  cloud: choice(clouds),
  region: text,
  role: choice(["primary", "standby", "backup"]).optional(),
  tags: map(text),
  account: parts({ aws: text.optional(), azure: text.optional(), gcp: text.optional() }).optional(),
  safeguards: parts({ deletionProtection: flag.optional(), disposable: flag.optional() }).optional(),
};

/**
 * A place: one cloud, one region, one role. It owns the explicit provider of everything built in it; components take
 * the site as an argument and have it as their parent, so no resource ever uses a default provider.
 */
export class Site extends pulumi.ComponentResource implements SiteOutputs {
  readonly app: string;
  readonly environment: Environment;
  readonly cloud: Cloud;
  readonly region: string;
  readonly role: Role;
  readonly tags: Tags;
  readonly safeguards: Safeguards;
  readonly provider: pulumi.ProviderResource;
  readonly accountKey: pulumi.Output<string>;
  readonly native: SiteNative;
  readonly #random: pulumi.ProviderResource;

  constructor(name: string, given: SiteArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("Site", name, given, siteKinds);
    checkSite(name, args);
    const transformations = [
      ...(opts?.transformations ?? []),
      ...(args.cloud === "azure" ? [withoutVersionedAliases] : []),
    ];
    super("trifold:site:Site", name, {}, { ...opts, transformations });
    const relaxed = frugalEnvironments.includes(args.environment);
    this.app = args.app;
    this.environment = args.environment;
    this.cloud = args.cloud;
    this.region = args.region;
    this.role = args.role ?? "primary";
    this.tags = args.tags;
    this.safeguards = { deletionProtection: !relaxed, disposable: relaxed, ...args.safeguards };
    const built = builders[args.cloud]()({ name, args, parent: this });
    this.provider = built.provider;
    // Passwords and the like: explicit as well, so that default providers can be switched off altogether.
    this.#random = new RandomProvider(name, {}, { parent: this });
    this.accountKey = built.accountKey;
    this.native = built.native;
    this.registerOutputs({ region: this.region, cloud: this.cloud, accountKey: this.accountKey });
  }

  /** Prefix of physical names: `goodies-prod`, `goodies-prod-standby`. */
  get prefix(): string {
    const place = this.role === "primary" ? [] : [this.role];
    return [this.app, this.environment, ...place].join("-");
  }

  /** Dev and preview: the smallest of everything, nothing twice (ENV-03). What is torn down with its data is `disposable`'s to say. */
  get frugal(): boolean {
    return frugalEnvironments.includes(this.environment);
  }

  /** Options for a component of this site: parent and providers. */
  get options(): pulumi.ComponentResourceOptions {
    return { parent: this, providers: [this.provider, this.#random] };
  }
}

/** Narrows something's `native` block to one cloud; the message names who asked and what was handed over. */
export function nativeOf<N extends { readonly cloud: Cloud }, C extends Cloud>(
  holder: { readonly native: N },
  cloud: C,
  wanted: string,
): Extract<N, { readonly cloud: C }> {
  if (holder.native.cloud !== cloud)
    throw new pulumi.RunError(`${wanted} on ${cloud} was handed a component that lives on ${holder.native.cloud}.`);
  return holder.native as Extract<N, { readonly cloud: C }>;
}
