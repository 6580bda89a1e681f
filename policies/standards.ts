// The numbers that components build by and rules check by: pure data, so that a default and its rule can't disagree.

/** Tags that everything taggable carries (TAG-01), canonical spelling. */
export const requiredTags = ["name", "environment", "app", "owner", "cost-centre", "managed-by"] as const;
export const environments = ["dev", "staging", "prod", "dr", "preview"] as const;
export const dataClasses = ["public", "internal", "sensitive", "regulated"] as const;

/** Lowest TLS that a data service accepts (F5). */
export const dataMinTls = "1.2";

/** SEC-02, S4: 30 days. AWS KMS starts at 90 (F1). */
export const keyRotationDays = 30;
export const keyRotationFloorDays = { aws: 90, azure: 7, gcp: 1 } as const;
/** SEC-09: as keys; the seeds name no number of their own. */
export const secretRotationDays = 30;
/** The longest that passes: PCI DSS 8.3.9 and CIS name 90 days. */
export const secretRotationCeilingDays = 90;
/** CLU-15: images of so many releases stay in the registry. */
export const keptReleases = 10;
/** SEC-13: a year, what SOC 2 and PCI DSS 10.5.1 ask for. */
export const auditLogRetentionDays = 365;
/** The longest window that all three clouds offer. */
export const keyDeletionWindowDays = 30;

/** BAK-02, BAK-03. */
export const backupRetentionDays = 30;
export const pitrDays = 7;

export const flowLogRetentionDays = 90;
/** MON-38: access logs. */
export const accessLogRetentionDays = 90;
export const softDeleteDays = 30;

/** PostgreSQL majors in community support on 2026-11-21; 13 ended in November 2025 (F6). https://www.postgresql.org/support/versioning/ */
export const postgresVersions = ["14", "15", "16", "17", "18"] as const;
/** Default, and the oldest that a default may be (design.md, section 2). */
export const postgresVersion = "16";

/**
 * Kubernetes minors that EKS, AKS and GKE all offer on 2026-11-21, and the default. A cluster's version is config (never looked up).
 * https://kubernetes.io/releases/
 */
export const kubernetesVersions = ["1.34", "1.35"] as const;
export const kubernetesVersion = "1.35";

/** Ports that no rule may open to the world: databases, caches, search, brokers (net-no-open-data-ports). */
export const dataPorts = [1433, 1521, 3306, 5432, 6378, 6379, 6380, 9090, 9200, 10000, 11211, 27017] as const;
export const adminPorts = [22, 3389] as const;
export const publicPorts = [80, 443] as const;
/** Ports that anyone may be let out to: web, names, time (NET-09, network/sg-restrict-egress). */
export const egressPorts = [53, 80, 123, 443] as const;
