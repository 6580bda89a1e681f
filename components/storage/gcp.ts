import { Bucket, BucketIAMMember } from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import { globalName, labelsOf } from "../site/gcp-names";
import type { BucketPurpose, BucketRef, BuildStorage, CompleteStorageArgs } from ".";
import { keyOf, lifecycleRules, retentionPolicy, softDeletePolicy } from "./gcp-bucket";

/** Cloud Storage: HTTPS only and encrypted by nature; private, versioned, logged and archived by what is set here. */
export const build: BuildStorage = (context) => {
  const { name, child } = context;
  const logs = bucket(context, "logs");
  // Google's log delivery writes as a group of its own. https://cloud.google.com/storage/docs/access-logs#delivery
  const delivery = new BucketIAMMember(
    `${name}-logs-delivery`,
    { bucket: logs.name, role: "roles/storage.objectCreator", member: "group:cloud-storage-analytics@google.com" },
    child,
  );
  const wanted = context.args.buckets.map(
    (purpose) => [purpose, bucket(context, purpose, { logs, delivery })] as const,
  );
  return {
    buckets: Object.fromEntries([...wanted, ["logs", logs] as const].map(([purpose, made]) => [purpose, refTo(made)])),
  };
};

const refTo = (made: Bucket): BucketRef => ({
  name: made.name,
  url: pulumi.interpolate`https://storage.googleapis.com/${made.name}`,
  native: { cloud: "gcp", selfLink: made.selfLink },
});

interface Logging {
  readonly logs: Bucket;
  readonly delivery: pulumi.Resource;
}

function bucket(context: BuildContext<CompleteStorageArgs>, purpose: BucketPurpose, logging?: Logging): Bucket {
  const { name, site, args, child } = context;
  const { project, services } = nativeOf(site, "gcp", `Storage "${name}"`);
  const key = args.keys.for(keyOf[purpose]);
  const { grants } = nativeOf(key, "gcp", `Storage "${name}"`);
  const retention = retentionPolicy(purpose, args);
  return new Bucket(
    `${name}-${purpose}`,
    {
      project,
      name: globalName(site, gcpNames.bucket, name, purpose),
      // The API answers in capitals.
      location: site.region.toUpperCase(),
      storageClass: "STANDARD",
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      encryption: { defaultKmsKeyName: key.id },
      // Cloud Storage refuses versions under a retention policy, under which nothing can be replaced or deleted anyway.
      versioning: { enabled: retention === undefined },
      softDeletePolicy: softDeletePolicy(args),
      lifecycleRules: lifecycleRules(purpose, args),
      ...(retention ? { retentionPolicy: retention } : {}),
      ...(logging ? { logging: { logBucket: logging.logs.name, logObjectPrefix: purpose } } : {}),
      forceDestroy: site.safeguards.disposable,
      labels: labelsOf(site, `${site.prefix}-${name}-${purpose}`, args.dataClass[purpose]),
    },
    {
      ...child,
      protect: site.safeguards.deletionProtection,
      // A name in the world is given to one bucket at a time.
      deleteBeforeReplace: true,
      dependsOn: [...services, ...grants, ...(logging ? [logging.delivery] : [])],
    },
  );
}
