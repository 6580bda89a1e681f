// What exists in the simulated clouds, apart from any stack's state: kept in the stage's folder, durable before an
// answer leaves. `account.json` is the whole as of some record, `account.journal` what came after.
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Catalogue } from "./catalogue";
import type { Entry, Grave, Link } from "./entry";
import { type Journal, journal, load } from "./journal";
import { lock } from "./lock";
import type { AccountView, Item } from "./row";
import { Seal } from "./seal";
import { decodeProps, type RawProps } from "./wire";

/** A create that began. */
interface Intent {
  readonly urn: string;
  readonly type: string;
  readonly generation: number;
}

type Step =
  | { readonly does: "intend"; readonly intent: Intent }
  | { readonly does: "put"; readonly entry: Entry }
  | { readonly does: "know"; readonly key: number }
  | { readonly does: "drop"; readonly key: number; readonly grave?: Grave };

interface State {
  readonly salt: string;
  readonly next: number;
  readonly entries: readonly Entry[];
  readonly generations: Readonly<Record<string, number>>;
  readonly intents: readonly Intent[];
  readonly graves?: readonly Grave[];
}

export class Account implements AccountView {
  readonly seal: Seal;
  /** The account's own, and nobody else's: behind its secrets' hashes and its random secrets. */
  readonly salt: string;
  readonly #catalogue: Catalogue;
  readonly #generations = new Map<string, number>();
  readonly #intents = new Map<string, Intent>();
  readonly #items = new WeakMap<Entry, Item>();
  readonly #journal: Journal<Step>;
  readonly #unlock: () => void;
  #next: number;

  /** Opens the account of a stage; refused while another process has it. `caseless`: types whose names ignore case. */
  constructor(stage: string, caseless: (type: string) => boolean = () => false) {
    mkdirSync(stage, { recursive: true });
    this.#unlock = lock(join(stage, "account.lock"), `the account in ${stage}`);
    try {
      const [whole, tail] = [join(stage, "account.json"), join(stage, "account.journal")];
      const { state, entries: steps, last } = load<State, Step>(whole, tail);
      this.#catalogue = new Catalogue(caseless);
      // The salt has to be known before the first record, so a new account is written whole at once.
      this.salt = state?.salt ?? randomBytes(16).toString("base64url");
      this.seal = new Seal(this.salt);
      this.#next = state?.next ?? 1;
      for (const entry of state?.entries ?? []) this.#catalogue.put(entry);
      for (const [urn, count] of Object.entries(state?.generations ?? {})) this.#generations.set(urn, count);
      for (const intent of state?.intents ?? []) this.#intents.set(intent.urn, intent);
      for (const grave of state?.graves ?? []) this.#catalogue.bury(grave);
      for (const step of steps) this.#apply(step);
      this.#journal = journal(
        whole,
        tail,
        last,
        () => this.#state(),
        () => this.#catalogue.size,
      );
      if (state === undefined) this.#journal.compact();
    } catch (error) {
      this.#unlock();
      throw error;
    }
  }

  #state(): State {
    return {
      salt: this.salt,
      next: this.#next,
      entries: [...this.#catalogue.entries()],
      generations: Object.fromEntries(this.#generations),
      intents: [...this.#intents.values()],
      graves: this.#catalogue.graves,
    };
  }

  #apply(step: Step): void {
    switch (step.does) {
      case "intend":
        this.#intents.set(step.intent.urn, step.intent);
        return;
      case "put": {
        const { entry } = step;
        this.#catalogue.put(entry);
        this.#next = Math.max(this.#next, entry.key + 1);
        this.#intents.delete(entry.origin);
        const made = this.#generations.get(entry.origin) ?? 0;
        this.#generations.set(entry.origin, Math.max(made, entry.generation + 1));
        return;
      }
      case "know": {
        const entry = this.#catalogue.get(step.key);
        if (entry !== undefined) this.#catalogue.put({ ...entry, known: true });
        return;
      }
      case "drop":
        this.#catalogue.drop(step.key);
        if (step.grave !== undefined) this.#catalogue.bury(step.grave);
    }
  }

  #do(step: Step): void {
    this.#apply(step);
    this.#journal.append(step);
  }

  /** The next create for a URN: what an unanswered one made is taken over, else a new generation begins. */
  nextOf(urn: string): { readonly generation: number; readonly adopt: Entry | undefined } {
    const adopt = this.ofUrn(urn).find((entry) => !entry.known);
    return { generation: adopt?.generation ?? this.#generations.get(urn) ?? 0, adopt };
  }

  intend(urn: string, type: string, generation: number): void {
    this.#do({ does: "intend", intent: { urn, type, generation } });
  }

  /** Creates that began and came to nothing: a crash between the intent and the act. */
  get intents(): readonly Intent[] {
    return [...this.#intents.values()];
  }

  newKey(): number {
    return this.#next++;
  }

  put(entry: Entry): void {
    this.#do({ does: "put", entry });
  }

  /** `grave`: what it leaves behind. */
  drop(entry: Entry, grave?: Grave): void {
    this.#do({ does: "drop", key: entry.key, ...(grave && { grave }) });
  }

  /** The engine knows of it: needs no waiting, because whatever follows in the journal comes after it. */
  know(entry: Entry | undefined): void {
    if (entry !== undefined && !entry.known) this.#do({ does: "know", key: entry.key });
  }

  /** What is said so far outlives this process, however it ends. */
  durable(): void {
    this.#journal.write();
  }

  async close(): Promise<void> {
    try {
      this.#journal.close();
    } finally {
      this.#unlock();
    }
  }

  entries(): readonly Entry[] {
    return [...this.#catalogue.entries()];
  }

  get(key: number): Entry | undefined {
    return this.#catalogue.get(key);
  }

  /** Oldest first. */
  ofUrn(urn: string): readonly Entry[] {
    return this.#catalogue.ofUrn(urn);
  }

  /** What an engine's old inputs are those of. What else stands for the URN the engine may never have heard of. */
  withInputs(urn: string, inputs: RawProps): Entry | undefined {
    const entries = this.ofUrn(urn);
    if (entries.every(({ known }) => known)) return undefined;
    const sealed = this.seal.closeProps(inputs);
    return entries.find((entry) => isDeepStrictEqual(entry.inputs, sealed));
  }

  /** By type and id; where several share them, the one of this URN. */
  held(type: string, id: string, urn: string): Entry | undefined {
    const found = this.#catalogue.where([type], "id", id);
    return found.find((entry) => entry.urn === urn) ?? found[0];
  }

  where(types: readonly string[], by: string, value: string): readonly Entry[] {
    return this.#catalogue.where(types, by, value);
  }

  /** Who refers to something, and by which links. */
  referrers(entry: Entry): readonly { readonly from: Entry; readonly link: Link }[] {
    return this.#catalogue.referrers(entry);
  }

  holder(unique: string): Entry | undefined {
    return this.#catalogue.holder(unique);
  }

  /** What of something deleted still has a name at this time. */
  grave(unique: string, now: string): Grave | undefined {
    const grave = this.#catalogue.grave(unique);
    return grave?.until !== undefined && grave.until <= now ? undefined : grave;
  }

  all(type: string): readonly Item[] {
    return this.#catalogue.ofType(type).map((entry) => this.item(entry));
  }

  find(types: readonly string[], by: string, value: unknown): Item | undefined {
    if (typeof value !== "string" && typeof value !== "number") return undefined;
    const [found] = this.where(types, by, String(value));
    return found === undefined ? undefined : this.item(found);
  }

  /** An entry as rows see it. */
  item(entry: Entry): Item {
    let item = this.#items.get(entry);
    if (item === undefined) {
      const { type, id, place } = entry;
      item = {
        type,
        id,
        inputs: decodeProps(entry.inputs),
        outputs: decodeProps(entry.outputs),
        place: { ...place, config: {} },
      };
      this.#items.set(entry, item);
    }
    return item;
  }
}
