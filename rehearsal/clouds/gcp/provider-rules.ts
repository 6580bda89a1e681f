// What the provider refuses by its schema alone and the SDK's typings can't say: which arguments go together, which values and
// how many of them one takes. provider-rules.json holds them by type, as of provider 7.45, one rule a line:
//   among <path> <value> ...     one of these values        range <path> <least>..<most>   a number within bounds
//   one <path> <path> ...        exactly one of these       count <path> <least>..<most>   a list of such a length
//   any <path> <path> ...        one of these or more       not <path> <path>              not both
//   needs <path> <path>          the first needs the second
//   default <path> <value>       what it writes into the inputs where the program gives nothing
//   answer <path> <value>        what it answers there: the bridge leaves false and 0 out of the inputs
//   fixed <path>                 a change replaces          unordered <path>               a set: its order means nothing
// The arguments of each type are on https://registry.terraform.io/providers/hashicorp/google-beta/latest/docs
import { boundsOf, each, refuse } from "../limits";
import type { Moment, Props, Refusal, Remains, Row, Value } from "../row";
import { type Rule, readRules, wordsOf, writtenValue } from "../rules";
import { isList, isObject, isSet, isUnknown, pick } from "../values";
import { said } from "./common";
import rules from "./provider-rules.json";

const refusing = ["among", "range", "one", "count", "any", "not", "needs"] as const;
export const verbs = [...refusing, "default", "answer", "fixed", "unordered"] as const;
type Verb = (typeof refusing)[number];
type Judge = (inputs: Props, first: string, rest: readonly string[]) => readonly Refusal[];

/** Given, and more than an empty list: what isn't known yet speaks for nothing. */
const given = (inputs: Props, path: string): boolean => {
  const value = pick(inputs, path);
  return isSet(value) && !isUnknown(value) && !(isList(value) && value.length === 0);
};
const maybe = (inputs: Props, path: string): boolean => isSet(pick(inputs, path));

/** Whether the block that a path is an argument of is there: without it nothing is asked for. */
const standing = (inputs: Props, path: string): boolean =>
  !path.includes(".") || isObject(pick(inputs, path.slice(0, path.lastIndexOf("."))));

const within =
  (measure: (value: Value) => number | undefined, what: string): Judge =>
  (inputs, path, [written]) => {
    const [least, most] = boundsOf(written);
    return each(
      inputs,
      path,
      (value) => {
        const measured = measure(value);
        return measured === undefined || (measured >= least && measured <= most);
      },
      (value) =>
        `expected ${what} ${most === Number.POSITIVE_INFINITY ? `of at least ${least}` : `from ${least} to ${most}`}, got ${value}`,
    );
  };

const judges: Readonly<Record<Verb, Judge>> = {
  // An empty text is an argument that isn't given, as the provider sees it.
  among: (inputs, path, values) =>
    each(
      inputs,
      path,
      (value) => value === "" || values.includes(said(value)),
      (value) => `expected one of ${values.map((one) => JSON.stringify(one)).join(", ")}, got ${value}`,
    ),
  range: within((value) => (typeof value === "number" ? value : undefined), "a number"),
  count: within((value) => (isList(value) ? value.length : undefined), "a number of elements"),
  not: (inputs, first, [second = ""]) =>
    given(inputs, first) && given(inputs, second) ? refuse(second, `conflicts with ${first}`) : [],
  needs: (inputs, first, [second = ""]) =>
    given(inputs, first) && !maybe(inputs, second) ? refuse(second, `is required when ${first} is set`) : [],
  one: (inputs, first, rest) => {
    const paths = [first, ...rest];
    const set = paths.filter((path) => given(inputs, path));
    if (set.length > 1)
      return refuse(set[1] ?? "", `conflicts with ${set[0]}: only one of ${paths.join(", ")} can be specified`);
    return !standing(inputs, first) || paths.some((path) => maybe(inputs, path))
      ? []
      : refuse(first, `one of ${paths.join(", ")} must be specified`);
  },
  any: (inputs, first, rest) =>
    !standing(inputs, first) || [first, ...rest].some((path) => maybe(inputs, path))
      ? []
      : refuse(first, `one of ${[first, ...rest].join(", ")} must be specified`),
};

type Known = Rule<(typeof verbs)[number]>;

const rulesOf = readRules<Known["verb"]>(rules);
const of = (type: string, ...wanted: readonly Known["verb"][]): readonly Known[] =>
  rulesOf(type).filter(({ verb }) => wanted.includes(verb));
const paths = (found: readonly Known[]): readonly string[] => found.map(({ path }) => path);

/** What the provider's schema says of these inputs. */
export const schemaRefusals = (type: string, inputs: Props): readonly Refusal[] =>
  of(type, ...refusing).flatMap(({ verb, path, rest }) => judges[verb as Verb](inputs, path, wordsOf(rest)));

/** What is abandoned instead of deleted stands as before; what is named by something else goes with that. */
const abandoned = (row: Row, { inputs, old }: Moment): Remains | undefined =>
  inputs["deletionPolicy"] === "ABANDON" && !row.references?.some(({ path }) => row.unique?.by.includes(path))
    ? { reason: `googleapi: Error 409: ${old?.id ?? ""} was abandoned, not deleted, and already exists, alreadyExists` }
    : undefined;

/** The row with what the provider's schema knows: refused before what the row refuses, and added to what the row says. */
export function ruled(row: Row): Row {
  const defaults = of(row.type, "default").map(({ path, rest }) => ({ path, value: writtenValue(rest) }));
  const flat = defaults.filter(({ path }) => !path.includes("."));
  const nested = defaults.filter(({ path }) => path.includes("."));
  const answers = of(row.type, "answer").map(({ path, rest }) => ({ path, value: writtenValue(rest) }));
  const rivals = of(row.type, "not").map(({ path, rest }) => [path, ...wordsOf(rest)]);
  // A default makes way for what can't stand beside it.
  const free = (inputs: Props, path: string) =>
    !rivals.some((pair) => pair.includes(path) && pair.some((other) => other !== path && maybe(inputs, other)));
  return {
    ...row,
    immutable: [...(row.immutable ?? []), ...paths(of(row.type, "fixed"))],
    unordered: [...(row.unordered ?? []), ...paths(of(row.type, "unordered"))],
    inputDefaults: (moment) => ({
      ...Object.fromEntries(
        flat.filter(({ path }) => free(moment.inputs, path)).map(({ path, value }) => [path, value]),
      ),
      ...row.inputDefaults?.(moment),
    }),
    outputs: (moment) => ({
      ...Object.fromEntries(
        answers.filter(({ path }) => !isSet(moment.inputs[path])).map(({ path, value }) => [path, value]),
      ),
      ...row.outputs(moment),
    }),
    // Below the first level only into blocks that are there.
    fills: ({ inputs }) =>
      nested.filter(({ path }) => standing(inputs, path)).map(({ path, value }) => ({ path: path.split("."), value })),
    check: (moment) => [...schemaRefusals(row.type, moment.inputs), ...(row.check?.(moment) ?? [])],
    remains: (moment) => abandoned(row, moment) ?? row.remains?.(moment),
  };
}
