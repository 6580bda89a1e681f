// What azure-native would try to change in place, and Azure lets nobody change.
import assert from "node:assert/strict";
import type { Props } from "../row";
import { admitted, rowOf, type Thing } from "./sample";

const home = { resourceGroupName: "shop", location: "eastus" };
const registry: Thing = [
  "containerregistry:Registry",
  { ...home, location: "westus", registryName: "shopimages", sku: { name: "Premium" } },
];
const pool = { name: "system", mode: "System", count: 1, vmSize: "Standard_D2ds_v5" };
const cluster = {
  ...home,
  resourceName: "shop",
  kubernetesVersion: "1.33",
  agentPoolProfiles: [pool],
  oidcIssuerProfile: { enabled: true },
  apiServerAccessProfile: { enableVnetIntegration: true },
  enableRBAC: true,
};
const connection = { name: "vault", privateLinkServiceId: "/a", groupIds: ["vault"] };
const server = { ...home, serverName: "shop", version: "16", storage: { storageSizeGB: 32 } };

/** Type, inputs, what is changed of them, and how it is refused. */
const cases: readonly (readonly [
  name: string,
  before: Props,
  changes: Props,
  said: RegExp,
  beside?: readonly Thing[],
])[] = [
  [
    "network:PrivateEndpoint",
    { ...home, privateEndpointName: "vault", privateLinkServiceConnections: [connection] },
    { privateLinkServiceConnections: [{ ...connection, privateLinkServiceId: "/b" }] },
    /^privateLinkServiceConnections: CannotChangePrivateLinkConnectionOnPrivateEndpoint/,
  ],
  [
    "network:NatGateway",
    { ...home, natGatewayName: "out", sku: { name: "Standard" } },
    { sku: { name: "StandardV2" } },
    /^sku\.name: SkuChangeNotAllowed/,
  ],
  ["containerservice:ManagedCluster", cluster, { enableRBAC: false }, /^enableRBAC: PropertyChangeNotAllowed/],
  [
    "containerservice:ManagedCluster",
    cluster,
    { oidcIssuerProfile: { enabled: false } },
    /^oidcIssuerProfile\.enabled: OperationNotAllowed: can't be switched off/,
  ],
  [
    "containerservice:ManagedCluster",
    cluster,
    { apiServerAccessProfile: { enableVnetIntegration: false } },
    /^apiServerAccessProfile\.enableVnetIntegration: OperationNotAllowed: can't be switched off/,
  ],
  [
    "containerregistry:Replication",
    { ...home, registryName: "shopimages", replicationName: "eastus", zoneRedundancy: "Enabled" },
    { zoneRedundancy: "Disabled" },
    /^zoneRedundancy: ZoneRedundancyChangeNotAllowed/,
    [registry],
  ],
  [
    "storage:StorageAccount",
    { ...home, accountName: "shopdata", kind: "StorageV2", sku: { name: "Standard_LRS" } },
    { enableNfsV3: true },
    /^enableNfsV3: StoragePropertyCannotBeUpdated/,
  ],
  [
    "storage:BlobContainer",
    { resourceGroupName: "shop", accountName: "shopdata", containerName: "uploads" },
    { defaultEncryptionScope: "team" },
    /^defaultEncryptionScope: ContainerEncryptionScopeCannotBeUpdated/,
  ],
  [
    "dbforpostgresql:Server",
    server,
    { storage: { storageSizeGB: 32, type: "PremiumV2_LRS" } },
    /^storage\.type: can be set at creation only/,
  ],
];

describe("what Azure lets nobody change", () => {
  for (const [name, before, changes, said, beside = []] of cases)
    it(`is refused of ${name}: ${Object.keys(changes).join()}`, () => {
      const refused = (inputs: Props) => admitted(name, inputs, beside, before).filter((one) => said.test(one));
      assert.equal(
        refused({ ...before, ...changes }).length,
        1,
        admitted(name, { ...before, ...changes }, beside, before).join(),
      );
      assert.deepEqual(refused(before), []);
      assert.ok(!Object.keys(changes).some((key) => rowOf(name).immutable?.includes(key)));
    });
});
