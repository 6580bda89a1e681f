// Every rule of the pack, by topic.
import type { Rule } from "../rule";
import * as dataNetworks from "./data-networks";
import * as database from "./database";
import * as databaseOperation from "./database-operation";
import * as egress from "./egress";
import * as encryptionDatabases from "./encryption-databases";
import * as encryptionServices from "./encryption-services";
import * as encryptionStores from "./encryption-stores";
import * as firewall from "./firewall";
import * as kms from "./kms";
import * as kmsDuties from "./kms-duties";
import * as network from "./network";
import * as networkLinks from "./network-links";
import * as secrets from "./secrets";
import * as storage from "./storage";
import * as storageAccess from "./storage-access";
import * as subnets from "./subnets";
import * as tagging from "./tagging";

const topics = [
  ...[
    encryptionDatabases,
    encryptionServices,
    encryptionStores,
    network,
    networkLinks,
    firewall,
    subnets,
    dataNetworks,
  ],
  ...[egress, storage, storageAccess, kms, kmsDuties, database, databaseOperation, secrets, tagging],
];

export const rules: readonly Rule[] = topics
  .flatMap((topic): readonly Rule[] => Object.values(topic))
  .sort((one, other) => one.id.localeCompare(other.id));
