import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import { accept, type Kinds, list, number, parts, text, the } from "../accept";
import type { Build } from "../build";
import type { PerCloud } from "../cloud";
import type { Keys } from "../keys";
import type { Network } from "../network";
import type { Site } from "../site";
import { checkRegistry } from "./check";

export interface RegistryArgs {
  readonly site: Site;
  /** Azure: the registry's private endpoint goes into it. */
  readonly network: Network;
  /** Uses the `registry` key. */
  readonly keys: Keys;
  /** Repositories by name: lower case letters, digits, `-` and `/`. @default ["app"] */
  readonly repositories?: readonly string[];
  /** Releases that are kept in each repository (CLU-15), 2 to 100; older images are cleaned up. @default standards.keptReleases (10) */
  readonly keepReleases?: number;
  /** Site that gets a copy of every image (BAK-12): in another region of the same cloud. Google Cloud: the release's push goes to both addresses. */
  readonly replica?: {
    readonly site: Site;
    readonly keys: Keys;
    /** Azure: gets a private endpoint to the registry, without which nothing there can pull. */
    readonly network?: Network;
  };
}

export type RegistryNative =
  | { readonly cloud: "aws"; readonly repositoryArns: Readonly<Record<string, pulumi.Output<string>>> }
  | { readonly cloud: "azure"; readonly registryId: pulumi.Output<string> }
  | {
      readonly cloud: "gcp";
      readonly location: pulumi.Output<string>;
      /** Repository ids, by name; one Docker repository a name. */
      readonly repositoryIds: Readonly<Record<string, pulumi.Output<string>>>;
      /** Addresses of the replica's repositories: who pushes a release pushes it there too. */
      readonly replicaUrls?: Readonly<Record<string, pulumi.Output<string>>>;
    };

export interface RegistryOutputs {
  /** Host that images are pulled from: `<account>.dkr.ecr.<region>.amazonaws.com`, `<name>.azurecr.io`, `<region>-docker.pkg.dev`. */
  readonly host: pulumi.Output<string>;
  /** Address of each repository, without a tag, by name. */
  readonly urls: Readonly<Record<string, pulumi.Output<string>>>;
  readonly native: RegistryNative;
}

export type CompleteRegistryArgs = Required<Omit<RegistryArgs, "replica">> & Pick<RegistryArgs, "replica">;
export type BuildRegistry = Build<CompleteRegistryArgs, RegistryOutputs>;

// Loaded when asked for: a stack on one cloud never reads the other two.
const builders: PerCloud<() => BuildRegistry> = {
  aws: () => (require("./aws") as typeof import("./aws")).build,
  azure: () => (require("./azure") as typeof import("./azure")).build,
  gcp: () => (require("./gcp") as typeof import("./gcp")).build,
};

const registryKinds: Kinds<RegistryArgs> = {
  site: the("site:Site"),
  network: the("network:Network"),
  keys: the("keys:Keys"),
  repositories: list(text).optional(),
  keepReleases: number.optional(),
  replica: parts({
    site: the("site:Site"),
    keys: the("keys:Keys"),
    network: the("network:Network").optional(),
  }).optional(),
};

/** Private container registry: immutable tags (Azure locks each within a quarter of an hour), scanned on push, customer key, the last releases kept (CLU-14, CLU-15). */
export class Registry extends pulumi.ComponentResource implements RegistryOutputs {
  readonly host: pulumi.Output<string>;
  readonly urls: RegistryOutputs["urls"];
  readonly native: RegistryNative;

  constructor(name: string, given: RegistryArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("Registry", name, given, registryKinds);
    const complete: CompleteRegistryArgs = { repositories: ["app"], keepReleases: standards.keptReleases, ...args };
    checkRegistry(name, complete);
    super("trifold:registry:Registry", name, {}, { ...args.site.options, ...opts });
    const built = builders[args.site.cloud]()({ name, site: args.site, args: complete, child: { parent: this } });
    this.host = built.host;
    this.urls = built.urls;
    this.native = built.native;
    this.registerOutputs({ host: this.host, urls: this.urls });
  }
}
