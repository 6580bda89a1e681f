import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import { accept, flag, type Kinds, number, the } from "../accept";
import type { Build } from "../build";
import type { PerCloud } from "../cloud";
import type { Keys } from "../keys";
import { type Mistake, outside, refuse } from "../mistake";
import type { Network } from "../network";
import type { Site } from "../site";

export interface AuditTrailArgs {
  readonly site: Site;
  /** Azure: the locked store is reached through the network's endpoint. */
  readonly network: Network;
  /** Uses the `logs` key. */
  readonly keys: Keys;
  /** Days that nobody can change or delete a record (SEC-13), 90 to 3653. 0 only where the site is disposable. @default standards.auditLogRetentionDays, 0 in dev and preview */
  readonly lockDays?: number;
  /** Days that records are kept, 90 to 3653, at least lockDays. @default standards.auditLogRetentionDays */
  readonly retentionDays?: number;
  /**
   * Threat detection of the account (SEC-19): GuardDuty; Defender for Cloud plans; on Google Cloud the Event Threat
   * Detection of Security Command Center is the organisation's, so findings are exported from log-based detectors of the
   * project. One stack of an account may own it. @default true
   */
  readonly threatDetection?: boolean;
}

export const auditRanges = { lockDays: [0, 3653], retentionDays: [90, 3653] } as const;

export interface AuditTrailOutputs {
  /** Store that the records are locked in. */
  readonly store: pulumi.Output<string>;
  /** Trail ARN; diagnostic setting's id; log sink's id. */
  readonly id: pulumi.Output<string>;
}

export type CompleteAuditTrailArgs = Required<AuditTrailArgs>;
export type BuildAuditTrail = Build<CompleteAuditTrailArgs, AuditTrailOutputs>;

// Loaded when asked for: a stack on one cloud never reads the other two.
const builders: PerCloud<() => BuildAuditTrail> = {
  aws: () => (require("./aws") as typeof import("./aws")).build,
  azure: () => (require("./azure") as typeof import("./azure")).build,
  gcp: () => (require("./gcp") as typeof import("./gcp")).build,
};

/** What of a trail can be judged without its site: settings judge the same before anything is registered. */
export function auditMistakes(
  disposable: boolean,
  choice: Pick<CompleteAuditTrailArgs, keyof typeof auditRanges>,
): Mistake[] {
  const { lockDays, retentionDays } = choice;
  const tooLong = { field: "lockDays", value: lockDays, remedy: `use ${retentionDays} (retentionDays) or less` };
  const remedy = "use 90 or more; less only where the site is disposable (dev, preview)";
  return [
    ...outside(auditRanges, choice),
    ...(lockDays > retentionDays ? [tooLong] : []),
    ...(disposable || lockDays >= 90 ? [] : [{ field: "lockDays", value: lockDays, remedy }]),
  ];
}

const auditTrailKinds: Kinds<AuditTrailArgs> = {
  site: the("site:Site"),
  network: the("network:Network"),
  keys: the("keys:Keys"),
  lockDays: number.optional(),
  retentionDays: number.optional(),
  threatDetection: flag.optional(),
};

/** Who changed what in the account, in a store that nobody can rewrite, and detection of threats (SEC-13, SEC-19). */
export class AuditTrail extends pulumi.ComponentResource implements AuditTrailOutputs {
  readonly store: pulumi.Output<string>;
  readonly id: pulumi.Output<string>;

  constructor(name: string, given: AuditTrailArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("AuditTrail", name, given, auditTrailKinds);
    const { disposable } = args.site.safeguards;
    const complete: CompleteAuditTrailArgs = {
      lockDays: disposable ? 0 : standards.auditLogRetentionDays,
      retentionDays: standards.auditLogRetentionDays,
      threatDetection: true,
      ...args,
    };
    refuse("AuditTrail", name, auditMistakes(disposable, complete));
    super("trifold:audit:AuditTrail", name, {}, { ...args.site.options, ...opts });
    const built = builders[args.site.cloud]()({ name, site: args.site, args: complete, child: { parent: this } });
    this.store = built.store;
    this.id = built.id;
    this.registerOutputs({ store: this.store, id: this.id });
  }
}
