import { getClientConfigOutput } from "@pulumi/azure-native/authorization";
import { Workspace } from "@pulumi/azure-native/operationalinsights";
import { Provider } from "@pulumi/azure-native/provider";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as standards from "../../policies/standards";
import { physicalName } from "../naming";
import { azureNames } from "../naming/azure";
import { spell } from "../tags";
import type { Site, SiteContext, SiteOutputs } from ".";

/** A subscription and region: the explicit provider, one resource group for everything, one workspace for every log. */
export function buildAzure({ name, args, parent }: SiteContext): SiteOutputs {
  const { prefix } = parent as Site;
  const tags = (own: string) => spell.azure({ ...args.tags, name: own });

  const provider = new Provider(
    name,
    { location: args.region, ...(args.account?.azure && { subscriptionId: args.account.azure }) },
    { parent },
  );
  const child = { parent, provider };
  const account = getClientConfigOutput({ parent, provider });

  // The region is part of the name: each site of a stack has a group of its own.
  const groupName = physicalName(azureNames.resourceGroup, [prefix, args.region]);
  const group = new ResourceGroup(
    name,
    { resourceGroupName: groupName, location: args.region, tags: tags(groupName) },
    child,
  );
  const workspaceName = physicalName(azureNames.workspace, [prefix, "logs"]);
  const workspace = new Workspace(
    `${name}-logs`,
    {
      workspaceName,
      resourceGroupName: group.name,
      location: args.region,
      sku: { name: "PerGB2018" },
      retentionInDays: standards.accessLogRetentionDays,
      // Writers and readers are Entra identities; the workspace's own keys are off.
      features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true },
      tags: tags(workspaceName),
    },
    child,
  );

  return {
    provider,
    accountKey: account.subscriptionId,
    native: {
      cloud: "azure",
      subscriptionId: account.subscriptionId,
      tenantId: account.tenantId,
      resourceGroup: group.name,
      resourceGroupId: group.id,
      workspaceId: workspace.id,
      workspaceCustomerId: workspace.customerId,
    },
  };
}
