// https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
import { between, exclusive, fits, oneOf, refuse } from "../limits";
import type { Item, Moment, Props, Refusal, Row } from "../row";
import { flag, isSet, list, number, object, text, texts } from "../values";
import { cryptoRefusals, failoverRefusals, tieringRefusals, windowRefusals } from "./elasticache-checks";
import { arnOf, arnPattern, arnRule, awsRow, placeHash, regionOf, told } from "./row";
import { T } from "./types";

const nodeTypes = /^cache\.(t[234]g?\.(micro|small|medium)|(m[4567]g?|r[4567]g?|r6gd|c7gn)\.(large|\d*xlarge))$/;
/** Versions of Valkey that can be created. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html */
const valkey = /^(7\.2|8\.[012])$/;
const redis = /^([67]\.[0-9x]|5\.0\.[0346]|4\.0\.10)$/;

const group = awsRow({
  type: T.cacheGroup,
  autoName: { property: "replicationGroupId", max: 40, lower: true },
  immutable: [
    "atRestEncryptionEnabled",
    "dataTieringEnabled",
    "kmsKeyId",
    "networkType",
    "port",
    "preferredCacheClusterAzs",
    "replicationGroupId",
    "securityGroupNames",
    "snapshotArns",
    "snapshotName",
    "subnetGroupName",
  ],
  // Valkey takes the place of Redis in place; there is no way back.
  replaces: ({ inputs, old }) =>
    old.outputs["engine"] === "valkey" && text(inputs["engine"]) === "redis" ? ["engine"] : [],
  unordered: ["logDeliveryConfigurations", "securityGroupIds", "userGroupIds"],
  unique: { by: ["replicationGroupId"], scope: "region" },
  secrets: ["authToken"],
  writeOnly: ["authTokenWo"],
  references: [
    { path: "subnetGroupName", to: [T.cacheSubnetGroup], by: ["name", "id"], except: /^default$/ },
    { path: "parameterGroupName", to: [T.cacheParameterGroup], by: ["name", "id"], except: /^default\./ },
    { path: "securityGroupIds.*", to: [T.securityGroup, T.defaultSecurityGroup] },
    { path: "kmsKeyId", to: [T.key], by: ["arn", "id"], weak: true },
    { path: "userGroupIds.*", to: [T.cacheUserGroup], by: ["userGroupId", "id"] },
    { path: "logDeliveryConfigurations.*.destination", to: [T.logGroup], by: ["name", "id"], weak: true },
  ],
  inputDefaults: () => ({ engine: "redis" }),
  check: ({ inputs }) => [
    ...fits(
      inputs,
      "replicationGroupId",
      /^[a-z](?!.*--)[0-9a-z-]{0,39}(?<!-)$/,
      "1 to 40 lower case letters, digits and single hyphens, beginning with a letter, not ending with a hyphen",
    ),
    ...oneOf(inputs, "engine", ["redis", "valkey"]),
    ...fits(
      inputs,
      "engineVersion",
      inputs["engine"] === "valkey" ? valkey : redis,
      inputs["engine"] === "valkey" ? "Valkey has 7.2, 8.0, 8.1, 8.2" : "Redis has 4.0.10, 5.0.6, 6.x, 7.0, 7.1",
    ),
    ...fits(
      inputs,
      "nodeType",
      nodeTypes,
      "it must be a node type of ElastiCache: cache.t4g.micro, cache.m7g.large, ...",
    ),
    ...oneOf(inputs, "clusterMode", ["enabled", "disabled", "compatible"]),
    ...oneOf(inputs, "transitEncryptionMode", ["preferred", "required"]),
    ...between(inputs, "numCacheClusters", 1, 6),
    ...between(inputs, "numNodeGroups", 1, 500),
    ...between(inputs, "replicasPerNodeGroup", 0, 5),
    ...between(inputs, "snapshotRetentionLimit", 0, 35),
    ...exclusive(inputs, "authToken", "userGroupIds", "authTokenWo"),
    ...fits(inputs, "kmsKeyId", arnPattern, arnRule),
    ...oneOf(inputs, "logDeliveryConfigurations.*.logType", ["slow-log", "engine-log"]),
    ...oneOf(inputs, "logDeliveryConfigurations.*.logFormat", ["json", "text"]),
    ...oneOf(inputs, "logDeliveryConfigurations.*.destinationType", ["cloudwatch-logs", "kinesis-firehose"]),
    ...oneOf(inputs, "authTokenUpdateStrategy", ["SET", "ROTATE", "DELETE"]),
    ...tieringRefusals(inputs),
    ...failoverRefusals(inputs),
    ...cryptoRefusals(inputs),
    ...windowRefusals(inputs),
  ],
  admit: (moment) => [
    ...parameterRefusals(moment),
    ...networkRefusals(moment),
    ...(moment.old ? modeRefusals(moment.inputs, moment.old) : []),
  ],
  id: ({ inputs }) => text(inputs["replicationGroupId"]) ?? "",
  outputs: groupOutputs,
  seconds: { create: 480, update: 300, delete: 300, source: "estimate: 5 to 10 minutes a node; Terraform allows 60" },
});

/** A sharded group needs parameters that say so, and of its engine's family. */
function parameterRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const found = account.find([T.cacheParameterGroup], "name", inputs["parameterGroupName"] ?? null);
  if (!found) return [];
  const values = list(found.outputs["parameters"]).map(object);
  const clustered = values.some((one) => one["name"] === "cluster-enabled" && one["value"] === "yes");
  const sharded = inputs["clusterMode"] === "enabled" || (number(inputs["numNodeGroups"]) ?? 1) > 1;
  const family = `${text(inputs["engine"]) ?? "redis"}${(text(inputs["engineVersion"]) ?? "").split(".")[0] ?? ""}`;
  const wrong = isSet(inputs["engineVersion"]) && told(found, "family") !== family;
  return [
    ...(clustered !== sharded
      ? refuse(
          "parameterGroupName",
          `InvalidParameterCombination: use a parameter group with cluster-enabled=${sharded ? "yes" : "no"} for this replication group`,
        )
      : []),
    ...(wrong
      ? refuse(
          "parameterGroupName",
          `InvalidParameterCombination: expected a parameter group of family ${family} but found one of family ${told(found, "family") ?? ""}`,
        )
      : []),
  ];
}

function networkRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const subnets = account.find([T.cacheSubnetGroup], "name", inputs["subnetGroupName"] ?? null);
  const stray = texts(inputs["securityGroupIds"])
    .map((id) => account.find([T.securityGroup], "id", id))
    .find((one) => one && subnets && told(one, "vpcId") !== told(subnets, "vpcId"));
  return stray
    ? refuse(
        "securityGroupIds",
        `InvalidParameterValue: the security group ${stray.id} is not in the VPC of the subnet group`,
      )
    : [];
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/modify-cluster-mode.html */
function modeRefusals(inputs: Props, old: Item): readonly Refusal[] {
  const [was, is] = [text(old.outputs["clusterMode"]), text(inputs["clusterMode"])];
  return (was === "disabled" && is === "enabled") || (was === "enabled" && is === "disabled")
    ? refuse(
        "clusterMode",
        `InvalidParameterValue: cluster mode can't go from ${was} to ${is}: disabled becomes compatible first, and enabled stays`,
      )
    : [];
}

function groupOutputs(moment: Moment & { readonly id: string }): Props {
  const { inputs, id } = moment;
  const region = regionOf(moment);
  const sharded = inputs["clusterMode"] === "enabled" || (number(inputs["numNodeGroups"]) ?? 1) > 1;
  const shards = number(inputs["numNodeGroups"]) ?? 1;
  const nodes = number(inputs["numCacheClusters"]) ?? shards * (1 + (number(inputs["replicasPerNodeGroup"]) ?? 0));
  const encrypted = inputs["transitEncryptionEnabled"] === true;
  const zone = `${placeHash(moment.place, region, 6)}.${region.replace(/^([a-z]{2})-([a-z])[a-z]*-(\d)$/, "$1$2$3")}.cache.amazonaws.com`;
  const address = (role: string) => (encrypted ? `${role}.${id}.${zone}` : `${id}.${zone}`);
  const version = text(inputs["engineVersion"]) ?? "7.1";
  return {
    arn: arnOf(moment, "elasticache", `replicationgroup:${id}`),
    authTokenUpdateStrategy: text(inputs["authTokenUpdateStrategy"]) ?? "",
    autoMinorVersionUpgrade: flag(inputs["autoMinorVersionUpgrade"]) ?? true,
    clusterEnabled: sharded,
    clusterMode: text(inputs["clusterMode"]) ?? (sharded ? "enabled" : "disabled"),
    configurationEndpointAddress: sharded ? address("clustercfg") : "",
    engineVersion: version,
    engineVersionActual: version.split(".").length > 2 ? version : `${version}.0`,
    ipDiscovery: inputs["ipDiscovery"] ?? "ipv4",
    kmsKeyId: text(inputs["kmsKeyId"]) ?? "",
    maintenanceWindow: text(inputs["maintenanceWindow"])?.toLowerCase() ?? "sun:05:00-sun:06:00",
    memberClusters: Array.from({ length: nodes }, (_, index) => `${id}-${String(index + 1).padStart(3, "0")}`),
    multiAzEnabled: flag(inputs["multiAzEnabled"]) ?? false,
    networkType: text(inputs["networkType"]) ?? "ipv4",
    nodeGroupConfigurations: inputs["nodeGroupConfigurations"] ?? [],
    nodeType: text(inputs["nodeType"]) ?? "cache.t4g.micro",
    numCacheClusters: nodes,
    numNodeGroups: shards,
    parameterGroupName: text(inputs["parameterGroupName"]) ?? "default.redis7",
    primaryEndpointAddress: sharded ? "" : address("master"),
    readerEndpointAddress: sharded ? "" : address("replica"),
    replicasPerNodeGroup: number(inputs["replicasPerNodeGroup"]) ?? nodes / shards - 1,
    snapshotWindow: text(inputs["snapshotWindow"]) ?? "03:00-04:00",
    subnetGroupName: text(inputs["subnetGroupName"]) ?? "default",
    transitEncryptionMode: text(inputs["transitEncryptionMode"]) ?? (encrypted ? "required" : ""),
  };
}

export const rows: readonly Row[] = [group];
