// Which names a resource may have had.

import type { Alias } from "./resource";
import { createUrn, type Home, nameOf, qualifiedType, rootStackType, typeOf } from "./urn";

/** URNs that a resource may be found under in the state, in the order in which they are tried. */
export function candidates(
  home: Home,
  resource: { readonly name: string; readonly type: string; readonly parent: string },
  aliases: readonly Alias[],
  /** URN under which a resource of this run was found, where that isn't its own. */
  formerly: ReadonlyMap<string, string>,
): string[] {
  const { name, type, parent } = resource;
  const own = aliases.map((alias) => collapse(home, name, type, parent, alias, formerly));
  const found = new Set(own);
  const parentWas = parent === "" ? undefined : formerly.get(parent);
  if (parentWas !== undefined) {
    const parentName = nameOf(parent);
    found.add(inherited(home, type, name, parentName, parentWas));
    for (const urn of own) found.add(inherited(home, typeOf(urn), nameOf(urn), parentName, parentWas));
  }
  return [...found];
}

function collapse(
  home: Home,
  name: string,
  type: string,
  ownParent: string,
  alias: Alias,
  formerly: ReadonlyMap<string, string>,
): string {
  if ("urn" in alias) return alias.urn;
  let parent = alias.parent === "" ? ownParent : (formerly.get(alias.parent) ?? alias.parent);
  if (alias.noParent || qualifiedType(parent) === rootStackType) parent = "";
  const at = { stack: alias.stack || home.stack, project: alias.project || home.project };
  return createUrn(at, parent, alias.type || type, alias.name || name);
}

/** A child whose name begins with its parent's moves along when the parent was called otherwise. */
function inherited(home: Home, type: string, name: string, parentName: string, parentWas: string): string {
  const was = name.startsWith(parentName) ? nameOf(parentWas) + name.slice(parentName.length) : name;
  return createUrn(home, parentWas, type, was);
}
