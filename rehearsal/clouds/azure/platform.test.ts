// What Azure refuses of clusters, registries, rights, events, and what collects and tells.
import assert from "node:assert/strict";
import type { Props } from "../row";
import { pick } from "../values";
import { admitted, idOf, itTellsApart, released, Sample } from "./sample";

const group = { resourceGroupName: "shop", location: "eastus" };
const uuid = "11111111-2222-4333-8444-555555555555";
const inShop = (path: string) =>
  `/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/shop/providers/${path}`;
const vault = { ...group, vaultName: "shop", properties: { tenantId: uuid, sku: { family: "A", name: "standard" } } };
const vaultId = idOf("keyvault:Vault", vault);
const identity = { ...group, resourceName: "app" };
const pool = { name: "system", mode: "System", vmSize: "Standard_D2ds_v5", count: 2 };
const cluster = {
  ...group,
  resourceName: "shop",
  dnsPrefix: "shop",
  kubernetesVersion: "1.35",
  identity: { type: "UserAssigned", userAssignedIdentities: ["/i"] },
  networkProfile: { networkPlugin: "azure", networkPluginMode: "overlay", serviceCidr: "172.28.0.0/16" },
  agentPoolProfiles: [pool],
};
const topic = { ...group, systemTopicName: "vault", source: vaultId, topicType: "Microsoft.KeyVault.vaults" };
const subscription = {
  resourceGroupName: "shop",
  systemTopicName: "vault",
  eventSubscriptionName: "rotation",
  eventDeliverySchema: "CloudEventSchemaV1_0",
  filter: { includedEventTypes: ["Microsoft.KeyVault.SecretNearExpiry"] },
  destination: { endpointType: "MonitorAlert", severity: "Sev2" },
};
const collection = {
  ...group,
  dataCollectionRuleName: "insight",
  dataSources: {
    extensions: [{ name: "a", extensionName: "ContainerInsights", streams: ["Microsoft-ContainerLogV2"] }],
  },
  destinations: { logAnalytics: [{ name: "workspace", workspaceResourceId: "/w" }] },
  dataFlows: [{ streams: ["Microsoft-ContainerLogV2"], destinations: ["workspace"] }],
};
const role = {
  scope: "/subscriptions/s",
  roleDefinitionId: uuid,
  roleName: "shop reader",
  permissions: [{ actions: ["Microsoft.Storage/storageAccounts/read"] }],
  assignableScopes: ["/subscriptions/s"],
};
const assignment = {
  roleAssignmentName: uuid,
  principalId: uuid,
  principalType: "ServicePrincipal",
  scope: vaultId,
  roleDefinitionId: `/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/${uuid}`,
};

describe("what Azure refuses of a platform", () => {
  itTellsApart([
    {
      type: "containerservice:ManagedCluster",
      good: cluster,
      bad: [
        [{ "networkProfile.serviceCidr": "10.0.0.0/8" }, "networkProfile.serviceCidr", /InvalidServiceCidr/],
        [{ "networkProfile.dnsServiceIP": "172.28.0.1" }, "networkProfile.dnsServiceIP", /first address/],
        [
          {
            "networkProfile.networkPlugin": "kubenet",
            "networkProfile.networkPluginMode": undefined,
            "networkProfile.networkPolicy": "azure",
          },
          "networkProfile.networkPolicy",
        ],
        [{ "agentPoolProfiles.0.vmSize": "Standard_B1s" }, "agentPoolProfiles.0.vmSize", /fewer than two CPUs/],
        [{ "agentPoolProfiles.0.osType": "Windows" }, "agentPoolProfiles.0.osType"],
        [
          { location: "westus", "agentPoolProfiles.0.availabilityZones": ["1"] },
          "agentPoolProfiles.0.availabilityZones",
        ],
        [{ fqdnSubdomain: "shop" }, "fqdnSubdomain"],
        [
          {
            apiServerAccessProfile: {
              enablePrivateCluster: true,
              privateDNSZone: "none",
              enablePrivateClusterPublicFQDN: false,
            },
          },
          "apiServerAccessProfile.enablePrivateClusterPublicFQDN",
        ],
        [
          {
            identity: { type: "SystemAssigned" },
            apiServerAccessProfile: {
              enablePrivateCluster: true,
              privateDNSZone: inShop("Microsoft.Network/privateDnsZones/privatelink.eastus.azmk8s.io"),
            },
          },
          "apiServerAccessProfile.privateDNSZone",
          /CustomPrivateDNSZoneMissingPermissionError/,
        ],
        [{ sku: { name: "Automatic", tier: "Free" } }, "sku.tier"],
        [{ kubernetesVersion: "1.29" }, "kubernetesVersion", /K8sVersionNotSupported/],
      ],
    },
    {
      type: "containerservice:AgentPool",
      good: {
        resourceGroupName: "shop",
        resourceName: "shop",
        agentPoolName: "win",
        osType: "Windows",
        vmSize: "Standard_D4s_v5",
      },
      bad: [
        [{ agentPoolName: "windows" }, "agentPoolName", /6 characters/],
        [{ vmSize: "Standard_F1s" }, "vmSize"],
        [{ upgradeSettings: { maxSurge: "101%" } }, "upgradeSettings.maxSurge"],
      ],
    },
    {
      type: "containerregistry:Registry",
      good: { ...group, registryName: "shopimages", sku: { name: "Premium" }, zoneRedundancy: "Enabled" },
      bad: [
        [{ location: "northcentralus" }, "zoneRedundancy"],
        [
          { "sku.name": "Standard", zoneRedundancy: undefined, networkRuleSet: { defaultAction: "Deny" } },
          "networkRuleSet",
        ],
        [{ "sku.name": "Basic", zoneRedundancy: undefined, anonymousPullEnabled: true }, "anonymousPullEnabled"],
      ],
    },
    {
      type: "eventgrid:SystemTopic",
      good: topic,
      bad: [
        [{ source: undefined }, "source"],
        [{ topicType: undefined }, "topicType"],
        [{ systemTopicName: "v_ault" }, "systemTopicName"],
      ],
    },
    {
      type: "eventgrid:SystemTopicEventSubscription",
      good: subscription,
      bad: [
        [{ "destination.severity": undefined }, "destination.severity"],
        [{ eventDeliverySchema: "EventGridSchema" }, "eventDeliverySchema"],
        [{ destination: undefined }, "destination"],
        [{ retryPolicy: { maxDeliveryAttempts: 31 } }, "retryPolicy.maxDeliveryAttempts"],
        [{ retryPolicy: { eventTimeToLiveInMinutes: 0 } }, "retryPolicy.eventTimeToLiveInMinutes"],
        [{ destination: { endpointType: "WebHook", endpointUrl: "http://shop.example" } }, "destination.endpointUrl"],
      ],
    },
    {
      type: "monitor:DataCollectionRule",
      good: collection,
      bad: [
        [{ "dataFlows.0.destinations": ["store"] }, "dataFlows.0.destinations.0", /InvalidDestination/],
        [{ "dataFlows.0.streams": [] }, "dataFlows.0.streams"],
        [{ dataFlows: undefined }, "dataFlows"],
        [{ dataCollectionRuleName: "-x" }, "dataCollectionRuleName"],
      ],
    },
    {
      type: "monitor:DataCollectionRuleAssociation",
      good: { resourceUri: "/c", associationName: "insight", dataCollectionRuleId: "/r" },
      bad: [
        [{ dataCollectionEndpointId: "/e" }, "dataCollectionRuleId", /exactly one/],
        [{ associationName: "a/b" }, "associationName"],
        [{ resourceUri: undefined }, "resourceUri"],
      ],
    },
    {
      type: "monitor:DiagnosticSetting",
      good: {
        name: "logs",
        resourceUri: vaultId,
        workspaceId: "/w",
        logs: [{ category: "AuditEvent", enabled: true }],
      },
      bad: [
        [
          { "logs.0.retentionPolicy": { enabled: true, days: 30 } },
          "logs.0.retentionPolicy.enabled",
          /does not support retention for new diagnostic settings/,
        ],
      ],
    },
    {
      type: "authorization:RoleDefinition",
      good: role,
      bad: [
        [{ roleDefinitionId: "reader" }, "roleDefinitionId"],
        [{ permissions: undefined }, "permissions"],
        [{ assignableScopes: ["/"] }, "assignableScopes"],
        [{ "permissions.0.actions": ["read everything"] }, "permissions.0.actions", /InvalidActionOrNotAction/],
      ],
    },
    {
      type: "trafficmanager:Profile",
      good: {
        resourceGroupName: "shop",
        location: "global",
        profileName: "shop",
        trafficRoutingMethod: "Priority",
        dnsConfig: { relativeName: "shop", ttl: 30 },
        monitorConfig: { protocol: "HTTPS", port: 443, path: "/" },
      },
      bad: [
        [{ "monitorConfig.path": undefined }, "monitorConfig.path"],
        [{ "monitorConfig.protocol": "TCP" }, "monitorConfig.path"],
      ],
    },
  ]);

  it("takes an identity for what it is, and an assignment once", () => {
    const things = [["managedidentity:UserAssignedIdentity", identity]] as const;
    const principalId = pick(new Sample(things).items[0]?.outputs, "principalId") ?? "";
    const given = { ...assignment, principalId };
    assert.deepEqual(admitted("authorization:RoleAssignment", given, things), []);
    assert.match(
      admitted("authorization:RoleAssignment", { ...given, principalType: "User" }, things)[0] ?? "",
      /^principalType: UnmatchedPrincipalType: .* has type 'ServicePrincipal'/,
    );
    const twin = { ...given, roleAssignmentName: uuid.replace("1", "2") };
    const held = [...things, ["authorization:RoleAssignment", given]] as const;
    assert.match(admitted("authorization:RoleAssignment", twin, held)[0] ?? "", /RoleAssignmentExists/);
    const elsewhere = { ...given, scope: `${vaultId}/secrets/token` };
    assert.match(
      admitted("authorization:RoleAssignment", elsewhere, held)[0] ?? "",
      /roleAssignmentName: RoleAssignmentUpdateNotPermitted/,
    );
  });

  it("keeps a role that is assigned, and its name in the directory", () => {
    const id = idOf("authorization:RoleDefinition", role);
    const given = { ...assignment, roleDefinitionId: id };
    assert.match(
      released("authorization:RoleDefinition", role, [["authorization:RoleAssignment", given]]) ?? "",
      /^RoleDefinitionHasAssignments/,
    );
    assert.equal(released("authorization:RoleDefinition", role), undefined);
    const twin = { ...role, roleDefinitionId: uuid.replace("1", "2") };
    assert.match(
      admitted("authorization:RoleDefinition", twin, [["authorization:RoleDefinition", role]])[0] ?? "",
      /RoleDefinitionWithSameNameExists/,
    );
  });

  it("listens to a source at one topic, where it stands, and never to another one", () => {
    const vaults = [["keyvault:Vault", vault]] as const;
    const listen = (inputs: Props, before?: Props, more: Parameters<typeof admitted>[2] = []) =>
      admitted("eventgrid:SystemTopic", inputs, [...vaults, ...more], before).join();
    assert.equal(listen(topic), "");
    assert.match(listen({ ...topic, location: "westus2" }), /location: InvalidRequest/);
    assert.match(listen({ ...topic, topicType: "Microsoft.Storage.StorageAccounts" }), /topicType: /);
    const second = { ...topic, systemTopicName: "second" };
    assert.match(listen(second, undefined, [["eventgrid:SystemTopic", topic]]), /Only one system topic/);
    assert.match(listen({ ...topic, source: vaultId.replace(/shop$/, "spare") }, topic), /source: .*can't be updated/);
    const heard = (event: string) =>
      admitted("eventgrid:SystemTopicEventSubscription", { ...subscription, filter: { includedEventTypes: [event] } }, [
        ...vaults,
        ["eventgrid:SystemTopic", topic],
      ]);
    assert.deepEqual(heard("Microsoft.KeyVault.SecretExpired"), []);
    assert.match(heard("Microsoft.Storage.BlobCreated")[0] ?? "", /is no event of a key vault/);
  });

  it("keeps a registry Premium while it has what only Premium has, and copies it once a region", () => {
    const registry = { ...group, registryName: "shopimages", sku: { name: "Premium" } };
    const copy = {
      resourceGroupName: "shop",
      registryName: "shopimages",
      replicationName: "westus2",
      location: "westus2",
    };
    const less = { ...registry, sku: { name: "Standard" } };
    assert.deepEqual(admitted("containerregistry:Registry", less, [], registry), []);
    const copied = [["containerregistry:Replication", copy]] as const;
    assert.match(admitted("containerregistry:Registry", less, copied, registry)[0] ?? "", /SkuUpdateNotAllowed/);
    const beside = [["containerregistry:Registry", registry], ...copied] as const;
    const twin = { ...copy, replicationName: "again" };
    assert.match(admitted("containerregistry:Replication", twin, beside)[0] ?? "", /ReplicationAlreadyExists/);
    assert.match(
      admitted("containerregistry:Replication", { ...copy, location: "East US" }, beside)[0] ?? "",
      /stands in that region/,
    );
  });

  it("keeps pools near their control plane, and nodes on the way out that they were told of", () => {
    const beside = [["containerservice:ManagedCluster", { ...cluster, kubernetesVersion: "1.36" }]] as const;
    const more = { resourceGroupName: "shop", resourceName: "shop", agentPoolName: "more", vmSize: "Standard_D2ds_v5" };
    const run = (version: string) =>
      admitted("containerservice:AgentPool", { ...more, orchestratorVersion: version }, beside).join();
    assert.equal(run("1.33"), "");
    assert.match(run("1.32"), /cannot be more than 3 versions less/);
    assert.match(run("1.37"), /newer than the control plane/);
    const subnet = {
      resourceGroupName: "shop",
      virtualNetworkName: "shop",
      subnetName: "app",
      addressPrefix: "10.0.0.0/24",
    };
    const routed = {
      ...cluster,
      identity: { type: "SystemAssigned" },
      networkProfile: { ...cluster.networkProfile, outboundType: "userDefinedRouting" },
      agentPoolProfiles: [{ ...pool, vnetSubnetID: idOf("network:Subnet", subnet) }],
    };
    assert.match(
      admitted("containerservice:ManagedCluster", routed, [["network:Subnet", subnet]])[0] ?? "",
      /ExistingRouteTableNotAssociatedWithSubnet/,
    );
  });

  it("fills in what a cluster leaves open", () => {
    const [made] = new Sample([["containerservice:ManagedCluster", cluster]]).items;
    assert.equal(made?.outputs["nodeResourceGroup"], "MC_shop_shop_eastus");
    assert.equal(pick(made?.outputs, "networkProfile.podCidr"), "10.244.0.0/16");
    assert.equal(pick(made?.outputs, "networkProfile.serviceCidr"), "172.28.0.0/16");
    assert.equal(pick(made?.outputs, "agentPoolProfiles.0.maxPods"), 250);
    assert.equal(pick(made?.outputs, "agentPoolProfiles.0.mode"), "System");
  });

  it("deletes nothing of a locked thing's rights and logs, and writes nothing below ReadOnly", () => {
    const lock = (level: string) =>
      [["authorization:ManagementLockByScope", { scope: vaultId, lockName: "keep", level }]] as const;
    assert.match(released("authorization:RoleAssignment", assignment, lock("CanNotDelete")) ?? "", /^ScopeLocked/);
    assert.equal(released("authorization:ManagementLockByScope", lock("CanNotDelete")[0][1]), undefined);
    assert.deepEqual(admitted("authorization:RoleAssignment", assignment, lock("CanNotDelete")), []);
    assert.match(
      admitted("authorization:RoleAssignment", assignment, lock("ReadOnly"))[0] ?? "",
      /cannot perform write operation/,
    );
    const secret = { resourceGroupName: "shop", vaultName: "shop", secretName: "s", properties: { value: "v" } };
    assert.match(admitted("keyvault:Secret", secret, lock("ReadOnly"))[0] ?? "", /ScopeLocked/);
  });
});
