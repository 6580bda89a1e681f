// Property values as the engine handles them: JSON, plus what JSON can't say.

export type Value =
  | null
  | boolean
  | number
  | string
  | readonly Value[]
  | Secret
  | Unknown
  | Output
  | Asset
  | Archive
  | ResourceReference
  | PropertyMap;

export interface PropertyMap {
  readonly [key: string]: Value;
}

/** A value that is encrypted at rest and masked on display. */
export class Secret {
  constructor(readonly element: Value) {}
}

/** A value that a preview can't know. `sentinel` is the wire's name for the type that it will have. */
export class Unknown {
  constructor(readonly sentinel: string) {}
}

/** A value with the resources that it came from; only between the program, transforms and the monitor. */
export class Output {
  constructor(
    readonly element: Value | undefined,
    readonly secret: boolean,
    readonly dependencies: readonly string[],
  ) {}
}

/** A file, a text or a URL. `hash` is the SHA-256 of its content. */
export class Asset {
  constructor(
    readonly source: { readonly text?: string; readonly path?: string; readonly uri?: string },
    readonly hash: string,
  ) {}
}

/** Files by name, or an archive elsewhere whose hash is already known. */
export class Archive {
  constructor(
    readonly source: {
      readonly path?: string;
      readonly uri?: string;
      readonly assets?: Readonly<Record<string, Asset>>;
    },
    readonly hash: string,
  ) {}
}

export class ResourceReference {
  constructor(
    readonly urn: string,
    /** Absent for components. */
    readonly id: string | Unknown | undefined,
    readonly packageVersion: string,
  ) {}
}

const sentinels = {
  boolean: "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  number: "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  string: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  array: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  asset: "030794c1-ac77-496b-92df-f27374a8bd58",
  archive: "e48ece36-62e2-4504-bad9-02848725956a",
  object: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
} as const;

export const unknownSentinel = sentinels.string;
export const UNKNOWN = new Unknown(unknownSentinel);
const unknowns = new Map<string, Unknown>(Object.values(sentinels).map((s) => [s, new Unknown(s)]));
unknowns.set(unknownSentinel, UNKNOWN);

/** The unknown that a wire string stands for, if it is one of the sentinels. */
export function unknownFrom(text: string): Unknown | undefined {
  return text.length === 36 ? unknowns.get(text) : undefined;
}

export function isObject(value: Value | undefined): value is PropertyMap {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Secret) &&
    !(value instanceof Unknown) &&
    !(value instanceof Output) &&
    !(value instanceof Asset) &&
    !(value instanceof Archive) &&
    !(value instanceof ResourceReference)
  );
}

export const isArray = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

export function mapObject(props: PropertyMap, change: (value: Value, key: string) => Value): PropertyMap {
  return Object.fromEntries(Object.entries(props).map(([key, value]) => [key, change(value, key)]));
}

/** Applies `change` to every value inside; returns `undefined` to go deeper. */
export function transform(value: Value, change: (value: Value) => Value | undefined): Value {
  const changed = change(value);
  if (changed !== undefined) return changed;
  if (isArray(value)) return value.map((v) => transform(v, change));
  if (value instanceof Secret) return new Secret(transform(value.element, change));
  if (value instanceof Output && value.element !== undefined) {
    return new Output(transform(value.element, change), value.secret, value.dependencies);
  }
  if (isObject(value)) return mapObject(value, (v) => transform(v, change));
  return value;
}

function some(value: Value, test: (value: Value) => boolean): boolean {
  if (test(value)) return true;
  if (isArray(value)) return value.some((v) => some(v, test));
  if (value instanceof Secret) return some(value.element, test);
  if (value instanceof Output) return value.element !== undefined && some(value.element, test);
  if (isObject(value)) return Object.values(value).some((v) => some(v, test));
  return false;
}

export const containsSecret = (value: Value): boolean =>
  some(value, (v) => v instanceof Secret || (v instanceof Output && v.secret));

export const containsUnknown = (value: Value): boolean =>
  some(
    value,
    (v) =>
      v instanceof Unknown ||
      (v instanceof Output && v.element === undefined) ||
      (v instanceof ResourceReference && v.id instanceof Unknown),
  );

/** Without secret and output wrappers. */
export const unwrap = (value: Value): Value =>
  transform(value, (v) => {
    if (v instanceof Secret) return unwrap(v.element);
    if (v instanceof Output) return v.element === undefined ? UNKNOWN : unwrap(v.element);
    return undefined;
  });

export const unwrapMap = (props: PropertyMap): PropertyMap => mapObject(props, unwrap);

/** Outputs become plain, secret or unknown values: what everything behind the monitor works with. */
export const downgrade = (value: Value): Value =>
  transform(value, (v) => {
    if (!(v instanceof Output)) return undefined;
    const inner = v.element === undefined ? UNKNOWN : downgrade(v.element);
    return v.secret ? new Secret(inner) : inner;
  });

/** URNs that the outputs inside a value came from. */
export function dependenciesOf(value: Value, into: Set<string> = new Set()): Set<string> {
  some(value, (v) => {
    if (v instanceof Output) for (const urn of v.dependencies) into.add(urn);
    return false;
  });
  return into;
}

/** Deep equality as the engine compares states: a null property and a missing one are the same. */
export function equal(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || a === null || b === undefined || b === null) return (a ?? null) === (b ?? null);
  if (isArray(a) || isArray(b)) {
    return isArray(a) && isArray(b) && a.length === b.length && a.every((v, i) => equal(v, b[i]));
  }
  if (a instanceof Secret || b instanceof Secret) {
    return a instanceof Secret && b instanceof Secret && equal(a.element, b.element);
  }
  if (a instanceof Unknown || b instanceof Unknown) return a instanceof Unknown && b instanceof Unknown;
  if (a instanceof Output || b instanceof Output) {
    return a instanceof Output && b instanceof Output && a.secret === b.secret && equal(a.element, b.element);
  }
  if (a instanceof Asset || b instanceof Asset) return a instanceof Asset && b instanceof Asset && a.hash === b.hash;
  if (a instanceof Archive || b instanceof Archive) {
    return a instanceof Archive && b instanceof Archive && a.hash === b.hash;
  }
  if (a instanceof ResourceReference || b instanceof ResourceReference) {
    return (
      a instanceof ResourceReference &&
      b instanceof ResourceReference &&
      a.urn === b.urn &&
      equal(a.id, b.id) &&
      a.packageVersion === b.packageVersion
    );
  }
  if (isObject(a) && isObject(b)) {
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => equal(a[key], b[key]));
  }
  return false;
}
