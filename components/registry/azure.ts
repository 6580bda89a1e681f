import { Registry, Replication } from "@pulumi/azure-native/containerregistry";
import { DiagnosticSetting } from "@pulumi/azure-native/monitor";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { azureNames } from "../naming/azure";
import type { Network } from "../network";
import { privateEndpoint } from "../network/azure-endpoint";
import { nativeOf, type Site } from "../site";
import { keep } from "../site/azure-lock";
import { globalName, tagsOf } from "../site/azure-names";
import type { BuildRegistry, CompleteRegistryArgs } from ".";
import { upkeep } from "./azure-upkeep";

/** Days that an image without a tag can still be had by its digest. */
const untaggedDays = 7;

/** Container registry: reached by private endpoints, Entra logins only, customer key (CLU-14, CLU-15). Premium everywhere: the smaller ones have none of these. */
export const build: BuildRegistry = (context) => {
  const { name, site, args, child } = context;
  const { resourceGroup, workspaceId } = nativeOf(site, "azure", "Registry");
  const key = args.keys.for("registry");
  const { identityId, identityClientId, grant } = nativeOf(key, "azure", "Registry");

  const registry = new Registry(
    name,
    {
      registryName: globalName(site, azureNames.registry, name),
      resourceGroupName: resourceGroup,
      location: site.region,
      sku: { name: "Premium" },
      adminUserEnabled: false,
      anonymousPullEnabled: false,
      publicNetworkAccess: "Disabled",
      // Defender reads new images as a trusted service (SEC-16).
      networkRuleBypassOptions: "AzureServices",
      zoneRedundancy: redundancy(site),
      identity: { type: "UserAssigned", userAssignedIdentities: identityId.apply((id) => ({ [id]: {} })) },
      // Can only be said at creation. The key without its version: the registry follows the rotation (SEC-02).
      encryption: { status: "enabled", keyVaultProperties: { keyIdentifier: key.id, identity: identityClientId } },
      policies: {
        // What a tag was taken from stays for a while. Soft delete would be the other way; a registry has one of the two.
        retentionPolicy: { status: "enabled", days: untaggedDays },
        // Images leave by being pulled, never to another registry.
        exportPolicy: { status: "disabled" },
        azureADAuthenticationAsArmPolicy: { status: "enabled" },
      },
      tags: tagsOf(site, `${site.prefix}-${name}`),
    },
    { ...child, protect: site.safeguards.deletionProtection, dependsOn: [grant] },
  );
  const logs = new DiagnosticSetting(
    `${name}-logs`,
    {
      name: "to-workspace",
      resourceUri: registry.id,
      workspaceId,
      logs: ["ContainerRegistryLoginEvents", "ContainerRegistryRepositoryEvents"].map((category) => ({
        category,
        enabled: true,
      })),
      metrics: [{ category: "AllMetrics", enabled: true }],
    },
    child,
  );
  const parts = [
    logs,
    ...endpoint(context, registry, name, site, args.network),
    ...upkeep(context, registry),
    ...replicate(context, registry),
  ];
  keep(name, site, registry.id, parts, child);
  return {
    host: registry.loginServer,
    urls: Object.fromEntries(
      args.repositories.map((repository) => [repository, pulumi.interpolate`${registry.loginServer}/${repository}`]),
    ),
    native: { cloud: "azure", registryId: registry.id },
  };
};

const redundancy = (site: Site) => (site.frugal ? "Disabled" : "Enabled");

function endpoint(
  { child }: BuildContext<CompleteRegistryArgs>,
  registry: Registry,
  name: string,
  site: Site,
  network: Network,
): readonly pulumi.Resource[] {
  const { endpointSubnetId, privateZones, zoneLinks } = nativeOf(network, "azure", "Registry");
  return privateEndpoint(
    name,
    {
      site,
      parts: [name],
      subnetId: endpointSubnetId,
      target: registry.id,
      group: "registry",
      zoneId: privateZones.registry,
    },
    { ...child, provider: site.provider, dependsOn: [...zoneLinks] },
  );
}

/** The same images in the other region, under the same host name, and a way to them from the network there (BAK-12). */
function replicate(context: BuildContext<CompleteRegistryArgs>, registry: Registry): readonly pulumi.Resource[] {
  const { name, site, args, child } = context;
  if (!args.replica) return [];
  const { site: there, network } = args.replica;
  const replica = new Replication(
    `${name}-replica`,
    {
      replicationName: there.region,
      registryName: registry.name,
      resourceGroupName: nativeOf(site, "azure", "Registry").resourceGroup,
      location: there.region,
      regionEndpointEnabled: true,
      zoneRedundancy: redundancy(there),
      tags: tagsOf(site, `${site.prefix}-${name}-${there.region}`),
    },
    child,
  );
  return network ? [replica, ...endpoint(context, registry, `${name}-replica`, there, network)] : [replica];
}
