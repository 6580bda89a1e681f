// docs/policies/rules/<id>.md
import { baselineNames, baselines } from "../policies/baselines";
import { entryOf } from "../policies/catalogue";
import { frameworks } from "../policies/catalogue/controls";
import { fixtures } from "../policies/fixtures";
import { defaultLevel } from "../policies/levels";
import { isUnknown } from "../policies/read";
import { additionsFor } from "../policies/remediations";
import type { Platform } from "../policies/rule";
import { rules } from "../policies/rules";
import { environments } from "../policies/standards";
import { longest } from "../policies/waivers/schema";
import { snippet } from "./policy-snippet";
import { head, madeFrom, notReviewed, page, platformNames, platformsOf, row } from "./policy-words";

export function rulePage(id: string): string {
  const entry = entryOf(id);
  const parts = rules.filter((rule) => rule.id === id).flatMap((rule) => rule.parts);
  const looks = parts.some(({ needs }) => needs === "graph")
    ? "with the resource's neighbours, at the end of a preview or up"
    : "by the resource alone, before it is made";
  return page(
    `# ${entry.title}`,
    "",
    `\`${id}\`, severity **${entry.severity}**, judged ${looks}.`,
    "",
    entry.why,
    "",
    "## How to fix it",
    "",
    "Programs show what the rule looks at; what else a resource needs is left out.",
    "",
    platformsOf(id).flatMap((platform) => fix(id, platform)),
    "## Level",
    "",
    head(...environments),
    row(...environments.map((environment) => defaultLevel(id, environment))),
    "",
    remedies(id),
    `A waiver of it runs ${longest(id)} days at most.`,
    "",
    asked(id),
    "## Controls",
    "",
    notReviewed,
    "",
    head("Framework", "Version", "Controls"),
    entry.controls
      .filter(({ ids }) => ids.length > 0)
      .map(({ framework, version, ids }) => row(frameworks[framework].name, version, ids.join(", "))),
    "",
    madeFrom,
  );
}

function fix(id: string, platform: Platform): readonly string[] {
  const { remedy } = entryOf(id);
  const types = [...new Set(rules.filter((rule) => rule.id === id).flatMap(({ parts }) => parts))]
    .filter(({ cloud }) => cloud === platform)
    .flatMap((part) => part.types)
    // patches and lists of Kubernetes objects go without saying
    .filter((type) => platform !== "kubernetes" || !/(Patch|List)$/.test(type));
  const shown = [...new Set(types)].sort();
  const own = fixtures.filter((one) => one.rule === id && one.cloud === platform);
  // whatever reads best: known values, and the fewest resources that show the whole
  const best = own.find(({ made }) => !made.some(([, inputs]) => holdsUnknown(inputs))) ?? own[0];
  const settings = best ? Object.keys(best.settings) : [];
  return [
    `### ${platformNames[platform]}`,
    "",
    ...(remedy[platform] ? [remedy[platform], ""] : []),
    ...(settings.length > 0
      ? [`Asked for where the pack's settings say so: \`${JSON.stringify(best?.settings)}\`.`, ""]
      : []),
    ...(best ? ["```typescript", snippet(best), "```", ""] : []),
    `Looks at ${shown.length > 8 ? `${shown.length} types, \`${shown.slice(0, 4).join("`, `")}\` among them` : `\`${shown.join("`, `")}\``}.`,
    "",
  ];
}

const holdsUnknown = (value: unknown): boolean =>
  isUnknown(value) || (typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown));

function remedies(id: string): readonly string[] {
  const types = rules.filter((rule) => rule.id === id).flatMap(({ parts }) => parts.flatMap((part) => part.types));
  const put = [...new Set(types)].filter((type) => additionsFor(id, type)).sort();
  if (put.length === 0) return [];
  return [`At level \`remediate\` the pack adds what is missing by itself on \`${put.join("`, `")}\`.`, ""];
}

function asked(id: string): readonly string[] {
  const entry = entryOf(id);
  const own = baselineNames.flatMap((name) => {
    const level = baselines[name].level(entry);
    return level ? [`[${name}](../baselines/${name}.md) (${level})`] : [];
  });
  return own.length > 0 ? [`Baselines: ${own.join(", ")}.`, ""] : [];
}
