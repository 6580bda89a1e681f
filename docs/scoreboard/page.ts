import { clouds } from "../../components/cloud";
import { scoreboard } from ".";

/** docs/defaults.md: what prod is given without being asked, a row a property, a column a cloud. */
export function defaultsPage(): string {
  const sections = [...new Set(scoreboard.map(({ section }) => section))];
  const cells = scoreboard.flatMap((one) => clouds.map((cloud) => one.cells[cloud]));
  const open = cells.filter(({ cannot }) => cannot).length;
  return [
    "# Defaults",
    "",
    "Made from `docs/scoreboard/` by `npm run docs`. What a production stack has without asking for it: the property, and the",
    "resource and input that give it on each cloud. `docs/scoreboard/scoreboard.test.ts` holds every cell against what the",
    `program registers. ${scoreboard.length} properties, ${cells.length - open} cells held, ${open} where the cloud itself does it or can't.`,
    ...sections.flatMap((section) => [
      "",
      `## ${section.replace(/^[\d.]+ /, "")}`,
      "",
      "| Property | AWS | Azure | Google Cloud |",
      "|---|---|---|---|",
      ...scoreboard
        .filter((one) => one.section === section)
        .map(
          ({ property, cells: each }) => `| ${property} | ${clouds.map((cloud) => each[cloud].shown).join(" | ")} |`,
        ),
    ]),
    "",
  ].join("\n");
}
