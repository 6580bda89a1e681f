// How a resource provider behind gRPC is reached and configured, as the CLI does it.

import { credentials, status } from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import pb from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { decodeDiff, diffRequest, failures, providerError } from "./answers";
import { type Diff, noDiff } from "./diff";
import type { CheckResult, Old } from "./manager";
import { channelOptions, isServiceError, unary } from "./rpc";
import { nameOf, providerPackage, typeOf } from "./urn";
import { containsSecret, containsUnknown, type PropertyMap, unwrap } from "./values";
import { annotateSecrets, marshal, type Receiver, unmarshal } from "./wire";

interface Protocol {
  secrets: boolean;
  resources: boolean;
  previews: boolean;
}

/** A connection of its own to a port of this machine. */
export const overPort = (port: number): ResourceProviderClient =>
  new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
    ...channelOptions,
    "grpc.use_local_subchannel_pool": 1,
  });

/** One configured instance of a package. Its connection is its own: a server tells instances apart by it. */
export abstract class Connection {
  protected readonly client: ResourceProviderClient;
  protected readonly protocol: Protocol = { secrets: false, resources: false, previews: false };
  #configured: Promise<boolean> | undefined;
  readonly #ready: Promise<void>;
  readonly pkg: string;

  constructor(pkg: string, client: ResourceProviderClient, engine: string) {
    this.pkg = pkg;
    this.client = client;
    this.#ready = this.#handshake(engine);
    this.#ready.catch(() => undefined); // said by whoever calls first
  }

  async #handshake(engine: string): Promise<void> {
    const request = new pb.ProviderHandshakeRequest()
      .setEngineAddress(engine)
      .setConfigureWithUrn(true)
      .setInvokeWithPreview(true);
    try {
      const answer = await unary(this.client, this.client.handshake, request);
      this.protocol.secrets = answer.getAcceptSecrets();
      this.protocol.resources = answer.getAcceptResources();
      this.protocol.previews = true;
    } catch (error) {
      if (!isServiceError(error) || error.code !== status.UNIMPLEMENTED) {
        const reason = isServiceError(error) ? error.details : String(error);
        throw new Error(`could not reach the ${this.pkg} provider: ${reason}`);
      }
    }
    try {
      await unary(this.client, this.client.attach, new plugin.PluginAttach().setAddress(engine));
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
      const answer = await unary(this.client, this.client.checkConfig, request);
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
      return decodeDiff(await unary(this.client, this.client.diffConfig, request));
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
      const answer = await unary(this.client, this.client.configure, request);
      if (!this.protocol.previews) {
        this.protocol.secrets = answer.getAcceptsecrets();
        this.protocol.resources = answer.getAcceptresources();
        this.protocol.previews = answer.getSupportspreview();
      }
    } catch (error) {
      throw providerError(error);
    }
    return true;
  }

  protected async known(): Promise<boolean> {
    if (this.#configured === undefined) throw new Error(`the ${this.pkg} provider was called before it was configured`);
    return this.#configured;
  }

  protected to(unknowns: boolean): Receiver {
    return { unknowns, secrets: this.protocol.secrets, resources: this.protocol.resources };
  }

  /** The same for what was, whose files a provider is told by their hash alone. */
  protected before(unknowns: boolean): Receiver {
    return { ...this.to(unknowns), elide: true };
  }

  protected from(struct: Struct | undefined, ins: PropertyMap, preview: boolean): PropertyMap {
    const outs = unmarshal(struct, { rejectUnknowns: !preview });
    return this.protocol.secrets ? outs : annotateSecrets(outs, ins, containsSecret);
  }

  async cancel(): Promise<void> {
    await unary(this.client, this.client.cancel, new Empty()).catch(() => undefined);
  }

  close(): void {
    this.client.close();
  }
}
