// What the provider waits for, and how long: annotations of pulumi-kubernetes, provider/pkg/metadata/overrides.go.
import type { Props, Refusal, Value } from "../row";
import { object, pick, text } from "../values";

const annotation = (inputs: Props, key: string): Value | undefined =>
  object(pick(inputs, "metadata.annotations"))[`pulumi.com/${key}`];

/** Kinds whose readiness the provider waits for: pods that can't start fail them. A CronJob only promises pods. */
const awaited = ["Pod", "Deployment", "StatefulSet", "DaemonSet", "Job"];

export const isAwaited = (kind: string, inputs: Props): boolean =>
  awaited.includes(kind) && annotation(inputs, "skipAwait") !== "true";

/** Seconds that the provider waits where the resource's own timeouts say nothing: a text that is no number is passed over. */
export function patienceOf(inputs: Props): number | undefined {
  const given = text(annotation(inputs, "timeoutSeconds")) ?? "";
  const seconds = /^[+-]?\d+$/.test(given) ? Number(given) : 0;
  return seconds > 0 ? seconds : undefined;
}

/** Conditions that nobody could wait for: one expression, or a JSON list of them. */
export function waitWrong(inputs: Props): readonly Refusal[] {
  const given = text(annotation(inputs, "waitFor")) ?? "";
  if (given === "" || annotation(inputs, "skipAwait") === "true") return [];
  const refuse = (reason: string) => [{ property: "metadata.annotations", reason }];
  const expressions = listed(given) ?? [given];
  if (expressions.length === 0) return refuse("at least one condition must be specified");
  const odd = expressions.find((one) => !/^(jsonpath|condition)=/.test(one));
  return odd === undefined ? [] : refuse(`expected a "jsonpath=" or "condition=" prefix, got ${JSON.stringify(odd)}`);
}

function listed(given: string): readonly string[] | undefined {
  try {
    const read: unknown = JSON.parse(given);
    return Array.isArray(read) && read.every((one) => typeof one === "string") ? read : undefined;
  } catch {
    return undefined;
  }
}
