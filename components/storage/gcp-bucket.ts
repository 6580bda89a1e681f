import type { storage } from "@pulumi/gcp/types/input";
import type { KeyPurpose } from "../keys";
import type { BucketPurpose, CompleteStorageArgs } from ".";

type LifecycleRule = storage.BucketLifecycleRule;
type Args = Pick<CompleteStorageArgs, "archiveAfterDays" | "softDeleteDays" | "immutableDays" | "logRetentionDays">;

const day = 86_400;
/** Days after which the parts of an upload that never finished are thrown away. */
const unfinishedAfterDays = 7;

/** Which key encrypts which bucket (STO-04). */
export const keyOf: Readonly<Record<BucketPurpose, KeyPurpose>> = {
  uploads: "storage",
  assets: "storage",
  backups: "backups",
  logs: "logs",
};

const archived: ReadonlySet<BucketPurpose> = new Set(["uploads", "backups"]);

/** STO-09: to the archive class, old versions out, unfinished uploads out, logs out after their time. */
export function lifecycleRules(purpose: BucketPurpose, args: Args): LifecycleRule[] {
  return [
    { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: unfinishedAfterDays } },
    {
      action: { type: "Delete" },
      condition: { daysSinceNoncurrentTime: args.softDeleteDays, withState: "ARCHIVED" },
    },
    ...(archived.has(purpose)
      ? [
          {
            action: { type: "SetStorageClass", storageClass: "ARCHIVE" },
            condition: { age: args.archiveAfterDays, matchesStorageClasses: ["STANDARD"], withState: "LIVE" },
          },
        ]
      : []),
    ...(purpose === "logs"
      ? [{ action: { type: "Delete" }, condition: { age: args.logRetentionDays, withState: "LIVE" } }]
      : []),
  ];
}

/**
 * STO-15. The policy is locked, since one that an administrator can take away promises nothing: it can be made longer,
 * never shorter, and the bucket can't be deleted before its last object may be. 0 days (disposable sites) make none.
 */
export const retentionPolicy = (purpose: BucketPurpose, { immutableDays }: Args) =>
  purpose === "backups" && immutableDays > 0
    ? { isLocked: true, retentionPeriod: String(immutableDays * day) }
    : undefined;

/** Deleted objects, and deleted buckets with them, can be brought back: 7 to 90 days. https://cloud.google.com/storage/docs/soft-delete */
export const softDeletePolicy = ({ softDeleteDays }: Args) => ({ retentionDurationSeconds: softDeleteDays * day });
