// Names and amounts of resources: of containers, of quotas. k8s.io/kubernetes pkg/apis/core/{helper,validation}, release 1.35.
import type { Props, Value } from "../row";
import { number, object, text } from "../values";
import type { Refuse } from "./container";
import { amount, keyWrong } from "./forms";

const ofContainers = ["cpu", "memory", "ephemeral-storage"];
const counted = [
  ...["pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps"],
  ...["persistentvolumeclaims", "services.nodeports", "services.loadbalancers"],
];
/** What a quota measures of the server's own. */
const ofQuotas = [
  ...ofContainers.flatMap((one) => [one, `limits.${one}`, `requests.${one}`]),
  ...counted,
  "requests.storage",
];
const huge = /^hugepages-/;
export const isOfQuotas = (name: string): boolean => ofQuotas.includes(name) || /^(requests\.)?hugepages-/.test(name);
const isNative = (name: string): boolean => !name.includes("/") || name.includes("kubernetes.io/");
/** Devices and huge pages: nobody gets fewer than their limit. */
const isShared = (name: string): boolean => isNative(name) && !huge.test(name);

/** What is wrong with the name of a resource where containers, quotas or volumes ask for it. */
export function nameOfResourceWrong(name: string, of: "container" | "quota" | "any"): string | undefined {
  const wrong = keyWrong(name);
  if (wrong !== undefined || name.includes("/")) return wrong;
  if (huge.test(name) || (name.startsWith("requests.hugepages-") && of !== "container")) return undefined;
  if (of === "container" && !ofContainers.includes(name))
    return `Invalid value: "${name}": must be a standard resource for containers`;
  if (of === "quota" && !ofQuotas.includes(name))
    return `Invalid value: "${name}": must be a standard resource for quota`;
  return ofQuotas.includes(name) || name === "storage"
    ? undefined
    : `Invalid value: "${name}": must be a standard resource type or fully qualified`;
}

export function amountWrong(name: string, value: Value): string | undefined {
  const given = amount(value);
  const said = text(value) ?? String(number(value));
  if (given !== undefined && given < 0) return `Invalid value: "${said}": must be greater than or equal to 0`;
  const whole = counted.includes(name) || (!isNative(name) && !name.startsWith("requests."));
  return given !== undefined && whole && !Number.isInteger(given)
    ? `Invalid value: "${said}": must be an integer`
    : undefined;
}

/** `resources` of a container. */
export function resourcesWrong(resources: Props, path: string, refuse: Refuse): void {
  const [limits, requests] = [object(resources["limits"]), object(resources["requests"])];
  for (const [which, amounts] of Object.entries({ limits, requests }))
    for (const [name, value] of Object.entries(amounts)) {
      const at = `${path}.${which}[${name}]`;
      const wrong = nameOfResourceWrong(name, "container") ?? amountWrong(name, value);
      if (wrong !== undefined) refuse(at, wrong);
    }
  if (typeof resources["limits"] === "symbol") return;
  for (const [name, value] of Object.entries(requests)) {
    const [asked, most] = [amount(value), amount(limits[name])];
    const said = text(value) ?? String(number(value));
    const top = text(limits[name]) ?? String(number(limits[name]));
    if (limits[name] === undefined && !isShared(name))
      refuse(`${path}.limits`, "Required value: Limit must be set for non overcommitable resources");
    if (asked === undefined || most === undefined) continue;
    if (asked > most || (asked !== most && !isShared(name)))
      refuse(
        `${path}.requests`,
        `Invalid value: "${said}": must be ${isShared(name) ? "less than or equal to" : "equal to"} ${name} limit of ${top}`,
      );
  }
}
