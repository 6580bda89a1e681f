// Who manages a resource: a plugin, the provider registry, or the engine itself.

import type { Diff } from "./diff";
import type { PropertyMap } from "./values";

export interface CheckResult {
  readonly inputs: PropertyMap;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

/** 0: as told. 1: it exists but isn't healthy. 2: nobody knows. */
export type Status = 0 | 1 | 2;

/** A provider's refusal or failure. `partial`: what exists nevertheless. */
export class ProviderError extends Error {
  constructor(
    message: string,
    readonly status: Status,
    readonly partial?: {
      readonly id: string;
      readonly outputs: PropertyMap;
      readonly inputs: PropertyMap | undefined;
      readonly reasons: readonly string[];
    },
    /** Nobody answered: what was asked for may have been done. */
    readonly unheard = false,
  ) {
    super(message);
  }
}

/** The provider can't say what changes, because its own configuration isn't known yet. */
export class DiffUnavailable extends Error {}

export interface ReadResult {
  readonly id: string;
  readonly inputs: PropertyMap | undefined;
  readonly outputs: PropertyMap | undefined;
  readonly refreshBeforeUpdate: boolean;
}

export interface Created {
  readonly id: string;
  readonly outputs: PropertyMap;
  readonly refreshBeforeUpdate: boolean;
}

export interface Old {
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

/** What the steps and the planner need of whoever manages a resource: a plugin, the provider registry, the built-ins. */
export interface Manager {
  check(urn: string, olds: PropertyMap | undefined, news: PropertyMap, preview: boolean): Promise<CheckResult>;
  diff(urn: string, old: Old, news: PropertyMap, preview: boolean, ignoreChanges: readonly string[]): Promise<Diff>;
  create(urn: string, inputs: PropertyMap, timeout: number, preview: boolean): Promise<Created>;
  update(
    urn: string,
    old: Old,
    news: PropertyMap,
    timeout: number,
    preview: boolean,
    ignoreChanges: readonly string[],
  ): Promise<Omit<Created, "id">>;
  read(
    urn: string,
    id: string,
    inputs: PropertyMap | undefined,
    state: PropertyMap,
    timeout: number,
  ): Promise<ReadResult>;
  delete(urn: string, old: Old, timeout: number): Promise<void>;
}

export interface Invoker {
  invoke(token: string, args: PropertyMap, preview: boolean): Promise<CheckResult>;
}
