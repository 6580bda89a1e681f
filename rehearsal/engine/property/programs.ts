// Programs drawn by chance, as plain data that can be shrunk and kept: up to eight places, each with a resource or none.
// What a place names is left out where it isn't there yet, so that every drawing is a program that a cloud can carry out.

import type { Formerly, Line, LineOptions, Script, Text } from "../testing/script";

export type Kind = "thing" | "box" | "note" | "group";

/** Places name each other by their numbers. */
export interface Place {
  readonly kind: Kind;
  /** Number of its logical name: another one is a rename. */
  readonly called: number;
  /** A rename or a move tells its former name. */
  readonly aliased: boolean;
  readonly size: number;
  readonly fixed: number;
  readonly parent?: number;
  /** Can't change; note: where it lies, thing: what it holds for good, box: what goes with it. */
  readonly home?: number;
  readonly holds: readonly number[];
  readonly links: readonly number[];
  readonly dependsOn: readonly number[];
  /** Explicit provider; none: the parent's, or the default one. */
  readonly provider?: "a" | "b";
  readonly named: boolean;
  readonly secret: boolean;
  readonly protect: boolean;
  readonly retain: boolean;
  readonly with: boolean;
  readonly ignore: boolean;
  readonly replaceOn: boolean;
  readonly first?: boolean;
}

export interface Program {
  /** Undefined: nothing there. */
  readonly places: readonly (Place | null)[];
  /** Numbers of places, in the order in which the program comes to them. */
  readonly order: readonly number[];
  readonly regions: { readonly a: string; readonly b: string };
}

const types: Readonly<Record<Kind, string>> = {
  thing: "toy:index:Thing",
  box: "toy:index:Box",
  note: "toy:index:Note",
  group: "toy:index:Group",
};

const key = (place: number): string => `p${place}`;
const nameOf = (place: number, called: number): string => `n${place}${called === 0 ? "" : `-${called}`}`;

/** @param before the program that ran last: what has another name or parent now may say so */
export function scriptOf(program: Program, before?: Program): Script {
  const lines: Line[] = [
    { key: "a", type: "pulumi:providers:toy", inputs: { region: program.regions.a } },
    { key: "b", type: "pulumi:providers:toy", inputs: { region: program.regions.b } },
  ];
  const there = new Map<number, Place>();
  for (const number of program.order) {
    const place = program.places[number];
    if (!place) continue;
    lines.push(lineOf(number, place, there, before));
    there.set(number, place);
  }
  return lines;
}

function lineOf(number: number, place: Place, there: ReadonlyMap<number, Place>, before: Program | undefined): Line {
  const kindOf = (other: number | undefined) => (other === undefined ? undefined : there.get(other)?.kind);
  const only = (others: readonly number[], ...kinds: Kind[]) =>
    [...new Set(others)].filter((other) => kinds.includes(kindOf(other) as Kind));
  const [parent] = only(place.parent === undefined ? [] : [place.parent], "group", "thing", "box");
  const [home] = only(place.home === undefined ? [] : [place.home], place.kind === "box" ? "box" : "thing");
  const holds = place.kind === "thing" ? only(place.holds, "thing") : [];
  const links = place.kind === "thing" || place.kind === "box" ? only(place.links, "thing", "box") : [];
  const refs = (others: readonly number[]): Text => others.map((other) => ({ $ref: key(other) }));
  const name = nameOf(number, place.called);
  const above = parent === undefined ? {} : { parent: key(parent) };
  const aliases = place.aliased && before ? formerly(number, place, parent, there, before) : [];
  const dependsOn = only(place.dependsOn, "thing", "box", "note", "group").map(key);
  if (place.kind === "group") {
    return { key: key(number), type: types.group, name, custom: false, ...above, options: { aliases, dependsOn } };
  }
  const given = place.kind === "box" && place.named;
  return {
    key: key(number),
    type: types[place.kind],
    name,
    ...above,
    ...(place.provider === undefined ? {} : { provider: place.provider }),
    inputs: {
      size: place.size,
      fixed: place.fixed,
      ...(home === undefined ? {} : { [place.kind === "box" ? "base" : "home"]: { $ref: key(home) } }),
      ...(holds.length > 0 ? { holds: refs(holds) } : {}),
      ...(links.length > 0 ? { links: refs(links) } : {}),
      ...(given ? { name: `given-${name}-${parent ?? ""}` } : {}),
      ...(place.secret ? { password: { $secret: `hush-${place.size}` } } : {}),
    },
    options: { ...optionsOf(place, given, home, holds), aliases, dependsOn },
  };
}

/** Only what a cloud can do: what is let go holds nothing and has no name that is needed again. */
function optionsOf(place: Place, given: boolean, home: number | undefined, holds: readonly number[]): LineOptions {
  const free = home === undefined && holds.length === 0 && !given && place.kind !== "note";
  return {
    ...(place.protect ? { protect: true } : {}),
    ...(place.retain && free ? { retainOnDelete: true } : {}),
    ...(place.with && place.kind === "note" && home !== undefined ? { deletedWith: key(home) } : {}),
    ...(place.ignore ? { ignoreChanges: ["size"] } : {}),
    // The provider of a given name knows nothing of this replacement, so the new one would meet the old one's name.
    ...(place.replaceOn && !given ? { replaceOnChanges: ["size"] } : {}),
    ...(place.first !== undefined && place.kind === "box" && !given ? { deleteBeforeReplace: place.first } : {}),
  };
}

function formerly(
  number: number,
  place: Place,
  parent: number | undefined,
  there: ReadonlyMap<number, Place>,
  before: Program,
): readonly Formerly[] {
  const was = before.places[number];
  if (!was || was.kind !== place.kind) return [];
  const old = scriptOf(before).find((line) => line.key === key(number));
  const oldParent = old?.parent;
  const now = parent === undefined ? undefined : key(parent);
  if (oldParent !== now) {
    if (oldParent !== undefined && !there.has(Number(oldParent.slice(1)))) return [];
    return [{ name: nameOf(number, was.called), parent: oldParent ?? null }];
  }
  return was.called === place.called ? [] : [{ name: nameOf(number, was.called) }];
}

/** The same program with nothing protected, so that it can be taken down. */
export const unprotected = (program: Program): Program => ({
  ...program,
  places: program.places.map((place) => place && { ...place, protect: false }),
});
