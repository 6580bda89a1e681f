import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import { accept, hidden, type Kinds, map, number, parts, secret, the } from "../accept";
import type { Build } from "../build";
import type { PerCloud } from "../cloud";
import type { Keys } from "../keys";
import type { Network } from "../network";
import type { Site } from "../site";
import { checkSecrets } from "./check";

/** One secret: a value that is made here, or one that is handed over. */
export interface SecretSpec {
  /** Length of the generated value, 16 to 128 characters. @default 48 */
  readonly length?: number;
  /** A value from elsewhere (an API token of a third party). @default generated */
  readonly value?: pulumi.Output<string>;
}

export interface SecretsArgs {
  readonly site: Site;
  /** Azure: the vault is reached through the network's endpoint. */
  readonly network: Network;
  /** Uses the `secrets` key. */
  readonly keys: Keys;
  /** Secrets by name, kebab-case. @default { "app-signing-key": {} } */
  readonly secrets?: Readonly<Record<string, SecretSpec>>;
  /** Days between rotations that the store asks for (SEC-09), 7 to 365; AWS's does it, of values that are made here. @default standards.secretRotationDays (30) */
  readonly rotationDays?: number;
  /** Site whose region gets a copy (BAK-12): same cloud, another region. */
  readonly replica?: { readonly site: Site; readonly keys: Keys };
}

/** A stored secret, as grants and workloads name it. */
export interface SecretRef {
  /** Secret ARN; Key Vault secret id without a version (https://<vault>.vault.azure.net/secrets/<name>); projects/<p>/secrets/<name>. */
  readonly id: pulumi.Output<string>;
  readonly native:
    | { readonly cloud: "aws"; readonly keyArn: pulumi.Output<string> }
    | {
        readonly cloud: "azure";
        readonly vaultId: pulumi.Output<string>;
        readonly vaultName: pulumi.Output<string>;
        readonly secretName: pulumi.Output<string>;
      }
    | { readonly cloud: "gcp"; readonly secretId: pulumi.Output<string> };
}

export interface SecretsOutputs {
  readonly secrets: Readonly<Record<string, SecretRef>>;
}

export type CompleteSecretsArgs = Required<Omit<SecretsArgs, "replica">> & Pick<SecretsArgs, "replica">;
export type BuildSecrets = Build<CompleteSecretsArgs, SecretsOutputs>;

// Loaded when asked for: a stack on one cloud never reads the other two.
const builders: PerCloud<() => BuildSecrets> = {
  aws: () => (require("./aws") as typeof import("./aws")).build,
  azure: () => (require("./azure") as typeof import("./azure")).build,
  gcp: () => (require("./gcp") as typeof import("./gcp")).build,
};

const secretsKinds: Kinds<SecretsArgs> = {
  site: the("site:Site"),
  network: the("network:Network"),
  keys: the("keys:Keys"),
  secrets: map(hidden(parts({ length: number.optional(), value: secret.optional() }))).optional(),
  rotationDays: number.optional(),
  replica: parts({ site: the("site:Site"), keys: the("keys:Keys") }).optional(),
};

/** The application's own secrets in the cloud's store: customer key, slow to delete, rotation, a copy in the other region (SEC-07, SEC-09). */
export class Secrets extends pulumi.ComponentResource implements SecretsOutputs {
  readonly secrets: SecretsOutputs["secrets"];

  constructor(name: string, given: SecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("Secrets", name, given, secretsKinds);
    const complete: CompleteSecretsArgs = {
      secrets: { "app-signing-key": {} },
      rotationDays: standards.secretRotationDays,
      ...args,
    };
    checkSecrets(name, complete);
    super("trifold:secrets:Secrets", name, {}, { ...args.site.options, ...opts });
    const built = builders[args.site.cloud]()({ name, site: args.site, args: complete, child: { parent: this } });
    this.secrets = built.secrets;
    this.registerOutputs({
      ids: Object.fromEntries(Object.entries(built.secrets).map(([key, secret]) => [key, secret.id])),
    });
  }
}
