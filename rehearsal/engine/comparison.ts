// What changes for a resource that exists: of its own accord, or along with others.

import { diffManaged } from "./apply";
import { type Diff, isReplace, noDiff, replaceFor } from "./diff";
import { DiffUnavailable, type Manager } from "./manager";
import type { Plan, Planned } from "./plan";
import { Bail } from "./requests";
import type { Goal, State } from "./resource";
import { parseReference } from "./urn";
import { containsUnknown, equal, unwrap, type Value } from "./values";

/** `triggered`: its replacement trigger has changed. */
export type Comparison = Diff & { readonly triggered?: boolean };

export async function compare(
  plan: Plan,
  planned: Planned,
  goal: Goal,
  old: State,
  state: State,
  manager: Manager | undefined,
): Promise<Comparison> {
  const { events, preview } = plan;
  const { urn } = state;
  if (!preview && containsUnknown(state.replacementTrigger)) {
    const message = `replacement trigger contains unknowns for ${urn}`;
    events.error(urn, message);
    throw new Bail(message);
  }
  const forced = await replacedAnyway(plan, planned, old, state);
  if (forced) {
    await speakOf(manager, old, state);
    return forced;
  }
  if (manager === undefined) return equal(old.inputs, state.inputs) ? noDiff : { ...noDiff, changes: "some" };
  try {
    return await diffManaged(events, manager, urn, old, state.inputs, preview, goal.ignoreChanges);
  } catch (error) {
    if (!(error instanceof DiffUnavailable)) throw error;
    events.warning(urn, error.message);
    return { ...noDiff, changes: "some" };
  }
}

/** A replacement that no provider is asked about. */
async function replacedAnyway(plan: Plan, planned: Planned, old: State, state: State): Promise<Comparison | undefined> {
  if (triggers(state.replacementTrigger, old.replacementTrigger)) {
    return { ...noDiff, changes: "some", triggered: true };
  }
  if (plan.scope.replacing(state.urn, old)) return replaceFor("id");
  if (state.replaceWith.some((other) => planned.replaces.has(other))) return replaceFor("replaceWith");
  if (state.deletedWith !== "" && planned.replaces.has(state.deletedWith)) return replaceFor("deletedWith");
  return (await providerChanged(plan, planned, old, state)) ? replaceFor("provider") : undefined;
}

/**
 * A provider that hasn't heard of a resource since it was made takes its replacement for the same creation, asked again
 * after a kill: a comparison tells it otherwise, whatever it comes to.
 */
async function speakOf(manager: Manager | undefined, old: State, { urn, inputs }: State): Promise<void> {
  await manager?.diff(urn, old, inputs, true, []).catch(() => undefined);
}

/** Another provider takes over unless its configuration says that it can't manage what the old one made. */
async function providerChanged(plan: Plan, planned: Planned, old: State, state: State): Promise<boolean> {
  if (old.provider === state.provider) return false;
  if (old.provider === "" || state.provider === "") return true;
  const [was, is] = [parseReference(old.provider), parseReference(state.provider)];
  if (planned.aliased.get(was.urn) === is.urn) return false;
  const { registry, olds, previous } = plan;
  const instance = registry.get(state.provider);
  if (instance === undefined) throw new Error(`failed to resolve provider reference: "${old.provider}"`);
  // The one that made it, which may itself have been replaced in a run that came no further.
  const oldProvider = previous.find(({ urn, id }) => urn === was.urn && id === was.id) ?? olds.get(was.urn);
  const newProvider = planned.providers.get(is.urn);
  if (oldProvider === undefined || newProvider === undefined) return true;
  return isReplace(await registry.diffWith(instance, is.urn, oldProvider, newProvider.inputs));
}

/** Whether a replacement trigger has changed; no trigger then or now is no change. */
function triggers(now: Value, then: Value): boolean {
  const [a, b] = [unwrap(now), unwrap(then)];
  if (containsUnknown(a) || containsUnknown(b)) return true;
  return a !== null && b !== null && !equal(a, b);
}
