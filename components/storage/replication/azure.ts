import { ObjectReplicationPolicy } from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import { nativeOf } from "../../site";
import type { BuildReplication, CompleteReplicationArgs, Stores } from ".";

/**
 * Object replication (STO-07, BAK-06, BAK-11): new blobs, and the versions of changed ones, in minutes. A policy is made on
 * the target, which names it; the source repeats that name. Write-once targets take new blobs, and refuse to lose any.
 * https://learn.microsoft.com/azure/storage/blobs/object-replication-overview
 */
export const build: BuildReplication = ({ name, args, child }) => {
  const { source, target, purposes } = args;
  const pairs = purposes.map((purpose) => {
    const from = storeOf(source, purpose);
    const to = storeOf(target, purpose);
    const both = {
      sourceAccount: from.accountId,
      destinationAccount: to.accountId,
      // How far behind the copy is (DR-03).
      metrics: { enabled: true },
    };
    const incoming = new ObjectReplicationPolicy(
      `${name}-${purpose}-target`,
      {
        ...both,
        // The target's way of saying "a new one".
        objectReplicationPolicyId: "default",
        accountName: to.accountName,
        resourceGroupName: to.resourceGroup,
        rules: [{ sourceContainer: from.container, destinationContainer: to.container }],
      },
      { ...child, provider: target.site.provider },
    );
    new ObjectReplicationPolicy(
      `${name}-${purpose}-source`,
      {
        ...both,
        objectReplicationPolicyId: incoming.policyId,
        accountName: from.accountName,
        resourceGroupName: from.resourceGroup,
        // With the policy's id: before it is made, its rules are as they were asked for.
        rules: pulumi.all([incoming.rules, incoming.policyId]).apply(([rules]) =>
          (rules ?? []).map(({ ruleId = "", sourceContainer, destinationContainer }) => ({
            ruleId,
            sourceContainer,
            destinationContainer,
          })),
        ),
      },
      child,
    );
    return [purpose, to.container] as const;
  });
  return { targets: Object.fromEntries(pairs) };
};

function storeOf({ site, storage }: Stores, purpose: CompleteReplicationArgs["purposes"][number]) {
  const bucket = storage.buckets[purpose];
  // The shell has asked both sides for their stores already.
  if (!bucket) throw new Error(`no ${purpose} store`);
  const { accountId, accountName } = nativeOf(bucket, "azure", "Replication");
  const { resourceGroup } = nativeOf(site, "azure", "Replication");
  return { accountId, accountName, resourceGroup, container: bucket.name };
}
