// How a Job may count, succeed and fail. k8s.io/kubernetes pkg/apis/batch/validation, release 1.35.
import { isSet, list, number, object } from "../../values";
import {
  atLeast,
  type Below,
  both,
  exactly,
  filled,
  oneFieldOf,
  oneOf,
  qualified,
  type Rule,
  type Rules,
} from "./rules";

/** What goes only with a job that counts by index. */
const indexed: Rule = (value) => {
  const spec = object(value);
  const { completionMode, backoffLimitPerIndex, maxFailedIndexes, completions } = spec;
  if (typeof completionMode === "symbol") return undefined;
  const found: Below[] = [];
  if (completionMode !== "Indexed")
    for (const key of ["backoffLimitPerIndex", "maxFailedIndexes", "successPolicy"])
      if (isSet(spec[key])) found.push([key, "Invalid value: requires indexed completion mode"]);
  if (isSet(maxFailedIndexes) && !isSet(backoffLimitPerIndex))
    found.push(["backoffLimitPerIndex", "Required value: when maxFailedIndexes is specified"]);
  if ((number(maxFailedIndexes) ?? 0) > (number(completions) ?? Infinity))
    found.push([
      "maxFailedIndexes",
      `Invalid value: ${number(maxFailedIndexes)}: must be less than or equal to completions`,
    ]);
  const rules = list(object(spec["podFailurePolicy"])["rules"]).map(object);
  for (const [index, rule] of rules.entries())
    if (rule["action"] === "FailIndex" && !isSet(backoffLimitPerIndex))
      found.push([
        `podFailurePolicy.rules.${index}.action`,
        'Invalid value: "FailIndex": requires the backoffLimitPerIndex to be set',
      ]);
  return found;
};
/** Names of the containers that a failure's exit code may be of are known to the pod only. */
const ofContainers: Rule = (value) => {
  const { template, podFailurePolicy } = object(value);
  const pod = object(object(template)["spec"]);
  const names = [...list(pod["containers"]), ...list(pod["initContainers"])].map((one) => object(one)["name"]);
  if (names.some((one) => typeof one === "symbol")) return undefined;
  return list(object(podFailurePolicy)["rules"]).flatMap((rule, index): readonly Below[] => {
    const name = object(object(rule)["onExitCodes"])["containerName"];
    return typeof name !== "string" || names.includes(name)
      ? []
      : [
          [
            `podFailurePolicy.rules.${index}.onExitCodes.containerName`,
            `Invalid value: "${name}": must be one of the container or initContainer names in the pod template`,
          ],
        ];
  });
};

export const failures = (at: string): Rules => ({
  [at]: (value) =>
    [indexed(value), ofContainers(value)].flatMap((wrong) => (Array.isArray(wrong) ? (wrong as readonly Below[]) : [])),
  [`${at}.backoffLimitPerIndex`]: atLeast(0),
  [`${at}.maxFailedIndexes`]: atLeast(0),
  [`${at}.successPolicy.rules`]: (value) =>
    filled(value) && "Required value: at least one rules must be specified when the successPolicy is specified",
  [`${at}.successPolicy.rules.*`]: oneFieldOf(
    ["succeededCount", "succeededIndexes"],
    "Required value: at least one of succeededCount or succeededIndexes must be specified",
  ),
  [`${at}.successPolicy.rules.*.succeededCount`]: atLeast(0),
  [`${at}.completionMode`]: exactly("NonIndexed", "Indexed"),
  [`${at}.podFailurePolicy.rules.*`]: oneFieldOf(
    ["onExitCodes", "onPodConditions"],
    "Invalid value: specifying one of OnExitCodes and OnPodConditions is required",
    () => "Invalid value: specifying both OnExitCodes and OnPodConditions is not supported",
  ),
  [`${at}.podFailurePolicy.rules.*.action`]: both(filled, oneOf("Count", "FailIndex", "FailJob", "Ignore")),
  [`${at}.podFailurePolicy.rules.*.onPodConditions`]: (value) =>
    filled(value) && "Invalid value: specifying one of OnExitCodes and OnPodConditions is required",
  [`${at}.podFailurePolicy.rules.*.onExitCodes`]: exitCodes,
  [`${at}.podFailurePolicy.rules.*.onExitCodes.operator`]: both(filled, oneOf("In", "NotIn")),
  [`${at}.podFailurePolicy.rules.*.onPodConditions.*.type`]: qualified,
  [`${at}.podFailurePolicy.rules.*.onPodConditions.*.status`]: oneOf("False", "True", "Unknown"),
  [`${at}.podReplacementPolicy`]: exactly("Failed", "TerminatingOrFailed"),
});

const exitCodes: Rule = (value) => {
  const { operator, values } = object(value);
  if (!Array.isArray(values)) return undefined;
  if (values.length === 0) return [["values", "Invalid value: []: at least one value is required"]];
  const codes = values.map((one) => number(one) ?? NaN);
  const found: Below[] = codes.flatMap((code, index) =>
    operator === "In" && code === 0
      ? [[`values.${index}`, "Invalid value: 0: must not be 0 for the In operator"] as const]
      : [],
  );
  const ordered = codes.every((code, index) => index === 0 || !((codes[index - 1] ?? code) > code));
  return ordered ? found : [...found, ["values", `Invalid value: [${codes.join(",")}]: must be ordered`]];
};
