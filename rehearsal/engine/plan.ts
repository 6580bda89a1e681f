import type { Events } from "./events";
import { DependencyGraph } from "./graph";
import type { Policies } from "./policies";
import type { Registry } from "./registry";
import { providerUrn, type State } from "./resource";
import type { Scope } from "./scope";
import type { World } from "./steps/step";
import { Unmet } from "./unmet";
import { type Home, isProviderType, parseReference } from "./urn";

/** What planning knows of the stack and asks of the run. */
export interface Plan extends World {
  readonly home: Home;
  readonly registry: Registry;
  readonly policies: Policies;
  readonly scope: Scope;
  /** Old resources by URN, those that wait for deletion left out. */
  readonly olds: ReadonlyMap<string, State>;
  readonly previous: readonly State[];
  readonly graph: DependencyGraph;
  readonly events: Events;
  /** After a refresh: what the state has now. */
  rebase(resources: readonly State[]): void;
  /** Makes the provider of a reference run, from the old state if need be. */
  ensureProvider(reference: string): void;
  /** Registered in this run, by URN. */
  readonly news: ReadonlyMap<string, State>;
}

/** @param resources of the state, in its order */
export function planFor(
  run: Pick<Plan, "preview" | "events" | "home" | "registry" | "policies" | "hooks" | "scope" | "news">,
  resources: readonly State[],
): Plan {
  const { registry } = run;
  let base = baseOf(resources);
  return {
    ...run,
    get olds() {
      return base.olds;
    },
    get previous() {
      return base.previous;
    },
    get graph() {
      return base.graph;
    },
    rebase: (now) => {
      base = baseOf(now);
    },
    manager: (state) => {
      if (isProviderType(state.type)) return registry;
      const found = registry.get(state.provider);
      if (found === undefined) throw new Error(`unknown provider ${state.provider}`);
      return found;
    },
    sameProvider: (state, checked) => registry.same(state, checked),
    ensureProvider: (reference) => {
      if (reference === "" || registry.get(reference)) return;
      const { urn, id } = parseReference(reference);
      const state = base.previous.find((s) => s.urn === urn && s.id === id);
      if (state === undefined) throw new Error(`could not find provider ${reference}`);
      registry.same(state, false);
    },
  };
}

function baseOf(resources: readonly State[]): Pick<Plan, "olds" | "previous" | "graph"> {
  const olds = new Map<string, State>();
  for (const state of resources) {
    if (state.delete) continue;
    if (olds.has(state.urn)) throw new Error(`unexpected duplicate resource '${state.urn}' in the state`);
    olds.set(state.urn, state);
  }
  return { olds, previous: resources, graph: new DependencyGraph(resources) };
}

/** What has been planned so far, by URN. */
export class Planned {
  /** What the run goes on without. */
  readonly unmet = new Unmet();
  /** Old states of what wasn't begun: what they need has to stay. */
  readonly untouched: State[] = [];
  /** Something was said that lets the run end as failed, though it went on. */
  sawError = false;
  readonly urns = new Set<string>();
  readonly reads = new Set<string>();
  readonly creates = new Set<string>();
  readonly sames = new Set<string>();
  readonly updates = new Set<string>();
  readonly replaces = new Set<string>();
  readonly imports = new Set<string>();
  readonly deletes = new Set<string>();
  readonly pendingDeletes = new Set<State>();
  /** Would have been created, and the run isn't about them. */
  readonly skippedCreates = new Set<string>();
  /** Left as they are for those that need them, before the program asked for them: it may still. */
  readonly carried = new Set<string>();
  /** Registrations that the run may leave other resources behind: settled when each is through. */
  readonly underWay = new Map<string, Promise<void>>();
  readonly providers = new Map<string, State>();
  /** Properties for which a dependent was deleted ahead of a replacement. */
  readonly dependentKeys = new Map<string, readonly string[]>();
  /** Old URN to the new one that claimed it, and the other way round. */
  readonly aliased = new Map<string, string>();
  readonly formerly = new Map<string, string>();
  readonly deleteBeforeReplace = new Map<string, boolean | undefined>();

  /** Planned already in this run: nothing of it can depend on what is planned now. */
  seen(): Set<string> {
    return new Set(this.#stepped().flatMap((urns) => [...urns]));
  }

  hasStep(urn: string): boolean {
    return this.#stepped().some((urns) => urns.has(urn));
  }

  #stepped(): Set<string>[] {
    return [this.reads, this.creates, this.sames, this.updates, this.deletes, this.replaces];
  }

  operatedOn(urn: string): boolean {
    const now = this.aliased.get(urn) ?? urn;
    return [this.sames, this.updates, this.replaces, this.reads].some((set) => set.has(now));
  }

  providerOf(state: State, olds: ReadonlyMap<string, State>): State | undefined {
    const urn = providerUrn(state);
    return urn === undefined ? undefined : (this.providers.get(urn) ?? olds.get(urn));
  }
}
