import { applyTimes } from "../apply";
import type { DetailedDiff, Diff } from "../diff";
import { ProviderError } from "../manager";
import type { Registration } from "../requests";
import type { State } from "../resource";
import { isProviderType } from "../urn";
import { type Outcome, Step, type World } from "./step";

export class SameStep extends Step {
  readonly op = "same";

  readonly new: State;

  constructor(
    world: World,
    override readonly registration: Registration | undefined,
    readonly old: State,
    now: State,
    /** untargeted: the run isn't about it. skipped: and it doesn't exist yet, nor will the state have it. */
    readonly reason?: "untargeted" | "skipped",
  ) {
    super(world);
    this.new = now;
  }

  async apply(): Promise<Outcome> {
    this.new.id = this.old.id;
    this.new.outputs = this.old.outputs;
    // A provider whose change makes no difference goes on with its old configuration.
    if (isProviderType(this.new.type) && !this.reason)
      this.world.sameProvider({ ...this.new, inputs: this.old.inputs }, true);
    return { status: 0, complete: () => this.registration?.done({ state: this.new }) };
  }
}

export class UpdateStep extends Step {
  readonly op = "update";

  readonly new: State;

  constructor(
    world: World,
    override readonly registration: Registration,
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
    const { hooks, preview } = this.world;
    const change = { old, now: this.new };
    await hooks.before(change);
    let failure: ProviderError | undefined;
    if (this.new.custom) {
      const { inputs, customTimeouts } = this.new;
      const manager = this.world.manager(this.new);
      try {
        const updated = await hooks.trying(change, () =>
          manager.update(this.urn, old, inputs, customTimeouts.update ?? 0, preview, this.ignoreChanges),
        );
        this.new.outputs = updated.outputs;
        this.new.refreshBeforeUpdate = updated.refreshBeforeUpdate;
      } catch (error) {
        if (!(error instanceof ProviderError)) return { status: 0, error: error as Error };
        if (error.partial === undefined) return { status: error.status, error };
        failure = error;
        this.new.outputs = error.partial.outputs;
        this.new.initErrors = error.partial.reasons;
      }
      applyTimes(this.new, "modified");
    }
    if (failure) return { status: 1, error: failure };
    if (old.custom) await hooks.after(change);
    return { status: 0, complete: () => this.registration.done({ state: this.new }) };
  }
}
