// What an API server checks kind by kind, beyond the schema.
import type { Item, Moment, Props, Refusal } from "../row";
import { isKnown, isSet, list, number, object, pick, pickAll, text } from "../values";
import { binding, roleRules } from "./access";
import { notAllowed } from "./allowed";
import { configMap, secret } from "./data";
import { amount, nameWrong, quantitiesWrong } from "./forms";
import { budget, ingress, networkPolicy, scaler, serviceMore } from "./traffic";
import { daemonSet, deployment, job, jobTemplate, statefulSet } from "./workload";

/** The namespace object of a name in this cluster; the cluster's own ones have none. */
export const namespacesOf = ({ account, place }: Moment, name: string): Item | undefined =>
  account.all("kubernetes:core/v1:Namespace").find((one) => one.id === name && one.place.account === place.account);

type Check = (inputs: Props) => readonly Refusal[];

const refusal = (property: string, reason: string): Refusal => ({ property, reason: `${property}: ${reason}` });

const supported = (inputs: Props, path: string, values: readonly string[]): readonly Refusal[] =>
  pickAll(inputs, path)
    .filter(({ value }) => typeof value === "string" && value !== "" && !values.includes(value))
    .map((found) =>
      refusal(
        found.path,
        `Unsupported value: "${text(found.value) ?? ""}": supported values: ${values.map((one) => `"${one}"`).join(", ")}`,
      ),
    );

/** Ranges of a cron line's five fields. https://pkg.go.dev/github.com/robfig/cron/v3 */
const cronBounds = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
] as const;
const months = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|SUN|MON|TUE|WED|THU|FRI|SAT";

export function cronWrong(line: string): string | undefined {
  if (/^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$|^@every \d/.test(line)) return undefined;
  if (/^TZ=|^CRON_TZ=/.test(line)) return "cannot use TZ or CRON_TZ in schedule, use timeZone field instead";
  const fields = line.trim().split(/\s+/);
  if (fields.length !== 5) return `expected exactly 5 fields, found ${fields.length}: [${fields.join(" ")}]`;
  const part = new RegExp(`^(\\*|\\?|(\\d+|${months})(-(\\d+|${months}))?)(/\\d+)?$`, "i");
  for (const [index, field] of fields.entries())
    for (const one of field.split(",")) {
      if (!part.test(one)) return `failed to parse int from ${one}`;
      const [low, high] = cronBounds[index] ?? [0, 0];
      if (/\/0+$/.test(one)) return `step of range should be a positive number: ${one}`;
      const [, from, to] = /^(\d+)-(\d+)/.exec(one) ?? [];
      if (Number(from) > Number(to)) return `beginning of range (${from}) beyond end of range (${to}): ${one}`;
      for (const digits of (one.split("/")[0] ?? "").match(/\d+/g) ?? [])
        if (Number(digits) < low || Number(digits) > high)
          return `${Number(digits) < low ? "beginning" : "end"} of range (${digits}) ${Number(digits) < low ? "below minimum" : "above maximum"} (${Number(digits) < low ? low : high}): ${one}`;
    }
  return undefined;
}

const cronJob: Check = (inputs) => {
  const schedule = text(pick(inputs, "spec.schedule"));
  const wrong = schedule === undefined ? undefined : cronWrong(schedule);
  const name = text(pick(inputs, "metadata.name")) ?? "";
  const zone = text(pick(inputs, "spec.timeZone"));
  return [
    ...(wrong === undefined ? [] : [refusal("spec.schedule", `Invalid value: "${schedule}": ${wrong}`)]),
    // The controller adds 11 characters to make a Job's name, which a label has to hold.
    ...(name.length > 52
      ? [refusal("metadata.name", `Invalid value: "${name}": must be no more than 52 characters`)]
      : []),
    ...jobTemplate(inputs),
    ...supported(inputs, "spec.concurrencyPolicy", ["Allow", "Forbid", "Replace"]),
    ...(zone !== undefined && !knownZone(zone)
      ? [refusal("spec.timeZone", `Invalid value: "${zone}": unknown time zone ${zone}`)]
      : []),
  ];
};

function knownZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const service: Check = (inputs) => {
  const ports = list(pick(inputs, "spec.ports")).map(object);
  const kind = text(pick(inputs, "spec.type")) ?? "ClusterIP";
  const headless = pick(inputs, "spec.clusterIP") === "None";
  const found: Refusal[] = [
    ...supported(inputs, "spec.type", ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"]),
  ];
  if (ports.length === 0 && kind !== "ExternalName" && !headless && isKnown(inputs["spec"]))
    found.push(refusal("spec.ports", "Required value"));
  if (kind === "ExternalName" && !isSet(pick(inputs, "spec.externalName")))
    found.push(refusal("spec.externalName", "Required value"));
  const names = ports.map((port) => port["name"]);
  ports.forEach((port, index) => {
    const value = number(port["port"]);
    if (value !== undefined && (value < 1 || value > 65535))
      found.push(
        refusal(`spec.ports.${index}.port`, `Invalid value: ${value}: must be between 1 and 65535, inclusive`),
      );
    if (ports.length > 1 && !isSet(port["name"])) found.push(refusal(`spec.ports.${index}.name`, "Required value"));
    if (isSet(port["name"]) && names.indexOf(port["name"]) !== index)
      found.push(refusal(`spec.ports.${index}.name`, `Duplicate value: "${text(port["name"]) ?? ""}"`));
    const node = number(port["nodePort"]);
    // 0: the server chooses one.
    if (node !== undefined && node !== 0 && (node < 30000 || node > 32767))
      found.push(
        refusal(
          `spec.ports.${index}.nodePort`,
          `Invalid value: ${node}: provided port is not in the valid range. The range of valid ports is 30000-32767`,
        ),
      );
  });
  return found;
};

const claim: Check = (inputs) => [
  ...supported(inputs, "spec.accessModes.*", ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"]),
  ...quantitiesWrong(inputs, "spec.resources.requests.*"),
  ...(isSet(pick(inputs, "spec.accessModes"))
    ? []
    : [refusal("spec.accessModes", "Required value: at least 1 access mode is required")]),
];

const definition: Check = (inputs) => {
  const [name, plural, group] = ["metadata.name", "spec.names.plural", "spec.group"].map((path) =>
    text(pick(inputs, path)),
  );
  return name !== undefined && plural !== undefined && group !== undefined && name !== `${plural}.${group}`
    ? [refusal("metadata.name", `Invalid value: "${name}": must be spec.names.plural+"."+spec.group`)]
    : [];
};

const priority: Check = (inputs) => {
  const value = number(inputs["value"]);
  const name = text(pick(inputs, "metadata.name")) ?? "";
  return [
    ...(value !== undefined && value > 1_000_000_000
      ? [refusal("value", "Forbidden: maximum allowed value of a user defined priority is 1000000000")]
      : []),
    ...(name.startsWith("system-")
      ? [
          refusal(
            "metadata.name",
            `Invalid value: "${name}": priority class names with 'system-' prefix are reserved for system use only`,
          ),
        ]
      : []),
  ];
};

const quota: Check = (inputs) => quantitiesWrong(inputs, "spec.hard.*");
const limits: Check = (inputs) => [
  ...["default", "defaultRequest", "max", "min"].flatMap((which) =>
    quantitiesWrong(inputs, `spec.limits.*.${which}.*`),
  ),
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
        const over = (amount(least) ?? 0) > (amount(most) ?? Infinity);
        const words = `${lowWords} value ${text(least) ?? ""} is greater than ${highWords} value ${text(most) ?? ""}`;
        return over ? [refusal(`${path}.${low}[${resource}]`, `Invalid value: "${text(least) ?? ""}": ${words}`)] : [];
      }),
    ),
  );
}
const namespace: Check = (inputs) => {
  const labels = object(pick(inputs, "metadata.labels"));
  return ["enforce", "audit", "warn"].flatMap((mode) => {
    const level = labels[`pod-security.kubernetes.io/${mode}`];
    return typeof level === "string" && !["privileged", "baseline", "restricted"].includes(level)
      ? [refusal("metadata.labels", `Invalid value: "${level}": must be one of privileged, baseline, restricted`)]
      : [];
  });
};
const account: Check = (inputs) => {
  const wrong = nameWrong(text(pick(inputs, "metadata.name")) ?? "x", "subdomain");
  return wrong === undefined ? [] : [refusal("metadata.name", wrong)];
};

const checks: Readonly<Record<string, Check>> = {
  "kubernetes:core/v1:Namespace": namespace,
  "kubernetes:core/v1:Service": (inputs) => [...service(inputs), ...serviceMore(inputs)],
  "kubernetes:core/v1:ServiceAccount": account,
  "kubernetes:core/v1:ConfigMap": configMap,
  "kubernetes:core/v1:Secret": secret,
  "kubernetes:core/v1:PersistentVolumeClaim": claim,
  "kubernetes:apps/v1:Deployment": deployment,
  "kubernetes:apps/v1:StatefulSet": statefulSet,
  "kubernetes:apps/v1:DaemonSet": daemonSet,
  "kubernetes:batch/v1:Job": job,
  "kubernetes:core/v1:ResourceQuota": quota,
  "kubernetes:core/v1:LimitRange": limits,
  "kubernetes:batch/v1:CronJob": cronJob,
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": networkPolicy,
  "kubernetes:networking.k8s.io/v1:Ingress": ingress,
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler": scaler,
  "kubernetes:autoscaling/v1:HorizontalPodAutoscaler": scaler,
  "kubernetes:policy/v1:PodDisruptionBudget": budget,
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": binding(true),
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding": binding(false),
  "kubernetes:rbac.authorization.k8s.io/v1:Role": roleRules(true),
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole": roleRules(false),
  "kubernetes:scheduling.k8s.io/v1:PriorityClass": priority,
  "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition": definition,
};

export const wrongOf = (token: string, inputs: Props): readonly Refusal[] => [
  ...(checks[token]?.(inputs) ?? []),
  ...notAllowed(token, inputs),
];
