import type { BucketPurpose, CompleteStorageArgs } from ".";

/** Where what nobody asks for any more goes (STO-09): uploads stay readable at once, backups within hours. */
const archives: Readonly<Partial<Record<BucketPurpose, "GLACIER_IR" | "GLACIER">>> = {
  uploads: "GLACIER_IR",
  backups: "GLACIER",
};

/** What becomes of objects with time. One rule each, named by what it does. */
export function lifecycleRules(purpose: BucketPurpose, args: CompleteStorageArgs) {
  const archive = archives[purpose];
  const rule = (id: string, what: object) => ({ id, status: "Enabled", filter: { prefix: "" }, ...what });
  return [
    rule("abort-unfinished-uploads", { abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } }),
    rule("expire-old-versions", {
      noncurrentVersionExpiration: { noncurrentDays: args.softDeleteDays },
      ...(purpose !== "logs" && { expiration: { expiredObjectDeleteMarker: true } }),
    }),
    ...(archive === undefined
      ? []
      : [rule("archive", { transitions: [{ days: args.archiveAfterDays, storageClass: archive }] })]),
    ...(purpose === "logs" ? [rule("expire-logs", { expiration: { days: args.logRetentionDays } })] : []),
  ];
}
