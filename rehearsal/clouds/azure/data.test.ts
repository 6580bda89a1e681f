// What Azure refuses of vaults, stores, databases and caches.
import assert from "node:assert/strict";
import type { Props } from "../row";
import { pick } from "../values";
import { admitted, idOf, itTellsApart, Sample } from "./sample";

const group = { resourceGroupName: "shop", location: "eastus" };
const uuid = "11111111-2222-4333-8444-555555555555";
const vault = {
  ...group,
  vaultName: "shop",
  properties: { tenantId: uuid, sku: { family: "A", name: "standard" }, enableRbacAuthorization: true },
};
const account = { ...group, accountName: "shopdata", kind: "StorageV2", sku: { name: "Standard_LRS" } };
const server = {
  ...group,
  serverName: "shop",
  version: "16",
  administratorLogin: "appadmin",
  administratorLoginPassword: "Abcdefgh1234-",
  sku: { name: "Standard_D2ds_v5", tier: "GeneralPurpose" },
  storage: { storageSizeGB: 128 },
};
const serverId = idOf("dbforpostgresql:Server", server);
const replica = { ...group, serverName: "copy", createMode: "Replica", sourceServerResourceId: serverId };
const cache = { ...group, clusterName: "shop", sku: { name: "Balanced_B5" }, publicNetworkAccess: "Disabled" };
const database = { resourceGroupName: "shop", clusterName: "shop", databaseName: "default" };

describe("what Azure refuses of data", () => {
  itTellsApart([
    {
      type: "keyvault:Vault",
      good: {
        ...vault,
        properties: {
          ...vault.properties,
          networkAcls: { bypass: "AzureServices", defaultAction: "Deny", ipRules: [{ value: "203.0.113.0/24" }] },
        },
      },
      bad: [
        [
          { "properties.networkAcls.ipRules.0.value": "10.1.0.0/16" },
          "properties.networkAcls.ipRules.0.value",
          /public/,
        ],
        [{ "properties.networkAcls.ipRules.0.value": "office" }, "properties.networkAcls.ipRules.0.value"],
        [{ "properties.networkAcls.defaultAction": "Refuse" }, "properties.networkAcls.defaultAction"],
      ],
    },
    {
      type: "storage:StorageAccount",
      good: {
        ...account,
        kind: "FileStorage",
        sku: { name: "StandardV2_LRS" },
        networkRuleSet: { defaultAction: "Deny", ipRules: [{ iPAddressOrRange: "203.0.113.7" }] },
      },
      bad: [
        [
          { "networkRuleSet.ipRules.0.iPAddressOrRange": "203.0.113.0/31" },
          "networkRuleSet.ipRules.0.iPAddressOrRange",
        ],
        [{ "sku.name": "Standard_LRS" }, "sku.name", /InvalidAccountTypeForKind/],
        [
          { kind: "StorageV2", "sku.name": "Standard_ZRS", location: "westus" },
          "sku.name",
          /^RedundancyConfigurationNotAvailableInRegion.*Standard_ZRS, Kind: StorageV2.*westus/,
        ],
        [{ kind: "StorageV2", "sku.name": "Standard_RAGRS", location: "polandcentral" }, "sku.name", /polandcentral/],
        [{ isNfsV3Enabled: true }, "isNfsV3Enabled"],
      ],
    },
    {
      type: "storage:ObjectReplicationPolicy",
      good: {
        resourceGroupName: "shop",
        accountName: "shopcopies",
        objectReplicationPolicyId: "default",
        sourceAccount: "/subscriptions/s/x",
        destinationAccount: "/subscriptions/s/y",
        rules: [{ sourceContainer: "a", destinationContainer: "a" }],
      },
      bad: [
        [{ objectReplicationPolicyId: "mine" }, "objectReplicationPolicyId"],
        [{ rules: [] }, "rules"],
        [{ sourceAccount: undefined }, "sourceAccount"],
      ],
    },
    {
      type: "dbforpostgresql:Server",
      good: {
        ...server,
        sku: { name: "Standard_EC4ads_v5", tier: "MemoryOptimized" },
        highAvailability: { mode: "ZoneRedundant" },
      },
      bad: [
        [{ location: "westus" }, "highAvailability.mode", /AvailabilityZoneNotSupported/],
        [{ location: "ukwest", availabilityZone: "1", highAvailability: undefined }, "availabilityZone"],
        [{ location: "italynorth", backup: { geoRedundantBackup: "Enabled" } }, "backup.geoRedundantBackup"],
        [{ "storage.tier": "P4" }, "storage.tier", /P10, P15, .*P50\.$/],
        [{ "storage.tier": "P60" }, "storage.tier"],
        [
          {
            network: {
              delegatedSubnetResourceId: "/s",
              privateDnsZoneArmResourceId: "/z",
              publicNetworkAccess: "Enabled",
            },
          },
          "network.publicNetworkAccess",
          /^ConflictingPublicNetworkAccessAndVirtualNetworkConfiguration/,
        ],
      ],
    },
    {
      type: "redisenterprise:Database",
      good: {
        ...database,
        clusteringPolicy: "EnterpriseCluster",
        evictionPolicy: "NoEviction",
        modules: [{ name: "RediSearch" }],
      },
      bad: [
        [{ evictionPolicy: "VolatileLRU" }, "evictionPolicy", /NoEviction/],
        [{ clusteringPolicy: "OSSCluster" }, "clusteringPolicy"],
        [{ persistence: { rdbEnabled: true, rdbFrequency: "1h" }, geoReplication: {} }, "persistence"],
        [{ persistence: { rdbEnabled: true, aofEnabled: true, rdbFrequency: "1h" } }, "persistence"],
        [{ databaseName: "main" }, "databaseName"],
      ],
    },
  ]);

  it("lets a subnet through a firewall by its service endpoint", () => {
    const subnet = { ...group, virtualNetworkName: "shop", subnetName: "app", addressPrefix: "10.0.0.0/24" };
    const id = idOf("network:Subnet", subnet);
    const rules = { defaultAction: "Deny", virtualNetworkRules: [{ virtualNetworkResourceId: id }] };
    const guarded = { ...account, networkRuleSet: rules };
    const beside = (inputs: Props) => admitted("storage:StorageAccount", guarded, [["network:Subnet", inputs]]);
    assert.match(beside(subnet)[0] ?? "", /SubnetsHaveNoServiceEndpointsConfigured: Subnets app /);
    assert.deepEqual(beside({ ...subnet, serviceEndpoints: [{ service: "Microsoft.Storage" }] }), []);
    const acls = { bypass: "None", defaultAction: "Deny", virtualNetworkRules: [{ id }] };
    const shut = { ...vault, properties: { ...vault.properties, networkAcls: acls } };
    assert.match(admitted("keyvault:Vault", shut, [["network:Subnet", subnet]])[0] ?? "", /Microsoft\.KeyVault/);
    const virtualNetworkRules = [{ id, ignoreMissingVnetServiceEndpoint: true }];
    const patient = { ...vault, properties: { ...vault.properties, networkAcls: { ...acls, virtualNetworkRules } } };
    assert.deepEqual(admitted("keyvault:Vault", patient, [["network:Subnet", subnet]]), []);
  });

  it("tells what a key can be recovered to, and writes no key that exists", () => {
    const key = {
      resourceGroupName: "shop",
      vaultName: "shop",
      keyName: "k",
      properties: { kty: "EC", curveName: "P-256" },
    };
    const levels = [
      [{}, "Recoverable+Purgeable"],
      [{ enablePurgeProtection: true }, "Recoverable"],
      [{ enablePurgeProtection: true, softDeleteRetentionInDays: 30 }, "CustomizedRecoverable"],
    ] as const;
    for (const [more, level] of levels) {
      const kept = { ...vault, properties: { ...vault.properties, ...more } };
      const made = new Sample([
        ["keyvault:Vault", kept],
        ["keyvault:Key", key],
      ]).items[1];
      assert.equal(pick(made?.outputs, "attributes.recoveryLevel"), level);
      assert.equal(made?.outputs["keySize"], undefined);
    }
  });

  it("copies blobs between accounts that keep versions, one policy a pair", () => {
    const source = { ...account, accountName: "shopdata" };
    const target = { ...account, accountName: "shopcopies" };
    const ids = [source, target].map((one) => idOf("storage:StorageAccount", one));
    const settings = (accountName: string, changeFeed: boolean) =>
      [
        "storage:BlobServiceProperties",
        {
          resourceGroupName: "shop",
          accountName,
          blobServicesName: "default",
          isVersioningEnabled: true,
          changeFeed: { enabled: changeFeed },
        },
      ] as const;
    const box = (accountName: string) =>
      ["storage:BlobContainer", { resourceGroupName: "shop", accountName, containerName: "a" }] as const;
    const policy = {
      resourceGroupName: "shop",
      accountName: "shopcopies",
      objectReplicationPolicyId: "default",
      sourceAccount: ids[0] ?? "",
      destinationAccount: ids[1] ?? "",
      rules: [{ sourceContainer: "a", destinationContainer: "a" }],
    };
    const accounts = [
      ["storage:StorageAccount", source],
      ["storage:StorageAccount", target],
    ] as const;
    const ready = [
      ...accounts,
      settings("shopdata", true),
      settings("shopcopies", false),
      box("shopdata"),
      box("shopcopies"),
    ];
    const make = (things: Parameters<typeof admitted>[2], inputs: Props = policy) =>
      admitted("storage:ObjectReplicationPolicy", inputs, things).join("\n");
    assert.equal(make(ready), "");
    const bare = make([...accounts, box("shopdata")]);
    assert.match(bare, /sourceAccount: ObjectReplicationVersioningNotEnabled/);
    assert.match(bare, /ObjectReplicationChangeFeedNotEnabled/);
    assert.match(bare, /rules\.0\.destinationContainer: ContainerNotFound/);
    assert.match(make([...ready, ["storage:ObjectReplicationPolicy", policy]]), /ObjectReplicationPolicyConflict/);
    const echo = { ...policy, accountName: "shopdata", objectReplicationPolicyId: uuid };
    assert.match(make(ready, echo), /ObjectReplicationPolicyNotFound[\s\S]*rules\.0\.ruleId/);
    const off = { ...settings("shopdata", true)[1], isVersioningEnabled: false };
    const copied = [...ready, ["storage:ObjectReplicationPolicy", policy] as const];
    assert.match(
      admitted("storage:BlobServiceProperties", off, copied, settings("shopdata", true)[1]).join(),
      /isVersioningEnabled: Conflict/,
    );
  });

  it("gives a replica neither standby nor backups, and its source no other version", () => {
    const beside = [["dbforpostgresql:Server", server]] as const;
    assert.deepEqual(admitted("dbforpostgresql:Server", replica, beside), []);
    const more = { ...replica, highAvailability: { mode: "SameZone" }, backup: { geoRedundantBackup: "Enabled" } };
    assert.match(admitted("dbforpostgresql:Server", more, beside).join(), /HANotSupported.*GeoBackupNotSupported/);
    const newer = { ...server, version: "17" };
    assert.deepEqual(admitted("dbforpostgresql:Server", newer, [], server), []);
    assert.match(
      admitted("dbforpostgresql:Server", newer, [["dbforpostgresql:Server", replica]], server).join(),
      /version: MajorVersionUpgradeNotSupportedForReadReplicas/,
    );
  });

  it("keeps a cache's clustering policy, but for the one that has none", () => {
    const beside = [["redisenterprise:RedisEnterprise", cache]] as const;
    const change = (from: string, to: string) =>
      admitted("redisenterprise:Database", { ...database, clusteringPolicy: to }, beside, {
        ...database,
        clusteringPolicy: from,
      });
    assert.match(change("OSSCluster", "EnterpriseCluster")[0] ?? "", /without deleting the database/);
    assert.deepEqual(change("NoCluster", "OSSCluster"), []);
    const large = [["redisenterprise:RedisEnterprise", { ...cache, sku: { name: "Balanced_B50" } }]] as const;
    const single = { ...database, clusteringPolicy: "NoCluster" };
    assert.match(admitted("redisenterprise:Database", single, large)[0] ?? "", /up to 25 GB/);
    assert.deepEqual(admitted("redisenterprise:Database", single, beside), []);
  });

  it("answers at what an account's kind has, and at a copy where it can be read", () => {
    const outputs = (inputs: Props) => new Sample([["storage:StorageAccount", inputs]]).items[0]?.outputs;
    const copied = outputs({ ...account, sku: { name: "Standard_RAGRS" } });
    assert.equal(copied?.["secondaryLocation"], "westus");
    assert.equal(pick(copied, "secondaryEndpoints.blob"), "https://shopdata-secondary.blob.core.windows.net/");
    const files = outputs({ ...account, kind: "FileStorage", sku: { name: "Premium_LRS" } });
    assert.deepEqual(files?.["primaryEndpoints"], { file: "https://shopdata.file.core.windows.net/" });
  });
});
