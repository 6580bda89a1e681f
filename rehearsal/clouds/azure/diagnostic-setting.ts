// What a resource tells of itself, and whom.
import { each, fits, oneOf, refuse, someOf } from "../limits";
import type { Moment, Props, Refusal, Row } from "../row";
import { isSet, list, object, text } from "../values";
import { extension, objectsAt } from "./arm";
import { plainLocation } from "./locations";
import { workspace } from "./monitor";
import { token } from "./types";

const diagnosticSetting = token("monitor:DiagnosticSetting");

/** Log and metric categories by kind of resource: https://learn.microsoft.com/azure/azure-monitor/reference/logs-index */
const categories: readonly {
  readonly of: RegExp;
  readonly logs: readonly string[];
  readonly metrics: readonly string[];
}[] = [
  { of: /\/vaults\/[^/]+$/i, logs: ["AuditEvent", "AzurePolicyEvaluationDetails"], metrics: ["AllMetrics"] },
  {
    of: /\/storageAccounts\/[^/]+\/(blob|file|queue|table)Services\/default$/i,
    logs: ["StorageRead", "StorageWrite", "StorageDelete"],
    metrics: ["Transaction", "Capacity"],
  },
  { of: /\/storageAccounts\/[^/]+$/i, logs: [], metrics: ["Transaction", "Capacity"] },
  {
    of: /\/flexibleServers\/[^/]+$/i,
    logs: [
      "PostgreSQLLogs",
      "PostgreSQLFlexSessions",
      "PostgreSQLFlexQueryStoreRuntime",
      "PostgreSQLFlexQueryStoreWaitStats",
      "PostgreSQLFlexTableStats",
      "PostgreSQLFlexDatabaseXacts",
    ],
    metrics: ["AllMetrics"],
  },
  {
    of: /\/networkSecurityGroups\/[^/]+$/i,
    logs: ["NetworkSecurityGroupEvent", "NetworkSecurityGroupRuleCounter"],
    metrics: [],
  },
  {
    of: /\/Microsoft\.Cdn\/profiles\/[^/]+$/i,
    logs: ["FrontDoorAccessLog", "FrontDoorHealthProbeLog", "FrontDoorWebApplicationFirewallLog"],
    metrics: ["AllMetrics"],
  },
  { of: /\/virtualNetworks\/[^/]+$/i, logs: ["VMProtectionAlerts"], metrics: ["AllMetrics"] },
  {
    of: /\/managedClusters\/[^/]+$/i,
    logs: [
      "kube-apiserver",
      "kube-audit",
      "kube-audit-admin",
      "kube-controller-manager",
      "kube-scheduler",
      "cluster-autoscaler",
      "cloud-controller-manager",
      "guard",
      "csi-azuredisk-controller",
      "csi-azurefile-controller",
      "csi-snapshot-controller",
      "fleet-member-agent",
    ],
    metrics: ["AllMetrics"],
  },
  {
    of: /\/registries\/[^/]+$/i,
    logs: ["ContainerRegistryLoginEvents", "ContainerRegistryRepositoryEvents"],
    metrics: ["AllMetrics"],
  },
  { of: /\/redisEnterprise\/[^/]+\/databases\/[^/]+$/i, logs: ["ConnectionEvents"], metrics: [] },
  { of: /\/redisEnterprise\/[^/]+$/i, logs: [], metrics: ["AllMetrics"] },
  {
    of: /^\/subscriptions\/[^/]+$/i,
    logs: [
      "Administrative",
      "Security",
      "ServiceHealth",
      "Alert",
      "Recommendation",
      "Policy",
      "Autoscale",
      "ResourceHealth",
    ],
    metrics: [],
  },
  {
    of: /\/publicIPAddresses\/[^/]+$/i,
    logs: ["DDoSProtectionNotifications", "DDoSMitigationFlowLogs", "DDoSMitigationReports"],
    metrics: ["AllMetrics"],
  },
];
/** What is watched, among what this account can hold. */
const watched = [
  "keyvault:Vault",
  "storage:StorageAccount",
  "dbforpostgresql:Server",
  "network:NetworkSecurityGroup",
  "network:VirtualNetwork",
  "network:PublicIPAddress",
  "containerservice:ManagedCluster",
  "containerregistry:Registry",
  "redisenterprise:RedisEnterprise",
  "cdn:Profile",
].map(token);
const sinks = [
  "workspaceId",
  "storageAccountId",
  "eventHubAuthorizationRuleId",
  "marketplacePartnerId",
  "serviceBusRuleId",
] as const;

function categoryRefusals(inputs: Props): readonly Refusal[] {
  const target = text(inputs["resourceUri"]);
  const known = target === undefined ? undefined : categories.find(({ of }) => of.test(target));
  return [
    ...objectsAt(inputs, "logs.*").flatMap(({ path, value }) => {
      const both = ["category", "categoryGroup"].filter((key) => isSet(object(value)[key]));
      return both.length === 1 ? [] : refuse(path, "Exactly one of category and categoryGroup must be specified.");
    }),
    ...oneOf(inputs, "logs.*.categoryGroup", ["allLogs", "audit"]),
    ...(["logs", "metrics"] as const).flatMap((kind) =>
      known === undefined
        ? []
        : each(
            inputs,
            `${kind}.*.category`,
            (value) => typeof value === "string" && known[kind].includes(value),
            (value) => `Category ${value} is not supported; the resource has: ${known[kind].join(", ") || "none"}.`,
          ),
    ),
    ...(list(inputs["logs"]).length + list(inputs["metrics"]).length === 0 && inputs["logs"] === undefined
      ? refuse("logs", "At least one log or metric category must be specified.")
      : []),
  ];
}

/** One sink takes one category of one resource once. */
function twinRefusals({ inputs, account, old }: Moment): readonly Refusal[] {
  const chosen = (props: Props) =>
    objectsAt(props, "logs.*").map(
      ({ value }) => text(object(value)["category"]) ?? text(object(value)["categoryGroup"]) ?? "",
    );
  const mine = new Set(chosen(inputs));
  return account
    .all(diagnosticSetting)
    .filter((other) => other.id !== old?.id && other.inputs["resourceUri"] === inputs["resourceUri"])
    .flatMap((other) =>
      sinks
        .filter((sink) => isSet(inputs[sink]) && other.inputs[sink] === inputs[sink])
        .flatMap((sink) =>
          chosen(other.inputs)
            .filter((category) => mine.has(category))
            .map((category) => ({
              property: sink,
              reason: `Conflict: Data sink '${text(inputs[sink]) ?? ""}' is already used in diagnostic setting '${text(other.outputs["name"]) ?? ""}' for category '${category}'.`,
            })),
        ),
    );
}

/** https://learn.microsoft.com/azure/azure-monitor/platform/migrate-to-azure-storage-lifecycle-policy */
const periodRefusals = (inputs: Props): readonly Refusal[] =>
  ["logs", "metrics"].flatMap((kind) =>
    each(
      inputs,
      `${kind}.*.retentionPolicy.enabled`,
      (value) => value !== true,
      () => "BadRequest: Diagnostic settings does not support retention for new diagnostic settings.",
    ),
  );

/** A store is in the region of what writes to it, where that has one. */
function regionRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const store = account.find([token("storage:StorageAccount")], "id", inputs["storageAccountId"] ?? "");
  const path = /^(?:\/[^/]+){8}/.exec(text(inputs["resourceUri"]) ?? "")?.[0] ?? "";
  const source = watched.map((type) => account.find([type], "id", path)).find((one) => one !== undefined);
  const [here, there] = [plainLocation(source?.inputs["location"]), plainLocation(store?.inputs["location"])];
  return here && there && here !== "global" && here !== there
    ? refuse(
        "storageAccountId",
        `BadRequest: Resource '${path}' is in region '${here}' and resource '${store?.id ?? ""}' is in region '${there}'; they must be in the same region.`,
      )
    : [];
}

/** https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings: five on one resource, a subscription too. */
function crowdRefusals({ inputs, account, old }: Moment): readonly Refusal[] {
  const others = account
    .all(diagnosticSetting)
    .filter((other) => other.id !== old?.id && other.inputs["resourceUri"] === inputs["resourceUri"]);
  return others.length >= 5 ? refuse("resourceUri", "Conflict: a resource has five diagnostic settings at most.") : [];
}

const diagnostics = extension({
  name: "monitor:DiagnosticSetting",
  api: "2021-05-01-preview",
  namespace: "microsoft.insights",
  kind: "diagnosticSettings",
  scope: "resourceUri",
  property: "name",
  writeOnly: ["resourceUri"],
  // It holds nothing back and outlives what it watches and writes to:
  // https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings
  references: [
    { path: "workspaceId", to: [workspace], weak: true },
    { path: "storageAccountId", to: [token("storage:StorageAccount")], weak: true },
    {
      path: "resourceUri",
      to: watched,
      weak: true,
      within:
        /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/(?:Microsoft\.KeyVault\/vaults|Microsoft\.Storage\/storageAccounts|Microsoft\.DBforPostgreSQL\/flexibleServers|Microsoft\.Cdn\/profiles|Microsoft\.ContainerService\/managedClusters|Microsoft\.ContainerRegistry\/registries|Microsoft\.Cache\/redisEnterprise|Microsoft\.Network\/(?:networkSecurityGroups|virtualNetworks|publicIPAddresses))\/[^/]+)/i,
    },
  ],
  check: ({ inputs }) => [
    ...fits(inputs, "name", /^[^*<>%&:?/+\\]{1,260}$/, "1 to 260 characters without *<>%&:?/+\\"),
    ...someOf(inputs, ...sinks),
    ...oneOf(inputs, "logAnalyticsDestinationType", ["Dedicated", "AzureDiagnostics"]),
    ...categoryRefusals(inputs),
    ...periodRefusals(inputs),
  ],
  admit: (moment) => [...twinRefusals(moment), ...crowdRefusals(moment), ...regionRefusals(moment)],
  seconds: { create: 4, update: 4, delete: 3, source: "estimate" },
});

export const rows: readonly Row[] = [diagnostics];
