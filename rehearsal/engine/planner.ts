// Turns what the program asks for, and what it no longer asks for, into steps. Decides nothing on old states that it
// hasn't been told of; asks providers and policies on the way.

import { candidates } from "./aliases";
import { diffManaged, ignoreMessage } from "./apply";
import { cascades, dependentReplacements } from "./dependents";
import { describe } from "./describe";
import { applyReplaceOnChanges, type Diff, isReplace, noDiff, replaceFor } from "./diff";
import type { Events } from "./events";
import type { DependencyGraph } from "./graph";
import { type CheckResult, DiffUnavailable, type Manager } from "./manager";
import { resetPaths } from "./paths";
import type { Policies } from "./policies";
import type { Registry } from "./registry";
import { Bail, type ReadRequest, type RegisterRequest } from "./requests";
import { newState, providerUrn, type State, stateFromGoal } from "./resource";
import { schedule } from "./schedule";
import { CreateStep, ReplaceStep } from "./steps/create";
import { DeleteStep, RemovePendingReplaceStep } from "./steps/delete";
import { ImportStep, ReadStep } from "./steps/read";
import type { Step, World } from "./steps/step";
import { SameStep, UpdateStep } from "./steps/update";
import { createUrn, type Home, isProviderType, nameOf, parseReference } from "./urn";
import { containsUnknown, equal, type PropertyMap, unwrap, type Value } from "./values";

export interface Plan extends World {
  readonly home: Home;
  readonly registry: Registry;
  readonly policies: Policies;
  /** Old resources by URN, those that wait for deletion left out. */
  readonly olds: ReadonlyMap<string, State>;
  readonly previous: readonly State[];
  readonly graph: DependencyGraph;
  readonly events: Events;
  /** Makes the provider of a reference run, from the old state if need be. */
  ensureProvider(reference: string): void;
  /** Registered in this run, by URN. */
  readonly news: ReadonlyMap<string, State>;
}

export class Planner {
  readonly #plan: Plan;
  /** Something was said that lets the run end as failed, though it went on. */
  sawError = false;
  readonly urns = new Set<string>();
  readonly #reads = new Set<string>();
  readonly #creates = new Set<string>();
  readonly #sames = new Set<string>();
  readonly #updates = new Set<string>();
  readonly #replaces = new Set<string>();
  readonly #imports = new Set<string>();
  readonly #deletes = new Set<string>();
  readonly #pendingDeletes = new Set<State>();
  readonly #providers = new Map<string, State>();
  readonly #dependentKeys = new Map<string, readonly string[]>();
  /** Old URN to the new one that claimed it, and the other way round. */
  readonly #aliased = new Map<string, string>();
  readonly #formerly = new Map<string, string>();
  readonly deleteBeforeReplace = new Map<string, boolean | undefined>();

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  #name(parent: string, type: string, name: string): string {
    if (parent !== "" && !this.urns.has(parent)) throw new Error(`could not find parent resource ${parent}`);
    const urn = createUrn(this.#plan.home, parent, type, name);
    if (this.urns.has(urn)) {
      const message = `Duplicate resource URN '${urn}'; try giving it a unique name`;
      this.#plan.events.error(urn, message);
      throw new Bail(message);
    }
    this.urns.add(urn);
    return urn;
  }

  #findOld(
    urn: string,
    aliases: readonly string[],
  ): { old: State | undefined; alias: string | undefined; invalid: boolean } {
    const { events, olds, registry } = this.#plan;
    let invalid = false;
    const claimant = this.#aliased.get(urn);
    if (claimant !== undefined) {
      invalid = true;
      events.error(urn, `Duplicate resource URN '${urn}' conflicting with alias on resource with URN '${claimant}'`);
    }
    for (const candidate of [urn, ...aliases]) {
      const old = olds.get(candidate);
      if (old === undefined) continue;
      if (candidate === urn) return { old, alias: undefined, invalid };
      const other = this.urns.has(candidate) ? urn : this.#aliased.get(candidate);
      if (other !== undefined) {
        invalid = true;
        events.error(
          urn,
          `Duplicate resource alias '${candidate}' applied to resource with URN '${urn}' conflicting with resource with URN '${other}'`,
        );
      }
      this.#aliased.set(candidate, urn);
      this.#formerly.set(urn, candidate);
      registry.alias(urn, candidate);
      return { old, alias: candidate, invalid };
    }
    return { old: undefined, alias: undefined, invalid };
  }

  /** Steps for a resource that is read and not managed. */
  read(request: ReadRequest): Step[] {
    const urn = this.#name(request.parent, request.type, request.name);
    if (request.id === "") throw new Error(`Expected an ID for ${urn}`);
    const { old, alias } = this.#findOld(urn, candidates(this.#plan.home, request, [], this.#formerly));
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
      this.#replaces.add(urn);
      return [new ReadStep(this.#plan, request, old, state, true), new ReplaceStep(this.#plan, old, state, undefined)];
    }
    this.#reads.add(urn);
    return [new ReadStep(this.#plan, request, old, state, false)];
  }

  /** Steps for a resource that the program registers. `run` executes steps that planning has to wait for (imports). */
  async register(request: RegisterRequest, run: (steps: Step[]) => void): Promise<Step[]> {
    const { goal } = request;
    const urn = this.#name(goal.parent, goal.type, goal.name);
    const { old, alias, invalid } = this.#findOld(urn, candidates(this.#plan.home, goal, goal.aliases, this.#formerly));
    const state = stateFromGoal(goal, urn, old, alias);
    this.deleteBeforeReplace.set(urn, goal.deleteBeforeReplace);
    if (isProviderType(goal.type)) {
      this.#providers.set(urn, state);
      if (alias !== undefined) this.#providers.set(alias, state);
    }
    const manager = this.#manager(urn, goal.custom, goal.provider, goal.type);
    const recreating = this.#deletes.has(urn);
    const oldImport = old === undefined ? "" : old.importID || old.id;
    if (goal.custom && goal.id !== "" && (old === undefined || old.external || oldImport !== goal.id)) {
      this.#imports.add(urn);
      const original = recreating ? undefined : old;
      const imported = await new Promise<State | undefined>((resolve) => {
        const step = new ImportStep(this.#plan, resolve, original, state, goal.ignoreChanges);
        run(original ? [step, new ReplaceStep(this.#plan, original, state, undefined)] : [step]);
      });
      if (imported === undefined) return [];
      const next = stateFromGoal(goal, urn, imported, alias);
      return this.#decide(request, urn, imported, next, manager, invalid, recreating);
    }
    return this.#decide(request, urn, old, state, manager, invalid, recreating);
  }

  #manager(urn: string, custom: boolean, provider: string, type: string): Manager | undefined {
    if (!custom) return undefined;
    const { registry, events } = this.#plan;
    if (isProviderType(type)) return registry;
    if (provider.endsWith(`::${denied}`)) {
      const message = `Default provider for '${nameOf(parseReference(provider).urn)}' disabled. '${urn}' must use an explicit provider.`;
      events.error(urn, message);
      throw new Bail(message);
    }
    const found = registry.get(provider);
    if (found === undefined) {
      const message = `unknown provider '${provider}' for resource '${urn}'`;
      events.error(urn, message);
      throw new Bail(message);
    }
    return found;
  }

  #checked(urn: string, state: State, result: CheckResult): boolean {
    for (const { property, reason } of result.failures) {
      const subject = `${state.type} resource '${nameOf(urn)}'`;
      this.#plan.events.error(
        urn,
        property === ""
          ? `${subject} has a problem: ${reason}`
          : `${subject}: property ${property} value ${describe(state.inputs[property])} has a problem: ${reason}`,
      );
    }
    return result.failures.length === 0;
  }

  async #decide(
    request: RegisterRequest,
    urn: string,
    old: State | undefined,
    state: State,
    manager: Manager | undefined,
    claimsInvalid: boolean,
    recreating: boolean,
  ): Promise<Step[]> {
    const plan = this.#plan;
    const { goal } = request;
    const wasExternal = old?.external === true;
    let valid = !claimsInvalid;
    let inputs = this.#ignoring(urn, state.inputs, old, goal.ignoreChanges);
    if (manager) {
      const afresh = recreating || wasExternal || old === undefined || old.taint;
      const result = afresh
        ? await manager.check(urn, undefined, goal.properties, plan.preview)
        : await manager.check(urn, old.inputs, inputs, plan.preview);
      if (!this.#checked(urn, state, result)) valid = false;
      inputs = result.inputs;
    }
    state.inputs = inputs;
    const verdict = await plan.policies.judge(state, goal.deleteBeforeReplace, this.#providerState(state));
    state.inputs = verdict.inputs;
    if (verdict.violated) this.sawError = true;
    if (!valid || (verdict.violated && !plan.preview)) throw new Bail(`resource ${urn} is invalid`);

    // Another step may have condemned it while the provider and the policies were asked.
    if (recreating || this.#deletes.has(urn)) {
      if (old === undefined) throw new Error(`${urn} was deleted but never existed`);
      return this.#recreate(request, old, state);
    }
    if (wasExternal && old) {
      this.#creates.add(urn);
      return [
        new CreateStep(plan, request, state, { old, diff: undefined, pendingDelete: true }),
        new ReplaceStep(plan, old, state, undefined),
      ];
    }
    if (old === undefined) {
      this.#creates.add(urn);
      return [new CreateStep(plan, request, state)];
    }
    const diff = await this.#diff(request, urn, old, state, manager);
    if (this.#deletes.has(urn)) return this.#recreate(request, old, state);
    return this.#fromDiff(request, urn, old, state, manager, diff);
  }

  #recreate(request: RegisterRequest, old: State, state: State): Step[] {
    const { urn } = state;
    this.#deletes.delete(urn);
    this.#replaces.add(urn);
    const keys = this.#dependentKeys.get(urn);
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

  async #diff(
    request: RegisterRequest,
    urn: string,
    old: State,
    state: State,
    manager: Manager | undefined,
  ): Promise<Diff & { triggered?: boolean }> {
    const { goal } = request;
    const { events, preview } = this.#plan;
    if (!preview && containsUnknown(state.replacementTrigger)) {
      const message = `replacement trigger contains unknowns for ${urn}`;
      events.error(urn, message);
      throw new Bail(message);
    }
    if (triggers(state.replacementTrigger, old.replacementTrigger))
      return { ...noDiff, changes: "some", triggered: true };
    if (old.taint) return replaceFor("id");
    if (state.replaceWith.some((other) => this.#replaces.has(other))) return replaceFor("replaceWith");
    if (state.deletedWith !== "" && this.#replaces.has(state.deletedWith)) return replaceFor("deletedWith");
    if (await this.#providerChanged(old, state)) return replaceFor("provider");
    if (manager === undefined) return equal(old.inputs, state.inputs) ? noDiff : { ...noDiff, changes: "some" };
    try {
      return await diffManaged(events, manager, urn, old, state.inputs, preview, goal.ignoreChanges);
    } catch (error) {
      if (!(error instanceof DiffUnavailable)) throw error;
      events.warning(urn, error.message);
      return { ...noDiff, changes: "some" };
    }
  }

  /** Another provider takes over unless its configuration says that it can't manage what the old one made. */
  async #providerChanged(old: State, state: State): Promise<boolean> {
    if (old.provider === state.provider) return false;
    if (old.provider === "" || state.provider === "") return true;
    const [was, is] = [parseReference(old.provider), parseReference(state.provider)];
    if (this.#aliased.get(was.urn) === is.urn) return false;
    const { registry, olds } = this.#plan;
    const instance = registry.get(state.provider);
    if (instance === undefined) throw new Error(`failed to resolve provider reference: "${old.provider}"`);
    const [oldProvider, newProvider] = [olds.get(was.urn), this.#providers.get(is.urn)];
    if (oldProvider === undefined || newProvider === undefined) return true;
    return isReplace(await registry.diffWith(instance, is.urn, oldProvider, newProvider.inputs));
  }

  async #fromDiff(
    request: RegisterRequest,
    urn: string,
    old: State,
    state: State,
    manager: Manager | undefined,
    told: Diff & { triggered?: boolean },
  ): Promise<Step[]> {
    const plan = this.#plan;
    const { goal } = request;
    const hasInitErrors = old.initErrors.length > 0;
    const diff = applyReplaceOnChanges(told, goal.replaceOnChanges, hasInitErrors);
    if (diff.changes === "some" || old.pendingReplacement) {
      if (isReplace(diff) || told.triggered || old.pendingReplacement) {
        return this.#replace(request, urn, old, state, manager, diff);
      }
      this.#updates.add(urn);
      return [new UpdateStep(plan, request, old, state, diff, goal.ignoreChanges)];
    }
    if (hasInitErrors) {
      this.#updates.add(urn);
      return [new UpdateStep(plan, request, old, state, diff, goal.ignoreChanges)];
    }
    if (this.#imports.has(urn)) {
      request.done({ state: old });
      return [];
    }
    this.#sames.add(urn);
    return [new SameStep(plan, request, old, state)];
  }

  async #replace(
    request: RegisterRequest,
    urn: string,
    old: State,
    state: State,
    manager: Manager | undefined,
    diff: Diff,
  ): Promise<Step[]> {
    const plan = this.#plan;
    const { goal } = request;
    if (state.protect && old.protect) {
      const message = `unable to replace resource ${JSON.stringify(urn)}\nas it is currently marked for protection. To unprotect the resource, remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi up\``;
      plan.events.error(urn, message);
      this.sawError = true;
      if (!plan.preview) throw new Bail(message);
    }
    if (goal.id !== "") {
      const what = diff.replaceKeys
        .map((k) => `${k}: ${describe(old.inputs[k])} => ${describe(state.inputs[k])}`)
        .join("\n");
      const message = `previously-imported resources that still specify an ID may not be replaced; please remove the \`import\` declaration from your program;\n${what}`;
      if (!plan.preview) throw new Error(message);
      plan.events.warning(urn, message);
    }
    this.#replaces.add(urn);
    if (manager && !old.taint) {
      // Defaults that were carried over from the old resource are the new one's own to choose.
      const result = await manager.check(urn, undefined, goal.properties, plan.preview);
      if (!this.#checked(urn, state, result)) throw new Bail(`resource ${urn} has check errors`);
      state.inputs = result.inputs;
    }
    if (!(goal.deleteBeforeReplace ?? diff.deleteBeforeReplace)) {
      return [
        new CreateStep(plan, request, state, { old, diff, pendingDelete: true }),
        new ReplaceStep(plan, old, state, diff),
      ];
    }
    const steps: Step[] = [];
    const dependents = plan.graph.contains(old) ? await dependentReplacements(plan, old, this.#seen()) : [];
    dependents.push(...cascades(plan, urn));
    for (const { state: dependent, keys } of dependents.reverse()) {
      if (this.#pendingDeletes.has(dependent)) continue;
      this.#dependentKeys.set(dependent.urn, keys);
      if (dependent.delete) steps.push(new DeleteStep(plan, dependent, this.#deletes));
      else {
        if (dependent.protect) {
          const message = `unable to replace resource ${JSON.stringify(dependent.urn)} as part of replacing ${JSON.stringify(urn)} as it is currently marked for protection. To unprotect the resource, remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi up\`, or use the command:\n\`pulumi state unprotect '${dependent.urn}'\``;
          plan.events.error(dependent.urn, message);
          this.sawError = true;
          throw new Bail(message);
        }
        steps.push(new DeleteStep(plan, dependent, this.#deletes, "before"));
      }
      this.#deletes.add(dependent.urn);
      this.#pendingDeletes.add(dependent);
    }
    plan.ensureProvider(old.provider);
    if (!old.pendingReplacement) {
      this.#deletes.add(old.urn);
      steps.push(new DeleteStep(plan, old, this.#deletes, "before"));
    }
    // The creation that follows belongs to the replacement: it isn't "deleted" for anyone but its dependents.
    return [
      ...steps,
      new ReplaceStep(plan, old, state, diff),
      new CreateStep(plan, request, state, { old, diff, pendingDelete: false }),
    ];
  }

  /** Planned already in this run: nothing of it can depend on what is planned now. */
  #seen(): Set<string> {
    const all = [this.#reads, this.#creates, this.#sames, this.#updates, this.#deletes, this.#replaces];
    return new Set(all.flatMap((urns) => [...urns]));
  }

  #providerState(state: State): State | undefined {
    const urn = providerUrn(state);
    return urn === undefined ? undefined : (this.#providers.get(urn) ?? this.#plan.olds.get(urn));
  }

  providerOf(state: State): State | undefined {
    return this.#providerState(state);
  }

  #operatedOn(urn: string): boolean {
    const now = this.#aliased.get(urn) ?? urn;
    return [this.#sames, this.#updates, this.#replaces, this.#reads].some((set) => set.has(now));
  }

  /** Steps for what the state has and the program hasn't: in groups; a group waits for the one before. */
  deletions(): Step[][] {
    const plan = this.#plan;
    const steps: Step[] = [];
    for (const state of plan.previous) {
      if (state.delete) {
        if (this.#pendingDeletes.has(state)) continue;
        this.#deletes.add(state.urn);
        steps.push(new DeleteStep(plan, state, this.#deletes, "after"));
      } else if (!this.#operatedOn(state.urn)) {
        this.#deletes.add(state.urn);
        steps.push(
          state.pendingReplacement
            ? new RemovePendingReplaceStep(plan, state)
            : new DeleteStep(plan, state, this.#deletes),
        );
      }
      if (this.#deletes.has(state.urn)) plan.ensureProvider(state.provider);
    }
    return schedule(steps, plan.graph);
  }
}

export const denied = "denydefaultprovider";

/** Whether a replacement trigger has changed; no trigger then or now is no change. */
function triggers(now: Value, then: Value): boolean {
  const [a, b] = [unwrap(now), unwrap(then)];
  if (containsUnknown(a) || containsUnknown(b)) return true;
  return a !== null && b !== null && !equal(a, b);
}
