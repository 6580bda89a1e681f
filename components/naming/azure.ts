import type { NamingRule } from "./rule";

const rules = "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules";
const source = (service: string) => `${rules}#${service}`;

/** Microsoft.Network: letters, digits, `_`, `.` and `-`; ends in a letter, digit or `_`. */
const networking = {
  alphabet: "a-zA-Z0-9_.-",
  last: "a-zA-Z0-9_",
  max: 80,
  scope: "group",
  source: source("microsoftnetwork"),
} as const satisfies NamingRule;
const vaultObject = {
  max: 127,
  alphabet: "a-zA-Z0-9-",
  last: "a-zA-Z0-9-",
  scope: "parent",
  source: source("microsoftkeyvault"),
} as const satisfies NamingRule;

/** What Azure allows in the names that we give (design.md, section 3: one row a named type). */
export const azureNames = {
  resourceGroup: { max: 90, alphabet: "a-zA-Z0-9_.()-", scope: "account", source: source("microsoftresources") },
  workspace: {
    min: 4,
    max: 63,
    alphabet: "a-zA-Z0-9-",
    scope: "group",
    source: source("microsoftoperationalinsights"),
  },
  vault: {
    min: 3,
    max: 24,
    alphabet: "a-zA-Z0-9-",
    first: "a-zA-Z",
    scope: "global",
    source: source("microsoftkeyvault"),
  },
  key: vaultObject,
  secret: vaultObject,
  identity: {
    min: 3,
    max: 128,
    alphabet: "a-zA-Z0-9_-",
    scope: "group",
    source: source("microsoftmanagedidentity"),
  },
  diagnosticSetting: {
    max: 260,
    alphabet: "a-zA-Z0-9_.-",
    scope: "parent",
    source: source("microsoftinsights"),
  },
  lock: { max: 90, alphabet: "a-zA-Z0-9_.()-", scope: "parent", source: source("microsoftauthorization") },
  deployment: { max: 64, alphabet: "a-zA-Z0-9_.()-", scope: "group", source: source("microsoftresources") },
  virtualNetwork: { ...networking, min: 2, max: 64 },
  subnet: { ...networking, scope: "parent" },
  networkSecurityGroup: networking,
  natGateway: networking,
  publicIpAddress: networking,
  privateEndpoint: { ...networking, min: 2, max: 64 },
  privateZoneLink: { ...networking, scope: "parent" },
  flowLog: { ...networking, scope: "parent" },
  /** The first part of <name>.trafficmanager.net as well. */
  trafficManagerProfile: {
    max: 63,
    alphabet: "a-zA-Z0-9-",
    scope: "global",
    source: source("microsoftnetwork"),
  },
  /** Letters and digits only. */
  frontDoorPolicy: {
    max: 128,
    alphabet: "a-zA-Z0-9",
    first: "a-zA-Z",
    separator: "",
    scope: "group",
    source: source("microsoftnetwork"),
  },
  firewallPolicy: { ...networking, max: 128 },
  frontDoorProfile: { max: 260, alphabet: "a-zA-Z0-9-", scope: "group", source: source("microsoftcdn") },
  /** The first part of its host name, to which Azure adds a hash of its own. */
  frontDoorEndpoint: { max: 46, min: 2, alphabet: "a-zA-Z0-9-", scope: "parent", source: source("microsoftcdn") },
  storageAccount: {
    min: 3,
    max: 24,
    alphabet: "a-z0-9",
    separator: "",
    scope: "global",
    source: source("microsoftstorage"),
  },
  container: { min: 3, max: 63, alphabet: "a-z0-9-", scope: "parent", source: source("microsoftstorage") },
  cluster: { max: 63, alphabet: "a-zA-Z0-9_-", scope: "group", source: source("microsoftcontainerservice") },
  clusterDnsPrefix: {
    max: 54,
    alphabet: "a-zA-Z0-9-",
    scope: "group",
    source: "https://learn.microsoft.com/azure/aks/faq (error code DnsPrefixInvalid)",
  },
  /** Always with a hash (cluster/azure-pools.ts). */
  agentPool: {
    max: 12,
    alphabet: "a-z0-9",
    first: "a-z",
    separator: "",
    scope: "global",
    source: source("microsoftcontainerservice"),
  },
  diskEncryptionSet: { max: 80, alphabet: "a-zA-Z0-9_-", scope: "group", source: source("microsoftcompute") },
  dataCollectionRule: { max: 64, alphabet: "a-zA-Z0-9-", scope: "group", source: source("microsoftinsights") },
  federatedCredential: {
    min: 3,
    max: 120,
    alphabet: "a-zA-Z0-9_-",
    scope: "parent",
    source: source("microsoftmanagedidentity"),
  },
  registry: {
    min: 5,
    max: 50,
    alphabet: "a-z0-9",
    separator: "",
    scope: "global",
    source: source("microsoftcontainerregistry"),
  },
  registryTask: {
    min: 5,
    max: 50,
    alphabet: "a-zA-Z0-9_-",
    scope: "parent",
    source: source("microsoftcontainerregistry"),
  },
  redis: { max: 60, alphabet: "a-zA-Z0-9-", scope: "global", source: source("microsoftcache") },
  eventTopic: { min: 3, max: 50, alphabet: "a-zA-Z0-9-", scope: "group", source: source("microsofteventgrid") },
  networkPeering: { ...networking, scope: "parent" },
  postgresServer: {
    min: 3,
    max: 63,
    alphabet: "a-z0-9-",
    scope: "global",
    source: source("microsoftdbforpostgresql"),
  },
} as const satisfies Record<string, NamingRule>;
