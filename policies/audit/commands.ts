// The commands beside the audit itself: what a rule is, how far a framework is covered, which waivers there are.
import { defaultWaivers } from "../adapters/waiving";
import { baselineNames, baselines } from "../baselines";
import { baselinesOf, packConfig } from "../baselines/combine";
import { coverageLine, coverageOf } from "../baselines/coverage";
import { catalogue } from "../catalogue";
import { frameworks } from "../catalogue/controls";
import { additionsFor } from "../remediations";
import { rules } from "../rules";
import { isExpired } from "../waivers/apply";
import { longest, readWaivers } from "../waivers/schema";
import type { Output } from "./run";
import { exitCodes, Mistake } from "./usage";

/** @param given as it is, or as the tables write it: `kms/rotation` */
export function explain(given: string, { out, paint }: Output): number {
  const id = given.replace("/", "-");
  const entry = catalogue.get(id);
  if (!entry) {
    const near = [...catalogue.keys()].filter((one) =>
      id.split("-").some((word) => word.length > 2 && one.split("-").includes(word)),
    );
    throw new Mistake(
      `There is no rule "${given}".${near.length > 0 ? ` Near it: ${near.slice(0, 6).join(", ")}.` : ""}`,
    );
  }
  const own = rules.filter((rule) => rule.id === id).flatMap(({ parts }) => parts);
  const types = [...new Set(own.flatMap((part) => part.types))].sort();
  const puts = types.filter((type) => additionsFor(id, type));
  const asked = baselineNames.flatMap((name) => {
    const level = baselines[name].level(entry);
    return level ? [`${name} (${level})`] : [];
  });
  const lines = [
    paint.strong(`${id}: ${entry.title}`),
    line("severity", entry.severity),
    line(
      "judged",
      own.some(({ needs }) => needs === "graph")
        ? "with the resource's neighbours, at the end of a preview or up"
        : "by the resource alone, before it is made",
    ),
    line("why", entry.why),
    ...Object.entries(entry.remedy).map(([cloud, remedy]) => line(`on ${cloud}`, remedy)),
    line("remedies", puts.length > 0 ? `at level "remediate" on ${puts.join(", ")}` : "none by itself"),
    line("waiver", `at most ${longest(id)} days`),
    line("baselines", asked.join(", ") || "none"),
    line("controls", "proposed, not reviewed:"),
    ...entry.controls
      .filter(({ ids }) => ids.length > 0)
      .map(
        ({ framework, ids }) => `    ${frameworks[framework].name} ${frameworks[framework].version}: ${ids.join(" ")}`,
      ),
    line(
      "looks at",
      `${types.slice(0, 12).join(", ")}${types.length > 12 ? ` and ${types.length - 12} more types` : ""}`,
    ),
    "",
  ];
  out(lines.join("\n"));
  return exitCodes.clean;
}

const line = (label: string, text: string) => `  ${label.padEnd(14)}${text}`;

/** One line a framework part, or every control of one baseline. */
export function coverage(name: string | undefined, { out, paint }: Output): number {
  const chosen = name === undefined ? baselineNames.map((one) => baselines[one]) : mistaken(() => baselinesOf([name]));
  for (const { title, universes, note } of chosen) {
    out(`${paint.strong(title)}\n`);
    for (const universe of universes) {
      const told = coverageOf(universe);
      out(`  ${told.name} ${told.version}, ${told.part}: ${coverageLine(told)}\n`);
      if (name !== undefined)
        for (const { id, kind, rules: own, evidence } of told.controls)
          out(
            `    ${id.padEnd(22)} ${kind.padEnd(11)} ${kind === "observable" ? own.join(", ") || "no rule in the pack" : evidence}\n`,
          );
    }
    out(`  ${paint.soft(note)}\n`);
  }
  out(paint.soft("The mapping of rules to controls is a proposal that no compliance owner has reviewed.\n"));
  return exitCodes.clean;
}

export function waivers(file: string | undefined, at: string, { out, paint }: Output): number {
  const path = file ?? defaultWaivers;
  const all = mistaken(() => readWaivers(path, at));
  if (all.length === 0) out(`${path}: no waiver\n`);
  for (const one of [...all].sort((a, b) => (a.expires < b.expires ? -1 : 1))) {
    const days = Math.round((Date.parse(one.expires) - Date.parse(at)) / (24 * 60 * 60 * 1000));
    const left =
      days < 0
        ? paint.bad(`expired ${-days} days ago`)
        : days <= 14
          ? paint.warn(`${days} days left`)
          : `${days} days left`;
    out(
      `${one.expires}  ${left}  ${paint.strong(one.rule)}\n    ${one.urn}\n    ${one.reason} (${one.ticket}, ${one.owner})\n`,
    );
  }
  return all.some((one) => isExpired(one, at)) ? exitCodes.findings : exitCodes.clean;
}

export function config(names: readonly string[], { out }: Output): number {
  out(
    `${JSON.stringify(
      mistaken(() => packConfig(names)),
      undefined,
      2,
    )}\n`,
  );
  return exitCodes.clean;
}

/** What the caller named doesn't fit: told as a mistake, without a stack. */
function mistaken<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Mistake((error as Error).message);
  }
}
