// The words that the tables of allowed values are written in: what is wrong with one value that is known.
import { isIP } from "node:net";
import type { Value } from "../../row";
import { isSet, list, number, object, text } from "../../values";
import { amount, configKeyWrong, keyWrong, labelValueWrong, type NameForm, nameWrong } from "../forms";

/** Somewhere below the value, and what is wrong there. */
export type Below = readonly [path: string, wrong: string];
export type Rule = (value: Value) => string | undefined | readonly Below[];
/** Rules by path; `*` stands for every element. */
export type Rules = Readonly<Record<string, Rule>>;

const quoted = (values: readonly string[]): string => values.map((one) => `"${one}"`).join(", ");
export const unsupported = (value: string, values: readonly string[]): string =>
  `Unsupported value: "${value}": supported values: ${quoted(values)}`;

/** One of these, or nothing: where the server has a default, an empty text is none. */
export const oneOf =
  (...values: readonly string[]): Rule =>
  (value) =>
    typeof value === "string" && value !== "" && !values.includes(value) ? unsupported(value, values) : undefined;

/** One of these, where an empty text isn't nothing: what the server keeps by pointer, or has no default for. */
export const exactly =
  (...values: readonly string[]): Rule =>
  (value) =>
    typeof value === "string" && !values.includes(value) ? unsupported(value, values) : undefined;

export const filled: Rule = (value) =>
  value === "" || (Array.isArray(value) && value.length === 0) ? "Required value" : undefined;

export const form =
  (of: NameForm): Rule =>
  (value) =>
    typeof value === "string" && value !== "" ? nameWrong(value, of) : undefined;

export const between =
  (low: number, high: number): Rule =>
  (value) => {
    const given = number(value);
    const outside = given !== undefined && (given < low || given > high);
    return outside ? `Invalid value: ${given}: must be between ${low} and ${high}, inclusive` : undefined;
  };

export const atLeast =
  (low: number): Rule =>
  (value) =>
    (number(value) ?? low) < low
      ? `Invalid value: ${number(value)}: must be greater than or equal to ${low}`
      : undefined;

export const address: Rule = (value) =>
  typeof value === "string" && isIP(value) === 0
    ? `Invalid value: "${value}": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)`
    : undefined;

export const label: Rule = (value) => (typeof value === "string" ? labelValueWrong(value) : undefined);
/** `example.com/name`: what labels and annotations are called. */
export const qualified: Rule = (value) => (typeof value === "string" ? keyWrong(value) : undefined);
/** A key of a ConfigMap or Secret. */
export const configKey: Rule = (value) =>
  typeof value === "string" && value !== "" ? configKeyWrong(value) : undefined;

/** A share (`25%`) or a count; `most` is the biggest share. */
export const share =
  (most = Infinity): Rule =>
  (value) => {
    if (typeof value === "number")
      return value < 0 ? `Invalid value: ${value}: must be greater than or equal to 0` : undefined;
    if (typeof value !== "string") return undefined;
    if (!/^\d+%$/.test(value))
      return `Invalid value: "${value}": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%' or '93%')`;
    return Number.parseInt(value, 10) > most
      ? `Invalid value: "${value}": must not be greater than ${most}%`
      : undefined;
  };

/** A quantity above nought; `least: 0` takes nought too. */
export const quantity =
  (least: 0 | 1): Rule =>
  (value) => {
    const given = amount(value);
    if (given === undefined || (least === 0 ? given >= 0 : given > 0)) return undefined;
    const said = text(value) ?? String(number(value));
    return `Invalid value: "${said}": must be ${least === 0 ? "greater than or equal to 0" : "greater than zero"}`;
  };

/** Both must hold; what the first says is said alone. */
export const both =
  (first: Rule, second: Rule): Rule =>
  (value) => {
    const wrong = first(value);
    return wrong === undefined || wrong.length === 0 ? second(value) : wrong;
  };

/** An object that needs one of these fields, and `most` of them at the most. */
export const oneFieldOf =
  (fields: readonly string[], wrong: string, more?: (second: string) => string): Rule =>
  (value) => {
    const given = object(value);
    const set = fields.filter((field) => isSet(given[field]));
    if (set.length === 0) return wrong;
    return more !== undefined && set[1] !== undefined ? more(set[1]) : undefined;
  };

/** Fields that can't be nothing here. */
export const needs =
  (...fields: readonly string[]): Rule =>
  (value) =>
    fields.filter((field) => !isSet(object(value)[field])).map((field) => [field, "Required value"] as const);

/** `key`, `operator` and `values` of one expression of a selector, as `operators` take values: any, none, exactly one. */
export const expression =
  (operators: Readonly<Record<string, "some" | "none" | "one">>, keys: Rule, values: Rule): Rule =>
  (value) => {
    const { key, operator, values: given } = object(value);
    if (typeof given === "symbol" || typeof operator === "symbol") return undefined;
    const found: Below[] = [];
    const wanted = operators[text(operator) ?? ""];
    const count = list(given).length;
    if (wanted === undefined)
      found.push(["operator", `Invalid value: "${text(operator) ?? ""}": not a valid selector operator`]);
    if (wanted === "some" && count === 0)
      found.push(["values", "Required value: must be specified when `operator` is 'In' or 'NotIn'"]);
    if (wanted === "none" && count > 0)
      found.push(["values", "Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'"]);
    if (wanted === "one" && count !== 1)
      found.push(["values", "Required value: must be specified single value when `operator` is 'Lt' or 'Gt'"]);
    const wrong = typeof key === "symbol" ? undefined : keys(key ?? "");
    if (typeof wrong === "string") found.push(["key", wrong]);
    for (const [index, one] of list(given).entries()) {
      const odd = typeof one === "symbol" ? undefined : values(one);
      if (typeof odd === "string") found.push([`values.${index}`, odd]);
    }
    return found;
  };

/** Elements of a list that must differ, in this field where they are objects. */
export const twice =
  (field?: string): Rule =>
  (value) => {
    const said = list(value).map((one) => text(field === undefined ? one : object(one)[field]));
    return said.flatMap((one, index): readonly Below[] =>
      one === undefined || one === "" || said.indexOf(one) === index
        ? []
        : [[field === undefined ? String(index) : `${index}.${field}`, `Duplicate value: "${one}"`]],
    );
  };

/** The name of another object. */
export const name = both(filled, form("subdomain"));
