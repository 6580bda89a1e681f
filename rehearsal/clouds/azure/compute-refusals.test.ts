// What the simulated Azure refuses of clusters, registries, caches and what goes with them.
import assert from "node:assert/strict";
import type { Props, Value } from "../row";
import { refusalsOf, released } from "./sample";

const key = `https://v.vault.azure.net/keys/cluster/${"a".repeat(32)}`;
const group = { resourceGroupName: "g", location: "eastus" };
const good: Readonly<Record<string, Props>> = {
  "containerservice:ManagedCluster": {
    ...group,
    resourceName: "c",
    dnsPrefix: "c",
    kubernetesVersion: "1.35",
    sku: { name: "Base", tier: "Standard" },
    identity: { type: "UserAssigned", userAssignedIdentities: ["/i"] },
    aadProfile: { managed: true, enableAzureRBAC: true },
    disableLocalAccounts: true,
    apiServerAccessProfile: { enablePrivateCluster: true, enableVnetIntegration: true, subnetId: "/s" },
    networkProfile: {
      networkPlugin: "azure",
      networkPluginMode: "overlay",
      networkDataplane: "cilium",
      networkPolicy: "cilium",
      podCidr: "172.24.0.0/14",
      serviceCidr: "172.28.0.0/16",
      dnsServiceIP: "172.28.0.10",
    },
    securityProfile: {
      azureKeyVaultKms: { enabled: true, keyId: key, keyVaultNetworkAccess: "Private", keyVaultResourceId: "/v" },
    },
    agentPoolProfiles: [
      {
        name: "system",
        mode: "System",
        vmSize: "Standard_D2ds_v5",
        count: 2,
        minCount: 2,
        maxCount: 5,
        enableAutoScaling: true,
      },
    ],
  },
  "containerservice:AgentPool": {
    resourceGroupName: "g",
    resourceName: "c",
    agentPoolName: "workers",
    vmSize: "Standard_D2ds_v5",
    enableAutoScaling: true,
    count: 2,
    minCount: 2,
    maxCount: 5,
  },
  "containerservice:MaintenanceConfiguration": {
    resourceGroupName: "g",
    resourceName: "c",
    configName: "aksManagedAutoUpgradeSchedule",
    maintenanceWindow: {
      durationHours: 4,
      startTime: "03:00",
      schedule: { weekly: { dayOfWeek: "Sunday", intervalWeeks: 1 } },
    },
  },
  "containerregistry:Registry": {
    ...group,
    registryName: "registry1",
    sku: { name: "Premium" },
    publicNetworkAccess: "Disabled",
    policies: { retentionPolicy: { status: "enabled", days: 7 }, exportPolicy: { status: "disabled" } },
  },
  "containerregistry:Task": {
    ...group,
    registryName: "registry1",
    taskName: "purge",
    timeout: 3600,
    platform: { os: "Linux" },
    step: { type: "EncodedTask", encodedTaskContent: Buffer.from("version: v1.1.0").toString("base64") },
    trigger: { timerTriggers: [{ name: "timer", schedule: "0 4 * * *" }] },
  },
  "redisenterprise:RedisEnterprise": {
    ...group,
    clusterName: "cache",
    sku: { name: "Balanced_B5" },
    publicNetworkAccess: "Disabled",
    minimumTlsVersion: "1.2",
    encryption: { customerManagedKeyEncryption: { keyEncryptionKeyUrl: key } },
  },
  "redisenterprise:Database": {
    resourceGroupName: "g",
    clusterName: "cache",
    databaseName: "default",
    port: 10000,
    persistence: { rdbEnabled: true, rdbFrequency: "12h", aofEnabled: false },
  },
  "managedidentity:FederatedIdentityCredential": {
    resourceGroupName: "g",
    resourceName: "i",
    federatedIdentityCredentialResourceName: "app-app",
    issuer: "https://issuer.example/",
    subject: "system:serviceaccount:app:app",
    audiences: ["api://AzureADTokenExchange"],
  },
  "security:Pricing": {
    scopeId: "subscriptions/s",
    pricingName: "KeyVaults",
    pricingTier: "Standard",
    subPlan: "PerKeyVault",
  },
  "compute:DiskEncryptionSet": { ...group, diskEncryptionSetName: "d", activeKey: { keyUrl: key } },
};

const bad: readonly (readonly [type: string, path: string, value: Value | undefined, reason: RegExp])[] = [
  ["containerservice:ManagedCluster", "kubernetesVersion", "1.27", /K8sVersionNotSupported/],
  ["containerservice:ManagedCluster", "aadProfile.managed", false, /disableLocalAccounts|Azure RBAC/],
  ["containerservice:ManagedCluster", "supportPlan", "AKSLongTermSupport", /Premium/],
  ["containerservice:ManagedCluster", "securityProfile.azureKeyVaultKms.keyId", key.slice(0, -33), /with its version/],
  ["containerservice:ManagedCluster", "apiServerAccessProfile.enableVnetIntegration", false, /VNet Integration/],
  [
    "containerservice:ManagedCluster",
    "apiServerAccessProfile.authorizedIPRanges",
    ["1.2.3.0/24"],
    /no public endpoint/,
  ],
  ["containerservice:ManagedCluster", "networkProfile.podCidr", "172.30.0.0/16", /keeps for itself/],
  ["containerservice:ManagedCluster", "networkProfile.podCidr", "172.28.0.0/16", /PodCidrOverlapServiceCidr/],
  ["containerservice:ManagedCluster", "networkProfile.dnsServiceIP", "10.0.0.10", /DNSServiceIPNotInServiceCidr/],
  ["containerservice:ManagedCluster", "networkProfile.networkPolicy", "calico", /come together/],
  ["containerservice:ManagedCluster", "agentPoolProfiles.0.mode", "User", /mode System/],
  ["containerservice:ManagedCluster", "agentPoolProfiles.0.minCount", 0, /expected a number from 1/],
  ["containerservice:AgentPool", "agentPoolName", "Workers-1", /InvalidAgentPoolName/],
  ["containerservice:AgentPool", "maxCount", 1, /must not be larger/],
  ["containerservice:AgentPool", "nodeTaints", ["dedicated"], /key=value:effect/],
  ["containerservice:AgentPool", "spotMaxPrice", 0, /above 0/],
  ["containerservice:AgentPool", "scaleSetEvictionPolicy", "Delete", /only when scaleSetPriority is Spot/],
  ["containerservice:MaintenanceConfiguration", "maintenanceWindow.durationHours", 2, /expected 4 to 24/],
  ["containerregistry:Registry", "sku.name", "Basic", /needs the Premium tier/],
  [
    "containerregistry:Registry",
    "policies.softDeletePolicy",
    { status: "enabled" },
    /either the retention or the soft delete/,
  ],
  ["containerregistry:Task", "trigger.timerTriggers.0.schedule", "0 0 4 * * *", /InvalidCronExpression/],
  ["containerregistry:Task", "step.encodedTaskContent", "bm8=", /InvalidTaskContent/],
  ["redisenterprise:RedisEnterprise", "sku.name", "Enterprise_E10", /InvalidSku/],
  ["redisenterprise:RedisEnterprise", "zones", ["1"], /chooses its zones itself/],
  ["redisenterprise:Database", "databaseName", "mine", /is called default/],
  ["redisenterprise:Database", "persistence.aofEnabled", true, /at most one of AOF and RDB/],
  ["managedidentity:FederatedIdentityCredential", "issuer", "http://issuer.example", /https address/],
  ["security:Pricing", "subPlan", "P2", /PerKeyVault/],
  ["compute:DiskEncryptionSet", "activeKey.keyUrl", key.slice(0, -33), /with its version/],
];

describe("what the simulated azure refuses of clusters, registries and caches", () => {
  for (const [type, inputs] of Object.entries(good))
    it(`takes a good ${type}`, () => assert.deepEqual(refusalsOf(type, inputs), []));

  for (const [type, path, value, reason] of bad)
    it(`refuses ${type} with ${path} ${JSON.stringify(value)}`, () => {
      const reasons = refusalsOf(type, good[type] ?? {}, { [path]: value }).map((one) => one.reason);
      assert.ok(
        reasons.some((one) => reason.test(one)),
        `none of: ${reasons.join("; ")}`,
      );
    });

  it("keeps a subscription's Defender plans, which can be switched and never deleted", () => {
    const told = released("security:Pricing", good["security:Pricing"] ?? {});
    assert.match(told ?? "", /scope of a resource only/);
  });
});
