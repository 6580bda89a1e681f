// One run: its program, its steps, its end.

import type { EngineOptions, EngineResult } from "./api";
import { Builtins } from "./builtins";
import type { Snapshot } from "./checkpoint";
import type { Config } from "./config";
import { defaultProviderGoal, deniedReference, isDenied } from "./defaults";
import type { Events } from "./events";
import { Executor } from "./executor";
import { DependencyGraph } from "./graph";
import { settleInterrupted, warnOfInterrupted } from "./interrupted";
import { type Deployer, Monitor } from "./monitor";
import { type Plan, Planner } from "./planner";
import { Policies } from "./policies";
import { type Program, startProgram } from "./program";
import type { Project } from "./project";
import { rebuild } from "./rebuild";
import { Books } from "./recorder";
import { Registry } from "./registry";
import { Bail, type Registered } from "./requests";
import type { Goal, State } from "./resource";
import type { GrpcServer } from "./server";
import type { SnapshotWriter } from "./snapshot";
import { RefreshStep } from "./steps/refresh";
import type { Step } from "./steps/step";
import { createUrn, isProviderType, parseReference, qualifiedType, rootStackType } from "./urn";
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
  readonly ports: Readonly<Record<string, number>>;
  readonly parallel: number;
  readonly outputsOf: (stack: string) => Promise<PropertyMap>;
}

export class Deployment implements Deployer {
  readonly #setting: Setting;
  readonly #events: Events;
  readonly preview: boolean;
  readonly registry: Registry;
  readonly #policies: Policies;
  readonly #books: Books;
  readonly #executor: Executor;
  readonly #defaults = new Map<string, Promise<string>>();
  #planner: Planner;
  #plan: Plan;
  #program: Program | undefined;
  #inFlight = 0;
  #quiet: (() => void)[] = [];
  #stackOutputs: { urn: string; outputs: PropertyMap } | undefined;
  readonly #stopped: Promise<void>;
  #stop: () => void = () => undefined;
  /** An error that has been told and ends the run as failed. */
  #bailed = false;
  #leave: () => void = () => undefined;
  readonly #left: Promise<void>;
  #said: () => void = () => undefined;
  readonly #everythingSaid: Promise<void>;

  constructor(setting: Setting) {
    const { options, events, snapshot } = setting;
    this.#setting = setting;
    this.#events = events;
    this.preview = options.operation === "preview";
    this.#stopped = new Promise((resolve) => {
      this.#stop = resolve;
    });
    this.#left = new Promise((resolve) => {
      this.#leave = resolve;
    });
    this.#everythingSaid = new Promise((resolve) => {
      this.#said = resolve;
    });
    this.#books = new Books(
      events,
      { preview: this.preview, refresh: options.operation === "refresh" },
      setting.writer,
    );
    const builtins = new Builtins(setting.outputsOf, (urn) => this.#books.news.get(urn) ?? this.#books.reads.get(urn));
    this.registry = new Registry(setting.ports, setting.host.address, builtins);
    const runsProgram = options.operation === "preview" || options.operation === "up";
    this.#policies = new Policies(events, runsProgram ? (options.policyPacks ?? []) : [], {
      project: setting.project.name,
      stack: options.stack,
      config: setting.config,
      preview: this.preview,
      engine: setting.host.address,
      env: options.env ?? {},
    });
    this.#executor = new Executor(this.#books, setting.parallel, () => this.#stop());
    this.#plan = this.#planFor(snapshot.resources);
    this.#planner = new Planner(this.#plan);
  }

  get folder(): string {
    return this.#setting.project.pwd;
  }
  get root(): string {
    return this.#setting.project.root;
  }

  #planFor(resources: readonly State[]): Plan {
    const { project, options } = this.#setting;
    const olds = new Map<string, State>();
    for (const state of resources) {
      if (state.delete) continue;
      if (olds.has(state.urn)) throw new Error(`unexpected duplicate resource '${state.urn}' in the state`);
      olds.set(state.urn, state);
    }
    return {
      preview: this.preview,
      events: this.#events,
      home: { stack: options.stack, project: project.name },
      registry: this.registry,
      policies: this.#policies,
      olds,
      previous: resources,
      graph: new DependencyGraph(resources),
      news: this.#books.news,
      manager: (state) => {
        if (isProviderType(state.type)) return this.registry;
        const found = this.registry.get(state.provider);
        if (found === undefined) throw new Error(`unknown provider ${state.provider}`);
        return found;
      },
      sameProvider: (state, checked) => this.registry.same(state, checked),
      ensureProvider: (reference) => {
        if (reference === "" || this.registry.get(reference)) return;
        const { urn, id } = parseReference(reference);
        const state = resources.find((s) => s.urn === urn && s.id === id);
        if (state === undefined) throw new Error(`could not find provider ${reference}`);
        this.registry.same(state, false);
      },
    };
  }

  async run(): Promise<EngineResult> {
    const { options, config, snapshot } = this.#setting;
    const started = Date.now();
    this.#events.prelude(Object.fromEntries([...config].map(([k, v]) => [k, v.secret ? "[secret]" : v.text])));
    const cancel = () => {
      this.#executor.stop();
      void this.registry.cancel();
    };
    options.signal?.addEventListener("abort", cancel, { once: true });
    if (options.signal?.aborted) cancel();
    if (snapshot.operations.length > 0 && !this.preview && options.operation !== "refresh")
      warnOfInterrupted(this.#events, snapshot.operations);
    try {
      if (options.operation === "refresh") await this.#refresh();
      else if (options.operation === "destroy") await this.#conclude();
      else await this.#deploy();
    } catch (error) {
      if (!(error instanceof Bail)) this.#events.error("", (error as Error).message);
      this.#bailed = true;
    } finally {
      options.signal?.removeEventListener("abort", cancel);
      await this.#executor.idle();
      await this.#finishOutputs();
      this.#leave();
      await this.#program?.stop();
      await this.#setting.writer?.close();
    }
    return this.#finish(started);
  }

  async #deploy(): Promise<void> {
    const { options, project, config, host, parallel } = this.#setting;
    const monitor = new Monitor(this);
    const address = await monitor.start();
    try {
      this.#program = startProgram({
        project,
        stack: options.stack,
        config,
        monitor: address,
        engine: host.address,
        preview: this.preview,
        parallel,
        env: options.env ?? {},
        onOutput: (line, stream) => this.#events.diagnostic(stream === "stdout" ? "info" : "info#err", "", line),
      });
      const { ended } = this.#program;
      await this.#policies.ready();
      const end = await Promise.race([ended, this.#everythingSaid, this.#stopped]);
      if (this.#executor.stopping) throw new Bail("stopped");
      if (end && !end.ok) {
        this.#executor.stop();
        if (end.told) throw new Bail(end.reason);
        throw new Error(`an unhandled error occurred: ${end.reason}`);
      }
      await this.#settled();
      if (this.#executor.stopping) throw new Bail("stopped");
      await this.#conclude();
      this.#leave();
      const last = await ended;
      if (!last.ok) {
        if (last.told) throw new Bail(last.reason);
        throw new Error(`an unhandled error occurred: ${last.reason}`);
      }
    } finally {
      await this.#executor.idle();
      this.#leave();
      await this.#program?.stop();
      monitor.stop();
    }
  }

  /** Deletes what nobody asks for any more; then the stack's outputs and the packs' view of the whole. */
  async #conclude(): Promise<void> {
    await this.#executor.idle();
    if (this.#setting.writer && !this.#executor.stopping) {
      await settleInterrupted(this.#plan, this.#executor, this.#planner.urns, this.#setting);
    }
    const groups = this.#planner.deletions();
    const spared = new Set<State>();
    for (const group of groups) {
      if (this.#executor.stopping) break;
      // What a step that failed still needs stays.
      for (const failed of this.#executor.failedSteps) {
        for (const state of [failed.res, failed.old]) {
          if (state && this.#plan.graph.contains(state)) {
            for (const needed of this.#plan.graph.transitiveDependenciesOf(state)) spared.add(needed);
          }
        }
      }
      await Promise.all(group.filter((step) => !spared.has(step.res)).map((step) => this.#executor.run([step])));
    }
    await this.#finishOutputs();
    if (this.#executor.failure !== undefined || this.#executor.stopping) return;
    const rootUrn = createUrn(
      this.#plan.home,
      "",
      rootStackType,
      `${this.#plan.home.project}-${this.#plan.home.stack}`,
    );
    const resources = [...this.#books.news.values()].map((state) => ({
      state,
      provider: this.#planner.providerOf(state),
      deleteBeforeReplace: this.#planner.deleteBeforeReplace.get(state.urn),
    }));
    if (this.#setting.options.operation !== "destroy" && (await this.#policies.judgeStack(resources, rootUrn))) {
      this.#planner.sawError = true;
    }
  }

  async #finishOutputs(): Promise<void> {
    const given = this.#stackOutputs;
    if (given === undefined) return;
    this.#stackOutputs = undefined;
    const step = this.#books.registered.get(given.urn);
    if (step === undefined) return;
    const errored = this.#executor.failure !== undefined || this.#planner.sawError || this.#bailed;
    // After an error, an output that is missing may just not have been reached.
    const before = errored ? this.#plan.olds.get(given.urn)?.outputs : undefined;
    await this.#books.outputs(step, { ...before, ...given.outputs });
  }

  async #refresh(): Promise<void> {
    const { snapshot, writer } = this.#setting;
    const steps = snapshot.resources.map((state) => {
      this.#plan.ensureProvider(state.provider);
      return new RefreshStep(this.#plan, state);
    });
    await Promise.all(steps.map((step) => this.#executor.run([step])));
    writer?.rebase(
      rebuild(steps),
      snapshot.operations.filter((op) => op.type === "creating"),
    );
  }

  async #finish(started: number): Promise<EngineResult> {
    const { options, snapshot } = this.#setting;
    const cancelled = options.signal?.aborted === true && this.#executor.failure === undefined;
    const failed = this.#bailed || this.#executor.failure !== undefined || this.#planner.sawError;
    if (this.#executor.failure !== undefined || (this.#planner.sawError && !this.#bailed)) {
      this.#events.error("", `${this.preview ? "preview" : "update"} failed`);
    } else if (cancelled) this.#events.error("", `${this.preview ? "preview" : "update"} canceled`);
    const packs = options.operation === "refresh" ? {} : await this.#policies.versions();
    const changes = this.#books.changes;
    this.#events.summary({
      maybeCorrupt: this.#books.maybeCorrupt,
      seconds: (Date.now() - started) / 1000,
      changes,
      packs,
      preview: this.preview,
      result: failed || cancelled ? "failed" : "succeeded",
    });
    this.#events.emit({ cancelEvent: {} });
    await this.#policies.stop();
    this.registry.close();
    const isStack = (state: State) => qualifiedType(state.urn) === rootStackType;
    const stack = [...this.#books.news.values()].find(isStack) ?? snapshot.resources.find(isStack);
    const outputs = options.operation === "destroy" ? {} : (stack?.outputs ?? {});
    const onlyPolicies = this.#policies.violated && this.#executor.failure === undefined;
    return {
      status: cancelled ? "cancelled" : !failed ? "succeeded" : onlyPolicies ? "violated" : "failed",
      outputs: this.#events.masked(outputs),
      changes,
    };
  }

  // What the program asks for.

  async #during<T>(work: () => Promise<T>): Promise<T> {
    this.#inFlight++;
    try {
      return await work();
    } finally {
      if (--this.#inFlight === 0) for (const quiet of this.#quiet.splice(0)) quiet();
    }
  }

  async #settled(): Promise<void> {
    while (this.#inFlight > 0) {
      const quiet = new Promise<void>((resolve) => this.#quiet.push(resolve));
      await Promise.race([quiet, this.#stopped]);
      if (this.#executor.stopping) return;
    }
  }

  /** Ends the run. The program isn't answered any more: it is stopped. */
  #fail(error: unknown, urn: string): void {
    if (this.#executor.stopping) return;
    if (!(error instanceof Bail)) this.#events.error(urn, (error as Error).message);
    this.#bailed = true;
    this.#executor.stop();
  }

  #chain(steps: readonly Step[]): void {
    void this.#executor.run(steps);
  }

  register(goal: Goal): Promise<Registered> {
    return this.#during(
      () =>
        new Promise<Registered>((done) => {
          if (this.#executor.stopping) return;
          this.#planner
            .register({ goal, done }, (steps) => this.#chain(steps))
            .then(
              (steps) => this.#chain(steps),
              (error: unknown) => this.#fail(error, createUrn(this.#plan.home, goal.parent, goal.type, goal.name)),
            );
        }),
    );
  }

  read(request: Parameters<Deployer["read"]>[0]): Promise<Registered> {
    return this.#during(
      () =>
        new Promise<Registered>((done) => {
          if (this.#executor.stopping) return;
          try {
            this.#chain(this.#planner.read({ ...request, done }));
          } catch (error) {
            this.#fail(error, createUrn(this.#plan.home, request.parent, request.type, request.name));
          }
        }),
    );
  }

  async outputs(urn: string, outputs: PropertyMap): Promise<void> {
    if (qualifiedType(urn) === rootStackType) {
      // Told at the end, when it is known whether the run went well.
      this.#stackOutputs = { urn, outputs };
      return;
    }
    const step = this.#books.registered.get(urn);
    if (step === undefined) {
      this.#fail(new Error(`cannot complete a resource '${urn}' whose registration isn't pending`), urn);
      return new Promise(() => undefined);
    }
    this.#books.registered.delete(urn);
    await this.#books.outputs(step, outputs);
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
    const { config } = this.#setting;
    if (pkg !== "pulumi" && isDenied(config, pkg)) return deniedReference(pkg);
    const { state } = await this.register(defaultProviderGoal(config, pkg, version, url));
    return `${state.urn}::${state.id}`;
  }
}
