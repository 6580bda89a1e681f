// What a state file needs its reader to know beyond its version.

import type { Deployment } from "./checkpoint";
import type { State } from "./resource";

/** By the field of a resource that needs it, as Pulumi names them. */
const features: Readonly<Record<string, string>> = {
  refreshBeforeUpdate: "refreshBeforeUpdate",
  resourceHooks: "hooks",
  replaceWith: "replaceWith",
  taint: "taint",
};

const known = new Set(Object.values(features));

/** @param fields names of the fields that resources have, in a state file */
const featuresOf = (fields: Iterable<string>): readonly string[] =>
  [...new Set([...fields].flatMap((field) => features[field] ?? []))].sort();

/** Of a deployment as a file has it; as the CLI does, what is pending isn't asked. */
export const neededByFile = ({ resources = [] }: Partial<Deployment> = {}) =>
  featuresOf(resources.flatMap((one) => Object.keys(one)));

/** Of resources as the engine has them. */
export function neededBy(states: Iterable<State>): readonly string[] {
  const fields = new Set<string>();
  for (const { refreshBeforeUpdate, hooks, replaceWith, taint } of states) {
    if (refreshBeforeUpdate) fields.add("refreshBeforeUpdate");
    if (Object.keys(hooks).length > 0) fields.add("resourceHooks");
    if (replaceWith.length > 0) fields.add("replaceWith");
    if (taint) fields.add("taint");
  }
  return featuresOf(fields);
}

/** Where features are needed it is 4, so that older readers refuse it. */
export const versionOf = (needed: readonly string[]): 3 | 4 => (needed.length > 0 ? 4 : 3);

/** @throws where this engine would lose something */
export function requireKnown(path: string, version: number | undefined, needed: readonly string[] = []): void {
  const strange = needed.filter((feature) => !known.has(feature));
  if (version === 3 || (version === 4 && strange.length === 0)) return;
  const told = strange.length > 0 ? ` (features: ${strange.join(", ")})` : "";
  throw new Error(
    `${path}: state of version ${version ?? "none"}${told} is not supported by the built-in engine, which knows versions 3 and 4`,
  );
}
