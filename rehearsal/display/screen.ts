import { graphOf, type Node, type Seconds, stepsOf, stepsOfEntry } from "../schedule";
import { timing } from "../timing";
import { diagnostics } from "./diagnostics";
import { type EngineEvent, plain } from "./events";
import { findings } from "./findings";
import { shown } from "./marks";
import { outputs } from "./outputs";
import { type Progress, progress, worked } from "./progress";
import { type Finding, Report } from "./report";
import { paint, type Style, wrap } from "./style";
import { counts, realTime, verdict } from "./summary";
import { tree } from "./tree";

/** What a run ended with, and what is needed to say how long the real thing would take. */
export interface Ending {
  readonly status: "succeeded" | "failed" | "violated" | "cancelled";
  /** Nothing follows: the summary names what to do next. */
  readonly final: boolean;
  readonly nodes: readonly Node[];
  readonly seconds: Seconds;
  readonly parallel: number;
  /** What else there is to tell, before the summary: faults that struck, quota that is short. */
  readonly sections?: readonly Section[];
}

export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

/** One phase of a rehearsal: takes its events, then shows what they came to. */
export interface Phase {
  readonly take: (event: EngineEvent) => void;
  end(ending: Ending): void;
}

export interface ScreenOptions {
  readonly stream: { write(text: string): unknown };
  readonly style: Style;
  /** A terminal: the progress line is rewritten. */
  readonly live: boolean;
}

/** Everything that a person sees of a rehearsal, from events alone: either engine's. */
export class Screen {
  private plan: { report: Report; total: number; ends: Map<string, number> } | undefined;
  private current: Progress | undefined;

  constructor(private readonly options: ScreenOptions) {}

  /** A line of its own, whatever is being drawn. */
  say(text: string): void {
    this.current?.clear();
    this.lines(wrap(text, this.options.style.columns));
  }

  heading(text: string, note = ""): void {
    const { style } = this.options;
    const wide = plain(note).length + text.length + 2 > style.columns;
    const beside = note && !wide ? `  ${note}` : "";
    this.lines(["", paint(style, "bold", text) + beside, ...(wide ? wrap(note, style.columns, "  ") : [])]);
  }

  begin(kind: "plan" | "up" | "preview" | "refresh" | "destroy", opening: string): Phase {
    const report = new Report();
    const plan = kind === "up" ? this.plan : undefined;
    if (kind === "up") this.heading("Up", !plan || plan.total > 0 ? "" : "nothing to create, change or delete");
    if (kind === "destroy") this.heading("Destroy");
    this.current = progress({
      stream: this.options.stream,
      live: this.options.live,
      style: this.options.style,
      report,
      opening,
      // a plan is quick and makes nothing: plain lines would only repeat the tree below
      quiet: kind === "plan",
      ...(plan ? { total: plan.total, ends: (urn: string) => plan.ends.get(urn) } : {}),
    });
    return {
      take: (event) => {
        report.take(event);
        this.current?.take(event);
      },
      end: (ending) => {
        this.current?.stop();
        this.current = undefined;
        this.show(kind, report, ending);
      },
    };
  }

  private show(kind: "plan" | "up" | "preview" | "refresh" | "destroy", report: Report, ending: Ending): void {
    const { style } = this.options;
    const steps = stepsOf(report, ending.seconds);
    const found = timing(steps, graphOf(report, ending.nodes), ending.parallel);
    const entries = [...report.entries.values()];
    const changed = entries.some((entry) => shown(entry.mark));
    const done = this.plan && kind === "up" ? this.plan.report : undefined;

    if (kind !== "up" && kind !== "destroy" && (entries.length > 0 || ending.status === "succeeded")) {
      const calm = changed || ending.status !== "succeeded" ? "" : kind === "refresh" ? "no drift" : "nothing changes";
      this.heading(kind === "refresh" ? "Refresh" : "Plan", calm);
      const seconds = (entry: (typeof entries)[number]) =>
        stepsOfEntry(entry, ending.seconds).reduce((sum, step) => sum + step.seconds, 0);
      this.lines(
        tree(entries, { style: indented(style), ...(kind === "refresh" ? {} : { seconds }) }).map(
          (line) => `  ${line}`,
        ),
      );
    }
    this.policies(report, done?.findings);
    const told = new Set((done?.diagnostics ?? []).map((one) => `${one.urn} ${one.message}`));
    this.section(
      "Messages",
      diagnostics(
        report.diagnostics.filter((one) => one.severity === "error" || !told.has(`${one.urn} ${one.message}`)),
        style,
      ),
    );
    const values = report.outputs?.after ?? {};
    if (ending.status === "succeeded" && ending.final && kind !== "destroy" && kind !== "refresh")
      this.section("Outputs", outputs(values, style));
    for (const { title, lines } of ending.sections ?? []) this.section(title, lines);
    if (entries.length > 0)
      this.heading("Summary", counts(report, kind === "plan" || kind === "preview" ? "plan" : "done", style));
    if (changed && kind !== "refresh" && ending.final && (ending.status === "succeeded" || ending.status === "failed"))
      this.section("For real", realTime(found, ending.parallel, style));
    if (kind === "plan")
      this.plan = {
        report,
        total: entries.filter(worked).length,
        ends: new Map(steps.map((step, i) => [step.urn, found.ends[i]!])),
      };
    if (ending.final || ending.status !== "succeeded") this.close(kind, ending);
  }

  /** After a plan only what is new: findings, or that none is left now that values are known. */
  private policies(report: Report, told: readonly Finding[] | undefined): void {
    const { style } = this.options;
    const known = new Set((told ?? []).map((finding) => `${finding.urn} ${finding.policy} ${finding.message}`));
    const news = report.findings.filter((finding) => !known.has(`${finding.urn} ${finding.policy} ${finding.message}`));
    if (told && news.length === 0 && (told.length === 0 || report.findings.length > 0)) return;
    const result = verdict(report, news);
    if (!result) return;
    this.heading(told ? "Policies, now that values are known" : "Policies", result);
    this.lines(findings(news, indented(style)).map((line) => `  ${line}`));
  }

  private close(kind: string, { status }: Ending): void {
    const { style } = this.options;
    const what = kind === "plan" || kind === "preview" ? "Preview" : kind[0]!.toUpperCase() + kind.slice(1);
    const words = {
      succeeded: paint(style, "green", `${what} succeeded.`),
      failed: paint(style, "red", `${what} failed.`),
      violated: paint(style, "red", `${what} stopped: a mandatory policy said no.`),
      cancelled: paint(style, "yellow", `${what} was interrupted; the next run picks up from here.`),
    };
    this.lines(["", words[status]]);
  }

  private section(title: string, lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.heading(title);
    this.lines(lines);
  }

  private lines(lines: readonly string[]): void {
    for (const line of lines) this.options.stream.write(`${line}\n`);
  }
}

const indented = (style: Style): Style => ({ ...style, columns: style.columns - 2 });
