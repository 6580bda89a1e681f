// What the first site takes, and a second one, a certificate or a node doesn't.
import { type FileCase, on } from "./case";

const tags = { owner: "team@example.com", costCentre: "1001" };
const many = Object.fromEntries(Array.from({ length: 43 }, (_, n) => [`t${n}`, ""]));
const labelled = (key: string) => ({ compute: { nodes: { labels: { [key]: "x" } } } });
const pilotLight = (region: string) => ({ region, mode: "pilot-light", rtoMinutes: 60 });
const inside = { compute: { deployFrom: "inside" } };

const everywhere: readonly FileCase[] = [
  ["one zone for a standby", { dr: { region: "us-west-2", zones: 1 } }, "dr.zones", /\(dr\.region\).*2 or more/],
  [
    "a replica elsewhere without its password",
    { dr: pilotLight("us-west-2"), backup: { offRegion: false } },
    "backup.offRegion",
    /whose password goes there/,
  ],
  [
    "a soft delete that the cloud of the copies doesn't keep",
    { ...inside, dr: { secondaryCloud: "gcp", rtoMinutes: 1440 }, storage: { softDeleteDays: 120 } },
    "storage.softDeleteDays",
    /on gcp in [a-z0-9-]+ \(dr\.secondaryCloud\)/,
  ],
  [
    "a standby in the range of the copies",
    { network: { cidr: "10.20.0.0/16" }, dr: { region: "us-west-2", cidr: "10.70.0.0/16", secondaryCloud: "azure" } },
    "dr.cidr",
    /overlaps the range of the site on dr\.secondaryCloud/,
  ],
  ["tags that leave no room", { tags: { ...tags, extra: many } }, "tags.extra", /3 of them its own/],
  [
    "an origin twice",
    { dns: { domain: "a.example" }, cdn: { origins: ["api", "api"] } },
    "cdn.origins",
    /name each once/,
  ],
  [
    "a name that no certificate takes",
    { dns: { domain: `${"a".repeat(60)}.example` }, cdn: { host: "www" } },
    "dns.domain",
    /72 characters, and its certificate takes 64/,
  ],
  [
    "authorities without the CDN's",
    { dns: { domain: "a.example", authorities: ["letsencrypt.org"] } },
    "dns.authorities",
    /amazon\.com as well/,
  ],
  [
    "authorities without the issuer",
    { ...inside, dns: { domain: "a.example", authorities: ["amazonaws.com"] }, tls: { issuer: "letsencrypt" } },
    "dns.authorities",
    /letsencrypt\.org as well/,
  ],
  ["a country by its car plate", { waf: { blockedCountries: ["UK"] } }, "waf.blockedCountries", /ISO 3166-1/],
  ["a union of countries", { waf: { blockedCountries: ["EU"] } }, "waf.blockedCountries", /ISO 3166-1/],
  ["a country twice", { waf: { blockedCountries: ["KP", "KP"] } }, "waf.blockedCountries", /twice/],
  ["a cost centre of a dash", { tags: { ...tags, costCentre: "-" } }, "tags.costCentre", /a letter or digit first/],
  ["a negative cost centre", { tags: { ...tags, costCentre: -5 } }, "tags.costCentre", /a letter or digit first/],
  ["a label below a domain past 253", labelled(`${"a".repeat(254)}/x`), "compute.nodes.labels", /label key/],
  ...["127.0.0.0/8", "169.254.169.254/32", "224.0.0.0/8", "0.0.0.0/8", "255.255.255.255/32"].map(
    (range): FileCase => [
      `${range} let in`,
      { compute: { apiAllowList: [range] } },
      "compute.apiAllowList",
      /^nobody reaches a cluster from /,
    ],
  ),
  ["its own cloud for the copies", { dr: { secondaryCloud: "aws" } }, "dr.secondaryCloud", /another cloud than cloud/],
  [
    "a standby where there are no zones",
    { cloud: "azure", dr: { region: "westus" } },
    "dr.region",
    /^it has no availability zones/,
  ],
];

const byCloud: readonly FileCase[] = [
  ...on("aws", [
    [
      "a private range for the public endpoint",
      { compute: { apiAllowList: ["10.0.0.0/8"] } },
      "compute.apiAllowList",
      /name public ranges/,
    ],
    ["a label of EKS's own", labelled("eks.amazonaws.com/team"), "compute.nodes.labels", /keeps that prefix/],
    [
      "every role as administrator",
      { compute: { admins: ["arn:aws:iam::123456789012:role/*"] } },
      "compute.admins",
      /ARNs of IAM/,
    ],
  ]),
  ...on("azure", [
    [
      "a replica elsewhere of a burstable server",
      { environment: "dev", dr: pilotLight("westus3") },
      "database.size",
      /no replicas, and dr\.mode pilot-light keeps one/,
    ],
    [
      "five replicas and one elsewhere",
      { dr: pilotLight("westus3"), database: { readReplicas: 5 } },
      "database.readReplicas",
      /use 4 or fewer/,
    ],
    [
      "more nodes than a subnet has room for",
      { network: { cidr: "10.20.0.0/20" }, compute: { nodes: { max: 300 } } },
      "compute.nodes.max",
      /has room for 251 nodes/,
    ],
    ["a label of AKS's own", labelled("kubernetes.azure.com/team"), "compute.nodes.labels", /keeps that prefix/],
  ]),
  ...on("gcp", [
    [
      "a disk too large for a shared core",
      { environment: "dev", database: { size: "tiny", storageGb: 4000, maxStorageGb: 8000 } },
      "database.storageGb",
      /3054 GB at most/,
    ],
    [
      "a label that a kubelet refuses",
      labelled("node-role.kubernetes.io/worker"),
      "compute.nodes.labels",
      /keeps that prefix/,
    ],
    [
      "a group with its kind before it",
      { compute: { admins: ["group:a@b.example"] } },
      "compute.admins",
      /Google groups/,
    ],
  ]),
];

export const beside: readonly FileCase[] = [...everywhere, ...byCloud];
