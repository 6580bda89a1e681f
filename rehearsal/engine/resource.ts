import type { HookBindings } from "./hooks";
import { parseReference } from "./urn";
import type { PropertyMap, Value } from "./values";

/** Seconds. */
export interface Timeouts {
  readonly create?: number;
  readonly update?: number;
  readonly delete?: number;
  readonly read?: number;
}

/** A resource as the engine and its state file know it. Steps fill it in while they run. */
export interface State {
  readonly type: string;
  urn: string;
  readonly custom: boolean;
  /** Waits for its deletion: a newer one has taken its place. */
  delete: boolean;
  id: string;
  inputs: PropertyMap;
  outputs: PropertyMap;
  parent: string;
  readonly protect: boolean;
  readonly taint: boolean;
  /** Read, not managed. */
  readonly external: boolean;
  dependencies: readonly string[];
  initErrors: readonly string[];
  provider: string;
  propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** Deleted ahead of its replacement, which hasn't been created yet. */
  pendingReplacement: boolean;
  readonly additionalSecretOutputs: readonly string[];
  aliases: readonly string[];
  readonly customTimeouts: Timeouts;
  importID: string;
  readonly retainOnDelete: boolean;
  deletedWith: string;
  replaceWith: readonly string[];
  created: string | undefined;
  modified: string | undefined;
  readonly sourcePosition: string;
  readonly stackTrace: readonly string[];
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  /** Property paths whose differences nobody is shown. */
  readonly hideDiff: readonly string[];
  readonly replacementTrigger: Value;
  refreshBeforeUpdate: boolean;
  readonly hooks: HookBindings;
}

/** What the program asks for. */
export interface Goal {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly properties: PropertyMap;
  readonly parent: string;
  readonly protect: boolean | undefined;
  readonly dependencies: readonly string[];
  readonly provider: string;
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly deleteBeforeReplace: boolean | undefined;
  readonly ignoreChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly aliases: readonly Alias[];
  /** Import id. */
  readonly id: string;
  readonly customTimeouts: Timeouts;
  readonly replaceOnChanges: readonly string[];
  readonly replacementTrigger: Value;
  readonly retainOnDelete: boolean | undefined;
  /** Property paths whose differences nobody is shown. */
  readonly hideDiff: readonly string[];
  readonly deletedWith: string;
  readonly replaceWith: readonly string[];
  readonly hooks: HookBindings;
  readonly sourcePosition: string;
  readonly stackTrace: readonly string[];
}

export type Alias =
  | { readonly urn: string }
  | {
      readonly name: string;
      readonly type: string;
      readonly stack: string;
      readonly project: string;
      readonly parent: string;
      readonly noParent: boolean;
    };

const blank = {
  custom: true,
  delete: false,
  id: "",
  inputs: {},
  outputs: {},
  parent: "",
  protect: false,
  taint: false,
  external: false,
  dependencies: [],
  initErrors: [],
  provider: "",
  propertyDependencies: {},
  pendingReplacement: false,
  additionalSecretOutputs: [],
  aliases: [],
  customTimeouts: {},
  importID: "",
  retainOnDelete: false,
  deletedWith: "",
  replaceWith: [],
  created: undefined,
  modified: undefined,
  sourcePosition: "",
  stackTrace: [],
  ignoreChanges: [],
  replaceOnChanges: [],
  hideDiff: [],
  replacementTrigger: null,
  refreshBeforeUpdate: false,
  hooks: {},
} satisfies Omit<State, "type" | "urn">;

export const newState = (given: Pick<State, "type" | "urn"> & Partial<State>): State => ({ ...blank, ...given });

/** The state that a goal aims at; ids and outputs come with the step. */
export function stateFromGoal(goal: Goal, urn: string, old: State | undefined, alias: string | undefined): State {
  return newState({
    type: goal.type,
    urn,
    custom: goal.custom,
    inputs: goal.properties,
    parent: goal.parent,
    protect: goal.protect ?? false,
    dependencies: goal.dependencies,
    provider: goal.provider,
    propertyDependencies: goal.propertyDependencies,
    additionalSecretOutputs: goal.additionalSecretOutputs,
    aliases: alias === undefined ? [] : [alias],
    customTimeouts: goal.customTimeouts,
    importID: goal.id,
    retainOnDelete: goal.retainOnDelete ?? false,
    deletedWith: goal.deletedWith,
    replaceWith: goal.replaceWith,
    created: old?.created,
    modified: old?.modified,
    sourcePosition: goal.sourcePosition,
    stackTrace: goal.stackTrace,
    ignoreChanges: goal.ignoreChanges,
    replaceOnChanges: goal.replaceOnChanges,
    hideDiff: goal.hideDiff,
    replacementTrigger: goal.replacementTrigger,
    refreshBeforeUpdate: old?.refreshBeforeUpdate ?? false,
    hooks: goal.hooks,
  });
}

type Dependent = Pick<State, "dependencies" | "propertyDependencies" | "deletedWith" | "replaceWith">;

/** URNs that a resource needs to exist, its parent and provider left out. */
export function* dependencyUrns(of: Dependent): Generator<string> {
  yield* of.dependencies;
  for (const urns of Object.values(of.propertyDependencies)) yield* urns;
  if (of.deletedWith !== "") yield of.deletedWith;
  yield* of.replaceWith;
}

/** ... both included. */
export function* needs(of: Dependent & Pick<State, "parent" | "provider">): Generator<string> {
  if (of.parent !== "") yield of.parent;
  const provider = providerUrn(of);
  if (provider !== undefined) yield provider;
  yield* dependencyUrns(of);
}

export const providerUrn = ({ provider }: Pick<State, "provider">): string | undefined =>
  provider === "" ? undefined : parseReference(provider).urn;
