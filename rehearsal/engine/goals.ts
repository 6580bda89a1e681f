import type aliaspb from "@pulumi/pulumi/proto/alias_pb";
import type pb from "@pulumi/pulumi/proto/resource_pb";
import type { Alias, Goal } from "./resource";
import { packageOf, parseReference, providerPackage, typeOf } from "./urn";

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

export const aliasesOf = (list: readonly aliaspb.Alias[]): Alias[] =>
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
