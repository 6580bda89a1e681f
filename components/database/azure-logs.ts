import { Workspace } from "@pulumi/azure-native/operationalinsights";
import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import type { BuildContext } from "../build";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { localName, tagsOf } from "../site/azure-names";
import type { CompleteDatabaseArgs } from ".";

/** https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure: interactive retention of a workspace. */
const retention = { least: 30, most: 730 } as const;

/** Where the server's logs go (DB-14): the site's workspace, or one that keeps them as long as asked. */
export function logsWorkspace({ name, site, args, child }: BuildContext<CompleteDatabaseArgs>): pulumi.Output<string> {
  const { resourceGroup, workspaceId } = nativeOf(site, "azure", "Database");
  if (args.logRetentionDays === standards.accessLogRetentionDays) return workspaceId;
  if (args.logRetentionDays > retention.most)
    throw new pulumi.RunError(
      `Database "${name}": logRetentionDays is ${args.logRetentionDays}; Log Analytics keeps ${retention.most} days at most.`,
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
