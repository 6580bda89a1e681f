// Turns what the program asks for into steps. Decides nothing on old states that it hasn't been told of.

import { candidates } from "./aliases";
import { ignoreMessage } from "./apply";
import { accepted, managerOf } from "./checking";
import { type Comparison, compare } from "./comparison";
import { applyReplaceOnChanges, isReplace } from "./diff";
import { claimUrn, findOld } from "./identity";
import type { Manager } from "./manager";
import { resetPaths } from "./paths";
import { type Plan, Planned } from "./plan";
import { replace } from "./replacement";
import { Bail, type ReadRequest, type RegisterRequest } from "./requests";
import { type Goal, newState, type State, stateFromGoal } from "./resource";
import { CreateStep, ReplaceStep } from "./steps/create";
import { DeleteStep } from "./steps/delete";
import { ImportStep, ReadStep } from "./steps/read";
import type { Step } from "./steps/step";
import { SameStep, UpdateStep } from "./steps/update";
import { admit, awaited, carryNeeded, leave, requireFree } from "./untargeted";
import { isProviderType } from "./urn";
import type { PropertyMap } from "./values";

export class Planner {
  readonly #plan: Plan;
  readonly planned = new Planned();

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** Steps for a resource that is read and not managed. */
  read(given: ReadRequest): Step[] {
    const urn = claimUrn(this.#plan, this.planned, given.parent, given.type, given.name);
    const request = awaited(this.#plan, this.planned, urn, given);
    if (request.id === "") throw new Error(`Expected an ID for ${urn}`);
    const { old, alias } = findOld(
      this.#plan,
      this.planned,
      urn,
      candidates(this.#plan.home, request, [], this.planned.formerly),
    );
    const state = newState({
      type: request.type,
      urn,
      id: request.id,
      inputs: request.properties,
      parent: request.parent,
      external: true,
      dependencies: request.dependencies,
      provider: request.provider,
      additionalSecretOutputs: request.additionalSecretOutputs,
      aliases: alias === undefined ? [] : [alias],
      sourcePosition: request.sourcePosition,
      stackTrace: request.stackTrace,
    });
    if (old && !old.external && old.id !== request.id) {
      this.planned.replaces.add(urn);
      return [new ReadStep(this.#plan, request, old, state, true), new ReplaceStep(this.#plan, old, state, undefined)];
    }
    this.planned.reads.add(urn);
    return [new ReadStep(this.#plan, request, old, state, false)];
  }

  /** Steps for a resource that the program registers. `run` executes steps that planning has to wait for (imports). */
  async register(given: RegisterRequest, run: (steps: Step[]) => void): Promise<Step[]> {
    const { goal } = given;
    const urn = claimUrn(this.#plan, this.planned, goal.parent, goal.type, goal.name);
    const request = awaited(this.#plan, this.planned, urn, given);
    const { old, alias, invalid } = findOld(
      this.#plan,
      this.planned,
      urn,
      candidates(this.#plan.home, goal, goal.aliases, this.planned.formerly),
    );
    const state = stateFromGoal(goal, urn, old, alias);
    this.planned.deleteBeforeReplace.set(urn, goal.deleteBeforeReplace);
    if (isProviderType(goal.type)) {
      this.planned.providers.set(urn, state);
      if (alias !== undefined) this.planned.providers.set(alias, state);
    }
    const manager = managerOf(this.#plan, urn, goal);
    const recreating = this.planned.deletes.has(urn);
    const oldImport = old === undefined ? "" : old.importID || old.id;
    if (goal.custom && goal.id !== "" && (old === undefined || old.external || oldImport !== goal.id)) {
      this.planned.imports.add(urn);
      const original = recreating ? undefined : old;
      // A failed import resolves nothing: the program has been told, and planning ends here.
      const imported = await new Promise<State>((resolve) => {
        const step = new ImportStep(this.#plan, request, resolve, original, state, goal.ignoreChanges);
        run(original ? [step, new ReplaceStep(this.#plan, original, state, undefined)] : [step]);
      });
      const next = stateFromGoal(goal, urn, imported, alias);
      return this.#decide(request, imported, next, manager, invalid, recreating);
    }
    return this.#decide(request, old, state, manager, invalid, recreating);
  }

  /** A resource that can't be dealt with in this run: it stays as it is. @returns its state as the program asks for it */
  skip(asked: Pick<Goal, "name" | "type" | "parent" | "custom" | "aliases">): State {
    const plan = this.#plan;
    const urn = claimUrn(plan, this.planned, asked.parent, asked.type, asked.name);
    const aliases = candidates(plan.home, asked, asked.aliases, this.planned.formerly);
    const { old } = findOld(plan, this.planned, urn, aliases);
    this.planned.sames.add(urn);
    if (old) this.planned.untouched.push(old);
    return newState({ type: asked.type, urn, custom: asked.custom });
  }

  /** Steps that won't be taken: what was to be deleted isn't. */
  giveUp(steps: readonly Step[]): void {
    for (const step of steps) {
      if (step.old) this.planned.untouched.push(step.old);
      if (!(step instanceof DeleteStep)) continue;
      this.planned.deletes.delete(step.urn);
      this.planned.pendingDeletes.delete(step.old);
    }
  }

  async #decide(
    request: RegisterRequest,
    old: State | undefined,
    state: State,
    manager: Manager | undefined,
    claimsInvalid: boolean,
    recreating: boolean,
  ): Promise<Step[]> {
    const plan = this.#plan;
    const { goal } = request;
    const included = plan.scope.includes(state);
    let valid = !claimsInvalid;
    let inputs = this.#ignoring(state.urn, state.inputs, old, goal.ignoreChanges);
    if (manager && !included) inputs = old?.inputs ?? {};
    else if (manager) {
      const afresh = recreating || old === undefined || old.external || plan.scope.replacing(state.urn, old);
      const result = afresh
        ? await manager.check(state.urn, undefined, goal.properties, plan.preview)
        : await manager.check(state.urn, old.inputs, inputs, plan.preview);
      if (!accepted(plan, state, result)) valid = false;
      inputs = result.inputs;
    }
    state.inputs = inputs;
    const ahead = included ? await carryNeeded(plan, this.planned, state) : [];
    const verdict = await plan.policies.judge(
      state,
      goal.deleteBeforeReplace,
      this.planned.providerOf(state, plan.olds),
    );
    state.inputs = verdict.inputs;
    if (verdict.violated) this.planned.sawError = true;
    if (!valid || (verdict.violated && !plan.preview)) throw new Bail(`resource ${state.urn} is invalid`);

    const steps = await this.#choose(request, old, state, manager, { recreating, included });
    return admit(plan, this.planned, [...ahead, ...steps]);
  }

  async #choose(
    request: RegisterRequest,
    old: State | undefined,
    state: State,
    manager: Manager | undefined,
    { recreating, included }: { readonly recreating: boolean; readonly included: boolean },
  ): Promise<Step[]> {
    const plan = this.#plan;
    const { urn } = state;
    // Another step may have condemned it while the provider and the policies were asked.
    if (recreating || this.planned.deletes.has(urn)) {
      if (old === undefined) throw new Error(`${urn} was deleted but never existed`);
      return this.#recreate(request, old, state);
    }
    if (old?.external) {
      this.planned.creates.add(urn);
      return [
        new CreateStep(plan, request, state, { old, diff: undefined, pendingDelete: true }),
        new ReplaceStep(plan, old, state, undefined),
      ];
    }
    plan.scope.follow(state, included);
    if (!included) return leave(plan, this.planned, { request, old, state });
    requireFree(this.planned, urn);
    if (old === undefined) {
      this.planned.creates.add(urn);
      return [new CreateStep(plan, request, state)];
    }
    const diff = await compare(plan, this.planned, request.goal, old, state, manager);
    if (this.planned.deletes.has(urn)) return this.#recreate(request, old, state);
    return this.#fromDiff(request, old, state, manager, diff);
  }

  #recreate(request: RegisterRequest, old: State, state: State): Step[] {
    const { urn } = state;
    this.planned.deletes.delete(urn);
    this.planned.replaces.add(urn);
    const keys = this.planned.dependentKeys.get(urn);
    return [
      new ReplaceStep(this.#plan, old, state, undefined),
      new CreateStep(this.#plan, request, state, {
        old,
        diff: undefined,
        pendingDelete: false,
        ...(keys === undefined ? {} : { keys }),
      }),
    ];
  }

  #ignoring(urn: string, inputs: PropertyMap, old: State | undefined, paths: readonly string[]): PropertyMap {
    if (old === undefined) return inputs;
    const { inputs: kept, invalid } = resetPaths(inputs, old.inputs, paths);
    if (invalid.length > 0) this.#plan.events.diagnostic("info", urn, ignoreMessage(invalid));
    return kept;
  }

  async #fromDiff(
    request: RegisterRequest,
    old: State,
    state: State,
    manager: Manager | undefined,
    told: Comparison,
  ): Promise<Step[]> {
    const plan = this.#plan;
    const { goal } = request;
    const hasInitErrors = old.initErrors.length > 0;
    const diff = applyReplaceOnChanges(told, goal.replaceOnChanges, hasInitErrors);
    const differs = diff.changes === "some" || old.pendingReplacement;
    if (differs && (isReplace(diff) || told.triggered || old.pendingReplacement)) {
      return replace(plan, this.planned, request, old, state, manager, diff);
    }
    if (differs || hasInitErrors) {
      this.planned.updates.add(state.urn);
      return [new UpdateStep(plan, request, old, state, diff, goal.ignoreChanges)];
    }
    if (this.planned.imports.has(state.urn)) {
      request.done({ state: old });
      return [];
    }
    this.planned.sames.add(state.urn);
    return [new SameStep(plan, request, old, state)];
  }
}
