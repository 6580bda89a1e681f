import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
import { FlowLog, type VirtualNetwork } from "@pulumi/azure-native/network";
import type { BuildContext } from "../build";
import { assignRole } from "../keys/azure-role";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { keep } from "../site/azure-lock";
import { localName, tagsOf } from "../site/azure-names";
import { makeAccount } from "../storage/azure-account";
import type { CompleteNetworkArgs } from ".";

/**
 * All traffic of the network, to an account of its own and to Traffic Analytics (NET-14).
 *
 * Azure makes the region's Network Watcher itself when a subscription gets its first virtual network there, always by
 * the same name, and allows one: a second of ours would be refused, so the flow log names that one and waits for the
 * network. A subscription that has opted out makes it once: `az network watcher configure -l <region> --enabled true
 * -g NetworkWatcherRG`. https://learn.microsoft.com/azure/network-watcher/network-watcher-create
 */
export function logFlows(context: BuildContext<CompleteNetworkArgs>, network: VirtualNetwork): void {
  const { name, site, args, child } = context;
  const { resourceGroup, subscriptionId, workspaceId, workspaceCustomerId } = nativeOf(site, "azure", "Network");
  const { account, parts } = makeAccount(
    { name: `${name}-flows`, site, child },
    {
      parts: ["flows", name],
      key: args.keys.for("logs"),
      sink: true,
      dataClass: "internal",
      softDeleteDays: 7,
      expireAfterDays: args.flowLogRetentionDays,
      replication: "zone",
    },
  );
  const identityName = localName(site, azureNames.identity, name, "flows");
  const identity = new UserAssignedIdentity(
    `${name}-flows`,
    {
      resourceName: identityName,
      resourceGroupName: resourceGroup,
      location: site.region,
      tags: tagsOf(site, identityName),
    },
    child,
  );
  const grant = assignRole(
    `${name}-flows`,
    {
      role: "Storage Blob Data Contributor",
      subscriptionId,
      principalId: identity.principalId,
      scope: account.id,
    },
    child,
  );
  const flowLogName = localName(site, azureNames.flowLog, name);
  new FlowLog(
    name,
    {
      flowLogName,
      networkWatcherName: `NetworkWatcher_${site.region}`,
      resourceGroupName: "NetworkWatcherRG",
      location: site.region,
      targetResourceId: network.id,
      storageId: account.id,
      // The account takes no shared keys: the service writes as this identity.
      // https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-managed-identity
      identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
      enabled: true,
      format: { type: "JSON", version: 2 },
      retentionPolicy: { enabled: true, days: args.flowLogRetentionDays },
      flowAnalyticsConfiguration: {
        networkWatcherFlowAnalyticsConfiguration: {
          enabled: true,
          workspaceId: workspaceCustomerId,
          workspaceRegion: site.region,
          workspaceResourceId: workspaceId,
          trafficAnalyticsInterval: site.frugal ? 60 : 10,
        },
      },
      tags: tagsOf(site, flowLogName),
    },
    { ...child, dependsOn: [grant, ...parts] },
  );
  keep(`${name}-flows`, site, account.id, [...parts, grant], child);
}
