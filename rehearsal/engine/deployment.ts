// One run: its program, its steps, its end.
// Past 250 lines because the phases of a run share its books, its planner and its program.

import type { EngineOptions, EngineResult } from "./api";
import { Builtins } from "./builtins";
import type { Snapshot } from "./checkpoint";
import type { Config } from "./config";
import { deleteUnwanted, deletions } from "./deletion";
import { DynamicProviders, dynamicPackage } from "./dynamic";
import type { Events } from "./events";
import { Executor } from "./executor";
import { Hooks } from "./hooks";
import { Intake } from "./intake";
import { lookForDeleted, settleInterrupted, warnOfInterrupted } from "./interrupted";
import { Monitor } from "./monitor";
import { type Plan, planFor } from "./plan";
import { Planner } from "./planner";
import { Policies } from "./policies";
import { type Program, startProgram, wellEnded } from "./program";
import type { Project } from "./project";
import { Books } from "./recorder";
import { refresh } from "./refresh";
import { type Dial, Registry } from "./registry";
import { Bail } from "./requests";
import type { State } from "./resource";
import { Scope } from "./scope";
import type { GrpcServer } from "./server";
import type { SnapshotWriter } from "./snapshot";
import { allFound, requireFound } from "./targets";
import { createUrn, qualifiedType, rootStackType } from "./urn";
import type { PropertyMap } from "./values";

export interface Setting {
  readonly options: EngineOptions;
  readonly project: Project;
  readonly config: Config;
  readonly snapshot: Snapshot;
  /** Absent in a preview. */
  readonly writer: SnapshotWriter | undefined;
  readonly events: Events;
  readonly host: GrpcServer;
  readonly dial: Dial;
  readonly parallel: number;
  readonly outputsOf: (stack: string) => Promise<PropertyMap>;
}

export class Deployment {
  readonly #setting: Setting;
  readonly #events: Events;
  readonly preview: boolean;
  readonly #refreshes: boolean;
  readonly registry: Registry;
  readonly #dynamic: DynamicProviders;
  readonly #policies: Policies;
  readonly #books: Books;
  readonly #executor: Executor;
  readonly #planner: Planner;
  readonly #plan: Plan;
  readonly #intake: Intake;
  #program: Program | undefined;
  readonly #stopped: Promise<void>;
  #stop: () => void = () => undefined;

  constructor(setting: Setting) {
    const { options, events, snapshot, project } = setting;
    this.#setting = setting;
    this.#events = events;
    this.preview = options.operation === "preview";
    this.#stopped = new Promise((resolve) => {
      this.#stop = resolve;
    });
    const refresh = options.operation === "refresh";
    this.#refreshes = refresh || (options.refresh ?? project.refresh ?? false);
    const kind = { preview: this.preview, refresh, refreshes: this.#refreshes };
    this.#books = new Books(events, kind, setting.writer);
    const builtins = new Builtins(setting.outputsOf, (urn) => this.#books.news.get(urn) ?? this.#books.reads.get(urn));
    const { config, host } = setting;
    this.#dynamic = new DynamicProviders({ project, config, engine: host.address, env: options.env ?? {}, events });
    const dial = { [dynamicPackage]: () => this.#dynamic.dial(), ...setting.dial };
    this.registry = new Registry(dial, host.address, builtins);
    const runsProgram = options.operation === "preview" || options.operation === "up";
    this.#policies = new Policies(events, runsProgram ? (options.policyPacks ?? []) : [], {
      project: project.name,
      stack: options.stack,
      config: setting.config,
      preview: this.preview,
      engine: setting.host.address,
      env: options.env ?? {},
    });
    const goesOn = options.continueOnError === true && (options.operation === "up" || options.operation === "destroy");
    this.#executor = new Executor(
      this.#books,
      setting.parallel,
      () => this.#stop(),
      goesOn ? (chain) => this.#intake.continuation.fail(chain) : undefined,
    );
    this.#plan = planFor(
      {
        preview: this.preview,
        events,
        home: { stack: options.stack, project: project.name },
        registry: this.registry,
        policies: this.#policies,
        hooks: new Hooks(events, this.preview, (error) => this.#executor.fail(error)),
        scope: new Scope(options.selection),
        news: this.#books.news,
      },
      snapshot.resources,
    );
    this.#planner = new Planner(this.#plan);
    this.#intake = new Intake({
      plan: this.#plan,
      planner: this.#planner,
      books: this.#books,
      executor: this.#executor,
      config: setting.config,
      folder: project.pwd,
      root: project.root,
      stopped: this.#stopped,
    });
  }

  async run(): Promise<EngineResult> {
    try {
      return await this.#run();
    } finally {
      // Also where the state can't be written any more: no process is left behind, and no connection.
      await this.#policies.stop();
      this.registry.close();
      await this.#dynamic.stop();
    }
  }

  async #run(): Promise<EngineResult> {
    const { options, config, snapshot } = this.#setting;
    const started = performance.now();
    this.#events.prelude(Object.fromEntries([...config].map(([k, v]) => [k, v.shown])));
    const cancel = () => {
      this.#executor.stop();
      void this.registry.cancel();
    };
    options.signal?.addEventListener("abort", cancel, { once: true });
    if (options.signal?.aborted) cancel();
    try {
      const looksFirst = this.#refreshes || snapshot.resources.some((state) => state.refreshBeforeUpdate);
      if (looksFirst) await refresh(this.#plan, this.#executor, this.#setting, this.#refreshes);
      else if (snapshot.operations.length > 0 && !this.preview) warnOfInterrupted(this.#events, snapshot.operations);
      if (options.operation !== "refresh") {
        await lookForDeleted(this.#plan, this.#setting);
        requireFound(this.#plan, this.#plan.scope.replaces);
        await (options.operation === "destroy" ? this.#conclude() : this.#deploy());
      }
    } catch (error) {
      if (!(error instanceof Bail)) this.#events.error("", (error as Error).message);
      this.#intake.bailed = true;
    } finally {
      options.signal?.removeEventListener("abort", cancel);
      await this.#executor.idle();
      await this.#finishOutputs();
      this.#intake.leave();
      await this.#program?.stop();
      await this.#setting.writer?.close();
    }
    return this.#finish(started);
  }

  async #deploy(): Promise<void> {
    const { options, project, config, host, parallel } = this.#setting;
    const { program = startProgram } = options;
    const monitor = new Monitor(this.#intake);
    const address = await monitor.start();
    try {
      this.#program = program({
        project,
        stack: options.stack,
        config,
        monitor: address,
        answers: monitor.answers,
        engine: host.address,
        preview: this.preview,
        parallel,
        env: options.env ?? {},
        onOutput: (line, stream) => this.#events.diagnostic(stream === "stdout" ? "info" : "info#err", "", line),
      });
      const { ended } = this.#program;
      await this.#policies.ready();
      const end = await Promise.race([ended, this.#intake.everythingSaid, this.#stopped]);
      if (this.#executor.stopping) throw new Bail("stopped");
      if (end && !end.ok) this.#executor.stop();
      if (end) wellEnded(end);
      await this.#intake.settled();
      if (this.#executor.stopping) throw new Bail("stopped");
      await this.#conclude();
      this.#intake.leave();
      wellEnded(await ended);
    } finally {
      await this.#executor.idle();
      this.#intake.leave();
      await this.#program?.stop();
      monitor.stop();
    }
  }

  /** Deletes what nobody asks for any more; then the stack's outputs and the packs' view of the whole. */
  async #conclude(): Promise<void> {
    await this.#executor.idle();
    if (this.#setting.writer && !this.#executor.stopping) {
      await settleInterrupted(this.#plan, this.#executor, this.#planner.planned, this.#setting);
    }
    const { planned } = this.#planner;
    const found = allFound(this.#plan, this.#plan.scope.targets, planned.urns);
    await deleteUnwanted(this.#plan, await deletions(this.#plan, planned), this.#executor, planned.untouched);
    if (!found) throw new Bail("one or more targets could not be found in the stack");
    await this.#finishOutputs();
    if (this.#executor.failure !== undefined || this.#executor.stopping) return;
    const { home } = this.#plan;
    const rootUrn = createUrn(home, "", rootStackType, `${home.project}-${home.stack}`);
    const resources = [...this.#books.news.values()].map((state) => ({
      state,
      provider: this.#planner.planned.providerOf(state, this.#plan.olds),
      deleteBeforeReplace: this.#planner.planned.deleteBeforeReplace.get(state.urn),
    }));
    if (this.#setting.options.operation !== "destroy" && (await this.#policies.judgeStack(resources, rootUrn))) {
      this.#planner.planned.sawError = true;
    }
  }

  async #finishOutputs(): Promise<void> {
    const given = this.#intake.stackOutputs;
    if (given === undefined) return;
    this.#intake.stackOutputs = undefined;
    const step = this.#books.registered.get(given.urn);
    if (step === undefined) return;
    const errored = this.#executor.failure !== undefined || this.#planner.planned.sawError || this.#intake.bailed;
    // After an error, an output that is missing may just not have been reached.
    const before = errored ? this.#plan.olds.get(given.urn)?.outputs : undefined;
    await this.#books.outputs(step, { ...before, ...given.outputs });
  }

  async #finish(started: number): Promise<EngineResult> {
    const { options, snapshot } = this.#setting;
    const cancelled = options.signal?.aborted === true && this.#executor.failure === undefined;
    const failed = this.#intake.bailed || this.#executor.failure !== undefined || this.#planner.planned.sawError;
    if (this.#executor.failure !== undefined || (this.#planner.planned.sawError && !this.#intake.bailed)) {
      this.#events.error("", `${this.preview ? "preview" : "update"} failed`);
    } else if (cancelled) this.#events.error("", `${this.preview ? "preview" : "update"} canceled`);
    const packs = options.operation === "refresh" ? {} : await this.#policies.versions();
    const changes = this.#books.changes;
    this.#events.summary({
      maybeCorrupt: this.#books.maybeCorrupt,
      seconds: (performance.now() - started) / 1000,
      changes,
      packs,
      preview: this.preview,
      result: failed || cancelled ? "failed" : "succeeded",
    });
    this.#events.emit({ cancelEvent: {} });
    const stack = rootStack(this.#books.news.values()) ?? rootStack(snapshot.resources);
    const outputs = options.operation === "destroy" ? {} : (stack?.outputs ?? {});
    const onlyPolicies = this.#policies.violated && this.#executor.failure === undefined;
    return {
      status: cancelled ? "cancelled" : !failed ? "succeeded" : onlyPolicies ? "violated" : "failed",
      outputs: this.#events.masked(outputs),
      changes,
    };
  }
}

const rootStack = (states: Iterable<State>): State | undefined =>
  [...states].find((state) => qualifiedType(state.urn) === rootStackType);
