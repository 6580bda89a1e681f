import type { DependencyGraph } from "./graph";
import type { State } from "./resource";
import type { Step } from "./steps/step";

/** Reverse dependency order: everything goes before what it needs; what is independent goes together. */
export function schedule(steps: readonly Step[], graph: DependencyGraph): Step[][] {
  const condemned = new Map(steps.map((step) => [step.res, step]));
  const depth = new Map<State, number>();
  const groups: Step[][] = [];
  // The graph's resources come after what they need: one pass knows every depth.
  for (const state of graph.resources) {
    const step = condemned.get(state);
    if (step === undefined) continue;
    let level = 0;
    for (const needed of graph.dependenciesOf(state)) {
      if (condemned.has(needed)) level = Math.max(level, 1 + (depth.get(needed) ?? 0));
    }
    depth.set(state, level);
    const group = groups[level];
    if (group) group.push(step);
    else groups[level] = [step];
  }
  return groups.reverse();
}
