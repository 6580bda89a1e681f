import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
import type * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { assignRole, type Role } from "../keys/azure-role";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { localName, tagsOf } from "../site/azure-names";
import type { CompleteClusterArgs } from ".";

export interface Identities {
  /** What the control plane works as. */
  readonly control: UserAssignedIdentity;
  /** What nodes pull images as. */
  readonly kubelet: UserAssignedIdentity;
  /** Roles that must stand before the cluster. */
  readonly grants: readonly pulumi.Resource[];
}

/** Two identities with just what AKS asks for (CLU-08, SEC-11): https://learn.microsoft.com/azure/aks/use-managed-identity */
export function identities(context: BuildContext<CompleteClusterArgs>, diskSetId: pulumi.Output<string>): Identities {
  const { name, site, args, child } = context;
  const { subscriptionId } = nativeOf(site, "azure", "Cluster");
  const { vaultId } = nativeOf(args.keys, "azure", "Cluster");
  const key = nativeOf(args.keys.for("cluster"), "azure", "Cluster");
  const control = identity(context, "control");
  const kubelet = identity(context, "nodes");

  const grant = (to: UserAssignedIdentity, part: string, role: Role["role"], scope: pulumi.Input<string>) =>
    assignRole(`${name}-${part}`, { role, subscriptionId, principalId: to.principalId, scope }, child);
  const grants = [
    // Nodes, load balancers and the API server join subnets of the network, and read its NAT.
    grant(control, "network", "Network Contributor", args.network.id),
    grant(control, "kubelet", "Managed Identity Operator", kubelet.id),
    grant(control, "disks", "Reader", diskSetId),
    // The KMS plugin encrypts with the key; AKS makes a private endpoint to the vault and approves it.
    // https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption
    grant(control, "secrets", "Key Vault Crypto User", key.resourceId),
    grant(control, "vault", "Key Vault Contributor", vaultId),
    ...(args.registry
      ? [grant(kubelet, "pull", "AcrPull", nativeOf(args.registry, "azure", "Cluster").registryId)]
      : []),
  ];
  return { control, kubelet, grants };
}

function identity({ name, site, child }: BuildContext<CompleteClusterArgs>, part: string): UserAssignedIdentity {
  const identityName = localName(site, azureNames.identity, name, part);
  return new UserAssignedIdentity(
    `${name}-${part}`,
    {
      resourceName: identityName,
      resourceGroupName: nativeOf(site, "azure", "Cluster").resourceGroup,
      location: site.region,
      tags: tagsOf(site, identityName),
    },
    child,
  );
}
