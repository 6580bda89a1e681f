import { Role, RolePolicy } from "@pulumi/aws/iam";
import { BucketReplicationConfig } from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../../build";
import { nativeOf } from "../../site";
import { tagsOf } from "../../site/aws-identity";
import { assumedBy, policyText } from "../../site/aws-policy";
import type { BucketRef } from "..";
import { keyOf } from "../aws";
import type { BuildReplication, CompleteReplicationArgs } from ".";

type Context = BuildContext<CompleteReplicationArgs>;
type Purpose = CompleteReplicationArgs["purposes"][number];

/** Minutes that S3 promises with replication time control, and the only figure that it takes. */
const promise = 15;

/** One replication a store, to the store of the same purpose in the other region. */
export const build: BuildReplication = (context) => ({
  targets: Object.fromEntries(context.args.purposes.map((purpose) => [purpose, replicate(context, purpose)])),
});

function replicate(context: Context, purpose: Purpose): pulumi.Output<string> {
  const { name, args, child } = context;
  const from = storeOf(args.source.storage.buckets[purpose], name, purpose);
  const to = storeOf(args.target.storage.buckets[purpose], name, purpose);
  const label = `${name}-${purpose}`;
  const { role, grant } = buildRole(context, purpose, from.arn, to.arn);
  new BucketReplicationConfig(
    label,
    {
      bucket: from.ref.name,
      role: role.arn,
      rules: [
        {
          id: "everything",
          status: "Enabled",
          priority: 0,
          filter: { prefix: "" },
          // A deletion over there hides what was deleted here, as it did here; of backups nothing is hidden anywhere.
          deleteMarkerReplication: { status: purpose === "backups" ? "Disabled" : "Enabled" },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
          destination: {
            bucket: to.arn,
            encryptionConfiguration: { replicaKmsKeyId: keyFor(args.target, purpose) },
            // What is behind is measured (DR-03).
            metrics: { status: "Enabled", eventThreshold: { minutes: promise } },
            replicationTime: { status: "Enabled", time: { minutes: promise } },
          },
        },
      ],
    },
    { ...child, dependsOn: grant },
  );
  return to.ref.name;
}

function storeOf(ref: BucketRef | undefined, name: string, purpose: string) {
  // The contract has refused purposes that a side lacks.
  if (!ref) throw new pulumi.RunError(`Replication "${name}": there is no store for ${purpose}.`);
  return { ref, arn: nativeOf(ref, "aws", `Replication "${name}"`).arn };
}

const keyFor = ({ keys }: CompleteReplicationArgs["source"], purpose: Purpose) => keys.for(keyOf[purpose]).id;

/** S3's own role: reads versions here, writes copies there, each under its side's key. */
function buildRole({ name, site, args, child }: Context, purpose: Purpose, from: Arn, to: Arn) {
  const { accountId } = nativeOf(site, "aws", `Replication "${name}"`);
  const label = `${name}-${purpose}`;
  const role = new Role(
    label,
    {
      description: `Copies ${purpose} of ${site.prefix} to ${args.target.site.region}`,
      assumeRolePolicy: assumedBy("s3", accountId),
      tags: tagsOf(site, label),
    },
    child,
  );
  const allow = (Sid: string, Action: readonly string[], Resource: Arn, via?: string) => ({
    Sid,
    Effect: "Allow" as const,
    Action,
    Resource,
    ...(via !== undefined && { Condition: { StringEquals: { "kms:ViaService": `s3.${via}.amazonaws.com` } } }),
  });
  const grant = new RolePolicy(
    label,
    {
      role: role.name,
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
      policy: policyText(
        allow("ReadConfiguration", ["s3:GetReplicationConfiguration", "s3:ListBucket"], from),
        allow(
          "ReadVersions",
          [
            "s3:GetObjectVersionAcl",
            "s3:GetObjectVersionForReplication",
            "s3:GetObjectVersionTagging",
            // Locks go along with the objects (STO-15).
            "s3:GetObjectLegalHold",
            "s3:GetObjectRetention",
          ],
          pulumi.interpolate`${from}/*`,
        ),
        allow(
          "WriteCopies",
          ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
          pulumi.interpolate`${to}/*`,
        ),
        allow("Decrypt", ["kms:Decrypt"], keyFor(args.source, purpose), args.source.site.region),
        allow("Encrypt", ["kms:Encrypt", "kms:GenerateDataKey"], keyFor(args.target, purpose), args.target.site.region),
      ),
    },
    child,
  );
  return { role, grant };
}

type Arn = pulumi.Output<string>;
