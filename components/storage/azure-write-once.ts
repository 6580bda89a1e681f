import { type BlobContainer, BlobContainerImmutabilityPolicy } from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";

export interface WriteOnce {
  readonly container: BlobContainer;
  readonly accountName: pulumi.Input<string>;
  readonly resourceGroupName: pulumi.Input<string>;
  /** Days that nobody can change or delete a blob. */
  readonly days: number;
  /** New blocks may be added to blobs that grow (logs). @default false */
  readonly append?: boolean;
}

/**
 * What every new blob of a container is held to (STO-15). Azure takes a new policy as unlocked only: blobs can't be changed
 * or deleted, but an owner could still shorten the period. To lock it for good, once a period has proved itself:
 * `az storage container immutability-policy lock`. The state is no input, so that a later `up` doesn't try to undo it.
 * https://learn.microsoft.com/azure/storage/blobs/immutable-policy-configure-version-scope
 */
export function writeOnce(
  name: string,
  { container, accountName, resourceGroupName, days, append = false }: WriteOnce,
  options: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
  if (days === 0) return [];
  const policy = new BlobContainerImmutabilityPolicy(
    name,
    {
      immutabilityPolicyName: "default",
      accountName,
      containerName: container.name,
      resourceGroupName,
      immutabilityPeriodSinceCreationInDays: days,
      allowProtectedAppendWrites: append,
    },
    { ...options, deletedWith: container },
  );
  return [policy];
}
