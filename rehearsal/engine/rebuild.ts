import type { State } from "./resource";
import type { RefreshStep } from "./steps/refresh";

/** The state after a refresh of some of it: what is gone is left out, and nobody names it any more. */
export function rebuild(before: readonly State[], steps: readonly RefreshStep[]): State[] {
  const refreshed = new Map(steps.map((step) => [step.old, step]));
  const there = new Set<string>();
  const parents = new Map<string, string>();
  const resources: State[] = [];
  for (const old of before) {
    const step = refreshed.get(old);
    const state = step === undefined ? old : step.new;
    if (state === undefined) {
      parents.set(old.urn, living(old.parent, there, parents));
      continue;
    }
    const keep = (urns: readonly string[]) => urns.filter((urn) => there.has(urn));
    state.dependencies = keep(state.dependencies);
    const byProperty = Object.entries(state.propertyDependencies).map(([key, urns]) => [key, keep(urns)] as const);
    state.propertyDependencies = Object.fromEntries(byProperty.filter(([, urns]) => urns.length > 0));
    state.replaceWith = keep(state.replaceWith);
    if (!there.has(state.deletedWith)) state.deletedWith = "";
    state.parent = living(state.parent, there, parents);
    there.add(state.urn);
    resources.push(state);
  }
  return resources;
}

/** The nearest ancestor that is still there. */
function living(urn: string, there: ReadonlySet<string>, parents: ReadonlyMap<string, string>): string {
  let current = urn;
  while (current !== "" && !there.has(current)) current = parents.get(current) ?? "";
  return current;
}
