import type { Cloud } from "../cloud";
import { type Mistake, outside, refuse, workspaceRetentionMistakes } from "../mistake";
import type { CompleteCacheArgs } from ".";

/** Bounds of the numbers, inclusive; what they mean is in CacheArgs. */
export const cacheRanges = {
  shards: [2, 20],
  maintenanceHour: [0, 23],
  logRetentionDays: [1, 3653],
} as const;

/** What of a cache can be judged without its site: settings judge the same before anything is registered. */
export type CacheChoice = Pick<CompleteCacheArgs, "size" | "mode" | "ha" | "snapshots" | keyof typeof cacheRanges>;

/** Refuses, with pulumi.RunError, what the clouds would refuse later: field, value, remedy. */
export function checkCache(name: string, args: CompleteCacheArgs): void {
  refuse("Cache", name, cacheMistakes(args.site.cloud, args));
}

export function cacheMistakes(cloud: Cloud, choice: CacheChoice): Mistake[] {
  return [
    ...outside(cacheRanges, choice),
    ...workspaceRetentionMistakes(cloud, "logRetentionDays", choice.logRetentionDays),
  ];
}
