// What a provider's own schema says of arguments, as provider-rules.json of each cloud has it by type: one rule a line, a
// verb, the path that it is about, and the rest, which the verb reads.
import type { Value } from "./row";

export interface Rule<Verb extends string = string> {
  readonly verb: Verb;
  readonly path: string;
  /** What stands behind the path; empty where nothing does. */
  readonly rest: string;
}

/** A line's parts. */
export function readRule<Verb extends string>(line: string): Rule<Verb> {
  const [verb = "", path = "", ...rest] = line.split(" ");
  return { verb: verb as Verb, path, rest: rest.join(" ") };
}

/** The rules of a type, in the order in which they are written; none for a type without any. */
export function readRules<Verb extends string>(
  lines: Readonly<Record<string, readonly string[]>>,
): (type: string) => readonly Rule<Verb>[] {
  const rules = new Map(Object.entries(lines).map(([type, of]) => [type, of.map((line) => readRule<Verb>(line))]));
  return (type) => rules.get(type) ?? [];
}

/** Several of a kind, a blank between them. */
export const wordsOf = (rest: string): readonly string[] => (rest === "" ? [] : rest.split(" "));

/** Numbers, flags and texts that would read as one are written as JSON, other texts bare. */
export const writtenValue = (rest: string): Value =>
  /^(".*"|-?[\d.]+|true|false)$/.test(rest) ? (JSON.parse(rest) as Value) : rest;
