import { z } from "zod";
import { weekdays } from "../../components/cache";
import { channels } from "../../components/cluster";
import { clusterRanges, poolRanges } from "../../components/cluster/check";
import { registryRanges } from "../../components/registry/check";
import { secretsRanges } from "../../components/secrets/check";
import { sizes } from "../../components/size";
import * as standards from "../../policies/standards";
import { block, choice, fields, flag, listOf, named, record, text, version, whole } from "../fields";

// What the application runs on: cluster, registry, secrets.

const nodeFields = {
  size: choice(sizes, "Machine class; each cloud's file maps it to a real one.", "medium"),
  min: whole(poolRanges.min, "", "Nodes that always stand.", 2),
  max: whole(poolRanges.max, "", "Nodes that autoscaling may go up to (CLU-03).", 10),
};
const effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"] as const;
const labels = z.record(z.string(), z.string()).register(fields, {
  description: "Kubernetes labels of the nodes.",
  allowed: "a map from label keys to text",
  example: "{ team: core }",
});
const taint = record("A taint.", {
  key: text(/^[A-Za-z0-9./_-]+$/, "a label key", "dedicated", "Key."),
  value: text(/^[A-Za-z0-9._-]*$/, "a label value", "batch", "Value.").optional(),
  effect: choice(effects, "What becomes of pods that do not tolerate it."),
});
const taints = z.array(taint).register(fields, {
  description: "Taints of the nodes.",
  allowed: "a list of maps with key, value, effect",
  example: "[{ key: dedicated, value: batch, effect: NoSchedule }]",
});
const poolFields = {
  ...nodeFields,
  zones: listOf("a list of the network's zones", "us-east-1a", "Zones of the nodes; the network's where left out."),
  spot: flag("Spare capacity that the cloud may take back, for batch work; tainted (CLU-09)."),
  taints,
  labels,
  diskGb: whole(poolRanges.diskGb, "GiB", "Root disk.", 50),
  surgePercent: whole(poolRanges.surgePercent, "%", "Nodes that are replaced at once in an upgrade.", 33),
  upgrade: choice(
    ["surge", "blue-green"],
    "How nodes get a new version: in place, a share at a time; or a second set of nodes first, then the old one is drained.",
  ),
};

export const compute = block("The cluster (CLU).", {
  kind: choice(["kubernetes"], "What workloads run on. Managed Kubernetes, on every cloud (CLU-01)."),
  version: version(
    standards.kubernetesVersions,
    standards.kubernetesVersion,
    "Kubernetes minor. A change upgrades in place, one minor at a time.",
    ", what EKS, AKS and GKE all offer",
  ),
  channel: choice(
    channels,
    "regular: patches by themselves, minors when version says so. extended: the cloud's paid long-term support of a minor.",
  ),
  nodes: block("Worker nodes: the pool that is called workers.", poolFields),
  spotPool: block("A second pool on spare capacity, for batch work (CLU-09).", {
    enabled: flag("Make it."),
    ...nodeFields,
  }),
  systemNodes: block("Nodes for what the cluster itself needs.", nodeFields),
  pools: named(
    block("A pool.", poolFields),
    "a map from pool names to pools",
    "{}",
    "More pools by name: lower case letters and digits, 12 characters at most.",
  ),
  apiAllowList: listOf(
    'a list of IPv4 ranges such as "203.0.113.0/24"',
    "203.0.113.0/24",
    "Public ranges that may reach the API server; without it the endpoint is private (CLU-05).",
  ),
  deployFrom: choice(
    ["outside", "inside"],
    "Where Pulumi runs: inside, in the network or behind its VPN, it reaches a private API server and may install things in " +
      "the cluster; outside, it does so only where apiAllowList lets it.",
  ),
  admins: listOf(
    "a list of IAM role ARNs (AWS), Entra group object ids (Azure), addresses of groups or users (Google Cloud)",
    "arn:aws:iam::123456789012:role/platform",
    "Who administers the cluster, by cloud login; whoever deploys where left out (SEC-15).",
  ),
  maintenanceDay: choice(weekdays, "Day of the maintenance window.", "sunday"),
  maintenanceHour: whole(clusterRanges.maintenanceHour, "UTC", "Hour that the maintenance window starts at.", 3),
  logRetentionDays: whole(
    clusterRanges.logRetentionDays,
    "days",
    "How long control-plane and audit logs are kept (CLU-08).",
    90,
  ),
  existing: record("Bring your own cluster: it is read, never changed.", {
    name: text(/./, "the cluster's name", "platform", "Its name."),
    resourceGroup: text(
      /./,
      "a resource group",
      "platform",
      "Azure: its resource group, if not the stack's.",
    ).optional(),
    location: text(
      /./,
      "a region or zone",
      "us-central1",
      "Google Cloud: where it lies, if not in the region.",
    ).optional(),
  }).optional(),
});

export const registry = block("The container registry (CLU-14).", {
  repositories: listOf("a list of names", "app", "Repositories: lower case letters, digits and -."),
  keepReleases: whole(registryRanges.keepReleases, "", "Releases that are kept of each image (CLU-15).", 10),
});

const secret = block("A secret.", { length: whole([16, 128], "characters", "Length of the value that is made.", 48) });
export const secrets = block("Secrets of the application, in the cloud's own store (SEC-07).", {
  provider: choice(["cloud"], "The cloud's own store."),
  generate: named(
    secret,
    "a map from names in kebab-case to {}",
    "{}",
    "Secrets that are made, by name (a signing key, a token); values are random and never shown.",
  ),
  rotationDays: whole(secretsRanges.rotationDays, "days", "Days between rotations (SEC-09).", 30),
  rotatePasswords: flag(
    "A job in the cluster rotates the database's and the cache's password (DB-17, SEC-09); true where Pulumi reaches the API " +
      "server (compute.deployFrom, compute.apiAllowList).",
  ),
});
