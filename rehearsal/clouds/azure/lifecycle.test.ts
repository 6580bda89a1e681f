// What comes of things in Azure over time: names that stay taken, keys that nobody writes, parents and groups that must be.
import assert from "node:assert/strict";
import { UNKNOWN } from "../row";
import { resource, withStage } from "../testing/client";
import { encode } from "../wire";
import { pkg } from ".";
import { rowOf, Sample } from "./sample";

const uuid = "11111111-2222-4333-8444-555555555555";
const at = (type: string, name = "it") => resource(`azure-native:${type}`, name);
const group = { resourceGroupName: "shop", location: "eastus" };
const vault = {
  ...group,
  vaultName: "shop-keys",
  properties: {
    tenantId: uuid,
    sku: { family: "A", name: "standard" },
    enableRbacAuthorization: true,
    softDeleteRetentionInDays: 7,
  },
};
const inVault = { resourceGroupName: "shop", vaultName: "shop-keys" };

interface Time {
  days: number;
}
const staged = (act: Parameters<typeof withStage<void>>[0], time: Time = { days: 0 }) =>
  withStage(
    async (stage) => {
      await stage.engine.configure({ location: "eastus" });
      await act(stage);
    },
    { packages: [pkg], configure: false, now: () => new Date(Date.UTC(2026, 0, 1 + time.days)) },
  );

describe("things in Azure over time", () => {
  it("need their group and what they lie in, by whole ids", () =>
    staged(async ({ engine }) => {
      const network = { ...group, virtualNetworkName: "net", addressSpace: { addressPrefixes: ["10.0.0.0/16"] } };
      const subnet = {
        resourceGroupName: "shop",
        virtualNetworkName: "net",
        subnetName: "a",
        addressPrefix: "10.0.0.0/24",
      };
      await assert.rejects(
        engine.make(at("network:VirtualNetwork"), network),
        /resourceGroupName: ResourceGroupNotFound: Resource group 'shop' could not be found\./,
      );
      await engine.make(at("resources:ResourceGroup", "shop"), group);
      await engine.make(at("resources:ResourceGroup", "other"), { ...group, resourceGroupName: "other" });
      await engine.make(at("network:VirtualNetwork"), { ...network, resourceGroupName: "other" });
      await assert.rejects(
        engine.make(at("network:Subnet"), subnet),
        /virtualNetworkName: ParentResourceNotFound: Failed to perform 'write' on resource\(s\) of type 'virtualNetworks\/subnets', because the parent resource '\/subscriptions\/[^/]+\/resourceGroups\/shop\/providers\/Microsoft.Network\/virtualNetworks\/net' could not be found/,
      );
      // Names are compared without regard to case.
      const made = await engine.make(at("network:Subnet"), {
        ...subnet,
        resourceGroupName: "OTHER",
        virtualNetworkName: "Net",
      });
      assert.match(made.id, /resourceGroups\/OTHER\//);
    }));

  it("keep a deleted vault's name until its window closes", () => {
    const time = { days: 0 };
    return staged(async ({ engine }) => {
      await engine.make(at("resources:ResourceGroup", "shop"), group);
      const made = await engine.make(at("keyvault:Vault"), vault);
      await engine.delete(at("keyvault:Vault"), made.id);
      time.days = 6;
      await assert.rejects(
        engine.make(at("keyvault:Vault", "again"), { ...vault, vaultName: "Shop-Keys" }),
        /vaultName: ConflictError: A vault with the same name already exists in deleted state/,
      );
      time.days = 8;
      await engine.make(at("keyvault:Vault", "again"), vault);
    }, time);
  });

  it("give a deleted secret's name back where its vault lets azure-native recover it", () =>
    staged(async ({ engine }) => {
      await engine.make(at("resources:ResourceGroup", "shop"), group);
      await engine.make(at("keyvault:Vault"), vault);
      const secret = { ...inVault, secretName: "token", properties: { value: "canary" } };
      const made = await engine.make(at("keyvault:Secret"), secret);
      await engine.delete(at("keyvault:Secret"), made.id);
      await engine.make(at("keyvault:Secret", "again"), secret);
    }));

  it("keep a secret's name where the vault is closed and somebody inside deleted it", () => {
    const sample = new Sample([["resources:ResourceGroup", group]]);
    const remains = (publicNetworkAccess: string) => {
      const type = "azure-native:keyvault:Secret";
      sample.put("azure-native:keyvault:Vault", { ...vault, properties: { ...vault.properties, publicNetworkAccess } });
      const kept = rowOf("keyvault:Secret").remains?.(sample.moment(type, { ...inVault, secretName: "token" }, "it"));
      sample.items.pop();
      return kept;
    };
    assert.equal(remains("Enabled"), undefined);
    const { days, reason = "" } = remains("Disabled") ?? {};
    assert.equal(days, 7);
    assert.match(reason, /^ConflictError: Secret token is currently in a deleted but recoverable state/);
  });

  it("leave a key that exists as it was, whatever an update says", () =>
    staged(async ({ engine }) => {
      await engine.make(at("resources:ResourceGroup", "shop"), group);
      await engine.make(at("keyvault:Vault"), vault);
      const rotation = (days: number) => ({
        attributes: { expiryTime: "P90D" },
        lifetimeActions: [{ action: { type: "rotate" }, trigger: { timeAfterCreate: `P${days}D` } }],
      });
      const key = (days: number) => ({
        ...inVault,
        keyName: "data",
        properties: { kty: "RSA", keySize: 3072, rotationPolicy: rotation(days) },
      });
      const made = await engine.make(at("keyvault:Key"), key(30));
      const news = { ...made.inputs, ...key(60) };
      assert.deepEqual(await engine.diff(at("keyvault:Key"), made.id, made.inputs, news), {
        changes: true,
        replaces: [],
        first: false,
        detail: {
          "properties.rotationPolicy.lifetimeActions[0].trigger.timeAfterCreate": "update",
        },
      });
      const after = await engine.update(at("keyvault:Key"), made.id, made, news);
      assert.deepEqual(after["rotationPolicy"], rotation(30));
      assert.equal(after["keyUriWithVersion"], made.outputs["keyUriWithVersion"]);
    }));

  it("are foreseen in an update as azure-native does: by what is given, and by name and location", () =>
    staged(async ({ engine }) => {
      await engine.make(at("resources:ResourceGroup", "shop"), group);
      const identity = at("managedidentity:UserAssignedIdentity");
      const made = await engine.make(identity, { ...group, resourceName: "shop" });
      const news = { ...made.inputs, tags: { team: "blue" } };
      const seen = await engine.update(identity, made.id, made, news, true);
      assert.deepEqual([seen["name"], seen["location"], seen["tags"]], ["shop", "eastus", { team: "blue" }]);
      assert.equal(seen["principalId"], encode(UNKNOWN));
      const after = await engine.update(identity, made.id, made, news);
      assert.equal(after["principalId"], made.outputs["principalId"]);
    }));

  it("are held back by no diagnostic setting, neither what is watched nor what is written to", () =>
    staged(async ({ engine }) => {
      await engine.make(at("resources:ResourceGroup", "shop"), group);
      const logs = await engine.make(at("operationalinsights:Workspace"), { ...group, workspaceName: "shop-logs" });
      const watched = await engine.make(at("keyvault:Vault"), vault);
      await engine.make(at("monitor:DiagnosticSetting"), {
        name: "audit",
        resourceUri: watched.id,
        workspaceId: logs.id,
        logs: [{ categoryGroup: "audit", enabled: true }],
      });
      await engine.delete(at("operationalinsights:Workspace"), logs.id);
      await engine.delete(at("keyvault:Vault"), watched.id);
    }));

  it("stay where another spelling of their location is given", () =>
    staged(async ({ engine }) => {
      const made = await engine.make(at("resources:ResourceGroup", "shop"), group);
      const news = { ...made.inputs, location: "East US" };
      const { changes } = await engine.diff(at("resources:ResourceGroup", "shop"), made.id, made.inputs, news);
      assert.equal(changes, false);
    }));

  it("keep a vault's name that went with its group", () =>
    staged(async ({ engine }) => {
      const made = await engine.make(at("resources:ResourceGroup", "shop"), group);
      await engine.make(at("keyvault:Vault"), vault);
      await engine.delete(at("resources:ResourceGroup", "shop"), made.id);
      await engine.make(at("resources:ResourceGroup", "shop"), group);
      await assert.rejects(engine.make(at("keyvault:Vault", "again"), vault), /already exists in deleted state/);
    }));

  it("go with their group, and free what isn't kept", () =>
    staged(async ({ engine, clouds }) => {
      const made = await engine.make(at("resources:ResourceGroup", "shop"), group);
      const account = { ...group, accountName: "shopdata", kind: "StorageV2", sku: { name: "Standard_LRS" } };
      await engine.make(at("storage:StorageAccount"), account);
      await engine.make(at("storage:BlobContainer"), {
        resourceGroupName: "shop",
        accountName: "shopdata",
        containerName: "uploads",
      });
      await engine.delete(at("resources:ResourceGroup", "shop"), made.id);
      assert.deepEqual(clouds.account.entries(), []);
      await engine.make(at("resources:ResourceGroup", "shop"), group);
      await engine.make(at("storage:StorageAccount", "again"), account);
    }));
});
