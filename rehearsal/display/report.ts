import {
  type EngineEvent,
  isDefaultProvider,
  isStack,
  plain,
  type State,
  type StepEventMetadata,
  type Violation,
} from "./events";

/** What happens to one resource, all its steps together. */
export type Mark = "create" | "update" | "replace" | "delete" | "read" | "import" | "refresh" | "same" | "discard";

export interface Entry {
  readonly urn: string;
  readonly type: string;
  parent: string;
  mark: Mark;
  /** The step that says most: the last one with both states. */
  step: StepEventMetadata;
  status: "running" | "done" | "failed";
  /** A refresh found it different: outputs are compared, not inputs. */
  drift: boolean;
  /** Steps in the order in which they began. */
  readonly ops: string[];
}

export interface Diagnostic {
  readonly urn: string;
  readonly severity: string;
  readonly message: string;
}

export interface Finding {
  readonly urn: string;
  readonly policy: string;
  readonly pack: string;
  readonly severity: string;
  readonly mandatory: boolean;
  readonly message: string;
}

/** All that one operation's events say, ready to be shown. */
export class Report {
  readonly entries = new Map<string, Entry>();
  readonly diagnostics: Diagnostic[] = [];
  readonly findings: Finding[] = [];
  readonly packs = new Map<string, string>();
  /** Policies that ran, by the summaries of the analyzer. */
  readonly rules = new Set<string>();
  /** URN -> URNs that it waits for, as far as the events tell. */
  readonly graph = new Map<string, readonly string[]>();
  outputs: { before: { [name: string]: unknown }; after: { [name: string]: unknown } } | undefined;
  summary: EngineEvent["summaryEvent"];

  take(event: EngineEvent): void {
    if (event.resourcePreEvent) this.begin(event.resourcePreEvent.metadata);
    else if (event.resOutputsEvent) this.end(event.resOutputsEvent.metadata, "done");
    else if (event.resOpFailedEvent) this.end(event.resOpFailedEvent.metadata, "failed");
    else if (event.diagnosticEvent) this.diagnose(event.diagnosticEvent);
    else if (event.policyEvent) this.find(event.policyEvent as unknown as Violation);
    else if (event.summaryEvent) this.summary = event.summaryEvent;
    else if (event.stdoutEvent) this.diagnose({ ...event.stdoutEvent, severity: "info" });
    this.rule(event);
  }

  /** Counts a mark's resources, without providers that the engine made by itself. */
  count(mark: Mark): number {
    let n = 0;
    for (const entry of this.entries.values()) if (entry.mark === mark && entry.status !== "failed") n++;
    return n;
  }

  get failed(): Entry[] {
    return [...this.entries.values()].filter((entry) => entry.status === "failed");
  }

  private begin(step: StepEventMetadata): void {
    this.learn(step);
    if (isDefaultProvider(step.urn)) return;
    const entry = this.entries.get(step.urn);
    const mark = markOf(step.op);
    const state = step.new ?? step.old;
    if (!entry) {
      this.entries.set(step.urn, {
        urn: step.urn,
        type: step.type,
        parent: state?.parent ?? "",
        mark,
        step,
        status: "running",
        drift: false,
        ops: [step.op],
      });
      return;
    }
    entry.ops.push(step.op);
    entry.status = "running";
    // what an earlier run replaced and could not delete yet; the resource of that name stays what it is
    if (step.op === "delete" && step.old?.delete) return;
    if (mark === "replace") entry.mark = "replace";
    else if (entry.mark === "same" || entry.mark === "refresh") entry.mark = mark;
    if (step.new && step.old) entry.step = step;
  }

  private end(step: StepEventMetadata, status: "done" | "failed"): void {
    this.learn(step);
    if (isStack(step.type) && step.new)
      this.outputs = { before: step.old?.outputs ?? {}, after: step.new.outputs ?? {} };
    if (!this.entries.has(step.urn)) this.begin(step);
    const entry = this.entries.get(step.urn);
    if (!entry) return;
    entry.status = status;
    if (entry.mark === "refresh" && step.op !== "refresh") {
      // what a refresh found is only known now
      entry.mark = step.op === "update" ? "update" : markOf(step.op);
      entry.drift = true;
      entry.step = step;
    } else if (step.new && step.old) entry.step = step;
  }

  private learn(step: StepEventMetadata): void {
    const state = (step.new ?? step.old) as State | undefined;
    if (!state?.dependencies) return;
    const properties = Object.values(state.propertyDependencies ?? {}).flat();
    this.graph.set(step.urn, [...new Set([...state.dependencies, ...properties])]);
  }

  private diagnose(event: { urn?: string; message: string; severity: string; ephemeral?: boolean }): void {
    if (event.ephemeral || event.severity === "debug") return;
    const message = plain(event.message).trimEnd();
    if (message === "") return;
    const last = this.diagnostics.at(-1);
    const urn = event.urn ?? "";
    // a program's output comes line by line
    if (last && last.urn === urn && last.severity === event.severity && event.severity.startsWith("info"))
      this.diagnostics[this.diagnostics.length - 1] = { ...last, message: `${last.message}\n${message}` };
    else this.diagnostics.push({ urn, severity: event.severity, message });
  }

  private find(event: Violation): void {
    this.packs.set(event.policyPackName, event.policyPackVersion);
    this.findings.push({
      urn: event.resourceUrn ?? "",
      policy: event.policyName,
      pack: event.policyPackName,
      severity: event.severity || "unspecified",
      mandatory: event.enforcementLevel === "mandatory",
      message: plain(event.message).trim(),
    });
  }

  private rule(event: EngineEvent): void {
    const { policyAnalyzeSummaryEvent, policyAnalyzeStackSummaryEvent } = event as unknown as {
      [kind: string]: { passed?: string[]; failed?: string[] } | undefined;
    };
    const summary = policyAnalyzeSummaryEvent ?? policyAnalyzeStackSummaryEvent;
    for (const name of [...(summary?.passed ?? []), ...(summary?.failed ?? [])]) this.rules.add(name);
  }
}

/** Pulumi's operation names, of which one resource may see several in a run. */
function markOf(op: string): Mark {
  if (/replace/.test(op) || op === "import-replacement") return op.startsWith("read") ? "read" : "replace";
  if (/^(create|update|delete|read|import|same|refresh)$/.test(op)) return op as Mark;
  return "discard";
}
