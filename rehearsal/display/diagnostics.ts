import { parseUrn, shortType } from "./events";
import type { Diagnostic } from "./report";
import { type Color, paint, type Style, wrap } from "./style";

const colors: { [severity: string]: Color } = { error: "red", "info#err": "dim", warning: "yellow", info: "dim" };

/** Warnings and errors by resource, then what the program printed. */
export function diagnostics(all: readonly Diagnostic[], style: Style): string[] {
  const rank = (severity: string) => ["error", "warning"].indexOf(severity) >>> 0;
  const sorted = [...new Map(all.map((one) => [`${one.urn} ${one.severity} ${one.message}`, one])).values()].sort(
    (a, b) => rank(a.severity) - rank(b.severity),
  );
  return sorted.flatMap((diagnostic) => {
    const { type, name } = parseUrn(diagnostic.urn);
    const where = diagnostic.urn ? `${name} (${shortType(type)}): ` : "";
    const word = diagnostic.severity.startsWith("info") ? "" : `${diagnostic.severity}: `;
    const [first = "", ...rest] = wrap(`${word}${where}${diagnostic.message}`, style.columns, "  ", "    ");
    const color = colors[diagnostic.severity] ?? "dim";
    return [word ? first.replace(word, paint(style, color, word)) : first, ...rest];
  });
}
