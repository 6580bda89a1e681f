import { refuse } from "../limits";
import type { Props, Refusal } from "../row";
import { pick, pickAll, text } from "../values";
import { said } from "./common";
import { isPostgres } from "./sql-tier";

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

export function flags(inputs: Props): readonly Refusal[] {
  const path = "settings.databaseFlags";
  const names = pickAll(inputs, `${path}.*.name`);
  return [
    ...names
      .filter(({ value }, index) => names.slice(0, index).some((other) => other.value === value))
      .flatMap(({ path: property, value }) => refuse(property, `the flag ${said(value)} is given twice`)),
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
        ["ssl", "listen_addresses", "port", "data_directory", "rds.force_ssl"].includes(said(value)),
      )
      .flatMap(({ path: property, value }) => refuse(property, `${said(value)} can't be set: Cloud SQL manages it`)),
  ];
}
