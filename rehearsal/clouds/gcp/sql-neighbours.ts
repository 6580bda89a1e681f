// What an instance of Cloud SQL needs of what stands around it: the peering, a key, its primary.
import { refuse } from "../limits";
import type { Item, Moment, Props, Refusal } from "../row";
import { flag, isSet, list, number, pick, text, texts } from "../values";
import { projectOf, regionOf } from "./common";
import { keyLocation, mayUse } from "./key-use";
import { connectionType } from "./peering";
import { projectNumber } from "./place";
import { isReplica } from "./sql-tier";

export const instanceType = "gcp:sql/databaseInstance:DatabaseInstance";

/** The provider looks for the peering before it asks for an instance; the API would fail minutes later and keep the name. */
export function peered(moment: Moment): readonly Refusal[] {
  const { inputs, account } = moment;
  const link = text(pick(inputs, "settings.ipConfiguration.privateNetwork"))?.replace(
    /^https?:\/\/.+\/(projects\/)/,
    "$1",
  );
  if (link === undefined) return [];
  const found = account.all(connectionType).find((item) => (text(item.inputs["network"]) ?? "").endsWith(link));
  return found
    ? crowded(moment, link, found)
    : refuse(
        "settings.ipConfiguration.privateNetwork",
        "Error, failed to create instance because the network doesn't have at least 1 private services connection. Please see https://cloud.google.com/sql/docs/mysql/private-ip#network_requirements for how to create this connection.",
      );
}

/**
 * Cloud SQL takes a /24 for each region of a network out of the ranges that it was lent.
 * https://cloud.google.com/sql/docs/postgres/configure-private-services-access#configure-ip-range
 */
function crowded(moment: Moment, link: string, connection: Item): readonly Refusal[] {
  const { inputs, account } = moment;
  const chosen = text(pick(inputs, "settings.ipConfiguration.allocatedIpRange"));
  const lent = chosen === undefined ? texts(connection.inputs["reservedPeeringRanges"]) : [chosen];
  const ranges = lent.flatMap((name) => account.find(["gcp:compute/globalAddress:GlobalAddress"], "name", name) ?? []);
  const blocks = ranges
    .map((range) => 2 ** (24 - (number(range.outputs["prefixLength"]) ?? 24)))
    .reduce((sum, one) => sum + Math.floor(one), 0);
  const there = account
    .all(instanceType)
    .filter((item) => text(pick(item.inputs, "settings.ipConfiguration.privateNetwork"))?.endsWith(link))
    .map((item) => text(item.outputs["region"]) ?? "");
  // A range that the account doesn't hold is somebody else's: of its size nothing is known.
  return ranges.length < lent.length || new Set([...there, regionOf(moment)]).size <= blocks
    ? []
    : refuse(
        "settings.ipConfiguration.privateNetwork",
        "Failed to create subnetwork. Couldn't find free blocks in allocated IP ranges. Please allocate new ranges for this service provider., networkError: each region takes a /24",
      );
}

/** A key in the instance's region that the project's Cloud SQL agent may use. https://cloud.google.com/sql/docs/postgres/configure-cmek */
export function keyUse(moment: Moment): readonly Refusal[] {
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

/** Who follows it. https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1/instances */
export const replicaNames = ({ inputs, account }: Moment): readonly string[] =>
  account
    .all(instanceType)
    .filter((one) => isReplica(one.inputs) && one.inputs["masterInstanceName"] === inputs["name"])
    .flatMap((one) => text(one.inputs["name"]) ?? [])
    // whichever of them came up first
    .sort();

export function replica(moment: Moment): readonly Refusal[] {
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
    ...(!same && !isSet(inputs["encryptionKeyName"]) && isSet(primary.inputs["encryptionKeyName"])
      ? refuse(
          "encryptionKeyName",
          "the primary has a customer-managed key: a replica elsewhere needs one of its region",
        )
      : []),
    ...(here !== undefined && there !== undefined && here < there
      ? refuse("settings.databaseFlags", `max_connections (${here}) must not be below the primary's (${there})`)
      : []),
  ];
}
