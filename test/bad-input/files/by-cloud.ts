// Values that one cloud refuses and another takes.
import { type FileCase, on } from "./case";

export const byCloud: readonly FileCase[] = [
  ...on("aws", [
    [
      "a period that CloudWatch doesn't know",
      { database: { logRetentionDays: 91 } },
      "database.logRetentionDays",
      /next longer is 120/,
    ],
    [
      "flow logs of another period",
      { network: { flowLogRetentionDays: 91 } },
      "network.flowLogRetentionDays",
      /CloudWatch/,
    ],
    [
      "cache logs of another period",
      { cache: { logRetentionDays: 100 } },
      "cache.logRetentionDays",
      /next longer is 120/,
    ],
    [
      "cluster logs of another period",
      { compute: { logRetentionDays: 29 } },
      "compute.logRetentionDays",
      /next longer is 30/,
    ],
    ["WAF logs of another period", { waf: { logRetentionDays: 42 } }, "waf.logRetentionDays", /next longer is 60/],
    [
      "a group of Entra",
      { compute: { admins: ["11111111-2222-4333-8444-555555555555"] } },
      "compute.admins",
      /ARNs of IAM/,
    ],
    [
      "an administrator twice",
      { compute: { admins: ["arn:aws:iam::123456789012:role/a", "arn:aws:iam::123456789012:role/a"] } },
      "compute.admins",
      /twice/,
    ],
    [
      "too many ranges",
      { compute: { apiAllowList: Array.from({ length: 41 }, (_, n) => `203.0.${n}.0/24`) } },
      "compute.apiAllowList",
      /40 ranges at most/,
    ],
    [
      "a zone's resource id",
      { dns: { domain: "a.example", existingZone: "/subscriptions/x" } },
      "dns.existingZone",
      /hosted zone id/,
    ],
    [
      "a cluster with a resource group",
      { compute: { existing: { name: "a", resourceGroup: "b" } } },
      "compute.existing.resourceGroup",
      /only azure/,
    ],
    [
      "a cluster's name with a dot",
      { compute: { existing: { name: "a.b" } } },
      "compute.existing.name",
      /letters, digits/,
    ],
  ]),
  ...on("azure", [
    ["a standby of a burstable server", { database: { size: "tiny", ha: true } }, "database.ha", /burstable/],
    [
      "replicas of a burstable server",
      { database: { size: "tiny", ha: false, readReplicas: 1 } },
      "database.readReplicas",
      /burstable/,
    ],
    [
      "a pooler of a burstable server",
      { database: { size: "tiny", ha: false, pooling: true } },
      "database.pooling",
      /burstable/,
    ],
    [
      "logs for longer than Log Analytics keeps them",
      { database: { logRetentionDays: 1000 } },
      "database.logRetentionDays",
      /730 days/,
    ],
    ["cache logs for longer", { cache: { logRetentionDays: 731 } }, "cache.logRetentionDays", /730 days/],
    ["cluster logs for longer", { compute: { logRetentionDays: 3653 } }, "compute.logRetentionDays", /730 days/],
    ["a role of AWS", { compute: { admins: ["arn:aws:iam::123456789012:role/a"] } }, "compute.admins", /Entra groups/],
    [
      "a hosted zone of AWS",
      { dns: { domain: "a.example", existingZone: "Z0123456789ABCDEFGHIJ" } },
      "dns.existingZone",
      /resource id/,
    ],
    [
      "a cluster with a location",
      { compute: { existing: { name: "a", location: "us-central1" } } },
      "compute.existing.location",
      /only gcp/,
    ],
    [
      "a cluster's name that ends in a dash",
      { compute: { existing: { name: "a-" } } },
      "compute.existing.name",
      /both ends/,
    ],
  ]),
  ...on("gcp", [
    ["recovery to two weeks ago", { backup: { pitrDays: 14 } }, "backup.pitrDays", /last 7 days at most/],
    ["a soft delete of four months", { storage: { softDeleteDays: 120 } }, "storage.softDeleteDays", /90 days at most/],
    ["logs for ten years and more", { database: { logRetentionDays: 3653 } }, "database.logRetentionDays", /3650 days/],
    ["WAF logs for ten years and more", { waf: { logRetentionDays: 3653 } }, "waf.logRetentionDays", /3650 days/],
    ["a role of AWS", { compute: { admins: ["arn:aws:iam::123456789012:role/a"] } }, "compute.admins", /Google groups/],
    [
      "a zone's name with a dot",
      { dns: { domain: "a.example", existingZone: "a.example" } },
      "dns.existingZone",
      /managed zone's name/,
    ],
    [
      "a cluster's name with a capital",
      { compute: { existing: { name: "Platform" } } },
      "compute.existing.name",
      /lower case/,
    ],
  ]),
];
