// What an API server checks of what keeps pods running, beside the pods. k8s.io/kubernetes pkg/apis/{apps,batch}/validation,
// release 1.35.

import type { Props, Value } from "../row";
import { isSet, number, object, pick, text } from "../values";
import { countAt, type Refuse, supportedAt } from "./container";
import { gather } from "./traffic";

const isNought = (value: Value | undefined): boolean => value === 0 || value === "0%";

function rollingWrong(spec: Props, strategy: string, refuse: Refuse): void {
  const path = `spec.${strategy}`;
  const given = object(spec[strategy]);
  const { maxSurge, maxUnavailable } = object(given["rollingUpdate"]);
  const type = text(given["type"]) ?? "";
  // An empty text is the default, which is the one that rolls.
  if (type !== "" && type !== "RollingUpdate" && isSet(given["rollingUpdate"]))
    refuse(`${path}.rollingUpdate`, `Forbidden: may not be specified when strategy \`type\` is '${type}'`);
  if (isNought(maxUnavailable) && isNought(maxSurge))
    refuse(`${path}.rollingUpdate.maxUnavailable`, "Invalid value: 0: may not be 0 when `maxSurge` is 0");
}

export const deployment = gather((inputs, refuse) => {
  const spec = object(inputs["spec"]);
  for (const key of ["replicas", "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds"])
    countAt(refuse, `spec.${key}`, spec[key]);
  supportedAt(refuse, "spec.strategy.type", pick(spec, "strategy.type"), ["Recreate", "RollingUpdate"]);
  rollingWrong(spec, "strategy", refuse);
  const [deadline, ready] = [number(spec["progressDeadlineSeconds"]), number(spec["minReadySeconds"])];
  if ((deadline ?? 600) <= (ready ?? 0) && (deadline !== undefined || ready !== undefined))
    refuse("spec.progressDeadlineSeconds", `Invalid value: ${deadline ?? 600}: must be greater than minReadySeconds`);
});

export const statefulSet = gather((inputs, refuse) => {
  const spec = object(inputs["spec"]);
  for (const key of ["replicas", "minReadySeconds"]) countAt(refuse, `spec.${key}`, spec[key]);
  supportedAt(refuse, "spec.podManagementPolicy", spec["podManagementPolicy"], ["OrderedReady", "Parallel"]);
  supportedAt(refuse, "spec.updateStrategy.type", pick(spec, "updateStrategy.type"), ["OnDelete", "RollingUpdate"]);
});

export const daemonSet = gather((inputs, refuse) => {
  const spec = object(inputs["spec"]);
  for (const key of ["minReadySeconds", "revisionHistoryLimit"]) countAt(refuse, `spec.${key}`, spec[key]);
  supportedAt(refuse, "spec.updateStrategy.type", pick(spec, "updateStrategy.type"), ["OnDelete", "RollingUpdate"]);
});

const jobSpec = (spec: Props, path: string, refuse: Refuse) => {
  for (const key of ["parallelism", "completions", "backoffLimit", "activeDeadlineSeconds", "ttlSecondsAfterFinished"])
    countAt(refuse, `${path}.${key}`, spec[key]);
  if (spec["completionMode"] === "Indexed" && !isSet(spec["completions"]))
    refuse(`${path}.completions`, "Required value: when completion mode is Indexed");
};

export const job = gather((inputs, refuse) => jobSpec(object(inputs["spec"]), "spec", refuse));

/** A CronJob's Jobs, and how many of them are kept. */
export const jobTemplate = gather((inputs, refuse) => {
  jobSpec(object(pick(inputs, "spec.jobTemplate.spec")), "spec.jobTemplate.spec", refuse);
  for (const key of ["startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit"])
    countAt(refuse, `spec.${key}`, pick(inputs, `spec.${key}`));
});
