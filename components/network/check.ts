import { leadsNowhere, networkCidrMistake, overlaps, parseCidr, zonePlaceMistake } from "../cidr";
import type { Cloud, PerCloud } from "../cloud";
import { logRetentionMistakes, type Mistake, outside, refuse } from "../mistake";
import type { CompleteNetworkArgs, ExistingNetwork, Tier } from ".";

/** Bounds of the numbers, inclusive. */
export const networkRanges = { appPort: [1, 65535], flowLogRetentionDays: [1, 365] } as const;

/** What of a network can be judged without its site: settings judge the same before anything is registered. */
export interface NetworkChoice {
  readonly cidr: string;
  readonly zones: readonly string[];
  readonly appPort: number;
  readonly flowLogRetentionDays: number;
  readonly peers?: readonly string[];
  readonly existing?: ExistingNetwork | undefined;
}

/** Refuses, with pulumi.RunError, what the clouds would refuse later: field, value, remedy. */
export function checkNetwork(name: string, args: CompleteNetworkArgs): void {
  refuse("Network", name, networkMistakes(args.site.cloud, args.site.region, args));
}

export function networkMistakes(cloud: Cloud, region: string, choice: NetworkChoice): Mistake[] {
  const { cidr, zones, existing } = choice;
  const wrong = existing ? undefined : networkCidrMistake(cidr);
  return [
    ...(wrong ? [{ field: "cidr", value: cidr, remedy: `it ${wrong}` }] : []),
    ...zoneMistakes(cloud, region, zones),
    ...(choice.peers ?? []).flatMap((peer) => peerMistakes(cidr, peer)),
    ...outside(networkRanges, choice),
    ...logRetentionMistakes(cloud, "flowLogRetentionDays", choice.flowLogRetentionDays),
    ...(existing ? existingMistakes(cloud, region, existing) : []),
  ];
}

/** Networks that are joined can't have addresses in common. */
function peerMistakes(cidr: string, peer: string): Mistake[] {
  const wrong = networkCidrMistake(peer);
  if (wrong) return [{ field: "peers", value: peer, remedy: `it ${wrong}` }];
  if (networkCidrMistake(cidr) || !overlaps(cidr, peer)) return [];
  return [
    { field: "peers", value: peer, remedy: `it overlaps with cidr (${cidr}): give each region's network its own` },
  ];
}

/** How a zone of a region is called. */
const zoneShape: PerCloud<(region: string) => { readonly shape: RegExp; readonly example: string }> = {
  aws: (region) => ({ shape: new RegExp(`^${region}[a-z]$`), example: `"${region}a"` }),
  azure: () => ({ shape: /^[1-3]$/, example: '"1", "2" or "3"' }),
  gcp: (region) => ({ shape: new RegExp(`^${region}-[a-z]$`), example: `"${region}-b"` }),
};

/** Zones that aren't the region's, or too few of them. */
export function zoneMistakes(cloud: Cloud, region: string, zones: readonly string[]): Mistake[] {
  const { shape, example } = zoneShape[cloud](region);
  const foreign = zones.filter((zone) => !shape.test(zone));
  const twin = foreign.length === 0 ? zonePlaceMistake(zones) : undefined;
  const least = fewestZones[cloud];
  return [
    ...foreign.map((value) => ({ field: "zones", value, remedy: `a zone of ${region} is called like ${example}` })),
    ...(twin ? [{ field: "zones", value: zones, remedy: twin }] : []),
    ...(zones.length < least
      ? [{ field: "zones", value: zones, remedy: `name ${least} or more: ${leastReason[cloud]}` }]
      : []),
  ];
}

/** A subnet group of RDS spans two zones at least, whatever the database does. */
export const fewestZones: PerCloud<number> = { aws: 2, azure: 1, gcp: 1 };

const leastReason: PerCloud<string> = {
  aws: "an RDS subnet group spans two zones",
  azure: "subnets and NAT lie in zones",
  gcp: "the database's zone is one of them",
};

interface IdShapes {
  readonly network: RegExp;
  readonly subnet: RegExp;
  readonly networkExample: string;
  readonly subnetExample: string;
}
const azureNetwork = "/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft.Network/virtualNetworks/[^/]+";
const idShapes: PerCloud<IdShapes> = {
  aws: {
    network: /^vpc-[0-9a-f]{8,17}$/,
    networkExample: "vpc-0123456789abcdef0",
    subnet: /^subnet-[0-9a-f]{8,17}$/,
    subnetExample: "subnet-0123456789abcdef0",
  },
  azure: {
    network: new RegExp(`^${azureNetwork}$`, "i"),
    networkExample: "/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/virtualNetworks/N",
    subnet: new RegExp(`^${azureNetwork}/subnets/[^/]+$`, "i"),
    subnetExample: "/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/virtualNetworks/N/subnets/X",
  },
  gcp: {
    network: /^(https:\/\/www\.googleapis\.com\/compute\/v1\/)?projects\/[^/]+\/global\/networks\/[^/]+$/,
    networkExample: "projects/P/global/networks/N",
    subnet: /^(https:\/\/www\.googleapis\.com\/compute\/v1\/)?projects\/[^/]+\/regions\/[^/]+\/subnetworks\/[^/]+$/,
    subnetExample: "projects/P/regions/R/subnetworks/X",
  },
};

const privateZone =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/privateDnsZones\/[^/]+$/i;
const privateZoneExample = "/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/privateDnsZones/Z";

/** What a subnet's id says of where it lies: Azure the network, Google Cloud the region, AWS nothing. */
const strays: PerCloud<(id: string, network: string, region: string) => string | undefined> = {
  aws: () => undefined,
  azure: (id, network) =>
    id.toLowerCase().startsWith(`${network.toLowerCase()}/subnets/`)
      ? undefined
      : "it lies in another network than existing.id",
  gcp: (id, _, region) => (id.includes(`/regions/${region}/`) ? undefined : `it lies in another region than ${region}`),
};

/** The range that rules of the firewall open to the network itself: too wide a one opens them to the world. */
function existingCidrMistakes(cidr: string): Mistake[] {
  const ask = (remedy: string): Mistake[] => [{ field: "existing.cidr", value: cidr, remedy }];
  const parsed = parseCidr(cidr);
  if (!parsed) return ask("give the network's IPv4 range: 10.20.0.0/16");
  if (parsed.prefix < 8)
    return ask("no network is that wide, and what is open to the network would be open to the world");
  const nowhere = leadsNowhere(cidr);
  return nowhere ? ask(`no network has addresses of ${nowhere}: give its IPv4 range, such as 10.20.0.0/16`) : [];
}

function existingMistakes(cloud: Cloud, region: string, existing: ExistingNetwork): Mistake[] {
  const { id, cidr, subnets, privateZones = {} } = existing;
  const { network, networkExample, subnet, subnetExample } = idShapes[cloud];
  const idMistake = (field: string, value: string, shape: RegExp, example: string): Mistake[] =>
    shape.test(value) ? [] : [{ field, value, remedy: `on ${cloud} it looks like ${example}` }];
  const subnetMistake = (field: string, value: string): Mistake[] => {
    const misshapen = idMistake(field, value, subnet, subnetExample);
    const stray = misshapen.length > 0 || !network.test(id) ? undefined : strays[cloud](value, id, region);
    return stray === undefined ? misshapen : [{ field, value, remedy: stray }];
  };
  const tiers = Object.entries(subnets) as [Tier, readonly string[]][];
  const everywhere = tiers.flatMap(([, ids]) => ids);
  const twice = everywhere.filter((value, index) => everywhere.indexOf(value) !== index);
  return [
    ...idMistake("existing.id", id, network, networkExample),
    ...existingCidrMistakes(cidr),
    ...tiers.flatMap(([tier, ids]) => {
      const field = `existing.subnets.${tier}`;
      const least = cloud === "aws" && tier === "data" ? 2 : 1;
      const few = ids.length < least;
      return [
        ...(few ? [{ field, value: ids, remedy: `name ${least} or more subnets of the ${tier} tier` }] : []),
        ...ids.flatMap((value) => subnetMistake(field, value)),
      ];
    }),
    ...[...new Set(twice)].map((value) => ({
      field: "existing.subnets",
      value,
      remedy: "a subnet belongs to one tier only, or the data tier has a way out",
    })),
    ...(["databaseSubnet", "clusterSubnet"] as const).flatMap((field) => {
      const value = existing[field];
      if (value === undefined) return [];
      if (cloud === "azure") return subnetMistake(`existing.${field}`, value);
      return [{ field: `existing.${field}`, value, remedy: "leave it out: only Azure delegates subnets to services" }];
    }),
    ...Object.entries(privateZones).flatMap(([service, value]) => {
      const field = `existing.privateZones.${service}`;
      return cloud === "azure"
        ? idMistake(field, value, privateZone, privateZoneExample)
        : [{ field, value, remedy: "leave it out: only Azure's private endpoints write to a zone" }];
    }),
  ];
}
