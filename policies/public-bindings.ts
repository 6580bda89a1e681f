// Whole IAM policies of Google Cloud, as JSON text.
import { fail, pass, unknown } from "./judge";
import { isUnknown, list, read } from "./read";
import type { Judge } from "./rule";

const everyone = ["allUsers", "allAuthenticatedUsers"];

/** No binding names everybody. */
export const publicBindings =
  (path: string): Judge =>
  ({ props }) => {
    const expected = "no allUsers or allAuthenticatedUsers";
    const value = read(props, path);
    if (isUnknown(value)) return unknown(path, expected);
    let policy = value;
    if (typeof value === "string") {
      try {
        policy = JSON.parse(value);
      } catch {
        return unknown(path, expected);
      }
    }
    const bindings = list(policy, "bindings");
    const members = typeof bindings === "symbol" ? [] : bindings.map((one) => list(one, "members"));
    const open = members.some(
      (some) => typeof some !== "symbol" && some.some((one) => everyone.includes(one as string)),
    );
    return open ? fail(path, expected) : pass(path, expected);
  };
