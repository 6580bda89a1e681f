import { paint, type Style } from "./style";
import { inline, isObject, isSecret, isUnknown } from "./value";

/** Stack outputs, one a line; objects and lists that don't fit are opened up. Secrets stay `[secret]`. */
export function outputs(values: { readonly [name: string]: unknown }, style: Style, indent = "  "): string[] {
  return Object.entries(values).flatMap(([name, value]) => entry(`${name}: `, value, style, indent));
}

function entry(label: string, value: unknown, style: Style, indent: string): string[] {
  const text = inline(value);
  const head = indent + paint(style, "bold", label.trimEnd());
  if (indent.length + label.length + text.length <= style.columns) return [`${head} ${text}`];
  const open = !isSecret(value) && !isUnknown(value);
  if (open && Array.isArray(value)) return [head, ...value.flatMap((item) => entry("- ", item, style, `${indent}  `))];
  if (open && isObject(value)) return [head, ...outputs(value, style, `${indent}  `)];
  // whole, however long: outputs are there to be copied
  return [head, `${indent}  ${text}`];
}
