import { versionMistakes } from "../database/check";
import { outside, type Range, refuse } from "../mistake";
import type { CompleteCopiesArgs } from ".";

/** Bounds of the numbers, inclusive; what they mean is in CopiesArgs. */
export const copiesRanges = { rpoMinutes: [1, 525_600], workGb: [1, 4096] } as const;

/** Minute, hour, day of the month, month, day of the week: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax */
const cronFields: readonly Range[] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
];

/** Whether it is five cron fields of numbers, ranges, lists and steps, each within its bounds. */
export function isCron(schedule: string): boolean {
  const fields = schedule.split(" ");
  return fields.length === cronFields.length && fields.every((field, index) => isCronField(field, cronFields[index]));
}

const isCronField = (field: string, [low, high]: Range = [0, 0]): boolean =>
  field.split(",").every((part) => {
    const [, range = "", step] = /^(\*|\d+(?:-\d+)?)(?:\/(\d+))?$/.exec(part) ?? [];
    if (range === "" || (step !== undefined && Number(step) < 1)) return false;
    if (range === "*") return true;
    const [from = low, to = from] = range.split("-").map(Number);
    return from >= low && to <= high && from <= to;
  });

/** Refuses, with pulumi.RunError, what could not work or would not be what was asked for. */
export function checkCopies(name: string, args: CompleteCopiesArgs): void {
  const { site, storage, target, schedule } = args;
  refuse("Copies", name, [
    ...outside(copiesRanges, args),
    ...versionMistakes(args),
    ...(isCron(schedule)
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
