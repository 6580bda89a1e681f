// Private endpoints and their names.
import { contains, address as nth } from "../cidr";
import { fits, long, oneOf, refuse } from "../limits";
import type { Moment, Props, Refusal, Row, Value } from "../row";
import { HEX, uuid } from "../shapes";
import { list, object, pick, pickAll, same, text } from "../values";
import { arm, nameIn } from "./arm";
import { plainLocation } from "./locations";
import {
  api,
  namespace,
  networkName,
  networkOf,
  privateEndpoint,
  provisioned,
  subnet,
  virtualNetwork,
} from "./network";
import { privateZone } from "./private-dns";
import { token } from "./types";

const zoneGroup = token("network:PrivateDnsZoneGroup");

/** What an endpoint can lead to, by kind: https://learn.microsoft.com/azure/private-link/private-endpoint-overview#private-link-resource */
const targets: readonly {
  readonly type: string;
  readonly of: RegExp;
  readonly groups: readonly string[];
  readonly domain: string;
}[] = [
  { type: token("keyvault:Vault"), of: /\/vaults\/[^/]+$/i, groups: ["vault"], domain: "vault.azure.net" },
  {
    type: token("storage:StorageAccount"),
    of: /\/storageAccounts\/[^/]+$/i,
    groups: ["blob", "table", "queue", "file", "web", "dfs"].flatMap((group) => [group, `${group}_secondary`]),
    domain: "core.windows.net",
  },
  {
    type: token("dbforpostgresql:Server"),
    of: /\/flexibleServers\/[^/]+$/i,
    groups: ["postgresqlServer"],
    domain: "postgres.database.azure.com",
  },
  {
    type: token("redisenterprise:RedisEnterprise"),
    of: /\/redisEnterprise\/[^/]+$/i,
    groups: ["redisEnterprise"],
    domain: "redis.azure.net",
  },
  {
    type: token("containerregistry:Registry"),
    of: /\/registries\/[^/]+$/i,
    groups: ["registry"],
    domain: "azurecr.io",
  },
];
const connections = ["privateLinkServiceConnections", "manualPrivateLinkServiceConnections"] as const;

function connectionRefusals(inputs: Props): readonly Refusal[] {
  const given = connections.flatMap((property) => pickAll(inputs, `${property}.*`));
  return [
    ...(given.length === 1 ||
    connections.some((property) => inputs[property] !== undefined && list(inputs[property]).length === 0)
      ? []
      : refuse(
          connections[0],
          "PrivateEndpointMustHaveOneConnection: exactly one private link service connection must be specified.",
        )),
    ...given.flatMap(({ path, value }) => {
      const target = targets.find(({ of }) => of.test(text(object(value)["privateLinkServiceId"]) ?? ""));
      if (!target) return [];
      return [...long(inputs, `${path}.groupIds`, 1, 1), ...oneOf(inputs, `${path}.groupIds.*`, target.groups)];
    }),
    ...fits(inputs, "customNetworkInterfaceName", networkName(80).pattern, networkName(80).rule),
  ];
}

/** The subnet is of the endpoint's region, and nobody else's. */
function subnetRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const id = pick(inputs, "subnet.id");
  const home = id === undefined ? undefined : account.find([subnet], "id", id);
  if (!home) return [];
  const network = account.find([virtualNetwork], "id", networkOf(id));
  const [here, there] = [plainLocation(inputs["location"]), plainLocation(network?.inputs["location"])];
  return [
    ...(list(home.inputs["delegations"]).length > 0
      ? refuse(
          "subnet.id",
          `PrivateEndpointCannotBeCreatedInSubnetThatIsDelegated: the subnet ${nameIn(id, "subnets")} is delegated to a service.`,
        )
      : []),
    ...(here && there && here !== there
      ? refuse(
          "location",
          `InvalidResourceReference: the subnet's network lies in ${there}, the private endpoint in ${here}.`,
        )
      : []),
  ];
}

/** https://learn.microsoft.com/azure/container-registry/container-registry-private-link: Premium only. */
function tierRefusals({ inputs, account }: Moment): readonly Refusal[] {
  return connections
    .flatMap((property) => pickAll(inputs, `${property}.*.privateLinkServiceId`))
    .flatMap(({ path, value }) => {
      const sku = text(pick(account.find([token("containerregistry:Registry")], "id", value)?.inputs, "sku.name"));
      return sku === undefined || sku === "Premium"
        ? []
        : refuse(path, `SkuNotSupported: private endpoints need a registry of the Premium tier, got ${sku}.`);
    });
}

/** An endpoint leads to what it was made for: https://learn.microsoft.com/cli/azure/network/private-endpoint. */
function movedRefusals({ inputs, old }: Moment): readonly Refusal[] {
  const told = (props: Props, property: string) =>
    pickAll(props, `${property}.*`).map(({ value }) =>
      ["name", "privateLinkServiceId", "groupIds"].map((key) => object(value)[key] ?? null),
    );
  return connections
    .filter((property) => old && !same(told(old.inputs, property), told(inputs, property)))
    .flatMap((property) =>
      refuse(
        property,
        `CannotChangePrivateLinkConnectionOnPrivateEndpoint: Cannot change the private link connection on private endpoint ${old?.id ?? ""}.`,
      ),
    );
}

/** Addresses 0 to 3 of a subnet are Azure's own; endpoints take the next free one. */
function endpointAddress({ inputs, account, old }: Moment): string {
  const home = account.find([subnet], "id", pick(inputs, "subnet.id") ?? "");
  const range = text(home?.inputs["addressPrefix"]) ?? "10.0.0.0/24";
  const before = text(pick(old?.outputs, "customDnsConfigs.0.ipAddresses.0"));
  if (before !== undefined && contains(range, before)) return before;
  const taken = account
    .all(privateEndpoint)
    .flatMap((other) => pickAll(other.outputs, "customDnsConfigs.*.ipAddresses.*"))
    .map(({ value }) => value);
  let count = 4;
  while (taken.includes(nth(range, count))) count += 1;
  return nth(range, count);
}

const endpointRow = arm({
  name: "network:PrivateEndpoint",
  writeOnly: ["subnet.serviceGateway"],
  api,
  namespace,
  path: [["privateEndpoints", "privateEndpointName"]],
  own: networkName(64, 2),
  location: "refused",
  taggable: true,
  // provider/pkg/gen/replacement.go of pulumi-azure-native.
  immutable: ["subnet"],
  references: [
    { path: "subnet.id", to: [subnet] },
    ...connections.map((property) => ({
      path: `${property}.*.privateLinkServiceId`,
      to: targets.map(({ type }) => type),
      // Other services and Private Link Services of somebody else aren't in this account.
      within: /^(\/subscriptions\/.*\/(?:vaults|storageAccounts|flexibleServers|redisEnterprise|registries)\/[^/]+)$/i,
    })),
  ],
  check: ({ inputs }) => connectionRefusals(inputs),
  admit: (moment) => [...subnetRefusals(moment), ...tierRefusals(moment), ...movedRefusals(moment)],
  volatile: ["etag"],
  outputs: (moment) => {
    const connect = (property: string, status: string) =>
      pickAll(moment.inputs, `${property}.*`).map(({ value }) => ({
        ...object(value),
        id: `${moment.id}/${property}/${text(object(value)["name"]) ?? ""}`,
        provisioningState: "Succeeded",
        privateLinkServiceConnectionState: {
          status,
          description: status === "Approved" ? "Auto-Approved" : "",
          actionsRequired: "None",
        },
      }));
    const [first] = connections.flatMap((property) => pickAll(moment.inputs, `${property}.*`));
    const id = object(first?.value)["privateLinkServiceId"] ?? "";
    const nic =
      text(moment.inputs["customNetworkInterfaceName"]) ??
      `${text(moment.inputs["privateEndpointName"]) ?? ""}.nic.${uuid(moment.random("nic", 32, HEX))}`;
    return {
      ...provisioned(moment),
      privateLinkServiceConnections: connect(connections[0], "Approved"),
      manualPrivateLinkServiceConnections: connect(connections[1], "Pending"),
      customDnsConfigs: [{ fqdn: fqdn(id, object(first?.value)["groupIds"]), ipAddresses: [endpointAddress(moment)] }],
      networkInterfaces: [{ id: moment.id.replace(/privateEndpoints\/[^/]+$/, `networkInterfaces/${nic}`) }],
    };
  },
  seconds: { create: 45, update: 15, delete: 40, source: "estimate: 30 to 60 s from deployments' logs" },
});

function fqdn(id: Value, groups: Value | undefined): string {
  const target = targets.find(({ of }) => of.test(text(id) ?? ""));
  const name = (text(id) ?? "").split("/").at(-1) ?? "";
  const group = text(list(groups)[0]) ?? "";
  return target?.domain === "core.windows.net"
    ? `${name}.${group}.${target.domain}`
    : `${name}.${target?.domain ?? ""}`;
}

const zoneGroupRow = arm({
  name: "network:PrivateDnsZoneGroup",
  untyped: true,
  api,
  namespace,
  path: [
    ["privateEndpoints", "privateEndpointName"],
    ["privateDnsZoneGroups", "privateDnsZoneGroupName"],
  ],
  parents: [privateEndpoint],
  inside: true,
  own: networkName(80),
  references: [{ path: "privateDnsZoneConfigs.*.privateDnsZoneId", to: [privateZone] }],
  check: ({ inputs }) => long(inputs, "privateDnsZoneConfigs", 0, 5),
  admit: ({ inputs, account, old }) => {
    const other = account
      .all(zoneGroup)
      .some(
        (one) =>
          one.id !== old?.id &&
          one.inputs["privateEndpointName"] === inputs["privateEndpointName"] &&
          one.inputs["resourceGroupName"] === inputs["resourceGroupName"],
      );
    return other
      ? refuse(
          "privateDnsZoneGroupName",
          "PrivateDnsZoneGroupLimitExceeded: a private endpoint can have one private DNS zone group.",
        )
      : [];
  },
  volatile: ["etag"],
  outputs: (moment) => ({
    ...provisioned(moment),
    privateDnsZoneConfigs: pickAll(moment.inputs, "privateDnsZoneConfigs.*").map(({ value }) => ({
      ...object(value),
      recordSets: [],
    })),
  }),
  seconds: { create: 15, update: 10, delete: 10, source: "estimate" },
});

export const rows: readonly Row[] = [endpointRow, zoneGroupRow];
