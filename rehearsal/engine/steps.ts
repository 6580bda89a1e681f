// What is done to one resource. A step changes its states only in `apply`; the executor records what it did.

import { applyTimes, diffManaged, ignoreMessage, missingId } from "./apply";
import type { DetailedDiff, Diff } from "./diff";
import { invert } from "./diff";
import type { Events } from "./events";
import { resetPaths } from "./paths";
import { type Manager, ProviderError, type Status } from "./provider";
import type { Registration } from "./requests";
import { newState, type State } from "./resource";
import { isProviderType } from "./urn";
import { equal, isObject, unknownSentinel } from "./values";

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
  manager(state: State): Manager;
  /** Makes a provider of the state file available. */
  sameProvider(state: State, checked: boolean): void;
}

const ok: Outcome = { status: 0 };

export abstract class Step {
  abstract readonly op: Op;
  abstract readonly old: State | undefined;
  abstract readonly new: State | undefined;
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

export class SameStep extends Step {
  readonly op = "same";

  readonly new: State;

  constructor(
    world: World,
    readonly registration: Registration | undefined,
    readonly old: State,
    now: State,
  ) {
    super(world);
    this.new = now;
  }

  async apply(): Promise<Outcome> {
    this.new.id = this.old.id;
    this.new.outputs = this.old.outputs;
    // A provider whose change makes no difference goes on with its old configuration.
    if (isProviderType(this.new.type)) this.world.sameProvider({ ...this.new, inputs: this.old.inputs }, true);
    return { status: 0, complete: () => this.registration?.done({ state: this.new }) };
  }
}

export class CreateStep extends Step {
  readonly op: "create" | "create-replacement";
  override readonly logical: boolean;

  readonly new: State;

  constructor(
    world: World,
    readonly registration: Registration,
    now: State,
    readonly replacement?: {
      readonly old: State;
      readonly diff: Diff | undefined;
      readonly pendingDelete: boolean;
      readonly keys?: readonly string[];
    },
  ) {
    super(world);
    this.new = now;
    this.op = replacement ? "create-replacement" : "create";
    this.logical = replacement === undefined;
  }

  get old(): State | undefined {
    return this.replacement?.old;
  }
  override get keys(): readonly string[] | undefined {
    return this.replacement?.keys ?? this.replacement?.diff?.replaceKeys;
  }
  override get diffs(): readonly string[] | undefined {
    return this.replacement?.diff?.changedKeys;
  }
  override get detailedDiff(): DetailedDiff | undefined {
    return this.replacement?.diff?.detailedDiff;
  }

  async apply(): Promise<Outcome> {
    let failure: ProviderError | undefined;
    if (this.new.custom) {
      const { inputs, customTimeouts } = this.new;
      try {
        const created = await this.world
          .manager(this.new)
          .create(this.urn, inputs, customTimeouts.create ?? 0, this.world.preview);
        if (created.id === "" && !this.world.preview) return { status: 0, error: missingId() };
        this.new.id = created.id;
        this.new.outputs = created.outputs;
        this.new.refreshBeforeUpdate = created.refreshBeforeUpdate;
      } catch (error) {
        if (!(error instanceof ProviderError)) return { status: 0, error: error as Error };
        if (error.partial === undefined) return { status: error.status, error };
        failure = error;
        this.new.id = error.partial.id;
        this.new.outputs = error.partial.outputs;
        this.new.initErrors = error.partial.reasons;
      }
    }
    applyTimes(this.new, "created");
    if (this.replacement?.pendingDelete) this.replacement.old.delete = true;
    if (failure) return { status: 1, error: failure };
    return { status: 0, complete: () => this.registration.done({ state: this.new }) };
  }
}

/** A deletion that protection forbids; others go on, so that all of them are told at once. */
export class ProtectedError extends Error {}

export class DeleteStep extends Step {
  readonly op: "delete" | "delete-replaced" | "discard" | "discard-replaced";
  override readonly logical: boolean;
  readonly new = undefined;

  /** @param replacing before: ahead of its replacement, which stays pending. after: what a replacement left. */
  constructor(
    world: World,
    readonly old: State,
    readonly deleted: ReadonlySet<string>,
    readonly replacing?: "before" | "after",
  ) {
    super(world);
    if (old.external) this.op = replacing ? "discard-replaced" : "discard";
    else this.op = replacing ? "delete-replaced" : "delete";
    this.logical = replacing === undefined;
  }

  async apply(): Promise<Outcome> {
    const { old } = this;
    if (this.replacing === undefined && old.protect) {
      const error = new ProtectedError(
        `resource ${JSON.stringify(old.urn)} cannot be deleted\nbecause it is protected. To unprotect the resource, either remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi up\`, or use the command:\n\`pulumi state unprotect '${old.urn}'\``,
      );
      return { status: 0, error };
    }
    const goesAlong = old.deletedWith !== "" && this.deleted.has(old.deletedWith);
    if (!this.world.preview && !old.external && !old.retainOnDelete && !goesAlong && old.custom) {
      try {
        await this.world.manager(old).delete(old.urn, old, old.customTimeouts.delete ?? 0);
      } catch (error) {
        return { status: error instanceof ProviderError ? error.status : 0, error: error as Error };
      }
    }
    // Only after the deletion: a kill in between must find it still to be deleted.
    if (this.replacing === "before") old.pendingReplacement = true;
    return ok;
  }
}

/** Forgets a resource that was deleted ahead of a replacement which nobody asks for any more. */
export class RemovePendingReplaceStep extends Step {
  readonly op = "remove-pending-replace";
  override readonly logical = false;
  readonly new = undefined;

  constructor(
    world: World,
    readonly old: State,
  ) {
    super(world);
  }

  async apply(): Promise<Outcome> {
    return ok;
  }
}

export class UpdateStep extends Step {
  readonly op = "update";

  readonly new: State;

  constructor(
    world: World,
    readonly registration: Registration,
    readonly old: State,
    now: State,
    readonly diff: Diff,
    readonly ignoreChanges: readonly string[],
  ) {
    super(world);
    this.new = now;
  }

  override get diffs(): readonly string[] {
    return this.diff.changedKeys;
  }
  override get detailedDiff(): DetailedDiff | undefined {
    return this.diff.detailedDiff;
  }

  async apply(): Promise<Outcome> {
    const { old } = this;
    this.new.id = old.id;
    this.new.created = old.created;
    this.new.modified = old.modified;
    let failure: ProviderError | undefined;
    if (this.new.custom) {
      try {
        const updated = await this.world
          .manager(this.new)
          .update(
            this.urn,
            old,
            this.new.inputs,
            this.new.customTimeouts.update ?? 0,
            this.world.preview,
            this.ignoreChanges,
          );
        this.new.outputs = updated.outputs;
        this.new.refreshBeforeUpdate = updated.refreshBeforeUpdate;
      } catch (error) {
        if (!(error instanceof ProviderError)) return { status: 0, error: error as Error };
        if (error.partial === undefined) return { status: error.status, error };
        failure = error;
        this.new.outputs = error.partial.outputs;
        this.new.initErrors = error.partial.reasons;
        // What exists wasn't made from the new inputs.
        this.new.inputs = old.inputs;
      }
      applyTimes(this.new, "modified");
    }
    if (failure) return { status: 1, error: failure };
    return { status: 0, complete: () => this.registration.done({ state: this.new }) };
  }
}

/** Says that a resource is replaced; creation and deletion are steps of their own. */
export class ReplaceStep extends Step {
  readonly op = "replace";

  readonly new: State;

  constructor(
    world: World,
    readonly old: State,
    now: State,
    readonly diff: Diff | undefined,
  ) {
    super(world);
    this.new = now;
  }

  override get keys(): readonly string[] | undefined {
    return this.diff?.replaceKeys;
  }
  override get diffs(): readonly string[] | undefined {
    return this.diff?.changedKeys;
  }
  override get detailedDiff(): DetailedDiff | undefined {
    return this.diff?.detailedDiff;
  }

  async apply(): Promise<Outcome> {
    return ok;
  }
}

export class ReadStep extends Step {
  readonly op: "read" | "read-replacement";
  override readonly logical: boolean;

  readonly new: State;

  constructor(
    world: World,
    readonly registration: Registration,
    readonly old: State | undefined,
    now: State,
    readonly replacing: boolean,
  ) {
    super(world);
    this.new = now;
    this.op = replacing ? "read-replacement" : "read";
    this.logical = !replacing;
  }

  async apply(): Promise<Outcome> {
    const { id, inputs, customTimeouts } = this.new;
    let failure: ProviderError | undefined;
    if (id !== unknownSentinel) {
      try {
        const read = await this.world.manager(this.new).read(this.urn, id, inputs, inputs, customTimeouts.read ?? 0);
        if (read.outputs === undefined) return { status: 0, error: new Error(`resource '${id}' does not exist`) };
        this.new.outputs = read.outputs;
        if (read.id !== "") this.new.id = read.id;
      } catch (error) {
        if (!(error instanceof ProviderError) || error.partial === undefined) {
          return { status: error instanceof ProviderError ? error.status : 0, error: error as Error };
        }
        failure = error;
        this.new.outputs = error.partial.outputs;
        this.new.initErrors = error.partial.reasons;
      }
    }
    if (this.replacing && this.old) this.old.delete = true;
    this.new.created = this.old?.created;
    this.new.modified = this.old?.modified;
    if (this.old && !(equal(this.new.inputs, this.old.inputs) && equal(this.new.outputs, this.old.outputs))) {
      applyTimes(this.new, "modified");
    }
    const complete = () => this.registration.done({ state: this.new });
    return failure ? { status: 1, complete, error: failure } : { status: 0, complete };
  }
}

export class RefreshStep extends Step {
  readonly op = "refresh";
  override readonly logical = false;
  #new: State;
  #gone = false;
  #diff: Diff | undefined;

  constructor(
    world: World,
    readonly old: State,
  ) {
    super(world);
    this.#new = old;
  }

  get new(): State | undefined {
    return this.#gone ? undefined : this.#new;
  }
  override get res(): State {
    return this.old;
  }
  override get diffs(): readonly string[] | undefined {
    return this.#diff?.changedKeys;
  }
  override get detailedDiff(): DetailedDiff | undefined {
    return this.#diff?.detailedDiff;
  }

  /** What the refresh came to. */
  get resultOp(): "same" | "update" | "delete" {
    if (this.#gone) return "delete";
    if (this.#new === this.old) return "same";
    if (this.old.external) return equal(this.old.outputs, this.#new.outputs) ? "same" : "update";
    return this.#diff?.changes === "none" ? "same" : "update";
  }

  async apply(): Promise<Outcome> {
    const { old } = this;
    if (!old.custom || isProviderType(old.type) || old.pendingReplacement) return ok;
    const manager = this.world.manager(old);
    let found: {
      id: string;
      inputs: State["inputs"] | undefined;
      outputs: State["outputs"] | undefined;
      refreshBeforeUpdate: boolean;
    };
    let initErrors: readonly string[] = [];
    try {
      found = await manager.read(old.urn, old.id, old.inputs, old.outputs, old.customTimeouts.read ?? 0);
    } catch (error) {
      if (!(error instanceof ProviderError) || error.partial === undefined) {
        return { status: error instanceof ProviderError ? error.status : 0, error: error as Error };
      }
      found = { ...error.partial, refreshBeforeUpdate: false };
      initErrors = error.partial.reasons;
      this.world.events.warning(old.urn, `Refreshed resource is in an unhealthy state:\n* ${initErrors.join("\n* ")}`);
    }
    if (found.id === "" || found.outputs === undefined) {
      this.#gone = true;
      return ok;
    }
    const fresh = newState({
      ...old,
      id: found.id,
      inputs: found.inputs ?? old.inputs,
      outputs: found.outputs,
      initErrors,
    });
    fresh.refreshBeforeUpdate = found.refreshBeforeUpdate;
    if (!(equal(fresh.inputs, old.inputs) && equal(fresh.outputs, old.outputs))) applyTimes(fresh, "modified");
    this.#new = fresh;
    if (!old.external) {
      try {
        // What an update with an unchanged program would now do, seen from the other side.
        this.#diff = invert(
          await diffManaged(
            this.world.events,
            manager,
            fresh.urn,
            fresh,
            old.inputs,
            this.world.preview,
            old.ignoreChanges,
          ),
        );
      } catch (error) {
        return { status: 0, error: error as Error };
      }
    }
    return ok;
  }
}

export class ImportStep extends Step {
  readonly op: "import" | "import-replacement";
  override readonly logical: boolean;
  #old: State | undefined;

  readonly new: State;

  constructor(
    world: World,
    /** Told when the resource has been read; planning goes on from there. */
    readonly imported: (state: State | undefined) => void,
    readonly original: State | undefined,
    now: State,
    readonly ignoreChanges: readonly string[],
  ) {
    super(world);
    this.new = now;
    this.op = original ? "import-replacement" : "import";
    this.logical = original === undefined;
  }

  get old(): State | undefined {
    return this.#old;
  }

  async apply(): Promise<Outcome> {
    const outcome = await this.#read();
    return outcome.error ? outcome : { ...outcome, complete: () => this.imported(this.new) };
  }

  async #read(): Promise<Outcome> {
    const { importID, customTimeouts } = this.new;
    let read: { id: string; inputs: State["inputs"] | undefined; outputs: State["outputs"] | undefined };
    try {
      read = await this.world.manager(this.new).read(this.urn, importID, undefined, {}, customTimeouts.read ?? 0);
    } catch (error) {
      if (!(error instanceof ProviderError) || error.partial === undefined) {
        return { status: error instanceof ProviderError ? error.status : 0, error: error as Error };
      }
      read = error.partial;
      this.new.initErrors = error.partial.reasons;
    }
    if (read.outputs === undefined) {
      return { status: 0, error: new Error(`resource '${importID}' does not exist`) };
    }
    if (!isObject(read.inputs)) {
      const pkg = this.type.split(":")[0];
      return {
        status: 0,
        error: new Error(`provider does not support importing resources; please try updating the '${pkg}' plugin`),
      };
    }
    this.new.id = read.id === "" ? importID : read.id;
    this.#old = newState({
      ...this.new,
      inputs: read.inputs,
      outputs: read.outputs,
      additionalSecretOutputs: [],
      aliases: [],
    });
    const { inputs, invalid } = resetPaths(read.inputs, read.inputs, this.ignoreChanges);
    if (invalid.length > 0) this.world.events.diagnostic("info", this.urn, ignoreMessage(invalid));
    this.new.inputs = inputs;
    this.new.outputs = read.outputs;
    applyTimes(this.new, "created");
    if (this.original) this.original.delete = true;
    return ok;
  }
}
