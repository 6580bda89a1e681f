// docs/policies/README.md
import { baselineNames, baselines, levelsOf } from "../policies/baselines";
import { coverageLine, coverageOf } from "../policies/baselines/coverage";
import { entryOf } from "../policies/catalogue";
import { remediations } from "../policies/remediations";
import { platforms } from "../policies/rule";
import { head, madeFrom, notReviewed, page, platformNames, platformsOf, row, topicOf } from "./policy-words";

export function indexPage(ids: readonly string[]): string {
  const topics = [...new Set(ids.map(topicOf))];
  return page(
    "# Policies",
    "",
    `${ids.length} rules in ${topics.length} topics. How to run and configure them: [policies/README.md](../../policies/README.md).`,
    "",
    "## Baselines",
    "",
    notReviewed,
    "",
    head("Baseline", "Rules", "Mandatory", "Coverage"),
    baselineNames.map((name) => {
      const levels = [...levelsOf(baselines[name]).values()];
      const covered = baselines[name].universes.map((universe) => {
        const told = coverageOf(universe);
        return `${told.name}, ${told.part}: ${coverageLine(told)}`;
      });
      const hard = levels.filter((level) => level === "mandatory").length;
      return row(
        `[${baselines[name].title}](baselines/${name}.md)`,
        levels.length,
        hard,
        covered.join("<br>") || "no framework",
      );
    }),
    "",
    topics.flatMap((topic) => [
      `## ${topic}`,
      "",
      ...head("Rule", "Holds", "Severity", ...platforms.map((one) => platformNames[one])),
      ...ids.filter((id) => topicOf(id) === topic).map(line),
      "",
    ]),
    "`+`: judged. `++`: judged, and put right at level `remediate`, on some of its types at least.",
    "",
    madeFrom,
  );
}

function line(id: string): string {
  const { title, severity } = entryOf(id);
  const spoken = platformsOf(id);
  const marks = platforms.map((one) => (spoken.includes(one) ? (remediations[id]?.[one] ? "++" : "+") : ""));
  return row(`[${id}](rules/${id}.md)`, title, severity, ...marks);
}
