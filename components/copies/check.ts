import { outside, refuse } from "../mistake";
import type { CompleteCopiesArgs } from ".";

/** Bounds of the numbers, inclusive; what they mean is in CopiesArgs. */
export const copiesRanges = { rpoMinutes: [1, 525_600], workGb: [1, 4096] } as const;

/** Five fields of numbers, ranges, lists and steps, as a CronJob takes them. */
export const cronForm =
  /^(\*|[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*)(\/[0-9]+)?( (\*|[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*)(\/[0-9]+)?){4}$/;

/** Refuses, with pulumi.RunError, what could not work or would not be what was asked for. */
export function checkCopies(name: string, args: CompleteCopiesArgs): void {
  const { site, storage, target, schedule } = args;
  refuse("Copies", name, [
    ...outside(copiesRanges, args),
    ...(cronForm.test(schedule)
      ? []
      : [{ field: "schedule", value: schedule, remedy: 'use five cron fields such as "0 0 * * *"' }]),
    ...(storage.buckets.backups
      ? []
      : [{ field: "storage", value: Object.keys(storage.buckets), remedy: "use a storage with a backups store" }]),
    ...(target && !target.storage.buckets.backups
      ? [
          {
            field: "target.storage",
            value: Object.keys(target.storage.buckets),
            remedy: "use a storage with a backups store",
          },
        ]
      : []),
    ...(target && target.site.cloud === site.cloud
      ? [
          {
            field: "target.site.cloud",
            value: target.site.cloud,
            remedy: `use another cloud than ${site.cloud}; within one, Replication copies stores`,
          },
        ]
      : []),
  ]);
}
