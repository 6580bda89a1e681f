// The pack as Pulumi's engine sees it: the analyzer protocol, which `--policy-pack`, `pulumi policy analyze` and the
// Automation API speak. It is served here and not by the server in @pulumi/policy, which (measured, version 1.21) decodes
// every resource once a rule and the whole stack once a stack rule, turns a mandatory rule that meets an unknown value
// into an advisory line and skips the rest of it, hides which values are secret, and drops the stack's name and
// configuration. Here a resource is decoded once, each rule keeps its own level in both phases, and the environment is
// that of the stack.
import * as grpc from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { evaluate, type Finding, judgeView, type Resource, toView } from "../evaluate";
import { Graph } from "../graph";
import type { Context } from "../rule";
import { rules } from "../rules";
import { applyWaivers, waiverOf } from "../waivers/apply";
import { message, notYetKnown, waivedMessage } from "./messages";
import { own } from "./metadata";
import { type Pack, Policies } from "./policies";
import { remediate } from "./remedy";
import { revealStruct } from "./wire";

/** As the CLI's own limit: a stack of thousands of resources comes in one message. */
const maxMessage = 400 * 1024 * 1024;

/** What one run of the engine has told the pack so far. */
class Session {
  readonly policies: Policies;
  /** Inputs as they were judged, by URN: the stack phase sees outputs, whose computed parts a preview doesn't know. */
  readonly #inputs = new Map<string, Pick<Resource, "inputs" | "secretInputs">>();

  constructor(readonly pack: Pack) {
    this.policies = new Policies(pack);
  }

  context(graph: Graph): Context {
    const { environment, settings } = this.policies;
    return { environment, graph, settings };
  }

  analyze(request: proto.AnalyzeRequest): proto.AnalyzeResponse {
    const { props, secrets } = revealStruct(request.getProperties());
    const resource: Resource = {
      type: request.getType(),
      name: request.getName(),
      urn: request.getUrn(),
      inputs: props,
      secretInputs: secrets,
      protect: request.getOptions()?.getProtect() ?? false,
      ignoreChanges: request.getOptions()?.getIgnorechangesList() ?? [],
    };
    this.#inputs.set(resource.urn, { inputs: props, secretInputs: secrets });
    const provider = revealStruct(request.getProvider()?.getProperties()).props;
    return this.#answer(judgeView(toView(resource, provider), this.context(new Graph([])), rules, "inputs"));
  }

  remediate(request: proto.AnalyzeRequest): proto.RemediateResponse {
    return remediate(request, this.policies, this.context(new Graph([])));
  }

  analyzeStack(request: proto.AnalyzeStackRequest): proto.AnalyzeResponse {
    const resources = request.getResourcesList().map((one) => this.#resource(one));
    const { environment, settings } = this.policies;
    const told = environment ? { environment, settings } : { settings };
    const alone = evaluate(resources, { ...told, phase: "inputs" });
    const findings = evaluate(resources, { ...told, phase: "graph" });
    const response = this.#answer(findings);
    const { waivers, today, unknownLevel } = this.policies;
    const urns = resources.map(({ urn }) => urn);
    const { outcomes, complaints } = applyWaivers([...alone, ...findings], waivers, today, urns);
    // Single resources were judged before; what stayed open then may be settled now that dependencies are known.
    const open = outcomes.filter(
      ({ status, rule }) => status === "unknown" && this.policies.level(rule) !== "disabled",
    );
    if (unknownLevel !== "disabled")
      for (const { text } of notYetKnown(open))
        response.addDiagnostics(this.policies.ownDiagnostic(own.notYetKnown, text, unknownLevel));
    const level = this.policies.level(own.waivers);
    if (level !== "disabled")
      for (const { kind, text } of complaints)
        response.addDiagnostics(
          this.policies.ownDiagnostic(own.waivers, text, kind === "expired" ? level : "advisory"),
        );
    return response;
  }

  #resource(one: proto.AnalyzerResource): Resource {
    const { props, secrets } = revealStruct(one.getProperties());
    const judged = this.#inputs.get(one.getUrn());
    const dependencies = one.getPropertydependenciesMap();
    return {
      type: one.getType(),
      name: one.getName(),
      urn: one.getUrn(),
      inputs: judged?.inputs ?? props,
      secretInputs: judged?.secretInputs ?? secrets,
      outputs: props,
      parent: one.getParent(),
      providerInputs: revealStruct(one.getProvider()?.getProperties()).props,
      protect: one.getOptions()?.getProtect() ?? false,
      ignoreChanges: one.getOptions()?.getIgnorechangesList() ?? [],
      dependencies: one.getDependenciesList(),
      propertyDependencies: Object.fromEntries(
        dependencies.getEntryList().map(([key]) => [key, dependencies.get(key)?.getUrnsList() ?? []]),
      ),
    };
  }

  #answer(findings: readonly Finding[]): proto.AnalyzeResponse {
    const response = new proto.AnalyzeResponse();
    for (const finding of findings) {
      const level = this.policies.level(finding.rule);
      if (level === "disabled") continue;
      if (finding.status === "fail") {
        const waiver = waiverOf(this.policies.waivers, finding, this.policies.today);
        // Told under the rule's own name, at a level that doesn't block: a waived finding is no pass.
        response.addDiagnostics(
          waiver
            ? this.policies.diagnostic(finding.rule, waivedMessage(finding, waiver), finding.urn, "advisory")
            : this.policies.diagnostic(finding.rule, message(finding), finding.urn),
        );
      }
      if (finding.status === "not-applicable") {
        const skipped = new proto.PolicyNotApplicable();
        skipped.setPolicyName(finding.rule);
        skipped.setReason(finding.expected);
        response.addNotApplicable(skipped);
      }
    }
    return response;
  }
}

type Answer<T> = (error: grpc.ServiceError | null, value: T | null) => void;

/** Answers one kind of request; a mistake of the pack is an error of the run, with its stack. */
function handle<Request, Response>(work: (request: Request) => Response) {
  return (call: { request: Request }, answer: Answer<Response>) => {
    try {
      answer(null, work(call.request));
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      answer(
        { name: "PolicyError", code: grpc.status.INTERNAL, details: text, message: text } as grpc.ServiceError,
        null,
      );
    }
  };
}

/** The service's handlers, apart from the socket. */
export function handlers(name: string, version: string) {
  const session = new Session({ name, version });
  return {
    getAnalyzerInfo: handle(() => session.policies.info()),
    getPluginInfo: handle(() => {
      const info = new PluginInfo();
      info.setVersion(version);
      return info;
    }),
    configure: handle((request: proto.ConfigureAnalyzerRequest) => {
      session.policies.configure(request);
      return new Empty();
    }),
    configureStack: handle((request: proto.AnalyzerStackConfigureRequest) => {
      session.policies.configureStack(request);
      return new proto.AnalyzerStackConfigureResponse();
    }),
    analyze: handle((request: proto.AnalyzeRequest) => session.analyze(request)),
    analyzeStack: handle((request: proto.AnalyzeStackRequest) => session.analyzeStack(request)),
    remediate: handle((request: proto.AnalyzeRequest) => session.remediate(request)),
    cancel: handle(() => new Empty()),
  };
}

/** Serves the pack and prints the port, the one thing that the engine reads from standard output. */
export function servePack(name: string, version: string): void {
  const server = new grpc.Server({ "grpc.max_receive_message_length": maxMessage });
  server.addService(AnalyzerService, handlers(name, version) as unknown as grpc.UntypedServiceImplementation);
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });
}
