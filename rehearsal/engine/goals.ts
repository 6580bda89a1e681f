import type aliaspb from "@pulumi/pulumi/proto/alias_pb";
import type pb from "@pulumi/pulumi/proto/resource_pb";
import { bindingsOf } from "./hookrequests";
import { formatPath, parsePath } from "./paths";
import { sourcePosition, stackTrace } from "./positions";
import type { Alias, Goal } from "./resource";
import { timeouts } from "./timeouts";
import { packageOf, parseReference, providerPackage, typeOf } from "./urn";
import { unmarshalValue } from "./wire";

/** What a child has from its parent unless it says otherwise. */
export function inherit(child: pb.RegisterResourceRequest, parent: Goal): void {
  if (child.getDeletedwith() === "") child.setDeletedwith(parent.deletedWith);
  if (!child.hasProtect() && parent.protect !== undefined) child.setProtect(parent.protect);
  if (!child.hasRetainondelete() && parent.retainOnDelete !== undefined) child.setRetainondelete(parent.retainOnDelete);
  if (child.getProvider() === "" && parent.provider !== "") {
    const pkg = providerPackage(typeOf(parseReference(parent.provider).urn));
    if (!child.getCustom() || pkg === packageOf(child.getType())) child.setProvider(parent.provider);
  }
}

const aliasesOf = (list: readonly aliaspb.Alias[]): Alias[] =>
  list.map((alias) => {
    const spec = alias.getSpec();
    if (spec === undefined) return { urn: alias.getUrn() };
    return {
      name: spec.getName(),
      type: spec.getType(),
      stack: spec.getStack(),
      project: spec.getProject(),
      parent: spec.hasParenturn() ? spec.getParenturn() : "",
      noParent: spec.hasNoparent() && spec.getNoparent(),
    };
  });

/** A registration and its options, as the transforms left them, with what the monitor has found out about it. */
export function goalOf(
  request: pb.RegisterResourceRequest,
  options: pb.TransformResourceOptions,
  resolved: Pick<Goal, "properties" | "dependencies" | "provider" | "propertyDependencies"> & { readonly root: string },
): Goal {
  const trigger = options.getReplacementTrigger();
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    properties: resolved.properties,
    parent: request.getParent(),
    protect: options.hasProtect() ? options.getProtect() : undefined,
    dependencies: resolved.dependencies,
    provider: resolved.provider,
    propertyDependencies: resolved.propertyDependencies,
    deleteBeforeReplace: options.hasDeleteBeforeReplace() ? options.getDeleteBeforeReplace() : undefined,
    ignoreChanges: options.getIgnoreChangesList(),
    additionalSecretOutputs: options.getAdditionalSecretOutputsList(),
    aliases: aliasesOf(options.getAliasesList()),
    id: options.getImport(),
    customTimeouts: timeouts(options.getCustomTimeouts()),
    replaceOnChanges: options.getReplaceOnChangesList(),
    replacementTrigger: trigger === undefined ? null : unmarshalValue(trigger, {}, "replacementTrigger"),
    retainOnDelete: options.hasRetainOnDelete() ? options.getRetainOnDelete() : undefined,
    hideDiff: options.getHideDiffList().map((path) => formatPath(parsePath(path))),
    deletedWith: options.getDeletedWith(),
    replaceWith: options.getReplaceWithList(),
    hooks: bindingsOf(options.getHooks()),
    sourcePosition: sourcePosition(resolved.root, request.getSourceposition()),
    stackTrace: stackTrace(resolved.root, request.getStacktrace()),
  };
}
