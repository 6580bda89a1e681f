import { PrivateDnsZoneGroup, PrivateEndpoint } from "@pulumi/azure-native/network";
import type * as pulumi from "@pulumi/pulumi";
import { azureNames } from "../naming/azure";
import { nativeOf, type Site } from "../site";
import { localName, tagsOf } from "../site/azure-names";

export interface Endpoint {
  readonly site: Site;
  /** Last parts of its name: `["storage", "uploads"]`. */
  readonly parts: readonly string[];
  readonly subnetId: pulumi.Input<string>;
  /** Resource that is reached through it, and the part of it: `blob`, `vault`. */
  readonly target: pulumi.Input<string>;
  readonly group: string;
  /** Private DNS zone that its address is written to. */
  readonly zoneId: pulumi.Input<string>;
}

/** An address of ours for a service of Azure's, and its name in the private zone (NET-12): both resources. */
export function privateEndpoint(
  name: string,
  args: Endpoint,
  options: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
  const { site, parts, subnetId, target, group, zoneId } = args;
  const { resourceGroup } = nativeOf(site, "azure", "A private endpoint");
  const endpointName = localName(site, azureNames.privateEndpoint, ...parts, "endpoint");
  const endpoint = new PrivateEndpoint(
    name,
    {
      privateEndpointName: endpointName,
      resourceGroupName: resourceGroup,
      location: site.region,
      subnet: { id: subnetId },
      customNetworkInterfaceName: `${endpointName}-nic`,
      privateLinkServiceConnections: [{ name: group, privateLinkServiceId: target, groupIds: [group] }],
      tags: tagsOf(site, endpointName),
    },
    // Azure refuses to lead an endpoint elsewhere (CannotChangePrivateLinkConnectionOnPrivateEndpoint), and azure-native would try.
    { ...options, replaceOnChanges: ["privateLinkServiceConnections"], deleteBeforeReplace: true },
  );
  const names = new PrivateDnsZoneGroup(
    name,
    {
      privateDnsZoneGroupName: "default",
      privateEndpointName: endpoint.name,
      resourceGroupName: resourceGroup,
      privateDnsZoneConfigs: [{ name: group, privateDnsZoneId: zoneId }],
    },
    options,
  );
  return [endpoint, names];
}
