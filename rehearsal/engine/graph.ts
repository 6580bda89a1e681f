import { dependencyUrns, providerUrn, type State } from "./resource";

/** Who depends on whom, among resources listed so that every one comes after what it needs. */
export class DependencyGraph {
  readonly #index = new Map<State, number>();
  readonly #byUrn = new Map<string, State[]>();
  readonly #children = new Map<string, State[]>();
  readonly #resources: State[] = [];

  constructor(resources: readonly State[]) {
    for (const state of resources) this.append(state);
  }

  get resources(): readonly State[] {
    return this.#resources;
  }

  /** Something that is found behind all others, and that they don't need. */
  append(state: State): void {
    this.#index.set(state, this.#resources.length);
    this.#resources.push(state);
    push(this.#byUrn, state.urn, state);
    if (state.parent !== "") push(this.#children, state.parent, state);
  }

  contains(state: State): boolean {
    return this.#index.has(state);
  }

  /** Everything that depends on `root`, directly or not, in order. Children count only with `withChildren`. */
  dependingOn(root: State, ignore: ReadonlySet<string>, withChildren: boolean): State[] {
    const reached = new Set([root.urn]);
    const found: State[] = [];
    for (const state of this.resources.slice((this.#index.get(root) ?? -1) + 1)) {
      if (ignore.has(state.urn)) continue;
      const depends =
        (withChildren && reached.has(state.parent)) ||
        [...dependencyUrns(state)].some((urn) => reached.has(urn)) ||
        reached.has(providerUrn(state) ?? "");
      if (depends) {
        found.push(state);
        reached.add(state.urn);
      }
    }
    return found;
  }

  /** What a resource needs directly: dependencies, provider and parent; a component stands for its children too. */
  dependenciesOf(state: State): Set<State> {
    const cursor = this.#index.get(state) ?? 0;
    const found = new Set<State>();
    const before = (other: State) => (this.#index.get(other) ?? cursor) < cursor;
    const urns = new Set([...dependencyUrns(state), providerUrn(state) ?? ""]);
    for (const urn of urns) {
      for (const candidate of this.#byUrn.get(urn) ?? []) {
        if (!before(candidate)) continue;
        found.add(candidate);
        if (!candidate.custom) for (const child of this.#below(candidate.urn)) if (before(child)) found.add(child);
      }
    }
    for (const parent of this.#byUrn.get(state.parent) ?? []) if (before(parent)) found.add(parent);
    return found;
  }

  #below(urn: string): State[] {
    const found: State[] = [];
    const open = [urn];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const child of this.#children.get(next) ?? []) {
        found.push(child);
        open.push(child.urn);
      }
    }
    return found;
  }

  /** Everything that a resource needs, directly or not. */
  transitiveDependenciesOf(state: State): Set<State> {
    const found = new Set<State>();
    const open = [state];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const needed of this.dependenciesOf(next)) {
        if (!found.has(needed)) {
          found.add(needed);
          open.push(needed);
        }
      }
    }
    return found;
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
