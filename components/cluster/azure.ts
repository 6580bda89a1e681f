import { ManagedCluster } from "@pulumi/azure-native/containerservice";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { azureNames } from "../naming/azure";
import { overlayRanges } from "../network/azure-ranges";
import { nativeOf } from "../site";
import { keep } from "../site/azure-lock";
import { localName, tagsOf } from "../site/azure-names";
import { logsWorkspace } from "../site/azure-workspace";
import type { BuildCluster, CompleteClusterArgs } from ".";
import { administer, authorityOf, kubeconfigOf } from "./azure-access";
import { diskEncryption } from "./azure-disks";
import { adopt } from "./azure-existing";
import { identities } from "./azure-identity";
import { observe } from "./azure-insight";
import { maintain } from "./azure-maintenance";
import { apiServer, podRange } from "./azure-network";
import { makePools, systemProfile } from "./azure-pools";

/** Days between sweeps of images that no pod uses and that have known holes. */
const sweepHours = 7 * 24;

/** AKS: the API server in a subnet of ours, secrets under the `cluster` key, Entra logins only (CLU-01 to CLU-13). */
export const build: BuildCluster = (context) => {
  const { name, site, args, child } = context;
  if (args.existing) return adopt(context, args.existing);
  const { resourceGroup } = nativeOf(site, "azure", "Cluster");
  const workspaceId = logsWorkspace("Cluster", context);
  const disks = diskEncryption(context);
  const { control, kubelet, grants } = identities(context, disks.id);

  const clusterName = localName(site, azureNames.cluster, name);
  const cluster = new ManagedCluster(
    name,
    {
      resourceName: clusterName,
      resourceGroupName: resourceGroup,
      location: site.region,
      nodeResourceGroup: localName(site, azureNames.resourceGroup, name, "nodes", site.region),
      // What AKS makes there is AKS's: nobody else changes it.
      nodeResourceGroupProfile: { restrictionLevel: "ReadOnly" },
      dnsPrefix: localName(site, azureNames.clusterDnsPrefix, name),
      kubernetesVersion: args.version,
      ...tierOf(context),
      identity: { type: "UserAssigned", userAssignedIdentities: [control.id] },
      identityProfile: {
        kubeletidentity: { resourceId: kubelet.id, clientId: kubelet.clientId, objectId: kubelet.principalId },
      },
      ...login(context),
      apiServerAccessProfile: apiServer(context),
      networkProfile: {
        networkPlugin: "azure",
        networkPluginMode: "overlay",
        networkDataplane: "cilium",
        networkPolicy: "cilium",
        loadBalancerSku: "standard",
        // The private tier's own NAT (NET-04).
        outboundType: "userAssignedNATGateway",
        podCidr: podRange(context),
        serviceCidr: overlayRanges.services,
        dnsServiceIP: overlayRanges.dns,
      },
      agentPoolProfiles: [systemProfile(context)],
      autoScalerProfile: { expander: "least-waste", balanceSimilarNodeGroups: "true" },
      autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "NodeImage" },
      diskEncryptionSetID: disks.id,
      oidcIssuerProfile: { enabled: true },
      securityProfile: security(context, workspaceId),
      addonProfiles: {
        azurepolicy: { enabled: true, config: { version: "v2" } },
        azureKeyvaultSecretsProvider: {
          enabled: true,
          config: { enableSecretRotation: "true", rotationPollInterval: "2m" },
        },
        // The workspace takes no shared keys: the agent writes as an identity.
        omsagent: { enabled: true, config: { logAnalyticsWorkspaceResourceID: workspaceId, useAADAuth: "true" } },
      },
      tags: tagsOf(site, clusterName),
    },
    {
      ...child,
      protect: site.safeguards.deletionProtection,
      dependsOn: [...grants],
      ignoreChanges: ["agentPoolProfiles[0].count"],
      // AKS alone makes them: the cluster's own nodes, load balancers and network.
      customTimeouts: { create: "45m", update: "90m", delete: "45m" },
    },
  );
  const pools = makePools(context, cluster);
  const admins = administer(context, cluster.id);
  const parts = [...maintain(context, cluster), ...observe(context, cluster, workspaceId)];
  keep(name, site, cluster.id, [...pools, ...admins, ...parts], child);

  const endpoint = pulumi.interpolate`https://${args.apiAllowList.length > 0 ? cluster.fqdn : cluster.privateFQDN}:443`;
  const ca = authorityOf({ resourceGroupName: resourceGroup, resourceName: cluster.name }, { parent: cluster });
  return {
    name: cluster.name,
    endpoint,
    ca,
    // With the id, which nobody knows before the cluster is made: a preview would take the profile as it was asked for.
    oidcIssuer: pulumi.all([cluster.oidcIssuerProfile, cluster.id]).apply(([profile]) => profile?.issuerURL ?? ""),
    nodeIdentity: kubelet.clientId,
    kubeconfig: kubeconfigOf(cluster.name, endpoint, ca),
    native: { cloud: "azure", clusterId: cluster.id },
    ready: [...admins, ...pools],
  };
};

/** Uptime SLA but where it must cost little; long-term support of a minor is Premium's. https://learn.microsoft.com/azure/aks/free-standard-pricing-tiers */
function tierOf({ site, args }: BuildContext<CompleteClusterArgs>) {
  if (args.channel === "extended") return { sku: { name: "Base", tier: "Premium" }, supportPlan: "AKSLongTermSupport" };
  return { sku: { name: "Base", tier: site.frugal ? "Free" : "Standard" }, supportPlan: "KubernetesOfficial" };
}

/** Entra accounts with Azure roles; no local accounts, so no certificate that nobody can revoke (CLU-06). */
function login({ site }: BuildContext<CompleteClusterArgs>) {
  const { tenantId } = nativeOf(site, "azure", "Cluster");
  return {
    enableRBAC: true,
    disableLocalAccounts: true,
    aadProfile: { managed: true, enableAzureRBAC: true, tenantID: tenantId },
  };
}

function security({ args }: BuildContext<CompleteClusterArgs>, workspaceId: pulumi.Output<string>) {
  const { vaultId } = nativeOf(args.keys, "azure", "Cluster");
  const { versionedId } = nativeOf(args.keys.for("cluster"), "azure", "Cluster");
  return {
    azureKeyVaultKms: {
      enabled: true,
      // AKS takes a version only; a newer one comes with `pulumi up --refresh` (keys/azure-rotation.ts).
      keyId: versionedId,
      keyVaultNetworkAccess: "Private",
      keyVaultResourceId: vaultId,
    },
    defender: { logAnalyticsWorkspaceResourceId: workspaceId, securityMonitoring: { enabled: true } },
    imageCleaner: { enabled: true, intervalHours: sweepHours },
    workloadIdentity: { enabled: true },
  };
}
