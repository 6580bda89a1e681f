// One policy pack, started and configured.

import { credentials, status } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import pb from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Config } from "./config";
import type { Events } from "./events";
import { type PackProcess, startPack } from "./pack";
import { type Level, levels, type PolicyConfig, readPackConfig, reconcile } from "./packconfig";
import { channelOptions, isServiceError, type Unary, unary } from "./rpc";

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

export const severities = ["", "low", "medium", "high", "critical"];

export class Analyzer {
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
    return this.policies.some((p) => p.level === "remediate");
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
