// K8S-14, SEC-11: what roles of a cluster grant, and to whom.
import { bindings, bindsNone, eachRule, eachSubject, type Fault, has, type PolicyRule, roles } from "../cluster-grants";
import { all } from "../judge";
import { text } from "../read";
import { rule } from "../rule";
import { kubernetes } from "../tokens";

const inCore = ({ groups }: PolicyRule) => groups.length === 0 || has(groups, "", "*");

const wildcard: Fault = ({ verbs, resources, urls }) => {
  if (has(verbs, "*")) return "verbs without *";
  return has(resources, "*") || has(urls, "*", "/*") ? "resources without *" : undefined;
};
const reaches: Fault = (one) => {
  const { verbs, resources, names } = one;
  if (!inCore(one)) return undefined;
  if (has(resources, "secrets") && (has(verbs, "list", "watch") || (has(verbs, "get") && names.length === 0)))
    return "secrets by resourceNames and get alone";
  const enters = has(resources, "pods/exec", "pods/attach") && has(verbs, "create", "get");
  return enters ? "no pods/exec or pods/attach" : undefined;
};

const groups = [
  ...["system:masters", "system:anonymous", "system:unauthenticated", "system:authenticated", "system:serviceaccounts"],
];
const shared = (subject: unknown) => {
  const name = text(subject, "name");
  if (groups.includes(name)) return "no group of everyone, and no system:masters";
  const isDefault = text(subject, "kind") === "ServiceAccount" && name === "default";
  return isDefault ? "an account other than default" : undefined;
};

export const least = rule(
  "k8s-rbac-least",
  kubernetes(
    roles,
    eachRule((one) => wildcard(one) ?? reaches(one)),
  ),
  kubernetes(bindings, all(bindsNone(["cluster-admin"]), eachSubject(shared))),
);
