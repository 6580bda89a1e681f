import { choice, flag, type Kinds, list, map, number, parts, text } from "../accept";
import { type Size, sizes } from "../size";

/** Repels pods that do not tolerate it. */
export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** Worker nodes of one kind. */
export interface NodePool {
  /** Machine class; each cloud's file maps it. @default "medium", "small" in dev, preview and staging */
  readonly size?: Size;
  /** Nodes that always stand, over all zones. 0 to 100. @default 1 in dev and preview, else 2 */
  readonly min?: number;
  /** Nodes that autoscaling may go up to (CLU-03). 1 to 1000, at least `min`. @default 3 in dev and preview, else 10 */
  readonly max?: number;
  /** Zones by name. @default the network's; one of them in dev and preview */
  readonly zones?: readonly string[];
  /** Spare capacity that the cloud may take back, for batch work (CLU-09); tainted `trifold.dev/spot=true:NoSchedule` by itself. @default false */
  readonly spot?: boolean;
  readonly taints?: readonly Taint[];
  readonly labels?: Readonly<Record<string, string>>;
  /** Root disk, GiB, 30 to 2048. @default 50 */
  readonly diskGb?: number;
  /** Share of nodes that is replaced at once in an upgrade, percent, 1 to 100. @default 33 */
  readonly surgePercent?: number;
  /**
   * How nodes get a new version. `surge`: in place, a share at a time. `blue-green`: a second set of nodes is made first and
   * the old one is drained after (research/features.md 3.12). @default "surge"
   */
  readonly upgrade?: "surge" | "blue-green";
}

export type CompletePool = Required<NodePool>;

/** What a pool's parts must be, on any cloud. */
export const poolKinds: Kinds<NodePool> = {
  size: choice(sizes).optional(),
  min: number.optional(),
  max: number.optional(),
  zones: list(text).optional(),
  spot: flag.optional(),
  taints: list(
    parts({ key: text, value: text.optional(), effect: choice(["NoSchedule", "PreferNoSchedule", "NoExecute"]) }),
  ).optional(),
  labels: map(text).optional(),
  diskGb: number.optional(),
  surgePercent: number.optional(),
  upgrade: choice(["surge", "blue-green"]).optional(),
};
