// Where a stack stands: regions and zones of other clouds, address ranges, second sites.
import { type FileCase, on } from "./case";

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
    ["a region without zones", { region: "westus" }, "region", /no availability zones/],
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

export const places: readonly FileCase[] = [...regions, ...addresses, ...second];
