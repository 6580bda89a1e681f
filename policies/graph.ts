// The stack's resources and how they belong together: by property dependencies first, by known values second.
import { isUnknown, list, read } from "./read";
import type { View } from "./rule";

/** Companions of a resource: those that surely are, and those that may be, because a preview can't tell. */
export interface Companions {
  readonly sure: readonly View[];
  readonly maybe: readonly View[];
}

/** Texts of a property, with what they lie in, and whether there is more that isn't known. */
interface Said {
  readonly said: ReadonlySet<string>;
  readonly isOpen: boolean;
}

/** Outputs and inputs by which one resource names another. */
export const identifiers = [
  "id",
  "arn",
  "name",
  "bucket",
  "metadata.name",
  "selfLink",
  "keyId",
  "accountName",
  "serverName",
  "vaultName",
  "databaseName",
  "virtualNetworkName",
  "zoneName",
  "endpointName",
  "ruleSetName",
] as const;
/** Google Cloud names one thing by self link and by path: the path is compared. */
const plain = (value: string) =>
  value.toLowerCase().replace(/^https:\/\/[a-z.]*googleapis\.com\/[a-z]+\/(?:v1|beta)\//, "");

export class Graph {
  readonly #byType = new Map<string, View[]>();
  readonly #byUrn: ReadonlyMap<string, View>;
  readonly #names = new Map<View, ReadonlySet<string>>();
  readonly #sayings = new Map<View, Map<string, Said>>();
  readonly #indexes = new Map<string, ReadonlyMap<string, readonly View[]>>();

  constructor(readonly views: readonly View[]) {
    for (const view of views) {
      const known = this.#byType.get(view.type);
      if (known) known.push(view);
      else this.#byType.set(view.type, [view]);
    }
    this.#byUrn = new Map(views.map((view) => [view.urn, view]));
  }

  ofType(...types: readonly string[]): readonly View[] {
    return types.flatMap((type) => this.#byType.get(type) ?? []);
  }

  at(urn: string): View | undefined {
    return this.#byUrn.get(urn);
  }

  /** Everything that `property` (its first step) of a view was computed from. */
  sources(view: View, property: string): readonly View[] {
    const top = property.split(".")[0] ?? property;
    return (view.propertyDependencies[top] ?? []).flatMap((urn) => this.at(urn) ?? []);
  }

  /** Does `property` of `from` name `to`? */
  names(from: View, property: string, to: View): boolean | "unknown" {
    const { said, isOpen } = this.#said(from, property);
    const own = this.#identifiers(to);
    for (const name of own) if (said.has(name)) return true;
    const sources = from.propertyDependencies[property.split(".")[0] ?? property] ?? [];
    if (sources.includes(to.urn) && (isOpen || own.size === 0 || !hasId(to))) return true;
    return isOpen && sources.length === 0 ? "unknown" : false;
  }

  /** The views of these types whose `property` names this one. */
  companions(of: View, types: readonly string[], property: string): Companions {
    const keys = [...this.#identifiers(of), of.urn, open];
    const near = types.flatMap((type) =>
      pick(
        this.#index(`${type} ${property}`, () => this.#mentions(type, property)),
        keys,
      ),
    );
    return sort(near, (candidate) => this.names(candidate, property, of));
  }

  /** The views of these types that `property` of this one names. */
  targets(from: View, property: string, types: readonly string[]): Companions {
    const keys = this.#mentioned(from, property);
    const near = keys.includes(open)
      ? this.ofType(...types)
      : types.flatMap((type) =>
          pick(
            this.#index(type, () => this.#named(type)),
            keys,
          ),
        );
    return sort(near, (candidate) => this.names(from, property, candidate));
  }

  /** Indexes keep a stack of ten thousand resources from being compared each with each. */
  #index(key: string, make: () => ReadonlyMap<string, readonly View[]>): ReadonlyMap<string, readonly View[]> {
    const made = this.#indexes.get(key) ?? make();
    this.#indexes.set(key, made);
    return made;
  }

  #mentions(type: string, property: string): ReadonlyMap<string, readonly View[]> {
    return group(this.ofType(type).map((view) => [view, this.#mentioned(view, property)] as const));
  }

  #named(type: string): ReadonlyMap<string, readonly View[]> {
    return group(this.ofType(type).map((view) => [view, [...this.#identifiers(view), view.urn]] as const));
  }

  /** A list of a thousand names is asked once for each of the thousand. */
  #said(view: View, property: string): Said {
    const texts = this.#sayings.get(view) ?? new Map<string, Said>();
    this.#sayings.set(view, texts);
    const made = texts.get(property);
    if (made) return made;
    const values = this.#texts(view, property);
    const known = values.filter((value): value is string => typeof value === "string");
    const said = { said: new Set(known.map(plain).flatMap(withParents)), isOpen: values.length > known.length };
    texts.set(property, said);
    return said;
  }

  /** Whatever a property could name by: its known texts and what they lie in, the URNs it depends on, or nothing known at all. */
  #mentioned(view: View, property: string): readonly string[] {
    const values = this.#texts(view, property);
    const known = values.filter((value): value is string => typeof value === "string").map(plain);
    const urns = view.propertyDependencies[property.split(".")[0] ?? property] ?? [];
    return [
      ...known.flatMap(withParents),
      ...urns,
      ...(values.length > known.length && urns.length === 0 ? [open] : []),
    ];
  }

  #texts(view: View, property: string): readonly unknown[] {
    const values = list(view.props, property);
    if (typeof values === "symbol") {
      const answered = list(view.outputs, property);
      return typeof answered === "symbol" || answered.length === 0 ? [values] : answered;
    }
    return values;
  }

  #identifiers(view: View): ReadonlySet<string> {
    const made = this.#names.get(view);
    if (made) return made;
    const names = new Set<string>();
    for (const key of identifiers)
      for (const value of [read(view.outputs, key), read(view.props, key)])
        if (typeof value === "string" && value !== "") names.add(plain(value));
    this.#names.set(view, names);
    return names;
  }
}

/** Stands in an index for a value that could be anything. */
const open = "?";

/** Azure names a part of a resource by a longer id: `<account id>/blobServices/default` lies in `<account id>`. */
const withParents = (value: string): readonly string[] =>
  value.startsWith("/subscriptions/")
    ? [...value.matchAll(/\/|$/g)].map(({ index }) => value.slice(0, index)).filter((parent) => parent !== "")
    : [value];

function group(entries: readonly (readonly [View, readonly string[]])[]): ReadonlyMap<string, readonly View[]> {
  const groups = new Map<string, View[]>();
  for (const [view, keys] of entries)
    for (const key of new Set(keys)) {
      const known = groups.get(key);
      if (known) known.push(view);
      else groups.set(key, [view]);
    }
  return groups;
}

const pick = (index: ReadonlyMap<string, readonly View[]>, keys: readonly string[]): readonly View[] => [
  ...new Set(keys.flatMap((key) => index.get(key) ?? [])),
];

function sort(candidates: readonly View[], ask: (candidate: View) => boolean | "unknown"): Companions {
  const sure: View[] = [];
  const maybe: View[] = [];
  for (const candidate of candidates) {
    const answer = ask(candidate);
    if (answer === true) sure.push(candidate);
    else if (answer === "unknown") maybe.push(candidate);
  }
  return { sure, maybe };
}

const hasId = (view: View) => {
  const id = read(view.outputs, "id");
  return id !== undefined && !isUnknown(id);
};
