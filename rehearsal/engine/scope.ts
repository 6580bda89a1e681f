// What of a stack a run is about: who takes part, who is left as it is.

import type { Selection } from "./api";
import { dependencyUrns, needs, type State } from "./resource";
import { Targets } from "./targets";
import { isProviderType, qualifiedType, rootStackType, typeOf } from "./urn";

type Related = Pick<
  State,
  "urn" | "parent" | "provider" | "dependencies" | "propertyDependencies" | "deletedWith" | "replaceWith"
>;

export class Scope {
  readonly #selection: Selection;
  readonly targets: Targets;
  readonly excludes: Targets;
  readonly replaces: Targets;
  readonly targetDependents: boolean;
  readonly excludeDependents: boolean;
  /** Targets and, as the run comes to them, their dependents; and so of what is excluded. */
  readonly #reached: Targets;
  readonly #left: Targets;

  constructor(selection: Selection = {}) {
    this.#selection = selection;
    this.targets = new Targets(selection.targets);
    this.excludes = new Targets(selection.excludes);
    this.replaces = new Targets(selection.replaces);
    this.#reached = new Targets(selection.targets);
    this.#left = new Targets(selection.excludes);
    this.targetDependents = selection.targetDependents === true;
    this.excludeDependents = selection.excludeDependents === true;
  }

  /** Whether anything may be left as it is. */
  get constrained(): boolean {
    return this.targets.constrained || this.excludes.constrained;
  }

  /** Whether a registration takes part. Providers and the stack always do: all others need them. */
  includes(state: Related): boolean {
    if (isProviderType(typeOf(state.urn)) || qualifiedType(state.urn) === rootStackType) return true;
    return this.covers(state);
  }

  /** Whether it was asked for, and providers aren't unless they are named. */
  covers(state: Related): boolean {
    if (this.targets.constrained) return this.#isTarget(state);
    return !(this.excludes.constrained && this.#isExcluded(state));
  }

  #isTarget(state: Related): boolean {
    if (this.targets.has(state.urn)) return true;
    return this.targetDependents && [...needs(state)].some((urn) => this.#reached.has(urn));
  }

  #isExcluded(state: Related): boolean {
    if (this.excludes.has(state.urn)) return true;
    return this.excludeDependents && [...needs(state)].some((urn) => this.#left.has(urn));
  }

  /** Its dependents, which are registered after it, go the same way. */
  follow(state: Related, included: boolean): void {
    if (this.excludes.constrained && !included && this.#isExcluded(state)) this.#left.add(state.urn);
    else if (included && this.#isTarget(state)) this.#reached.add(state.urn);
  }

  /** Whether it is replaced, whatever its provider says. */
  replacing(urn: string, old: Pick<State, "taint"> | undefined): boolean {
    return (this.replaces.constrained && this.replaces.has(urn)) || old?.taint === true;
  }

  /** What a refresh looks at, of resources that come after what they need. */
  refreshed<T extends Related>(resources: readonly T[]): T[] {
    const given = new Targets(this.excludes.constrained ? this.#selection.excludes : this.#selection.targets);
    const follows = this.excludes.constrained ? this.excludeDependents : this.targetDependents;
    const named = (state: T): boolean => {
      if (given.has(state.urn)) return true;
      if (!follows || ![state.parent, ...dependencyUrns(state)].some((urn) => urn !== "" && given.has(urn)))
        return false;
      given.add(state.urn);
      return true;
    };
    return resources.filter((state) => named(state) !== this.excludes.constrained);
  }
}
