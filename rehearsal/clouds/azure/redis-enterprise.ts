// Azure Managed Redis.
import { fits, oneOf, refuse } from "../limits";
import type { CloudFunction, Moment, Props, Refusal, Row } from "../row";
import { isSet, pick, pickAll, text, texts } from "../values";
import { arm, identityOutput, named, systemData } from "./arm";
import { userAssignedIdentity } from "./identity";
import { keyUseRefusals } from "./key-use";
import { lacksZones, plainLocation } from "./locations";
import { token } from "./types";

export const redisEnterprise = token("redisenterprise:RedisEnterprise");
const database = token("redisenterprise:Database");
const api = "2025-07-01";
const namespace = "Microsoft.Cache";
const clusterPath = ["redisEnterprise", "clusterName"] as const;
/** https://learn.microsoft.com/azure/redis/overview#choosing-the-right-tier */
const machine =
  /^(Balanced_B(0|1|3|5|10|20|50|100|150|250|350|500|700|1000)|MemoryOptimized_M(10|20|50|100|150|250|350|500|700|1000|1500|2000)|ComputeOptimized_X(3|5|10|20|50|100|150|250|350|500|700)|FlashOptimized_A(250|500|700|1000|1500|2000|4500))$/;

function changes({ inputs, old }: Moment): readonly Refusal[] {
  if (!old) return [];
  const high = "highAvailability";
  return old.inputs[high] !== inputs[high] && inputs[high] === "Disabled"
    ? refuse(high, "BadRequest: high availability can't be switched off once it is on.")
    : [];
}

const clusterRow = arm({
  name: "redisenterprise:RedisEnterprise",
  api,
  namespace,
  path: [clusterPath],
  own: {
    pattern: /^(?=.{1,60}$)[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*$/,
    rule: "1 to 60 letters, digits and single hyphens, none at either end",
  },
  // Its address has the region in it.
  unique: { by: ["clusterName", "location"], scope: "world" },
  location: "replaces",
  taggable: true,
  references: [{ path: "identity.userAssignedIdentities.*", to: [userAssignedIdentity], weak: true }],
  check: ({ inputs }) => [
    ...fits(
      inputs,
      "sku.name",
      machine,
      "InvalidSku: a size of Azure Managed Redis; Enterprise_* take no new instances",
    ),
    ...(isSet(pick(inputs, "sku.capacity"))
      ? refuse("sku.capacity", "BadRequest: only Enterprise SKUs take a capacity.")
      : []),
    ...(isSet(inputs["zones"]) ? refuse("zones", "BadRequest: Azure Managed Redis chooses its zones itself.") : []),
    ...oneOf(inputs, "minimumTlsVersion", ["1.2"]),
    ...oneOf(inputs, "identity.type", ["None", "SystemAssigned", "UserAssigned", "SystemAssigned, UserAssigned"]),
    ...fits(
      inputs,
      "encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl",
      /^https:\/\/[a-zA-Z0-9-]+\.vault\.azure\.net\/keys\/[^/]+\/[0-9a-f]{32}$/,
      "BadRequest: a key's URL with its version",
    ),
  ],
  admit: (moment) => {
    const at = "encryption.customerManagedKeyEncryption";
    const user = pick(moment.inputs, `${at}.keyEncryptionKeyIdentity.userAssignedIdentityResourceId`);
    const listed = texts(pick(moment.inputs, "identity.userAssignedIdentities"));
    return [
      ...keyUseRefusals(moment, `${at}.keyEncryptionKeyUrl`, pick(moment.inputs, `${at}.keyEncryptionKeyUrl`), {
        by: "id",
        value: user,
      }),
      ...(isSet(user) && !listed.includes(text(user) ?? "")
        ? refuse(`${at}.keyEncryptionKeyIdentity`, "BadRequest: the identity isn't one of the cluster's.")
        : []),
      ...changes(moment),
    ];
  },
  outputs: (moment) => ({
    hostName: `${text(moment.inputs["clusterName"]) ?? ""}.${plainLocation(moment.inputs["location"])}.redis.azure.net`,
    kind: "v2",
    provisioningState: "Succeeded",
    resourceState: "Running",
    redisVersion: "7.4",
    redundancyMode:
      moment.inputs["highAvailability"] === "Disabled" ? "None" : lacksZones(moment.inputs["location"]) ? "LR" : "ZR",
    highAvailability: moment.inputs["highAvailability"] ?? "Enabled",
    privateEndpointConnections: [],
    ...(isSet(moment.inputs["identity"])
      ? { identity: identityOutput(moment.inputs["identity"], moment, userAssignedIdentity) }
      : {}),
  }),
  seconds: { create: 420, update: 300, delete: 180, source: "estimate: 5 to 10 minutes, from deployments' logs" },
});

/** What a database can't become, and what its policy leaves open. */
function databaseRefusals(inputs: Props): readonly Refusal[] {
  const on = (path: string) => pick(inputs, path) === true;
  return [
    ...oneOf(inputs, "clientProtocol", ["Encrypted", "Plaintext"]),
    ...oneOf(inputs, "clusteringPolicy", ["EnterpriseCluster", "OSSCluster", "NoCluster"]),
    ...oneOf(inputs, "evictionPolicy", [
      "AllKeysLFU",
      "AllKeysLRU",
      "AllKeysRandom",
      "VolatileLRU",
      "VolatileLFU",
      "VolatileTTL",
      "VolatileRandom",
      "NoEviction",
    ]),
    ...oneOf(inputs, "accessKeysAuthentication", ["Enabled", "Disabled"]),
    ...oneOf(inputs, "deferUpgrade", ["Deferred", "NotDeferred"]),
    ...oneOf(inputs, "port", [10000]),
    ...oneOf(inputs, "persistence.rdbFrequency", ["1h", "6h", "12h"]),
    ...oneOf(inputs, "persistence.aofFrequency", ["1s", "always"]),
    ...(on("persistence.rdbEnabled") && on("persistence.aofEnabled")
      ? refuse("persistence", "BadRequest: at most one of AOF and RDB persistence can be enabled.")
      : []),
    ...((on("persistence.rdbEnabled") || on("persistence.aofEnabled")) && isSet(inputs["geoReplication"])
      ? refuse("persistence", "BadRequest: persistence isn't available with active geo-replication.")
      : []),
    // https://learn.microsoft.com/azure/redis/redis-modules#redisearch
    ...(texts(pickAll(inputs, "modules.*.name").map(({ value }) => value)).includes("RediSearch")
      ? [
          ...(inputs["evictionPolicy"] === "NoEviction"
            ? []
            : refuse("evictionPolicy", "BadRequest: RediSearch needs the eviction policy NoEviction.")),
          ...(text(inputs["clusteringPolicy"]) === "OSSCluster" || inputs["clusteringPolicy"] === undefined
            ? refuse("clusteringPolicy", "BadRequest: RediSearch needs the policy EnterpriseCluster or NoCluster.")
            : []),
        ]
      : []),
    ...(on("persistence.rdbEnabled") && !isSet(pick(inputs, "persistence.rdbFrequency"))
      ? refuse("persistence.rdbFrequency", "BadRequest: required with rdbEnabled.")
      : []),
  ];
}

/** The API's specification: a policy is updated from NoCluster only, and azure-native replaces nothing for it. */
const policyRefusals = ({ inputs, old }: Moment): readonly Refusal[] => {
  const before = text(old?.outputs["clusteringPolicy"]);
  const after = text(inputs["clusteringPolicy"]) ?? "OSSCluster";
  return before === undefined || before === "NoCluster" || before === after
    ? []
    : refuse(
        "clusteringPolicy",
        `BadRequest: the clustering policy can't be updated from ${before} to ${after} without deleting the database.`,
      );
};

/** https://learn.microsoft.com/azure/redis/architecture#cluster-policies, /azure/redis/how-to-active-geo-replication */
function machineRefusals(moment: Moment): readonly Refusal[] {
  const { inputs } = moment;
  const sku = text(pick(named(moment, redisEnterprise, { namespace, path: [clusterPath] })?.inputs, "sku.name")) ?? "";
  const gigabytes = Number(/\d+$/.exec(sku)?.[0] ?? 0);
  return [
    ...(inputs["clusteringPolicy"] === "NoCluster" && gigabytes > 20
      ? refuse("clusteringPolicy", `BadRequest: NoCluster is for caches up to 25 GB; ${sku} is larger.`)
      : []),
    ...(isSet(inputs["geoReplication"]) && /^Balanced_B[01]$/.test(sku)
      ? refuse("geoReplication", `BadRequest: active geo-replication isn't available for ${sku}.`)
      : []),
  ];
}

const databaseRow = arm({
  name: "redisenterprise:Database",
  api,
  namespace,
  path: [clusterPath, ["databases", "databaseName"]],
  parents: [redisEnterprise],
  inside: true,
  own: { pattern: /^default$/, rule: "BadRequest: the one database of a cluster is called default" },
  // x-ms-mutability of the API's specification: read and create.
  immutable: ["port", "modules", "geoReplication"],
  deleteBeforeReplace: true,
  check: ({ inputs }) => databaseRefusals(inputs),
  admit: (moment) => [...policyRefusals(moment), ...machineRefusals(moment)],
  outputs: (moment) => ({
    provisioningState: "Succeeded",
    resourceState: "Running",
    redisVersion: "7.4",
    port: moment.inputs["port"] ?? 10000,
    clientProtocol: moment.inputs["clientProtocol"] ?? "Encrypted",
    clusteringPolicy: moment.inputs["clusteringPolicy"] ?? "OSSCluster",
    evictionPolicy: moment.inputs["evictionPolicy"] ?? "VolatileLRU",
    accessKeysAuthentication: moment.inputs["accessKeysAuthentication"] ?? "Disabled",
    deferUpgrade: moment.inputs["deferUpgrade"] ?? "NotDeferred",
    systemData: moment.old?.outputs["systemData"] ?? systemData(moment),
  }),
  seconds: { create: 120, update: 120, delete: 60, source: "estimate" },
});

export const rows: readonly Row[] = [clusterRow, databaseRow];

export const functions: readonly CloudFunction[] = [
  {
    token: token("redisenterprise:listDatabaseKeys"),
    secrets: ["primaryKey", "secondaryKey"],
    call: ({ clusterName = "", databaseName = "" }, { account, random }) => {
      const found = account
        .all(database)
        .find(({ inputs }) => inputs["clusterName"] === clusterName && inputs["databaseName"] === databaseName);
      if (!found)
        return refuse(
          "databaseName",
          `ResourceNotFound: there is no database ${text(databaseName) ?? ""} in ${text(clusterName) ?? ""}.`,
        );
      if (pick(found.outputs, "accessKeysAuthentication") === "Disabled")
        return refuse("databaseName", "BadRequest: access keys are disabled for this database.");
      const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
      const key = (which: string) => `${random(`secret:${which} ${found.id}`, 43, letters)}=`;
      return { primaryKey: key("primary"), secondaryKey: key("secondary") };
    },
  },
];
