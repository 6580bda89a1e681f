// The account in memory, found by everything that is asked for: no question costs a walk over all there is.
import type { Entry, Grave, Link } from "./entry";
import { pickAll } from "./values";
import { decode } from "./wire";

type Index = Map<string, Set<number>>;

export class Catalogue {
  readonly #byKey = new Map<number, Entry>();
  readonly #byType: Index = new Map();
  readonly #byUrn: Index = new Map();
  readonly #byUnique = new Map<string, number>();
  readonly #byLink = new Map<number, Set<number>>();
  readonly #graves = new Map<string, Grave>();
  /** type -> path -> value -> entries; a path is indexed when it is first asked for. */
  readonly #byOutput = new Map<string, Map<string, Index>>();
  readonly #caseless: (type: string) => boolean;

  constructor(caseless: (type: string) => boolean) {
    this.#caseless = caseless;
  }

  get size(): number {
    return this.#byKey.size;
  }

  get(key: number): Entry | undefined {
    return this.#byKey.get(key);
  }

  entries(): IterableIterator<Entry> {
    return this.#byKey.values();
  }

  put(entry: Entry): void {
    this.drop(entry.key);
    this.#byKey.set(entry.key, entry);
    add(this.#byType, entry.type, entry.key);
    add(this.#byUrn, entry.urn, entry.key);
    if (entry.unique !== undefined) this.#byUnique.set(entry.unique, entry.key);
    for (const { to } of entry.links) this.#byLink.set(to, (this.#byLink.get(to) ?? new Set()).add(entry.key));
    for (const [path, index] of this.#byOutput.get(entry.type) ?? [])
      for (const value of this.#values(entry, path)) add(index, value, entry.key);
  }

  drop(key: number): void {
    const entry = this.#byKey.get(key);
    if (entry === undefined) return;
    this.#byKey.delete(key);
    remove(this.#byType, entry.type, key);
    remove(this.#byUrn, entry.urn, key);
    if (entry.unique !== undefined && this.#byUnique.get(entry.unique) === key) this.#byUnique.delete(entry.unique);
    for (const { to } of entry.links) this.#byLink.get(to)?.delete(key);
    for (const [path, index] of this.#byOutput.get(entry.type) ?? [])
      for (const value of this.#values(entry, path)) remove(index, value, key);
  }

  bury(grave: Grave): void {
    this.#graves.set(grave.unique, grave);
  }

  grave(unique: string): Grave | undefined {
    return this.#graves.get(unique);
  }

  get graves(): readonly Grave[] {
    return [...this.#graves.values()];
  }

  ofType(type: string): readonly Entry[] {
    return this.#get(this.#byType.get(type));
  }

  ofUrn(urn: string): readonly Entry[] {
    return this.#get(this.#byUrn.get(urn));
  }

  holder(unique: string): Entry | undefined {
    return this.#byKey.get(this.#byUnique.get(unique) ?? 0);
  }

  where(types: readonly string[], path: string, value: string): readonly Entry[] {
    return types.flatMap((type) => this.#get(this.#index(type, path).get(this.#folded(type, value))));
  }

  referrers(entry: Entry): readonly { readonly from: Entry; readonly link: Link }[] {
    return this.#get(this.#byLink.get(entry.key)).flatMap((from) =>
      from.links.filter(({ to }) => to === entry.key).map((link) => ({ from, link })),
    );
  }

  /** Oldest first: keys grow. */
  #get(keys: ReadonlySet<number> | undefined): readonly Entry[] {
    return [...(keys ?? [])].sort((a, b) => a - b).flatMap((key) => this.#byKey.get(key) ?? []);
  }

  #index(type: string, path: string): Index {
    const paths = this.#byOutput.get(type) ?? new Map<string, Index>();
    this.#byOutput.set(type, paths);
    let index = paths.get(path);
    if (index === undefined) {
      index = new Map();
      for (const key of this.#byType.get(type) ?? []) {
        const entry = this.#byKey.get(key)!;
        for (const value of this.#values(entry, path)) add(index, value, key);
      }
      paths.set(path, index);
    }
    return index;
  }

  #values(entry: Entry, path: string): readonly string[] {
    if (path === "id") return [this.#folded(entry.type, entry.id)];
    const [top = ""] = path.split(".", 1);
    const raw = entry.outputs[top];
    if (raw === undefined) return [];
    return pickAll({ [top]: decode(raw) }, path)
      .map(({ value }) => value)
      .filter((value) => typeof value === "string" || typeof value === "number")
      .map((value) => this.#folded(entry.type, String(value)));
  }

  #folded(type: string, value: string): string {
    return this.#caseless(type) ? value.toLowerCase() : value;
  }
}

function add(index: Index, at: string, key: number): void {
  const keys = index.get(at);
  if (keys === undefined) index.set(at, new Set([key]));
  else keys.add(key);
}

function remove(index: Index, at: string, key: number): void {
  const keys = index.get(at);
  keys?.delete(key);
  if (keys?.size === 0) index.delete(at);
}
