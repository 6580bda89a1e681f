// docs/policies/baselines/<name>.md
import { type Baseline, levelsOf } from "../policies/baselines";
import { type Control, type Coverage, coverageLine, coverageOf } from "../policies/baselines/coverage";
import { entryOf } from "../policies/catalogue";
import { rules } from "../policies/rules";
import { head, madeFrom, notReviewed, page, row } from "./policy-words";

const inPack = new Set(rules.map(({ id }) => id));

export function baselinePage(baseline: Baseline): string {
  const { name, title, note, universes } = baseline;
  const levels = [...levelsOf(baseline)].filter(([id]) => inPack.has(id));
  const settings = Object.entries(baseline.settings);
  const hard = levels.filter(([, level]) => level === "mandatory").length;
  return page(
    `# ${title}`,
    "",
    `${note} ${universes.length > 0 ? notReviewed : ""}`.trim(),
    "",
    `    pulumi preview --policy-pack policies --policy-pack-config policies/baselines/${name}.json`,
    `    npm run audit -- state.json --baseline ${name} --out evidence`,
    "",
    `It asks for ${levels.length} rules, ${hard} of them mandatory; every other rule keeps its environment's level.`,
    "",
    settings.length > 0 ? ["Settings:", "", ...settings.map(([key, value]) => `- \`${key}\`: ${told(value)}`), ""] : [],
    universes.flatMap((universe) => coverage(coverageOf(universe))),
    "## Rules",
    "",
    head("Rule", "Holds", "Severity", "Level"),
    levels.map(([id, level]) => row(`[${id}](../rules/${id}.md)`, entryOf(id).title, entryOf(id).severity, level)),
    "",
    madeFrom,
  );
}

const told = (value: unknown) => (Array.isArray(value) ? value.join(", ") : String(value));

function coverage(one: Coverage): readonly string[] {
  const observable = one.controls.filter(({ kind }) => kind === "observable");
  const others = one.controls.filter(({ kind }) => kind !== "observable");
  return [
    `## ${one.name} ${one.version}, ${one.part}`,
    "",
    `${coverageLine(one)}. Observable: some rule of the catalogue can look at it.`,
    "",
    ...head("Control", "Rules", "Beside the code"),
    ...observable.map(({ id, rules: own, evidence }) =>
      row(id, own.map((rule) => `[${rule}](../rules/${rule}.md)`).join(", ") || "none in the pack", evidence),
    ),
    "",
    ...(others.length > 0 ? head("Not in code", "Who shows it", "Evidence") : []),
    ...grouped(others).map((own) => row(own.map(({ id }) => id).join(" "), own[0]?.kind ?? "", own[0]?.evidence ?? "")),
    "",
  ];
}

function grouped(all: readonly Control[]): readonly (readonly Control[])[] {
  const groups = new Map<string, Control[]>();
  for (const one of all) groups.set(one.evidence, [...(groups.get(one.evidence) ?? []), one]);
  return [...groups.values()];
}
