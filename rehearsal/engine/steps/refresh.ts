import { applyTimes, diffManaged } from "../apply";
import { type DetailedDiff, type Diff, invert } from "../diff";
import { ProviderError } from "../manager";
import { newState, type State } from "../resource";
import { isProviderType } from "../urn";
import { equal } from "../values";
import { type Outcome, ok, Step, type World } from "./step";

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
