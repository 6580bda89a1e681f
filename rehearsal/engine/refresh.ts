// Looks at what exists before, or instead of, changing it.

import type { Snapshot } from "./checkpoint";
import type { Executor } from "./executor";
import type { Plan } from "./plan";
import { rebuild } from "./rebuild";
import { Bail } from "./requests";
import type { SnapshotWriter } from "./snapshot";
import { RefreshStep } from "./steps/refresh";
import { requireFound } from "./targets";

/**
 * Refreshes what the run is about, and goes on from what that found.
 * @param all whether it was asked for; otherwise a run looks only at those whose provider wants it before an update
 */
export async function refresh(
  plan: Plan,
  executor: Executor,
  { snapshot, writer }: { readonly snapshot: Snapshot; readonly writer: SnapshotWriter | undefined },
  all: boolean,
): Promise<void> {
  const { scope } = plan;
  if (snapshot.resources.length === 0) return;
  requireFound(plan, scope.targets);
  requireFound(plan, scope.excludes);
  const refreshed = scope.refreshed(snapshot.resources.filter((state) => all || state.refreshBeforeUpdate));
  const steps = refreshed.map((state) => {
    plan.ensureProvider(state.provider);
    return new RefreshStep(plan, state);
  });
  executor.lenient = true;
  await Promise.all(steps.map((step) => executor.run([step])));
  executor.lenient = false;
  const resources = rebuild(snapshot.resources, steps);
  plan.rebase(resources);
  const looked = new Set(refreshed.map(({ urn }) => urn));
  writer?.rebase(
    resources,
    snapshot.operations.filter((op) => op.type === "creating" || !looked.has(op.resource.urn)),
  );
  await writer?.commit();
  if (executor.failure !== undefined || executor.stopping) throw new Bail("stopped");
}
