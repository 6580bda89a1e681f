// Policy packs: what they say of each resource before it is touched, and of the stack at the end.

import pb from "@pulumi/pulumi/proto/analyzer_pb";
import { Analyzer, type PackOptions, type PolicyStack, severities } from "./analyzer";
import type { Events } from "./events";
import { levels } from "./packconfig";
import type { State } from "./resource";
import { isServiceError } from "./rpc";
import { analyzeRequest, type StackResource, stackResource } from "./subjects";
import type { PropertyMap } from "./values";
import { unmarshal } from "./wire";

export class Policies {
  readonly #events: Events;
  readonly #analyzers: Promise<readonly Analyzer[]>;
  /** A mandatory policy has said no. */
  violated = false;

  /** Starts the packs; nothing waits for them before the first resource does. */
  constructor(events: Events, packs: readonly PackOptions[], stack: PolicyStack) {
    this.#events = events;
    this.#analyzers = Promise.all(
      packs.map((pack) => {
        events.emit({ policyLoadEvent: {} } as never);
        return Analyzer.start(pack, stack, events);
      }),
    );
    this.#analyzers.catch(() => undefined);
  }

  /** @throws when a pack can't be started or configured */
  async ready(): Promise<void> {
    await this.#analyzers;
  }

  /** Remedies first, one pack after the other; then everybody's verdict on the result. */
  async judge(
    state: State,
    deleteBeforeReplace: boolean | undefined,
    provider: State | undefined,
  ): Promise<{ inputs: PropertyMap; violated: boolean }> {
    const analyzers = await this.#analyzers;
    if (analyzers.length === 0) return { inputs: state.inputs, violated: false };
    let inputs = state.inputs;
    for (const analyzer of analyzers) {
      // A pack that remedies nothing isn't asked, but has passed as one that was.
      if (!analyzer.remediates) this.#summarize("policyRemediateSummaryEvent", analyzer, "resource", state.urn, [], []);
      else inputs = await this.#remedy(analyzer, state, inputs, deleteBeforeReplace, provider);
    }
    const verdicts = await Promise.all(
      analyzers.map(async (analyzer) => {
        const request = analyzeRequest(state, inputs, deleteBeforeReplace, provider, true);
        const answer = await analyzer.analyze(request).catch((error: unknown) => {
          throw new Error(`failed to run policy: ${isServiceError(error) ? error.details : String(error)}`);
        });
        const diagnostics = answer.getDiagnosticsList();
        const violated = this.#report(analyzer, diagnostics, () => state.urn);
        this.#summarize(
          "policyAnalyzeSummaryEvent",
          analyzer,
          "resource",
          state.urn,
          diagnostics,
          answer.getNotApplicableList(),
        );
        return violated;
      }),
    );
    return { inputs, violated: verdicts.includes(true) };
  }

  async #remedy(
    analyzer: Analyzer,
    state: State,
    inputs: PropertyMap,
    deleteBeforeReplace: boolean | undefined,
    provider: State | undefined,
  ): Promise<PropertyMap> {
    const answer = await analyzer.remediate(analyzeRequest(state, inputs, deleteBeforeReplace, provider, false));
    let current = inputs;
    for (const remedy of answer?.getRemediationsList() ?? []) {
      const about = { policy: remedy.getPolicyname(), pack: remedy.getPolicypackname(), version: analyzer.version };
      if (remedy.getDiagnostic() !== "") {
        const message = remedy.getDiagnostic();
        this.#events.violation({ urn: state.urn, message, level: "advisory", severity: "", ...about });
        continue;
      }
      const after = unmarshal(remedy.getProperties(), {});
      this.#events.emit({
        policyRemediationEvent: {
          resourceUrn: state.urn,
          color: "raw",
          policyName: about.policy,
          policyPackName: about.pack,
          policyPackVersion: about.version,
          policyPackVersionTag: about.version,
          before: this.#events.masked(current),
          after: this.#events.masked(after),
        },
      } as never);
      current = after;
    }
    this.#summarize(
      "policyRemediateSummaryEvent",
      analyzer,
      "resource",
      state.urn,
      answer?.getRemediationsList() ?? [],
      answer?.getNotApplicableList() ?? [],
    );
    return current;
  }

  #report(
    analyzer: Analyzer,
    diagnostics: readonly pb.AnalyzeDiagnostic[],
    urnOf: (d: pb.AnalyzeDiagnostic) => string,
  ): boolean {
    let violated = false;
    for (const diagnostic of diagnostics) {
      const told = levels[diagnostic.getEnforcementlevel()] ?? "advisory";
      // A remedy that didn't help is a violation like any other.
      const level = told === "remediate" || told === "mandatory" ? "mandatory" : "advisory";
      if (level === "mandatory") violated = true;
      this.#events.violation({
        urn: urnOf(diagnostic),
        message: diagnostic.getMessage(),
        policy: diagnostic.getPolicyname(),
        pack: diagnostic.getPolicypackname(),
        version: analyzer.version || diagnostic.getPolicypackversion(),
        level,
        severity: severities[diagnostic.getSeverity()] || analyzer.severityOf(diagnostic.getPolicyname()),
      });
    }
    if (violated) this.violated = true;
    return violated;
  }

  #summarize(
    event: string,
    analyzer: Analyzer,
    kind: "resource" | "stack",
    urn: string,
    failures: readonly { getPolicyname(): string }[],
    notApplicable: readonly { getPolicyName(): string }[],
  ): void {
    const failed = [...new Set(failures.map((f) => f.getPolicyname()))].sort();
    const passed = analyzer.passed(kind, new Set([...failed, ...notApplicable.map((n) => n.getPolicyName())]));
    this.#events.emit({
      [event]: {
        ...(kind === "resource" ? { resourceUrn: urn } : {}),
        policyPackName: analyzer.name,
        policyPackVersion: analyzer.version,
        policyPackVersionTag: analyzer.version,
        ...(passed.length > 0 ? { passed } : {}),
        ...(failed.length > 0 ? { failed } : {}),
      },
    } as never);
  }

  /** The stack as a whole, once everything has been done. @returns whether a mandatory policy said no */
  async judgeStack(resources: readonly StackResource[], rootUrn: string): Promise<boolean> {
    const analyzers = await this.#analyzers;
    if (analyzers.length === 0) return false;
    const known = new Set(resources.map(({ state }) => state.urn));
    const request = new pb.AnalyzeStackRequest().setResourcesList(resources.map(stackResource));
    const verdicts = await Promise.all(
      analyzers.map(async (analyzer) => {
        const answer = await analyzer.analyzeStack(request);
        const diagnostics = answer?.getDiagnosticsList() ?? [];
        const violated = this.#report(analyzer, diagnostics, (d) => (known.has(d.getUrn()) ? d.getUrn() : rootUrn));
        this.#summarize(
          "policyAnalyzeStackSummaryEvent",
          analyzer,
          "stack",
          "",
          diagnostics,
          answer?.getNotApplicableList() ?? [],
        );
        return violated;
      }),
    );
    return verdicts.includes(true);
  }

  /** Pack label to version, as the summary names them. */
  async versions(): Promise<Record<string, string>> {
    const analyzers = await this.#analyzers.catch(() => []);
    return Object.fromEntries(analyzers.map((a) => [a.label, a.version]));
  }

  async stop(): Promise<void> {
    const analyzers = await this.#analyzers.catch(() => []);
    await Promise.all(analyzers.map((analyzer) => analyzer.stop()));
  }
}
