// What Azure refuses by looking at what exists, and what it holds on to.
import assert from "node:assert/strict";
import type { Props } from "../row";
import { pick } from "../values";
import { pkg } from ".";
import { admitted as beside, released, rowOf, Sample } from "./sample";

const group = { resourceGroupName: "shop", location: "eastus" };
const network = { ...group, virtualNetworkName: "shop", addressSpace: { addressPrefixes: ["10.20.0.0/16"] } };
const subnet = {
  resourceGroupName: "shop",
  virtualNetworkName: "shop",
  subnetName: "data",
  addressPrefix: "10.20.1.0/24",
};
const vault = {
  ...group,
  vaultName: "shop",
  properties: { tenantId: "t", sku: { family: "A", name: "standard" }, publicNetworkAccess: "Disabled" },
};
const account = { ...group, accountName: "shopuploads", kind: "StorageV2", sku: { name: "Standard_ZRS" } };
const server = {
  ...group,
  serverName: "shop",
  version: "16",
  sku: { name: "Standard_B1ms", tier: "Burstable" },
  storage: { storageSizeGB: 64 },
  network: { publicNetworkAccess: "Disabled" },
};
type Things = Parameters<typeof beside>[2];
/** The properties alone. */
const admitted = (name: string, inputs: Props, things: Things = [], before?: Props) =>
  beside(name, inputs, things, before).map((told) => told.split(":", 1)[0]);
const home: Things = [["resources:ResourceGroup", group]];

describe("what exists in Azure", () => {
  it("gives resources their true ids", () => {
    const ids = new Sample([
      ...home,
      ["network:VirtualNetwork", network],
      ["network:Subnet", subnet],
      ["storage:StorageAccount", account],
      ["storage:BlobContainer", { ...account, containerName: "uploads" }],
      [
        "authorization:ManagementLockByScope",
        { scope: "/subscriptions/s/resourceGroups/shop", lockName: "keep", level: "CanNotDelete" },
      ],
    ]).items.map(({ id }) => id.replace(/^\/subscriptions\/[^/]+\/resourceGroups\/shop/, "~"));
    assert.deepEqual(ids, [
      "~",
      "~/providers/Microsoft.Network/virtualNetworks/shop",
      "~/providers/Microsoft.Network/virtualNetworks/shop/subnets/data",
      "~/providers/Microsoft.Storage/storageAccounts/shopuploads",
      "~/providers/Microsoft.Storage/storageAccounts/shopuploads/blobServices/default/containers/uploads",
      "~/providers/Microsoft.Authorization/locks/keep",
    ]);
  });

  it("keeps subnets inside of their network and apart from each other", () => {
    const around: (readonly [string, Props])[] = [
      ["network:VirtualNetwork", network],
      ["network:Subnet", subnet],
    ];
    const beside = (addressPrefix: string) =>
      admitted("network:Subnet", { ...subnet, subnetName: "b", addressPrefix }, around);
    assert.deepEqual(beside("10.20.2.0/24"), []);
    assert.deepEqual(beside("10.20.1.128/25"), ["addressPrefix"]);
    assert.deepEqual(beside("10.21.0.0/24"), ["addressPrefix"]);
  });

  it("lets a flow log wait for the watcher that a network brings along", () => {
    const log = {
      ...group,
      resourceGroupName: "NetworkWatcherRG",
      networkWatcherName: "NetworkWatcher_eastus",
      flowLogName: "x",
    };
    assert.deepEqual(admitted("network:FlowLog", log), ["networkWatcherName"]);
    assert.deepEqual(admitted("network:FlowLog", log, [["network:VirtualNetwork", network]]), []);
    assert.deepEqual(
      admitted("network:NetworkWatcher", { ...group, networkWatcherName: "own" }, [
        ["network:VirtualNetwork", network],
      ]),
      ["location"],
    );
    const fast = { ...account, kind: "BlockBlobStorage", sku: { name: "Premium_LRS" } };
    const things: Things = [
      ["network:VirtualNetwork", network],
      ["storage:StorageAccount", fast],
    ];
    const storageId = new Sample(things).items[1]?.id ?? "";
    assert.deepEqual(admitted("network:FlowLog", { ...log, storageId }, things), ["storageId"]);
  });

  it("has no archive class in zone-redundant accounts", () => {
    const policy = {
      accountName: "shopuploads",
      policy: {
        rules: [{ definition: { actions: { baseBlob: { tierToArchive: { daysAfterModificationGreaterThan: 1 } } } } }],
      },
    };
    const refused = admitted("storage:ManagementPolicy", policy, [["storage:StorageAccount", account]]);
    assert.deepEqual(refused, ["policy.rules.0.definition.actions.baseBlob.tierToArchive"]);
    const local = { ...account, sku: { name: "Standard_LRS" } };
    assert.deepEqual(admitted("storage:ManagementPolicy", policy, [["storage:StorageAccount", local]]), []);
  });

  it("doesn't take back what was said at creation", () => {
    const keeps = {
      ...vault,
      properties: { ...vault.properties, softDeleteRetentionInDays: 30, enablePurgeProtection: true },
    };
    const changed = { ...vault, properties: { ...vault.properties, softDeleteRetentionInDays: 60 } };
    assert.deepEqual(admitted("keyvault:Vault", changed, [], keeps), [
      "properties.softDeleteRetentionInDays",
      "properties.enablePurgeProtection",
    ]);
    const doubled = { ...account, encryption: { requireInfrastructureEncryption: true } };
    assert.deepEqual(admitted("storage:StorageAccount", doubled, [], account), [
      "encryption.requireInfrastructureEncryption",
    ]);
    assert.deepEqual(admitted("storage:StorageAccount", { ...account, sku: { name: "Standard_GRS" } }, [], account), [
      "sku.name",
    ]);
    const smaller = { ...server, storage: { storageSizeGB: 32 }, version: "15" };
    assert.deepEqual(admitted("dbforpostgresql:Server", smaller, [], server), ["storage.storageSizeGB", "version"]);
    assert.deepEqual(admitted("network:NetworkSecurityGroup", { ...group, location: "westus2" }, [], group), [
      "location",
    ]);
  });

  it("takes an account's write-once policy unlocked only", () => {
    const policy = (state: string) => ({
      ...account,
      immutableStorageWithVersioning: {
        enabled: true,
        immutabilityPolicy: { state, immutabilityPeriodSinceCreationInDays: 30 },
      },
    });
    const path = "immutableStorageWithVersioning.immutabilityPolicy.state";
    assert.deepEqual(admitted("storage:StorageAccount", policy("Unlocked")), []);
    assert.deepEqual(admitted("storage:StorageAccount", policy("Locked")), [path]);
    assert.deepEqual(admitted("storage:StorageAccount", policy("Locked"), [], policy("Unlocked")), []);
    assert.deepEqual(admitted("storage:StorageAccount", policy("Unlocked"), [], policy("Locked")), [path]);
  });

  it("knows what a burstable server hasn't", () => {
    const beside: (readonly [string, Props])[] = [["dbforpostgresql:Server", server]];
    const pooled = { serverName: "shop", configurationName: "pgbouncer.enabled", value: "true" };
    assert.deepEqual(admitted("dbforpostgresql:Configuration", pooled, beside), ["configurationName"]);
    const source = new Sample(beside).items[0]?.id ?? "";
    const replica = { ...server, serverName: "copy", createMode: "Replica", sourceServerResourceId: source };
    assert.deepEqual(admitted("dbforpostgresql:Server", replica, beside), ["sourceServerResourceId"]);
    assert.deepEqual(admitted("dbforpostgresql:FirewallRule", { serverName: "shop" }, beside), []);
    const inside = { ...server, network: { delegatedSubnetResourceId: "/s", privateDnsZoneArmResourceId: "/z" } };
    assert.deepEqual(
      admitted("dbforpostgresql:FirewallRule", { serverName: "shop" }, [["dbforpostgresql:Server", inside]]),
      ["serverName"],
    );
  });

  it("wants an HSM's key in a premium vault", () => {
    const key = { vaultName: "shop", keyName: "k", properties: { kty: "RSA-HSM" } };
    assert.deepEqual(admitted("keyvault:Key", key, [["keyvault:Vault", vault]]), ["properties.kty"]);
  });

  it("links a network to one zone of a name", () => {
    const link = { privateZoneName: "z.example", virtualNetworkLinkName: "a", virtualNetwork: { id: "/n" } };
    const twin = { ...link, virtualNetworkLinkName: "b" };
    assert.deepEqual(admitted("privatedns:VirtualNetworkLink", twin, [["privatedns:VirtualNetworkLink", link]]), [
      "virtualNetwork.id",
    ]);
  });

  it("deletes nothing under a lock, above or below it", () => {
    const scope = new Sample([["network:VirtualNetwork", network]]).items[0]?.id ?? "";
    const lock = ["authorization:ManagementLockByScope", { scope, lockName: "keep", level: "CanNotDelete" }] as const;
    for (const [name, inputs] of [
      ["network:VirtualNetwork", network],
      ["network:Subnet", subnet],
      ["resources:ResourceGroup", group],
    ] as const)
      assert.match(released(name, inputs, [lock]) ?? "", /^ScopeLocked/, name);
    assert.equal(released("storage:StorageAccount", account, [lock]), undefined);
  });

  it("deletes no key or secret of a closed vault from outside", () => {
    const secret = { resourceGroupName: "shop", vaultName: "shop", secretName: "s", properties: { value: "v" } };
    assert.match(released("keyvault:Secret", secret, [["keyvault:Vault", vault]]) ?? "", /^Forbidden/);
    const open = { ...vault, properties: { ...vault.properties, publicNetworkAccess: "Enabled" } };
    assert.equal(released("keyvault:Secret", secret, [["keyvault:Vault", open]]), undefined);
  });

  it("never gives a secret's value or a password back", () => {
    const secret = { resourceGroupName: "shop", vaultName: "shop", secretName: "s", properties: { value: "canary" } };
    const [item] = new Sample([["keyvault:Secret", secret]]).items;
    assert.equal(pick(item?.outputs, "properties.value"), undefined);
    assert.ok(rowOf("dbforpostgresql:Server").writeOnly?.includes("administratorLoginPassword"));
  });

  it("takes its subscription from the provider, then the environment, then a stand-in", () => {
    const uuid = "11111111-2222-4333-8444-555555555555";
    const accountOf = (config: Props, environment: Record<string, string>) =>
      pick(pkg.place(config, environment) as unknown as Props, "account");
    assert.equal(accountOf({ subscriptionId: uuid }, {}), uuid);
    assert.equal(accountOf({}, { ARM_SUBSCRIPTION_ID: uuid }), uuid);
    assert.match(accountOf({}, {}) as string, /^[0-9a-f-]{36}$/);
    assert.deepEqual(pkg.place({ subscriptionId: "mine" }, {}), [
      { property: "subscriptionId", reason: "is not a UUID" },
    ]);
  });
});
