import { parseCidr } from "../cidr";
import { between, each, fits, oneOf, refuse } from "../limits";
import type { Props, Refusal } from "../row";
import { flag, isSet, list, number, object, pick, pickAll, text } from "../values";
import { labels, said } from "./common";
import { flags } from "./sql-flags";
import { editionOf, isMysql, isPostgres, isReplica, shared, tier } from "./sql-tier";

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
    isMysql(inputs) &&
    !isReplica(inputs) &&
    on === true &&
    flag(backup["binaryLogEnabled"]) !== true
      ? refuse(`${path}.binaryLogEnabled`, "The REGIONAL availability type requires binary logging for MySQL")
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
    ...(text(given["sslMode"]) === "TRUSTED_CLIENT_CERTIFICATE_REQUIRED" &&
    (text(inputs["databaseVersion"]) ?? "").startsWith("SQLSERVER")
      ? refuse(`${path}.sslMode`, "SQL Server can't require client certificates")
      : []),
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
    ...(flag(given["enablePrivatePathForGoogleCloudServices"]) === true && !isSet(given["privateNetwork"])
      ? refuse(`${path}.enablePrivatePathForGoogleCloudServices`, "needs privateNetwork")
      : []),
    ...(isSet(given["allocatedIpRange"]) && !isSet(given["privateNetwork"])
      ? refuse(`${path}.allocatedIpRange`, "needs privateNetwork")
      : []),
    ...each(
      inputs,
      `${path}.authorizedNetworks.*.value`,
      (value) => parseCidr(said(value).includes("/") ? said(value) : `${said(value)}/32`)?.canonical === true,
      (value) => `${value} is not a CIDR range`,
    ),
    ...each(
      inputs,
      `${path}.authorizedNetworks.*.value`,
      (value) => !/^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(said(value)),
      (value) => `Non-routable or private authorized network (${value}).`,
    ),
  ];
}

/** A time without maintenance: 90 days at most, by whole dates or once a year. https://cloud.google.com/sql/docs/postgres/maintenance#deny */
function deniedPeriod(inputs: Props): readonly Refusal[] {
  const path = "settings.denyMaintenancePeriod";
  const [start, end] = ["startDate", "endDate"].map((key) =>
    Date.parse(`${said(pick(inputs, `${path}.${key}`))}T00:00:00Z`),
  );
  const days = ((end ?? Number.NaN) - (start ?? Number.NaN)) / 86_400_000;
  return [
    ...["startDate", "endDate"].flatMap((key) =>
      fits(inputs, `${path}.${key}`, /^(\d{4}-)?(0?[1-9]|1[0-2])-(0?[1-9]|[12]\d|3[01])$/, "yyyy-mm-dd or mm-dd"),
    ),
    ...fits(inputs, `${path}.time`, /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/, "HH:mm:SS in UTC"),
    ...(days < 0 || days > 90 ? refuse(`${path}.endDate`, `the period is from 1 to 90 days, got ${days}`) : []),
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
    ...oneOf(inputs, at("activationPolicy"), ["ALWAYS", "NEVER", "ON_DEMAND"]),
    ...oneOf(inputs, at("diskType"), ["PD_SSD", "PD_HDD", "HYPERDISK_BALANCED"]),
    ...oneOf(inputs, at("pricingPlan"), ["PER_USE"]),
    ...between(inputs, at("diskSize"), 10, shared.test(text(pick(inputs, at("tier"))) ?? "") ? 3054 : 65_536),
    ...(disk !== undefined && limit !== undefined && limit !== 0 && limit < disk
      ? refuse(at("diskAutoresizeLimit"), `is below the disk's size (${disk} GiB), got ${limit}`)
      : []),
    ...backups(inputs),
    ...addresses(inputs),
    ...flags(inputs),
    ...oneOf(inputs, at("maintenanceWindow.updateTrack"), ["canary", "stable", "week5"]),
    ...between(inputs, at("insightsConfig.queryStringLength"), 256, isPlus ? 1_048_576 : 4500),
    ...between(inputs, at("insightsConfig.queryPlansPerMinute"), 0, isPlus ? 200 : 20),
    ...between(inputs, at("finalBackupConfig.retentionDays"), 1, 365),
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
    ...deniedPeriod(inputs),
    ...labels(labelled, "userLabels").map(({ property, reason }) => ({ property: at(property), reason })),
  ];
}
