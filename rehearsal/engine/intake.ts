// What the program asks for while it runs, handed on to planning and execution.

import type { Config } from "./config";
import { Continuation } from "./continuation";
import { defaultProviderGoal, deniedReference, isDenied } from "./defaults";
import type { Deployer } from "./deployer";
import type { Executor } from "./executor";
import type { Plan } from "./plan";
import type { Planner } from "./planner";
import type { Books } from "./recorder";
import { Bail, type Registered } from "./requests";
import type { Goal } from "./resource";
import type { Step } from "./steps/step";
import { createUrn, qualifiedType, rootStackType } from "./urn";
import type { PropertyMap } from "./values";

export interface Workshop {
  readonly plan: Plan;
  readonly planner: Planner;
  readonly books: Books;
  readonly executor: Executor;
  readonly config: Config;
  /** Folder of the program, and the one that source positions are relative to. */
  readonly folder: string;
  readonly root: string;
  /** Resolves when no further step starts. */
  readonly stopped: Promise<void>;
}

export class Intake implements Deployer {
  readonly #workshop: Workshop;
  readonly #defaults = new Map<string, Promise<string>>();
  #inFlight = 0;
  #quiet: (() => void)[] = [];
  readonly continuation: Continuation;
  /** An error that has been told and ends the run as failed. */
  bailed = false;
  /** What the program gave as the stack's outputs. */
  stackOutputs: { urn: string; outputs: PropertyMap } | undefined;
  /** Lets the program end. */
  leave: () => void = () => undefined;
  readonly #left: Promise<void>;
  #said: () => void = () => undefined;
  readonly everythingSaid: Promise<void>;

  constructor(workshop: Workshop) {
    this.#workshop = workshop;
    this.continuation = new Continuation(workshop);
    this.#left = new Promise((resolve) => {
      this.leave = resolve;
    });
    this.everythingSaid = new Promise((resolve) => {
      this.#said = resolve;
    });
  }

  get preview() {
    return this.#workshop.plan.preview;
  }
  get registry() {
    return this.#workshop.plan.registry;
  }
  get hooks() {
    return this.#workshop.plan.hooks;
  }
  get folder() {
    return this.#workshop.folder;
  }
  get root() {
    return this.#workshop.root;
  }

  async #during<T>(work: () => Promise<T>): Promise<T> {
    this.#inFlight++;
    try {
      return await work();
    } finally {
      if (--this.#inFlight === 0) for (const quiet of this.#quiet.splice(0)) quiet();
    }
  }

  /** Resolves when nothing that the program asked for is under way, or the run has been stopped. */
  async settled(): Promise<void> {
    const { stopped, executor } = this.#workshop;
    while (this.#inFlight > 0) {
      const quiet = new Promise<void>((resolve) => this.#quiet.push(resolve));
      await Promise.race([quiet, stopped]);
      if (executor.stopping) return;
    }
  }

  /** Ends the run. The program isn't answered any more: it is stopped. */
  #fail(error: unknown, urn: string): void {
    const { executor, plan } = this.#workshop;
    if (executor.stopping) return;
    if (!(error instanceof Bail)) plan.events.error(urn, (error as Error).message);
    this.bailed = true;
    executor.stop();
  }

  register(goal: Goal): Promise<Registered> {
    const { executor, plan, planner } = this.#workshop;
    return this.#during(
      () =>
        new Promise<Registered>((done) => {
          if (executor.stopping) return;
          const request = { goal, done };
          const take = (steps: readonly Step[]) => this.continuation.take(steps);
          const plans = async () => {
            if (!this.continuation.leavesOut(request)) take(await planner.register(request, take));
          };
          plans().catch((error: unknown) => this.#fail(error, createUrn(plan.home, goal.parent, goal.type, goal.name)));
        }),
    );
  }

  read(request: Parameters<Deployer["read"]>[0]): Promise<Registered> {
    const { executor, plan, planner } = this.#workshop;
    return this.#during(
      () =>
        new Promise<Registered>((done) => {
          if (executor.stopping) return;
          try {
            const asked = { ...request, done };
            if (!this.continuation.leavesOut(asked)) this.continuation.take(planner.read(asked));
          } catch (error) {
            this.#fail(error, createUrn(plan.home, request.parent, request.type, request.name));
          }
        }),
    );
  }

  async outputs(urn: string, outputs: PropertyMap): Promise<void> {
    const { books, planner } = this.#workshop;
    if (qualifiedType(urn) === rootStackType) {
      // Told at the end, when it is known whether the run went well.
      this.stackOutputs = { urn, outputs };
      return;
    }
    if (planner.planned.unmet.has(urn)) return;
    const step = books.registered.get(urn);
    if (step === undefined) {
      this.#fail(new Error(`cannot complete a resource '${urn}' whose registration isn't pending`), urn);
      return new Promise(() => undefined);
    }
    books.registered.delete(urn);
    await books.outputs(step, outputs);
  }

  finished(): Promise<void> {
    this.#said();
    return this.#left;
  }

  defaultProvider(pkg: string, version: string, url: string): Promise<string> {
    const key = `${pkg}-${version}-${url}`;
    let found = this.#defaults.get(key);
    if (found === undefined) {
      found = this.#registerDefault(pkg, version, url);
      this.#defaults.set(key, found);
    }
    return found;
  }

  async #registerDefault(pkg: string, version: string, url: string): Promise<string> {
    const { config } = this.#workshop;
    if (pkg !== "pulumi" && isDenied(config, pkg)) return deniedReference(pkg);
    const { state } = await this.register(defaultProviderGoal(config, pkg, version, url));
    return `${state.urn}::${state.id}`;
  }
}
