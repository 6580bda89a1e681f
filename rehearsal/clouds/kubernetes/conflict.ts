// Server-side apply: a field belongs to who set it, and another manager's other value is a conflict. Each resource of a
// program is a manager of its own. https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts
import type { Moment, Props, Value } from "../row";
import { isList, isObject, isUnknown, object, pick, same } from "../values";

const FORCE = "pulumi.com/patchForce";
const HELP =
  "Server-Side Apply field conflict detected. See https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/#handle-field-conflicts-on-existing-resources for troubleshooting help";

/** Names, and what the provider keeps in annotations, are nobody's field. */
const shared = /^(apiVersion|kind|metadata\.(name|namespace|annotations\.pulumi\.com\/.*))$/;

/** The fields that other resources of this object have set to something else; undefined when there are none. */
export function conflictOf(moment: Moment, id: string, types: readonly string[]): string | undefined {
  const { inputs, account, place, urn, old } = moment;
  if (object(pick(inputs, "metadata.annotations"))[FORCE] === "true") return undefined;
  const others = types
    .flatMap((type) => account.all(type))
    .filter((one) => one.id === id && one.place.account === place.account)
    .filter((one) => !(one.type === moment.type && old !== undefined && same(one.inputs, old.inputs)));
  const fields = others.flatMap(({ inputs: theirs }) => differing(theirs, inputs, ""));
  const unique = [...new Set(fields)].filter((path) => !shared.test(path));
  if (unique.length === 0) return undefined;
  const count = unique.length === 1 ? "1 conflict" : `${unique.length} conflicts`;
  const version = pick(inputs, "apiVersion");
  const manager = `conflict with "pulumi-kubernetes" using ${typeof version === "string" ? version : "v1"}`;
  return `${HELP}: ${urn.split("::").at(-1)}: Apply failed with ${count}: ${manager}: ${unique.map((path) => `.${path}`).join(", ")}`;
}

/** Paths that both say, each another value. A list is compared as one, but for those that are known by name. */
function differing(theirs: Value, ours: Value, path: string): readonly string[] {
  if (isUnknown(theirs) || isUnknown(ours)) return [];
  if (isObject(theirs) && isObject(ours))
    return Object.entries(ours).flatMap(([key, value]) => {
      const other = theirs[key];
      return other === undefined ? [] : differing(other, value, path === "" ? key : `${path}.${key}`);
    });
  if (isList(theirs) && isList(ours)) {
    const byName = (all: readonly Value[]): ReadonlyMap<Value | undefined, Props> =>
      new Map(all.map((one) => [object(one)["name"], object(one)]));
    const [before, after] = [byName(theirs), byName(ours)];
    if ([...before.keys(), ...after.keys()].every((name) => typeof name === "string"))
      return [...after].flatMap(([name, value]) => {
        const other = before.get(name);
        return other === undefined ? [] : differing(other, value, `${path}[name=${JSON.stringify(name)}]`);
      });
  }
  return same(theirs, ours) ? [] : [path];
}
