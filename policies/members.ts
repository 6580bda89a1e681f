// Who a Google Cloud grant names.
import { fail, pass, unknown } from "./judge";
import { isUnknown, list } from "./read";
import type { Judge } from "./rule";

const everyone = ["allUsers", "allAuthenticatedUsers"];

/**
 * No anonymous member, in the one-member form or the list form. A member that is computed from another resource (a
 * service agent, an account made here) is somebody, so it passes before its name is known.
 */
export const publicMembers: Judge = (view) => {
  const expected = "no allUsers or allAuthenticatedUsers";
  const path = view.props["members"] === undefined ? "member" : "members";
  const members = list(view.props, path);
  const computed = (view.propertyDependencies[path] ?? []).length > 0;
  const open = typeof members === "symbol" || members.some(isUnknown);
  if (typeof members !== "symbol" && members.some((one) => everyone.includes(one as string)))
    return fail(path, expected);
  return open && !computed ? unknown(path, expected) : pass(path, expected);
};
