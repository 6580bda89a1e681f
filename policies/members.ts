// Who a Google Cloud grant names.
import { fail, pass, unknown } from "./judge";
import { isUnknown, list } from "./read";
import type { Judge } from "./rule";

const everyone = ["allUsers", "allAuthenticatedUsers"];

/** No anonymous member, in the one-member form or the list form. */
export const publicMembers: Judge = (view) => {
  const expected = "no allUsers or allAuthenticatedUsers";
  const path = view.props["members"] === undefined ? "member" : "members";
  const members = list(view.props, path);
  if (typeof members === "symbol") return unknown(path, expected);
  if (members.some((one) => everyone.includes(one as string))) return fail(path, expected);
  return members.some(isUnknown) ? unknown(path, expected) : pass(path, expected);
};
