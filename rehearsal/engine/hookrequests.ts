// What a hook is told, in the protocol's form.

import aliaspb from "@pulumi/pulumi/proto/alias_pb";
import pb from "@pulumi/pulumi/proto/resource_pb";
import type { Change, HookBindings } from "./hooks";
import type { State } from "./resource";
import { durationText } from "./timeouts";
import { nameOf, typeOf } from "./urn";
import { marshal, type Receiver } from "./wire";

/** Transforms and hooks are shown all there is to a value. */
export const everything: Receiver = { unknowns: true, secrets: true, resources: true, outputs: true };

export function hookRequest(change: Change, done: boolean): pb.ResourceHookRequest {
  const request = tell(new pb.ResourceHookRequest(), change);
  return done && change.now ? request.setNewOutputs(marshal(change.now.outputs, everything)) : request;
}

export const errorHookRequest = (change: Change, operation: string, errors: readonly string[]): pb.ErrorHookRequest =>
  tell(new pb.ErrorHookRequest(), change)
    .setFailedOperation(operation)
    .setErrorsList([...errors]);

function tell<T extends pb.ResourceHookRequest | pb.ErrorHookRequest>(request: T, { old, now }: Change): T {
  const { id, urn } = (now ?? old) as State;
  request.setUrn(urn).setId(id).setName(nameOf(urn)).setType(typeOf(urn));
  if (now) request.setNewInputs(marshal(now.inputs, everything)).setNewOptions(optionsOf(now));
  if (old) request.setOldInputs(marshal(old.inputs, everything)).setOldOptions(optionsOf(old));
  if (old) request.setOldOutputs(marshal(old.outputs, everything));
  return request;
}

/** The options that a state remembers. */
function optionsOf(state: State): pb.ResourceOptions {
  const options = new pb.ResourceOptions()
    .setParent(state.parent)
    .setProvider(state.provider)
    .setDependsOnList([...state.dependencies])
    .setProtect(state.protect)
    .setRetainOnDelete(state.retainOnDelete)
    .setImport(state.importID)
    .setDeletedWith(state.deletedWith)
    .setReplaceWithList([...state.replaceWith])
    .setIgnoreChangesList([...state.ignoreChanges])
    .setReplaceOnChangesList([...state.replaceOnChanges])
    .setHideDiffList([...state.hideDiff])
    .setAdditionalSecretOutputsList([...state.additionalSecretOutputs])
    .setAliasesList(state.aliases.map((urn) => new aliaspb.Alias().setUrn(urn)));
  const { create = 0, update = 0, delete: gone = 0, read = 0 } = state.customTimeouts;
  if (create + update + gone + read > 0) {
    const timeouts = new pb.RegisterResourceRequest.CustomTimeouts()
      .setCreate(durationText(create))
      .setUpdate(durationText(update))
      .setDelete(durationText(gone))
      .setRead(durationText(read));
    options.setCustomTimeouts(timeouts);
  }
  return Object.keys(state.hooks).length > 0 ? options.setHooks(bindingOf(state.hooks)) : options;
}

const bindingOf = (hooks: HookBindings): pb.RegisterResourceRequest.ResourceHooksBinding =>
  new pb.RegisterResourceRequest.ResourceHooksBinding()
    .setBeforeCreateList([...(hooks.BeforeCreate ?? [])])
    .setAfterCreateList([...(hooks.AfterCreate ?? [])])
    .setBeforeUpdateList([...(hooks.BeforeUpdate ?? [])])
    .setAfterUpdateList([...(hooks.AfterUpdate ?? [])])
    .setBeforeDeleteList([...(hooks.BeforeDelete ?? [])])
    .setAfterDeleteList([...(hooks.AfterDelete ?? [])])
    .setOnErrorList([...(hooks.OnError ?? [])]);

/** The hooks that a registration names. */
export function bindingsOf(given: pb.RegisterResourceRequest.ResourceHooksBinding | undefined): HookBindings {
  if (given === undefined) return {};
  const all: HookBindings = {
    BeforeCreate: given.getBeforeCreateList(),
    AfterCreate: given.getAfterCreateList(),
    BeforeUpdate: given.getBeforeUpdateList(),
    AfterUpdate: given.getAfterUpdateList(),
    BeforeDelete: given.getBeforeDeleteList(),
    AfterDelete: given.getAfterDeleteList(),
    OnError: given.getOnErrorList(),
  };
  return Object.fromEntries(Object.entries(all).filter(([, names]) => names.length > 0));
}
