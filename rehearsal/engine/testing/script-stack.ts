// A stack in a folder, run by the engine in this process and killed where a test likes: from that moment on nothing that
// the engine does reaches the disk.

import { appendFileSync } from "node:fs";
import type { EngineEvent } from "@pulumi/pulumi/automation/events";
import type { Clouds } from "../../clouds";
import type { EngineOptions, EngineResult, Operation, Selection } from "../api";
import type { Deployment as DeploymentFile, JsonObject } from "../checkpoint";
import { Deployment } from "../deployment";
import { Events } from "../events";
import type { JournalLimits } from "../journal";
import { type Entry, Journal } from "../journal";
import { readSnapshot } from "../load";
import type { StartProgram } from "../program";
import type { Project } from "../project";
import { newPassphrase, type Passphrase } from "../secrets";
import { SnapshotWriter } from "../snapshot";
import { StackStore } from "../store";

/** A key takes a good part of a second to derive: one for all. */
let passphrase: Promise<Passphrase> | undefined;
export const scriptPassphrase = (): Promise<Passphrase> => (passphrase ??= newPassphrase("a passphrase of the tests"));

export class Killed extends Error {
  override readonly name = "Killed";
}

/** The life of an engine: ends at a write, or when somebody ends it. */
export class Life {
  ended = false;
  writes = 0;

  /** @param lastWrite the write that doesn't take place any more; none when absent */
  constructor(readonly lastWrite?: number) {}

  end(): void {
    this.ended = true;
  }

  /** @returns whether this is the write in which it dies */
  write(): boolean {
    if (this.ended) throw new Killed("killed");
    if (this.writes++ !== this.lastWrite) return false;
    this.end();
    return true;
  }
}

class MortalJournal extends Journal {
  constructor(
    path: string,
    readonly life: Life,
  ) {
    super(path);
  }

  override append(entries: readonly Entry[]): void {
    if (!this.life.write()) {
      super.append(entries);
      return;
    }
    // A kill in the middle of a write leaves half of it.
    const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
    appendFileSync(this.path, text.slice(0, text.length / 2));
    throw new Killed("killed");
  }

  override remove(): void {
    if (!this.life.ended) super.remove();
  }
}

class MortalStore extends StackStore {
  constructor(
    backend: string,
    home: ConstructorParameters<typeof StackStore>[1],
    readonly life: Life,
  ) {
    super(backend, home);
  }

  override write(content: string | Buffer): void {
    if (this.life.write()) throw new Killed("killed");
    super.write(content);
  }

  override openJournal(): Journal {
    return new MortalJournal(this.journal, this.life);
  }
}

export interface ScriptRun {
  readonly operation: Operation;
  readonly program?: StartProgram;
  readonly dial: Clouds["dial"];
  readonly life?: Life;
  readonly parallel?: number;
  readonly continueOnError?: boolean;
  readonly signal?: AbortSignal;
  readonly limits?: JournalLimits;
  readonly onEvent?: (event: EngineEvent) => void;
  readonly env?: Readonly<Record<string, string>>;
  readonly selection?: Selection;
  /** The state is refreshed first. */
  readonly refresh?: boolean;
}

export interface ScriptResult extends Omit<EngineResult, "status"> {
  readonly status: EngineResult["status"] | "killed";
  readonly events: readonly EngineEvent[];
  readonly errors: readonly string[];
  /** `create a`, `same b` ...: by logical name; providers and the stack left out. */
  readonly steps: readonly string[];
}

export class ScriptStack {
  readonly #home: { readonly project: string; readonly stack: string };

  /**
   * @param folder holds the state, as a file backend does
   * @param root where relative paths of assets start
   */
  constructor(
    readonly folder: string,
    home: { readonly project: string; readonly stack: string } = { project: "toy", stack: "dev" },
    readonly root = folder,
  ) {
    this.#home = home;
  }

  /** What the disk says, journal and all; undefined before the first write. */
  file(): DeploymentFile | undefined {
    return new StackStore(this.folder, this.#home).read();
  }

  /** As `pulumi state unprotect --all` does, and for what was under way too. */
  unprotect(): void {
    const file = this.file();
    if (file === undefined) return;
    const free = ({ protect: _, ...resource }: JsonObject): JsonObject => resource;
    const resources = (file.resources ?? []).map(free);
    const pending_operations = file.pending_operations?.map((op) => ({ ...op, resource: free(op.resource) }));
    const store = new StackStore(this.folder, this.#home);
    store.write(store.envelope([]).join(JSON.stringify({ ...file, resources, pending_operations })));
    store.openJournal().remove();
  }

  async run(run: ScriptRun): Promise<ScriptResult> {
    const {
      operation,
      dial,
      life = new Life(),
      parallel = 4,
      signal,
      limits,
      continueOnError = false,
      env = {},
      onEvent,
    } = run;
    const store = new MortalStore(this.folder, this.#home, life);
    const events: EngineEvent[] = [];
    const crypt = await scriptPassphrase();
    const snapshot = readSnapshot(this.file(), crypt.crypter);
    const project: Project = {
      name: this.#home.project,
      root: this.root,
      pwd: this.root,
      entry: ".",
      runtime: { typescript: false, tsconfig: "", nodeargs: [] },
      config: {},
    };
    const options: EngineOptions = {
      operation,
      cwd: this.root,
      stack: this.#home.stack,
      backend: this.folder,
      providers: {},
      continueOnError,
      env,
      ...(run.program === undefined ? {} : { program: run.program }),
      ...(signal === undefined ? {} : { signal }),
      ...(run.selection === undefined ? {} : { selection: run.selection }),
      ...(run.refresh === undefined ? {} : { refresh: run.refresh }),
    };
    const told = new Events((event) => {
      events.push(event);
      onEvent?.(event);
    });
    const deployment = new Deployment({
      options,
      project,
      config: new Map(),
      snapshot,
      writer: operation === "preview" ? undefined : new SnapshotWriter(store, snapshot, Promise.resolve(crypt), limits),
      events: told,
      // Nobody here speaks to the engine's own service: providers and programs are told an address, no more.
      host: { address: "127.0.0.1:1", stop: () => undefined },
      dial,
      parallel,
      outputsOf: () => Promise.reject(new Error("a script has no other stacks")),
    });
    const result = await deployment.run().catch((error: unknown): EngineResult => {
      if (!life.ended) throw error;
      return { status: "failed", outputs: {}, changes: {} };
    });
    return {
      ...result,
      status: life.ended ? "killed" : result.status,
      events,
      errors: errorsIn(events),
      steps: stepsIn(events),
    };
  }
}

export const errorsIn = (events: readonly EngineEvent[]): string[] =>
  events.flatMap(({ diagnosticEvent: event }) =>
    event?.severity === "error" ? [event.message.replaceAll(/<\{%[^%]*%\}>/g, "").trim()] : [],
  );

const stepsIn = (events: readonly EngineEvent[]): string[] =>
  events.flatMap(({ resourcePreEvent: event }) => {
    if (event === undefined || event.metadata.type === "pulumi:pulumi:Stack") return [];
    return [`${event.metadata.op} ${event.metadata.urn.split("::").pop() ?? ""}`];
  });
