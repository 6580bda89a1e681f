// A resource provider behind gRPC, called as the CLI calls it.

import { randomBytes } from "node:crypto";
import { type CallOptions, type Client, credentials, type Metadata, type ServiceError, status } from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import pb from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type DetailedDiff, type Diff, type DiffKind, noDiff } from "./diff";
import { initFailure } from "./initfailure";
import { nameOf, providerPackage, typeOf } from "./urn";
import { containsSecret, containsUnknown, type PropertyMap, Secret, unwrap, type Value } from "./values";
import { annotateSecrets, marshal, type Receiver, unmarshal } from "./wire";

export interface CheckResult {
  readonly inputs: PropertyMap;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

/** 0: as told. 1: it exists but isn't healthy. 2: nobody knows. */
export type Status = 0 | 1 | 2;

/** A provider's refusal or failure. `partial`: what exists nevertheless. */
export class ProviderError extends Error {
  constructor(
    message: string,
    readonly status: Status,
    readonly partial?: {
      readonly id: string;
      readonly outputs: PropertyMap;
      readonly inputs: PropertyMap | undefined;
      readonly reasons: readonly string[];
    },
  ) {
    super(message);
  }
}

/** The provider can't say what changes, because its own configuration isn't known yet. */
export class DiffUnavailable extends Error {}

export interface ReadResult {
  readonly id: string;
  readonly inputs: PropertyMap | undefined;
  readonly outputs: PropertyMap | undefined;
  readonly refreshBeforeUpdate: boolean;
}

export interface Created {
  readonly id: string;
  readonly outputs: PropertyMap;
  readonly refreshBeforeUpdate: boolean;
}

export interface Old {
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

/** What the steps and the planner need of whoever manages a resource: a plugin, the provider registry, the built-ins. */
export interface Manager {
  check(urn: string, olds: PropertyMap | undefined, news: PropertyMap, preview: boolean): Promise<CheckResult>;
  diff(urn: string, old: Old, news: PropertyMap, preview: boolean, ignoreChanges: readonly string[]): Promise<Diff>;
  create(urn: string, inputs: PropertyMap, timeout: number, preview: boolean): Promise<Created>;
  update(
    urn: string,
    old: Old,
    news: PropertyMap,
    timeout: number,
    preview: boolean,
    ignoreChanges: readonly string[],
  ): Promise<Omit<Created, "id">>;
  read(
    urn: string,
    id: string,
    inputs: PropertyMap | undefined,
    state: PropertyMap,
    timeout: number,
  ): Promise<ReadResult>;
  delete(urn: string, old: Old, timeout: number): Promise<void>;
}

export interface Invoker {
  invoke(token: string, args: PropertyMap, preview: boolean): Promise<CheckResult>;
}

/** One gRPC message at a time may be as large as the CLI allows: 400 MB. */
export const channelOptions = {
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": 400 * 1024 * 1024,
};

type Done<A> = (error: ServiceError | null, answer: A) => void;

/** A call of a generated client: all of its overloads, so that the compiler finds the messages. */
export interface Unary<Q, A> {
  (request: Q, done: Done<A>): unknown;
  (request: Q, metadata: Metadata, done: Done<A>): unknown;
  (request: Q, metadata: Metadata, options: Partial<CallOptions>, done: Done<A>): unknown;
}

export function unary<Q, A>(client: Client, method: Unary<Q, A>, request: Q): Promise<A> {
  return new Promise((resolve, reject) => {
    const call: (request: Q, done: Done<A>) => unknown = method.bind(client) as Unary<Q, A>;
    call(request, (error, answer) => (error ? reject(error) : resolve(answer)));
  });
}

export const isServiceError = (error: unknown): error is ServiceError =>
  error instanceof Error && typeof (error as Partial<ServiceError>).code === "number";

function listed(reasons: readonly string[]): string {
  if (reasons.length === 0) return "resource init failed";
  const lines = reasons.map((reason) => `\t* ${reason}`).join("\n");
  return `${reasons.length === 1 ? "1 error" : `${reasons.length} errors`} occurred:\n${lines}\n\n`;
}

const uncertain: readonly number[] = [status.INTERNAL, status.DATA_LOSS, status.UNKNOWN];

function providerError(error: unknown): ProviderError {
  if (!isServiceError(error)) return new ProviderError(error instanceof Error ? error.message : String(error), 2);
  const partial = initFailure(error);
  if (partial) {
    return new ProviderError(listed(partial.reasons), 1, partial);
  }
  return new ProviderError(error.details || error.message, uncertain.includes(error.code) ? 2 : 0);
}

interface Protocol {
  secrets: boolean;
  resources: boolean;
  previews: boolean;
}

/** One configured instance of a package. Its connection is its own: a server tells instances apart by it. */
export class Plugin implements Manager, Invoker {
  readonly #client: ResourceProviderClient;
  readonly #protocol: Protocol = { secrets: false, resources: false, previews: false };
  #configured: Promise<boolean> | undefined;
  readonly #ready: Promise<void>;
  readonly pkg: string;

  constructor(pkg: string, port: number, engine: string) {
    this.pkg = pkg;
    this.#client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
      ...channelOptions,
      "grpc.use_local_subchannel_pool": 1,
    });
    this.#ready = this.#handshake(engine, port);
    this.#ready.catch(() => undefined); // said by whoever calls first
  }

  async #handshake(engine: string, port: number): Promise<void> {
    const request = new pb.ProviderHandshakeRequest()
      .setEngineAddress(engine)
      .setConfigureWithUrn(true)
      .setInvokeWithPreview(true);
    try {
      const answer = await unary(this.#client, this.#client.handshake, request);
      this.#protocol.secrets = answer.getAcceptSecrets();
      this.#protocol.resources = answer.getAcceptResources();
      this.#protocol.previews = true;
    } catch (error) {
      if (!isServiceError(error) || error.code !== status.UNIMPLEMENTED) {
        const reason = isServiceError(error) ? error.details : String(error);
        throw new Error(`could not reach the ${this.pkg} provider on port ${port}: ${reason}`);
      }
    }
    try {
      await unary(this.#client, this.#client.attach, new plugin.PluginAttach().setAddress(engine));
    } catch (error) {
      if (!isServiceError(error) || error.code !== status.UNIMPLEMENTED) throw providerError(error);
    }
  }

  async checkConfig(urn: string, olds: PropertyMap, news: PropertyMap): Promise<CheckResult> {
    await this.#ready;
    const to: Receiver = { unknowns: true };
    const request = new pb.CheckRequest()
      .setUrn(urn)
      .setName(nameOf(urn))
      .setType(typeOf(urn))
      .setOlds(marshal(olds, to))
      .setNews(marshal(news, to));
    try {
      const answer = await unary(this.#client, this.#client.checkConfig, request);
      const inputs = unmarshal(answer.getInputs(), {});
      return { inputs: annotateSecrets(inputs, news, containsSecret), failures: failures(answer) };
    } catch (error) {
      if (isServiceError(error) && error.code === status.UNIMPLEMENTED) return { inputs: news, failures: [] };
      throw providerError(error);
    }
  }

  async diffConfig(urn: string, old: Old, news: PropertyMap, ignoreChanges: readonly string[]): Promise<Diff> {
    await this.#ready;
    const to: Receiver = { unknowns: true };
    const request = diffRequest(urn, old, news, ignoreChanges, to);
    try {
      return decodeDiff(await unary(this.#client, this.#client.diffConfig, request));
    } catch (error) {
      if (isServiceError(error) && error.code === status.UNIMPLEMENTED) return { ...noDiff, changes: "unknown" };
      throw providerError(error);
    }
  }

  /** Starts the configuration; calls wait for it, and tell its error. */
  configure(urn: string, id: string, inputs: PropertyMap): void {
    this.#configured = this.#configure(urn, id, inputs);
    this.#configured.catch(() => undefined);
  }

  async #configure(urn: string, id: string, inputs: PropertyMap): Promise<boolean> {
    await this.#ready;
    const request = new pb.ConfigureRequest()
      .setUrn(urn)
      .setName(nameOf(urn))
      .setType(typeOf(urn))
      .setId(id)
      .setAcceptsecrets(true)
      .setAcceptresources(true)
      .setSendsOldInputs(true)
      .setSendsOldInputsToDelete(true)
      .setArgs(marshal(inputs, { unknowns: true, secrets: true, resources: true }));
    for (const [key, value] of Object.entries(inputs)) {
      if (key === "version") continue;
      if (containsUnknown(value)) return false;
      const bare = unwrap(value);
      request
        .getVariablesMap()
        .set(`${providerPackage(typeOf(urn))}:config:${key}`, typeof bare === "string" ? bare : JSON.stringify(bare));
    }
    try {
      const answer = await unary(this.#client, this.#client.configure, request);
      if (!this.#protocol.previews) {
        this.#protocol.secrets = answer.getAcceptsecrets();
        this.#protocol.resources = answer.getAcceptresources();
        this.#protocol.previews = answer.getSupportspreview();
      }
    } catch (error) {
      throw providerError(error);
    }
    return true;
  }

  async #known(): Promise<boolean> {
    if (this.#configured === undefined) throw new Error(`the ${this.pkg} provider was called before it was configured`);
    return this.#configured;
  }

  #to(unknowns: boolean): Receiver {
    return { unknowns, secrets: this.#protocol.secrets, resources: this.#protocol.resources };
  }

  #from(struct: Struct | undefined, ins: PropertyMap, preview: boolean): PropertyMap {
    const outs = unmarshal(struct, { rejectUnknowns: !preview });
    return this.#protocol.secrets ? outs : annotateSecrets(outs, ins, containsSecret);
  }

  async check(urn: string, olds: PropertyMap | undefined, news: PropertyMap, preview: boolean): Promise<CheckResult> {
    if (!(await this.#known())) return { inputs: news, failures: [] };
    const to = this.#to(preview);
    const request = new pb.CheckRequest()
      .setUrn(urn)
      .setName(nameOf(urn))
      .setType(typeOf(urn))
      .setOlds(marshal(olds ?? {}, to))
      .setNews(marshal(news, to))
      .setRandomseed(randomBytes(32));
    try {
      const answer = await unary(this.#client, this.#client.check, request);
      return { inputs: this.#from(answer.getInputs(), news, preview), failures: failures(answer) };
    } catch (error) {
      throw providerError(error);
    }
  }

  async diff(
    urn: string,
    old: Old,
    news: PropertyMap,
    preview: boolean,
    ignoreChanges: readonly string[],
  ): Promise<Diff> {
    if (!(await this.#known())) {
      throw new DiffUnavailable(
        "The provider for this resource has inputs that are not known during preview.\n" +
          "This preview may not correctly represent the changes that will be applied during an update.",
      );
    }
    const request = diffRequest(urn, old, news, ignoreChanges, this.#to(preview)).setId(old.id);
    try {
      return decodeDiff(await unary(this.#client, this.#client.diff, request));
    } catch (error) {
      throw providerError(error);
    }
  }

  async create(urn: string, inputs: PropertyMap, timeout: number, preview: boolean): Promise<Created> {
    if (!(await this.#known())) return { id: "", outputs: {}, refreshBeforeUpdate: false };
    if (preview && !this.#protocol.previews) return { id: "", outputs: inputs, refreshBeforeUpdate: false };
    const request = new pb.CreateRequest()
      .setUrn(urn)
      .setName(nameOf(urn))
      .setType(typeOf(urn))
      .setProperties(marshal(inputs, this.#to(preview)))
      .setTimeout(timeout)
      .setPreview(preview);
    try {
      const answer = await unary(this.#client, this.#client.create, request);
      const id = answer.getId();
      if (id === "" && !preview) throw new ProviderError(`plugin returned empty resource.ID from create '${urn}'`, 2);
      const outputs = this.#from(answer.getProperties(), inputs, preview);
      return { id, outputs, refreshBeforeUpdate: answer.getRefreshBeforeUpdate() };
    } catch (error) {
      throw error instanceof ProviderError ? error : providerError(error);
    }
  }

  async update(
    urn: string,
    old: Old,
    news: PropertyMap,
    timeout: number,
    preview: boolean,
    ignoreChanges: readonly string[],
  ): Promise<Omit<Created, "id">> {
    if (!(await this.#known())) return { outputs: {}, refreshBeforeUpdate: false };
    if (preview && !this.#protocol.previews) return { outputs: news, refreshBeforeUpdate: false };
    const request = new pb.UpdateRequest()
      .setId(old.id)
      .setUrn(urn)
      .setName(nameOf(urn))
      .setType(typeOf(urn))
      .setOlds(marshal(old.outputs, this.#to(false)))
      .setOldInputs(marshal(old.inputs, this.#to(false)))
      .setNews(marshal(news, this.#to(preview)))
      .setTimeout(timeout)
      .setPreview(preview)
      .setIgnorechangesList([...ignoreChanges]);
    try {
      const answer = await unary(this.#client, this.#client.update, request);
      const outputs = this.#from(answer.getProperties(), news, preview);
      return { outputs, refreshBeforeUpdate: answer.getRefreshBeforeUpdate() };
    } catch (error) {
      throw providerError(error);
    }
  }

  async read(
    urn: string,
    id: string,
    inputs: PropertyMap | undefined,
    state: PropertyMap,
    timeout: number,
  ): Promise<ReadResult> {
    if (!(await this.#known())) return { id: "", inputs: {}, outputs: {}, refreshBeforeUpdate: false };
    const request = new pb.ReadRequest()
      .setId(id)
      .setUrn(urn)
      .setName(nameOf(urn))
      .setType(typeOf(urn))
      .setProperties(marshal(state, this.#to(false)))
      .setTimeout(timeout);
    if (inputs !== undefined) request.setInputs(marshal(inputs, this.#to(false)));
    try {
      const answer = await unary(this.#client, this.#client.read, request);
      const [outs, ins] = [answer.getProperties(), answer.getInputs()];
      return {
        id: answer.getId(),
        outputs: outs && this.#from(outs, state, false),
        inputs: ins && this.#from(ins, inputs ?? {}, false),
        refreshBeforeUpdate: answer.getRefreshBeforeUpdate(),
      };
    } catch (error) {
      throw providerError(error);
    }
  }

  async delete(urn: string, old: Old, timeout: number): Promise<void> {
    await this.#known();
    const request = new pb.DeleteRequest()
      .setId(old.id)
      .setUrn(urn)
      .setName(nameOf(urn))
      .setType(typeOf(urn))
      .setProperties(marshal(old.outputs, this.#to(false)))
      .setOldInputs(marshal(old.inputs, this.#to(false)))
      .setTimeout(timeout);
    try {
      await unary(this.#client, this.#client.delete, request);
    } catch (error) {
      throw providerError(error);
    }
  }

  async invoke(token: string, args: PropertyMap, preview: boolean): Promise<CheckResult> {
    if (!(await this.#known())) return { inputs: {}, failures: [] };
    const request = new pb.InvokeRequest()
      .setTok(token)
      .setArgs(marshal(args, this.#to(false)))
      .setPreview(preview);
    try {
      const answer = await unary(this.#client, this.#client.invoke, request);
      const result = unmarshal(answer.getReturn(), { rejectUnknowns: true });
      const veil = containsSecret(args) && !this.#protocol.secrets;
      const seal = (value: Value): Value => (value instanceof Secret ? value : new Secret(value));
      const inputs = veil ? Object.fromEntries(Object.entries(result).map(([k, v]) => [k, seal(v)])) : result;
      return { inputs, failures: failures(answer) };
    } catch (error) {
      throw providerError(error);
    }
  }

  async cancel(): Promise<void> {
    await unary(this.#client, this.#client.cancel, new Empty()).catch(() => undefined);
  }

  close(): void {
    this.#client.close();
  }
}

const failures = (answer: { getFailuresList(): pb.CheckFailure[] }) =>
  answer.getFailuresList().map((f) => ({ property: f.getProperty(), reason: f.getReason() }));

const diffRequest = (urn: string, old: Old, news: PropertyMap, ignoreChanges: readonly string[], to: Receiver) =>
  new pb.DiffRequest()
    .setUrn(urn)
    .setName(nameOf(urn))
    .setType(typeOf(urn))
    .setOldInputs(marshal(old.inputs, to))
    .setOlds(marshal(old.outputs, to))
    .setNews(marshal(news, to))
    .setIgnorechangesList([...ignoreChanges]);

const kinds: readonly DiffKind[] = ["add", "add-replace", "delete", "delete-replace", "update", "update-replace"];

function decodeDiff(answer: pb.DiffResponse): Diff {
  let detailedDiff: DetailedDiff | undefined;
  if (answer.getHasdetaileddiff()) {
    const entries: [string, DetailedDiff[string]][] = [];
    answer.getDetaileddiffMap().forEach((d, path) => {
      entries.push([path, { kind: kinds[d.getKind()] ?? "update", inputDiff: d.getInputdiff() }]);
    });
    detailedDiff = Object.fromEntries(entries);
  }
  const changes = (["unknown", "none", "some"] as const)[answer.getChanges()] ?? "unknown";
  return {
    changes,
    replaceKeys: answer.getReplacesList(),
    stableKeys: answer.getStablesList(),
    changedKeys: answer.getDiffsList(),
    detailedDiff,
    deleteBeforeReplace: answer.getDeletebeforereplace(),
  };
}
