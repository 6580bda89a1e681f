// Networks brought along: of another form, of another cloud or region, or half told.
import { type FileCase, on } from "./case";

export const vnet = "/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/virtualNetworks";
const three = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"];
const vpc = (more: object) => ({
  network: {
    existing: {
      ...{ id: "vpc-0123456789abcdef0", cidr: "10.64.0.0/16" },
      subnets: { public: [three[0]], private: [three[1]], data: ["subnet-00000000", "subnet-11111111"] },
      ...more,
    },
  },
});
export const azureNetwork = (more: object) => ({
  network: {
    existing: {
      ...{ id: `${vnet}/mine`, cidr: "10.64.0.0/16" },
      ...{ databaseSubnet: `${vnet}/mine/subnets/db`, clusterSubnet: `${vnet}/mine/subnets/api` },
      subnets: {
        public: [`${vnet}/mine/subnets/a`],
        private: [`${vnet}/mine/subnets/b`],
        data: [`${vnet}/Mine/subnets/c`],
      },
      ...more,
    },
  },
});
const subnetwork = (region: string, name: string) => `projects/p/regions/${region}/subnetworks/${name}`;
export const gcpNetwork = (region: string, more: object = {}) => ({
  region: "us-central1",
  network: {
    existing: {
      id: "projects/p/global/networks/n",
      ...{ cidr: "10.64.0.0/16", secondaryRanges: { pods: "pods", services: "services" } },
      subnets: {
        public: [subnetwork(region, "a")],
        private: [subnetwork("us-central1", "b")],
        data: [subnetwork("us-central1", "c")],
      },
      ...more,
    },
  },
});
const ranged = (own: { network: object }, more: object = { cidr: "10.30.0.0/16" }) => ({
  network: { ...own.network, ...more },
});
const asMade = (block: string) => new RegExp(`take it out: ${block}.existing is used as its owner made it`);
export const networks: readonly FileCase[] = [
  [
    "a range for somebody else's network, on aws",
    { cloud: "aws", ...ranged(vpc({})) },
    "network.cidr",
    asMade("network"),
  ],
  [
    "a range for somebody else's network, on azure",
    { cloud: "azure", ...ranged(azureNetwork({})) },
    "network.cidr",
    asMade("network"),
  ],
  [
    "flow logs of somebody else's network, on gcp",
    { cloud: "gcp", ...gcpNetwork("us-central1"), ...ranged(gcpNetwork("us-central1"), { flowLogRetentionDays: 30 }) },
    "network.flowLogRetentionDays",
    asMade("network"),
  ],
  [
    "a NAT a zone in somebody else's network",
    { cloud: "aws", ...ranged(vpc({}), { natPerZone: true }) },
    "network.natPerZone",
    asMade("network"),
  ],
  [
    "pools of somebody else's cluster",
    { cloud: "gcp", compute: { existing: { name: "platform" }, pools: { batch: { size: "large" } } } },
    "compute.pools",
    asMade("compute"),
  ],
  [
    "a version of somebody else's cluster",
    { cloud: "aws", compute: { existing: { name: "platform" }, version: "1.34" } },
    "compute.version",
    asMade("compute"),
  ],
  ...on("aws", [
    ["a network of another form", vpc({ id: "my-vpc" }), "network.existing.id", /looks like vpc-/],
    ["a network of Azure", vpc({ id: `${vnet}/mine` }), "network.existing.id", /looks like vpc-/],
    ["a network without its id", vpc({ id: undefined }), "network.existing.id", /missing/],
    ["a network without its range", vpc({ cidr: "" }), "network.existing.cidr", /IPv4 range/],
    ["a network with a range cut short", vpc({ cidr: "10.64.0.0" }), "network.existing.cidr", /IPv4 range/],
    ["the world for a network", vpc({ cidr: "0.0.0.0/0" }), "network.existing.cidr", /open to the world/],
    [
      "a loopback for a network",
      vpc({ cidr: "127.0.0.0/16" }),
      "network.existing.cidr",
      /no network has addresses of 127/,
    ],
    [
      "one subnet for data",
      vpc({ subnets: { public: [three[0]], private: [three[1]], data: [three[2]] } }),
      "network.existing.subnets.data",
      /2 or more subnets/,
    ],
    [
      "a subnet in two tiers",
      vpc({ subnets: { public: [three[0]], private: [three[0]], data: three.slice(1) } }),
      "network.existing.subnets",
      /one tier only/,
    ],
    [
      "a subnet of another form",
      vpc({ subnets: { public: ["a"], private: [three[1]], data: ["subnet-00000000", "subnet-11111111"] } }),
      "network.existing.subnets.public",
      /looks like subnet-/,
    ],
    [
      "no tier of data",
      vpc({ subnets: { public: [three[0]], private: [three[1]] } }),
      "network.existing.subnets.data",
      /missing/,
    ],
    ["a delegated subnet", vpc({ databaseSubnet: three[0] }), "network.existing.databaseSubnet", /only Azure/],
    ["private zones", vpc({ privateZones: { blob: "x" } }), "network.existing.privateZones.blob", /only Azure/],
  ]),
  ...on("azure", [
    ["a VPC", azureNetwork({ id: "vpc-0123456789abcdef0" }), "network.existing.id", /virtualNetworks/],
    [
      "a subnet of another network",
      azureNetwork({ databaseSubnet: `${vnet}/other/subnets/db` }),
      "network.existing.databaseSubnet",
      /another network/,
    ],
    [
      "no delegated subnet",
      azureNetwork({ databaseSubnet: undefined }),
      "network.existing.databaseSubnet",
      /flexibleServers/,
    ],
    [
      "no subnet for the API server",
      azureNetwork({ clusterSubnet: undefined }),
      "network.existing.clusterSubnet",
      /managedClusters/,
    ],
    [
      "a private zone of another form",
      azureNetwork({ privateZones: { vault: "privatelink.vaultcore.azure.net" } }),
      "network.existing.privateZones.vault",
      /privateDnsZones/,
    ],
  ]),
  ...on("gcp", [
    [
      "a subnet of another region",
      gcpNetwork("europe-west1"),
      "network.existing.subnets.public",
      /another region than us-central1/,
    ],
    [
      "no second ranges",
      gcpNetwork("us-central1", { secondaryRanges: undefined }),
      "network.existing.secondaryRanges",
      /missing/,
    ],
    [
      "half of the second ranges",
      gcpNetwork("us-central1", { secondaryRanges: { pods: "pods" } }),
      "network.existing.secondaryRanges.services",
      /missing/,
    ],
    [
      "a network by its name alone",
      gcpNetwork("us-central1", { id: "default" }),
      "network.existing.id",
      /global\/networks/,
    ],
  ]),
];
