// What the provider refuses by its schema alone and the SDK's typings can't say: which arguments go together, which values and
// how many of them one takes. provider-rules.json holds them by type, as of provider 7.45, one rule a line:
//   among <path> <value> ...     one of these values        range <path> <least>..<most>   a number within bounds
//   one <path> <path> ...        exactly one of these       count <path> <least>..<most>   a list of such a length
//   any <path> <path> ...        one of these or more       not <path> <path>              not both
//   needs <path> <path>          the first needs the second
// The arguments of each type are on https://registry.terraform.io/providers/hashicorp/google-beta/latest/docs
import { each, refuse } from "../limits";
import type { Props, Refusal, Row, Value } from "../row";
import { isList, isObject, isSet, isUnknown, pick } from "../values";
import { said } from "./common";
import rules from "./provider-rules.json";

export const verbs = ["among", "range", "one", "count", "any", "not", "needs"] as const;
type Verb = (typeof verbs)[number];
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

const bounds = (written = "..") => {
  const [least = "", most = ""] = written.split("..");
  return [
    least === "" ? Number.NEGATIVE_INFINITY : Number(least),
    most === "" ? Number.POSITIVE_INFINITY : Number(most),
  ] as const;
};

const within =
  (measure: (value: Value) => number | undefined, what: string): Judge =>
  (inputs, path, [written]) => {
    const [least, most] = bounds(written);
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

/** What the provider's schema says of these inputs. */
export const schemaRefusals = (type: string, inputs: Props): readonly Refusal[] =>
  ((rules as Readonly<Record<string, readonly string[]>>)[type] ?? []).flatMap((rule) => {
    const [verb, first = "", ...rest] = rule.split(" ");
    return judges[verb as Verb](inputs, first, rest);
  });

/** The row, with what the provider's schema refuses before what the row does. */
export const ruled = (row: Row): Row => ({
  ...row,
  check: (moment) => [...schemaRefusals(row.type, moment.inputs), ...(row.check?.(moment) ?? [])],
});
