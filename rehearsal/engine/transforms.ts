// Transforms and hooks run in the program: the engine calls back.

import { credentials } from "@grpc/grpc-js";
import { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb";
import callback from "@pulumi/pulumi/proto/callback_pb";
import pb from "@pulumi/pulumi/proto/resource_pb";
import { errorHookRequest, everything, hookRequest } from "./hookrequests";
import type { ErrorHook, Hook } from "./hooks";
import { channelOptions, unary } from "./rpc";
import { dependenciesOf, mapObject, Output, type PropertyMap, Secret, transform, Unknown } from "./values";
import { marshal, unmarshal } from "./wire";

export interface Subject {
  readonly name: string;
  readonly type: string;
  readonly custom: boolean;
  readonly parent: string;
}

export type ResourceTransform = (
  subject: Subject,
  props: PropertyMap,
  options: pb.TransformResourceOptions,
) => Promise<[PropertyMap, pb.TransformResourceOptions]>;

export type InvokeTransform = (
  token: string,
  args: PropertyMap,
  options: pb.TransformInvokeOptions,
) => Promise<[PropertyMap, pb.TransformInvokeOptions]>;

export class Callbacks {
  readonly #clients = new Map<string, CallbacksClient>();
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async #call(to: callback.Callback, request: Uint8Array): Promise<Uint8Array> {
    let client = this.#clients.get(to.getTarget());
    if (client === undefined) {
      client = new CallbacksClient(to.getTarget(), credentials.createInsecure(), channelOptions);
      this.#clients.set(to.getTarget(), client);
    }
    const message = new callback.CallbackInvokeRequest().setToken(to.getToken()).setRequest(request);
    return (await unary(client, client.invoke, message)).getResponse_asU8();
  }

  resource(to: callback.Callback): ResourceTransform {
    return async (subject, props, options) => {
      const request = new pb.TransformRequest()
        .setName(subject.name)
        .setType(subject.type)
        .setCustom(subject.custom)
        .setParent(subject.parent)
        .setProperties(marshal(props, everything))
        .setOptions(options);
      const answer = pb.TransformResponse.deserializeBinary(await this.#call(to, request.serializeBinary()));
      const changed = answer.getProperties();
      return [
        changed === undefined ? props : unmarshal(changed, { keepOutputs: true, folder: this.#folder }),
        answer.getOptions() ?? options,
      ];
    };
  }

  invoke(to: callback.Callback): InvokeTransform {
    return async (token, args, options) => {
      const request = new pb.TransformInvokeRequest()
        .setToken(token)
        .setArgs(marshal(args, everything))
        .setOptions(options);
      const answer = pb.TransformInvokeResponse.deserializeBinary(await this.#call(to, request.serializeBinary()));
      const changed = answer.getArgs();
      return [changed === undefined ? args : unmarshal(changed, {}), answer.getOptions() ?? options];
    };
  }

  hook(to: callback.Callback): Hook["run"] {
    return async (change, done) => {
      const answer = await this.#call(to, hookRequest(change, done).serializeBinary());
      const error = pb.ResourceHookResponse.deserializeBinary(answer).getError();
      if (error !== "") throw new Error(error);
    };
  }

  errorHook(to: callback.Callback): ErrorHook {
    return async (change, operation, errors) => {
      const request = errorHookRequest(change, operation, errors);
      const answer = pb.ErrorHookResponse.deserializeBinary(await this.#call(to, request.serializeBinary()));
      if (answer.getError() !== "") throw new Error(answer.getError());
      return answer.getRetry();
    };
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
  }
}

/** For transforms, secrets and unknowns become outputs: inside an object they stay where they are. */
export const asOutputs = (props: PropertyMap): PropertyMap =>
  mapObject(props, (value) =>
    transform(value, (v) => {
      if (v instanceof Unknown) return new Output(undefined, false, []);
      if (v instanceof Secret) return new Output(v.element instanceof Unknown ? undefined : v.element, true, []);
      return undefined;
    }),
  );

/** ... and each property brings along what it depends on. */
export const withDependencies = (
  props: PropertyMap,
  dependencies: Readonly<Record<string, readonly string[]>>,
): PropertyMap =>
  mapObject(props, (value, key) => {
    const needed = dependencies[key] ?? [];
    const has = dependenciesOf(value);
    if (needed.every((urn) => has.has(urn))) return value;
    if (value instanceof Output) {
      return new Output(value.element, value.secret, [...new Set([...value.dependencies, ...needed])]);
    }
    return new Output(value, false, needed);
  });
