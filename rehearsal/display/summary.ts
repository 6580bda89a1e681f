import type { Timing } from "../timing";
import { parseUrn, shortType } from "./events";
import { severities } from "./findings";
import { looks, order } from "./marks";
import type { Finding, Report } from "./report";
import { duration, fitType, paint, type Style, squeeze, wrap } from "./style";

/** `+ 48 to create   ~ 2 to update   12 unchanged`. */
export function counts(report: Report, tense: "plan" | "done", style: Style): string {
  const parts = order.flatMap((mark) => {
    const n = report.count(mark);
    if (n === 0) return [];
    const look = looks[mark];
    return paint(style, look.color, `${look.sign.trim() ? `${look.sign} ` : ""}${n} ${look[tense]}`);
  });
  const failed = report.failed.length;
  if (failed > 0) parts.push(paint(style, "red", `x ${failed} failed`));
  return parts.length === 0 ? "no resources" : parts.join("   ");
}

/** `60 rules, no finding` or `2 mandatory, 3 advisory: 1 critical, 4 low`. */
export function verdict(report: Report, found: readonly Finding[]): string {
  const rules = report.rules.size > 0 ? `${report.rules.size} rules` : "";
  if (found.length === 0) return rules ? `${rules}, no finding` : "";
  const mandatory = found.filter((finding) => finding.mandatory).length;
  const levels = [
    ...(mandatory > 0 ? [`${mandatory} mandatory`] : []),
    ...(found.length > mandatory ? [`${found.length - mandatory} advisory`] : []),
  ].join(", ");
  const grades = severities.flatMap((severity) => {
    const n = found.filter((finding) => finding.severity === severity).length;
    return n === 0 ? [] : `${n} ${severity}`;
  });
  return `${rules ? `${rules}: ` : ""}${levels} (${grades.join(", ") || "unspecified"})`;
}

/** How long the real thing would take, and the chain that makes it so. */
export function realTime(found: Timing, parallel: number, style: Style): string[] {
  if (found.sequential === 0) return [];
  const alone = found.bounded > found.seconds ? `, ${duration(found.seconds)} without that limit` : "";
  const after = found.sequential > found.bounded ? `; one by one ${duration(found.sequential)}` : "";
  const used = found.peak > 1 ? `; ${found.average.toFixed(1)} at once on average, ${found.peak} at the peak` : "";
  const text = `about ${duration(found.bounded)} with up to ${parallel} steps at once${alone}${used}${after}`;
  const path = found.criticalPath;
  return [
    ...wrap(text, style.columns, "  "),
    ...(path.length > 0 ? ["  critical path:"] : []),
    ...trimmed(path).map((step) => {
      if (typeof step === "string") return paint(style, "dim", `    ${step}`);
      const { type, name } = parseUrn(step.urn);
      const time = duration(step.seconds).padStart(12);
      const verb = step.act === "create" ? "" : `${step.act} `;
      const room = style.columns - 4 - time.length - 2 - verb.length;
      const label = squeeze(name, Math.max(16, Math.min(name.length, room)));
      const fitting = fitType(shortType(type), room - label.length - 2);
      const kind = fitting ? `  ${fitting}` : "";
      return `    ${paint(style, "bold", time)}  ${verb}${label}${paint(style, "dim", kind)}`;
    }),
  ];
}

/** A long path by its longest steps, in their order: the rest is summed up. */
function trimmed(path: Timing["criticalPath"]): (Timing["criticalPath"][number] | string)[] {
  if (path.length <= 8) return [...path];
  const longest = new Set([...path].sort((a, b) => b.seconds - a.seconds).slice(0, 7));
  const rest = path.filter((step) => !longest.has(step));
  const sum = rest.reduce((all, step) => all + step.seconds, 0);
  return [...path.filter((step) => longest.has(step)), `${duration(sum).padStart(12)}  ${rest.length} shorter steps`];
}
