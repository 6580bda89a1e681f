import { type Requirement, requirements } from "./requirements";

/** docs/requirements.md: what was asked for, where it is and where it is tested, or why it comes later. */
export function requirementsPage(): string {
  const all = requirements();
  const areas = [...new Set(all.map(({ id }) => area(id)))];
  const of = (name: string) => all.filter(({ id }) => area(id) === name);
  const tested = (rows: readonly Requirement[]) => rows.filter(({ tests }) => tests.length > 0).length;
  return [
    "# Requirements",
    "",
    "Made from `docs/requirements.tsv`, `docs/later.ts` and what tests and code cite, by `npm run docs`.",
    "",
    "| Area | Tested | Later | All |",
    "|---|---|---|---|",
    ...areas.map((name) => {
      const rows = of(name);
      return `| ${name} | ${tested(rows)} | ${rows.filter((row) => row.later).length} | ${rows.length} |`;
    }),
    ...areas.flatMap((name) => [
      "",
      `## ${name}`,
      "",
      "| Id | | What | Where |",
      "|---|---|---|---|",
      ...of(name).map(
        ({ id, priority, title, ...rest }) => `| ${id} | ${priority} | ${cell(title)} | ${where(rest)} |`,
      ),
    ]),
    "",
  ].join("\n");
}

const area = (id: string) => id.split("-")[0] ?? "";
const cell = (text: string) => text.replaceAll("|", "\\|");

function where({ tests, files, later }: Pick<Requirement, "tests" | "files" | "later">): string {
  const cites = [...few(tests), ...(tests.length === 0 ? few(files) : [])].map((path) => `\`${path}\``);
  return cell([...(later ? [`later: ${later}`] : []), ...cites].join("; ") || "not begun");
}

const few = (paths: readonly string[]) => paths.slice(0, 3);
