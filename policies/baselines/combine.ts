// Several baselines on one stack: the strictest of what they ask.
import type { Level } from "../levels";
import type { Settings } from "../settings";
import { type Baseline, type BaselineName, baselineNames, baselines, levelsOf } from "./index";

export interface Combined {
  readonly names: readonly BaselineName[];
  readonly levels: ReadonlyMap<string, Level>;
  readonly settings: Partial<Settings>;
}

const strictness: readonly Level[] = ["disabled", "advisory", "remediate", "mandatory"];
export const stricter = (one: Level | undefined, other: Level): Level =>
  one && strictness.indexOf(one) > strictness.indexOf(other) ? one : other;

/** The baselines of these names. @throws naming what isn't one, and which there are */
export function baselinesOf(names: readonly string[]): readonly Baseline[] {
  return [...new Set(names)].map((name) => {
    const found = baselineNames.find((one) => one === name);
    if (!found) throw new Error(`There is no baseline "${name}"; there are ${baselineNames.join(", ")}.`);
    return baselines[found];
  });
}

/**
 * @param given settings of the user's own, which decide where baselines can't agree
 * @throws where two allow nothing in common, naming them and the setting
 */
export function combine(names: readonly string[], given: Given = {}): Combined {
  const chosen = baselinesOf(names);
  const levels = new Map<string, Level>();
  for (const baseline of chosen)
    for (const [rule, level] of levelsOf(baseline)) levels.set(rule, stricter(levels.get(rule), level));
  return {
    names: chosen.map(({ name }) => name),
    levels: new Map([...levels].sort(([one], [other]) => (one < other ? -1 : 1))),
    settings: chosen.reduce<Partial<Settings>>((all, one) => stricterSettings(all, one, chosen, given), {}),
  };
}

type Given = Readonly<Record<string, unknown>>;

/** A duty of one is a duty of both, the highest floor holds, lists of what is allowed meet in what both allow, other lists join. */
function stricterSettings(all: Partial<Settings>, { settings }: Baseline, chosen: readonly Baseline[], given: Given) {
  const merged: Record<string, unknown> = { ...all };
  for (const [key, latest] of Object.entries(settings)) {
    const before: unknown = merged[key];
    if (typeof latest === "boolean") merged[key] = latest || before === true;
    else if (typeof latest === "number") merged[key] = Math.max(latest, Number(before ?? 0));
    else if (!isFilled(before) || !isFilled(latest)) merged[key] = isFilled(before) ? before : latest;
    else if (!key.startsWith("allowed")) merged[key] = [...new Set([...before, ...latest])];
    else {
      const both = latest.filter((one) => before.includes(one));
      if (both.length === 0 && given[key] === undefined)
        throw new Error(
          `${key}: ${chosen.map(({ name }) => name).join(" and ")} allow nothing in common. ` +
            `Choose one of them for this stack, or give "${key}" in its settings.`,
        );
      merged[key] = both;
    }
  }
  return merged as Partial<Settings>;
}

const isFilled = (value: unknown): value is readonly string[] => Array.isArray(value) && value.length > 0;

/** A file for `--policy-pack-config`: rules that no baseline asks for keep their environment's level. */
export function packConfig(names: readonly string[]): Readonly<Record<string, unknown>> {
  const { levels, settings } = combine(names);
  return { ...(Object.keys(settings).length > 0 ? { settings } : {}), ...Object.fromEntries(levels) };
}
