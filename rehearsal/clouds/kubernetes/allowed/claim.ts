// What a claim for storage may ask for, wherever it stands. k8s.io/kubernetes pkg/apis/core/validation, release 1.35.
import { isSet, list, object, text } from "../../values";
import { type Below, exactly, filled, form, quantity, type Rule } from "./rules";
import { selector } from "./selectors";

const modes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

const requests: Rule = (value) => {
  const { resources, accessModes, ...sources } = object(value);
  const found: Below[] = [];
  const asked = object(object(resources)["requests"])["storage"];
  if (typeof resources !== "symbol" && typeof object(resources)["requests"] !== "symbol" && !isSet(asked))
    found.push(["resources[storage]", "Required value"]);
  const wrong = asked === undefined || typeof asked === "symbol" ? undefined : quantity(1)(asked);
  if (typeof wrong === "string") found.push(["resources[storage]", wrong]);
  if (typeof accessModes !== "symbol" && list(accessModes).length === 0)
    found.push(["accessModes", "Required value: at least 1 access mode is required"]);
  if (list(accessModes).includes("ReadWriteOncePod") && list(accessModes).some((one) => one !== "ReadWriteOncePod"))
    found.push(["accessModes", "Forbidden: may not use ReadWriteOncePod with other access modes"]);
  for (const key of ["dataSource", "dataSourceRef"]) {
    const { kind, apiGroup } = object(sources[key]);
    const group = text(apiGroup) ?? "";
    if (text(kind) !== undefined && typeof apiGroup !== "symbol" && group === "" && kind !== "PersistentVolumeClaim")
      found.push([
        key,
        `Invalid value: "${text(kind)}": must be 'PersistentVolumeClaim' when referencing the default apiGroup`,
      ]);
  }
  return found;
};

/** What is said of a claim that has no spec. */
export const claimless = (at: string): readonly Below[] => {
  const wrong = requests({});
  return Array.isArray(wrong) ? (wrong as readonly Below[]).map(([path, said]) => [`${at}.${path}`, said]) : [];
};

/** Rules of a claim's spec, at a path. */
export const claimAt = (at: string): Readonly<Record<string, Rule>> => ({
  [at]: requests,
  [`${at}.accessModes.*`]: exactly(...modes),
  ...Object.fromEntries(
    ["dataSource.kind", "dataSource.name", "dataSourceRef.kind", "dataSourceRef.name"].map((key) => [
      `${at}.${key}`,
      filled,
    ]),
  ),
  [`${at}.dataSource.apiGroup`]: form("subdomain"),
  [`${at}.dataSourceRef.apiGroup`]: form("subdomain"),
  [`${at}.selector`]: selector,
  [`${at}.storageClassName`]: form("subdomain"),
  [`${at}.volumeAttributesClassName`]: form("subdomain"),
  [`${at}.volumeMode`]: exactly("Block", "Filesystem"),
});
