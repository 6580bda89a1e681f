import type { Site } from "../site";
import type { ClusterArgs } from ".";
import type { CompletePool, NodePool } from "./pools";

/** Pools with everything that was left out; see NodePool for the defaults. */
export function completePools({
  site,
  zones,
  system,
  pools,
}: Pick<ClusterArgs, "zones" | "system" | "pools"> & { readonly site: Pick<Site, "frugal" | "environment"> }): {
  readonly system: CompletePool;
  readonly pools: Readonly<Record<string, CompletePool>>;
} {
  const small = site.frugal || site.environment === "staging";
  const base: CompletePool = {
    size: small ? "small" : "medium",
    min: site.frugal ? 1 : 2,
    max: site.frugal ? 3 : 10,
    zones: site.frugal ? zones.slice(0, 1) : zones,
    spot: false,
    taints: [],
    labels: {},
    diskGb: 50,
    surgePercent: 33,
    upgrade: "surge",
  };
  const fill = (pool: NodePool): CompletePool => ({ ...base, ...pool });
  return {
    system: { ...base, size: "small", max: site.frugal ? 3 : 5, ...system },
    pools: Object.fromEntries(Object.entries(pools ?? { workers: {} }).map(([name, pool]) => [name, fill(pool)])),
  };
}
