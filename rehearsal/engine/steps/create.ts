import { applyTimes, missingId } from "../apply";
import type { DetailedDiff, Diff } from "../diff";
import { ProviderError } from "../manager";
import type { Registration } from "../requests";
import type { State } from "../resource";
import { type Outcome, ok, Step, type World } from "./step";

export class CreateStep extends Step {
  readonly op: "create" | "create-replacement";
  override readonly logical: boolean;

  readonly new: State;

  constructor(
    world: World,
    override readonly registration: Registration,
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
    const { hooks } = this.world;
    const change = { now: this.new };
    await hooks.before(change);
    let failure: ProviderError | undefined;
    if (this.new.custom) {
      const { inputs, customTimeouts } = this.new;
      const manager = this.world.manager(this.new);
      try {
        const created = await hooks.trying(change, () =>
          manager.create(this.urn, inputs, customTimeouts.create ?? 0, this.world.preview),
        );
        if (created.id === "" && !this.world.preview) return { status: 0, error: missingId() };
        this.new.id = created.id;
        this.new.outputs = created.outputs;
        this.new.refreshBeforeUpdate = created.refreshBeforeUpdate;
      } catch (error) {
        // The CLI counts a creation that failed as well understood, whatever code the provider gave (of an update or a
        // deletion the code decides): resource/plugin/provider_plugin.go returns an empty CreateResponse.
        if (!(error instanceof ProviderError) || error.partial === undefined)
          return { status: 0, error: error as Error };
        failure = error;
        this.new.id = error.partial.id;
        this.new.outputs = error.partial.outputs;
        this.new.initErrors = error.partial.reasons;
      }
    }
    applyTimes(this.new, "created");
    if (this.replacement?.pendingDelete) this.replacement.old.delete = true;
    if (failure) return { status: 1, error: failure };
    if (this.new.custom) await hooks.after(change);
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
