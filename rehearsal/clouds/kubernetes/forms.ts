// Forms of names, labels and quantities, with an API server's words for what isn't in them.
// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
import type { Refusal, Value } from "../row";
import { object, text } from "../values";

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const dns1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const qualified = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const pathSegment = /^(?!\.{1,2}$)[^/%]+$/;
/** Signed decimal with a binary, decimal or exponent suffix. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const quantity = /^[+-]?(\d+(\.\d*)?|\.\d+)(([KMGTPE]i)|[numkMGTPE]|([eE][+-]?\d+))?$/;

export type NameForm = "label" | "subdomain" | "dns1035" | "segment";

const nameForms: Readonly<Record<NameForm, { readonly form: RegExp; readonly max: number; readonly words: string }>> = {
  label: {
    form: label,
    max: 63,
    words:
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  },
  subdomain: {
    form: subdomain,
    max: 253,
    words:
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  },
  dns1035: {
    form: dns1035,
    max: 63,
    words:
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  },
  // No length of its own: what is stored at has none.
  segment: { form: pathSegment, max: Infinity, words: "may not contain '/' or '%', nor be '.' or '..'" },
};

export function nameWrong(name: string, of: NameForm): string | undefined {
  const { form, max, words } = nameForms[of];
  if (name.length > max) return `Invalid value: "${name}": must be no more than ${max} characters`;
  return form.test(name) ? undefined : `Invalid value: "${name}": ${words}`;
}

/** IANA_SVC_NAME: what ports of containers are called. */
export function portNameWrong(name: string): string | undefined {
  if (name.length > 15) return `Invalid value: "${name}": must be no more than 15 characters`;
  const fine = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && /[a-z]/.test(name);
  return fine
    ? undefined
    : `Invalid value: "${name}": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-), and at least one letter`;
}

/** `example.com/name`: keys of labels and annotations, and what else is called like them. */
export function keyWrong(key: string): string | undefined {
  const [first = "", second] = key.split("/");
  const [prefix, name] = second === undefined ? [undefined, first] : [first, second];
  if (prefix !== undefined && (!subdomain.test(prefix) || prefix.length > 253))
    return `Invalid value: "${key}": prefix part ${nameForms.subdomain.words}`;
  if (name.length === 0 || name.length > 63)
    return `Invalid value: "${key}": name part must be non-empty and no more than 63 characters`;
  if (!qualified.test(name) || key.split("/").length > 2)
    return `Invalid value: "${key}": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character`;
  return undefined;
}

/** What ConfigMaps and Secrets call their data. */
export const configKeyWrong = (key: string): string | undefined =>
  /^[-._a-zA-Z0-9]+$/.test(key) && key.length <= 253 && key !== "." && !key.startsWith("..")
    ? undefined
    : `Invalid value: "${key}": a valid config key must consist of alphanumeric characters, '-', '_' or '.'`;

export const labelValueWrong = (value: string): string | undefined =>
  value === "" || (value.length <= 63 && qualified.test(value))
    ? undefined
    : `Invalid value: "${value}": ${
        value.length > 63
          ? "must be no more than 63 characters"
          : "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
      }`;

/** Labels and annotations of one `metadata`. */
export function metadataWrong(metadata: Value | undefined, path: string): readonly Refusal[] {
  const { labels, annotations } = object(metadata);
  const found: Refusal[] = [];
  const refuse = (property: string, reason: string | undefined) =>
    reason === undefined || found.push({ property, reason: `${property}: ${reason}` });
  for (const [key, value] of Object.entries(object(labels))) {
    refuse(`${path}.labels`, keyWrong(key));
    if (typeof value === "string") refuse(`${path}.labels`, labelValueWrong(value));
  }
  for (const key of Object.keys(object(annotations))) refuse(`${path}.annotations`, keyWrong(key.toLowerCase()));
  return found;
}

export const isQuantity = (value: Value | undefined): boolean =>
  typeof value === "number" || (typeof value === "string" && quantity.test(value));

const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

export function amount(value: Value | undefined): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || !quantity.test(value)) return undefined;
  const [, digits = "", suffix = ""] = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)(.*)$/.exec(value) ?? [];
  return Number(digits) * (factors[suffix] ?? 1);
}

/** Whether a label selector fits labels; undefined where something is unknown. */
export function selects(selector: Value | undefined, labels: Value | undefined): boolean | undefined {
  if (typeof selector === "symbol" || typeof labels === "symbol") return undefined;
  const { matchLabels, matchExpressions } = object(selector);
  const has = object(labels);
  const parts: (boolean | undefined)[] = Object.entries(object(matchLabels)).map(([key, value]) =>
    typeof value === "symbol" || typeof has[key] === "symbol" ? undefined : has[key] === value,
  );
  for (const one of Array.isArray(matchExpressions) ? matchExpressions : []) {
    const { key, operator, values } = object(one);
    const value = has[text(key) ?? ""];
    const listed = Array.isArray(values) && values.includes(value as Value);
    if (operator === "In") parts.push(value !== undefined && listed);
    else if (operator === "NotIn") parts.push(value === undefined || !listed);
    else if (operator === "Exists") parts.push(value !== undefined);
    else if (operator === "DoesNotExist") parts.push(value === undefined);
  }
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}

/** The server writes a list's elements in brackets: `spec.containers[0].image`. */
export function indexed({ property, reason }: Refusal): Refusal {
  const said = property.replace(/\.(\d+)(?=\.|$)/g, "[$1]");
  return { property, reason: reason.startsWith(`${property}:`) ? said + reason.slice(property.length) : reason };
}
