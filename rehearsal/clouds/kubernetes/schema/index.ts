// Strict field validation, in the words of an API server's server-side apply.
import type { Props, Refusal, Value } from "../../row";
import { isList, isObject, isSet, isUnknown } from "../../values";
import schema from "./schema.json";

interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
}

/** Required of the SDK's types, but not of the server (release 1.35, networking/v1/types.go): all pods. */
const relaxed = ["NetworkPolicySpec.podSelector"];
/** Quantities, which an API server reads from numbers too. */
const quantities =
  /\.(limits|requests|hard|default|defaultRequest|max|min|maxLimitRequestRatio|capacity|overhead)\["[^"]+"\]$|\.(sizeLimit|averageValue)$/;
/** The only numbers that needn't be whole: those of a definition's schema. */
const fractions = /\.(maximum|minimum|multipleOf)$/;

const parsed = new Map<string, ReadonlyMap<string, Field>>();
const texts = schema.types as Readonly<Record<string, string>>;
export const kinds = schema.kinds as Readonly<Record<string, string>>;

function fieldsOf(type: string): ReadonlyMap<string, Field> | undefined {
  const known = parsed.get(type);
  const written = texts[type];
  if (known !== undefined || written === undefined) return known;
  const fields = new Map(
    written.split(" ").map((one) => {
      const [, name = "", optional, of = "any"] = /^([^:?]+)(\??):(.*)$/.exec(one) ?? [];
      return [
        name,
        { name, required: optional === "" && !relaxed.includes(`${type.split(".").at(-1)}.${name}`), type: of },
      ] as const;
    }),
  );
  parsed.set(type, fields);
  return fields;
}

/** What of an object isn't in the schema, is of another type, or is missing. `partial`: a patch, which may leave out anything. */
export function invalid(type: string, value: Props, partial: boolean): readonly Refusal[] {
  const found: Refusal[] = [];
  const walk = (of: string, given: Value | undefined, path: string): void => {
    if (given === undefined || given === null || isUnknown(given) || of === "any") return;
    const at = given;
    const wrong = (expected: string) =>
      found.push({ property: path, reason: `.${path}: expected ${expected}, got ${kindOf(at)}` });
    // One of several forms: a list is held against the one that is a list, a map against the one with fields.
    const forms = of.startsWith("map<") ? [] : of.split("|");
    const form =
      forms.length > 1 && forms.find((one) => (isList(at) ? one.endsWith("[]") : isObject(at) && texts[one]));
    if (form) {
      walk(form, given, path);
      return;
    }
    if (of.endsWith("[]")) {
      if (!isList(at)) wrong("list");
      else for (const [index, one] of at.entries()) walk(of.slice(0, -2), one, `${path}.${index}`);
      return;
    }
    const mapped = /^map<(.*)>$/.exec(of)?.[1];
    if (mapped !== undefined) {
      if (!isObject(at)) wrong("map");
      else for (const [key, one] of Object.entries(at)) walk(mapped, one, `${path}["${key}"]`);
      return;
    }
    const fields = fieldsOf(of);
    if (fields !== undefined) {
      if (!isObject(at)) wrong("map");
      else fieldwise(fields, at, path);
      return;
    }
    const allowed = of.split("|").map((one) => (one.startsWith('"') ? "string" : one));
    const simple = allowed.filter((one) => ["string", "number", "boolean"].includes(one));
    if (typeof at === "number" && (quantities.test(path) || simple.includes("number"))) {
      if (!quantities.test(path) && !Number.isInteger(at) && !fractions.test(path))
        found.push({
          property: path,
          reason: `${path}: json: cannot unmarshal number ${at} into Go value of type int32`,
        });
      return;
    }
    if (simple.length === allowed.length && !simple.includes(typeof at))
      wrong(simple[0] === "number" ? "numeric (int or float)" : (simple[0] ?? ""));
  };
  const fieldwise = (fields: ReadonlyMap<string, Field>, at: Props, path: string): void => {
    for (const [key, one] of Object.entries(at)) {
      const field =
        fields.get(key) ?? fields.get(key.replace(/^\$/, "_").replace(/^x-.*/, (own) => own.replaceAll("-", "_")));
      const below = path === "" ? key : `${path}.${key}`;
      if (field !== undefined) walk(field.type, one, below);
      else if (isSet(one)) found.push({ property: below, reason: `.${below}: field not declared in schema` });
    }
    if (partial) return;
    for (const field of fields.values())
      if (field.required && !isSet(at[field.name])) {
        const below = path === "" ? field.name : `${path}.${field.name}`;
        found.push({ property: below, reason: `${below}: Required value` });
      }
  };
  const fields = fieldsOf(type);
  if (fields !== undefined) fieldwise(fields, value, "");
  return found;
}

const kindOf = (value: Value): string => (isList(value) ? "list" : isObject(value) ? "map" : typeof value);
