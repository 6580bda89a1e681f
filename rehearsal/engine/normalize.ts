import type { Json, JsonObject } from "./checkpoint";
import type { State } from "./resource";
import { createUrn, type Home, nameOf, parseReference, qualifiedType, rootStackType, typeOf } from "./urn";

/** Rewrites every URN that an alias has replaced, and leaves the aliases themselves out. */
export function normalizer(resources: readonly State[]): (json: JsonObject) => JsonObject {
  const renamed = new Map<string, string>();
  for (const state of resources) {
    for (const alias of state.aliases) {
      const other = renamed.get(alias);
      if (other !== undefined && other !== state.urn) {
        throw new Error(`two resources ('${other}' and '${state.urn}') have the same alias: '${alias}'`);
      }
      renamed.set(alias, state.urn);
    }
    // A child that hasn't been seen yet in this run moves with its parent.
    const parent = renamed.get(state.parent);
    if (parent !== undefined && parent !== "" && qualifiedType(parent) !== rootStackType) {
      renamed.set(state.urn, createUrn(homeOf(state.urn), parent, typeOf(state.urn), nameOf(state.urn)));
    }
  }
  const urn = (text: string) => renamed.get(text) ?? text;
  const urns = (list: Json | undefined) => (list as readonly string[]).map(urn);
  return (json) => {
    const { aliases: _, ...rest } = json;
    const fixed: Record<string, Json> = { ...rest };
    for (const key of ["urn", "parent", "deletedWith"]) {
      const text = fixed[key];
      if (typeof text === "string") fixed[key] = urn(text);
    }
    for (const key of ["dependencies", "replaceWith"]) if (fixed[key] !== undefined) fixed[key] = urns(fixed[key]);
    const provider = fixed["provider"];
    if (typeof provider === "string") {
      const reference = parseReference(provider);
      fixed["provider"] = `${urn(reference.urn)}::${reference.id}`;
    }
    const byProperty = fixed["propertyDependencies"] as JsonObject | undefined;
    if (byProperty !== undefined) {
      fixed["propertyDependencies"] = Object.fromEntries(
        Object.entries(byProperty).map(([k, list]) => [k, urns(list)]),
      );
    }
    return fixed;
  };
}

function homeOf(urn: string): Home {
  const [head = "", project = ""] = urn.split("::");
  return { stack: head.replace("urn:pulumi:", ""), project };
}
