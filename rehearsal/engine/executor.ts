// Runs chains of steps, so many at once. After a cancellation no further step starts, and after a failure unless the run
// is to go on without what failed; running steps finish.

import { ProtectedError } from "./steps/delete";
import type { Outcome, Step } from "./steps/step";

/** Told before and after each step. Both may take their time: a step waits for them. */
export interface Recorder {
  before(step: Step): Promise<void>;
  after(step: Step, outcome: Outcome): Promise<void>;
}

export class Executor {
  readonly #recorder: Recorder;
  readonly #parallel: number;
  readonly #stopped: () => void;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #idle: (() => void)[] = [];
  stopping = false;
  /** A failure stops nothing, not even what follows it; a refresh looks at all there is. */
  lenient = false;
  /** The first failure. */
  failure: Error | undefined;
  readonly failedSteps: Step[] = [];
  readonly #abandoned: ((chain: readonly Step[]) => void) | undefined;

  /**
   * @param stopped called when a failure ends the run
   * @param abandoned called, if the run goes on after failures, with the step that failed and those that were to follow it
   */
  constructor(recorder: Recorder, parallel: number, stopped: () => void, abandoned?: (chain: readonly Step[]) => void) {
    this.#recorder = recorder;
    this.#parallel = Math.max(1, parallel);
    this.#stopped = stopped;
    this.#abandoned = abandoned;
  }

  /** Resolves when the chain is through, or has been given up. */
  async run(chain: readonly Step[]): Promise<void> {
    if (chain.length === 0) return;
    if (this.#running >= this.#parallel) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running++;
    try {
      for (const [i, step] of chain.entries()) {
        if (this.stopping) return;
        if (await this.#execute(step)) continue;
        if (!this.stopping && !this.lenient) this.#abandoned?.(chain.slice(i));
        return;
      }
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else if (--this.#running === 0) for (const idle of this.#idle.splice(0)) idle();
    }
  }

  async #execute(step: Step): Promise<boolean> {
    let outcome: Outcome;
    let recorded = false;
    try {
      await this.#recorder.before(step);
      try {
        outcome = await step.apply();
      } catch (error) {
        outcome = { status: 0, error: error as Error };
      }
      await this.#recorder.after(step, outcome);
      recorded = true;
    } catch (error) {
      outcome = { status: 0, error: error as Error };
    }
    if (outcome.error === undefined) {
      outcome.complete?.();
      return true;
    }
    this.failure ??= outcome.error;
    // Nothing was done to a protected resource: the others may go on, and tell of theirs. A run that can't write its
    // state any more never goes on.
    const goesOn = this.lenient || outcome.error instanceof ProtectedError || this.#abandoned !== undefined;
    if (recorded && goesOn) this.failedSteps.push(step);
    else this.stop();
    return false;
  }

  /** The run fails, though no step did. */
  fail(error: Error): void {
    this.failure ??= error;
    if (!this.#abandoned) this.stop();
  }

  stop(): void {
    if (this.stopping) return;
    this.stopping = true;
    this.#stopped();
  }

  /** Resolves when nothing runs. */
  idle(): Promise<void> {
    return this.#running === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve));
  }
}
