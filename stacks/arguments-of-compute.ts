import type { CacheArgs } from "../components/cache";
import type { ClusterArgs, NodePool } from "../components/cluster";
import type { RegistryArgs } from "../components/registry";
import type { SecretsArgs } from "../components/secrets";
import { type Place, present } from "./arguments";
import type { Complete } from "./complete";

// From the words of a stack file to the arguments of what the application runs on.

/** Whether Pulumi can reach the API server, and so install things in the cluster. */
export const reachesCluster = ({ compute }: Complete): boolean =>
  compute.deployFrom === "inside" || (compute.apiAllowList ?? []).length > 0;

type Made = Omit<ClusterArgs, "site" | "network" | "keys" | "registry">;

export function clusterArguments({ zones }: Place, { compute }: Complete): Made {
  const { nodes, spotPool, systemNodes, pools, existing, kind: _kind, deployFrom: _from, ...rest } = compute;
  const { enabled: spot, ...spotSizes } = spotPool;
  const named = Object.entries(pools).map(([name, pool]) => [name, poolOf(pool)] as const);
  return {
    ...present(rest),
    version: String(compute.version),
    zones,
    system: present(systemNodes),
    pools: {
      workers: poolOf(nodes),
      ...(spot ? { spot: { ...present(spotSizes), spot: true } } : {}),
      ...Object.fromEntries(named),
    },
    ...(existing ? { existing: present(existing) } : {}),
  };
}

/** The cluster of a site that waits: pilot-light keeps the system's nodes alone, warm-standby two of each pool (DR-10). */
export function waitingClusterArguments(place: Place, settings: Complete, mode: "pilot-light" | "warm-standby"): Made {
  const { existing: _, admins = [], ...made } = clusterArguments(place, settings);
  const zonesOfPool = ({ zones: __, ...pool }: NodePool): NodePool => ({ ...pool, min: Math.min(2, pool.min ?? 2) });
  const pools = Object.entries(made.pools ?? {}).map(([name, pool]) => [name, zonesOfPool(pool)] as const);
  return {
    ...made,
    // Logins of the first site's cloud mean nothing on another: there, whoever deploys administers.
    ...(place.cloud === settings.cloud && admins.length > 0 ? { admins } : {}),
    system: { ...made.system, min: Math.min(2, made.system?.min ?? 2) },
    pools: mode === "pilot-light" && !settings.dr.active ? {} : Object.fromEntries(pools),
  };
}

const poolOf = (pool: Complete["compute"]["nodes"]): NodePool => {
  const { taints, ...rest } = pool;
  return { ...present(rest), ...(taints ? { taints: taints.map((taint) => present(taint)) } : {}) };
};

export function cacheArguments({ cache }: Complete): Required<Omit<CacheArgs, "site" | "network" | "keys">> {
  const { enabled: _, ...rest } = cache;
  return rest;
}

export const registryArguments = ({ registry }: Complete) =>
  registry satisfies Omit<RegistryArgs, "site" | "network" | "keys">;

export const secretsArguments = ({ secrets }: Complete) =>
  ({
    secrets: Object.fromEntries(Object.entries(secrets.generate).map(([name, spec]) => [name, present(spec)])),
    rotationDays: secrets.rotationDays,
  }) satisfies Omit<SecretsArgs, "site" | "network" | "keys">;
