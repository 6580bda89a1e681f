// Another kind of value than the setting has: text for a number, a list for a map, YAML's surprises.
import type { FileCase } from "./case";

const map = /a map with/;
const flag = /true or false/;

export const kinds: readonly FileCase[] = [
  // Blocks that aren't maps.
  ["text for the network", { network: "10.20.0.0/16" }, "network", map],
  ["a list for the network", { network: [] }, "network", map],
  ["a list for the stores", { storage: [] }, "storage", map],
  ["text for a flag of the network", { network: { natPerZone: "true" } }, "network.natPerZone", flag],
  ["null for a flag of the database", { database: { ha: null } }, "database.ha", flag],
  ["a number for the cluster", { compute: 3 }, "compute", map],
  ["a flag for the cache", { cache: true }, "cache", map],
  ["a flag for the CDN", { cdn: false }, "cdn", map],
  ["a flag for the WAF", { waf: true }, "waf", map],
  ["a flag for the audit trail", { audit: false }, "audit", map],
  ["text for the database", { database: "postgres" }, "database", map],
  ["a list of stores", { storage: ["uploads"] }, "storage", map],
  ["a schedule for the backup", { backup: "0 0 * * *" }, "backup", map],
  ["a region for the recovery", { dr: "us-west-2" }, "dr", map],
  ["a domain for the names", { dns: "prod.goodies.example" }, "dns", map],
  ["a version for TLS", { tls: "1.3" }, "tls", map],
  ["a list of repositories for the registry", { registry: ["app"] }, "registry", map],
  ["a list of secrets", { secrets: ["app-signing-key"] }, "secrets", map],
  ["days for the keys", { keys: 30 }, "keys", map],
  ["text for the safeguards", { safeguards: "off" }, "safeguards", map],
  ["a port for the application", { workload: 8080 }, "workload", map],
  ["an id for the account", { account: "123456789012" }, "account", map],
  ["a list of tags", { tags: ["team"] }, "tags", /a map with owner, costCentre, extra/],
  ["text for the tags", { tags: "owner=me" }, "tags", map],
  ["a map cut off in the middle", { network: '{"zones": 3' }, "network", map],
  ["YAML inside of text", { network: "zones: 3" }, "network", map],
  ["an empty text for a map", { dr: "" }, "dr", map],
  ["null for a map", { database: null }, "database", map],
  ["null two levels down", { compute: { nodes: null } }, "compute.nodes", map],
  ["a list of pools", { compute: { pools: [{ name: "extra" }] } }, "compute.pools", /from pool names to pools/],
  ["a number for a pool", { compute: { pools: { extra: 3 } } }, "compute.pools.extra", /a map with size/],
  [
    "text for a secret to make",
    { secrets: { generate: { token: "abc" } } },
    "secrets.generate.token",
    /a map with length/,
  ],
  [
    "text for a subnet tier",
    subnets("subnet-0123456789abcdef0"),
    "network.existing.subnets.public",
    /list of subnet ids/,
  ],
  // Flags.
  ["yes in quotes", { network: { natPerZone: "yes" } }, "network.natPerZone", flag],
  ["on in quotes", { database: { ha: "on" } }, "database.ha", flag],
  ["one for true", { database: { pooling: 1 } }, "database.pooling", flag],
  ["zero for false", { cache: { ha: 0 } }, "cache.ha", flag],
  ["true in quotes", { cache: { enabled: "true" } }, "cache.enabled", flag],
  ["null for a flag", { storage: { uploads: null } }, "storage.uploads", flag],
  ["a list for a flag", { storage: { assets: [true] } }, "storage.assets", flag],
  ["a map for a flag", { waf: { ddosProtection: { enabled: true } } }, "waf.ddosProtection", flag],
  ["maybe", { audit: { threatDetection: "maybe" } }, "audit.threatDetection", flag],
  ["a capital True in quotes", { backup: { dumps: "True" } }, "backup.dumps", flag],
  [
    "a flag of the spot pool as text",
    { compute: { spotPool: { enabled: "false" } } },
    "compute.spotPool.enabled",
    flag,
  ],
  ["deletion protection as text", { safeguards: { deletionProtection: "off" } }, "safeguards.deletionProtection", flag],
  // Numbers.
  ["a number in quotes", { database: { readReplicas: "2" } }, "database.readReplicas", /whole number from 0 to 5/],
  ["a size with its unit", { database: { storageGb: "100GB" } }, "database.storageGb", /32 to 16384 \(GiB\)/],
  ["a fraction", { database: { storageGb: 64.5 } }, "database.storageGb", /whole number/],
  ["a fraction of a day", { keys: { rotationDays: 0.5 } }, "keys.rotationDays", /whole number/],
  ["an empty text", { cdn: { assetTtl: "" } }, "cdn.assetTtl", /whole number/],
  ["null for a number", { waf: { rateLimit: null } }, "waf.rateLimit", /whole number/],
  ["a word for a number", { waf: { rateLimit: "unlimited" } }, "waf.rateLimit", /whole number/],
  ["a list for a number", { audit: { lockDays: [365] } }, "audit.lockDays", /whole number/],
  ["a duration", { dr: { region: "us-west-2", rtoMinutes: "4h" } }, "dr.rtoMinutes", /whole number from 1 to 10080/],
  ["a duration with unit", { cdn: { assetTtl: "1d" } }, "cdn.assetTtl", /\(s\)/],
  ["a true for a number", { compute: { nodes: { min: true } } }, "compute.nodes.min", /whole number/],
  ["a number past all that counts", { database: { storageGb: 1e30 } }, "database.storageGb", /whole number/],
  ["an hour as a time of day", { cache: { maintenanceHour: "03:00" } }, "cache.maintenanceHour", /0 to 23/],
  // Text and lists.
  ["a number for an address", { network: { cidr: 10 } }, "network.cidr", /IPv4 range/],
  ["a list for an address", { network: { cidr: ["10.20.0.0/16"] } }, "network.cidr", /IPv4 range/],
  ["text for a list", { compute: { admins: "arn:aws:iam::123456789012:role/a" } }, "compute.admins", /a list of/],
  ["text for a list of ranges", { compute: { apiAllowList: "203.0.113.0/24" } }, "compute.apiAllowList", /a list of/],
  ["a map for a list", { registry: { repositories: { app: {} } } }, "registry.repositories", /a list of names/],
  ["an empty list", { registry: { repositories: [] } }, "registry.repositories", /a list of names/],
  ["a number in a list", { registry: { repositories: [1] } }, "registry.repositories", /a list of names/],
  ["null in a list", { waf: { blockedCountries: [null] } }, "waf.blockedCountries", /ISO 3166-1/],
  [
    "an empty text in a list",
    { dns: { domain: "a.example", authorities: [""] } },
    "dns.authorities",
    /list of domains/,
  ],
  ["YAML's no for Norway", { waf: { blockedCountries: [false] } }, "waf.blockedCountries", /ISO 3166-1/],
  [
    "origins as text",
    { dns: { domain: "a.example" }, cdn: { origins: "assets" } },
    "cdn.origins",
    /a list of assets, api/,
  ],
  ["zones as text", { network: { zones: "3" } }, "network.zones", /whole number from 1 to 8, or a list/],
  ["no zones", { network: { zones: [] } }, "network.zones", /a list of zone names/],
  ["no zone by number", { network: { zones: 0 } }, "network.zones", /1 to 8/],
  ["zones by number in a list", { cloud: "azure", network: { zones: [1, 2] } }, "network.zones", /list of zone names/],
  ["labels as a list", { compute: { nodes: { labels: ["team"] } } }, "compute.nodes.labels", /label keys/],
  ["a label as a number", { compute: { nodes: { labels: { tier: 1 } } } }, "compute.nodes.labels", /label keys/],
  [
    "taints as text",
    { compute: { nodes: { taints: "a=b:NoSchedule" } } },
    "compute.nodes.taints",
    /key, value, effect/,
  ],
  ["a taint without its effect", { compute: { nodes: { taints: [{ key: "a" }] } } }, "compute.nodes.taints", /effect/],
  [
    "an unknown effect",
    { compute: { nodes: { taints: [{ key: "a", effect: "Never" }] } } },
    "compute.nodes.taints",
    /effect/,
  ],
  ["a tag as a number", { tags: tagged({ team: 5 }) }, "tags.extra", /to text/],
  ["a tag as a flag", { tags: tagged({ pii: true }) }, "tags.extra", /to text/],
  ["a tag as a map", { tags: tagged({ team: { name: "core" } }) }, "tags.extra", /to text/],
  ["null for a tag", { tags: tagged({ team: null }) }, "tags.extra", /to text/],
  [
    "a cost centre as a fraction",
    { tags: { owner: "a@b.example", costCentre: 10.5 } },
    "tags.costCentre",
    /best in quotes/,
  ],
  [
    "a cost centre as a list",
    { tags: { owner: "a@b.example", costCentre: [1001] } },
    "tags.costCentre",
    /letters, digits/,
  ],
  ["an owner as a list", { tags: { owner: ["a@b.example"], costCentre: "1" } }, "tags.owner", /an e-mail address/],
  ["the password as a map", { databasePassword: { secure: "v1:abc" } }, "databasePassword", /.+/],
];

function tagged(extra: unknown) {
  return { owner: "team@example.com", costCentre: "1001", extra };
}

function subnets(tier: unknown) {
  const ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
  const existing = {
    id: "vpc-0123456789abcdef0",
    cidr: "10.64.0.0/16",
    subnets: { public: tier, private: ids, data: ids },
  };
  return { network: { existing } };
}
