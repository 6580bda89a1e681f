// What the state has and the program hasn't goes, as far as the run is about it.

import { cascades, dependentReplacements } from "./dependents";
import type { Executor } from "./executor";
import type { Plan, Planned } from "./plan";
import { newState, type State } from "./resource";
import { schedule } from "./schedule";
import { DeleteStep, RemovePendingReplaceStep } from "./steps/delete";
import type { Step } from "./steps/step";
import { SameStep } from "./steps/update";
import { lostProvider, withoutProvider } from "./untargeted";

/** What is left behind, and what goes: in groups; a group waits for the one before. */
export interface Deletions {
  readonly sames: readonly Step[];
  readonly groups: readonly Step[][];
}

export async function deletions(plan: Plan, planned: Planned): Promise<Deletions> {
  const concerned = await concerning(plan, planned);
  const sames: Step[] = [];
  const lost: State[] = [];
  const steps: Step[] = [];
  for (const state of plan.previous) {
    if (!concerned(state.urn)) {
      if (planned.operatedOn(state.urn)) continue;
      if (lostProvider(plan, planned, state)) lost.push(state);
      sames.push(new SameStep(plan, undefined, state, newState({ ...state, id: "" }), "untargeted"));
      continue;
    }
    if (state.delete) {
      if (planned.pendingDeletes.has(state)) continue;
      planned.deletes.add(state.urn);
      steps.push(new DeleteStep(plan, state, planned.deletes, "after"));
    } else if (!planned.operatedOn(state.urn)) {
      planned.deletes.add(state.urn);
      steps.push(
        state.pendingReplacement
          ? new RemovePendingReplaceStep(plan, state)
          : new DeleteStep(plan, state, planned.deletes),
      );
    }
    if (planned.deletes.has(state.urn)) plan.ensureProvider(state.provider);
  }
  const beyond = tellBeyond(plan, planned, steps);
  for (const state of lost) plan.events.error(state.urn, withoutProvider(state));
  if (lost.length > 0) planned.sawError = true;
  return (beyond || lost.length > 0) && !plan.preview
    ? { sames: [], groups: [] }
    : { sames, groups: schedule(steps, plan.graph) };
}

/** Which resources of the state may go. */
async function concerning(plan: Plan, planned: Planned): Promise<(urn: string) => boolean> {
  const { targets, excludes } = plan.scope;
  if (targets.constrained) {
    const gone = await goingAlong(plan, planned);
    return (urn) => gone.has(urn);
  }
  if (!excludes.constrained) return () => true;
  const kept = stayingAlong(plan);
  return (urn) => !(kept.has(urn) && plan.olds.has(urn));
}

/** Targets, all that depends on them, and what would be replaced along with any of these. */
async function goingAlong(plan: Plan, planned: Planned): Promise<ReadonlySet<string>> {
  const targets = closure(
    plan.previous.filter(({ urn }) => plan.scope.targets.has(urn)),
    (state, seen) => plan.graph.dependingOn(state, seen, true),
  );
  const gone = new Set<string>();
  for (const state of plan.previous.filter(({ urn }) => targets.has(urn))) {
    gone.add(state.urn);
    const along = [...(await dependentReplacements(plan, state, planned.seen())), ...cascades(plan, state.urn)];
    for (const dependent of along) gone.add(dependent.state.urn);
  }
  return gone;
}

/** What is excluded, all that it needs, and with --exclude-dependents what needs it. */
const stayingAlong = ({ previous, graph, scope }: Plan): ReadonlySet<string> =>
  closure(
    previous.filter(({ urn }) => scope.excludes.has(urn)),
    (state, seen) => [
      ...graph.dependenciesOf(state),
      ...(scope.excludeDependents ? graph.dependingOn(state, seen, true) : []),
    ],
  );

/** URNs of `from` and of all that is reached from there. */
function closure(
  from: readonly State[],
  next: (state: State, seen: ReadonlySet<string>) => Iterable<State>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...from];
  for (let state = open.shift(); state !== undefined; state = open.shift()) {
    if (found.has(state.urn)) continue;
    found.add(state.urn);
    open.push(...next(state, found));
  }
  return found;
}

/** Tells what would have to go along, if that wasn't asked for. @returns whether there is such a thing */
function tellBeyond({ scope, events }: Plan, planned: Planned, steps: readonly Step[]): boolean {
  if (scope.targetDependents) return false;
  const beyond = steps.filter(({ urn }) => !scope.targets.has(urn));
  for (const { urn } of beyond) {
    const message = `Resource '${urn}' will be destroyed but was not specified in --target list.\nEither include resource in --target list or pass --target-dependents to proceed.`;
    events.error(urn, message);
    planned.sawError = true;
  }
  return beyond.length > 0;
}

/** Deletes group after group; what a step that failed, or was never begun, still needs stays. */
export async function deleteUnwanted(
  plan: Plan,
  { sames, groups }: Deletions,
  executor: Executor,
  untouched: readonly State[],
): Promise<void> {
  await executor.run(sames);
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
