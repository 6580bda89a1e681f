// How far rules reach into a framework: n of m observable controls, of k in all. The rest is somebody's work and named so.
import { controlsOf, frameworks } from "../catalogue/controls";
import mappings from "../catalogue/controls.json";
import type { Platform } from "../rule";
import { rules } from "../rules";
import { beyondCode } from "./beyond-code";
import { controlIds, controlOf, type UniverseId, universes } from "./frameworks";

export interface Control {
  readonly id: string;
  /** `observable`: a rule speaks to it. */
  readonly kind: "observable" | "manual" | "inherited";
  /** Rules that speak to it and are in the pack. */
  readonly rules: readonly string[];
  /** What people show, beside or instead of the rules. */
  readonly evidence: string;
}

export interface Coverage {
  readonly universe: UniverseId;
  readonly name: string;
  readonly version: string;
  readonly part: string;
  readonly reviewed: boolean;
  readonly controls: readonly Control[];
  /** Observable controls with a rule in the pack. */
  readonly covered: number;
  readonly observable: number;
  readonly total: number;
}

/** Is the rule in the pack, and does it speak of the one cloud that a benchmark is for? */
const inPack = (rule: string, platform: Platform | undefined): boolean =>
  rules.some(({ id, parts }) => id === rule && (!platform || parts.some(({ cloud }) => cloud === platform)));

/** Rules by the controls of a framework that they speak to, any that the pack doesn't hold included. */
function mapped(universe: UniverseId): ReadonlyMap<string, readonly string[]> {
  const { framework } = universes[universe];
  const byControl = new Map<string, string[]>();
  for (const rule of Object.keys(mappings))
    for (const { framework: own, ids } of controlsOf(rule))
      if (own === framework)
        for (const control of new Set(ids.map((id) => controlOf(framework, id))))
          byControl.set(control, [...(byControl.get(control) ?? []), rule]);
  return byControl;
}

export function coverageOf(universe: UniverseId): Coverage {
  const { framework, part, platform } = universes[universe];
  const speaking = mapped(universe);
  const controls = controlIds(universe).map((id): Control => {
    const own = speaking.get(id) ?? [];
    const beyond = beyondCode(framework, id);
    return {
      id,
      kind: own.length > 0 ? "observable" : beyond.kind,
      rules: own.filter((rule) => inPack(rule, platform)).sort(),
      evidence: beyond.evidence,
    };
  });
  const observable = controls.filter(({ kind }) => kind === "observable");
  return {
    universe,
    name: frameworks[framework].name,
    version: frameworks[framework].version,
    part,
    reviewed: false,
    controls,
    covered: observable.filter((one) => one.rules.length > 0).length,
    observable: observable.length,
    total: controls.length,
  };
}

/** `41 of 53 observable, of 410 (21 inherited, 336 manual)`. */
export function coverageLine({ covered, observable, total, controls }: Coverage): string {
  const inherited = controls.filter(({ kind }) => kind === "inherited").length;
  return `${covered} of ${observable} observable, of ${total} (${inherited} inherited, ${total - observable - inherited} manual)`;
}
