// What the provider's schema says of arguments and the SDK's typings can't. provider-rules.json has it by type, read from the
// schemas in internal/service of hashicorp/terraform-provider-aws, one rule a line (`*`: every element of a list):
//   unordered <path>        a set: its order means nothing
//   kept <path>             optional and computed: stays as it is where the program gives it no longer
//   fixed <path>            a change replaces
//   default <path> <value>  written into the inputs where the program gives nothing
//   policy <path>           JSON that is compared as AWS compares policies (awspolicyequivalence)
//   json <path>             JSON, that is compared by its content
//   lower <path>            text that is compared in lower case
import { each } from "../limits";
import type { Fill, Moment, Props, Refusal, Row, Value } from "../row";
import { type Rule, readRules, writtenValue } from "../rules";
import { isObject, isSet, pickAll } from "../values";
import rules from "./provider-rules.json";

export const verbs = ["unordered", "kept", "fixed", "default", "policy", "json", "lower"] as const;
type Verb = (typeof verbs)[number];

const rulesOf = readRules<Verb>(rules);

const read = (value: Value, form: (content: Value) => Value): Value => {
  if (typeof value !== "string") return value;
  try {
    return form(JSON.parse(value) as Value);
  } catch {
    return value;
  }
};

/** Order means nothing in a policy, and one thing is the same as a list of it. */
function equivalent(content: Value): Value {
  if (Array.isArray(content)) {
    const elements = (content as readonly Value[]).map(equivalent);
    const [only] = elements;
    return elements.length === 1 && only !== undefined
      ? only
      : elements.toSorted((a, b) => (JSON.stringify(ordered(a)) < JSON.stringify(ordered(b)) ? -1 : 1));
  }
  return isObject(content)
    ? Object.fromEntries(Object.entries(content).map(([key, one]) => [key, equivalent(one)]))
    : content;
}

const ordered = (content: Value): Value =>
  isObject(content)
    ? Object.fromEntries(
        Object.entries(content)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, one]) => [key, ordered(one)]),
      )
    : content;

const forms: Partial<Record<Verb, (value: Value) => Value>> = {
  policy: (value) => read(value, equivalent),
  json: (value) => read(value, (content) => content),
  lower: (value) => (typeof value === "string" ? value.toLowerCase() : value),
};

/** Where a default goes below the first level: into every block that is there. */
const filling = (inputs: Props, { path, rest }: Rule): readonly Fill[] => {
  const cut = path.lastIndexOf(".");
  return pickAll(inputs, path.slice(0, cut))
    .filter((block) => isObject(block.value))
    .map((block) => ({ path: [...block.path.split("."), path.slice(cut + 1)], value: writtenValue(rest) }));
};

/** What a row has to know of the provider's schema, beside what it says itself. */
export function schemaOf(
  row: Row,
): Pick<Row, "immutable" | "unordered" | "kept" | "alike" | "fills" | "inputDefaults"> {
  const of = rulesOf(row.type);
  const paths = (wanted: Verb) => of.filter(({ verb }) => verb === wanted).map(({ path }) => path);
  const defaults = of.filter(({ verb }) => verb === "default");
  const flat = defaults.filter(({ path }) => !path.includes("."));
  const nested = defaults.filter(({ path }) => path.includes("."));
  return {
    immutable: [...(row.immutable ?? []), ...paths("fixed")],
    unordered: [...(row.unordered ?? []), ...paths("unordered")],
    kept: [...(row.kept ?? []), ...paths("kept")],
    alike: Object.fromEntries(
      of.flatMap(({ verb, path }) => (forms[verb] === undefined ? [] : [[path, forms[verb]] as const])),
    ),
    inputDefaults: (moment: Moment) => ({
      ...Object.fromEntries(flat.map(({ path, rest }) => [path, writtenValue(rest)])),
      ...row.inputDefaults?.(moment),
    }),
    fills: (moment, olds) => [
      ...(row.fills?.(moment, olds) ?? []),
      ...nested.flatMap((rule) => filling(moment.inputs, rule)),
    ],
  };
}

/** Text that is to be JSON and isn't. */
export const jsonRefusals = (type: string, inputs: Props): readonly Refusal[] =>
  rulesOf(type)
    .filter(({ verb }) => verb === "json")
    .flatMap(({ path }) => each(inputs, path, isJson, (value) => `contains an invalid JSON: ${value}`));

function isJson(value: Value): boolean {
  try {
    return typeof value !== "string" || value === "" || JSON.parse(value) !== undefined;
  } catch {
    return false;
  }
}

/** Of defaults those that are given in the inputs already make way. */
export const lacking = (defaults: Props, inputs: Props): Props =>
  Object.fromEntries(Object.entries(defaults).filter(([key]) => !isSet(inputs[key])));
