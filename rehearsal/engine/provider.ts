// A resource provider behind gRPC, called as the CLI calls it.

import { randomBytes } from "node:crypto";
import pb from "@pulumi/pulumi/proto/provider_pb";
import { decodeDiff, diffRequest, failures, providerError } from "./answers";
import { restoreContents } from "./assets";
import { Connection } from "./connection";
import type { Diff } from "./diff";
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
import { unary } from "./rpc";
import { nameOf, typeOf } from "./urn";
import { containsSecret, type PropertyMap, Secret, type Value } from "./values";
import { marshal, unmarshal } from "./wire";

/** What a configured provider does with resources. */
export class Plugin extends Connection implements Manager, Invoker {
  async check(urn: string, olds: PropertyMap | undefined, news: PropertyMap, preview: boolean): Promise<CheckResult> {
    if (!(await this.known())) return { inputs: news, failures: [] };
    const to = this.to(preview);
    const request = new pb.CheckRequest()
      .setUrn(urn)
      .setName(nameOf(urn))
      .setType(typeOf(urn))
      .setOlds(marshal(olds ?? {}, to))
      .setNews(marshal(news, to))
      .setRandomseed(randomBytes(32));
    try {
      const answer = await unary(this.client, this.client.check, request);
      return { inputs: this.from(answer.getInputs(), news, preview), failures: failures(answer) };
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
    if (!(await this.known())) {
      throw new DiffUnavailable(
        "The provider for this resource has inputs that are not known during preview.\n" +
          "This preview may not correctly represent the changes that will be applied during an update.",
      );
    }
    const request = diffRequest(urn, old, news, ignoreChanges, this.before(preview)).setId(old.id);
    try {
      return decodeDiff(await unary(this.client, this.client.diff, request));
    } catch (error) {
      throw providerError(error);
    }
  }

  async create(urn: string, inputs: PropertyMap, timeout: number, preview: boolean): Promise<Created> {
    if (!(await this.known())) return { id: "", outputs: {}, refreshBeforeUpdate: false };
    if (preview && !this.protocol.previews) return { id: "", outputs: inputs, refreshBeforeUpdate: false };
    const request = new pb.CreateRequest()
      .setUrn(urn)
      .setName(nameOf(urn))
      .setType(typeOf(urn))
      .setProperties(marshal(inputs, this.to(preview)))
      .setTimeout(timeout)
      .setPreview(preview);
    try {
      const answer = await unary(this.client, this.client.create, request);
      const id = answer.getId();
      if (id === "" && !preview) throw new ProviderError(`plugin returned empty resource.ID from create '${urn}'`, 2);
      const outputs = this.from(answer.getProperties(), inputs, preview);
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
    if (!(await this.known())) return { outputs: {}, refreshBeforeUpdate: false };
    if (preview && !this.protocol.previews) return { outputs: news, refreshBeforeUpdate: false };
    const request = new pb.UpdateRequest()
      .setId(old.id)
      .setUrn(urn)
      .setName(nameOf(urn))
      .setType(typeOf(urn))
      .setOlds(marshal(old.outputs, this.before(false)))
      .setOldInputs(marshal(old.inputs, this.before(false)))
      .setNews(marshal(news, this.to(preview)))
      .setTimeout(timeout)
      .setPreview(preview)
      .setIgnorechangesList([...ignoreChanges]);
    try {
      const answer = await unary(this.client, this.client.update, request);
      const outputs = this.from(answer.getProperties(), news, preview);
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
    if (!(await this.known())) return { id: "", inputs: {}, outputs: {}, refreshBeforeUpdate: false };
    const request = new pb.ReadRequest()
      .setId(id)
      .setUrn(urn)
      .setName(nameOf(urn))
      .setType(typeOf(urn))
      .setProperties(marshal(state, this.before(false)))
      .setTimeout(timeout);
    if (inputs !== undefined) request.setInputs(marshal(inputs, this.before(false)));
    try {
      const answer = await unary(this.client, this.client.read, request);
      const [outs, ins] = [answer.getProperties(), answer.getInputs()];
      return {
        id: answer.getId(),
        outputs: outs && restoreContents(inputs ?? {}, this.from(outs, state, false)),
        inputs: ins && restoreContents(inputs ?? {}, this.from(ins, inputs ?? {}, false)),
        refreshBeforeUpdate: answer.getRefreshBeforeUpdate(),
      };
    } catch (error) {
      throw providerError(error);
    }
  }

  async delete(urn: string, old: Old, timeout: number): Promise<void> {
    await this.known();
    const request = new pb.DeleteRequest()
      .setId(old.id)
      .setUrn(urn)
      .setName(nameOf(urn))
      .setType(typeOf(urn))
      .setProperties(marshal(old.outputs, this.before(false)))
      .setOldInputs(marshal(old.inputs, this.before(false)))
      .setTimeout(timeout);
    try {
      await unary(this.client, this.client.delete, request);
    } catch (error) {
      throw providerError(error);
    }
  }

  async invoke(token: string, args: PropertyMap, preview: boolean): Promise<CheckResult> {
    if (!(await this.known())) return { inputs: {}, failures: [] };
    const request = new pb.InvokeRequest()
      .setTok(token)
      .setArgs(marshal(args, this.to(false)))
      .setPreview(preview);
    try {
      const answer = await unary(this.client, this.client.invoke, request);
      const result = unmarshal(answer.getReturn(), { rejectUnknowns: true });
      const veil = containsSecret(args) && !this.protocol.secrets;
      const seal = (value: Value): Value => (value instanceof Secret ? value : new Secret(value));
      const inputs = veil ? Object.fromEntries(Object.entries(result).map(([k, v]) => [k, seal(v)])) : result;
      return { inputs, failures: failures(answer) };
    } catch (error) {
      throw providerError(error);
    }
  }
}
