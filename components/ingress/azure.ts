import { DiagnosticSetting } from "@pulumi/azure-native/monitor";
import { PublicIPAddress } from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { localName, tagsOf } from "../site/azure-names";
import type { BuildIngress } from ".";

/** One standard address over all zones, for the cluster's load balancer. */
export const build: BuildIngress = ({ name, site, args, child }) => {
  const { resourceGroup, workspaceId } = nativeOf(site, "azure", `Ingress "${name}"`);
  const addressName = localName(site, azureNames.publicIpAddress, name);
  const address = new PublicIPAddress(
    name,
    {
      publicIpAddressName: addressName,
      resourceGroupName: resourceGroup,
      location: site.region,
      sku: { name: "Standard", tier: "Regional" },
      publicIPAllocationMethod: "Static",
      publicIPAddressVersion: "IPv4",
      zones: [...args.zones],
      // Azure's basic protection is always on; that of one address is paid for (SEC-06).
      ddosSettings: { protectionMode: args.ddosProtection ? "Enabled" : "VirtualNetworkInherited" },
      tags: tagsOf(site, addressName),
    },
    // Names, partners' allow-lists and health checks know it.
    { ...child, protect: site.safeguards.deletionProtection },
  );
  new DiagnosticSetting(
    `${name}-attacks`,
    {
      name: "to-workspace",
      resourceUri: address.id,
      workspaceId,
      logs: ["DDoSProtectionNotifications", "DDoSMitigationFlowLogs", "DDoSMitigationReports"].map((category) => ({
        category,
        enabled: true,
      })),
      metrics: [{ category: "AllMetrics", enabled: true }],
    },
    child,
  );
  const prefix = "service.beta.kubernetes.io/azure";
  return {
    addresses: pulumi.all([address.ipAddress.apply((one) => one ?? "")]),
    // https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
    serviceAnnotations: pulumi.all([address.name, resourceGroup]).apply(
      ([pip, group]): Record<string, string> => ({
        [`${prefix}-pip-name`]: pip,
        [`${prefix}-load-balancer-resource-group`]: group,
      }),
    ),
  };
};
