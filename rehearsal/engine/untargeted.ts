// What a run isn't about stays as it is, as far as the rest can do with that.

import type { Plan, Planned } from "./plan";
import { Bail, type RegisterRequest, type Registration } from "./requests";
import { dependencyUrns, needs, newState, providerUrn, type State } from "./resource";
import type { Step } from "./steps/step";
import { SameStep } from "./steps/update";
import { parseReference } from "./urn";

/** The same request, and those that stay behind learn when it is through: what the state lists before them has to be there. */
export function awaited<T extends Registration>(plan: Plan, planned: Planned, urn: string, request: T): T {
  if (!plan.scope.constrained) return request;
  let through: () => void = () => undefined;
  const settled = new Promise<void>((resolve) => {
    through = resolve;
  });
  planned.underWay.set(urn, settled);
  return {
    ...request,
    done: (result) => {
      request.done(result);
      through();
    },
  };
}

/** What the run isn't about: it stays, or isn't made. */
export async function leave(
  plan: Plan,
  planned: Planned,
  {
    request,
    old,
    state,
  }: { readonly request: RegisterRequest; readonly old: State | undefined; readonly state: State },
): Promise<Step[]> {
  planned.sames.add(state.urn);
  if (old === undefined) {
    planned.skippedCreates.add(state.urn);
    return [new SameStep(plan, request, newState(state), state, "skipped")];
  }
  if (planned.carried.has(old.urn)) {
    request.done({ state: old });
    return [];
  }
  requireProvider(plan, old, state.urn);
  return carry(plan, planned, old, request);
}

/** What stays for others can't be changed any more. */
export function requireFree({ carried }: Planned, urn: string): void {
  if (carried.has(urn))
    throw new Error(`${urn} is named with --target, and what isn't needs it as it was; name both, or none`);
}

/**
 * Steps that leave a resource as the state has it. Before it comes what it needs and the program doesn't ask for any more:
 * that stays too, and the state lists everything behind what it needs.
 */
async function carry(plan: Plan, planned: Planned, old: State, registration?: Registration): Promise<Step[]> {
  const waited = new Set<Promise<void>>();
  // Registered in this run, it comes into the state by itself, though maybe not yet; and others may be meanwhile.
  for (;;) {
    const news = [...pending(plan, planned, old)].filter((one) => !waited.has(one));
    if (news.length === 0) return carryNow(plan, planned, old, registration);
    for (const one of news) waited.add(one);
    await Promise.all(news);
  }
}

/** Registrations under way of what it needs, and of what that needs in turn. */
function* pending(plan: Plan, planned: Planned, of: State): Iterable<Promise<void>> {
  for (const { urn, state } of missing(plan, of)) {
    const way = planned.underWay.get(planned.aliased.get(urn) ?? urn);
    if (way) yield way;
    else if (state && !planned.hasStep(urn)) yield* pending(plan, planned, state);
  }
}

/** At once: what two of them need is carried by one. */
function carryNow(plan: Plan, planned: Planned, old: State, registration?: Registration): Step[] {
  if (old.delete) return [];
  planned.urns.add(old.urn);
  planned.sames.add(old.urn);
  if (!registration) planned.carried.add(old.urn);
  if (lostProvider(plan, planned, old)) throw new Error(withoutProvider(old));
  const steps: Step[] = [];
  for (const { urn, state } of missing(plan, old)) {
    if (planned.hasStep(urn)) continue;
    if (planned.operatedOn(urn)) {
      if (urn === providerUrn(old)) continue;
      // The CLI (3.260) keeps both names in its state then, and refuses that state from there on.
      throw new Error(
        `${old.urn} is left as it is and needs ${urn}, which is ${planned.aliased.get(urn)} now; name both with --target, or none`,
      );
    }
    if (state === undefined)
      throw new Error(`${urn}, which the untargeted resource ${old.urn} needs, is not in the state`);
    steps.push(...carryNow(plan, planned, state));
  }
  steps.push(new SameStep(plan, registration, old, newState({ ...old, id: "" }), "untargeted"));
  return steps;
}

/** What a resource of the state needs, as the state has it. A provider of the same name may be another by now. */
function* missing(plan: Plan, of: State): Generator<{ readonly urn: string; readonly state: State | undefined }> {
  const provider = providerUrn(of);
  if (provider !== undefined) {
    const state = plan.olds.get(provider);
    if (state?.id === parseReference(of.provider).id) yield { urn: provider, state };
  }
  if (of.parent !== "") yield { urn: of.parent, state: plan.olds.get(of.parent) };
  for (const urn of dependencyUrns(of)) yield { urn, state: plan.olds.get(urn) };
}

/** Steps for what a targeted resource needs, the state has, and the program doesn't ask for. */
export async function carryNeeded(plan: Plan, planned: Planned, state: State): Promise<Step[]> {
  if (!plan.scope.targets.constrained) return [];
  const steps: Step[] = [];
  for (const urn of new Set(needs({ ...state, provider: "" }))) {
    const old = plan.olds.get(urn);
    if (old && !planned.hasStep(urn)) steps.push(...(await carry(plan, planned, old)));
  }
  return steps;
}

/** Whether its provider is or was replaced: recorded as staying, it would be listed ahead of the one that it still needs. */
export function lostProvider({ olds }: Plan, planned: Planned, { provider }: State): boolean {
  if (provider === "") return false;
  const { urn, id } = parseReference(provider);
  return olds.get(urn)?.id !== id || planned.replaces.has(planned.aliased.get(urn) ?? urn);
}

export const withoutProvider = ({ urn, provider }: State): string =>
  `Resource '${urn}' is left as it is and needs the provider ${provider}, which is replaced.`;

/** The provider of what stays has to stay as well: a targeted run can't move one resource and leave the others. */
function requireProvider({ olds, registry }: Plan, old: State, urn: string): void {
  if (old.provider === "" || registry.get(old.provider) !== undefined) return;
  const { urn: provider, id } = parseReference(old.provider);
  if (olds.get(provider)?.id !== id) throw new Error(`could not find provider ${old.provider} in old state`);
  throw new Error(
    `provider ${old.provider} for resource ${urn} has not been registered yet, this is due to a change of providers mixed with --target. Change your program back to the original providers`,
  );
}

/** Refuses steps that need what the run doesn't create. A preview tells all of them, each missing one once. */
export function admit({ preview, events, scope }: Plan, planned: Planned, steps: Step[]): Step[] {
  if (planned.skippedCreates.size === 0) return steps;
  const told = scope.targets.constrained || scope.replaces.constrained;
  for (const step of steps) {
    if (step.new === undefined || (step instanceof SameStep && step.reason === "skipped")) continue;
    // Once it is known that an output isn't there, nothing depends on it any more: a preview can't tell that.
    for (const urn of told || !preview ? needs(step.new) : [step.new.parent]) {
      if (!planned.skippedCreates.has(urn)) continue;
      events.error(
        step.urn,
        told
          ? `Resource '${step.urn}' depends on '${urn}' which was was not specified in --target list.`
          : // The CLI (3.260) makes it, and refuses its own state from there on.
            `Resource '${step.urn}' depends on '${urn}', which --exclude leaves out and which doesn't exist yet. Exclude both (--exclude-dependents), or neither.`,
      );
      planned.sawError = true;
      if (!preview) throw new Bail("untargeted create");
      planned.skippedCreates.delete(urn);
    }
  }
  return steps;
}
