// What packs are told of a resource.

import pb from "@pulumi/pulumi/proto/analyzer_pb";
import type { State } from "./resource";
import { nameOf } from "./urn";
import type { PropertyMap } from "./values";
import { marshal } from "./wire";

export interface StackResource {
  readonly state: State;
  readonly provider: State | undefined;
  readonly deleteBeforeReplace: boolean | undefined;
}

const receiver = { unknowns: true, secrets: true };

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

export const analyzeRequest = (
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

export const stackResource = ({ state, provider, deleteBeforeReplace }: StackResource): pb.AnalyzerResource => {
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
