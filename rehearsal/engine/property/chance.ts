// What is drawn: a history of programs, each a change of the one before, and what goes wrong in their runs.

import fc from "fast-check";
import type { Fault } from "../../clouds";
import type { Selection } from "../api";
import type { Kind, Place, Program } from "./programs";
import type { History, Ordeal } from "./trial";

const count = 8;
const number = fc.nat({ max: count - 1 });
const some = fc.option(number, { nil: undefined, freq: 1 });
const few = fc.uniqueArray(number, { maxLength: 2 });
const rarely = fc.nat({ max: 7 }).map((n) => n === 7);
const often = fc.nat({ max: 3 }).map((n) => n !== 3);

const fields = {
  kind: fc.constantFrom<Kind>("thing", "thing", "thing", "box", "box", "note", "group"),
  called: fc.constantFrom(0, 0, 0, 1),
  aliased: often,
  size: fc.integer({ min: 1, max: 3 }),
  fixed: fc.integer({ min: 1, max: 2 }),
  parent: some,
  home: some,
  holds: few,
  links: few,
  dependsOn: few,
  provider: fc.constantFrom<("a" | "b" | undefined)[]>("a", "a", "b", undefined),
  named: rarely,
  secret: rarely,
  protect: fc.nat({ max: 30 }).map((n) => n === 30),
  retain: rarely,
  with: fc.boolean(),
  ignore: rarely,
  replaceOn: rarely,
  first: fc.constantFrom(undefined, undefined, true, false),
};

/** JSON has no `undefined`: what isn't there is left out, so that a kept case is what was drawn. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const place: fc.Arbitrary<Place> = fc.record(fields).map(plain) as fc.Arbitrary<Place>;
const region = fc.constantFrom("r1", "r1", "r2");
const ordinary = Array.from({ length: count }, (_, i) => i);
const order = fc.oneof(
  { weight: 3, arbitrary: fc.constant(ordinary) },
  { weight: 1, arbitrary: fc.shuffledSubarray(ordinary, { minLength: count }) },
);

const program: fc.Arbitrary<Program> = fc.record({
  places: fc.array(fc.option(place, { freq: 4 }), { minLength: count, maxLength: count }),
  order,
  regions: fc.record({ a: region, b: region }),
});

/** An edit of one place: gone, made anew, or some of its fields. */
const edit = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  { weight: 4, arbitrary: fc.record(fields, { requiredKeys: [] }) },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: place },
);

interface Change {
  readonly edits: readonly (Partial<Place> | null)[];
  readonly order: readonly number[] | undefined;
  readonly regions: Program["regions"] | undefined;
}

const change: fc.Arbitrary<Change> = fc.record({
  edits: fc.array(edit as fc.Arbitrary<Partial<Place> | null>, { minLength: count, maxLength: count }),
  order: fc.option(order, { nil: undefined, freq: 1 }),
  regions: fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.record({ a: region, b: region }) },
  ),
});

const changed = (before: Program, { edits, order: now, regions }: Change): Program => ({
  places: before.places.map((old, i) => {
    const by = edits[i];
    if (by === null || by === undefined) return null;
    if (old === null) return "kind" in by && "holds" in by && "links" in by && "dependsOn" in by ? complete(by) : null;
    // A name that was given stays given: the next automatic one would be that of the next creation too.
    const named = (by.kind ?? old.kind) === old.kind ? old.named : (by.named ?? old.named);
    return plain({ ...old, ...by, named });
  }),
  order: now ?? before.order,
  regions: regions ?? before.regions,
});

const complete = (by: Partial<Place>): Place | null =>
  Object.keys(fields).every((field) => field in by || ["parent", "home", "provider", "first"].includes(field))
    ? (by as Place)
    : null;

const strike = {
  urn: fc.oneof(number, fc.constant(undefined)).map((n) => (n === undefined ? "*" : `*::n${n}*`)),
  skip: fc.nat({ max: 3 }),
};

/** `fail after` of a creation is a lie that no engine can see through: only where the program comes again. */
const fault = (lies: boolean): fc.Arbitrary<Fault> =>
  fc
    .oneof(
      fc.record({
        ...strike,
        operation: fc.constantFrom("check", "diff", "create", "update", "delete", "read"),
        does: fc.constantFrom("fail", "crash", "disconnect"),
        when: fc.constantFrom("before", "after"),
      }),
      fc.record({ ...strike, operation: fc.constantFrom("create", "update", "read"), does: fc.constant("partial") }),
      fc.record({
        ...strike,
        operation: fc.constantFrom("create", "update", "delete", "read"),
        does: fc.constant("timeout"),
        when: fc.constantFrom("before", "after"),
      }),
      fc.record({
        ...strike,
        operation: fc.constantFrom("create", "update", "delete", "read"),
        does: fc.constant("throttle"),
        times: fc.constantFrom(1, 3, 1000),
      }),
    )
    .map((drawn) => plain(drawn) as Fault)
    .filter(({ operation, does, when }) => lies || !(operation === "create" && when === "after" && isLie(does)));

const isLie = (does: Fault["does"]): boolean => does === "fail" || does === "disconnect";

const named = fc.uniqueArray(number, { minLength: 1, maxLength: 3 }).map((all) => all.map((n) => `**::n${n}*`));

/** What of the stack a run is about; mostly the whole. */
const about: fc.Arbitrary<Selection | undefined> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.record({ targets: named, targetDependents: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ excludes: named, excludeDependents: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ replaces: named }) },
);

const ordeal = (lies: boolean): fc.Arbitrary<Ordeal> =>
  fc
    .record({
      operation: fc.constantFrom<Ordeal["operation"][]>("up", "up", "up", "up", "refresh", "destroy"),
      faults: fc.array(fault(lies), { maxLength: 3 }),
      lastWrite: fc.option(fc.nat({ max: 25 }), { nil: undefined, freq: 1 }),
      interrupt: fc.oneof(
        { weight: 9, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.nat({ max: 30 }) },
      ),
      journal: fc.boolean(),
      goesOn: rarely,
      parallel: fc.constantFrom(1, 4, 16),
      about,
      looksFirst: rarely,
    })
    .map((drawn) => plain(drawn) as Ordeal);

export const history: fc.Arbitrary<History> = fc
  .record({
    first: program,
    before: fc.array(fc.tuple(change, fc.array(ordeal(false), { minLength: 1, maxLength: 2 })), { maxLength: 2 }),
    firstOrdeals: fc.array(ordeal(false), { minLength: 1, maxLength: 2 }),
    last: change,
    ordeals: fc.array(ordeal(true), { minLength: 1, maxLength: 3 }),
    refresh: fc.boolean(),
  })
  .map(({ first, firstOrdeals, before, last, ordeals, refresh }) => {
    const chapters = [{ program: first, ordeals: firstOrdeals }];
    for (const [by, suffered] of before)
      chapters.push({ program: changed(chapters.at(-1)!.program, by), ordeals: suffered });
    chapters.push({ program: changed(chapters.at(-1)!.program, last), ordeals });
    return { chapters, refresh };
  });
