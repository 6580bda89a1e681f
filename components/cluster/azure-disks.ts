import { DiskEncryptionSet } from "@pulumi/azure-native/compute";
import type { BuildContext } from "../build";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { localName, tagsOf } from "../site/azure-names";
import type { CompleteClusterArgs } from ".";

/** Node disks and volumes under the `cluster` key (CLU-10); follows the key's rotation by itself (SEC-02). */
export function diskEncryption({ name, site, args, child }: BuildContext<CompleteClusterArgs>): DiskEncryptionSet {
  const { resourceGroup } = nativeOf(site, "azure", "Cluster");
  const { vaultId } = nativeOf(args.keys, "azure", "Cluster");
  const { identityId, versionedId, grant } = nativeOf(args.keys.for("cluster"), "azure", "Cluster");
  const setName = localName(site, azureNames.diskEncryptionSet, name, "disks");
  return new DiskEncryptionSet(
    `${name}-disks`,
    {
      diskEncryptionSetName: setName,
      resourceGroupName: resourceGroup,
      location: site.region,
      encryptionType: "EncryptionAtRestWithCustomerKey",
      activeKey: { keyUrl: versionedId, sourceVault: { id: vaultId } },
      rotationToLatestKeyVersionEnabled: true,
      identity: { type: "UserAssigned", userAssignedIdentities: [identityId] },
      tags: tagsOf(site, setName),
    },
    // The version moves with each rotation; the set says which it is at.
    { ...child, dependsOn: [grant], protect: site.safeguards.deletionProtection, ignoreChanges: ["activeKey.keyUrl"] },
  );
}
