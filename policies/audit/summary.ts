// What the terminal shows of an audit.
import { evidenceLine } from "./evidence";
import type { Report, Row } from "./report";

/** Colours of a terminal, or nothing. */
export interface Paint {
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly good: (text: string) => string;
  readonly soft: (text: string) => string;
  readonly strong: (text: string) => string;
}

export function paint(on: boolean): Paint {
  const code = (start: number, end: number) => (text: string) => (on ? `\u001b[${start}m${text}\u001b[${end}m` : text);
  return { bad: code(31, 39), warn: code(33, 39), good: code(32, 39), soft: code(2, 22), strong: code(1, 22) };
}

const shownPlaces = 5;
// names come from a stack: nothing in them may steer the terminal
const plain = (text: string) => text.replace(/\p{Cc}/gu, "?");

export function summary(report: Report, { bad, warn, good, soft, strong }: Paint): string {
  const { source, counts, baselines, at, complaints, frameworks } = report;
  const under = baselines.length > 0 ? ` under ${baselines.join(", ")}` : "";
  const failed = report.rows.filter(({ status }) => status === "fail");
  const numbers = [
    [counts.fail > 0 ? bad : good, `${counts.fail} failed`],
    [counts.unknown > 0 ? warn : soft, `${counts.unknown} unknown`],
    [counts.waived > 0 ? warn : soft, `${counts.waived} waived`],
    [good, `${counts.pass} passed`],
    [soft, `${counts["not-applicable"]} not applicable`],
  ] as const;
  return [
    strong(
      plain(
        `${source.stack || "empty stack"}${source.project && ` (${source.project})`}: ${source.resources} resources${under} on ${at}`,
      ),
    ),
    `  ${numbers.map(([colour, text]) => colour(text)).join("  ")}`,
    ...frameworks.map((one) => `  ${one.name} ${one.version}, ${one.part}: ${evidenceLine(one)}`),
    ...byRule(failed).flatMap(([rule, rows]) => [
      "",
      `${bad("fail")} ${strong(rule)} ${soft(`(${rows[0]?.severity}, ${rows[0]?.level})`)}: ${rows[0]?.title}`,
      ...rows
        .slice(0, shownPlaces)
        .map(({ name, path, expected }) =>
          plain(`  ${name}${path && `.${path}`}: expected ${expected || "what the title says"}`),
        ),
      ...(rows.length > shownPlaces ? [soft(`  and ${rows.length - shownPlaces} more`)] : []),
    ]),
    ...(complaints.length > 0 ? [""] : []),
    ...complaints.map(({ kind, text }) => `${kind === "expired" ? bad("error") : warn("warning")} ${plain(text)}`),
    "",
    ...report.notes.map((note) => soft(note)),
    "",
  ].join("\n");
}

function byRule(rows: readonly Row[]): readonly (readonly [string, readonly Row[]])[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.rule, [...(groups.get(row.rule) ?? []), row]);
  return [...groups];
}
