import { between, each, fits, oneOf, refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { flag, isSet, list, number, object, pick, text } from "../values";
import {
  deletionPolicy,
  kept,
  labelOutputs,
  labelSecrets,
  labels,
  network,
  preventedBy,
  projectOf,
  said,
  since,
} from "./common";
import { locationOf, policyType, subnetType, tail } from "./connection-policy";
import { keyRefusals } from "./key-use";
import { regions } from "./regions";
import { lentHost } from "./sql-answers";

const nodes = [
  "SHARED_CORE_NANO",
  "CUSTOM_PICO",
  "CUSTOM_MICRO",
  "CUSTOM_MINI",
  "STANDARD_SMALL",
  "STANDARD_LARGE",
  "HIGHCPU_MEDIUM",
  "HIGHMEM_MEDIUM",
  "HIGHMEM_XLARGE",
  "HIGHMEM_2XLARGE",
];

function policyMissing({ inputs, account, place }: Moment): readonly Refusal[] {
  const wanted = tail(text(pick(inputs, "desiredAutoCreatedEndpoints.0.network")));
  if (wanted === undefined) return [];
  const location = locationOf({ inputs, place });
  const found = account
    .all(policyType)
    .some(
      (item) =>
        item.inputs["serviceClass"] === "gcp-memorystore" &&
        item.inputs["location"] === location &&
        tail(text(item.inputs["network"])) === wanted,
    );
  return found
    ? []
    : refuse(
        "desiredAutoCreatedEndpoints",
        `no service connection policy for service class gcp-memorystore, region ${location} and network ${wanted}`,
      );
}

const newerFirst = ["VALKEY_9_0", "VALKEY_8_0", "VALKEY_7_2"];
const periods = ["ONE_HOUR", "SIX_HOURS", "TWELVE_HOURS", "TWENTY_FOUR_HOURS"];

export const memorystoreInstance: Row = {
  type: "gcp:memorystore/instance:Instance",
  immutable: [
    "instanceId",
    "project",
    "location",
    "authorizationMode",
    "desiredAutoCreatedEndpoints",
    "kmsKey",
    "mode",
    "serverCaMode",
    "transitEncryptionMode",
    "zoneDistributionConfig",
  ],
  unique: { by: ["project", "location", "instanceId"], scope: "account" },
  references: [
    { path: "kmsKey", to: ["gcp:kms/cryptoKey:CryptoKey"] },
    network("desiredAutoCreatedEndpoints.*.network"),
  ],
  secrets: labelSecrets,
  check: ({ inputs, before }) => [
    ...fits(
      inputs,
      "instanceId",
      /^[a-z]([a-z0-9-]{2,61}[a-z0-9])$/,
      "4 to 63 lower case letters, digits and -, beginning with a letter and ending with a letter or digit",
    ),
    ...each(
      inputs,
      "location",
      (value) => Object.hasOwn(regions, said(value)),
      (value) => `${value} is not a region`,
    ),
    ...labels(inputs),
    ...between(inputs, "shardCount", 1, 250),
    ...between(inputs, "replicaCount", 0, 5),
    ...(text(inputs["mode"]) === "CLUSTER_DISABLED" && (number(inputs["shardCount"]) ?? 1) !== 1
      ? refuse("shardCount", "is 1 with cluster mode disabled")
      : []),
    ...oneOf(inputs, "nodeType", nodes),
    ...fits(inputs, "engineVersion", /^VALKEY_(7_2|8_0|9_0)$/, "VALKEY_7_2, VALKEY_8_0 or VALKEY_9_0"),
    ...oneOf(inputs, "authorizationMode", ["AUTH_DISABLED", "IAM_AUTH", "TOKEN_AUTH"]),
    ...oneOf(inputs, "transitEncryptionMode", ["TRANSIT_ENCRYPTION_DISABLED", "SERVER_AUTHENTICATION"]),
    ...oneOf(inputs, "persistenceConfig.rdbConfig.rdbSnapshotPeriod", periods),
    ...(text(pick(inputs, "zoneDistributionConfig.mode")) === "SINGLE_ZONE" &&
    !isSet(pick(inputs, "zoneDistributionConfig.zone"))
      ? refuse("zoneDistributionConfig.zone", "is needed with mode SINGLE_ZONE")
      : []),
    ...each(
      inputs,
      "zoneDistributionConfig.zone",
      (value) => typeof inputs["location"] !== "string" || said(value).startsWith(`${inputs["location"]}-`),
      (value) => `zone ${value} isn't in ${said(inputs["location"])}`,
    ),
    ...oneOf(inputs, "persistenceConfig.aofConfig.appendFsync", ["NEVER", "EVERY_SEC", "ALWAYS"]),
    ...(newerFirst.indexOf(said(before?.["engineVersion"])) < newerFirst.indexOf(said(inputs["engineVersion"])) &&
    newerFirst.includes(said(before?.["engineVersion"]))
      ? refuse("engineVersion", `Error 400: an instance doesn't go back from ${said(before?.["engineVersion"])}`)
      : []),
    ...fits(inputs, "automatedBackupConfig.retention", /^\d+s$/, "a duration such as 604800s"),
    ...each(
      inputs,
      "automatedBackupConfig.retention",
      (value) => Number.parseInt(said(value), 10) >= 86_400 && Number.parseInt(said(value), 10) <= 365 * 86_400,
      (value) => `from one day to 365 days, got ${value}`,
    ),
    ...between(inputs, "automatedBackupConfig.fixedFrequencySchedule.startTime.hours", 0, 23),
  ],
  admit: (moment) =>
    moment.old ? [] : [...policyMissing(moment), ...keyRefusals(moment, "kmsKey", locationOf(moment), "memorystore")],
  release: (moment) =>
    preventedBy(moment) ??
    (flag(moment.inputs["deletionProtectionEnabled"]) !== false
      ? "Error 400: The instance is deletion protected. Please disable deletion protection to delete the instance."
      : undefined),
  id: (moment) =>
    `projects/${projectOf(moment)}/locations/${locationOf(moment)}/instances/${text(moment.inputs["instanceId"])}`,
  outputs: (moment) => {
    const { inputs } = moment;
    const secure = inputs["transitEncryptionMode"] === "SERVER_AUTHENTICATION";
    return {
      ...labelOutputs(moment),
      ...deletionPolicy(moment),
      ...since(moment, "createTime"),
      ...kept(
        moment,
        "uid",
        () =>
          `${moment.random("uid", 8)}-${moment.random("uid2", 4)}-4${moment.random("uid3", 3)}-8${moment.random("uid4", 3)}-${moment.random("uid5", 12)}`,
      ),
      project: projectOf(moment),
      name: moment.id,
      state: "ACTIVE",
      stateInfos: [],
      mode: inputs["mode"] ?? "CLUSTER",
      nodeType: inputs["nodeType"] ?? "HIGHMEM_MEDIUM",
      engineVersion: inputs["engineVersion"] ?? "VALKEY_9_0",
      replicaCount: inputs["replicaCount"] ?? 0,
      nodeConfigs: [{ sizeGb: 13 }],
      authorizationMode: inputs["authorizationMode"] ?? "AUTH_DISABLED",
      transitEncryptionMode: inputs["transitEncryptionMode"] ?? "TRANSIT_ENCRYPTION_DISABLED",
      persistenceConfig: inputs["persistenceConfig"] ?? { mode: "DISABLED" },
      zoneDistributionConfig: inputs["zoneDistributionConfig"] ?? { mode: "MULTI_ZONE" },
      availableMaintenanceVersions: [],
      ...kept(moment, "effectiveMaintenanceVersion", () => "MEMORYSTORE_20261001_00_00"),
      isAclPolicyInSync: true,
      maintenanceSchedules: [],
      discoveryEndpoints: [],
      pscAutoConnections: [],
      pscAttachmentDetails: [],
      backupCollection: "",
      updateTime: "",
      endpoints: endpoints(moment),
      ...kept(moment, "managedServerCas", () =>
        secure
          ? [
              {
                caCerts: [
                  {
                    certificates: [
                      `-----BEGIN CERTIFICATE-----\n${moment.random("certificate", 64)}\n-----END CERTIFICATE-----`,
                    ],
                  },
                ],
              },
            ]
          : [],
      ),
      ...(isSet(inputs["maintenancePolicy"])
        ? { maintenancePolicy: { ...object(inputs["maintenancePolicy"]), createTime: "", updateTime: "" } }
        : {}),
    };
  },
  seconds: { create: 600, update: 420, delete: 240, source: "typical of provider logs: 8 to 15 minutes" },
};

/** Two addresses in the policy's subnet: one that clients find the shards by, one behind it. */
function endpoints(moment: Moment) {
  if (moment.old && isSet(moment.old.outputs["endpoints"])) return moment.old.outputs["endpoints"] ?? [];
  return list(moment.inputs["desiredAutoCreatedEndpoints"]).map((one) => {
    const link = tail(text(pick(one, "network")));
    const policy = moment.account.all(policyType).find((item) => tail(text(item.inputs["network"])) === link);
    const subnet = moment.account.find([subnetType], "id", pick(policy?.inputs, "pscConfig.subnetworks.0") ?? null);
    const range = text(subnet?.inputs["ipCidrRange"]) ?? "10.128.0.0/20";
    const connection = (connectionType: string, label: string) => ({
      pscAutoConnection: {
        connectionType,
        forwardingRule: `https://www.googleapis.com/compute/v1/projects/${projectOf(moment)}/regions/${locationOf(moment)}/forwardingRules/sca-auto-fr-${moment.random(label, 12)}`,
        ipAddress: lentHost({ ...moment, random: (what, length) => moment.random(`${label}-${what}`, length) }, range),
        network: link ?? "",
        port: 6379,
        projectId: text(pick(one, "projectId")) ?? projectOf(moment),
        pscConnectionId: moment.random(`${label}-id`, 17, "123456789"),
        serviceAttachment: `projects/${moment.random("tenant", 12, "123456789")}/regions/${locationOf(moment)}/serviceAttachments/gcp-memorystore-auto-${moment.random(label, 8)}`,
      },
    });
    return {
      connections: [
        connection("CONNECTION_TYPE_DISCOVERY", "discovery"),
        connection("CONNECTION_TYPE_PRIMARY", "primary"),
      ],
    };
  });
}
