export interface Ages {
  readonly softDeleteDays: number;
  readonly archiveAfterDays?: number | undefined;
  readonly expireAfterDays?: number | undefined;
  readonly immutableDays?: number | undefined;
}

/** What happens to blobs with age (STO-09): archive, expiry, and an end for versions that were replaced or deleted. */
export function lifecycle({ softDeleteDays, archiveAfterDays, expireAfterDays, immutableDays = 0 }: Ages) {
  // A version that is still write-once would survive its deletion.
  const versionDays = Math.max(softDeleteDays, immutableDays);
  const rule = (name: string, blobTypes: string[], actions: object) => ({
    name,
    enabled: true,
    type: "Lifecycle",
    definition: { filters: { blobTypes }, actions },
  });
  return [
    ...(archiveAfterDays === undefined
      ? []
      : [
          rule("archive", ["blockBlob"], {
            baseBlob: { tierToArchive: { daysAfterModificationGreaterThan: archiveAfterDays } },
          }),
        ]),
    // Append blobs (Azure's own logs) can be deleted by age, not moved.
    ...(expireAfterDays === undefined
      ? []
      : [
          rule("expire", ["blockBlob", "appendBlob"], {
            baseBlob: { delete: { daysAfterModificationGreaterThan: expireAfterDays } },
          }),
        ]),
    rule("forget", ["blockBlob"], {
      version: { delete: { daysAfterCreationGreaterThan: versionDays } },
      snapshot: { delete: { daysAfterCreationGreaterThan: versionDays } },
    }),
  ];
}
