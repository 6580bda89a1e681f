// The stack's resources and how they belong together: by property dependencies first, by known values second.
import { isUnknown, list, read } from "./read";
import type { View } from "./rule";

/** Companions of a resource: those that surely are, and those that may be, because a preview can't tell. */
export interface Companions {
  readonly sure: readonly View[];
  readonly maybe: readonly View[];
}

/** Outputs and inputs by which one resource names another. */
const identifiers = [
  "id",
  "arn",
  "name",
  "bucket",
  "selfLink",
  "keyId",
  "accountName",
  "serverName",
  "vaultName",
  "databaseName",
  "virtualNetworkName",
] as const;
/** Google Cloud names one thing by self link and by path: the path is compared. */
const plain = (value: string) =>
  value.toLowerCase().replace(/^https:\/\/[a-z.]*googleapis\.com\/[a-z]+\/(?:v1|beta)\//, "");

export class Graph {
  readonly #byType = new Map<string, View[]>();
  readonly #byUrn: ReadonlyMap<string, View>;
  readonly #names = new Map<View, ReadonlySet<string>>();

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
    const values = this.#texts(from, property);
    const known = values.filter((value) => typeof value === "string");
    const own = this.#identifiers(to);
    if (known.some((value) => own.has(plain(value)) || isInside(plain(value), own))) return true;
    const open = values.length > known.length;
    const sources = from.propertyDependencies[property.split(".")[0] ?? property] ?? [];
    if (sources.includes(to.urn) && (open || own.size === 0 || !hasId(to))) return true;
    return open && sources.length === 0 ? "unknown" : false;
  }

  /** The views of these types whose `property` names this one. */
  companions(of: View, types: readonly string[], property: string): Companions {
    return this.#sort(types, (candidate) => this.names(candidate, property, of));
  }

  /** The views of these types that `property` of this one names. */
  targets(from: View, property: string, types: readonly string[]): Companions {
    return this.#sort(types, (candidate) => this.names(from, property, candidate));
  }

  #sort(types: readonly string[], ask: (candidate: View) => boolean | "unknown"): Companions {
    const sure: View[] = [];
    const maybe: View[] = [];
    for (const candidate of this.ofType(...types)) {
      const answer = ask(candidate);
      if (answer === true) sure.push(candidate);
      else if (answer === "unknown") maybe.push(candidate);
    }
    return { sure, maybe };
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

/** Azure names a part of a resource by a longer id: `<account id>/blobServices/default`. */
const isInside = (value: string, names: ReadonlySet<string>) =>
  value.startsWith("/subscriptions/") &&
  [...names].some((name) => name.startsWith("/") && value.startsWith(`${name}/`));

const hasId = (view: View) => {
  const id = read(view.outputs, "id");
  return id !== undefined && !isUnknown(id);
};
