import { PrivateZone, VirtualNetworkLink } from "@pulumi/azure-native/privatedns";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { localName, tagsOf } from "../site/azure-names";
import type { BuildNetwork, CompleteNetworkArgs, ExistingNetwork, PrivateService } from ".";
import { privateEndpoint } from "./azure-endpoint";
import { logFlows } from "./azure-flow-log";
import { type Land, makeLand } from "./azure-subnets";

/** Names that Azure's own DNS points to, to the letter: https://learn.microsoft.com/azure/private-link/private-endpoint-dns */
export const zoneNames: Readonly<Record<PrivateService, string>> = {
  postgres: "privatelink.postgres.database.azure.com",
  blob: "privatelink.blob.core.windows.net",
  vault: "privatelink.vaultcore.azure.net",
  // Azure Managed Redis; the classic cache had privatelink.redis.cache.windows.net.
  redis: "privatelink.redis.azure.net",
  registry: "privatelink.azurecr.io",
};

export const build: BuildNetwork = (context) => {
  const { name, site, args, child } = context;
  const made = args.existing ? undefined : makeLand(context);
  const land = made ?? adoptLand(args.existing as ExistingNetwork);
  if (made) logFlows(context, made.network);

  const zones = {
    postgres: zoneOf(context, "postgres", land.id),
    blob: zoneOf(context, "blob", land.id),
    vault: zoneOf(context, "vault", land.id),
    redis: zoneOf(context, "redis", land.id),
    registry: zoneOf(context, "registry", land.id),
  };
  privateEndpoint(
    `${name}-vault`,
    {
      site,
      parts: [name, "vault"],
      subnetId: land.endpointSubnetId,
      target: nativeOf(args.keys, "azure", "Network").vaultId,
      group: "vault",
      zoneId: zones.vault.id,
    },
    { ...child, dependsOn: [...zones.vault.links] },
  );

  return {
    id: land.id,
    cidr: pulumi.output(args.existing?.cidr ?? args.cidr),
    subnetIds: land.subnetIds,
    egress: land.egress,
    native: {
      cloud: "azure",
      databaseSubnetId: land.databaseSubnetId,
      endpointSubnetId: land.endpointSubnetId,
      clusterSubnetId: land.clusterSubnetId,
      privateZones: {
        postgres: zones.postgres.id,
        blob: zones.blob.id,
        vault: zones.vault.id,
        redis: zones.redis.id,
        registry: zones.registry.id,
      },
      zoneLinks: Object.values(zones).flatMap(({ links }) => [...links]),
    },
  };
};

/** A network of somebody else's: only private names and endpoints are added. Its data subnets take the endpoints. */
function adoptLand({ id, subnets, databaseSubnet, clusterSubnet }: ExistingNetwork): Land {
  const [endpoints = ""] = subnets.data;
  return {
    id: pulumi.output(id),
    egress: pulumi.output([]),
    subnetIds: {
      public: pulumi.output([...subnets.public]),
      private: pulumi.output([...subnets.private]),
      data: pulumi.output([...subnets.data]),
    },
    // Without a delegated subnet there can be no database, which databaseSubnetOf (database/azure.ts) says by name.
    databaseSubnetId: pulumi.output(databaseSubnet ?? ""),
    endpointSubnetId: pulumi.output(endpoints),
    // The same of the cluster, in cluster/azure-network.ts.
    clusterSubnetId: pulumi.output(clusterSubnet ?? ""),
  };
}

interface Zone {
  readonly id: pulumi.Output<string>;
  readonly links: readonly pulumi.Resource[];
}

/** A private zone, seen from the network: the owner's where there is one, since a network is linked to one of a name only. */
function zoneOf(
  context: BuildContext<CompleteNetworkArgs>,
  service: PrivateService,
  networkId: pulumi.Input<string>,
): Zone {
  const given = context.args.existing?.privateZones?.[service];
  return given === undefined ? makeZone(context, service, networkId) : { id: pulumi.output(given), links: [] };
}

function makeZone(
  { name, site, child }: BuildContext<CompleteNetworkArgs>,
  service: PrivateService,
  networkId: pulumi.Input<string>,
): Zone {
  const { resourceGroup } = nativeOf(site, "azure", "Network");
  const zoneName = zoneNames[service];
  const zone = new PrivateZone(
    `${name}-${service}`,
    { privateZoneName: zoneName, resourceGroupName: resourceGroup, location: "global", tags: tagsOf(site, zoneName) },
    child,
  );
  const linkName = localName(site, azureNames.privateZoneLink, name, service);
  const link = new VirtualNetworkLink(
    `${name}-${service}`,
    {
      virtualNetworkLinkName: linkName,
      privateZoneName: zone.name,
      resourceGroupName: resourceGroup,
      location: "global",
      virtualNetwork: { id: networkId },
      registrationEnabled: false,
      tags: tagsOf(site, linkName),
    },
    child,
  );
  return { id: zone.id, links: [link] };
}
