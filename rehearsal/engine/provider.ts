// A resource provider behind gRPC, called as the CLI calls it.

import { randomBytes } from "node:crypto";
import { credentials, status } from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import pb from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { decodeDiff, diffRequest, failures, providerError } from "./answers";
import { type Diff, noDiff } from "./diff";
import {
  type CheckResult,
  type Created,
  DiffUnavailable,
  type Invoker,
  type Manager,
  type Old,
  ProviderError,
  type ReadResult,
} from "./manager";
import { channelOptions, isServiceError, unary } from "./rpc";
import { nameOf, providerPackage, typeOf } from "./urn";
import { containsSecret, containsUnknown, type PropertyMap, Secret, unwrap, type Value } from "./values";
import { annotateSecrets, marshal, type Receiver, unmarshal } from "./wire";

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
