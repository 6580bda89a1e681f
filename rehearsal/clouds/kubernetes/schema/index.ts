// Strict field validation, in the words of an API server's server-side apply.
import type { Props, Refusal, Value } from "../../row";
import { isList, isObject, isSet, isUnknown, object } from "../../values";
import { isQuantity } from "../forms";
import { fractions, keyDefaults, keyed, quantity, relaxed, single, wide } from "./lists";
import schema from "./schema.json";

interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
}

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
      return [name, { name, required: optional === "" && !relaxed.has(`${shortOf(type)}.${name}`), type: of }] as const;
    }),
  );
  parsed.set(type, fields);
  return fields;
}

const shortOf = (type: string): string => type.split(".").at(-1) ?? "";

/** Where a value stands: its property, its path as server-side apply writes it, and the field that it is in. */
interface Spot {
  readonly property: string;
  readonly applied: string;
  /** `Container.env`; empty for the object itself. */
  readonly field: string;
}

/** What of an object isn't in the schema, is of another type, or is missing. `partial`: a patch, which may leave out anything. */
export function invalid(type: string, value: Props, partial: boolean): readonly Refusal[] {
  const found: Refusal[] = [];
  const walk = (of: string, given: Value | undefined, spot: Spot): void => {
    if (given === undefined || given === null || isUnknown(given) || of === "any") return;
    const at = given;
    const wrong = (expected: string) =>
      found.push({ property: spot.property, reason: `${spot.applied}: expected ${expected}, got ${kindOf(at)}` });
    // One of several forms: a list is held against the one that is a list, a map against the one with fields.
    const forms = of.startsWith("map<") ? [] : of.split("|");
    const form =
      forms.length > 1 && forms.find((one) => (isList(at) ? one.endsWith("[]") : isObject(at) && texts[one]));
    if (form) {
      walk(form, given, spot);
      return;
    }
    if (of.endsWith("[]")) {
      if (!isList(at)) wrong("list");
      else elements(of.slice(0, -2), at, spot);
      return;
    }
    const mapped = /^map<(.*)>$/.exec(of)?.[1];
    if (mapped !== undefined) {
      if (!isObject(at)) wrong("map");
      else
        for (const [key, one] of Object.entries(at)) {
          const [property, applied] = [spot.property, spot.applied].map((path) => `${path}["${key}"]`) as [
            string,
            string,
          ];
          walk(mapped, one, { property, applied, field: spot.field });
        }
      return;
    }
    const fields = fieldsOf(of);
    if (fields !== undefined) {
      if (!isObject(at)) wrong("map");
      else fieldwise(of, fields, at, spot);
      return;
    }
    const allowed = of.split("|").map((one) => (one.startsWith('"') ? "string" : one));
    const simple = allowed.filter((one) => ["string", "number", "boolean"].includes(one));
    if (quantity.has(spot.field) && typeof at !== "boolean" && !isList(at) && !isObject(at)) {
      if (!isQuantity(at)) found.push({ property: spot.property, reason: notQuantity(String(at)) });
      return;
    }
    if (typeof at === "number" && simple.includes("number")) {
      const size = misfit(at, spot.field);
      if (size !== undefined)
        found.push({
          property: spot.property,
          reason: `${spot.property}: json: cannot unmarshal number ${at} into Go value of type ${size}`,
        });
      return;
    }
    if (simple.length === allowed.length && !simple.includes(typeof at))
      wrong(simple[0] === "number" ? "numeric (int or float)" : (simple[0] ?? ""));
  };
  const elements = (of: string, at: readonly Value[], spot: Spot): void => {
    const keys = keyed[spot.field];
    const seen = new Set<string>();
    for (const [index, one] of at.entries()) {
      const key = keys === undefined ? undefined : keyOf(keys, one);
      const own = single.has(spot.field) ? JSON.stringify(one) : key;
      if (own !== undefined && seen.has(own))
        found.push({
          property: spot.property,
          reason: `${spot.applied}: duplicate entries for key ${key === undefined ? `[=${own}]` : `[${own}]`}`,
        });
      if (own !== undefined) seen.add(own);
      const [property, applied] = [`${spot.property}.${index}`, `${spot.applied}[${key ?? index}]`];
      walk(of, one, { property, applied, field: spot.field });
    }
  };
  const fieldwise = (type: string, fields: ReadonlyMap<string, Field>, at: Props, spot: Spot): void => {
    const inside = (key: string): Spot => ({
      property: spot.property === "" ? key : `${spot.property}.${key}`,
      applied: `${spot.applied}.${key}`,
      field: `${shortOf(type)}.${key}`,
    });
    for (const [key, one] of Object.entries(at)) {
      const field =
        fields.get(key) ?? fields.get(key.replace(/^\$/, "_").replace(/^x-.*/, (own) => own.replaceAll("-", "_")));
      const below = inside(key);
      if (field !== undefined) walk(field.type, one, below);
      else if (isSet(one))
        found.push({ property: below.property, reason: `${below.applied}: field not declared in schema` });
    }
    if (partial) return;
    for (const field of fields.values())
      if (field.required && !isSet(at[field.name])) {
        const { property } = inside(field.name);
        found.push({ property, reason: `${property}: Required value` });
      }
  };
  const fields = fieldsOf(type);
  if (fields !== undefined) fieldwise(type, fields, value, { property: "", applied: "", field: "" });
  return found;
}

const notQuantity = (given: string): string =>
  `quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$', got "${given}"`;

/** The Go type that a number doesn't fit into. */
function misfit(given: number, field: string): string | undefined {
  if (fractions.has(field)) return undefined;
  const bits = wide.has(field) ? 64 : 32;
  const fits = Number.isInteger(given) && given >= -(2 ** (bits - 1)) && given < 2 ** (bits - 1);
  return fits ? undefined : `int${bits}`;
}

/** `name="web"`: how server-side apply names an element; undefined where a key is missing or unknown. */
function keyOf(keys: readonly string[], element: Value): string | undefined {
  const values = keys.map((key) => object(element)[key] ?? keyDefaults[key]);
  if (!values.every((value) => typeof value === "string" || typeof value === "number")) return undefined;
  return keys.map((key, index) => `${key}=${JSON.stringify(values[index])}`).join(",");
}

const kindOf = (value: Value): string => (isList(value) ? "list" : isObject(value) ? "map" : typeof value);
