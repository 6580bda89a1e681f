// Where a stack stands: regions and zones of other clouds, address ranges, networks brought along, second sites.
// Past 250 lines: data, one line a mistake.
import { type FileCase, on } from "./case";

const vnet = "/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/virtualNetworks";
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
const azureNetwork = (more: object) => ({
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
const gcpNetwork = (region: string, more: object = {}) => ({
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
const cidr = (text: string, wrong: RegExp): FileCase => [
  `the range ${text}`,
  { network: { cidr: text } },
  "network.cidr",
  wrong,
];

const regions: readonly FileCase[] = [
  ...on("aws", [
    ["a region of Azure", { region: "eastus" }, "region", /a region of Azure/],
    ["a region of Google Cloud", { region: "europe-west4" }, "region", /a region of Google Cloud/],
    ["a region without its dashes", { region: "useast1" }, "region", /did you mean "us-east-1"/],
    ["a zone for a region", { region: "us-east-1a" }, "region", /did you mean "us-east-1"/],
    ["a region in words", { region: "Ireland" }, "region", /by the cloud's own name/],
    ["a region that there isn't", { region: "mars-north-1" }, "region", /zones by name in network\.zones/],
    ["constructor for a region", { region: "constructor" }, "region", /no region of AWS/],
    ["a number for a region", { region: 1 }, "region", /no region of AWS/],
    ["one zone", { network: { zones: 1 } }, "network.zones", /.+/],
    ["more zones than there are", { network: { zones: 7 } }, "network.zones", /1 to \d/],
    [
      "zones of another region",
      { network: { zones: ["us-west-2a", "us-west-2b"] } },
      "network.zones",
      /a zone of us-east-1/,
    ],
    ["a zone twice", { network: { zones: ["us-east-1a", "us-east-1a"] } }, "network.zones", /stands where another/],
    ["zones of Azure", { network: { zones: ["1", "2"] } }, "network.zones", /a zone of us-east-1/],
    [
      "nodes in another zone",
      { network: { zones: 2 }, compute: { nodes: { zones: ["us-east-1f"] } } },
      "compute.nodes.zones",
      /network's zones/,
    ],
  ]),
  ...on("azure", [
    ["a region of AWS", { region: "us-east-1" }, "region", /a region of AWS/],
    ["a region with a space", { region: "East US" }, "region", /by the cloud's own name/],
    ["a misspelt region", { region: "westeurop" }, "region", /did you mean "westeurope"/],
    ["four zones", { network: { zones: 4 } }, "network.zones", /1 to 3/],
    ["zones of AWS", { network: { zones: ["us-east-1a", "us-east-1b"] } }, "network.zones", /"1", "2" or "3"/],
    ["a region without zones", { region: "westus" }, "network.zones", /no availability zones/],
  ]),
  ...on("gcp", [
    ["a region of AWS", { region: "eu-west-1" }, "region", /a region of AWS/],
    ["a zone for a region", { region: "us-central1-a" }, "region", /did you mean "us-central1"/],
    ["a dash too many", { region: "us-central-1" }, "region", /did you mean "us-central1"/],
    ["more zones than there are", { region: "us-central1", network: { zones: 5 } }, "network.zones", /1 to 4/],
    [
      "zones of another region",
      { region: "us-central1", network: { zones: ["us-east1-b", "us-east1-c"] } },
      "network.zones",
      /us-central1/,
    ],
  ]),
];

const addresses: readonly FileCase[] = [
  cidr("10.20.1.0/16", /behind the prefix/),
  cidr("10.0.0.0/8", /is a \/8; use \/16 to \/20/),
  cidr("10.20.0.0/21", /is a \/21; use \/16 to \/20/),
  cidr("10.20.0.0/24", /is a \/24/),
  cidr("192.168.0.0/16", /lies outside 10\.0\.0\.0\/8/),
  cidr("172.16.0.0/16", /lies outside/),
  cidr("0.0.0.0/0", /lies outside/),
  cidr("10.300.0.0/16", /not an IPv4 range/),
  cidr("10.20.0.0", /not an IPv4 range/),
  cidr("10.20.0.0/33", /not an IPv4 range/),
  cidr("010.020.0.0/16", /not an IPv4 range/),
  cidr("fd00::/48", /an IPv4 range/),
  cidr("10.20.0.0/16 ", /an IPv4 range/),
  cidr("ten", /an IPv4 range/),
];

const brought: readonly FileCase[] = [
  ...on("aws", [
    ["a network of another form", vpc({ id: "my-vpc" }), "network.existing.id", /looks like vpc-/],
    ["a network of Azure", vpc({ id: `${vnet}/mine` }), "network.existing.id", /looks like vpc-/],
    ["a network without its range", vpc({ cidr: "" }), "network.existing.cidr", /IPv4 range/],
    ["a network with a range cut short", vpc({ cidr: "10.64.0.0" }), "network.existing.cidr", /IPv4 range/],
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

const second: readonly FileCase[] = [
  ["a standby where the stack is", { dr: { region: "us-east-1" } }, "dr.region", /another region than region/],
  ["a standby on another cloud", { dr: { region: "westeurope" } }, "dr.region", /a region of Azure/],
  ["a misspelt standby", { dr: { region: "us-wset-2" } }, "dr.region", /did you mean "us-west-2"/],
  [
    "a standby with the same addresses",
    { dr: { region: "us-west-2", cidr: "10.20.0.0/16" } },
    "dr.cidr",
    /overlaps network\.cidr/,
  ],
  [
    "a standby outside the private range",
    { dr: { region: "us-west-2", cidr: "192.168.0.0/16" } },
    "dr.cidr",
    /lies outside/,
  ],
  ["a standby with too many zones", { dr: { region: "us-west-2", zones: 8 } }, "dr.zones", /1 to 4/],
  ["constructor for a standby", { dr: { region: "constructor" } }, "dr.region", /no region of AWS/],
  ["a mode without a place", { dr: { mode: "warm-standby" } }, "dr.mode", /no second site/],
  ["addresses without a place", { dr: { cidr: "10.120.0.0/16" } }, "dr.cidr", /no second site/],
  ["a promise without a place", { dr: { rtoMinutes: 60 } }, "dr.rtoMinutes", /nothing survives/],
  ["a failover to nowhere", { dr: { active: true } }, "dr.active", /no second site/],
  [
    "a promise that the mode can't keep",
    { dr: { region: "us-west-2", mode: "backup-restore", rtoMinutes: 15 } },
    "dr.rtoMinutes",
    /honestly reaches/,
  ],
  ["a promise of no loss", { dr: { region: "us-west-2", rpoMinutes: 1 } }, "dr.rpoMinutes", /honestly reaches/],
  ["a second cloud that is the first", { dr: { secondaryCloud: "aws" } }, "dr.secondaryCloud", /another cloud/],
  [
    "a second region without its cloud",
    { dr: { secondaryRegion: "eastus" } },
    "dr.secondaryRegion",
    /secondaryCloud|no second site/,
  ],
  [
    "a second region of a third cloud",
    { dr: { secondaryCloud: "azure", secondaryRegion: "us-central1" } },
    "dr.secondaryRegion",
    /a region of Google Cloud/,
  ],
  [
    "copies of a store that isn't made",
    { dr: { secondaryCloud: "gcp" }, storage: { backups: false } },
    "storage.backups",
    /copies that store/,
  ],
  [
    "copies of dumps that aren't made",
    { dr: { secondaryCloud: "gcp" }, backup: { dumps: false } },
    "backup.dumps",
    /copies the dumps/,
  ],
];

export const places: readonly FileCase[] = [...regions, ...addresses, ...brought, ...second];
