import { Secret, SecretVersion } from "@pulumi/gcp/secretmanager";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import { labelsOf } from "../site/gcp-names";
import type { CompleteRotationArgs } from ".";
import type { Store } from "./build";

/** `latest` is the newest version at once, so candidates have a secret of their own. */
export function store({ name, site, args, child }: BuildContext<CompleteRotationArgs>): Store {
  const { project, services } = nativeOf(site, "gcp", "Rotation");
  const { secretId: current } = nativeOf(args.database.secret, "gcp", "Rotation");
  const key = args.keys.for("secrets");
  const { grants } = nativeOf(key, "gcp", "Rotation");
  const secretId = physicalName(gcpNames.secret, [site.prefix, name, "pending"]);
  const pending = new Secret(
    `${name}-pending`,
    {
      project,
      secretId,
      replication: {
        userManaged: { replicas: [{ location: site.region, customerManagedEncryption: { kmsKeyName: key.id } }] },
      },
      deletionProtection: site.safeguards.deletionProtection,
      labels: labelsOf(site, secretId, "sensitive"),
    },
    {
      ...child,
      protect: site.safeguards.deletionProtection,
      deleteBeforeReplace: true,
      dependsOn: [...services, ...grants],
    },
  );
  // The time that ages are counted from, and no candidate.
  const start = new SecretVersion(
    `${name}-pending`,
    {
      secret: pending.id,
      secretDataWo: pulumi.secret(pulumi.interpolate`${pending.createTime}\n`),
      secretDataWoVersion: 1,
    },
    { ...child, ignoreChanges: ["secretDataWo"] },
  );
  return {
    env: { PROJECT: project, SECRET: current, PENDING: start.secret.apply((id) => id.replace(/^.*\//, "")) },
    pending: { id: pending.id, native: { cloud: "gcp", secretId: pending.secretId } },
  };
}
