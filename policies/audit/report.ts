// What an audit found, as one value: every form that it is written in is made from this and from nothing else.
import type { Stack } from "../adapters/offline";
import type { BaselineName } from "../baselines";
import { entryOf, type Severity } from "../catalogue";
import { frameworks } from "../catalogue/controls";
import type { Level } from "../levels";
import { applyWaivers, type Complaint, type Outcome } from "../waivers/apply";
import type { Waiver } from "../waivers/schema";
import { type FrameworkEvidence, frameworkEvidence } from "./evidence";
import type { Judged } from "./judged";

export const statuses = ["fail", "unknown", "waived", "pass", "not-applicable"] as const;
export type OutcomeStatus = (typeof statuses)[number];
export type Counts = Readonly<Record<OutcomeStatus, number>>;

/** One rule on one property of one resource. */
export interface Row {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly level: Level;
  readonly status: OutcomeStatus;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly path: string;
  readonly expected: string;
  /** `nist-800-53 Rev. 5 SC-28` */
  readonly controls: readonly string[];
  readonly waiver?: Waiver;
}

export interface ResourceRow {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly counts: Counts;
}

export interface WaiverRow extends Waiver {
  readonly state: "in force" | "expired" | "unused" | "another stack's";
  /** Findings that it holds open. */
  readonly findings: number;
}

export interface Report {
  readonly tool: { readonly name: string; readonly version: string };
  /** Day that waivers are dated by. */
  readonly at: string;
  readonly source: {
    readonly file: string;
    readonly kind: Stack["kind"];
    readonly sha256: string;
    readonly stack: string;
    readonly project: string;
    readonly resources: number;
    readonly sealedSecrets: number;
  };
  readonly environment: string;
  readonly baselines: readonly BaselineName[];
  readonly unknownPolicy: "advisory" | "mandatory";
  readonly counts: Counts;
  readonly frameworks: readonly FrameworkEvidence[];
  readonly rows: readonly Row[];
  readonly waivers: readonly WaiverRow[];
  readonly complaints: readonly Pick<Complaint, "kind" | "text">[];
  readonly resources: readonly ResourceRow[];
  readonly notes: readonly string[];
}

export const count = (rows: readonly { readonly status: OutcomeStatus }[]): Counts =>
  Object.fromEntries(
    statuses.map((status) => [status, rows.filter((one) => one.status === status).length]),
  ) as unknown as Counts;

/** Failures first, then by severity, rule and place: an order that doesn't depend on the file's. */
const severities: readonly Severity[] = ["critical", "high", "medium", "low"];
const compare = (one: Row, other: Row): number =>
  statuses.indexOf(one.status) - statuses.indexOf(other.status) ||
  severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
  order(one.rule, other.rule) ||
  order(one.urn, other.urn) ||
  order(one.path, other.path) ||
  order(one.expected, other.expected);
const order = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

const controlNames = new Map<string, readonly string[]>();
function controlsOf(rule: string): readonly string[] {
  const known = controlNames.get(rule);
  if (known) return known;
  const names = entryOf(rule).controls.flatMap(({ framework, ids }) =>
    ids.map((id) => `${framework} ${frameworks[framework].version} ${id}`),
  );
  controlNames.set(rule, names);
  return names;
}

export function reportOf(judged: Judged, waivers: readonly Waiver[], tool: Report["tool"]): Report {
  const { stack, at, level, environment } = judged;
  const urns = stack.resources.map(({ urn }) => urn);
  const { outcomes, complaints, used } = applyWaivers(judged.findings, waivers, at, urns);
  const nameOf = new Map(stack.resources.map(({ urn, name }) => [urn, name]));
  const rows = unique(outcomes.map((one) => toRow(one, level(one.rule), nameOf.get(one.urn) ?? "")).sort(compare));
  const expired = new Set(complaints.filter(({ kind }) => kind === "expired").map(({ waiver }) => waiver));
  const unused = new Set(complaints.filter(({ kind }) => kind === "unused").map(({ waiver }) => waiver));
  return {
    tool,
    at,
    source: {
      file: judged.file,
      kind: stack.kind,
      sha256: judged.sha256,
      stack: stack.stack,
      project: stack.project,
      resources: stack.resources.length,
      sealedSecrets: stack.sealed,
    },
    environment: environment ?? "not known, judged as prod",
    baselines: judged.baselines,
    unknownPolicy: judged.unknownPolicy,
    counts: count(rows),
    frameworks: frameworkEvidence(
      judged.baselines,
      rows,
      stack.resources.map(({ type }) => type),
    ),
    rows,
    waivers: waivers.map((waiver) => {
      const findings = used.get(waiver) ?? 0;
      if (expired.has(waiver)) return { ...waiver, state: "expired", findings };
      return {
        ...waiver,
        state: unused.has(waiver) ? "unused" : findings > 0 ? "in force" : "another stack's",
        findings,
      };
    }),
    complaints: complaints.map(({ kind, text }) => ({ kind, text })),
    resources: resourceRows(stack, rows),
    notes: notes(stack),
  };
}

function toRow(outcome: Outcome, level: Level, name: string): Row {
  const { rule, status, urn, type, path, expected, waiver } = outcome;
  const { title, severity } = entryOf(rule);
  const row = { rule, title, severity, level, status, urn, type, name, path, expected, controls: controlsOf(rule) };
  return waiver ? { ...row, waiver } : row;
}

/** A rule of several parts may say the same of the same place twice. */
function unique(rows: readonly Row[]): readonly Row[] {
  const seen = new Set<string>();
  return rows.filter(({ rule, urn, status, path, expected }) => {
    const key = [rule, urn, status, path, expected].join("\n");
    return !seen.has(key) && seen.add(key);
  });
}

function resourceRows(stack: Stack, rows: readonly Row[]): readonly ResourceRow[] {
  const byUrn = new Map<string, Row[]>();
  for (const row of rows) {
    const own = byUrn.get(row.urn);
    if (own) own.push(row);
    else byUrn.set(row.urn, [row]);
  }
  return stack.resources
    .map(({ urn, type, name }) => ({ urn, type, name, counts: count(byUrn.get(urn) ?? []) }))
    .sort((one, other) => order(one.urn, other.urn));
}

/** What a reader must know to judge the evidence. */
function notes({ kind, sealed }: Stack): readonly string[] {
  return [
    "The mapping of rules to controls is a proposal that no compliance owner has reviewed.",
    "A pass is evidence for what a rule looks at, not proof that a control as a whole is met.",
    "Unknown, waived and not applicable are counted apart and never as passes.",
    ...(sealed > 0
      ? [
          `${sealed} secret${sealed === 1 ? " is" : "s are"} there as ciphertext only; what lies in ${sealed === 1 ? "it" : "them"} wasn't read and counts as unknown.`,
        ]
      : []),
    ...(kind === "preview"
      ? [
          "A preview names only resources that change, unless it was made with --show-sames; audit an export for the whole stack.",
        ]
      : []),
  ];
}
