import { FederatedIdentityCredential, UserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
import * as pulumi from "@pulumi/pulumi";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { localName, tagsOf } from "../site/azure-names";
import type { BuildWorkloadIdentity } from ".";
import { grantTo } from "./azure-grants";

/** What Entra asks tokens of service accounts to be made for. https://learn.microsoft.com/azure/aks/workload-identity-overview */
const audience = "api://AzureADTokenExchange";

/** A managed identity that trusts one service account of one cluster, and its roles (CLU-07, SEC-10, SEC-11). */
export const build: BuildWorkloadIdentity = ({ name, site, args, child }) => {
  const { resourceGroup, tenantId } = nativeOf(site, "azure", "WorkloadIdentity");
  const identityName = localName(site, azureNames.identity, name);
  const identity = new UserAssignedIdentity(
    name,
    {
      resourceName: identityName,
      resourceGroupName: resourceGroup,
      location: site.region,
      tags: tagsOf(site, identityName),
    },
    child,
  );
  new FederatedIdentityCredential(
    name,
    {
      federatedIdentityCredentialResourceName: localName(
        site,
        azureNames.federatedCredential,
        args.namespace,
        args.serviceAccount,
      ),
      resourceName: identity.name,
      resourceGroupName: resourceGroup,
      issuer: args.cluster.oidcIssuer,
      subject: `system:serviceaccount:${args.namespace}:${args.serviceAccount}`,
      audiences: [audience],
    },
    child,
  );
  for (const [key, grant] of Object.entries(args.grants))
    grantTo({ name: `${name}-${key}`, site, principalId: identity.principalId, child }, grant);

  return {
    identity: identity.clientId,
    annotations: pulumi.all([identity.clientId, tenantId]).apply(
      ([clientId, tenant]): Readonly<Record<string, string>> => ({
        "azure.workload.identity/client-id": clientId,
        "azure.workload.identity/tenant-id": tenant,
      }),
    ),
    podLabels: { "azure.workload.identity/use": "true" },
    native: { cloud: "azure", identityId: identity.id, principalId: identity.principalId },
  };
};
