// Every rule of the pack, by topic.
import type { Rule } from "../rule";
import * as database from "./database";
import * as encryption from "./encryption";
import * as firewall from "./firewall";
import * as kms from "./kms";
import * as network from "./network";
import * as secrets from "./secrets";
import * as storage from "./storage";
import * as subnets from "./subnets";
import * as tagging from "./tagging";

export const rules: readonly Rule[] = [encryption, network, firewall, subnets, storage, kms, database, secrets, tagging]
  .flatMap((topic): readonly Rule[] => Object.values(topic))
  .sort((one, other) => one.id.localeCompare(other.id));
