// What ElastiCache refuses of a replication group by looking at its arguments: nodes, encryption, windows.
import { refuse } from "../limits";
import type { Props, Refusal } from "../row";
import { isKnown, isSet, list, number, text } from "../values";
import { minutesOf } from "./rds";

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/data-tiering.html: of all nodes of r6gd, and of no others. */
export function tieringRefusals(inputs: Props): readonly Refusal[] {
  const node = text(inputs["nodeType"]);
  if (node === undefined || !isKnown(inputs["dataTieringEnabled"])) return [];
  const tiered = inputs["dataTieringEnabled"] === true;
  return tiered === node.startsWith("cache.r6gd.")
    ? []
    : refuse(
        "dataTieringEnabled",
        `InvalidParameterCombination: data tiering is ${tiered ? "supported by node type r6gd only" : "required with node type r6gd"}, got ${node}`,
      );
}

export function failoverRefusals(inputs: Props): readonly Refusal[] {
  const nodes = number(inputs["numCacheClusters"]) ?? 1;
  const shards = isSet(inputs["numNodeGroups"]);
  const failover = inputs["automaticFailoverEnabled"] === true;
  return [
    ...(failover && !shards && isKnown(inputs["numCacheClusters"]) && nodes < 2
      ? refuse("numCacheClusters", "if automaticFailoverEnabled is true, numCacheClusters must be greater than 1")
      : []),
    ...(inputs["multiAzEnabled"] === true && !failover && isKnown(inputs["automaticFailoverEnabled"])
      ? refuse("multiAzEnabled", "automaticFailoverEnabled must be true if multiAzEnabled is true")
      : []),
    ...(shards && (number(inputs["numNodeGroups"]) ?? 2) > 1 && !failover && isKnown(inputs["automaticFailoverEnabled"])
      ? refuse(
          "automaticFailoverEnabled",
          "InvalidParameterCombination: Redis with cluster mode enabled cannot be created with auto failover turned off",
        )
      : []),
  ];
}

export function cryptoRefusals(inputs: Props): readonly Refusal[] {
  const encrypted = inputs["transitEncryptionEnabled"];
  return [
    ...((isSet(inputs["authToken"]) || list(inputs["userGroupIds"]).length > 0) &&
    encrypted !== true &&
    isKnown(encrypted)
      ? refuse(
          "transitEncryptionEnabled",
          "InvalidParameterCombination: user groups and tokens need encryption in transit",
        )
      : []),
    ...(isSet(inputs["kmsKeyId"]) &&
    !["true", true].includes(inputs["atRestEncryptionEnabled"] as string) &&
    isKnown(inputs["atRestEncryptionEnabled"])
      ? refuse("kmsKeyId", "InvalidParameterCombination: a KMS key needs encryption at rest")
      : []),
    ...(list(inputs["userGroupIds"]).length > 1
      ? refuse("userGroupIds", "attempted to use more than 1 user group")
      : []),
  ];
}

/** The two windows are an hour each at least, and apart. */
export function windowRefusals(inputs: Props): readonly Refusal[] {
  const [start, end] = text(inputs["maintenanceWindow"])?.split("-").map(minutesOf) ?? [];
  const [from, to] = text(inputs["snapshotWindow"])?.split("-").map(minutesOf) ?? [];
  const span = (a: number, b: number, round: number) => (b - a + round) % round;
  if (typeof inputs["maintenanceWindow"] === "string" && (start === undefined || end === undefined))
    return refuse("maintenanceWindow", 'must satisfy the format of "ddd:hh24:mi-ddd:hh24:mi"');
  if (typeof inputs["snapshotWindow"] === "string" && (from === undefined || to === undefined))
    return refuse("snapshotWindow", 'must satisfy the format of "hh24:mi-hh24:mi"');
  if (start !== undefined && end !== undefined && span(start, end, 10080) < 60)
    return refuse("maintenanceWindow", "InvalidParameterValue: the maintenance window must be at least 60 minutes");
  if (from !== undefined && to !== undefined && span(from, to, 1440) < 60)
    return refuse("snapshotWindow", "InvalidParameterValue: the snapshot window must be at least 60 minutes");
  if (start === undefined || end === undefined || from === undefined || to === undefined) return [];
  const meets = Array.from({ length: 9 }, (_, day) => from + (day - 1) * 1440).some(
    (at) => start < at + span(from, to, 1440) && at < start + span(start, end, 10080),
  );
  return meets
    ? refuse("snapshotWindow", "InvalidParameterValue: the snapshot window and the maintenance window must not overlap")
    : [];
}
