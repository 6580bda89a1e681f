import * as pulumi from "@pulumi/pulumi";

/** One thing wrong with an argument, in words that end in what to do. */
export interface Mistake {
  /** Argument, with its path: `existing.subnets.data`. */
  readonly field: string;
  readonly value: unknown;
  /** What is allowed, and where a cloud sets the limit, which: the second half of "<field> is <value>; ...". */
  readonly remedy: string;
}

/** Throws all mistakes of one call as one pulumi.RunError; returns when there are none. */
export function refuse(component: string, name: string, mistakes: readonly Mistake[]): void {
  if (mistakes.length === 0) return;
  const lines = mistakes.map(({ field, value, remedy }) => `${field} is ${show(value)}; ${remedy}.`);
  throw new pulumi.RunError(
    lines.length === 1
      ? `${component} "${name}": ${lines[0]}`
      : `${component} "${name}" has ${lines.length} mistakes:\n${lines.map((line) => `  - ${line}`).join("\n")}`,
  );
}

/** A value as a message has it: short, on one line, and never what is inside an Output. */
export function show(value: unknown): string {
  if (value === undefined) return "missing";
  if (typeof value === "function") return "a function";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "symbol") return value.description ?? "a symbol";
  if (pulumi.Output.isInstance(value)) return "an Output";
  if (pulumi.Resource.isInstance(value)) return `a ${kindOf(value)}`;
  try {
    const text = visible(JSON.stringify(value));
    return text.length > longest ? `${text.slice(0, longest - 4)} ...` : text;
  } catch {
    return "an object that holds itself";
  }
}

const longest = 200;

/** The class of a resource, from its type token: `trifold:network:Network` -> `Network`. */
export const kindOf = (resource: unknown): string =>
  ((resource as { readonly __pulumiType?: string }).__pulumiType ?? "resource").replace(/^.*:/, "");

/** Text that can't turn a terminal's colour or direction: control characters and marks without a shape as \\u escapes. */
export const visible = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (mark) => `\\u{${(mark.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}}`,
  );

export type Range = readonly [low: number, high: number];

/** Whole numbers outside their range, of a table of ranges. */
export function outside<F extends string>(
  ranges: Readonly<Record<F, Range>>,
  values: Readonly<Partial<Record<NoInfer<F>, number>>>,
): Mistake[] {
  return (Object.entries(ranges) as [F, Range][]).flatMap(([field, [low, high]]) => {
    const value = values[field];
    const wrong = value !== undefined && (!Number.isInteger(value) || value < low || value > high);
    return wrong ? [{ field, value, remedy: `use a whole number from ${low} to ${high}` }] : [];
  });
}

/**
 * The retention periods that CloudWatch Logs knows, in days; the other clouds take any number.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const cloudWatchDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export function logRetentionMistakes(cloud: string, field: string, value: number): Mistake[] {
  // https://cloud.google.com/logging/quotas: retention of a log bucket.
  if (cloud === "gcp" && value > 3650) return [{ field, value, remedy: "Cloud Logging keeps 3650 days at most" }];
  if (cloud !== "aws" || cloudWatchDays.includes(value)) return [];
  const longer = cloudWatchDays.find((days) => days > value) ?? 3653;
  return [{ field, value, remedy: `CloudWatch Logs doesn't know that period, the next longer is ${longer}` }];
}

/**
 * The same, and what a workspace of Azure's keeps, for logs that go into one there.
 * https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure: interactive retention.
 */
export function workspaceRetentionMistakes(cloud: string, field: string, value: number): Mistake[] {
  if (cloud === "azure" && value > 730) return [{ field, value, remedy: "Log Analytics keeps 730 days at most" }];
  return logRetentionMistakes(cloud, field, value);
}
