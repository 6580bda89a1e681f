import type { Executor } from "./executor";
import type { Plan } from "./plan";
import type { State } from "./resource";
import type { Step } from "./steps/step";

/** Deletes group after group; what a step that failed, or was never begun, still needs stays. */
export async function deleteUnwanted(
  plan: Plan,
  groups: readonly Step[][],
  executor: Executor,
  untouched: readonly State[],
): Promise<void> {
  const spared = new Set<State>();
  for (const group of groups) {
    if (executor.stopping) return;
    const failed = executor.failedSteps.flatMap((step) => [step.res, step.old]);
    for (const state of [...failed, ...untouched]) {
      if (state === undefined || !plan.graph.contains(state)) continue;
      for (const needed of plan.graph.transitiveDependenciesOf(state)) spared.add(needed);
    }
    await Promise.all(group.filter((step) => !spared.has(step.res)).map((step) => executor.run([step])));
  }
}
