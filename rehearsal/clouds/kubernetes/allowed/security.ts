// What both a pod and a container say of how safely they run. k8s.io/kubernetes pkg/apis/core/validation, release 1.35.
import { isSet, object, text } from "../../values";
import { between, both, filled, oneOf, type Rule } from "./rules";

export const id = between(0, 2_147_483_647);
export const seccomp = both(filled, oneOf("Localhost", "RuntimeDefault", "Unconfined"));

/** A profile of the node's own needs its name, and no other has one. */
export const profile: Rule = (value) => {
  const { type, localhostProfile } = object(value);
  if (typeof type === "symbol" || typeof localhostProfile === "symbol") return undefined;
  if (type === "Localhost" && !isSet(localhostProfile))
    return [["localhostProfile", "Required value: must be set when type is Localhost"]];
  return type !== "Localhost" && isSet(localhostProfile)
    ? [["localhostProfile", `Invalid value: "${text(localhostProfile) ?? ""}": can only be set when type is Localhost`]]
    : undefined;
};
