// The state file during a run: what is done, what is new, what is under way. Durable before each provider call, and
// again before anything that depends on its result.

import {
  encrypting,
  type JsonObject,
  manifest,
  type Operation,
  type SerializedProperties,
  type Snapshot,
  serializeProperties,
  serializeState,
  serializeValue,
} from "./checkpoint";
import { type Entry, type Journal, type JournalLimits, usual } from "./journal";
import { normalizer } from "./normalize";
import { behindNeeds } from "./order";
import type { State } from "./resource";
import type { Passphrase } from "./secrets";
import { stateBytes } from "./statebytes";
import { neededBy } from "./statefeatures";
import type { StackStore } from "./store";
import type { PropertyMap } from "./values";

/** Milliseconds: of a run that is killed so soon after a step nobody can say whether it was before or after its end. */
const aLittle = 10;

interface Known {
  readonly id: number;
  /** As the file has it; kept as bytes, since most of a write is what the write before said. */
  bytes: Buffer | undefined;
  properties:
    | { readonly inputs: PropertyMap; readonly outputs: PropertyMap; readonly json: SerializedProperties }
    | undefined;
}

export class SnapshotWriter {
  readonly #store: StackStore;
  readonly #derived: Promise<Passphrase>;
  #passphrase: Passphrase | undefined;
  #base: readonly State[];
  #baseOperations: readonly Operation[];
  readonly #added: State[] = [];
  #aliased = false;
  #kept = false;
  readonly #done = new Set<State>();
  readonly #pending = new Map<State, Operation["type"]>();
  readonly #known = new Map<State, Known>();
  readonly #journal: Journal;
  readonly #limits: JournalLimits;
  #entries: Entry[] = [];
  #journaling = false;
  #fullBytes = 0;
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #soon: NodeJS.Timeout | undefined;
  #closed = false;
  /** A second Ctrl-C ends the process at once. */
  readonly #leave = (): void => this.#write(false);

  /** @param derived the first write waits for it */
  constructor(store: StackStore, base: Snapshot, derived: Promise<Passphrase>, limits: JournalLimits = usual) {
    this.#store = store;
    this.#limits = limits;
    this.#base = base.resources;
    // What was being changed or read is still there as it was; the rest has to be looked into.
    this.#baseOperations = base.operations.filter((op) => op.type === "creating" || op.type === "deleting");
    this.#derived = derived;
    this.#journal = store.openJournal();
  }

  pending(state: State, type: Operation["type"]): void {
    this.#pending.set(state, type);
    this.#enter((id, json) => ["pending", id, type, json()], state);
  }

  complete(state: State): void {
    if (this.#pending.delete(state)) this.#enter((id) => ["complete", id], state);
  }

  /** An old state whose place is taken, or that is gone. */
  done(state: State): void {
    this.#done.add(state);
    this.forget(state.urn, "deleting");
    this.#enter((id) => ["done", id], state);
  }

  /** @param kept as it was, since the run isn't about it: what it needs may not have been come to yet */
  add(state: State, kept = false): void {
    this.#added.push(state);
    this.#kept ||= kept;
    this.#aliased ||= state.aliases.length > 0;
    this.#enter((id, json) => ["add", id, json()], state);
  }

  /** A state that was already part of the file has got other fields or outputs. */
  changed(state: State): void {
    this.#know(state).bytes = undefined;
    this.#enter((id, json) => ["change", id, json()], state);
  }

  /** Something that an earlier run made without knowing it, behind everything that it may need. */
  adopt(state: State): void {
    this.#base = [...this.#base, state];
    this.forget(state.urn, "creating");
    this.#journaling = false;
  }

  /** An interrupted operation of an earlier run has been cleared up. */
  forget(urn: string, type: Operation["type"]): void {
    const clear = (op: Operation) => op.resource.urn === urn && op.type === type;
    for (const { resource } of this.#baseOperations.filter(clear)) this.#enter((id) => ["complete", id], resource);
    this.#baseOperations = this.#baseOperations.filter((op) => !clear(op));
  }

  /** After a refresh: what is left of the state, and of the interrupted creations. */
  rebase(resources: readonly State[], operations: readonly Operation[]): void {
    this.#base = resources;
    this.#baseOperations = operations;
    this.#journaling = false;
  }

  #know(state: State): Known {
    let known = this.#known.get(state);
    if (known === undefined) {
      known = { id: this.#known.size, bytes: undefined, properties: undefined };
      this.#known.set(state, known);
    }
    return known;
  }

  #enter(entry: (id: number, json: () => JsonObject) => Entry, state: State): void {
    const known = this.#know(state);
    known.bytes = undefined;
    if (this.#journaling) this.#entries.push(entry(known.id, () => this.#json(state)));
  }

  #json(state: State): JsonObject {
    const known = this.#know(state);
    const { inputs, outputs } = state;
    if (known.properties?.inputs !== inputs || known.properties.outputs !== outputs) {
      const secret = encrypting(this.#passphrase!.crypter);
      const [old, json] = [known.properties, known.properties?.json];
      known.properties = {
        inputs,
        outputs,
        json: {
          inputs: old?.inputs === inputs && json ? json.inputs : serializeProperties(inputs, secret),
          outputs: old?.outputs === outputs && json ? json.outputs : serializeProperties(outputs, secret),
          replacementTrigger: json ? json.replacementTrigger : serializeValue(state.replacementTrigger, secret),
        },
      };
    }
    return serializeState(state, known.properties.json);
  }

  #bytes(state: State): Buffer {
    const known = this.#know(state);
    known.bytes ??= Buffer.from(JSON.stringify(this.#json(state)));
    return known.bytes;
  }

  /** Resources as the file lists them: this run's in the order of completion, then what it hasn't come to yet. */
  resources(): State[] {
    const all = [...this.#added, ...this.#base].filter((state) => !this.#done.has(state));
    return this.#kept ? behindNeeds(all) : all;
  }

  operations(): Operation[] {
    const underWay = [...this.#pending].map(([resource, type]) => ({ resource, type }));
    const again = new Set(underWay.map(({ resource, type }) => `${type} ${resource.urn}`));
    return [...underWay, ...this.#baseOperations.filter(({ resource, type }) => !again.has(`${type} ${resource.urn}`))];
  }

  /** Resolves when everything said so far is in the file. Calls of one turn of the event loop share a write. */
  commit(): Promise<void> {
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      this.#running = new Promise<void>((turn) => setImmediate(turn)).then(async () => {
        this.#passphrase ??= await this.#derived;
        this.#write(false);
      });
      return this.#running;
    });
    return this.#next;
  }

  /** As `commit`, for what nobody waits for: with the next write, or by itself a little later. */
  commitSoon(): void {
    if (this.#soon !== undefined) return;
    // Who commits next hears of a write that failed.
    this.#soon = setTimeout(() => void this.commit().catch(() => undefined), aLittle);
    process.once("exit", this.#leave);
  }

  /** The last write of a run: the whole file, and no journal. */
  async close(): Promise<void> {
    await this.commit();
    this.#write(true);
    this.#closed = true;
    this.#store.close();
  }

  #write(final: boolean): void {
    if (this.#soon !== undefined) {
      clearTimeout(this.#soon);
      process.off("exit", this.#leave);
      this.#soon = undefined;
    }
    // Without a key nothing was begun; what was asked for beside the last write is in it, and the file another run's by now.
    if (this.#passphrase === undefined || this.#closed) return;
    const large = this.#added.length + this.#base.length > this.#limits.above && !this.#aliased;
    if (this.#journaling && large && !final && this.#journal.bytes < Math.max(this.#fullBytes, this.#limits.fold)) {
      this.#journal.append(this.#entries);
      this.#entries = [];
      return;
    }
    const resources = this.resources();
    const operations = this.operations();
    const bytes = this.#aliased ? this.#normalized(resources) : (state: State) => this.#bytes(state);
    const head = manifest(new Date().toISOString());
    const full = stateBytes(this.#store.envelope(neededBy(resources)), {
      manifest: head,
      salt: this.#passphrase.salt,
      resources: resources.map(bytes),
      operations: operations.map(({ resource, type }) => ({ resource: bytes(resource), type })),
    });
    this.#store.write(full);
    this.#fullBytes = full.length;
    this.#entries = [];
    this.#journaling = large && !final;
    if (this.#journaling) {
      const ids = (states: readonly State[]) => states.map((state) => this.#know(state).id);
      this.#journal.start({
        base: head.time,
        resources: ids(resources),
        operations: ids(operations.map((op) => op.resource)),
        own: this.#added.filter((state) => !this.#done.has(state)).length,
      });
    } else this.#journal.remove();
  }

  /** Once a resource has a new name, everything that still names the old one is written with the new. */
  #normalized(resources: readonly State[]): (state: State) => Buffer {
    const normalize = normalizer(resources);
    return (state) => Buffer.from(JSON.stringify(normalize(this.#json(state))));
  }
}
