// Text into HTML. Whatever comes from a stack goes through here: names of resources are whatever somebody typed.

/** HTML that is safe as it is. */
export class Safe {
  constructor(readonly text: string) {}
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string) =>
  // control characters have no meaning in a page and hide others
  text
    .replace(/[&<>"']/g, (one) => entities[one] ?? one)
    .replace(/\p{Cc}/gu, (one) => (/\s/.test(one) ? one : "\ufffd"));

type Value = string | number | Safe | readonly Value[] | undefined;
const shown = (value: Value): string => {
  if (value instanceof Safe) return value.text;
  if (Array.isArray(value)) return value.map(shown).join("");
  return value === undefined ? "" : escaped(String(value as string | number));
};

/** A template whose values are escaped, but for what is `Safe` already. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Safe =>
  new Safe(parts.map((part, index) => part + (index < values.length ? shown(values[index]) : "")).join(""));
