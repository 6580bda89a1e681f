// What a flexible server asks of what stands around it, and of what it was.
import { refuse } from "../limits";
import type { Moment, Props, Refusal } from "../row";
import { isSet, list, number, object, pick, text } from "../values";
import { nameIn } from "./arm";
import { key, vault } from "./keyvault";
import { plainLocation } from "./locations";
import { networkOf, prefixesOf, subnet, virtualNetwork } from "./network";
import { token } from "./types";

export const server = token("dbforpostgresql:Server");

/** The delegated subnet is PostgreSQL's and of the server's region. */
export function subnetRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const id = pick(inputs, "network.delegatedSubnetResourceId");
  const home = id === undefined ? undefined : account.find([subnet], "id", id);
  if (!home) return [];
  const path = "network.delegatedSubnetResourceId";
  const services = list(home.inputs["delegations"]).map((delegation) => text(object(delegation)["serviceName"]));
  const network = account.find([virtualNetwork], "id", networkOf(id));
  const [here, there] = [plainLocation(inputs["location"]), plainLocation(network?.inputs["location"])];
  return [
    ...(services.some((service) => service?.toLowerCase() === "microsoft.dbforpostgresql/flexibleservers")
      ? []
      : refuse(
          path,
          `SubnetNotDelegated: subnet ${nameIn(id, "subnets")} isn't delegated to Microsoft.DBforPostgreSQL/flexibleServers.`,
        )),
    ...(Number(prefixesOf(home.inputs)[0]?.split("/")[1]) > 28
      ? refuse(path, `SubnetTooSmall: subnet ${nameIn(id, "subnets")} has fewer addresses than a /28.`)
      : []),
    ...(here && there && here !== there
      ? refuse(path, `the subnet's network lies in ${there}, the server in ${here}.`)
      : []),
  ];
}

/** The zone must be linked to the server's network, or its name can't be found there. */
export function linkedRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const zone = pick(inputs, "network.privateDnsZoneArmResourceId");
  const network = text(pick(inputs, "network.delegatedSubnetResourceId"))?.replace(/\/subnets\/.*$/, "");
  if (zone === undefined || network === undefined) return [];
  const name = nameIn(zone, "privateDnsZones");
  const linked = account
    .all(token("privatedns:VirtualNetworkLink"))
    .some((link) => link.inputs["privateZoneName"] === name && pick(link.inputs, "virtualNetwork.id") === network);
  return [
    ...(/\.postgres\.database\.azure\.com$/.test(name)
      ? []
      : refuse(
          "network.privateDnsZoneArmResourceId",
          "InvalidPrivateDnsZone: the zone's name must end with .postgres.database.azure.com.",
        )),
    ...(linked
      ? []
      : refuse(
          "network.privateDnsZoneArmResourceId",
          `PrivateDnsZoneNotLinked: zone ${name} isn't linked to the server's virtual network.`,
        )),
  ];
}

export function keyRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const uri = text(pick(inputs, "dataEncryption.primaryKeyURI"));
  if (uri === undefined) return [];
  const path = "dataEncryption.primaryKeyURI";
  const found = account.all(key).find((one) => [one.outputs["keyUri"], one.outputs["keyUriWithVersion"]].includes(uri));
  const holder = found && account.find([vault], "name", found.inputs["vaultName"] ?? "");
  return [
    ...(found ? [] : refuse(path, `KeyVaultKeyNotFound: there is no key ${uri}.`)),
    ...(holder && pick(holder.outputs, "properties.enablePurgeProtection") !== true
      ? refuse(path, "AzureKeyVaultPurgeProtectionRequired: the key's vault needs purge protection.")
      : []),
  ];
}

export function sourceRefusals({ inputs, account, old }: Moment): readonly Refusal[] {
  if (inputs["createMode"] !== "Replica" || old) return [];
  const source = account.find([server], "id", inputs["sourceServerResourceId"] ?? "");
  if (!source) return [];
  const storage = (props: Props) => number(pick(props, "storage.storageSizeGB")) ?? 0;
  const siblings = account.all(server).filter((one) => one.inputs["sourceServerResourceId"] === source.id);
  return [
    ...(pick(source.inputs, "sku.tier") === "Burstable"
      ? refuse(
          "sourceServerResourceId",
          "ReadReplicaNotSupportedForBurstableTier: the source server is of the Burstable tier.",
        )
      : []),
    ...(isSet(inputs["version"]) && inputs["version"] !== source.inputs["version"]
      ? refuse("version", "a replica runs its source's version.")
      : []),
    ...(isSet(pick(inputs, "storage.storageSizeGB")) && storage(inputs) < storage(source.inputs)
      ? refuse("storage.storageSizeGB", `must be at least the source's (${storage(source.inputs)}).`)
      : []),
    // https://learn.microsoft.com/azure/postgresql/read-replica/concepts-read-replicas#configuration-management
    ...(["SameZone", "ZoneRedundant"].includes(text(pick(inputs, "highAvailability.mode")) ?? "")
      ? refuse("highAvailability.mode", "ReadReplicaHANotSupported: a replica has no standby of its own.")
      : []),
    ...(pick(inputs, "backup.geoRedundantBackup") === "Enabled"
      ? refuse("backup.geoRedundantBackup", "ReadReplicaGeoBackupNotSupported: no backups are taken of a replica.")
      : []),
    ...(siblings.length >= 5 ? refuse("sourceServerResourceId", "a server has five read replicas at most.") : []),
  ];
}

const follows = (inputs: Props, source: string): boolean =>
  inputs["sourceServerResourceId"] === source &&
  inputs["createMode"] === "Replica" &&
  pick(inputs, "replica.role") !== "Primary";

/** A replica becomes a server of its own, and never a replica again: https://learn.microsoft.com/azure/postgresql/read-replica/concepts-read-replicas-promote */
function promotionRefusals(before: Props, after: Props): readonly Refusal[] {
  const role = (props: Props) => text(pick(props, "replica.role"));
  const promoted = role(before) === "Primary";
  return [
    ...(promoted && role(after) !== "Primary"
      ? refuse(
          "replica.role",
          "OperationNotAllowed: a promoted server can't follow its source again; make a new replica.",
        )
      : []),
    ...(!promoted && role(after) === "Primary" && before["createMode"] !== "Replica"
      ? refuse("replica.role", "OperationNotAllowed: the server is no replica.")
      : []),
  ];
}

/** What an existing server can't become. */
export function changeRefusals({ inputs, account, old }: Moment): readonly Refusal[] {
  if (!old) return [];
  const size = "storage.storageSizeGB";
  const [had, has] = [number(pick(old.inputs, size)), number(pick(inputs, size))];
  const [from, to] = [Number(old.inputs["version"]), Number(inputs["version"])];
  const fixed = ["backup.geoRedundantBackup", "network.delegatedSubnetResourceId", "dataEncryption.type"] as const;
  const disk = (props: Props) => text(pick(props, "storage.type")) || "Premium_LRS";
  return [
    ...(had !== undefined && has !== undefined && has < had
      ? refuse(size, `StorageSizeCannotBeReduced: storage can only grow, from ${had} GiB, got ${has}.`)
      : []),
    ...(to < from ? refuse("version", `a server can't go back from version ${from} to ${to}.`) : []),
    // https://learn.microsoft.com/azure/postgresql/configure-maintain/concepts-major-version-upgrade: without replicas only.
    ...(to > from && account.all(server).some((one) => follows(one.inputs, old.id))
      ? refuse(
          "version",
          "MajorVersionUpgradeNotSupportedForReadReplicas: delete the server's read replicas before its major version is upgraded.",
        )
      : []),
    ...(isSet(pick(inputs, "storage.type")) && disk(old.inputs) !== disk(inputs)
      ? refuse("storage.type", "can be set at creation only.")
      : []),
    ...promotionRefusals(old.inputs, inputs),
    ...fixed
      .filter((path) => isSet(pick(old.inputs, path)) && pick(old.inputs, path) !== pick(inputs, path))
      .map((property) => ({ property, reason: "can be set at creation only." })),
  ];
}
