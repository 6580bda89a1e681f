// Controls of the baselines' frameworks with what this stack shows for them.
import { type BaselineName, baselines } from "../baselines";
import { type Control, coverageOf } from "../baselines/coverage";
import { type UniverseId, universes } from "../baselines/frameworks";
import { cloudOf } from "../tokens";
import type { OutcomeStatus, Row } from "./report";

/** `nothing to judge`: observable, and the stack has no resource that a rule in the pack speaks of. */
export type ControlStatus = OutcomeStatus | "nothing to judge" | "manual" | "inherited";

export interface ControlEvidence extends Control {
  readonly status: ControlStatus;
  readonly counts: Readonly<Record<OutcomeStatus, number>>;
}

export interface FrameworkEvidence {
  readonly universe: UniverseId;
  readonly name: string;
  readonly version: string;
  readonly part: string;
  readonly reviewed: boolean;
  /** Controls that this stack shows something for. */
  readonly shown: number;
  readonly observable: number;
  readonly total: number;
  readonly controls: readonly ControlEvidence[];
}

const zero = { fail: 0, unknown: 0, waived: 0, pass: 0, "not-applicable": 0 };
const worstFirst: readonly OutcomeStatus[] = ["fail", "unknown", "waived", "pass", "not-applicable"];

/** @param types of the stack's resources: a benchmark for a cloud that isn't there is left out */
export function frameworkEvidence(
  names: readonly BaselineName[],
  rows: readonly Row[],
  types: readonly string[],
): readonly FrameworkEvidence[] {
  const present = new Set(types.map(cloudOf));
  const chosen = [...new Set(names.flatMap((name) => baselines[name].universes))].map((id) => universes[id]);
  return chosen
    .filter(({ platform }) => !platform || present.has(platform))
    .map(({ id: universe, platform }) => {
      const { name, version, part, reviewed, observable, total, controls } = coverageOf(universe);
      const byRule = countByRule(platform ? rows.filter(({ type }) => cloudOf(type) === platform) : rows);
      const told = controls.map((control) => evidenceOf(control, byRule));
      const shown = told.filter(({ status }) => ["fail", "unknown", "waived", "pass"].includes(status)).length;
      return { universe, name, version, part, reviewed, shown, observable, total, controls: told };
    });
}

function countByRule(rows: readonly Row[]): ReadonlyMap<string, Record<OutcomeStatus, number>> {
  const byRule = new Map<string, Record<OutcomeStatus, number>>();
  for (const { rule, status } of rows) {
    const own = byRule.get(rule) ?? { ...zero };
    own[status] += 1;
    byRule.set(rule, own);
  }
  return byRule;
}

function evidenceOf(control: Control, byRule: ReadonlyMap<string, Record<OutcomeStatus, number>>): ControlEvidence {
  const counts = { ...zero };
  for (const rule of control.rules) for (const status of worstFirst) counts[status] += byRule.get(rule)?.[status] ?? 0;
  const status = worstFirst.find((one) => counts[one] > 0);
  if (control.kind !== "observable") return { ...control, counts, status: control.kind };
  return { ...control, counts, status: status ?? "nothing to judge" };
}

/** `evidence for 14 of 17 observable controls, of 63` */
export const evidenceLine = ({ shown, observable, total }: FrameworkEvidence): string =>
  `evidence for ${shown} of ${observable} observable controls, of ${total}`;
