import { IAMMember } from "@pulumi/gcp/projects";
import {
  BucketIAMMember,
  getProjectServiceAccountOutput,
  getTransferProjectServiceAccountOutput,
  TransferJob,
} from "@pulumi/gcp/storage";
import type * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../../build";
import { nativeOf } from "../../site";
import type { BucketRef } from "..";
import type { BuildReplication, CompleteReplicationArgs } from ".";

type Context = BuildContext<CompleteReplicationArgs>;

/**
 * Cross-bucket replication: Storage Transfer Service copies each object as it is written, under the key of the bucket
 * that it comes to. A bucket in two regions at once would do without, but one that lies in a single region can't be
 * moved there. Most objects arrive within minutes, and there is no promise; deletions are not copied.
 * https://cloud.google.com/storage-transfer/docs/cross-bucket-replication
 */
export const build: BuildReplication = (context) => {
  const { name, args, child } = context;
  const { source, target, purposes } = args;
  const agent = agents(context);
  const pairs = purposes.flatMap((purpose) => {
    const [from, to] = [source.storage.buckets[purpose], target.storage.buckets[purpose]];
    return from && to ? [[purpose, from, to] as const] : [];
  });
  for (const [purpose, from, to] of pairs) {
    const { project } = nativeOf(source.site, "gcp", `Replication "${name}"`);
    const rights = [
      ...grants(context, `${purpose}-source`, from, agent.member, sourceRoles),
      ...grants(context, `${purpose}-target`, to, agent.member, targetRoles),
    ];
    new TransferJob(
      `${name}-${purpose}`,
      {
        project,
        // Google names these jobs itself, and refuses a name of ours.
        description: `${purpose} of ${source.site.prefix} to ${target.site.region} (STO-07)`,
        status: "ENABLED",
        replicationSpec: {
          gcsDataSource: { bucketName: from.name },
          gcsDataSink: { bucketName: to.name },
          transferOptions: {
            overwriteWhen: "DIFFERENT",
            metadataOptions: { kmsKey: "KMS_KEY_DESTINATION_BUCKET_DEFAULT" },
          },
        },
        // What goes wrong shows in the logs.
        loggingConfig: { logActions: ["FIND", "COPY"], logActionStates: ["FAILED"] },
      },
      { ...child, dependsOn: [...agent.grants, ...rights] },
    );
  }
  return { targets: Object.fromEntries(pairs.map(([purpose, , to]) => [purpose, to.name])) };
};

/** It subscribes to the bucket's notices by a change of the bucket, which no narrower role allows. */
const sourceRoles = { owner: "roles/storage.legacyBucketOwner", read: "roles/storage.objectViewer" };
const targetRoles = { write: "roles/storage.legacyBucketWriter", compare: "roles/storage.objectUser" };

function grants(
  { name, child }: Context,
  place: string,
  bucket: BucketRef,
  member: pulumi.Output<string>,
  roles: Readonly<Record<string, string>>,
): pulumi.Resource[] {
  return Object.entries(roles).map(
    ([key, role]) => new BucketIAMMember(`${name}-${place}-${key}`, { bucket: bucket.name, role, member }, child),
  );
}

/** Storage Transfer Service's agent, and its and Cloud Storage's rights on Pub/Sub, which carries the notices of new objects. */
function agents({ name, site, child }: Context) {
  const { project, services } = nativeOf(site, "gcp", `Replication "${name}"`);
  const lookup = { parent: child.parent, dependsOn: [...services] };
  const { member } = getTransferProjectServiceAccountOutput({ project }, lookup);
  const storage = getProjectServiceAccountOutput({ project }, lookup).member;
  const grant = (key: string, role: string, who: pulumi.Output<string>) =>
    new IAMMember(`${name}-${key}`, { project, role, member: who }, child);
  return {
    member,
    grants: [
      grant("subscribes", "roles/pubsub.editor", member),
      grant("transfers", "roles/storagetransfer.serviceAgent", member),
      grant("publishes", "roles/pubsub.publisher", storage),
    ],
  };
}
