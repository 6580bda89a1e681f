// Roles and bindings of a cluster, rule by rule and subject by subject.
import { fail, notApplicable, pass, unknown } from "./judge";
import { isUnknown, join, list, read } from "./read";
import type { Judge, Verdict } from "./rule";

export interface PolicyRule {
  readonly verbs: readonly unknown[];
  readonly resources: readonly unknown[];
  readonly groups: readonly unknown[];
  readonly urls: readonly unknown[];
  readonly names: readonly unknown[];
}
/** What is wrong with a rule of a role; undefined where nothing is. */
export type Fault = (rule: PolicyRule) => string | undefined;

export const roles = "rbac.Role, rbac.ClusterRole";
export const bindings = "rbac.RoleBinding, rbac.ClusterRoleBinding";
export const has = (values: readonly unknown[], ...wanted: readonly string[]): boolean =>
  wanted.some((one) => values.includes(one));

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

/** Every rule of a role. An aggregated role has none of its own. */
export const eachRule =
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

/** The role of a binding is none of these. */
export const bindsNone =
  (banned: readonly string[]): Judge =>
  ({ props }) => {
    const path = "roleRef.name";
    const expected = `a role other than ${banned.join(", ")}`;
    const name = read(props, path);
    if (isUnknown(name)) return unknown(path, expected);
    return banned.includes(String(name)) ? fail(path, expected) : pass(path, expected);
  };

/** Every subject of a binding, by what is wrong with it. */
export const eachSubject =
  (fault: (subject: unknown) => string | undefined): Judge =>
  ({ props }) => {
    const found = list(props, "subjects");
    if (typeof found === "symbol") return unknown("subjects", "named subjects");
    if (found.length === 0) return pass("subjects");
    return found.map((subject, index): Verdict => {
      const path = join("subjects", index, "name");
      const wrong = fault(subject);
      if (wrong) return fail(path, wrong);
      return isUnknown(subject) || isUnknown(read(subject, "name")) ? unknown(path, "a named subject") : pass(path);
    });
  };
