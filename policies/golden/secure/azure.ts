// Past 250 lines: one platform, to be read as one. The same shop on Azure, with its diagnostic settings and endpoints.
import type { Extra, Made } from "../../fixtures/fixture";

const tags = {
  ...{ name: "shop", environment: "prod", owner: "shop@example.com", "cost-centre": "42", app: "shop" },
  ...{ "managed-by": "pulumi", DataClass: "internal" },
};
const subscription = "/subscriptions/11111111-2222-3333-4444-555555555555";
const here = { providerInputs: { subscriptionId: subscription.split("/")[2], location: "westeurope" } };
const group = `${subscription}/resourceGroups/shop`;
const is = (id: string, more: Extra = {}): Extra => ({
  ...here,
  id: id.startsWith("/") ? id : `${group}/providers/${id}`,
  ...more,
});
const placed = { resourceGroupName: "shop", location: "westeurope", tags };
const inShop = { resourceGroupName: "shop" };
const vault = "Microsoft.KeyVault/vaults/shop";
const net = "Microsoft.Network/virtualNetworks/shop";
const account = "Microsoft.Storage/storageAccounts/shoppapers";
const server = "Microsoft.DBforPostgreSQL/flexibleServers/shop";
const cache = "Microsoft.Cache/redisEnterprise/sessions";
const registry = "Microsoft.ContainerRegistry/registries/shop";
const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/shop`;
const workspaceId = `${group}/providers/Microsoft.OperationalInsights/workspaces/shop`;
const keyUri = "https://shop.vault.azure.net/keys/main/1";
const at = (id: string) => `${group}/providers/${id}`;
const userAssigned = { type: "UserAssigned", userAssignedIdentities: [identity] };
const logs = [{ categoryGroup: "allLogs", enabled: true }];
const metrics = [{ category: "AllMetrics", enabled: true }];
const collected = (of: string, name: string): Made => [
  "monitor.DiagnosticSetting",
  { resourceUri: at(of), workspaceId, logs, metrics },
  is(`${at(of)}/providers/microsoft.insights/diagnosticSettings/all`, { name }),
];
const reached = (of: string, name: string, groupIds: readonly string[]): Made => [
  "network.PrivateEndpoint",
  {
    ...placed,
    privateEndpointName: name,
    subnet: { id: at(`${net}/subnets/data`) },
    privateLinkServiceConnections: [{ name, privateLinkServiceId: at(of), groupIds }],
  },
  is(`Microsoft.Network/privateEndpoints/${name}`, { name }),
];

export const azure: readonly Made[] = [
  [
    "resources.ResourceGroup",
    { resourceGroupName: "shop", location: "westeurope", tags },
    is(group, { name: "shop", protect: true }),
  ],
  [
    "keyvault.Vault",
    {
      ...placed,
      vaultName: "shop",
      properties: {
        tenantId: "t",
        sku: { family: "A", name: "premium" },
        enableRbacAuthorization: true,
        enableSoftDelete: true,
        softDeleteRetentionInDays: 90,
        enablePurgeProtection: true,
        publicNetworkAccess: "Disabled",
        networkAcls: { defaultAction: "Deny", bypass: "AzureServices" },
      },
    },
    is(vault, { name: "shop", protect: true, outputs: { name: "shop" } }),
  ],
  collected(vault, "vault"),
  reached(vault, "vault", ["vault"]),
  [
    "keyvault.Key",
    {
      ...inShop,
      vaultName: "shop",
      keyName: "main",
      tags,
      properties: {
        kty: "RSA-HSM",
        keySize: 3072,
        attributes: { enabled: true, exp: 1861920000 },
        rotationPolicy: {
          attributes: { expiryTime: "P1Y" },
          lifetimeActions: [{ action: { type: "rotate" }, trigger: { timeBeforeExpiry: "P30D" } }],
        },
      },
    },
    is(`${vault}/keys/main`, { name: "main", protect: true }),
  ],
  [
    "network.VirtualNetwork",
    {
      ...placed,
      virtualNetworkName: "shop",
      addressSpace: { addressPrefixes: ["10.40.0.0/16"] },
      encryption: { enabled: true, enforcement: "AllowUnencrypted" },
    },
    is(net, { name: "shop" }),
  ],
  [
    "network.FlowLog",
    {
      ...placed,
      networkWatcherName: "westeurope",
      flowLogName: "shop",
      targetResourceId: at(net),
      storageId: at("Microsoft.Storage/storageAccounts/shopflowlogs"),
      enabled: true,
      retentionPolicy: { enabled: true, days: 400 },
      flowAnalyticsConfiguration: {
        networkWatcherFlowAnalyticsConfiguration: {
          enabled: true,
          workspaceResourceId: workspaceId,
          trafficAnalyticsInterval: 10,
        },
      },
    },
    is("Microsoft.Network/networkWatchers/westeurope/flowLogs/shop", { name: "shop" }),
  ],
  [
    "network.NetworkSecurityGroup",
    {
      ...placed,
      networkSecurityGroupName: "data",
      securityRules: [
        {
          name: "postgres",
          description: "the database, from the application",
          direction: "Inbound",
          access: "Allow",
          protocol: "Tcp",
          priority: 100,
          sourceAddressPrefix: "10.40.0.0/16",
          sourcePortRange: "*",
          destinationAddressPrefix: "10.40.16.0/24",
          destinationPortRange: "5432",
        },
        {
          name: "nothing-out",
          description: "no way out",
          direction: "Outbound",
          access: "Deny",
          protocol: "*",
          priority: 4000,
          sourceAddressPrefix: "*",
          sourcePortRange: "*",
          destinationAddressPrefix: "Internet",
          destinationPortRange: "*",
        },
      ],
    },
    is("Microsoft.Network/networkSecurityGroups/data", { name: "data" }),
  ],
  [
    "network.Subnet",
    {
      ...inShop,
      virtualNetworkName: "shop",
      subnetName: "data",
      addressPrefix: "10.40.16.0/24",
      defaultOutboundAccess: false,
      privateEndpointNetworkPolicies: "Enabled",
      networkSecurityGroup: { id: at("Microsoft.Network/networkSecurityGroups/data") },
      delegations: [{ name: "postgres", serviceName: "Microsoft.DBforPostgreSQL/flexibleServers" }],
    },
    is(`${net}/subnets/data`, { name: "data" }),
  ],
  [
    "dbforpostgresql.Server",
    {
      ...placed,
      serverName: "shop",
      version: "16",
      sku: { name: "Standard_D2ds_v5", tier: "GeneralPurpose" },
      identity: userAssigned,
      dataEncryption: { type: "AzureKeyVault", primaryKeyURI: keyUri, primaryUserAssignedIdentityId: identity },
      authConfig: { activeDirectoryAuth: "Enabled", passwordAuth: "Disabled", tenantId: "t" },
      network: {
        publicNetworkAccess: "Disabled",
        delegatedSubnetResourceId: at(`${net}/subnets/data`),
        privateDnsZoneArmResourceId: at("Microsoft.Network/privateDnsZones/shop.postgres.database.azure.com"),
      },
      highAvailability: { mode: "ZoneRedundant" },
      backup: { backupRetentionDays: 35, geoRedundantBackup: "Enabled" },
      maintenanceWindow: { customWindow: "Enabled", dayOfWeek: 0, startHour: 3, startMinute: 0 },
    },
    is(server, { name: "shop", protect: true, outputs: { name: "shop" } }),
  ],
  collected(server, "postgres"),
  [
    "redisenterprise.RedisEnterprise",
    {
      ...placed,
      clusterName: "sessions",
      sku: { name: "Balanced_B5" },
      highAvailability: "Enabled",
      minimumTlsVersion: "1.2",
      publicNetworkAccess: "Disabled",
      identity: userAssigned,
      encryption: {
        customerManagedKeyEncryption: {
          keyEncryptionKeyUrl: keyUri,
          keyEncryptionKeyIdentity: { identityType: "userAssignedIdentity", userAssignedIdentityResourceId: identity },
        },
      },
    },
    is(cache, { name: "sessions", protect: true, outputs: { name: "sessions" } }),
  ],
  [
    "redisenterprise.Database",
    {
      ...inShop,
      clusterName: "sessions",
      databaseName: "default",
      clientProtocol: "Encrypted",
      accessKeysAuthentication: "Disabled",
      port: 10000,
      persistence: { rdbEnabled: true, rdbFrequency: "12h" },
    },
    is(`${cache}/databases/default`, { name: "sessions", protect: true }),
  ],
  reached(cache, "sessions", ["redisEnterprise"]),
  [
    "storage.StorageAccount",
    {
      ...placed,
      accountName: "shoppapers",
      kind: "StorageV2",
      sku: { name: "Standard_RAGZRS" },
      identity: userAssigned,
      enableHttpsTrafficOnly: true,
      minimumTlsVersion: "TLS1_2",
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: false,
      allowCrossTenantReplication: false,
      allowedCopyScope: "AAD",
      defaultToOAuthAuthentication: true,
      publicNetworkAccess: "Disabled",
      networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
      encryption: {
        keySource: "Microsoft.Keyvault",
        requireInfrastructureEncryption: true,
        keyVaultProperties: { keyVaultUri: "https://shop.vault.azure.net", keyName: "main" },
        encryptionIdentity: { encryptionUserAssignedIdentity: identity },
      },
    },
    is(account, { name: "papers", protect: true, outputs: { name: "shoppapers" } }),
  ],
  [
    "storage.BlobServiceProperties",
    {
      ...inShop,
      accountName: "shoppapers",
      blobServicesName: "default",
      isVersioningEnabled: true,
      changeFeed: { enabled: true },
      deleteRetentionPolicy: { enabled: true, days: 30 },
      containerDeleteRetentionPolicy: { enabled: true, days: 30 },
    },
    is(`${account}/blobServices/default`, { name: "papers" }),
  ],
  [
    "storage.ManagementPolicy",
    {
      ...inShop,
      accountName: "shoppapers",
      managementPolicyName: "default",
      policy: {
        rules: [
          {
            name: "old",
            enabled: true,
            type: "Lifecycle",
            definition: {
              filters: { blobTypes: ["blockBlob"] },
              actions: { version: { delete: { daysAfterCreationGreaterThan: 90 } } },
            },
          },
        ],
      },
    },
    is(`${account}/managementPolicies/default`, { name: "papers" }),
  ],
  [
    "monitor.DiagnosticSetting",
    { resourceUri: `${at(account)}/blobServices/default`, workspaceId, logs, metrics },
    is(`${at(account)}/blobServices/default/providers/microsoft.insights/diagnosticSettings/all`, { name: "papers" }),
  ],
  reached(account, "papers", ["blob"]),
  [
    "containerregistry.Registry",
    {
      ...placed,
      registryName: "shop",
      sku: { name: "Premium" },
      adminUserEnabled: false,
      anonymousPullEnabled: false,
      publicNetworkAccess: "Disabled",
      networkRuleSet: { defaultAction: "Deny" },
      zoneRedundancy: "Enabled",
      identity: userAssigned,
      encryption: { status: "enabled", keyVaultProperties: { keyIdentifier: keyUri, identity } },
      policies: { quarantinePolicy: { status: "enabled" }, retentionPolicy: { status: "enabled", days: 14 } },
    },
    is(registry, { name: "shop", outputs: { name: "shop" } }),
  ],
  collected(registry, "registry"),
  reached(registry, "registry", ["registry"]),
];
