import { ProjectBucketConfig, ProjectExclusion, ProjectSink } from "@pulumi/gcp/logging";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import type { KeyRef } from "../keys";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from ".";
import { freshName } from "./gcp-names";

export interface KeptLogs {
  /** Last part of the names: `flows`. */
  readonly what: string;
  readonly description: string;
  /** https://cloud.google.com/logging/docs/view/logging-query-language */
  readonly filter: pulumi.Input<string>;
  /** 1 to 3650. */
  readonly retentionDays: number;
  /** The `logs` key. */
  readonly key: KeyRef;
  /** Nobody can change the retention any more, nor delete the bucket before its last entry may go. It can't be taken back. @default false */
  readonly locked?: boolean;
}

/**
 * Moves some of the project's log entries from the shared `_Default` bucket, which keeps them 30 days under Google's
 * key, to a log bucket of their own with our key and retention (MON-38). The exclusion keeps `_Default` from storing,
 * and billing, them a second time.
 */
export function keepLogs(context: Pick<BuildContext<unknown>, "name" | "site" | "child">, logs: KeptLogs) {
  const { name, site, child } = context;
  const { project } = nativeOf(site, "gcp", `Logs of "${name}"`);
  const { grants } = nativeOf(logs.key, "gcp", `Logs of "${name}"`);
  const parts = [site.prefix, name, logs.what];
  const bucket = new ProjectBucketConfig(
    `${name}-${logs.what}`,
    {
      project,
      location: site.region,
      // A deleted log bucket keeps its name for 7 days. https://cloud.google.com/logging/docs/buckets#delete-bucket
      bucketId: freshName(`${name}-${logs.what}-suffix`, gcpNames.logBucket, parts, { region: site.region }, child),
      description: logs.description,
      retentionDays: logs.retentionDays,
      ...(logs.locked ? { locked: true } : {}),
      cmekSettings: { kmsKeyName: logs.key.id },
    },
    {
      ...child,
      protect: site.safeguards.deletionProtection,
      dependsOn: [...grants],
      // Nobody can delete a locked one before its last entry's time is over, so a destroy leaves it. Its key goes with the
      // stack: until keys.deletionWindowDays are over its versions can be restored, and must be, for the entries to be read.
      retainOnDelete: logs.locked ?? false,
    },
  );
  const sink = new ProjectSink(
    `${name}-${logs.what}`,
    {
      project,
      name: physicalName(gcpNames.logSink, parts),
      description: logs.description,
      destination: pulumi.interpolate`logging.googleapis.com/${bucket.id}`,
      filter: logs.filter,
      uniqueWriterIdentity: true,
    },
    { ...child, deleteBeforeReplace: true },
  );
  new ProjectExclusion(
    `${name}-${logs.what}`,
    {
      project,
      name: physicalName(gcpNames.logExclusion, parts),
      description: `Kept by the sink of the same name: ${logs.description}`,
      filter: logs.filter,
    },
    // Entries must have their new home before they lose the old one.
    { ...child, deleteBeforeReplace: true, dependsOn: [sink] },
  );
  return { bucket, sink };
}
