// Groups that an RDS instance takes its subnets and settings from.
import { each, fits, long, oneOf, refuse } from "../limits";
import type { Moment, Props, Refusal, Row } from "../row";
import { isKnown, list, object, text, texts } from "../values";
import { arnOf, awsRow, itemsOf, plain, told } from "./row";
import { T } from "./types";

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html */
const subnetGroup = awsRow({
  type: T.dbSubnetGroup,
  autoName: { property: "name", max: 255 },
  immutable: ["name", "namePrefix"],
  unordered: ["subnetIds"],
  unique: { by: ["name"], scope: "region" },
  references: [{ path: "subnetIds.*", to: [T.subnet] }],
  inputDefaults: () => ({ description: "Managed by Pulumi" }),
  check: ({ inputs }) => [
    ...fits(
      inputs,
      "name",
      /^(?!default$)[0-9a-z _.-]{1,255}$/,
      "only lowercase alphanumeric characters, hyphens, underscores, periods, and spaces, not default",
    ),
    ...long(inputs, "subnetIds", 1, 20),
  ],
  admit: ({ inputs, account }) => [...coverage(account, texts(inputs["subnetIds"]))],
  id: ({ inputs }) => text(inputs["name"]) ?? "",
  outputs: (moment) => ({
    arn: arnOf(moment, "rds", `subgrp:${moment.id}`),
    namePrefix: "",
    supportedNetworkTypes: ["IPV4"],
    vpcId: told(itemsOf(moment.account, T.subnet, texts(moment.inputs["subnetIds"]))[0], "vpcId") ?? "",
  }),
  seconds: { create: 2, update: 2, delete: 1, source: "estimate" },
});

/** Two zones at least, one network. */
export function coverage(
  account: Moment["account"],
  ids: readonly string[],
  property = "subnetIds",
): readonly Refusal[] {
  const subnets = itemsOf(account, T.subnet, ids);
  const zones = new Set(subnets.map((subnet) => told(subnet, "availabilityZone")));
  const networks = new Set(subnets.map((subnet) => told(subnet, "vpcId")));
  if (subnets.length === 0 || subnets.length < ids.length) return [];
  return [
    ...(zones.size < 2
      ? refuse(
          property,
          `DBSubnetGroupDoesNotCoverEnoughAZs: the DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: ${[...zones].join(", ")}. Add subnets to cover at least 2 AZs`,
        )
      : []),
    ...(networks.size > 1 ? refuse(property, "InvalidSubnet: the subnets lie in several networks") : []),
  ];
}

/** Settings that wait for a restart. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html */
const staticParameters = new Set(
  "autovacuum_freeze_max_age autovacuum_max_workers autovacuum_multixact_freeze_max_age huge_pages max_connections max_files_per_process max_locks_per_transaction max_logical_replication_workers max_pred_locks_per_transaction max_prepared_transactions max_replication_slots max_wal_senders max_worker_processes rds.logical_replication shared_buffers shared_preload_libraries ssl_ca_file track_activity_query_size track_commit_timestamp wal_buffers".split(
    " ",
  ),
);
/** What PostgreSQL on RDS takes as values of the settings that programs set most. */
const values: Readonly<Record<string, RegExp | readonly [number, number]>> = {
  "rds.force_ssl": /^[01]$/,
  "rds.logical_replication": /^[01]$/,
  log_connections: /^([01]|on|off|true|false|receipt|authentication|authorization|setup_durations|all)(,\w+)*$/,
  log_disconnections: /^([01]|on|off|true|false)$/,
  log_lock_waits: /^([01]|on|off|true|false)$/,
  log_min_duration_statement: [-1, 2147483647],
  log_statement: /^(none|ddl|mod|all)$/,
  max_connections: [6, 8388607],
  statement_timeout: [0, 2147483647],
  idle_in_transaction_session_timeout: [0, 2147483647],
  ssl_min_protocol_version: /^TLSv1(\.[123])?$/,
  password_encryption: /^(md5|scram-sha-256)$/,
  timezone: /^[\w/+-]+$/,
};
const families =
  /^(postgres(9\.[3-6]|1[0-8])|aurora-postgresql1[1-7]|aurora-mysql[58]\.[07]|mysql(5\.[567]|8\.[04])|mariadb(10\.\d+|11\.[48])|oracle-(ee|se2)(-cdb)?-(19|21)|sqlserver-(ee|se|ex|web)-1[1-6]\.0|db2-(ae|se)-1[12]\.\d)$/;

function parameterRefusals(inputs: Props): readonly Refusal[] {
  const family = text(inputs["family"]) ?? "";
  const names = list(inputs["parameters"]).map((one) => text(object(one)["name"]));
  return list(inputs["parameters"]).flatMap((raw, index) => {
    const { name, value, applyMethod } = object(raw);
    const at = `parameters.${index}`;
    if (typeof name !== "string" || !isKnown(value)) return [];
    if (names.indexOf(name) !== index) return refuse(`${at}.name`, `parameter ${name} is given twice`);
    const postgres = family.startsWith("postgres");
    const allowed = postgres ? values[name] : undefined;
    const shown = plain(value);
    const fine =
      allowed === undefined ||
      (allowed instanceof RegExp
        ? allowed.test(shown)
        : shown.includes("{") || (/^-?\d+$/.test(shown) && Number(shown) >= allowed[0] && Number(shown) <= allowed[1]));
    const range = allowed instanceof RegExp ? allowed.source : allowed?.join("-");
    return [
      ...(fine
        ? []
        : refuse(
            `${at}.value`,
            `InvalidParameterValue: invalid parameter value: ${shown} for: ${name}; allowed values are: ${range ?? ""}`,
          )),
      ...(postgres && staticParameters.has(name) && applyMethod !== "pending-reboot" && isKnown(applyMethod)
        ? refuse(
            `${at}.applyMethod`,
            `InvalidParameterCombination: cannot use immediate apply method for static parameter ${name}: use pending-reboot`,
          )
        : []),
    ];
  });
}

const parameterGroup = awsRow({
  type: T.dbParameterGroup,
  autoName: { property: "name", max: 255 },
  immutable: ["description", "family", "name", "namePrefix"],
  unordered: ["parameters"],
  unique: { by: ["name"], scope: "region" },
  inputDefaults: () => ({ description: "Managed by Pulumi", skipDestroy: false }),
  check: ({ inputs }) => [
    ...fits(
      inputs,
      "name",
      /^(?!default)[a-z](?!.*--)[0-9a-z-]{0,254}(?<!-)$/,
      "lower case letters, digits and single hyphens, beginning with a letter, not ending with a hyphen",
    ),
    ...fits(inputs, "family", families, "it must be a family that RDS has: postgres16, mysql8.0, ..."),
    ...long(inputs, "description", 1, 255),
    ...oneOf(inputs, "parameters.*.applyMethod", ["immediate", "pending-reboot"]),
    ...each(
      inputs,
      "parameters.*.name",
      (name) => typeof name === "string" && name !== "",
      (name) => `a parameter needs a name, got ${name}`,
    ),
    ...parameterRefusals(inputs),
  ],
  id: ({ inputs }) => text(inputs["name"]) ?? "",
  outputs: (moment) => ({
    arn: arnOf(moment, "rds", `pg:${moment.id}`),
    namePrefix: "",
    parameters: list(moment.inputs["parameters"]).map((one) => ({ applyMethod: "immediate", ...object(one) })),
  }),
  seconds: { create: 2, update: 2, delete: 1, source: "estimate" },
});

export const familyOf = (engine: string, version: string): string =>
  engine === "postgres"
    ? `postgres${version.split(".")[0] ?? ""}`
    : `${engine}${version.split(".").slice(0, 2).join(".")}`;

/** Minutes since midnight, or since Sunday for `sun:03:00`. */
export function minutesOf(moment: string): number | undefined {
  const match = /^(?:(mon|tue|wed|thu|fri|sat|sun):)?([01]\d|2[0-3]):([0-5]\d)$/i.exec(moment);
  if (!match) return undefined;
  const day = match[1] ? ["sun", "mon", "tue", "wed", "thu", "fri", "sat"].indexOf(match[1].toLowerCase()) : 0;
  return day * 1440 + Number(match[2]) * 60 + Number(match[3]);
}

export const rows: readonly Row[] = [subnetGroup, parameterGroup];
