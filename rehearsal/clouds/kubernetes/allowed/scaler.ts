// What a HorizontalPodAutoscaler may measure. k8s.io/kubernetes pkg/apis/autoscaling/validation, release 1.35.
import { isSet, number, object, text } from "../../values";
import { nameOfResourceWrong } from "../resources";
import { type Below, between, both, exactly, filled, form, oneOf, quantity, type Rule } from "./rules";

/** Field of each type of metric, and which targets it takes: one of these; more than one only where `both`. */
const metrics: Readonly<
  Record<string, { readonly field: string; readonly targets: readonly string[]; readonly more?: true }>
> = {
  ContainerResource: { field: "containerResource", targets: ["averageUtilization", "averageValue"] },
  External: { field: "external", targets: ["averageValue", "value"] },
  Object: { field: "object", targets: ["averageValue", "value"], more: true },
  Pods: { field: "pods", targets: ["averageValue"] },
  Resource: { field: "resource", targets: ["averageUtilization", "averageValue"] },
};
const fields = Object.values(metrics).map(({ field }) => field);

const metric: Rule = (value) => {
  const given = object(value);
  const type = text(given["type"]);
  const kind = type === undefined ? undefined : metrics[type];
  if (kind === undefined) return undefined;
  const found: Below[] = [];
  if (!isSet(given[kind.field]))
    found.push([kind.field, "Required value: must populate information for the given metric source"]);
  for (const other of fields)
    if (other !== kind.field && isSet(given[other]))
      found.push([other, "Forbidden: must populate the given metric source only"]);
  const { target } = object(given[kind.field]);
  if (!isSet(target) || typeof target === "symbol") return found;
  const set = kind.targets.filter((one) => isSet(object(target)[one]));
  const at = `${kind.field}.target`;
  if (set.length === 0)
    found.push([
      `${at}.${kind.targets[0]}`,
      `Required value: must set ${kind.targets.length > 1 ? "either " : ""}${kind.targets.join(" or ")}`,
    ]);
  if (set.length > 1 && kind.more === undefined)
    found.push([`${at}.${set[1]}`, `Forbidden: may not set both ${set.join(" and ")}`]);
  return found;
};

const segment = both(filled, form("segment"));
const target = (at: string): Readonly<Record<string, Rule>> => ({
  [`${at}.target.averageUtilization`]: between(1, 2_147_483_647),
  [`${at}.target.averageValue`]: quantity(1),
  [`${at}.target.type`]: (value) =>
    exactly("Utilization", "Value", "AverageValue")(value) &&
    `Invalid value: "${text(value) ?? ""}": must be either Utilization, Value, or AverageValue`,
  [`${at}.target.value`]: quantity(1),
});
/** What is scaled has a group; what is measured may be of the oldest, which has none. */
const group =
  (optional: boolean): Rule =>
  (value) => {
    const { apiVersion } = object(value);
    if (typeof apiVersion === "symbol") return undefined;
    const given = text(apiVersion) ?? "";
    const [, second, ...rest] = given.split("/");
    if (rest.length > 0) return [["apiVersion", `Invalid value: "${given}": unexpected GroupVersion string: ${given}`]];
    return second === undefined && !optional
      ? [["apiVersion", `Invalid value: "${given}": apiVersion must specify API group`]]
      : undefined;
  };

/** An object that is scaled or measured, at a path. */
const referred = (at: string, optional = false): Readonly<Record<string, Rule>> => ({
  [at]: group(optional),
  [`${at}.kind`]: segment,
  [`${at}.name`]: segment,
});

const behaviour = "spec.behavior.*";
const positive =
  (most = 2_147_483_647): Rule =>
  (value) => {
    const given = number(value);
    if (given === undefined) return undefined;
    if (given <= 0) return `Invalid value: ${given}: must be greater than zero`;
    return given > most ? `Invalid value: ${given}: must be less than or equal to ${most}` : undefined;
  };

export const scaled: Readonly<Record<string, Rule>> = {
  ...referred("spec.scaleTargetRef"),
  "spec.targetCPUUtilizationPercentage": (value) =>
    (number(value) ?? 1) < 1 ? `Invalid value: ${number(value)}: must be greater than 0` : undefined,
};

export const scaler: Readonly<Record<string, Rule>> = {
  ...scaled,
  // Left out, they are the server's own.
  [`${behaviour}.policies`]: (value) => filled(value) && "Required value: must specify at least one Policy",
  [`${behaviour}.policies.*.periodSeconds`]: positive(1800),
  [`${behaviour}.policies.*.type`]: exactly("Percent", "Pods"),
  [`${behaviour}.policies.*.value`]: positive(),
  [`${behaviour}.selectPolicy`]: exactly("Disabled", "Max", "Min"),
  [`${behaviour}.stabilizationWindowSeconds`]: between(0, 3600),
  [`${behaviour}.tolerance`]: quantity(0),
  "spec.metrics.*": metric,
  "spec.metrics.*.type": both(filled, oneOf(...Object.keys(metrics))),
  "spec.metrics.*.containerResource.container": both(filled, form("label")),
  "spec.metrics.*.containerResource.name": both(filled, (value) => nameOfResourceWrong(text(value) ?? "", "container")),
  ...target("spec.metrics.*.containerResource"),
  "spec.metrics.*.external.metric.name": segment,
  ...target("spec.metrics.*.external"),
  "spec.metrics.*.object.metric.name": segment,
  ...referred("spec.metrics.*.object.describedObject", true),
  ...target("spec.metrics.*.object"),
  "spec.metrics.*.pods.metric.name": segment,
  ...target("spec.metrics.*.pods"),
  "spec.metrics.*.resource.name": filled,
  ...target("spec.metrics.*.resource"),
};
