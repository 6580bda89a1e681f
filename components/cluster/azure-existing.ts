import { getManagedClusterOutput } from "@pulumi/azure-native/containerservice";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { nativeOf } from "../site";
import type { BuiltCluster, CompleteClusterArgs, ExistingCluster } from ".";
import { authorityOf, kubeconfigOf } from "./azure-access";

/** A cluster of somebody else's: read, never changed. */
export function adopt(
  { site, child }: BuildContext<CompleteClusterArgs>,
  { name, resourceGroup }: ExistingCluster,
): BuiltCluster {
  const place = {
    resourceName: name,
    resourceGroupName: resourceGroup ?? nativeOf(site, "azure", "Cluster").resourceGroup,
  };
  const found = getManagedClusterOutput(place, child);
  const endpoint = pulumi
    .all([found.privateFQDN, found.fqdn])
    .apply(([inside, outside]) => `https://${inside || outside}:443`);
  const ca = authorityOf(place, child);
  const issuer = pulumi.output(found.oidcIssuerProfile).apply((profile) => {
    if (profile?.issuerURL) return profile.issuerURL;
    throw new pulumi.RunError(
      `cluster.existing.name is "${name}": the cluster has no OIDC issuer, which workload identity needs; switch it on with az aks update --enable-oidc-issuer --enable-workload-identity.`,
    );
  });
  return {
    name: found.name,
    endpoint,
    ca,
    oidcIssuer: issuer,
    nodeIdentity: pulumi.output(found.identityProfile).apply((profile) => profile?.["kubeletidentity"]?.clientId ?? ""),
    kubeconfig: kubeconfigOf(found.name, endpoint, ca),
    native: { cloud: "azure", clusterId: found.id.apply((id) => id ?? "") },
    ready: [],
  };
}
