// Tables for spreadsheets (RFC 4180). What a spreadsheet would run as a formula is made text.
import type { ControlEvidence } from "./evidence";
import type { Report } from "./report";

/** A leading `=`, `+`, `-`, `@`, tab or line break starts a formula, or hides one. https://owasp.org/www-community/attacks/CSV_Injection */
const harmless = (text: string) => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text);
const cell = (value: string | number | boolean) => `"${harmless(String(value)).replaceAll('"', '""')}"`;
const table = (rows: readonly (readonly (string | number | boolean)[])[]) =>
  rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");

/** A row a rule and property of a resource. */
export function resultsCsv({ rows, at, source, tool }: Report): string {
  const head = [
    ...["status", "severity", "level", "rule", "title", "resource", "type", "property", "expected", "controls"],
    ...["waived_until", "waiver_ticket", "waiver_owner", "waiver_reason"],
    ...["stack", "project", "date", "source_sha256", "pack_version"],
  ];
  const told = [source.stack, source.project, at, source.sha256, tool.version];
  return table([
    head,
    ...rows.map((row) => [
      ...[row.status, row.severity, row.level, row.rule, row.title, row.urn, row.type, row.path, row.expected],
      row.controls.join("; "),
      ...[row.waiver?.expires, row.waiver?.ticket, row.waiver?.owner, row.waiver?.reason].map((one) => one ?? ""),
      ...told,
    ]),
  ]);
}

/** A row a control of the baselines' frameworks, those that no program shows among them. */
export function controlsCsv({ frameworks, source, at }: Report): string {
  const head = [
    ...["framework", "version", "part", "control", "status", "kind", "rules"],
    ...["fail", "unknown", "waived", "pass", "not_applicable", "evidence_beside_code", "mapping_reviewed"],
    ...["stack", "project", "date"],
  ];
  const counts = ({ counts: own }: ControlEvidence) => [
    own.fail,
    own.unknown,
    own.waived,
    own.pass,
    own["not-applicable"],
  ];
  return table([
    head,
    ...frameworks.flatMap(({ name, version, part, reviewed, controls }) =>
      controls.map((control) => [
        ...[name, version, part, control.id, control.status, control.kind, control.rules.join("; ")],
        ...counts(control),
        ...[control.evidence, reviewed, source.stack, source.project, at],
      ]),
    ),
  ]);
}
