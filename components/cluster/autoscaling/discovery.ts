import type * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../../build";
import type { CompleteAutoscalingArgs } from ".";

/** Where the autoscaler runs, and as whom: the identity is bound to both names. */
export const place = { namespace: "cluster-autoscaler", serviceAccount: "cluster-autoscaler" } as const;

/** How the autoscaler finds a cloud's pools, and by what right it changes their size. */
export interface Discovery {
  /** Values of the chart. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Its identity and rights: pods get theirs when they start. */
  readonly ready: readonly pulumi.Resource[];
}

export type Discover = (context: BuildContext<CompleteAutoscalingArgs>) => Discovery;
