// What an API server checks of roles and bindings. k8s.io/kubernetes pkg/apis/rbac/validation, release 1.35.
import { isSet, list, object, pickAll, text } from "../values";
import { supportedAt } from "./container";
import { gather } from "./traffic";

/** @param spaced whether it is a Role, whose rules end at its namespace */
export const roleRules = (spaced: boolean) =>
  gather((inputs, refuse) => {
    for (const { path, value } of pickAll(inputs, "rules.*")) {
      if (typeof value === "symbol") continue;
      const rule = object(value);
      if (Object.values(rule).some((one) => typeof one === "symbol")) continue;
      const [groups, resources, urls] = ["apiGroups", "resources", "nonResourceURLs"].map((key) => list(rule[key]));
      if (list(rule["verbs"]).length === 0)
        refuse(`${path}.verbs`, "Required value: verbs must contain at least one value");
      if (urls !== undefined && urls.length > 0) {
        if (spaced)
          refuse(`${path}.nonResourceURLs`, "Invalid value: namespaced rules cannot apply to non-resource URLs");
        if ((groups?.length ?? 0) + (resources?.length ?? 0) > 0)
          refuse(
            `${path}.nonResourceURLs`,
            "Invalid value: rules cannot apply to both regular resources and non-resource URLs",
          );
        continue;
      }
      if (groups?.length === 0)
        refuse(`${path}.apiGroups`, "Required value: resource rules must supply at least one api group");
      if (resources?.length === 0)
        refuse(`${path}.resources`, "Required value: resource rules must supply at least one resource");
    }
  });

/** @param spaced whether it is a RoleBinding, which may name either kind of role */
export const binding = (spaced: boolean) =>
  gather((inputs, refuse) => {
    const role = object(inputs["roleRef"]);
    supportedAt(refuse, "roleRef.kind", role["kind"], spaced ? ["Role", "ClusterRole"] : ["ClusterRole"]);
    if (isSet(role["apiGroup"]))
      supportedAt(refuse, "roleRef.apiGroup", role["apiGroup"], ["rbac.authorization.k8s.io"]);
    for (const { path, value } of pickAll(inputs, "subjects.*")) {
      const { kind, namespace, apiGroup, name } = object(value);
      if (name === "") refuse(`${path}.name`, "Required value");
      if (!spaced && kind === "ServiceAccount" && (!isSet(namespace) || namespace === ""))
        refuse(`${path}.namespace`, "Required value");
      if (kind === "ServiceAccount" && isSet(apiGroup) && apiGroup !== "")
        refuse(`${path}.apiGroup`, `Unsupported value: "${text(apiGroup) ?? ""}": supported values: ""`);
    }
  });
