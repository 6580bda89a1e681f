import type { Executor } from "./executor";
import type { Plan } from "./plan";
import type { State } from "./resource";
import type { Step } from "./steps/step";

/** Deletes group after group; what a step that failed still needs stays. */
export async function deleteUnwanted(plan: Plan, groups: readonly Step[][], executor: Executor): Promise<void> {
  const spared = new Set<State>();
  for (const group of groups) {
    if (executor.stopping) return;
    for (const failed of executor.failedSteps) {
      for (const state of [failed.res, failed.old]) {
        if (state && plan.graph.contains(state)) {
          for (const needed of plan.graph.transitiveDependenciesOf(state)) spared.add(needed);
        }
      }
    }
    await Promise.all(group.filter((step) => !spared.has(step.res)).map((step) => executor.run([step])));
  }
}
