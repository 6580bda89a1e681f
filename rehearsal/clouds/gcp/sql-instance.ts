import { each, fits, oneOf, refuse } from "../limits";
import type { Item, Moment, Props, Refusal, Row } from "../row";
import { flag, isSet, list, number, pick, text } from "../values";
import { kept, named, nameOf, network, preventedBy, projectOf, region, regionOf, said } from "./common";
import { keyLocation, mayUse } from "./key-use";
import { connectionType } from "./peering";
import { projectNumber } from "./place";
import { answered, certificate, privateAddress, publicAddress } from "./sql-answers";
import { settings } from "./sql-settings";
import { isReplica } from "./sql-tier";

export const instanceType = "gcp:sql/databaseInstance:DatabaseInstance";

/** https://cloud.google.com/sql/docs/db-versions */
const versions =
  /^(POSTGRES_(9_6|1[0-8])|MYSQL_(5_6|5_7|8_0(_\d+)?|8_4)|SQLSERVER_(2017|2019|2022|2025)_(STANDARD|ENTERPRISE|EXPRESS|WEB))$/;

/** The provider looks for the peering before it asks for an instance; the API would fail minutes later and keep the name. */
function peered({ inputs, account }: Moment): readonly Refusal[] {
  const link = text(pick(inputs, "settings.ipConfiguration.privateNetwork"))?.replace(
    /^https?:\/\/.+\/(projects\/)/,
    "$1",
  );
  if (link === undefined) return [];
  const found = account.all(connectionType).some((item) => (text(item.inputs["network"]) ?? "").endsWith(link));
  return found
    ? []
    : refuse(
        "settings.ipConfiguration.privateNetwork",
        "Error, failed to create instance because the network doesn't have at least 1 private services connection. Please see https://cloud.google.com/sql/docs/mysql/private-ip#network_requirements for how to create this connection.",
      );
}

/** A key in the instance's region that the project's Cloud SQL agent may use. https://cloud.google.com/sql/docs/postgres/configure-cmek */
function keyUse(moment: Moment): readonly Refusal[] {
  const key = text(moment.inputs["encryptionKeyName"]);
  if (key === undefined) return [];
  const [where, here] = [keyLocation(key), regionOf(moment)];
  const agent = `service-${projectNumber(projectOf(moment))}@gcp-sa-cloud-sql.iam.gserviceaccount.com`;
  return [
    ...(where === here
      ? []
      : refuse("encryptionKeyName", `the key is in ${where}, the instance in ${here}: they must be in one region`)),
    ...(mayUse(moment.account, key, "sql")
      ? []
      : refuse(
          "encryptionKeyName",
          `Required 'roles/cloudkms.cryptoKeyEncrypterDecrypter' on the key is missing for ${agent}`,
        )),
  ];
}

function replica(moment: Moment): readonly Refusal[] {
  const { inputs, account } = moment;
  const primary = account.find([instanceType], "name", inputs["masterInstanceName"] ?? null);
  if (!isReplica(inputs) || primary === undefined) return [];
  const maxOf = (of: Props) =>
    list(pick(of, "settings.databaseFlags")).find((one) => pick(one, "name") === "max_connections");
  const [here, there] = [maxOf(inputs), maxOf(primary.inputs)].map((one) =>
    Number(text(pick(one, "value")) ?? Number.NaN),
  );
  const same = text(primary.outputs["region"]) === regionOf(moment);
  return [
    ...(!moment.old && primary.inputs["databaseVersion"] !== inputs["databaseVersion"]
      ? refuse("databaseVersion", `a replica has its primary's version, ${text(primary.inputs["databaseVersion"])}`)
      : []),
    ...(flag(pick(primary.inputs, "settings.backupConfiguration.enabled")) === true
      ? []
      : refuse(
          "masterInstanceName",
          "The primary must have backups (and point-in-time recovery or binary logs) enabled before it can have replicas",
        )),
    ...(same &&
    isSet(inputs["encryptionKeyName"]) &&
    inputs["encryptionKeyName"] !== primary.inputs["encryptionKeyName"]
      ? refuse("encryptionKeyName", "a replica in its primary's region has its primary's key")
      : []),
    ...(here !== undefined && there !== undefined && here < there
      ? refuse("settings.databaseFlags", `max_connections (${here}) must not be below the primary's (${there})`)
      : []),
  ];
}

/** A replica that is told to be an instance, without its primary, becomes one in place; nothing becomes a replica again. */
const promotes = (inputs: Props, old: Item) =>
  isReplica(old.inputs) && !isReplica(inputs) && inputs["instanceType"] === "CLOUD_SQL_INSTANCE";

export const databaseInstance: Row = {
  type: instanceType,
  autoName: named,
  immutable: ["name", "project", "region", "encryptionKeyName", "settings.collation", "settings.timeZone"],
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
    const { inputs, old } = moment;
    const [before, after] = [text(old?.inputs["databaseVersion"]), text(inputs["databaseVersion"])];
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
      ...(isSet(inputs["settings"]) || isSet(inputs["clone"]) || isSet(inputs["pointInTimeRestoreContext"])
        ? []
        : refuse("settings", "one of settings, clone, point_in_time_restore_context must be specified")),
      ...((text(inputs["databaseVersion"]) ?? "").startsWith("SQLSERVER") &&
      !isSet(inputs["rootPassword"]) &&
      !isSet(inputs["rootPasswordWo"])
        ? refuse("rootPassword", "SQL Server needs a root password")
        : []),
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
      replicaNames: [],
      replicationCluster: { drReplica: false, failoverDrReplicaName: "", psaWriteEndpoint: "" },
      ...kept(moment, "serverCaCerts", () => [certificate(moment, where)]),
    };
  },
  volatile: ["settings"],
  seconds: {
    create: 780,
    update: 90,
    delete: 120,
    source: "typical of provider logs: 6 to 20 minutes with a private address, twice as long with a standby",
  },
};

export const primaryOf = (moment: Moment): Item | undefined =>
  moment.account.find([instanceType], "name", (text(moment.inputs["instance"]) ?? "").replace(/^.*\//, ""));
