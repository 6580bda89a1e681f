// The chain internet -> edge -> app -> data (NET-06) as tables: what each group of subnets lets in and out.
// Every group ends in a denial of its own, since Azure's defaults let a whole virtual network talk to itself.

import { overlayRanges } from "./azure-ranges";

/** A service tag (`Internet`, `AzureLoadBalancer`), `*`, or address ranges. */
export type Peer = string | readonly string[];

export interface Opening {
  readonly name: string;
  readonly direction: "Inbound" | "Outbound";
  readonly access: "Allow" | "Deny";
  readonly protocol: "Tcp" | "Udp" | "*";
  readonly from: Peer;
  readonly to: Peer;
  readonly ports: readonly string[];
  readonly why: string;
}

/** Address ranges of the groups. */
export interface Ranges {
  readonly edge: readonly string[];
  readonly app: readonly string[];
  readonly data: readonly string[];
  readonly database: readonly string[];
  /** The cluster's API server. */
  readonly control: readonly string[];
}
export type Group = keyof Ranges;

export interface Choice {
  readonly ranges: Ranges;
  readonly appPort: number;
  readonly egress: "open" | "web";
  /** Database subnets of the platform's networks in other regions, which replicas are fed from. @default none */
  readonly peers?: readonly string[];
}

type Rule = readonly [name: string, peer: Peer, ports: readonly string[], protocol: Opening["protocol"], why: string];

const all = ["*"] as const;
/** PostgreSQL, and PgBouncer of flexible server. */
const databasePorts = ["5432", "6432"] as const;
/** Private endpoints: HTTPS; Azure Managed Redis, and the nodes of a sharded one (https://learn.microsoft.com/azure/redis/architecture). */
const endpointPorts = ["443", "10000", "8500-8599"] as const;
/** The API server: HTTPS, and what its nodes reach it by. */
const controlPorts = ["443", "4443"] as const;
const noneIn: Rule = [
  "DenyRestIn",
  "*",
  all,
  "*",
  "What no rule above names stays out, the network's own traffic too.",
];
const noneOut: Rule = ["DenyRestOut", "*", all, "*", "What no rule above names stays in."];

/** Rules of one group, in the order of their priority. */
export const openings: Readonly<Record<Group, (choice: Choice, own: readonly string[]) => readonly Opening[]>> = {
  // No denial outbound: Application Gateway refuses a subnet whose way to the internet is cut.
  // https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure#network-security-groups
  edge: ({ ranges, appPort }, own) => [
    allowIn(own, ["AllowWebIn", "Internet", ["80", "443"], "Tcp", "Web traffic to the load balancer (NET-07)."]),
    allowIn(own, ["AllowGatewayManagerIn", "GatewayManager", ["65200-65535"], "Tcp", "Azure steers the gateway."]),
    allowIn(own, ["AllowLoadBalancerIn", "AzureLoadBalancer", all, "*", "Health probes of Azure's load balancer."]),
    denyIn(own, noneIn),
    allowOut(own, ["AllowAppOut", ranges.app, [String(appPort)], "Tcp", "The load balancer calls the application."]),
    denyOut(own, [
      "DenyDataOut",
      [...ranges.data, ...ranges.database],
      all,
      "*",
      "The edge never reaches data itself.",
    ]),
  ],
  app: ({ ranges, appPort, egress }, own) => [
    allowIn(own, ["AllowEdgeIn", ranges.edge, [String(appPort)], "Tcp", "The load balancer calls the application."]),
    allowIn(inner(ranges), ["AllowAppIn", inner(ranges), all, "*", "Nodes and pods talk to each other."]),
    allowIn(inner(ranges), ["AllowControlIn", ranges.control, all, "*", "The API server calls kubelets and webhooks."]),
    allowIn(own, ["AllowLoadBalancerIn", "AzureLoadBalancer", all, "*", "Health probes of Azure's load balancer."]),
    denyIn(own, noneIn),
    allowOut(own, ["AllowDatabaseOut", ranges.database, databasePorts, "Tcp", "The application calls its database."]),
    allowOut(own, [
      "AllowEndpointsOut",
      ranges.data,
      endpointPorts,
      "Tcp",
      "Vault, storage, registry and cache by private endpoint (NET-12).",
    ]),
    allowOut(inner(ranges), ["AllowAppOut", inner(ranges), all, "*", "Nodes and pods talk to each other."]),
    allowOut(own, ["AllowControlOut", ranges.control, controlPorts, "Tcp", "Nodes call the API server."]),
    ...wayOut[egress].map((rule) => allowOut(own, rule)),
    denyOut(own, noneOut),
  ],
  data: ({ ranges }, own) => [
    allowIn(own, ["AllowAppIn", ranges.app, endpointPorts, "Tcp", "The application calls private endpoints (NET-12)."]),
    allowIn(own, ["AllowControlIn", ranges.control, ["443"], "Tcp", "The API server's KMS plugin calls the vault."]),
    denyIn(own, noneIn),
    denyOut(own, ["DenyInternetOut", "Internet", all, "*", "The data tier has no way to the internet (NET-03)."]),
    denyOut(own, noneOut),
  ],
  // https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private: the servers of a subnet
  // replicate among themselves, archive to Storage and ask Entra about logins.
  database: ({ ranges, peers = [] }, own) => [
    allowIn(own, ["AllowAppIn", ranges.app, databasePorts, "Tcp", "The application calls its database."]),
    allowIn(own, [
      "AllowDatabaseIn",
      ranges.database,
      databasePorts,
      "Tcp",
      "Standby and replicas follow the primary.",
    ]),
    ...peers.map((peer, index) =>
      allowIn(own, [`AllowPeer${index + 1}In`, [peer], databasePorts, "Tcp", "Replicas in another region (DB-03)."]),
    ),
    denyIn(own, noneIn),
    allowOut(own, [
      "AllowDatabaseOut",
      ranges.database,
      databasePorts,
      "Tcp",
      "Standby and replicas follow the primary.",
    ]),
    ...peers.map((peer, index) =>
      allowOut(own, [`AllowPeer${index + 1}Out`, [peer], databasePorts, "Tcp", "Replicas in another region (DB-03)."]),
    ),
    allowOut(own, ["AllowStorageOut", "Storage", ["443"], "Tcp", "The service archives its write-ahead log."]),
    allowOut(own, ["AllowEntraOut", "AzureActiveDirectory", ["443"], "Tcp", "The service checks Entra logins."]),
    denyOut(own, ["DenyInternetOut", "Internet", all, "*", "The data tier has no way to the internet (NET-03)."]),
    denyOut(own, noneOut),
  ],
  // https://learn.microsoft.com/azure/aks/api-server-vnet-integration: the API server stands in a subnet of ours. Who may
  // do what there is for Entra logins to say; the network lets in its own and what is peered with it (VPN, deployers).
  control: ({ ranges }, own) => [
    allowIn(own, ["AllowNetworkIn", "VirtualNetwork", ["443"], "Tcp", "Administrators of this and peered networks."]),
    allowIn(own, ["AllowAppIn", ranges.app, controlPorts, "Tcp", "Nodes call the API server."]),
    allowIn(own, ["AllowLoadBalancerIn", "AzureLoadBalancer", all, "*", "Health probes of Azure's load balancer."]),
    denyIn(own, noneIn),
    allowOut(own, ["AllowAppOut", inner(ranges), all, "*", "The API server calls kubelets and webhooks."]),
    allowOut(own, [
      "AllowVaultOut",
      ranges.data,
      ["443"],
      "Tcp",
      "The KMS plugin calls the vault's endpoint (CLU-06).",
    ]),
    denyOut(own, noneOut),
  ],
};

/** Nodes and the pods on them: between nodes, a pod's packets carry the overlay's addresses. */
const inner = (ranges: Ranges): readonly string[] => [...ranges.app, overlayRanges.pods];

/** NET-09. Azure's own resolver and clock (168.63.129.16) are outside of what a group can deny. */
const wayOut: Readonly<Record<Choice["egress"], readonly Rule[]>> = {
  web: [
    ["AllowWebOut", "Internet", ["80", "443"], "Tcp", "Updates, registries and other services by web (NET-09)."],
    ["AllowNameAndTimeOut", "Internet", ["53", "123"], "Udp", "DNS and NTP (NET-09)."],
  ],
  open: [["AllowInternetOut", "Internet", all, "*", "Everything outbound, as network.egress asks (NET-09)."]],
};

const allowIn = (own: Peer, rule: Rule) => opening("Inbound", "Allow", own, rule);
const denyIn = (own: Peer, rule: Rule) => opening("Inbound", "Deny", own, rule);
const allowOut = (own: Peer, rule: Rule) => opening("Outbound", "Allow", own, rule);
const denyOut = (own: Peer, rule: Rule) => opening("Outbound", "Deny", own, rule);

function opening(
  direction: Opening["direction"],
  access: Opening["access"],
  own: Peer,
  [name, peer, ports, protocol, why]: Rule,
): Opening {
  const everything = access === "Deny" && peer === "*";
  const here: Peer = everything ? "*" : own;
  const [from, to] = direction === "Inbound" ? [peer, here] : [here, peer];
  return { name, direction, access, protocol, from, to, ports, why };
}

/** A group's table in Azure's spelling: priorities 100, 110, ... a direction; singular properties for one value. */
export function securityRules(openings: readonly Opening[]) {
  const counters = { Inbound: 100, Outbound: 100 };
  return openings.map(({ name, direction, access, protocol, from, to, ports, why }) => {
    const priority = counters[direction];
    counters[direction] += 10;
    const source = addresses(from);
    const destination = addresses(to);
    return {
      name,
      description: why,
      direction,
      access,
      protocol,
      priority,
      sourcePortRange: "*",
      ...(source.many ? { sourceAddressPrefixes: source.many } : { sourceAddressPrefix: source.one }),
      ...(destination.many
        ? { destinationAddressPrefixes: destination.many }
        : { destinationAddressPrefix: destination.one }),
      ...(ports.length === 1 ? { destinationPortRange: ports[0] ?? "*" } : { destinationPortRanges: [...ports] }),
    };
  });
}

function addresses(peer: Peer): { readonly one: string; readonly many?: string[] } {
  if (typeof peer === "string") return { one: peer };
  return peer.length === 1 ? { one: peer[0] ?? "*" } : { one: "", many: [...peer] };
}
