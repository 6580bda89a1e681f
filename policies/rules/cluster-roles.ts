// K8S-14, SEC-11: what roles of a cluster grant, and to whom.
import { fail, notApplicable, pass, unknown } from "../judge";
import { isUnknown, join, list, read, text } from "../read";
import { type Judge, rule, type Verdict } from "../rule";
import { kubernetes } from "../tokens";

type Fault = (rule: PolicyRule) => string | undefined;
interface PolicyRule {
  readonly verbs: readonly unknown[];
  readonly resources: readonly unknown[];
  readonly groups: readonly unknown[];
  readonly urls: readonly unknown[];
  readonly names: readonly unknown[];
}

const texts = (raw: unknown, path: string): readonly unknown[] => {
  const found = list(raw, path);
  return typeof found === "symbol" ? [found] : found;
};
const policyRule = (raw: unknown): PolicyRule => ({
  verbs: texts(raw, "verbs"),
  resources: texts(raw, "resources"),
  groups: texts(raw, "apiGroups"),
  urls: texts(raw, "nonResourceURLs"),
  names: texts(raw, "resourceNames"),
});

/** Every rule of a role, by what is wrong with it. An aggregated role has none of its own. */
const eachRule =
  (fault: Fault): Judge =>
  ({ props }) => {
    const rules = list(props, "rules");
    if (typeof rules === "symbol") return unknown("rules", "least privilege");
    if (rules.length === 0) return notApplicable("no rules of its own");
    return rules.map((raw, index): Verdict => {
      const path = join("rules", index);
      const one = policyRule(raw);
      const wrong = fault(one);
      if (wrong) return fail(path, wrong);
      const open = isUnknown(raw) || [...one.verbs, ...one.resources, ...one.groups].some(isUnknown);
      return open ? unknown(path, "least privilege") : pass(path);
    });
  };
const has = (values: readonly unknown[], ...wanted: readonly string[]) => wanted.some((one) => values.includes(one));
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
  return has(resources, "pods/exec", "pods/attach") && has(verbs, "create", "get")
    ? "no pods/exec or pods/attach"
    : undefined;
};

/** What a binding says, told by one rule or another: which role, and to whom. */
const binding =
  (roles: readonly string[], subjects: (subject: unknown) => string | undefined): Judge =>
  ({ props }) => {
    const name = read(props, "roleRef.name");
    const path = "roleRef.name";
    const role = isUnknown(name)
      ? unknown(path, "a role of few rights")
      : roles.includes(String(name))
        ? fail(path, `a role other than ${roles.join(", ")}`)
        : pass(path);
    const found = list(props, "subjects");
    if (typeof found === "symbol") return [role, unknown("subjects", "named subjects")];
    const told = found.map((subject, index): Verdict => {
      const at = join("subjects", index, "name");
      const wrong = subjects(subject);
      if (wrong) return fail(at, wrong);
      return isUnknown(subject) || isUnknown(read(subject, "name")) ? unknown(at, "a named subject") : pass(at);
    });
    return [role, ...told];
  };

const groups = [
  "system:masters",
  "system:anonymous",
  "system:unauthenticated",
  "system:authenticated",
  "system:serviceaccounts",
];
const shared = (subject: unknown) => {
  const name = text(subject, "name");
  if (groups.includes(name)) return "no group of everyone, and no system:masters";
  const isDefault = text(subject, "kind") === "ServiceAccount" && name === "default";
  return isDefault ? "an account other than default" : undefined;
};
const bindings = "rbac.RoleBinding, rbac.ClusterRoleBinding";
const roles = "rbac.Role, rbac.ClusterRole";

export const least = rule(
  "k8s-rbac-least",
  kubernetes(
    roles,
    eachRule((one) => wildcard(one) ?? reaches(one)),
  ),
  kubernetes(bindings, binding(["cluster-admin"], shared)),
);
