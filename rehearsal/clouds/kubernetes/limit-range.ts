// What an API server checks of LimitRanges and ResourceQuotas themselves. k8s.io/kubernetes pkg/apis/core/validation,
// release 1.35.
import type { Props, Refusal } from "../row";
import { isSet, list, object, pick, pickAll, text } from "../values";
import type { Refuse } from "./container";
import { amount, keyWrong } from "./forms";
import { amountWrong, isOfQuotas, nameOfResourceWrong } from "./resources";
import { gather } from "./traffic";

type Check = (inputs: Props) => readonly Refusal[];

const compute = ["cpu", "memory"].flatMap((one) => [one, `limits.${one}`, `requests.${one}`]);
const ofPods = ["pods", ...compute];
const ofClaims = ["persistentvolumeclaims", "requests.storage"];
/** Resources that a quota's scope may measure. */
const scopes: Readonly<Record<string, readonly string[]>> = {
  BestEffort: ["pods"],
  CrossNamespacePodAffinity: ofPods,
  NotBestEffort: ofPods,
  NotTerminating: ofPods,
  PriorityClass: ofPods,
  Terminating: ofPods,
  VolumeAttributesClass: ofClaims,
};
const conflicting = [
  ["BestEffort", "NotBestEffort"],
  ["Terminating", "NotTerminating"],
] as const;

function scopesWrong(names: readonly string[], hard: readonly string[], path: string, refuse: Refuse): void {
  for (const name of names) {
    if (scopes[name] === undefined) refuse(path, `Invalid value: "${name}": unsupported scope`);
    else if (hard.some((one) => isOfQuotas(one) && !scopes[name]?.includes(one)))
      refuse(path, `Invalid value: "${name}": unsupported scope applied to resource`);
  }
  for (const pair of conflicting)
    if (pair.every((one) => names.includes(one)))
      refuse(path, `Invalid value: ${JSON.stringify(names)}: conflicting scopes`);
}

export const quota = gather((inputs, refuse) => {
  const spec = object(inputs["spec"]);
  const hard = Object.keys(object(spec["hard"]));
  const known = (values: Parameters<typeof list>[0]) => list(values).filter((one) => typeof one === "string");
  scopesWrong(known(spec["scopes"]), hard, "spec.scopes", refuse);
  const at = "spec.scopeSelector.matchExpressions";
  const expressions = list(pick(spec, "scopeSelector.matchExpressions")).map(object);
  scopesWrong(known(expressions.map(({ scopeName }) => scopeName ?? null)), hard, at, refuse);
  for (const { scopeName, operator, values } of expressions) {
    const [scope, how, count] = [text(scopeName) ?? "", text(operator), list(values).length];
    if (how === undefined || typeof values === "symbol") continue;
    if (!["In", "NotIn", "Exists", "DoesNotExist"].includes(how))
      refuse(`${at}.operator`, `Invalid value: "${how}": not a valid selector operator`);
    else if (!["PriorityClass", "VolumeAttributesClass"].includes(scope) && scope in scopes && how !== "Exists")
      refuse(`${at}.operator`, `Invalid value: "${how}": must be 'Exists' when scope is ${scope}`);
    if ((how === "In" || how === "NotIn") && count === 0)
      refuse(
        `${at}.values`,
        "Required value: must be at least one value when `operator` is 'In' or 'NotIn' for scope selector",
      );
    if ((how === "Exists" || how === "DoesNotExist") && count > 0)
      refuse(
        `${at}.values`,
        "Invalid value: must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector",
      );
  }
  for (const [resource, value] of Object.entries(object(spec["hard"]))) {
    const wrong = nameOfResourceWrong(resource, "quota") ?? amountWrong(resource, value);
    if (wrong !== undefined) refuse(`spec.hard[${resource}]`, wrong);
  }
});

const own = ["Container", "PersistentVolumeClaim", "Pod"];
const parts = ["default", "defaultRequest", "max", "maxLimitRequestRatio", "min"];

const limitsWrong = gather((inputs, refuse) => {
  const seen = new Set<string>();
  for (const { path, value } of pickAll(inputs, "spec.limits.*")) {
    const limit = object(value);
    const type = text(limit["type"]);
    if (type === undefined) continue;
    const wrong = own.includes(type) ? undefined : keyWrong(type);
    if (wrong !== undefined) refuse(`${path}.type`, wrong);
    else if (!own.includes(type) && !type.includes("/"))
      refuse(`${path}.type`, `Invalid value: "${type}": must be a standard limit type or fully qualified`);
    if (seen.has(type)) refuse(`${path}.type`, `Duplicate value: "${type}"`);
    seen.add(type);
    if (type === "Pod")
      for (const part of ["default", "defaultRequest"])
        if (Object.keys(object(limit[part])).length > 0)
          refuse(`${path}.${part}`, "Forbidden: may not be specified when `type` is 'Pod'");
    const bounds = ["min", "max"].map((part) => limit[part]);
    if (
      type === "PersistentVolumeClaim" &&
      bounds.every((one) => typeof one !== "symbol" && !isSet(object(one)["storage"]))
    )
      refuse(
        `${path}.limits`,
        "Required value: either minimum or maximum storage value is required, but neither was provided",
      );
    for (const part of parts)
      for (const resource of Object.keys(object(limit[part]))) {
        const odd = nameOfResourceWrong(resource, type === "Pod" || type === "Container" ? "container" : "any");
        if (odd !== undefined) refuse(`${path}.${part}[${resource}]`, odd);
      }
    for (const [resource, ratio] of Object.entries(object(limit["maxLimitRequestRatio"])))
      ratioWrong(limit, path, resource, amount(ratio), refuse);
  }
});

function ratioWrong(limit: Props, path: string, resource: string, ratio: number | undefined, refuse: Refuse): void {
  if (ratio === undefined) return;
  const at = `${path}.maxLimitRequestRatio[${resource}]`;
  if (ratio < 1) refuse(at, `Invalid value: "${ratio}": ratio ${ratio} is less than 1`);
  const [least, most] = ["min", "max"].map((part) => amount(object(limit[part])[resource]));
  if (least !== undefined && most !== undefined && ratio > most / least)
    refuse(at, `Invalid value: "${ratio}": ratio ${ratio} is greater than max/min = ${most / least}`);
}

export const limits: Check = (inputs) => [
  ...limitsWrong(inputs),
  ...pickAll(inputs, "spec.limits.*").flatMap(({ path, value }) => crossed(path, object(value))),
];

/** min <= defaultRequest <= default <= max, resource by resource. */
function crossed(path: string, limit: Props): readonly Refusal[] {
  const order = [
    ["min", "min"],
    ["defaultRequest", "default request"],
    ["default", "default"],
    ["max", "max"],
  ] as const;
  return order.flatMap(([low, lowWords], index) =>
    order.slice(index + 1).flatMap(([high, highWords]) =>
      Object.entries(object(limit[low])).flatMap(([resource, least]) => {
        const most = object(limit[high])[resource];
        if ((amount(least) ?? 0) <= (amount(most) ?? Infinity)) return [];
        const property = `${path}.${low}[${resource}]`;
        const [said, other] = [least, most].map(String);
        const words = `${lowWords} value ${said} is greater than ${highWords} value ${other}`;
        return [{ property, reason: `${property}: Invalid value: "${said}": ${words}` }];
      }),
    ),
  );
}
