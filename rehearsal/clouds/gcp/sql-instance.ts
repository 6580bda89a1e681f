import { each, fits, oneOf, refuse } from "../limits";
import type { Item, Moment, Props, Refusal, Row } from "../row";
import { flag, isSet, number, pick, text } from "../values";
import { kept, named, nameOf, network, preventedBy, projectOf, region, regionOf, said } from "./common";
import { projectNumber } from "./place";
import { answered, certificate, privateAddress, publicAddress } from "./sql-answers";
import { instanceType, keyUse, peered, replica, replicaNames } from "./sql-neighbours";
import { settings } from "./sql-settings";
import { isReplica } from "./sql-tier";

/** https://cloud.google.com/sql/docs/db-versions */
const versions =
  /^(POSTGRES_(9_6|1[0-8])|MYSQL_(5_6|5_7|8_0(_\d+)?|8_4)|SQLSERVER_(2017|2019|2022|2025)_(STANDARD|ENTERPRISE|EXPRESS|WEB))$/;

/** A replica that is told to be an instance, without its primary, becomes one in place; nothing becomes a replica again. */
const promotes = (inputs: Props, old: Item) =>
  isReplica(old.inputs) && !isReplica(inputs) && inputs["instanceType"] === "CLOUD_SQL_INSTANCE";

/** https://cloud.google.com/sql/docs/postgres/instance-settings#storage-type-2ndgen: chosen once. */
function diskKind({ inputs, before }: Moment): readonly Refusal[] {
  const kinds = ["PD_SSD", "PD_HDD"];
  const [was, wanted] = [before, inputs].map((of) => text(pick(of, "settings.diskType")) ?? "PD_SSD");
  return before !== undefined && was !== wanted && kinds.includes(was ?? "") && kinds.includes(wanted ?? "")
    ? refuse("settings.diskType", `The storage type can't be changed from ${was} to ${wanted} after creation.`)
    : [];
}

export const databaseInstance: Row = {
  type: instanceType,
  autoName: named,
  immutable: ["name", "project", "region", "encryptionKeyName", "settings.collation"],
  replaces: ({ inputs, old }) => [
    ...(inputs["masterInstanceName"] === old.inputs["masterInstanceName"] || promotes(inputs, old)
      ? []
      : ["masterInstanceName"]),
    ...(isSet(pick(old.inputs, "settings.ipConfiguration.privateNetwork")) &&
    !isSet(pick(inputs, "settings.ipConfiguration.privateNetwork"))
      ? ["settings.ipConfiguration.privateNetwork"]
      : []),
    ...(flag(pick(inputs, "settings.diskAutoresize")) === false &&
    (number(pick(inputs, "settings.diskSize")) ?? Number.POSITIVE_INFINITY) <
      (number(pick(old.inputs, "settings.diskSize")) ?? 0)
      ? ["settings.diskSize"]
      : []),
  ],
  unordered: [
    "settings.databaseFlags",
    "settings.ipConfiguration.authorizedNetworks",
    "settings.connectionPoolConfigs",
  ],
  unique: { by: ["name"], scope: "account" },
  references: [
    network("settings.ipConfiguration.privateNetwork"),
    { path: "encryptionKeyName", to: ["gcp:kms/cryptoKey:CryptoKey"] },
    { path: "masterInstanceName", to: [instanceType], by: ["name", "id", "selfLink"] },
    { path: "settings.ipConfiguration.allocatedIpRange", to: ["gcp:compute/globalAddress:GlobalAddress"], by: "name" },
  ],
  secrets: ["replicaConfiguration", "rootPassword", "serverCaCerts"],
  writeOnly: ["rootPasswordWo"],
  check: (moment) => {
    const { inputs } = moment;
    const [before, after] = [text(moment.before?.["databaseVersion"]), text(inputs["databaseVersion"])];
    const major = (version: string) => Number(/_(\d+)/.exec(version)?.[1]);
    return [
      ...fits(
        inputs,
        "name",
        /^[a-z]([a-z0-9-]{0,96}[a-z0-9])?$/,
        "lower case letters, digits and -, beginning with a letter and ending with a letter or digit",
      ),
      ...each(
        inputs,
        "name",
        (value) => `${projectOf(moment)}:${said(value)}`.length <= 98,
        () => `with the project in front (${projectOf(moment)}:) it has more than 98 characters`,
      ),
      ...region(moment),
      ...oneOf(inputs, "instanceType", ["CLOUD_SQL_INSTANCE", "READ_REPLICA_INSTANCE", "ON_PREMISES_INSTANCE"]),
      ...(inputs["instanceType"] === "READ_REPLICA_INSTANCE" && !isSet(inputs["masterInstanceName"])
        ? refuse("instanceType", "a read replica names its primary in masterInstanceName")
        : inputs["instanceType"] === "CLOUD_SQL_INSTANCE" && isReplica(inputs)
          ? refuse("masterInstanceName", "is taken away when a replica is promoted")
          : []),
      ...fits(
        inputs,
        "databaseVersion",
        versions,
        "a version such as POSTGRES_16, MYSQL_8_4 or SQLSERVER_2022_STANDARD",
      ),
      ...(before !== undefined &&
      after !== undefined &&
      before.split("_")[0] === after.split("_")[0] &&
      major(after) < major(before)
        ? refuse("databaseVersion", `The major version can't go back from ${before} to ${after}`)
        : []),
      ...((text(inputs["databaseVersion"]) ?? "").startsWith("SQLSERVER") &&
      !isSet(inputs["rootPassword"]) &&
      !isSet(inputs["rootPasswordWo"])
        ? refuse("rootPassword", "SQL Server needs a root password")
        : []),
      ...diskKind(moment),
      ...settings(inputs),
    ];
  },
  admit: (moment) => [...(moment.old ? [] : peered(moment)), ...(moment.old ? [] : keyUse(moment)), ...replica(moment)],
  release: (moment) =>
    preventedBy(moment) ??
    (flag(moment.inputs["deletionProtection"]) !== false
      ? "Error, failed to delete instance because deletion_protection is set to true. Set it to false to proceed with instance deletion"
      : flag(pick(moment.inputs, "settings.deletionProtectionEnabled")) === true
        ? "Error 400: The instance is protected. Please disable the deletion protection and try again., invalidRequest"
        : undefined),
  id: (moment) => nameOf(moment),
  outputs: (moment) => {
    const { inputs } = moment;
    const project = projectOf(moment);
    const where = regionOf(moment);
    const open = flag(pick(inputs, "settings.ipConfiguration.ipv4Enabled")) !== false;
    const own = text(moment.old?.outputs["privateIpAddress"]) || privateAddress(moment);
    const outside = open ? text(moment.old?.outputs["publicIpAddress"]) || publicAddress(moment) : "";
    const all = [
      ...(outside ? [{ ipAddress: outside, type: "PRIMARY", timeToRetire: "" }] : []),
      ...(own ? [{ ipAddress: own, type: "PRIVATE", timeToRetire: "" }] : []),
    ];
    return {
      deletionPolicy: inputs["deletionPolicy"] ?? "DELETE",
      project,
      region: where,
      connectionName: `${project}:${where}:${nameOf(moment)}`,
      selfLink: `https://sqladmin.googleapis.com/sql/v1beta4/projects/${project}/instances/${nameOf(moment)}`,
      instanceType: isReplica(inputs) ? "READ_REPLICA_INSTANCE" : "CLOUD_SQL_INSTANCE",
      masterInstanceName: inputs["masterInstanceName"] ?? "",
      privateIpAddress: own,
      publicIpAddress: outside,
      firstIpAddress: outside || own,
      ipAddresses: all,
      settings: answered({ ...moment, inputs: { ...inputs, region: where } }),
      encryptionKeyName: inputs["encryptionKeyName"] ?? "",
      ...kept(
        moment,
        "serviceAccountEmailAddress",
        () =>
          `p${projectNumber(project)}-${moment.random("account", 6, "abcdefghijklmnopqrstuvwxyz0123456789")}@gcp-sa-cloud-sql.iam.gserviceaccount.com`,
      ),
      ...kept(moment, "maintenanceVersion", () => `${text(inputs["databaseVersion"])}_R20261011.01_02`),
      availableMaintenanceVersions: [],
      ...kept(moment, "dnsName", () => `${moment.random("dns", 12)}.${moment.random("zone", 13)}.${where}.sql.goog.`),
      dnsNames: [],
      pscServiceAttachmentLink: "",
      enforceNewSqlNetworkArchitecture: true,
      nodeCount: 0,
      replicaNames: replicaNames(moment),
      replicationCluster: { drReplica: false, failoverDrReplicaName: "", psaWriteEndpoint: "" },
      ...kept(moment, "serverCaCerts", () => [certificate(moment, where)]),
    };
  },
  volatile: ["settings"],
  // others come and go after it
  ripens: ["replicaNames"],
  seconds: {
    create: 780,
    update: 90,
    delete: 120,
    source: "typical of provider logs: 6 to 20 minutes with a private address, twice as long with a standby",
  },
};

export const primaryOf = (moment: Moment): Item | undefined =>
  moment.account.find([instanceType], "name", (text(moment.inputs["instance"]) ?? "").replace(/^.*\//, ""));
