import type { Cloud } from "../cloud";
import { type Mistake, outside, refuse } from "../mistake";
import type { BucketPurpose, CompleteStorageArgs } from ".";

/** Bounds of the numbers, inclusive; what they mean is in StorageArgs. */
export const storageRanges = {
  archiveAfterDays: [1, 3650],
  softDeleteDays: [7, 365],
  immutableDays: [0, 365],
  logRetentionDays: [1, 3650],
} as const;

/** What of storage can be judged without its site: settings judge the same before anything is registered. */
export type StorageChoice = Pick<CompleteStorageArgs, "buckets" | keyof typeof storageRanges>;

/** Refuses, with pulumi.RunError, what the clouds would refuse later: field, value, remedy. */
export function checkStorage(name: string, args: CompleteStorageArgs): void {
  refuse("Storage", name, storageMistakes(args.site.cloud, args.site.safeguards.disposable, args));
}

export function storageMistakes(cloud: Cloud, disposable: boolean, choice: StorageChoice): Mistake[] {
  return [
    ...outside(storageRanges, choice),
    ...bucketMistakes(choice.buckets),
    ...softDeleteMistakes(cloud, choice),
    ...lockMistakes(disposable, choice),
  ];
}

function bucketMistakes(buckets: readonly BucketPurpose[]): Mistake[] {
  const twice = buckets.some((bucket, index) => buckets.indexOf(bucket) !== index);
  if (buckets.length > 0 && !twice) return [];
  return [{ field: "buckets", value: buckets, remedy: "name one or more of uploads, assets and backups, each once" }];
}

/** https://cloud.google.com/storage/docs/soft-delete#retention-duration */
function softDeleteMistakes(cloud: Cloud, { softDeleteDays }: StorageChoice): Mistake[] {
  if (cloud !== "gcp" || softDeleteDays <= 90) return [];
  return [
    { field: "softDeleteDays", value: softDeleteDays, remedy: "Cloud Storage keeps deleted objects 90 days at most" },
  ];
}

/** STO-15: only what may be thrown away as a whole may go without a lock on its backups. */
function lockMistakes(disposable: boolean, { buckets, immutableDays }: StorageChoice): Mistake[] {
  if (disposable || immutableDays > 0 || !buckets.includes("backups")) return [];
  const remedy = "0 leaves backups unlocked, which only a disposable site (dev, preview) may: use 1 to 365";
  return [{ field: "immutableDays", value: immutableDays, remedy }];
}
