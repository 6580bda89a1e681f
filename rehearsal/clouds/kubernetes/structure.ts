// Custom resources against the schema of their definition (spec.versions.*.schema.openAPIV3Schema), as an API server holds
// them. https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation
import type { Props, Refusal, Value } from "../row";
import { isList, isObject, isUnknown, list, number, object, pick, text } from "../values";

/** The schema of a version; undefined where the definition has none. */
export const schemaOf = (definition: Props, version: string): Props | undefined => {
  const found = list(pick(definition, "spec.versions"))
    .map(object)
    .find(({ name }) => name === version);
  const schema = pick(found, "schema.openAPIV3Schema");
  return isObject(schema) ? schema : undefined;
};

/** Versions that the server answers for. */
export const servedOf = (definition: Props): readonly string[] =>
  list(pick(definition, "spec.versions"))
    .map(object)
    .filter(({ served }) => served !== false)
    .flatMap(({ name }) => text(name) ?? []);

/** What of a custom resource isn't as its schema says. */
export function misshapen(schema: Props, inputs: Props): readonly Refusal[] {
  const found: Refusal[] = [];
  const refuse = (path: string, reason: string) => found.push({ property: path, reason: `${path}: ${reason}` });
  // The server checks these itself, whatever the schema says.
  const { apiVersion: _, kind: __, metadata: ___, ...rest } = inputs;
  walk(schema, rest, "", refuse);
  return found;
}

/** `x-kubernetes-...`; the SDK writes it with underscores, and the provider takes both. */
const extended = (schema: Props, name: string): boolean =>
  schema[`x_kubernetes_${name}`] === true || schema[`x-kubernetes-${name.replaceAll("_", "-")}`] === true;

type Refuse = (path: string, reason: string) => void;

const kinds: Readonly<Record<string, (value: Value) => boolean>> = {
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  integer: (value) => typeof value === "number" && Number.isInteger(value),
  number: (value) => typeof value === "number",
  array: isList,
  object: isObject,
};

function walk(schema: Props, value: Value, path: string, refuse: Refuse): void {
  if (isUnknown(value)) return;
  if (value === null) {
    if (schema["nullable"] !== true && path !== "")
      refuse(path, `Invalid value: "null": ${path} in body must be of type ${text(schema["type"]) ?? "any"}: "null"`);
    return;
  }
  if (extended(schema, "int_or_string")) {
    if (typeof value !== "string" && !(typeof value === "number" && Number.isInteger(value)))
      refuse(path, `Invalid value: ${shown(value)}: ${path} in body must be of type integer,string`);
    return;
  }
  const type = text(schema["type"]);
  const fits = type === undefined ? undefined : kinds[type];
  if (fits && !fits(value)) {
    refuse(path, `Invalid value: "${kindOf(value)}": ${path} in body must be of type ${type}: "${kindOf(value)}"`);
    return;
  }
  const allowed = list(schema["enum"]);
  if (allowed.length > 0 && !allowed.includes(value))
    refuse(path, `Unsupported value: ${shown(value)}: supported values: ${allowed.map(shown).join(", ")}`);
  if (typeof value === "number") numberWrong(schema, value, path, refuse);
  else if (typeof value === "string") textWrong(schema, value, path, refuse);
  else if (isList(value)) {
    const [least, most] = [number(schema["minItems"]), number(schema["maxItems"])];
    if (least !== undefined && value.length < least)
      refuse(path, `Invalid value: ${value.length}: ${path} in body should have at least ${least} items`);
    if (most !== undefined && value.length > most)
      refuse(path, `Too many: ${value.length}: must have at most ${most} items`);
    const { items } = schema;
    if (isObject(items)) for (const [index, one] of value.entries()) walk(items, one, `${path}.${index}`, refuse);
  } else if (isObject(value)) fieldsWrong(schema, value, path, refuse);
}

function fieldsWrong(schema: Props, value: Props, path: string, refuse: Refuse): void {
  const properties = object(schema["properties"]);
  const { additionalProperties: more } = schema;
  const below = (key: string) => (path === "" ? key : `${path}.${key}`);
  for (const key of list(schema["required"]))
    if (typeof key === "string" && value[key] === undefined && !["apiVersion", "kind", "metadata"].includes(key))
      refuse(below(key), "Required value");
  // Without fields of its own a map takes any; what the schema doesn't know is pruned in silence.
  const open = extended(schema, "preserve_unknown_fields") || more === true || Object.keys(properties).length === 0;
  for (const [key, one] of Object.entries(value)) {
    const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (isObject(own)) walk(own, one, below(key), refuse);
    else if (isObject(more)) walk(more, one, below(key), refuse);
    // Server-side apply knows an object's fields by its schema.
    else if (!open) refuse(below(key), "field not declared in schema");
  }
}

function numberWrong(schema: Props, value: number, path: string, refuse: Refuse): void {
  const [least, most] = [number(schema["minimum"]), number(schema["maximum"])];
  const beyond = (words: string) => refuse(path, `Invalid value: ${value}: ${path} in body should be ${words}`);
  if (least !== undefined && (schema["exclusiveMinimum"] === true ? value <= least : value < least))
    beyond(schema["exclusiveMinimum"] === true ? `greater than ${least}` : `greater than or equal to ${least}`);
  if (most !== undefined && (schema["exclusiveMaximum"] === true ? value >= most : value > most))
    beyond(schema["exclusiveMaximum"] === true ? `less than ${most}` : `less than or equal to ${most}`);
}

function textWrong(schema: Props, value: string, path: string, refuse: Refuse): void {
  const [least, most, pattern] = [number(schema["minLength"]), number(schema["maxLength"]), text(schema["pattern"])];
  const length = [...value].length;
  if (least !== undefined && length < least)
    refuse(path, `Invalid value: "${value}": ${path} in body should be at least ${least} chars long`);
  if (most !== undefined && length > most) refuse(path, `Too long: may not be more than ${most} bytes`);
  if (pattern !== undefined && misses(pattern, value))
    refuse(path, `Invalid value: "${value}": ${path} in body should match '${pattern}'`);
}

/** Patterns are Go's (RE2); one that JavaScript reads otherwise is let pass. */
function misses(pattern: string, value: string): boolean {
  try {
    return !new RegExp(pattern, "u").test(value);
  } catch {
    return false;
  }
}

const shown = (value: Value): string => (typeof value === "string" ? `"${value}"` : String(JSON.stringify(value)));
const kindOf = (value: Value): string => (isList(value) ? "array" : isObject(value) ? "object" : typeof value);
