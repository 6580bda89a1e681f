// What an API server checks kind by kind, beyond the schema.
import type { Item, Moment, Props, Refusal } from "../row";
import { isSet, number, object, pick, pickAll, text } from "../values";
import { binding, roleRules } from "./access";
import { notAllowed } from "./allowed";
import { claimless } from "./allowed/claim";
import type { Below } from "./allowed/rules";
import { configMap, secret } from "./data";
import { nameWrong } from "./forms";
import { limits, quota } from "./limit-range";
import { service } from "./service";
import { budget, ingress, networkPolicy, scaler } from "./traffic";
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

/** A claim or a class without a spec says nothing of what it needs. */
const bare =
  (wrong: readonly Below[]): Check =>
  (inputs) =>
    isSet(inputs["spec"]) ? [] : wrong.map(([path, reason]) => refusal(path, reason));

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
  "kubernetes:core/v1:Service": service,
  "kubernetes:core/v1:ServiceAccount": account,
  "kubernetes:core/v1:ConfigMap": configMap,
  "kubernetes:core/v1:Secret": secret,
  "kubernetes:core/v1:PersistentVolumeClaim": bare(claimless("spec")),
  "kubernetes:apps/v1:Deployment": deployment,
  "kubernetes:apps/v1:StatefulSet": statefulSet,
  "kubernetes:apps/v1:DaemonSet": daemonSet,
  "kubernetes:batch/v1:Job": job,
  "kubernetes:core/v1:ResourceQuota": quota,
  "kubernetes:core/v1:LimitRange": limits,
  "kubernetes:batch/v1:CronJob": cronJob,
  "kubernetes:networking.k8s.io/v1:IngressClass": (inputs) =>
    isSet(pick(inputs, "spec.controller")) ? [] : [refusal("spec.controller", "Required value")],
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
