// Who goes along when a resource is deleted ahead of its replacement.

import { diffManaged } from "./apply";
import { applyReplaceOnChanges, isReplace } from "./diff";
import type { Plan } from "./plan";
import { providerUrn, type State } from "./resource";
import { isProviderType } from "./urn";
import { UNKNOWN, type Value } from "./values";

export interface Dependent {
  readonly state: State;
  /** Properties that make it go. */
  readonly keys: readonly string[];
}

/**
 * Dependents that a change of `root` would replace: asked of their providers with the changed inputs unknown.
 * @param seen what this run has planned already
 */
export async function dependentReplacements(plan: Plan, root: State, seen: ReadonlySet<string>): Promise<Dependent[]> {
  const found: Dependent[] = [];
  const replaced = new Set([root.urn]);
  for (const state of plan.graph.dependingOn(root, seen, false)) {
    const keys = await replacementKeys(plan, state, replaced);
    if (keys === undefined) continue;
    found.push({ state, keys });
    replaced.add(state.urn);
  }
  return found;
}

async function replacementKeys(
  plan: Plan,
  state: State,
  replaced: ReadonlySet<string>,
): Promise<readonly string[] | undefined> {
  if (!state.custom || state.external) return undefined;
  if (replaced.has(providerUrn(state) ?? "")) {
    plan.ensureProvider(state.provider);
    return [];
  }
  if (state.deletedWith !== "" && replaced.has(state.deletedWith)) return [];
  const depends = (key: string) => (state.propertyDependencies[key] ?? []).some((urn) => replaced.has(urn));
  const entries = Object.entries(state.inputs);
  if (!entries.some(([key]) => depends(key))) return undefined;
  const inputs = Object.fromEntries(
    entries.map(([key, value]): [string, Value] => [key, depends(key) ? UNKNOWN : value]),
  );
  if (isProviderType(state.type)) plan.sameProvider(state, false);
  else plan.ensureProvider(state.provider);
  const told = await diffManaged(plan.events, plan.manager(state), state.urn, state, inputs, true, state.ignoreChanges);
  const diff = applyReplaceOnChanges(told, state.replaceOnChanges, false);
  return isReplace(diff) ? diff.replaceKeys : undefined;
}

/** Those that say themselves that they go with `urn`. */
export function cascades(plan: Plan, urn: string): Dependent[] {
  const found = new Map<string, State>();
  for (const state of [...plan.news.values(), ...plan.olds.values()]) {
    if (found.has(state.urn)) continue;
    if (state.replaceWith.includes(urn) || state.deletedWith === urn) found.set(state.urn, state);
  }
  return [...found.values()].map((state) => ({ state, keys: [] }));
}
