import { Workspace } from "@pulumi/azure-native/operationalinsights";
import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import type { BuildContext } from "../build";
import { azureNames } from "../naming/azure";
import { nativeOf } from ".";
import { localName, tagsOf } from "./azure-names";

/** https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure: interactive retention of a workspace. */
const retention = { least: 30, most: 730 } as const;

/** Where a component's logs go (DB-14): the site's workspace, or one of its own that keeps them as long as asked. */
export function logsWorkspace(
  component: string,
  { name, site, args, child }: BuildContext<{ readonly logRetentionDays: number }>,
): pulumi.Output<string> {
  const { resourceGroup, workspaceId } = nativeOf(site, "azure", component);
  if (args.logRetentionDays === standards.accessLogRetentionDays) return workspaceId;
  if (args.logRetentionDays > retention.most)
    throw new pulumi.RunError(
      `${component} "${name}": logRetentionDays is ${args.logRetentionDays}; Log Analytics keeps ${retention.most} days at most.`,
    );
  const workspaceName = localName(site, azureNames.workspace, name, "logs");
  return new Workspace(
    `${name}-logs`,
    {
      workspaceName,
      resourceGroupName: resourceGroup,
      location: site.region,
      sku: { name: "PerGB2018" },
      retentionInDays: Math.max(args.logRetentionDays, retention.least),
      features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true },
      tags: tagsOf(site, workspaceName),
    },
    child,
  ).id;
}
