// The engine's side of the analyzer protocol, for tests and benchmarks: the pack as the CLI starts it, and what it is asked.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Resource } from "../evaluate";
import { isUnknown } from "../read";
import type { Settings } from "../settings";

const secretMark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** As the engine writes it: unknown values by their text. */
function wired(value: unknown): unknown {
  if (isUnknown(value)) return unknownText;
  if (Array.isArray(value)) return value.map(wired);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.map(([key, one]) => [key, wired(one)]));
}
export const struct = (value: object) => Struct.fromJavaScript(wired(value) as Record<string, JavaScriptValue>);
const inputsOf = ({ inputs, secretInputs = [] }: Resource) =>
  Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [key, secretInputs.includes(key) ? { ...secretMark, value } : value]),
  );
const optionsOf = ({ protect, ignoreChanges }: Resource) => {
  const options = new proto.AnalyzerResourceOptions();
  options.setProtect(protect ?? false);
  options.setIgnorechangesList([...(ignoreChanges ?? [])]);
  return options;
};
const providerOf = ({ providerInputs }: Resource) => {
  const provider = new proto.AnalyzerProviderResource();
  provider.setProperties(struct(providerInputs ?? {}));
  return provider;
};

/** A resource that is about to be made. */
export function analyzeRequest(one: Resource): proto.AnalyzeRequest {
  const request = new proto.AnalyzeRequest();
  request.setType(one.type);
  request.setName(one.name);
  request.setUrn(one.urn);
  request.setProperties(struct(inputsOf(one)));
  request.setOptions(optionsOf(one));
  request.setProvider(providerOf(one));
  return request;
}

/** The whole stack, made. */
export function stackRequest(all: readonly Resource[]): proto.AnalyzeStackRequest {
  const stack = new proto.AnalyzeStackRequest();
  for (const one of all) {
    const resource = new proto.AnalyzerResource();
    resource.setType(one.type);
    resource.setName(one.name);
    resource.setUrn(one.urn);
    resource.setProperties(struct({ ...one.outputs, ...(one.id ? { id: one.id } : {}) }));
    resource.setOptions(optionsOf(one));
    resource.setProvider(providerOf(one));
    resource.setParent(one.parent ?? "");
    resource.setDependenciesList([...(one.dependencies ?? [])]);
    for (const [key, urns] of Object.entries(one.propertyDependencies ?? {})) {
      const dependencies = new proto.AnalyzerPropertyDependencies();
      dependencies.setUrnsList([...urns]);
      resource.getPropertydependenciesMap().set(key, dependencies);
    }
    stack.addResources(resource);
  }
  return stack;
}

/** What the pack's user has decided, on a fixed day. */
export function settingsRequest(settings: Partial<Settings>): proto.ConfigureAnalyzerRequest {
  const config = new proto.ConfigureAnalyzerRequest();
  const own = new proto.PolicyConfig();
  own.setProperties(struct({ today: "2026-11-21", ...settings }));
  config.getPolicyconfigMap().set("settings", own);
  return config;
}

/** A pack in its own process, under Pulumi's own runner, as pulumi-language-nodejs starts it. */
export class PackProcess {
  readonly process: ChildProcess;
  output = "";
  constructor(readonly folder = join(__dirname, "..")) {
    const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
    this.process = spawn(process.execPath, [runner, "127.0.0.1:1", folder], { cwd: folder });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.on("data", (chunk: Buffer) => {
        this.output += chunk.toString();
      });
  }
  async connect(): Promise<AnalyzerClient> {
    const gone = once(this.process, "exit").then(() => assert.fail(this.output));
    while (!/\d+\n/.test(this.output))
      await Promise.race([gone, once(this.process.stdout as NodeJS.ReadableStream, "data")]);
    gone.catch(() => undefined);
    return new AnalyzerClient(`127.0.0.1:${this.output.trim()}`, grpc.credentials.createInsecure(), {
      "grpc.max_receive_message_length": -1,
      "grpc.max_send_message_length": -1,
    });
  }
  async stop(): Promise<void> {
    this.process.kill();
    await once(this.process, "exit");
  }
}

type Method<Request, Response> = (request: Request, done: (error: Error | null, response: Response) => void) => unknown;
export const call = <Request, Response>(
  client: AnalyzerClient,
  method: Method<Request, Response>,
  request: Request,
): Promise<Response> =>
  new Promise((resolve, reject) => {
    method.call(client, request, (error, response) => (error ? reject(error) : resolve(response)));
  });
