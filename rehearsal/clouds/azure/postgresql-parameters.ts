// Parameters of flexible servers.

export interface Parameter {
  readonly type: "Boolean" | "Integer" | "Numeric" | "Enumeration" | "String" | "Set";
  readonly initial: string;
  /** Takes effect at a restart. */
  readonly restart?: true;
  readonly range?: readonly [number, number];
  readonly values?: readonly string[];
}
const flag = (initial: "on" | "off"): Parameter => ({ type: "Boolean", initial });
const count = (initial: number, low: number, high: number): Parameter => ({
  type: "Integer",
  initial: String(initial),
  range: [low, high],
});

const real = (initial: string, low: number, high: number): Parameter => ({
  type: "Numeric",
  initial,
  range: [low, high],
});
const most = 2147483647;

/** The parameters that platforms set, with what Azure allows: https://learn.microsoft.com/azure/postgresql/flexible-server/server-parameters-table-read-write-static */
export const parameters: Readonly<Record<string, Parameter>> = {
  require_secure_transport: flag("on"),
  ssl_min_protocol_version: { type: "Enumeration", initial: "TLSv1.2", values: ["TLSv1.2", "TLSv1.3"] },
  ssl_max_protocol_version: { type: "Enumeration", initial: "", values: ["", "TLSv1.2", "TLSv1.3"] },
  log_connections: flag("off"),
  log_disconnections: flag("off"),
  log_checkpoints: flag("on"),
  log_duration: flag("off"),
  log_lock_waits: flag("off"),
  "logfiles.retention_days": count(3, 1, 7),
  "logfiles.download_enable": flag("off"),
  log_min_duration_statement: count(-1, -1, 2147483647),
  log_statement: { type: "Enumeration", initial: "none", values: ["none", "ddl", "mod", "all"] },
  log_min_messages: {
    type: "Enumeration",
    initial: "warning",
    values: "debug5,debug4,debug3,debug2,debug1,info,notice,warning,error,log,fatal,panic".split(","),
  },
  max_connections: { ...count(50, 25, 5000), restart: true },
  max_prepared_transactions: { ...count(0, 0, 262143), restart: true },
  max_worker_processes: { ...count(8, 0, 262143), restart: true },
  shared_buffers: { ...count(32768, 16, 1073741823), restart: true },
  wal_level: { type: "Enumeration", initial: "replica", values: ["replica", "logical"], restart: true },
  work_mem: count(4096, 4096, 2097151),
  maintenance_work_mem: count(65536, 1024, 2097151),
  effective_cache_size: count(262144, 1, 2147483647),
  idle_in_transaction_session_timeout: count(0, 0, 2147483647),
  statement_timeout: count(0, 0, 2147483647),
  "connection_throttle.enable": flag("off"),
  "azure.extensions": { type: "Set", initial: "" },
  shared_preload_libraries: { type: "Set", initial: "pg_cron,pg_stat_statements", restart: true },
  "pgaudit.log": {
    type: "Set",
    initial: "none",
    values: ["none", "read", "write", "function", "role", "ddl", "misc", "misc_set", "all"],
  },
  "pgaudit.log_catalog": flag("on"),
  "pgaudit.log_parameter": flag("off"),
  "pg_stat_statements.track": { type: "Enumeration", initial: "none", values: ["top", "all", "none"] },
  "pg_qs.query_capture_mode": { type: "Enumeration", initial: "none", values: ["top", "all", "none"] },
  "pgms_wait_sampling.query_capture_mode": { type: "Enumeration", initial: "none", values: ["all", "none"] },
  "metrics.collector_database_activity": flag("off"),
  "metrics.autovacuum_diagnostics": flag("off"),
  intelligent_tuning: flag("off"),
  timezone: { type: "String", initial: "UTC" },
  "pgbouncer.enabled": { type: "Boolean", initial: "false", values: ["true", "false"] },
  "pgbouncer.pool_mode": {
    type: "Enumeration",
    initial: "transaction",
    values: ["transaction", "session", "statement"],
  },
  "pgbouncer.default_pool_size": count(50, 1, 4950),
  "pgbouncer.max_client_conn": count(5000, 1, 50000),
  "pgbouncer.min_pool_size": count(0, 0, 4950),
  autovacuum: flag("on"),
  autovacuum_max_workers: { ...count(3, 1, 262143), restart: true },
  autovacuum_naptime: count(60, 1, 2147483),
  autovacuum_vacuum_threshold: count(50, 0, most),
  autovacuum_vacuum_scale_factor: real("0.2", 0, 100),
  autovacuum_vacuum_cost_limit: count(-1, -1, 10000),
  autovacuum_analyze_threshold: count(50, 0, most),
  autovacuum_analyze_scale_factor: real("0.1", 0, 100),
  vacuum_cost_limit: count(200, 1, 10000),
  checkpoint_timeout: count(600, 30, 86400),
  checkpoint_completion_target: real("0.9", 0, 1),
  random_page_cost: real("2", 0, 1.79769e308),
  default_statistics_target: count(100, 1, 10000),
  track_io_timing: flag("off"),
  jit: flag("off"),
  row_security: flag("on"),
  lock_timeout: count(0, 0, most),
  deadlock_timeout: count(1000, 1, most),
  tcp_keepalives_idle: count(120, 0, most),
  tcp_keepalives_interval: count(30, 0, most),
  tcp_keepalives_count: count(9, 0, most),
  max_locks_per_transaction: { ...count(64, 10, 8388608), restart: true },
  max_wal_senders: { ...count(10, 5, 100), restart: true },
  max_replication_slots: { ...count(10, 2, 262143), restart: true },
  password_encryption: { type: "Enumeration", initial: "scram-sha-256", values: ["md5", "scram-sha-256"] },
  "azure.accepted_password_auth_method": {
    type: "Set",
    initial: "md5,scram-sha-256",
    values: ["md5", "scram-sha-256"],
  },
  log_temp_files: count(-1, -1, most),
  log_autovacuum_min_duration: count(-1, -1, most),
  log_line_prefix: { type: "String", initial: "%t-%c-" },
  search_path: { type: "String", initial: '"$user", public' },
  "cron.database_name": { type: "String", initial: "postgres", restart: true },
  "pg_stat_statements.max": { ...count(5000, 100, most), restart: true },
};
