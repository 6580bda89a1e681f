import type { ManagedCluster } from "@pulumi/azure-native/containerservice";
import { DataCollectionRule, DataCollectionRuleAssociation, DiagnosticSetting } from "@pulumi/azure-native/monitor";
import type * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { localName, tagsOf } from "../site/azure-names";
import type { CompleteClusterArgs } from ".";

/** https://learn.microsoft.com/azure/aks/monitor-aks-reference#resource-logs: all of them. */
const categories = [
  "kube-apiserver",
  "kube-audit",
  "kube-audit-admin",
  "kube-controller-manager",
  "kube-scheduler",
  "cluster-autoscaler",
  "cloud-controller-manager",
  "guard",
  "csi-azuredisk-controller",
  "csi-azurefile-controller",
  "csi-snapshot-controller",
] as const;
const stream = "Microsoft-ContainerInsights-Group-Default";

/** Control plane and audit logs (CLU-11), and what containers say and use, all in the workspace. */
export function observe(
  { name, site, child }: BuildContext<CompleteClusterArgs>,
  cluster: ManagedCluster,
  workspaceId: pulumi.Output<string>,
): pulumi.Resource[] {
  const { resourceGroup } = nativeOf(site, "azure", "Cluster");
  const logs = new DiagnosticSetting(
    `${name}-audit`,
    {
      name: "to-workspace",
      resourceUri: cluster.id,
      workspaceId,
      logAnalyticsDestinationType: "Dedicated",
      logs: categories.map((category) => ({ category, enabled: true })),
      metrics: [{ category: "AllMetrics", enabled: true }],
    },
    child,
  );
  const ruleName = localName(site, azureNames.dataCollectionRule, name, "insights");
  const rule = new DataCollectionRule(
    `${name}-insights`,
    {
      dataCollectionRuleName: ruleName,
      resourceGroupName: resourceGroup,
      location: site.region,
      kind: "Linux",
      dataSources: {
        extensions: [
          {
            name: "ContainerInsightsExtension",
            extensionName: "ContainerInsights",
            streams: [stream],
            extensionSettings: {
              dataCollectionSettings: { interval: "1m", namespaceFilteringMode: "Off", enableContainerLogV2: true },
            },
          },
        ],
      },
      destinations: { logAnalytics: [{ name: "workspace", workspaceResourceId: workspaceId }] },
      dataFlows: [{ streams: [stream], destinations: ["workspace"] }],
      tags: tagsOf(site, ruleName),
    },
    child,
  );
  const association = new DataCollectionRuleAssociation(
    `${name}-insights`,
    { associationName: "ContainerInsightsExtension", resourceUri: cluster.id, dataCollectionRuleId: rule.id },
    child,
  );
  return [logs, association];
}
