import type { Goal, State } from "./resource";
import type { PropertyMap } from "./values";

export interface Registered {
  readonly state: State;
  /** Set where the run goes on without this resource: it failed, or it needs one that did. */
  readonly result?: "failed" | "skipped";
}

/** Where a step tells the program that it may go on. */
export interface Registration {
  done(result: Registered): void;
}

export interface RegisterRequest extends Registration {
  readonly goal: Goal;
}

export interface ReadRequest extends Registration {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly provider: string;
  readonly parent: string;
  readonly properties: PropertyMap;
  readonly dependencies: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly sourcePosition: string;
  readonly stackTrace: readonly string[];
}

/** An end that has been told to the user already. */
export class Bail extends Error {}
