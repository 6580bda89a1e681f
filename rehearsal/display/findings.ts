import { parseUrn, shortType } from "./events";
import type { Finding } from "./report";
import { type Color, paint, type Style, wrap } from "./style";

export const severities = ["critical", "high", "medium", "low", "unspecified"] as const;
const colors: { [severity: string]: Color } = { critical: "red", high: "red", medium: "yellow", low: "blue" };

/** One line a finding would hide what to do about it: rule and level, resource, message with its remedy. */
export function findings(all: readonly Finding[], style: Style): string[] {
  const lines: string[] = [];
  for (const severity of severities) {
    const group = all.filter((finding) => grade(finding) === severity);
    if (group.length === 0) continue;
    lines.push(paint(style, colors[severity] ?? "dim", `${severity} (${group.length})`));
    const rules = [...new Set(group.map((finding) => finding.policy))];
    for (const rule of rules)
      lines.push(
        ...block(
          group.filter((finding) => finding.policy === rule),
          style,
        ),
      );
  }
  return lines;
}

const grade = ({ severity }: Finding): (typeof severities)[number] =>
  severities.find((known) => known === severity.toLowerCase()) ?? "unspecified";

/** All findings of one rule; a description that every message begins with is said once. */
function block(group: readonly Finding[], style: Style): string[] {
  const mandatory = group.some((finding) => finding.mandatory);
  const level = mandatory ? paint(style, "red", "mandatory") : paint(style, "dim", "advisory");
  const [heading, rest] = shared(group.map((finding) => finding.message));
  return [
    `  ${paint(style, "bold", group[0]!.policy)}  ${level}`,
    ...(heading ? wrap(heading, style.columns, "    ") : []),
    ...group.flatMap((finding, i) => {
      const { type, name } = parseUrn(finding.urn);
      const where = finding.urn ? `${name} (${shortType(type)})` : "the stack";
      return [
        ...wrap(where, style.columns, "    - ", "      "),
        ...(rest[i] ? wrap(rest[i], style.columns, "      ") : []),
      ];
    }),
  ];
}

/** The first line, where all messages share it and have more to say; and what is left of each. */
function shared(messages: readonly string[]): [string, string[]] {
  const [first] = messages.map((message) => message.split("\n")[0]!);
  const common = messages.every((message) => message.startsWith(`${first}\n`));
  return common ? [first!, messages.map((message) => message.slice(first!.length + 1))] : ["", [...messages]];
}
