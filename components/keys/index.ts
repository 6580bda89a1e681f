import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import { accept, choice, type Kinds, list, number, the } from "../accept";
import type { Build } from "../build";
import type { PerCloud } from "../cloud";
import { type Mistake, outside, refuse } from "../mistake";
import type { Site } from "../site";

/** One key a purpose, so that who may read logs can't read the database (SEC-01). */
export const keyPurposes = [
  "database",
  "storage",
  "backups",
  "logs",
  "secrets",
  "cluster",
  "cache",
  "registry",
] as const;
export type KeyPurpose = (typeof keyPurposes)[number];

const ranges = { rotationDays: [1, 2560], deletionWindowDays: [7, 30] } as const;

export interface KeysArgs {
  readonly site: Site;
  /** Keys to make. @default all */
  readonly purposes?: readonly KeyPurpose[];
  /** Days between automatic rotations (SEC-02). AWS: 90 to 2560; GCP: 1 or more; Azure: 7 or more. A smaller value than the cloud's floor is raised to it. @default standards.keyRotationDays */
  readonly rotationDays?: number;
  /** Days in which a deleted key can still be saved. AWS 7 to 30, Azure 7 to 90, GCP 1 to 120. @default standards.keyDeletionWindowDays (30) */
  readonly deletionWindowDays?: number;
}

/** A customer-managed key, as other components name it. */
export interface KeyRef {
  /** AWS: key ARN. Azure: versionless key identifier (https://<vault>.vault.azure.net/keys/<name>). GCP: crypto key id. */
  readonly id: pulumi.Output<string>;
  readonly native: KeyNative;
}

export type KeyNative =
  | { readonly cloud: "aws"; readonly keyId: pulumi.Output<string> }
  | {
      readonly cloud: "azure";
      readonly vaultUri: pulumi.Output<string>;
      readonly keyName: pulumi.Output<string>;
      /** User-assigned identity that may wrap and unwrap with this key: services that use the key run as it. */
      readonly identityId: pulumi.Output<string>;
      readonly identityPrincipalId: pulumi.Output<string>;
      readonly identityClientId: pulumi.Output<string>;
      /** `id` with the version of the last refresh: for services that know no other and can't follow a rotation by themselves. */
      readonly versionedId: pulumi.Output<string>;
      /** Resource id of the key, which roles are given on. */
      readonly resourceId: pulumi.Output<string>;
      /** The role assignment; a service that uses the key depends on it. */
      readonly grant: pulumi.Resource;
    }
  | {
      readonly cloud: "gcp";
      readonly keyRingId: pulumi.Output<string>;
      /** The grants to the services' own agents; a service that uses the key depends on them. */
      readonly grants: readonly pulumi.Resource[];
    };

export type KeysNative =
  | { readonly cloud: "aws" }
  | { readonly cloud: "azure"; readonly vaultId: pulumi.Output<string>; readonly vaultName: pulumi.Output<string> }
  | { readonly cloud: "gcp"; readonly keyRingId: pulumi.Output<string> };

export interface KeysOutputs {
  readonly keys: Readonly<Partial<Record<KeyPurpose, KeyRef>>>;
  readonly native: KeysNative;
}

export type CompleteKeysArgs = Required<KeysArgs>;
export type BuildKeys = Build<CompleteKeysArgs, KeysOutputs>;

// Loaded when asked for: a stack on one cloud never reads the other two (half of a preview's start, test/bench).
const builders: PerCloud<() => BuildKeys> = {
  aws: () => (require("./aws") as typeof import("./aws")).build,
  azure: () => (require("./azure") as typeof import("./azure")).build,
  gcp: () => (require("./gcp") as typeof import("./gcp")).build,
};

const names = (list: readonly string[]) => list.join(", ");

function keysMistakes(choice: CompleteKeysArgs): Mistake[] {
  const { purposes } = choice;
  const remedy = `name one or more of ${names(keyPurposes)}, each once`;
  const fine = purposes.length > 0 && new Set(purposes).size === purposes.length;
  return [...outside(ranges, choice), ...(fine ? [] : [{ field: "purposes", value: purposes, remedy }])];
}

const keysKinds: Kinds<KeysArgs> = {
  site: the("site:Site"),
  purposes: list(choice(keyPurposes)).optional(),
  rotationDays: number.optional(),
  deletionWindowDays: number.optional(),
};

/** Customer-managed keys of a site, one a purpose: rotated, slow to delete, each usable only by the services that need it. */
export class Keys extends pulumi.ComponentResource implements KeysOutputs {
  readonly keys: KeysOutputs["keys"];
  readonly native: KeysNative;

  constructor(name: string, given: KeysArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("Keys", name, given, keysKinds);
    const complete: CompleteKeysArgs = {
      purposes: keyPurposes,
      rotationDays: standards.keyRotationDays,
      deletionWindowDays: standards.keyDeletionWindowDays,
      ...args,
    };
    refuse("Keys", name, keysMistakes(complete));
    super("trifold:keys:Keys", name, {}, { ...args.site.options, ...opts });
    const built = builders[args.site.cloud]()({ name, site: args.site, args: complete, child: { parent: this } });
    this.keys = built.keys;
    this.native = built.native;
    this.registerOutputs({
      keyIds: Object.fromEntries(Object.entries(built.keys).map(([purpose, key]) => [purpose, key.id])),
    });
  }

  /** The key of a purpose; an error that names it when this component was told not to make it. */
  for(purpose: KeyPurpose): KeyRef {
    const key = this.keys[purpose];
    if (!key)
      throw new pulumi.RunError(`There is no "${purpose}" key; these were made: ${names(Object.keys(this.keys))}.`);
    return key;
  }
}
