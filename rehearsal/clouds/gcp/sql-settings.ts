import { parseCidr } from "../cidr";
import { between, each, fits, oneOf, refuse } from "../limits";
import type { Props, Refusal } from "../row";
import { flag, isSet, list, number, object, pick, pickAll, text } from "../values";
import { labels } from "./common";

export const isPostgres = (inputs: Props) => (text(inputs["databaseVersion"]) ?? "").startsWith("POSTGRES");
const isMysql = (inputs: Props) => (text(inputs["databaseVersion"]) ?? "").startsWith("MYSQL");
const majorOf = (inputs: Props) => Number(/_(\d+)/.exec(text(inputs["databaseVersion"]) ?? "")?.[1] ?? 0);
export const isReplica = (inputs: Props) => isSet(inputs["masterInstanceName"]);

/** PostgreSQL 16 and MySQL 8.4 and later begin on Enterprise Plus. https://cloud.google.com/sql/docs/postgres/editions-intro */
export const editionOf = (inputs: Props): string =>
  text(pick(inputs, "settings.edition")) ??
  (isPostgres(inputs) && majorOf(inputs) >= 16 ? "ENTERPRISE_PLUS" : "ENTERPRISE");

const shared = /^db-(f1-micro|g1-small)$/;
const plus = /^db-(perf-optimized-N|c4a-highmem)-\d+$/;
const predefined = /^db-n1-(standard|highmem)-\d+$/;

/** Custom machines: vCPU 1 or even, 0.9 to 6.5 GiB each, 3.75 GiB at least, a multiple of 256 MiB. https://cloud.google.com/sql/docs/postgres/create-instance#machine-types */
function customTier(tier: string): string | undefined {
  const match = /^db-custom-(\d+)-(\d+)$/.exec(tier);
  if (!match) return undefined;
  const [cpu, memory] = [Number(match[1]), Number(match[2])];
  if (cpu !== 1 && (cpu % 2 !== 0 || cpu < 2 || cpu > 96)) return `has ${cpu} vCPU; use 1, or an even number up to 96`;
  if (memory % 256 !== 0 || memory < 3840) return `has ${memory} MiB; use a multiple of 256, 3840 at least`;
  return memory < cpu * 0.9 * 1024 - 256 || memory > cpu * 6.5 * 1024
    ? `has ${memory} MiB for ${cpu} vCPU; each takes 0.9 to 6.5 GiB`
    : undefined;
}

function tier(inputs: Props): readonly Refusal[] {
  const path = "settings.tier";
  const value = text(pick(inputs, path));
  if (value === undefined)
    return isSet(inputs["settings"]) && !isSet(pick(inputs, path)) ? refuse(path, "is required") : [];
  const custom = customTier(value);
  if (custom !== undefined) return refuse(path, `Invalid Tier (${value}): it ${custom}.`);
  const known = shared.test(value) || plus.test(value) || predefined.test(value) || /^db-custom-\d+-\d+$/.test(value);
  if (!known) return refuse(path, `Invalid Tier (${value}): there is no such machine type.`);
  const edition = editionOf(inputs);
  return plus.test(value) === (edition === "ENTERPRISE_PLUS")
    ? []
    : refuse(
        path,
        `Invalid Tier (${value}) for (${edition}) Edition. Use a predefined Tier like ${edition === "ENTERPRISE_PLUS" ? "db-perf-optimized-N-2" : "db-custom-1-3840"} instead.`,
      );
}

/** https://cloud.google.com/sql/docs/postgres/backup-recovery/pitr, .../backups */
function backups(inputs: Props): readonly Refusal[] {
  const path = "settings.backupConfiguration";
  const backup = object(pick(inputs, path));
  const isPlus = editionOf(inputs) === "ENTERPRISE_PLUS";
  const [on, pitr] = [flag(backup["enabled"]), flag(backup["pointInTimeRecoveryEnabled"])];
  return [
    ...fits(inputs, `${path}.startTime`, /^([01]\d|2[0-3]):[0-5]\d$/, "HH:MM in UTC"),
    ...between(inputs, `${path}.transactionLogRetentionDays`, 1, isPlus ? 35 : 7),
    ...between(inputs, `${path}.backupRetentionSettings.retainedBackups`, 1, 365),
    ...oneOf(inputs, `${path}.backupRetentionSettings.retentionUnit`, ["COUNT", "RETENTION_UNIT_UNSPECIFIED"]),
    ...(flag(backup["binaryLogEnabled"]) === true && !isMysql(inputs)
      ? refuse(`${path}.binaryLogEnabled`, "Binary log can only be enabled for MySQL instances.")
      : []),
    ...(pitr === true && isMysql(inputs)
      ? refuse(
          `${path}.pointInTimeRecoveryEnabled`,
          "point_in_time_recovery_enabled is only available for POSTGRES and SQLSERVER; use binary_log_enabled",
        )
      : []),
    ...(pitr === true && on !== true && !isReplica(inputs)
      ? refuse(`${path}.enabled`, "Point in time recovery requires backups to be enabled")
      : []),
    ...(isReplica(inputs) && on === true && !isMysql(inputs)
      ? refuse(`${path}.enabled`, "Backups can't be enabled on a read replica")
      : []),
    ...(isReplica(inputs) && pitr === true
      ? refuse(`${path}.pointInTimeRecoveryEnabled`, "Point in time recovery can't be enabled on a read replica")
      : []),
    ...(pick(inputs, "settings.availabilityType") === "REGIONAL" &&
    !isReplica(inputs) &&
    (on === false || (!isSet(backup["enabled"]) && !isSet(inputs["clone"])))
      ? refuse(`${path}.enabled`, "The REGIONAL availability type requires automated backups")
      : []),
    ...(pick(inputs, "settings.availabilityType") === "REGIONAL" &&
    isPostgres(inputs) &&
    !isReplica(inputs) &&
    on === true &&
    pitr === false
      ? refuse(`${path}.pointInTimeRecoveryEnabled`, "The REGIONAL availability type requires point-in-time recovery")
      : []),
  ];
}

function addresses(inputs: Props): readonly Refusal[] {
  const path = "settings.ipConfiguration";
  const given = object(pick(inputs, path));
  const psc = pickAll(inputs, `${path}.pscConfigs.*.pscEnabled`).some(({ value }) => value !== false);
  const mode = text(given["serverCaMode"]);
  return [
    ...fits(
      inputs,
      `${path}.privateNetwork`,
      /^(?:https?:\/\/.+\/)?projects\/[a-z0-9.:-]+\/global\/networks\/[a-z]([-a-z0-9]*[a-z0-9])?$/,
      "projects/P/global/networks/N",
    ),
    ...oneOf(inputs, `${path}.sslMode`, [
      "ALLOW_UNENCRYPTED_AND_ENCRYPTED",
      "ENCRYPTED_ONLY",
      "TRUSTED_CLIENT_CERTIFICATE_REQUIRED",
    ]),
    ...(text(given["sslMode"]) === "TRUSTED_CLIENT_CERTIFICATE_REQUIRED" &&
    (text(inputs["databaseVersion"]) ?? "").startsWith("SQLSERVER")
      ? refuse(`${path}.sslMode`, "SQL Server can't require client certificates")
      : []),
    ...oneOf(inputs, `${path}.serverCaMode`, [
      "CA_MODE_UNSPECIFIED",
      "GOOGLE_MANAGED_INTERNAL_CA",
      "GOOGLE_MANAGED_CAS_CA",
      "CUSTOMER_MANAGED_CAS_CA",
    ]),
    ...(mode === "CUSTOMER_MANAGED_CAS_CA" && !isSet(given["serverCaPool"])
      ? refuse(`${path}.serverCaPool`, "is required with CUSTOMER_MANAGED_CAS_CA")
      : []),
    ...(given["serverCertificateRotationMode"] === "AUTOMATIC_ROTATION_DURING_MAINTENANCE" &&
    !/_CAS_CA$/.test(mode ?? "")
      ? refuse(
          `${path}.serverCertificateRotationMode`,
          "automatic rotation needs GOOGLE_MANAGED_CAS_CA or CUSTOMER_MANAGED_CAS_CA",
        )
      : []),
    ...(flag(given["ipv4Enabled"]) === false && !isSet(given["privateNetwork"]) && !psc && !isSet(given["pscConfigs"])
      ? refuse(path, "At least one of Public IP or Private IP or PSC connectivity must be enabled.")
      : []),
    ...(flag(given["ipv4Enabled"]) === false && list(given["authorizedNetworks"]).length > 0
      ? refuse(`${path}.authorizedNetworks`, "Authorized networks are for instances with a public address")
      : []),
    ...(isSet(given["allocatedIpRange"]) && !isSet(given["privateNetwork"])
      ? refuse(`${path}.allocatedIpRange`, "needs privateNetwork")
      : []),
    ...each(
      inputs,
      `${path}.authorizedNetworks.*.value`,
      (value) => parseCidr(String(value).includes("/") ? String(value) : `${String(value)}/32`)?.canonical === true,
      (value) => `${value} is not a CIDR range`,
    ),
    ...each(
      inputs,
      `${path}.authorizedNetworks.*.value`,
      (value) => !/^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(String(value)),
      (value) => `Non-routable or private authorized network (${value}).`,
    ),
  ];
}

/** Bounds of PostgreSQL's flags. https://cloud.google.com/sql/docs/postgres/flags */
const numberFlags: Readonly<Record<string, readonly [number, number]>> = {
  autovacuum_max_workers: [1, 262_143],
  checkpoint_timeout: [30, 86_400],
  idle_in_transaction_session_timeout: [0, 2_147_483_647],
  log_min_duration_statement: [-1, 2_147_483_647],
  log_temp_files: [-1, 2_147_483_647],
  maintenance_work_mem: [1024, 2_147_483_647],
  max_connections: [14, 262_143],
  max_wal_senders: [10, 262_143],
  statement_timeout: [0, 2_147_483_647],
  work_mem: [64, 2_147_483_647],
};
const levels = [
  "debug5",
  "debug4",
  "debug3",
  "debug2",
  "debug1",
  "info",
  "notice",
  "warning",
  "error",
  "log",
  "fatal",
  "panic",
];
const switches = ["on", "off"];
const choiceFlags: Readonly<Record<string, readonly string[]>> = {
  "cloudsql.enable_pgaudit": switches,
  "cloudsql.iam_authentication": switches,
  "cloudsql.logical_decoding": switches,
  log_checkpoints: switches,
  log_connections: switches,
  log_disconnections: switches,
  log_duration: switches,
  log_hostname: switches,
  log_lock_waits: switches,
  log_error_verbosity: ["default", "terse", "verbose"],
  log_min_error_statement: levels,
  log_min_messages: levels,
  log_statement: ["none", "ddl", "mod", "all"],
};
const freeFlag =
  /^(cloudsql\.|pgaudit\.|pg_stat_statements\.|auto_explain\.|pg_|log_|autovacuum|enable_|max_|min_|track_|[a-z_]+$)/;

function flags(inputs: Props): readonly Refusal[] {
  const path = "settings.databaseFlags";
  const names = pickAll(inputs, `${path}.*.name`);
  return [
    ...names
      .filter(({ value }, index) => names.slice(0, index).some((other) => other.value === value))
      .flatMap(({ path: property, value }) => refuse(property, `the flag ${String(value)} is given twice`)),
    ...(isPostgres(inputs)
      ? pickAll(inputs, `${path}.*`).flatMap(({ path: at, value: given }) => {
          const [name, value] = [text(pick(given, "name")), text(pick(given, "value"))];
          if (name === undefined || value === undefined) return [];
          const bounds = numberFlags[name];
          const choices = choiceFlags[name];
          if (bounds && !(/^-?\d+$/.test(value) && Number(value) >= bounds[0] && Number(value) <= bounds[1]))
            return refuse(
              `${at}.value`,
              `Invalid flag value ${value} for ${name}: expected a number from ${bounds[0]} to ${bounds[1]}`,
            );
          if (choices && !choices.includes(value))
            return refuse(
              `${at}.value`,
              `Invalid flag value ${value} for ${name}: expected one of ${choices.join(", ")}`,
            );
          return bounds || choices || freeFlag.test(name) ? [] : refuse(`${at}.name`, `Invalid flag name: ${name}`);
        })
      : []),
    ...pickAll(inputs, `${path}.*.name`)
      .filter(({ value }) =>
        ["ssl", "listen_addresses", "port", "data_directory", "rds.force_ssl"].includes(String(value)),
      )
      .flatMap(({ path: property, value }) => refuse(property, `${String(value)} can't be set: Cloud SQL manages it`)),
  ];
}

export function settings(inputs: Props): readonly Refusal[] {
  const at = (key: string) => `settings.${key}`;
  const isPlus = editionOf(inputs) === "ENTERPRISE_PLUS";
  const disk = number(pick(inputs, at("diskSize")));
  const limit = number(pick(inputs, at("diskAutoresizeLimit")));
  const labelled = { userLabels: pick(inputs, at("userLabels")) ?? {} };
  return [
    ...tier(inputs),
    ...oneOf(inputs, at("edition"), ["ENTERPRISE", "ENTERPRISE_PLUS"]),
    ...oneOf(inputs, at("availabilityType"), ["REGIONAL", "ZONAL"]),
    ...oneOf(inputs, at("activationPolicy"), ["ALWAYS", "NEVER", "ON_DEMAND"]),
    ...oneOf(inputs, at("diskType"), ["PD_SSD", "PD_HDD", "HYPERDISK_BALANCED"]),
    ...oneOf(inputs, at("connectorEnforcement"), ["NOT_REQUIRED", "REQUIRED"]),
    ...oneOf(inputs, at("pricingPlan"), ["PER_USE"]),
    ...between(inputs, at("diskSize"), 10, shared.test(text(pick(inputs, at("tier"))) ?? "") ? 3054 : 65_536),
    ...(disk !== undefined && limit !== undefined && limit !== 0 && limit < disk
      ? refuse(at("diskAutoresizeLimit"), `is below the disk's size (${disk} GiB), got ${limit}`)
      : []),
    ...backups(inputs),
    ...addresses(inputs),
    ...flags(inputs),
    ...between(inputs, at("maintenanceWindow.day"), 1, 7),
    ...between(inputs, at("maintenanceWindow.hour"), 0, 23),
    ...oneOf(inputs, at("maintenanceWindow.updateTrack"), ["canary", "stable", "week5"]),
    ...between(inputs, at("insightsConfig.queryStringLength"), 256, isPlus ? 1_048_576 : 4500),
    ...between(inputs, at("insightsConfig.queryPlansPerMinute"), 0, isPlus ? 200 : 20),
    ...between(inputs, at("finalBackupConfig.retentionDays"), 1, 365),
    ...oneOf(inputs, at("passwordValidationPolicy.complexity"), ["COMPLEXITY_DEFAULT", "COMPLEXITY_UNSPECIFIED"]),
    ...(isSet(pick(inputs, at("passwordValidationPolicy"))) &&
    !isSet(pick(inputs, at("passwordValidationPolicy.enablePasswordPolicy")))
      ? refuse(at("passwordValidationPolicy.enablePasswordPolicy"), "is required")
      : []),
    ...(isReplica(inputs) && isSet(pick(inputs, at("passwordValidationPolicy")))
      ? refuse(at("passwordValidationPolicy"), "Password validation policy can't be set on a read replica")
      : []),
    ...(!isPlus && flag(pick(inputs, at("dataCacheConfig.dataCacheEnabled"))) === true
      ? refuse(at("dataCacheConfig"), "The data cache is for the ENTERPRISE_PLUS edition only")
      : []),
    ...(!isPlus &&
    pickAll(inputs, at("connectionPoolConfigs.*.connectionPoolingEnabled")).some(({ value }) => value === true)
      ? refuse(at("connectionPoolConfigs"), "Managed connection pooling is for the ENTERPRISE_PLUS edition only")
      : []),
    ...labels(labelled, "userLabels").map(({ property, reason }) => ({ property: at(property), reason })),
  ];
}
