import { isObject, Secret, type Value } from "./values";

/** What errors show of a value: never a secret. */
export function describe(value: Value | undefined): string {
  if (value === undefined || value === null) return "{<nil>}";
  if (value instanceof Secret) return "{[secret]}";
  if (typeof value === "object" && !isObject(value) && !Array.isArray(value)) return "{output<string>}";
  return `{${typeof value === "object" ? JSON.stringify(redact(value)) : String(value)}}`;
}

const redact = (value: Value): unknown => {
  if (value instanceof Secret) return "[secret]";
  if (Array.isArray(value)) return value.map(redact);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, redact(v)]));
  return typeof value === "object" && value !== null ? "output<string>" : value;
};
