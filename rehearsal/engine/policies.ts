// Policy packs: what they say of each resource before it is touched, and of the stack at the end.

import { credentials, status } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import pb from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Config } from "./config";
import type { Events } from "./events";
import { type PackProcess, startPack } from "./pack";
import { type Level, levels, type PolicyConfig, readPackConfig, reconcile } from "./packconfig";
import { channelOptions, isServiceError, type Unary, unary } from "./provider";
import type { State } from "./resource";
import { nameOf } from "./urn";
import type { PropertyMap } from "./values";
import { marshal, unmarshal } from "./wire";

export interface PackOptions {
  readonly path: string;
  readonly config?: string;
}

export interface PolicyStack {
  readonly project: string;
  readonly stack: string;
  readonly config: Config;
  readonly preview: boolean;
  readonly engine: string;
  readonly env: Readonly<Record<string, string>>;
}

interface Policy {
  readonly name: string;
  readonly kind: "resource" | "stack" | "unknown";
  level: Level;
  readonly severity: string;
}

export interface StackResource {
  readonly state: State;
  readonly provider: State | undefined;
  readonly deleteBeforeReplace: boolean | undefined;
}

const severities = ["", "low", "medium", "high", "critical"];
const receiver = { unknowns: true, secrets: true };

class Analyzer {
  readonly #client: AnalyzerClient;
  readonly #process: PackProcess;
  name = "";
  version = "";
  policies: Policy[] = [];

  private constructor(process: PackProcess) {
    this.#process = process;
    this.#client = new AnalyzerClient(`127.0.0.1:${process.port}`, credentials.createInsecure(), channelOptions);
  }

  static async start(pack: PackOptions, stack: PolicyStack, events: Events): Promise<Analyzer> {
    const fromFile = pack.config === undefined ? undefined : readPackConfig(pack.config);
    const process = await startPack(pack.path, stack, events);
    const analyzer = new Analyzer(process);
    try {
      await analyzer.#prepare(pack, stack, fromFile);
    } catch (error) {
      await analyzer.stop();
      throw error;
    }
    return analyzer;
  }

  async #optional<Q, A>(method: Unary<Q, A>, request: Q): Promise<A | undefined> {
    try {
      return await unary(this.#client, method, request);
    } catch (error) {
      if (isServiceError(error) && error.code === status.UNIMPLEMENTED) return undefined;
      throw new Error(isServiceError(error) ? error.details : String(error));
    }
  }

  async #prepare(pack: PackOptions, stack: PolicyStack, fromFile: Readonly<Record<string, PolicyConfig>> | undefined) {
    const { path, engine } = { path: this.#process.folder, engine: stack.engine };
    const hello = new pb.AnalyzerHandshakeRequest()
      .setEngineAddress(engine)
      .setRootDirectory(path)
      .setProgramDirectory(path);
    await this.#optional(this.#client.handshake, hello);
    const about = new pb.AnalyzerStackConfigureRequest()
      .setStack(stack.stack)
      .setProject(stack.project)
      .setOrganization("organization")
      .setDryRun(stack.preview)
      .setConfigSecretKeysList([...stack.config].filter(([, v]) => v.secret).map(([key]) => key));
    for (const [key, { text }] of stack.config) about.getConfigMap().set(key, text);
    about.getTagsMap().set("pulumi:project", stack.project);
    await this.#optional(this.#client.configureStack, about);
    const info = await unary(this.#client, this.#client.getAnalyzerInfo, new Empty());
    this.name = info.getName();
    this.version = this.#process.version || info.getVersion();
    this.policies = info
      .getPoliciesList()
      .map((p) => ({
        name: p.getName(),
        kind: (["unknown", "resource", "stack"] as const)[p.getPolicyType()] ?? ("unknown" as const),
        level: levels[p.getEnforcementlevel()] ?? "advisory",
        severity: severities[p.getSeverity()] ?? "",
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    if (!info.getSupportsconfig()) {
      if (pack.config !== undefined)
        throw new Error(`policy pack "${this.name}" at "${pack.path}" does not support config`);
      return;
    }
    await this.#configure(info, pack, fromFile);
  }

  async #configure(
    info: pb.AnalyzerInfo,
    pack: PackOptions,
    fromFile: Readonly<Record<string, PolicyConfig>> | undefined,
  ) {
    const schemas = info.getPoliciesList().map((p) => ({
      name: p.getName(),
      level: levels[p.getEnforcementlevel()] ?? ("advisory" as const),
      properties: (p.getConfigschema()?.getProperties()?.toJavaScript() ?? {}) as Record<string, { default?: unknown }>,
      required: p.getConfigschema()?.getRequiredList() ?? [],
    }));
    const initial: Record<string, PolicyConfig> = {};
    info.getInitialconfigMap().forEach((given, policy) => {
      initial[policy] = {
        level: levels[given.getEnforcementlevel()],
        properties: (given.getProperties()?.toJavaScript() ?? {}) as Record<string, unknown>,
      };
    });
    const config = reconcile(schemas, [initial, fromFile ?? {}], `"${this.name}" at "${pack.path}"`);
    const request = new pb.ConfigureAnalyzerRequest();
    for (const [policy, { level, properties }] of Object.entries(config)) {
      const message = new pb.PolicyConfig()
        .setEnforcementlevel(levels.indexOf(level ?? "advisory"))
        .setProperties(Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]));
      request.getPolicyconfigMap().set(policy, message);
    }
    if (Object.keys(config).length > 0) await unary(this.#client, this.#client.configure, request);
    for (const policy of this.policies) policy.level = config[policy.name]?.level ?? policy.level;
  }

  get remediates(): boolean {
    return this.policies.some((p) => p.level === "remediate" && p.kind !== "stack");
  }

  severityOf(policy: string): string {
    return this.policies.find((p) => p.name === policy)?.severity ?? "";
  }

  /** The names of the policies that had nothing to say, for the summary of one look. */
  passed(kind: "resource" | "stack", silent: ReadonlySet<string>): string[] {
    return this.policies
      .filter((p) => (p.kind === kind || p.kind === "unknown") && p.level !== "disabled" && !silent.has(p.name))
      .map((p) => p.name);
  }

  analyze(request: pb.AnalyzeRequest): Promise<pb.AnalyzeResponse> {
    return unary(this.#client, this.#client.analyze, request);
  }

  async remediate(request: pb.AnalyzeRequest): Promise<pb.RemediateResponse | undefined> {
    return this.#optional(this.#client.remediate, request);
  }

  async analyzeStack(request: pb.AnalyzeStackRequest): Promise<pb.AnalyzeResponse | undefined> {
    return this.#optional(this.#client.analyzeStack, request);
  }

  get label(): string {
    return this.#process.label(this.name);
  }

  async stop(): Promise<void> {
    this.#client.close();
    await this.#process.stop();
  }
}

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
      if (analyzer.remediates) inputs = await this.#remedy(analyzer, state, inputs, deleteBeforeReplace, provider);
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

const withoutInternal = { ...receiver, skipInternal: true };

const optionsOf = (state: State, deleteBeforeReplace: boolean | undefined): pb.AnalyzerResourceOptions => {
  const { create = 0, update = 0, delete: remove = 0 } = state.customTimeouts;
  return new pb.AnalyzerResourceOptions()
    .setProtect(state.protect)
    .setIgnorechangesList([...state.ignoreChanges])
    .setDeletebeforereplace(deleteBeforeReplace ?? false)
    .setDeletebeforereplacedefined(deleteBeforeReplace !== undefined)
    .setAdditionalsecretoutputsList([...state.additionalSecretOutputs])
    .setAliasesList([...state.aliases])
    .setCustomtimeouts(
      new pb.AnalyzerResourceOptions.CustomTimeouts().setCreate(create).setUpdate(update).setDelete(remove),
    )
    .setParent(state.parent);
};

const providerOf = (state: State | undefined): pb.AnalyzerProviderResource | undefined =>
  state &&
  new pb.AnalyzerProviderResource()
    .setUrn(state.urn)
    .setType(state.type)
    .setName(nameOf(state.urn))
    .setProperties(marshal(state.inputs, withoutInternal));

const analyzeRequest = (
  state: State,
  inputs: PropertyMap,
  deleteBeforeReplace: boolean | undefined,
  provider: State | undefined,
  skipInternal: boolean,
): pb.AnalyzeRequest => {
  const request = new pb.AnalyzeRequest()
    .setUrn(state.urn)
    .setType(state.type)
    .setName(nameOf(state.urn))
    .setProperties(marshal(inputs, { ...receiver, skipInternal }))
    .setOptions(optionsOf(state, deleteBeforeReplace));
  const about = providerOf(provider);
  return about ? request.setProvider(about) : request;
};

const stackResource = ({ state, provider, deleteBeforeReplace }: StackResource): pb.AnalyzerResource => {
  const resource = new pb.AnalyzerResource()
    .setUrn(state.urn)
    .setType(state.type)
    .setName(nameOf(state.urn))
    .setProperties(marshal(state.outputs, withoutInternal))
    .setOptions(optionsOf(state, deleteBeforeReplace))
    .setParent(state.parent)
    .setDependenciesList([...state.dependencies]);
  for (const [key, urns] of Object.entries(state.propertyDependencies)) {
    if (urns.length > 0)
      resource.getPropertydependenciesMap().set(key, new pb.AnalyzerPropertyDependencies().setUrnsList([...urns]));
  }
  const about = providerOf(provider);
  return about ? resource.setProvider(about) : resource;
};
