// One good example and what Azure would refuse of it, type by type: inputs alone, as a preview sees them.
import assert from "node:assert/strict";
import { UNKNOWN } from "../row";
import type { Example } from "../testing/sample";
import { pkg } from ".";
import { itTellsApart } from "./sample";

const group = { resourceGroupName: "shop-prod", location: "eastus" };
const id = (path: string) =>
  `/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/shop-prod/providers/${path}`;
const uuid = "11111111-2222-4333-8444-555555555555";

const examples: readonly Example[] = [
  {
    type: "resources:ResourceGroup",
    good: { resourceGroupName: "shop-prod", location: "eastus", tags: { Name: "shop" } },
    bad: [
      [{ resourceGroupName: "shop." }, "resourceGroupName"],
      [{ resourceGroupName: "shop/prod" }, "resourceGroupName"],
      [{ location: undefined }, "location"],
      [{ tags: { "a<b": "1" } }, "tags.a<b"],
      [{ tags: { Name: "x".repeat(257) } }, "tags.Name"],
      [{ tags: { name: "1", Name: "2" } }, "tags.Name"],
    ],
  },
  {
    type: "managedidentity:UserAssignedIdentity",
    good: { ...group, resourceName: "shop-keys" },
    bad: [[{ resourceName: "-x" }, "resourceName"]],
  },
  {
    type: "authorization:RoleAssignment",
    good: {
      roleAssignmentName: uuid,
      principalId: uuid,
      principalType: "ServicePrincipal",
      scope: id("Microsoft.KeyVault/vaults/v"),
      roleDefinitionId: `/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/${uuid}`,
    },
    bad: [
      [{ roleAssignmentName: "reader" }, "roleAssignmentName"],
      [{ principalId: "me" }, "principalId"],
      [{ principalType: "Robot" }, "principalType"],
      [{ roleDefinitionId: "Reader" }, "roleDefinitionId"],
      [{ scope: undefined }, "scope"],
    ],
  },
  {
    type: "authorization:ManagementLockByScope",
    good: { lockName: "keep", level: "CanNotDelete", scope: id("Microsoft.KeyVault/vaults/v") },
    bad: [
      [{ level: "Forever" }, "level"],
      [{ notes: "x".repeat(513) }, "notes"],
    ],
  },
  {
    type: "operationalinsights:Workspace",
    good: { ...group, workspaceName: "shop-logs", sku: { name: "PerGB2018" }, retentionInDays: 90 },
    bad: [
      [{ workspaceName: "abc" }, "workspaceName"],
      [{ retentionInDays: 731 }, "retentionInDays"],
      [{ retentionInDays: 29 }, "retentionInDays"],
      [{ "sku.name": "Gold" }, "sku.name"],
    ],
  },
  {
    type: "monitor:DiagnosticSetting",
    good: {
      name: "to-workspace",
      resourceUri: id("Microsoft.KeyVault/vaults/v"),
      workspaceId: UNKNOWN,
      logs: [{ category: "AuditEvent", enabled: true }],
    },
    bad: [
      [{ workspaceId: undefined }, "workspaceId"],
      [{ "logs.0.category": "StorageRead" }, "logs.0.category"],
      [{ "logs.0.categoryGroup": "audit" }, "logs.0"],
      [{ logs: undefined }, "logs"],
      [{ resourceUri: undefined }, "resourceUri"],
      [{ metrics: [{ category: "Transaction", enabled: true }] }, "metrics.0.category"],
    ],
  },
  {
    type: "keyvault:Vault",
    good: {
      ...group,
      vaultName: "shop-prod-a1b2c3",
      properties: {
        tenantId: uuid,
        sku: { family: "A", name: "premium" },
        enableRbacAuthorization: true,
        enablePurgeProtection: true,
        softDeleteRetentionInDays: 30,
      },
    },
    bad: [
      [{ vaultName: "shop--prod" }, "vaultName"],
      [{ vaultName: "a-name-of-twenty-five-letters" }, "vaultName"],
      [{ "properties.softDeleteRetentionInDays": 6 }, "properties.softDeleteRetentionInDays"],
      [{ "properties.softDeleteRetentionInDays": 91 }, "properties.softDeleteRetentionInDays"],
      [{ "properties.enablePurgeProtection": false }, "properties.enablePurgeProtection"],
      [{ "properties.enableSoftDelete": false }, "properties.enableSoftDelete"],
      [{ "properties.enableRbacAuthorization": false }, "properties.accessPolicies"],
      [{ "properties.sku.name": "gold" }, "properties.sku.name"],
      [{ "properties.tenantId": undefined }, "properties.tenantId"],
    ],
  },
  {
    type: "keyvault:Key",
    good: {
      resourceGroupName: "shop-prod",
      vaultName: "shop",
      keyName: "database",
      properties: {
        kty: "RSA-HSM",
        keySize: 3072,
        keyOps: ["wrapKey", "unwrapKey"],
        rotationPolicy: {
          attributes: { expiryTime: "P90D" },
          lifetimeActions: [{ action: { type: "rotate" }, trigger: { timeAfterCreate: "P30D" } }],
        },
      },
    },
    bad: [
      [{ "properties.kty": "DSA" }, "properties.kty"],
      [{ "properties.keySize": 1024 }, "properties.keySize"],
      [{ "properties.keyOps": ["wrap"] }, "properties.keyOps.0"],
      [
        { "properties.rotationPolicy.attributes.expiryTime": "P27D" },
        "properties.rotationPolicy.attributes.expiryTime",
      ],
      [
        { "properties.rotationPolicy.lifetimeActions.0.trigger.timeAfterCreate": "P84D" },
        "properties.rotationPolicy.lifetimeActions.0.trigger.timeAfterCreate",
      ],
      [
        { "properties.rotationPolicy.lifetimeActions.0.trigger.timeAfterCreate": "P6D" },
        "properties.rotationPolicy.lifetimeActions.0.trigger.timeAfterCreate",
      ],
      [{ keyName: "data_base" }, "keyName"],
    ],
  },
  {
    type: "keyvault:Secret",
    good: { resourceGroupName: "shop-prod", vaultName: "shop", secretName: "password", properties: { value: "x" } },
    bad: [
      [{ "properties.value": "x".repeat(25 * 1024 + 1) }, "properties.value"],
      [{ secretName: "pass.word" }, "secretName"],
    ],
  },
  {
    type: "network:VirtualNetwork",
    good: { ...group, virtualNetworkName: "shop", addressSpace: { addressPrefixes: ["10.20.0.0/16"] } },
    bad: [
      [{ addressSpace: undefined }, "addressSpace.addressPrefixes"],
      [{ "addressSpace.addressPrefixes": ["10.20.0.1/16"] }, "addressSpace.addressPrefixes.0"],
      [{ "addressSpace.addressPrefixes": ["10.20.0.0/16", "10.20.1.0/24"] }, "addressSpace.addressPrefixes.1"],
      [{ subnets: [{ name: "a", addressPrefix: "10.21.0.0/24" }] }, "subnets.0.addressPrefix"],
      [{ virtualNetworkName: "x" }, "virtualNetworkName"],
      [{ enableDdosProtection: true }, "ddosProtectionPlan.id"],
    ],
  },
  {
    type: "network:Subnet",
    good: {
      resourceGroupName: "shop-prod",
      virtualNetworkName: "shop",
      subnetName: "data",
      addressPrefix: "10.20.1.0/24",
    },
    bad: [
      [{ addressPrefix: undefined }, "addressPrefix"],
      [{ addressPrefix: "10.20.1.0/30" }, "addressPrefix"],
      [{ addressPrefix: "10.20.1.7/24" }, "addressPrefix"],
      [{ privateEndpointNetworkPolicies: "On" }, "privateEndpointNetworkPolicies"],
      [{ delegations: [{ name: "d", serviceName: "postgres" }] }, "delegations.0.serviceName"],
    ],
  },
  {
    type: "network:NetworkSecurityGroup",
    good: {
      ...group,
      networkSecurityGroupName: "shop-app",
      securityRules: [
        {
          name: "AllowWeb",
          access: "Allow",
          direction: "Inbound",
          protocol: "Tcp",
          priority: 100,
          sourceAddressPrefix: "Internet",
          sourcePortRange: "*",
          destinationAddressPrefixes: ["10.20.1.0/24", "10.20.2.0/24"],
          destinationPortRanges: ["80", "443"],
        },
      ],
    },
    bad: [
      [{ "securityRules.0.priority": 99 }, "securityRules.0.priority"],
      [{ "securityRules.0.priority": 4097 }, "securityRules.0.priority"],
      [{ "securityRules.0.priority": undefined }, "securityRules.0.priority"],
      [{ "securityRules.0.protocol": "TLS" }, "securityRules.0.protocol"],
      [{ "securityRules.0.destinationPortRange": "22" }, "securityRules.0.destinationPortRange"],
      [{ "securityRules.0.destinationPortRanges": ["443-80"] }, "securityRules.0.destinationPortRanges.0"],
      [{ "securityRules.0.destinationPortRanges": ["70000"] }, "securityRules.0.destinationPortRanges.0"],
      [{ "securityRules.0.sourceAddressPrefix": "10.0.0.0/33" }, "securityRules.0.sourceAddressPrefix"],
      [{ "securityRules.0.sourceAddressPrefix": undefined }, "securityRules.0.sourceAddressPrefix"],
      [{ "securityRules.0.description": "x".repeat(141) }, "securityRules.0.description"],
      [
        { "securityRules.0.destinationAddressPrefixes": ["10.20.0.0/16", "10.20.1.0/24"] },
        "securityRules.0.destinationAddressPrefixes.1",
      ],
    ],
  },
  {
    type: "network:PublicIPAddress",
    good: {
      ...group,
      publicIpAddressName: "nat",
      sku: { name: "Standard" },
      publicIPAllocationMethod: "Static",
      zones: ["1"],
    },
    bad: [
      [{ "sku.name": "Basic" }, "sku.name"],
      [{ publicIPAllocationMethod: "Dynamic" }, "publicIPAllocationMethod"],
      [{ idleTimeoutInMinutes: 31 }, "idleTimeoutInMinutes"],
      [{ zones: ["4"] }, "zones.0"],
    ],
  },
  {
    type: "network:NatGateway",
    good: { ...group, natGatewayName: "nat", sku: { name: "Standard" }, zones: ["1"], idleTimeoutInMinutes: 4 },
    bad: [
      [{ zones: ["1", "2"] }, "zones"],
      [{ idleTimeoutInMinutes: 3 }, "idleTimeoutInMinutes"],
      [{ "sku.name": "Basic" }, "sku.name"],
    ],
  },
  {
    type: "network:PrivateEndpoint",
    good: {
      ...group,
      privateEndpointName: "vault",
      subnet: { id: UNKNOWN },
      privateLinkServiceConnections: [
        { name: "vault", privateLinkServiceId: id("Microsoft.KeyVault/vaults/v"), groupIds: ["vault"] },
      ],
    },
    bad: [
      [{ privateLinkServiceConnections: undefined }, "privateLinkServiceConnections"],
      [{ "privateLinkServiceConnections.0.groupIds": ["blob"] }, "privateLinkServiceConnections.0.groupIds.0"],
      [{ "privateLinkServiceConnections.0.groupIds": [] }, "privateLinkServiceConnections.0.groupIds"],
    ],
  },
  {
    type: "privatedns:PrivateZone",
    good: { resourceGroupName: "shop-prod", location: "global", privateZoneName: "privatelink.blob.core.windows.net" },
    bad: [
      [{ location: "eastus" }, "location"],
      [{ privateZoneName: "internal" }, "privateZoneName"],
      [{ privateZoneName: "azure.com" }, "privateZoneName"],
    ],
  },
  {
    type: "network:FlowLog",
    good: {
      resourceGroupName: "NetworkWatcherRG",
      location: "eastus",
      networkWatcherName: "NetworkWatcher_eastus",
      flowLogName: "shop",
      targetResourceId: id("Microsoft.Network/virtualNetworks/shop"),
      storageId: id("Microsoft.Storage/storageAccounts/shopflows"),
      retentionPolicy: { enabled: true, days: 90 },
    },
    bad: [
      [{ targetResourceId: id("Microsoft.Network/networkSecurityGroups/app") }, "targetResourceId"],
      [{ "retentionPolicy.days": 366 }, "retentionPolicy.days"],
      [{ format: { type: "JSON", version: 3 } }, "format.version"],
      [{ storageId: undefined }, "storageId"],
    ],
  },
  {
    type: "storage:StorageAccount",
    good: {
      ...group,
      accountName: "shopuploads",
      kind: "StorageV2",
      sku: { name: "Standard_ZRS" },
      minimumTlsVersion: "TLS1_2",
    },
    bad: [
      [{ accountName: "Shop-Uploads" }, "accountName"],
      [{ accountName: "x".repeat(25) }, "accountName"],
      [{ "sku.name": "Standard_XRS" }, "sku.name"],
      [{ kind: "BlockBlobStorage" }, "sku.name"],
      [{ minimumTlsVersion: "1.2" }, "minimumTlsVersion"],
      [{ encryption: { keySource: "Microsoft.Keyvault" } }, "encryption.keyVaultProperties.keyName"],
      [{ isSftpEnabled: true }, "isSftpEnabled"],
      [{ networkRuleSet: { defaultAction: "Refuse" } }, "networkRuleSet.defaultAction"],
      [{ tags: { ["x".repeat(129)]: "1" } }, `tags.${"x".repeat(129)}`],
      [
        { immutableStorageWithVersioning: { immutabilityPolicy: { state: "Unlocked" } } },
        "immutableStorageWithVersioning.enabled",
      ],
    ],
  },
  {
    type: "storage:BlobServiceProperties",
    good: {
      resourceGroupName: "shop-prod",
      accountName: "shopuploads",
      blobServicesName: "default",
      isVersioningEnabled: true,
      changeFeed: { enabled: true },
      deleteRetentionPolicy: { enabled: true, days: 30 },
      restorePolicy: { enabled: true, days: 29 },
    },
    bad: [
      [{ blobServicesName: "main" }, "blobServicesName"],
      [{ "deleteRetentionPolicy.days": 366 }, "deleteRetentionPolicy.days"],
      [{ "restorePolicy.days": 30 }, "restorePolicy.days"],
      [{ isVersioningEnabled: false }, "isVersioningEnabled"],
      [{ "changeFeed.enabled": false }, "changeFeed.enabled"],
    ],
  },
  {
    type: "storage:BlobContainer",
    good: {
      resourceGroupName: "shop-prod",
      accountName: "shopuploads",
      containerName: "uploads",
      publicAccess: "None",
    },
    bad: [
      [{ containerName: "up" }, "containerName"],
      [{ containerName: "Uploads" }, "containerName"],
      [{ containerName: "a--b" }, "containerName"],
      [{ publicAccess: "All" }, "publicAccess"],
    ],
  },
  {
    type: "storage:BlobContainerImmutabilityPolicy",
    good: {
      resourceGroupName: "shop-prod",
      accountName: "shopbackups",
      containerName: "backups",
      immutabilityPolicyName: "default",
      immutabilityPeriodSinceCreationInDays: 30,
    },
    bad: [
      [{ immutabilityPeriodSinceCreationInDays: 0 }, "immutabilityPeriodSinceCreationInDays"],
      [{ immutabilityPolicyName: "mine" }, "immutabilityPolicyName"],
    ],
  },
  {
    type: "storage:ManagementPolicy",
    good: {
      resourceGroupName: "shop-prod",
      accountName: "shopuploads",
      managementPolicyName: "default",
      policy: {
        rules: [
          {
            name: "archive",
            type: "Lifecycle",
            definition: {
              filters: { blobTypes: ["blockBlob"] },
              actions: { baseBlob: { tierToArchive: { daysAfterModificationGreaterThan: 90 } } },
            },
          },
        ],
      },
    },
    bad: [
      [{ "policy.rules": [] }, "policy.rules"],
      [{ "policy.rules.0.definition.filters.blobTypes": ["appendBlob"] }, "policy.rules.0.definition.actions"],
      [{ "policy.rules.0.definition.actions": {} }, "policy.rules.0.definition.actions"],
      [{ "policy.rules.0.type": "Life" }, "policy.rules.0.type"],
    ],
  },
  {
    type: "dbforpostgresql:Server",
    good: {
      ...group,
      serverName: "shop-prod-a1b2c3",
      createMode: "Default",
      version: "16",
      administratorLogin: "appadmin",
      administratorLoginPassword: "Abcdefgh1234-",
      sku: { name: "Standard_D2ds_v5", tier: "GeneralPurpose" },
      storage: { storageSizeGB: 64, autoGrow: "Enabled" },
      backup: { backupRetentionDays: 30, geoRedundantBackup: "Disabled" },
      highAvailability: { mode: "ZoneRedundant" },
      network: { delegatedSubnetResourceId: UNKNOWN, privateDnsZoneArmResourceId: UNKNOWN },
    },
    bad: [
      [{ sku: { name: "Standard_B1ms", tier: "Burstable" } }, "highAvailability.mode"],
      [{ "sku.name": "Standard_B1ms" }, "sku.name"],
      [{ "backup.backupRetentionDays": 6 }, "backup.backupRetentionDays"],
      [{ "backup.backupRetentionDays": 36 }, "backup.backupRetentionDays"],
      [{ "storage.storageSizeGB": 100 }, "storage.storageSizeGB"],
      [{ version: "10" }, "version"],
      [{ administratorLogin: "admin" }, "administratorLogin"],
      [{ administratorLoginPassword: "abcdefgh" }, "administratorLoginPassword"],
      [{ administratorLoginPassword: undefined }, "administratorLoginPassword"],
      [{ "network.privateDnsZoneArmResourceId": undefined }, "network.privateDnsZoneArmResourceId"],
      [{ "network.publicNetworkAccess": "Enabled" }, "network.publicNetworkAccess"],
      [{ dataEncryption: { type: "AzureKeyVault" } }, "dataEncryption.primaryKeyURI"],
      [{ createMode: "Replica" }, "sourceServerResourceId"],
      [{ serverName: "Shop" }, "serverName"],
    ],
  },
  {
    type: "dbforpostgresql:Configuration",
    good: { resourceGroupName: "shop-prod", serverName: "shop", configurationName: "max_connections", value: "200" },
    bad: [
      [{ value: "24" }, "value"],
      [{ value: "many" }, "value"],
      [{ configurationName: "max_conections" }, "configurationName"],
      [{ configurationName: "require_secure_transport", value: "yes" }, "value"],
      [{ configurationName: "ssl_min_protocol_version", value: "TLSv1" }, "value"],
    ],
  },
  {
    type: "dbforpostgresql:Database",
    good: { resourceGroupName: "shop-prod", serverName: "shop", databaseName: "app", charset: "UTF8" },
    bad: [
      [{ databaseName: "postgres" }, "databaseName"],
      [{ databaseName: "1app" }, "databaseName"],
    ],
  },
  {
    type: "dbforpostgresql:FirewallRule",
    good: {
      resourceGroupName: "shop-prod",
      serverName: "shop",
      firewallRuleName: "office",
      startIpAddress: "1.2.3.4",
      endIpAddress: "1.2.3.4",
    },
    bad: [
      [{ startIpAddress: "1.2.3" }, "startIpAddress"],
      [{ endIpAddress: undefined }, "endIpAddress"],
    ],
  },
];

describe("what Azure refuses", () => {
  itTellsApart(examples);

  it("has rows of distinct types, each with the usual seconds and where they come from", () => {
    const types = pkg.rows.map(({ type }) => type);
    assert.deepEqual([...new Set(types)], types);
    for (const { type, seconds } of pkg.rows) assert.ok(seconds.create > 0 && seconds.source, type);
  });
});
