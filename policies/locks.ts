// Azure keeps resources from deletion by a lock over them, over their group, or over what they lie in.
import { fail, pass, unknown } from "./judge";
import { read, text } from "./read";
import type { Context, Judge, View } from "./rule";
import { token } from "./tokens";

const types = [token("azure", "authorization.ManagementLockByScope")];
const atResource = [token("azure", "authorization.ManagementLockAtResourceLevel")];
const atGroup = [token("azure", "authorization.ManagementLockAtResourceGroupLevel")];
const groupType = token("azure", "resources.ResourceGroup");

const locks = (lock: View) => ["cannotdelete", "readonly", ""].includes(text(lock.props, "level").toLowerCase());

/** A lock on the resource group that holds the view. */
function onGroup(view: View, { graph }: Context): boolean {
  const [group] = graph.targets(view, "resourceGroupName", [groupType]).sure;
  const named = text(view.props, "resourceGroupName");
  const byName = graph.ofType(...atGroup).some((lock) => {
    const theirs = read(lock.props, "resourceGroupName");
    return locks(lock) && named !== "" && theirs === named;
  });
  const groups = group
    ? [...graph.companions(group, types, "scope").sure, ...graph.companions(group, atGroup, "resourceGroupName").sure]
    : [];
  return byName || groups.some(locks);
}

/** A lock, or Pulumi's own protection. */
export const guarded: Judge = (view, context) => {
  const expected = "a CanNotDelete lock, or protect";
  if (view.protect) return pass("opts.protect", expected);
  const scoped = context.graph.companions(view, types, "scope");
  const named = context.graph.companions(view, atResource, "resourceName");
  const maybe = [...scoped.maybe, ...named.maybe];
  if ([...scoped.sure, ...named.sure].some(locks) || onGroup(view, context)) return pass("opts.protect", expected);
  return maybe.length > 0 ? unknown("opts.protect", expected) : fail("opts.protect", expected);
};
