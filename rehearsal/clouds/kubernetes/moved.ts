// Whether a field that an API server lets nobody change has been changed.
import type { Value } from "../row";
import { isObject, isSet, list, same } from "../values";
import { amount } from "./forms";

/** What is left out keeps its value or takes the server's, but limits are gone; tolerations may be added. */
export function moved(path: string, before: Value | undefined, after: Value | undefined): boolean {
  if (path === "spec.tolerations") return !list(before).every((one) => list(after).some((other) => alike(one, other)));
  return isSet(after) ? !alike(before, after) : path.endsWith(".limits");
}

/** Quantities are compared as amounts: `1Gi` is `1024Mi`. */
function alike(before: Value | undefined, after: Value | undefined): boolean {
  if (isObject(before) && isObject(after))
    return [...Object.keys(before), ...Object.keys(after)].every((key) => alike(before[key], after[key]));
  return same(before, after) || (amount(before) !== undefined && amount(before) === amount(after));
}
