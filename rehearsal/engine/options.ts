// A registration's options in the form in which transforms see and change them.

import alias from "@pulumi/pulumi/proto/alias_pb";
import pb from "@pulumi/pulumi/proto/resource_pb";
import type { PropertyMap } from "./values";

export function optionsOf(request: pb.RegisterResourceRequest): pb.TransformResourceOptions {
  const options = new pb.TransformResourceOptions()
    .setImport(request.getImportid())
    .setDependsOnList(request.getDependenciesList())
    .setIgnoreChangesList(request.getIgnorechangesList())
    .setReplaceOnChangesList(request.getReplaceonchangesList())
    .setVersion(request.getVersion())
    .setHideDiffList(request.getHidediffsList())
    .setPluginDownloadUrl(request.getPlugindownloadurl())
    .setDeletedWith(request.getDeletedwith())
    .setReplaceWithList(request.getReplaceWithList())
    .setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList())
    .setProvider(request.getProvider())
    .setAliasesList(aliasList(request));
  if (request.hasProtect()) options.setProtect(request.getProtect() ?? false);
  if (request.hasRetainondelete()) options.setRetainOnDelete(request.getRetainondelete() ?? false);
  if (request.getDeletebeforereplacedefined() || request.getDeletebeforereplace()) {
    options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  }
  if (request.hasHooks()) options.setHooks(request.getHooks());
  if (request.hasCustomtimeouts()) options.setCustomTimeouts(request.getCustomtimeouts());
  if (request.hasReplacementTrigger()) options.setReplacementTrigger(request.getReplacementTrigger());
  request.getProvidersMap().forEach((reference, pkg) => {
    options.getProvidersMap().set(pkg, reference);
  });
  return options;
}

const aliasList = (request: pb.RegisterResourceRequest) => [
  ...request.getAliasurnsList().map((urn) => new alias.Alias().setUrn(urn)),
  ...request.getAliasesList(),
];

/**
 * A provider's plugin is part of its configuration, and so is what it finds in its environment.
 * @param moved variables and the names that the plugin knows them by; those of a rehearsal read none
 */
export function pluginProperties(
  props: PropertyMap,
  options: pb.TransformResourceOptions,
  moved: Readonly<Record<string, string>>,
): PropertyMap {
  const [version, url] = [options.getVersion(), options.getPluginDownloadUrl()];
  const moves = Object.keys(moved).length > 0;
  if (version === "" && url === "" && !moves) return props;
  return {
    ...props,
    ...(version === "" ? {} : { version }),
    __internal: { ...(moves ? { envVarMappings: moved } : {}), ...(url === "" ? {} : { pluginDownloadURL: url }) },
  };
}
