import type { Cloud } from "../../../components/cloud";

/** A stack file that a person could well write: what is wrong, what it says on top of the least, which setting is named, and how. */
export type FileCase = readonly [what: string, file: Readonly<Record<string, unknown>>, setting: string, wrong: RegExp];

/** The same mistake on a cloud of its own. */
export const on = (cloud: Cloud, cases: readonly FileCase[]): FileCase[] =>
  cases.map(([what, file, setting, wrong]) => [`${what}, on ${cloud}`, { cloud, ...file }, setting, wrong]);
