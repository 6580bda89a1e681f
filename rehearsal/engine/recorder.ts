// Keeps the state file, the events and the counters in step with the steps.

import type { Operation } from "./checkpoint";
import type { Events } from "./events";
import type { Recorder } from "./executor";
import { ProviderError } from "./manager";
import type { State } from "./resource";
import type { SnapshotWriter } from "./snapshot";
import { RefreshStep } from "./steps/refresh";
import type { Outcome, Step } from "./steps/step";
import { SameStep } from "./steps/update";
import { isDefaultProvider } from "./urn";
import { equal, Secret, type Value } from "./values";

const pendingType: Readonly<Partial<Record<Step["op"], Operation["type"]>>> = {
  create: "creating",
  "create-replacement": "creating",
  update: "updating",
  delete: "deleting",
  "delete-replaced": "deleting",
  discard: "deleting",
  "discard-replaced": "deleting",
  read: "reading",
  "read-replacement": "reading",
  import: "importing",
  "import-replacement": "importing",
};

/** The engine's own affairs: in the events, as the CLI's log has them, but not counted. */
const internal = (step: Step): boolean => step.op === "remove-pending-replace" || isDefaultProvider(step.urn);

export class Books implements Recorder {
  readonly changes: Record<string, number> = {};
  readonly news = new Map<string, State>();
  readonly reads = new Map<string, State>();
  /** Registered, and free to get outputs. */
  readonly registered = new Map<string, Step>();
  maybeCorrupt = false;
  #steps = 0;
  readonly #events: Events;
  readonly #preview: boolean;
  readonly #refresh: boolean;
  readonly #refreshes: boolean;
  readonly #snapshot: SnapshotWriter | undefined;

  /**
   * @param options refresh: that is what the run is for; refreshes: it is, or comes first
   * @param snapshot absent in a preview
   */
  constructor(
    events: Events,
    options: { readonly preview: boolean; readonly refresh: boolean; readonly refreshes: boolean },
    snapshot: SnapshotWriter | undefined,
  ) {
    this.#events = events;
    this.#preview = options.preview;
    this.#refresh = options.refresh;
    this.#refreshes = options.refreshes;
    this.#snapshot = snapshot;
  }

  async before(step: Step): Promise<void> {
    this.#events.before(step, this.#preview);
    const type = pendingType[step.op];
    if (this.#snapshot === undefined || type === undefined) return;
    this.#snapshot.pending(subject(step), type);
    await this.#snapshot.commit();
  }

  async after(step: Step, outcome: Outcome): Promise<void> {
    const state = step.new;
    if (outcome.error === undefined && step.logical && state) this.registered.set(step.urn, step);
    if (state && step.op !== "replace") {
      markSecrets(state);
      if (step.op === "read" || step.op === "read-replacement") this.reads.set(state.urn, state);
      else this.news.set(state.urn, state);
    }
    if (outcome.error) this.#fail(step, outcome, outcome.error);
    else this.#count(step);
    if (this.#snapshot) await this.#record(this.#snapshot, step, outcome);
  }

  #fail(step: Step, outcome: Outcome, error: Error): void {
    if (outcome.status === 2) this.maybeCorrupt = true;
    const urn = internal(step) ? "" : step.urn;
    if (this.#preview) {
      this.#events.error(urn, `Preview failed: ${error.message}`);
      return;
    }
    this.#events.error(urn, error.message);
    this.#events.failed(step, outcome.status, this.#steps);
  }

  #count(step: Step): void {
    let op: string = step.op;
    let counts = step.logical;
    if (this.#refresh && step instanceof RefreshStep) [op, counts] = [step.resultOp, true];
    // A read that found what was known is nothing new.
    if (step.op === "read") counts = step.old !== undefined && !equal(step.old.outputs, step.new?.outputs);
    if (counts && !internal(step)) {
      this.#steps++;
      this.changes[op] = (this.changes[op] ?? 0) + 1;
    }
    const tells =
      this.#preview || step.res.custom || step.op === "delete" || (this.#refreshes && step.op === "refresh");
    if (tells) this.#events.after(step, op, this.#preview);
  }

  async #record(snapshot: SnapshotWriter, step: Step, outcome: Outcome): Promise<void> {
    const { old, new: now } = step;
    const exists = outcome.error === undefined || outcome.status === 1;
    // Whether it was made or deleted nobody knows: that stays pending, for the next run to find out.
    const unheard = outcome.error instanceof ProviderError && outcome.error.unheard;
    switch (step.op) {
      case "replace":
      case "refresh":
        return;
      case "same":
        if (!exists || !old || !now || isSkipped(step)) return;
        snapshot.done(old);
        snapshot.add(now, step instanceof SameStep && step.reason === "untargeted");
        if (!differs(old, now)) return;
        break;
      case "remove-pending-replace":
        if (old) snapshot.done(old);
        break;
      case "delete":
      case "delete-replaced":
      case "discard":
      case "discard-replaced":
        if (!old || unheard) return;
        snapshot.complete(old);
        if (exists && old.pendingReplacement) snapshot.changed(old);
        else if (exists) snapshot.done(old);
        break;
      default:
        if (!now) return;
        if (unheard && creates(step)) return;
        snapshot.complete(now);
        if (!exists) break;
        // What is there after an update that failed halfway wasn't made from the new inputs; the event tells them all the
        // same.
        if (outcome.status === 1 && old && step.op === "update") now.inputs = old.inputs;
        // A creation that a kill interrupted has been made good by this one.
        if (creates(step)) snapshot.forget(now.urn, "creating");
        if (old && (step.op === "update" || step.op === "read" || step.op === "read-replacement")) snapshot.done(old);
        if (old && step.op === "create-replacement") {
          if (old.pendingReplacement) snapshot.done(old);
          else snapshot.changed(old);
        }
        snapshot.add(now);
    }
    // Nothing is begun on the strength of it before it is written: to begin is to commit.
    if (outcome.error === undefined) snapshot.commitSoon();
    else await snapshot.commit();
  }

  /** Outputs that a component, or the stack, has at its end. */
  async outputs(step: Step, outputs: State["outputs"]): Promise<void> {
    const state = step.new;
    if (state === undefined || isSkipped(step)) return;
    state.outputs = outputs;
    // A component is through only now.
    if (!state.custom && step.op === "create") await step.world.hooks.after({ now: state });
    if (!state.custom && step.op === "update" && step.old) await step.world.hooks.after({ old: step.old, now: state });
    this.#events.after(step, step.op, this.#preview);
    if (this.#snapshot === undefined) return;
    this.#snapshot.changed(state);
    if (!step.old || !equal(step.old.outputs, outputs)) await this.#snapshot.commit();
  }
}

const isSkipped = (step: Step): boolean => step instanceof SameStep && step.reason === "skipped";

const creates = (step: Step): boolean => step.op === "create" || step.op === "create-replacement";

/** The state that an operation under way is about. */
const subject = (step: Step): State => (step.new ?? step.old) as State;

/** Outputs that the program declares secret, and those that repeat a secret input. */
function markSecrets(state: State): void {
  const outputs: Record<string, Value> = { ...state.outputs };
  let changed = false;
  const seal = (key: string) => {
    const value = outputs[key];
    if (value === undefined || value instanceof Secret) return;
    outputs[key] = new Secret(value);
    changed = true;
  };
  for (const key of state.additionalSecretOutputs) if (key !== "id") seal(key);
  for (const [key, value] of Object.entries(state.inputs)) if (value instanceof Secret) seal(key);
  if (changed) state.outputs = outputs;
}

/** Whether the state file would read otherwise; source positions alone aren't worth a write of their own. */
function differs(old: State, now: State): boolean {
  const list = (urns: readonly string[]) => [...urns].sort().join("\n");
  return (
    old.urn !== now.urn ||
    old.type !== now.type ||
    old.custom !== now.custom ||
    old.provider !== now.provider ||
    old.parent !== now.parent ||
    old.protect !== now.protect ||
    old.retainOnDelete !== now.retainOnDelete ||
    old.deletedWith !== now.deletedWith ||
    JSON.stringify(old.customTimeouts) !== JSON.stringify(now.customTimeouts) ||
    list(old.replaceWith) !== list(now.replaceWith) ||
    list(old.dependencies) !== list(now.dependencies) ||
    !equal(old.inputs, now.inputs) ||
    !equal(old.outputs, now.outputs) ||
    !equal(old.replacementTrigger, now.replacementTrigger)
  );
}
