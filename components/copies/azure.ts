import { FederatedIdentityCredential, UserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
import { grantTo } from "../identity/azure-grants";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { localName, tagsOf } from "../site/azure-names";
import { type TargetContext, type Trust, tokenFile } from "./target";

/** What Entra asks tokens of others to be made for. https://learn.microsoft.com/entra/workload-id/workload-identity-federation */
const audience = "api://AzureADTokenExchange";

/** A managed identity that only this service account of this cluster becomes, by the cluster's own tokens (SEC-10). */
export function trust({ name, target, bucket, copier, child }: TargetContext): Trust {
  const { site, keys } = target;
  const { resourceGroup, tenantId } = nativeOf(site, "azure", "Copies");
  const label = `${name}-target`;
  const identityName = localName(site, azureNames.identity, label);
  const identity = new UserAssignedIdentity(
    label,
    {
      resourceName: identityName,
      resourceGroupName: resourceGroup,
      location: site.region,
      tags: tagsOf(site, identityName),
    },
    child,
  );
  const federation = new FederatedIdentityCredential(
    label,
    {
      federatedIdentityCredentialResourceName: localName(site, azureNames.federatedCredential, label),
      resourceName: identity.name,
      resourceGroupName: resourceGroup,
      issuer: copier.issuer,
      subject: copier.subject,
      audiences: [audience],
    },
    child,
  );
  grantTo(
    { name: label, site, principalId: identity.principalId, child },
    { kind: "bucket", bucket, key: keys.for("backups"), access: "add" },
  );
  return {
    audience,
    env: {
      AZURE_CLIENT_ID: identity.clientId,
      AZURE_TENANT_ID: tenantId,
      AZURE_FEDERATED_TOKEN_FILE: tokenFile,
    },
    files: {},
    identity: identity.clientId,
    ready: [federation],
  };
}
