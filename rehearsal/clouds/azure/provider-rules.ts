// What the API's own specification says of values and the SDK's typings can't. azure-native refuses most of it in Check, before
// anything is asked of Azure (validateProperty in provider/pkg/provider/provider.go of pulumi-azure-native 3), what a list may
// hold Azure itself. provider-rules.json has it by type, of the API version that the type works with, one rule a line:
//   length <path> <least>..<most>   bytes of a text         pattern <path> <expression>      a text that has a part like this
//   range <path> <least>..<most>    a number                count <path> <least>..<most>     elements of a list
// Either bound may be missing. The same is on https://learn.microsoft.com/azure/templates, a page a type and version.
import { boundsOf } from "../limits";
import { autoNamed } from "../names";
import { dotted } from "../paths";
import type { Props, Refusal, Row, Value } from "../row";
import { readRules } from "../rules";
import { isKnown, isList, pickAll } from "../values";
import { plainLocation } from "./locations";
import rules from "./provider-rules.json";

export const verbs = ["length", "pattern", "range", "count"] as const;
type Verb = (typeof verbs)[number];
/** The reason why a rule's argument doesn't let a value pass. */
type Judge = (value: Value, rest: string, place: string) => string | undefined;

const judges: Readonly<Record<Verb, Judge>> = {
  length: (value, rest, place) => {
    if (typeof value !== "string") return undefined;
    const [least, most] = boundsOf(rest);
    const length = Buffer.byteLength(value);
    if (length < least) return `'${place}' is too short (${length}): at least ${least} characters required`;
    return length > most ? `'${place}' is too long (${length}): at most ${most} characters allowed` : undefined;
  },
  pattern: (value, rest, place) =>
    typeof value !== "string" || new RegExp(rest).test(value)
      ? undefined
      : `'${place}' does not match expression '${rest}'`,
  range: (value, rest, place) => {
    if (typeof value !== "number") return undefined;
    const [least, most] = boundsOf(rest);
    const written = (number: number) => number.toFixed(6);
    if (value < least) return `'${place}' is too low (${written(value)} < ${written(least)})`;
    return value > most ? `'${place}' is too high (${written(value)} > ${written(most)})` : undefined;
  },
  count: (value, rest, place) => {
    if (!isList(value)) return undefined;
    const [least, most] = boundsOf(rest);
    return value.length < least || value.length > most
      ? `'${place}' has ${value.length} elements: at most ${most} are allowed`
      : undefined;
  },
};

const rulesOf = readRules<Verb>(rules);

/** What the API's specification says of these inputs. */
export const specRefusals = (type: string, inputs: Props): readonly Refusal[] =>
  rulesOf(type).flatMap(({ verb, path, rest }) =>
    pickAll(inputs, path)
      .filter(({ value }) => isKnown(value))
      .flatMap(({ path: property, value }) => {
        const reason = judges[verb](value, rest, dotted(property));
        return reason === undefined ? [] : [{ property, reason }];
      }),
  );

/** Only what has a name that the provider made up can have its successor beside it (Diff in the same file). */
const deletedFirst =
  ({ autoName }: Row) =>
  (before: Props): boolean =>
    autoName === undefined || !autoNamed(autoName, before[autoName.property]);

/** The row with what the specification knows where the row itself, which says more, lets a value pass. */
export function ruled(row: Row): Row {
  return {
    ...row,
    // Update in that file: what isn't an input may be anything until Azure has answered.
    stable: row.stable ?? ["name", "location"],
    alike: { location: plainLocation, ...row.alike },
    deleteBeforeReplace: row.deleteBeforeReplace ?? deletedFirst(row),
    check: (moment) => {
      const own = row.check?.(moment) ?? [];
      const refused = new Set(own.map(({ property }) => property));
      return [...own, ...specRefusals(row.type, moment.inputs).filter(({ property }) => !refused.has(property))];
    },
  };
}
