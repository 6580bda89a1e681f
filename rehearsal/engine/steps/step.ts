// What is done to one resource. A step changes its states only in `apply`; the executor records what it did.

import type { DetailedDiff } from "../diff";
import type { Events } from "../events";
import type { Hooks } from "../hooks";
import type { Manager, Status } from "../manager";
import type { Registration } from "../requests";
import type { State } from "../resource";

export type Op =
  | "same"
  | "create"
  | "update"
  | "delete"
  | "replace"
  | "create-replacement"
  | "delete-replaced"
  | "read"
  | "read-replacement"
  | "refresh"
  | "discard"
  | "discard-replaced"
  | "remove-pending-replace"
  | "import"
  | "import-replacement";

export interface Outcome {
  readonly status: Status;
  /** Lets the program go on. */
  readonly complete?: () => void;
  readonly error?: Error;
}

/** What steps need of the deployment that they belong to. */
export interface World {
  readonly preview: boolean;
  readonly events: Events;
  readonly hooks: Hooks;
  manager(state: State): Manager;
  /** Makes a provider of the state file available. */
  sameProvider(state: State, checked: boolean): void;
}

/** Done, and nobody waits for it. */
export const ok: Outcome = { status: 0 };

export abstract class Step {
  abstract readonly op: Op;
  abstract readonly old: State | undefined;
  abstract readonly new: State | undefined;
  /** Who waits for it in the program. */
  readonly registration: Registration | undefined = undefined;
  /** One per resource and deployment counts: the creation in a replacement doesn't, the replacement does. */
  readonly logical: boolean = true;

  constructor(readonly world: World) {}

  /** Why it is replaced, and what differs. */
  get keys(): readonly string[] | undefined {
    return undefined;
  }
  get diffs(): readonly string[] | undefined {
    return undefined;
  }
  get detailedDiff(): DetailedDiff | undefined {
    return undefined;
  }

  get res(): State {
    return (this.new ?? this.old) as State;
  }
  get urn(): string {
    return this.res.urn;
  }
  get type(): string {
    return this.res.type;
  }
  get provider(): string {
    return this.res.provider;
  }

  abstract apply(): Promise<Outcome>;
}
