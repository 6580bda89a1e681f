import { between, cidr, each, fits, oneOf, refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { flag, isSet, list, number, object, pick, text } from "../values";
import {
  deletionPolicy,
  kept,
  labelOutputs,
  labelSecrets,
  labels,
  nameOf,
  network,
  preventedBy,
  projectOf,
  region,
  regionOf,
  said,
  since,
} from "./common";
import { keyRefusals } from "./key-use";
import { connectionType } from "./peering";
import { lentAddress } from "./sql-answers";

/** https://cloud.google.com/memorystore/docs/redis/supported-versions */
const versions = ["REDIS_3_2", "REDIS_4_0", "REDIS_5_0", "REDIS_6_X", "REDIS_7_0", "REDIS_7_2"];
const policies = [
  "noeviction",
  "allkeys-lru",
  "allkeys-lfu",
  "allkeys-random",
  "volatile-lru",
  "volatile-lfu",
  "volatile-random",
  "volatile-ttl",
];

function peered({ inputs, account }: Moment): readonly Refusal[] {
  if (inputs["connectMode"] !== "PRIVATE_SERVICE_ACCESS") return [];
  const link = text(inputs["authorizedNetwork"])?.replace(/^https?:\/\/.+\/(projects\/)/, "$1");
  return link === undefined ||
    account.all(connectionType).some((item) => (text(item.inputs["network"]) ?? "").endsWith(link))
    ? []
    : refuse(
        "connectMode",
        `Google private services access is not enabled. Enable privates service access on ${link} and try again.`,
      );
}

/** https://cloud.google.com/memorystore/docs/redis/reference/rest/v1/projects.locations.instances */
function places(inputs: Moment["inputs"], here: string, ha: boolean): readonly Refusal[] {
  const direct = inputs["connectMode"] === "DIRECT_PEERING";
  return [
    ...["locationId", "alternativeLocationId"].flatMap((property) =>
      each(
        inputs,
        property,
        (value) => said(value).startsWith(`${here}-`),
        (value) => `zone ${value} isn't in ${here}`,
      ),
    ),
    ...(isSet(inputs["alternativeLocationId"]) && !ha
      ? refuse("alternativeLocationId", "is for tier STANDARD_HA only")
      : []),
    ...(text(inputs["alternativeLocationId"]) !== undefined && inputs["alternativeLocationId"] === inputs["locationId"]
      ? refuse("alternativeLocationId", "must differ from locationId")
      : []),
    ...(direct ? cidr(inputs, "reservedIpRange", 8, 29) : []),
  ];
}

export const redisInstance: Row = {
  type: "gcp:redis/instance:Instance",
  autoName: { property: "name", max: 40 },
  immutable: [
    "name",
    "project",
    "region",
    "tier",
    "alternativeLocationId",
    "authorizedNetwork",
    "connectMode",
    "customerManagedKey",
    "locationId",
    "reservedIpRange",
    "transitEncryptionMode",
  ],
  // A version goes up in place, never down.
  replaces: ({ inputs, old }) =>
    versions.indexOf(said(inputs["redisVersion"])) < versions.indexOf(said(old.outputs["redisVersion"])) &&
    isSet(inputs["redisVersion"])
      ? ["redisVersion"]
      : [],
  unique: { by: ["project", "region", "name"], scope: "account" },
  references: [network("authorizedNetwork"), { path: "customerManagedKey", to: ["gcp:kms/cryptoKey:CryptoKey"] }],
  secrets: [...labelSecrets, "authString"],
  check: (moment) => {
    const { inputs } = moment;
    const ha = inputs["tier"] === "STANDARD_HA";
    const reading = inputs["readReplicasMode"] !== "READ_REPLICAS_DISABLED" && isSet(inputs["readReplicasMode"]);
    const replicas = number(inputs["replicaCount"]);
    return [
      ...region(moment),
      ...fits(
        inputs,
        "name",
        /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/,
        "1 to 40 lower case letters, digits and -, beginning with a letter",
      ),
      ...labels(inputs),
      ...between(inputs, "memorySizeGb", 1, 300),
      ...oneOf(inputs, "redisVersion", versions),
      ...(text(pick(inputs, "persistenceConfig.persistenceMode")) === "RDB" &&
      !isSet(pick(inputs, "persistenceConfig.rdbSnapshotPeriod"))
        ? refuse("persistenceConfig.rdbSnapshotPeriod", "is needed with persistence mode RDB")
        : []),
      ...(inputs["readReplicasMode"] === "READ_REPLICAS_ENABLED" && (!ha || (number(inputs["memorySizeGb"]) ?? 0) < 5)
        ? refuse("readReplicasMode", "read replicas need tier STANDARD_HA and 5 GiB or more")
        : []),
      // Without read replicas a second node is the standby only.
      ...(replicas !== undefined && (replicas < Number(ha) || replicas > (ha ? (reading ? 5 : 1) : 0))
        ? refuse(
            "replicaCount",
            ha
              ? `expected ${reading ? "1 to 5" : "1 without read replicas"}, got ${replicas}`
              : "tier BASIC has no replicas",
          )
        : []),
      ...places(inputs, regionOf(moment), ha),
      ...each(
        inputs,
        "redisConfigs",
        (value) => {
          const wanted = object(value)["maxmemory-policy"];
          return !isSet(wanted) || typeof wanted !== "string" || policies.includes(wanted);
        },
        () => `maxmemory-policy is one of ${policies.join(", ")}`,
      ),
    ];
  },
  admit: (moment) =>
    moment.old ? [] : [...peered(moment), ...keyRefusals(moment, "customerManagedKey", regionOf(moment), "redis")],
  release: (moment) =>
    preventedBy(moment) ??
    (flag(moment.inputs["deletionProtection"]) === true
      ? "cannot destroy redis instance without setting deletion_protection=false and running `pulumi up`"
      : undefined),
  id: (moment) => `projects/${projectOf(moment)}/locations/${regionOf(moment)}/instances/${nameOf(moment)}`,
  outputs: (moment) => {
    const { inputs } = moment;
    const secure = inputs["transitEncryptionMode"] === "SERVER_AUTHENTICATION";
    const ha = inputs["tier"] === "STANDARD_HA";
    const was = (property: string) => text(moment.old?.outputs[property]);
    const host = was("host") ?? lentAddress(moment, text(inputs["authorizedNetwork"]));
    const zone = `${regionOf(moment)}-b`;
    return {
      ...labelOutputs(moment),
      ...deletionPolicy(moment),
      ...since(moment, "createTime"),
      project: projectOf(moment),
      region: regionOf(moment),
      displayName: inputs["displayName"] ?? "",
      redisVersion: inputs["redisVersion"] ?? moment.old?.outputs["redisVersion"] ?? "REDIS_7_2",
      host,
      port: secure ? 6378 : 6379,
      locationId: inputs["locationId"] ?? zone,
      alternativeLocationId: inputs["alternativeLocationId"] ?? "",
      currentLocationId: zone,
      effectiveReservedIpRange: "",
      reservedIpRange: inputs["reservedIpRange"] ?? "",
      secondaryIpRange: "",
      persistenceIamIdentity: `serviceAccount:${moment.random("persistence", 12, "0123456789")}-compute@developer.gserviceaccount.com`,
      maintenanceVersion: "20260914_00_00",
      maintenanceSchedules: [],
      nodes: [],
      readEndpoint: "",
      readEndpointPort: 0,
      readReplicasMode: inputs["readReplicasMode"] ?? "READ_REPLICAS_DISABLED",
      replicaCount: inputs["replicaCount"] ?? (ha ? 1 : 0),
      persistenceConfig: inputs["persistenceConfig"] ?? { persistenceMode: "DISABLED" },
      authString:
        flag(inputs["authEnabled"]) === true
          ? `${moment.random("secret:auth", 8)}-${moment.random("secret:auth2", 4)}-4${moment.random("secret:auth3", 3)}-9${moment.random("secret:auth4", 3)}-${moment.random("secret:auth5", 12)}`
          : "",
      ...kept(moment, "serverCaCerts", () =>
        secure
          ? [
              {
                cert: `-----BEGIN CERTIFICATE-----\n${moment.random("certificate", 64)}\n-----END CERTIFICATE-----`,
                createTime: moment.now,
                expireTime: moment.now.replace(/^\d{4}/, (year) => String(Number(year) + 10)),
                serialNumber: moment.random("serial", 16),
                sha1Fingerprint: moment.random("sha1", 40),
              },
            ]
          : [],
      ),
      ...(list(pick(inputs, "maintenancePolicy.weeklyMaintenanceWindows")).length > 0
        ? {
            maintenancePolicy: {
              ...object(inputs["maintenancePolicy"]),
              weeklyMaintenanceWindows: list(pick(inputs, "maintenancePolicy.weeklyMaintenanceWindows")).map((one) => ({
                ...object(one),
                duration: "3600s",
              })),
            },
          }
        : {}),
    };
  },
  seconds: { create: 300, update: 240, delete: 180, source: "typical of provider logs: 4 to 7 minutes" },
};
