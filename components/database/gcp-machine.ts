import type { Size } from "../size";
import type { CompleteDatabaseArgs } from ".";

type Choice = Pick<CompleteDatabaseArgs, "size" | "pooling">;

interface Machine {
  readonly edition: "ENTERPRISE" | "ENTERPRISE_PLUS";
  readonly tier: string;
}

/**
 * Machine classes by edition. Enterprise: shared core, then `db-custom-<vCPU>-<MiB>`. Enterprise Plus starts at two
 * vCPU and has its own names. https://cloud.google.com/sql/docs/postgres/machine-series-overview
 */
const tiers: Readonly<Record<Machine["edition"], Readonly<Record<Size, string>>>> = {
  ENTERPRISE: {
    tiny: "db-f1-micro",
    small: "db-custom-1-3840",
    medium: "db-custom-2-8192",
    large: "db-custom-4-16384",
    xlarge: "db-custom-8-32768",
  },
  ENTERPRISE_PLUS: {
    tiny: "db-perf-optimized-N-2",
    small: "db-perf-optimized-N-2",
    medium: "db-perf-optimized-N-2",
    large: "db-perf-optimized-N-4",
    xlarge: "db-perf-optimized-N-8",
  },
};

/**
 * Managed connection pooling (DB-11) exists on Enterprise Plus only, and PostgreSQL 16 and later start there when no
 * edition is named: about half as dear again, so Enterprise is the choice until pooling is asked for.
 * https://cloud.google.com/sql/docs/postgres/editions-intro
 */
export function machineOf({ size, pooling }: Choice): Machine {
  const edition = pooling ? "ENTERPRISE_PLUS" : "ENTERPRISE";
  return { edition, tier: tiers[edition][size] };
}
